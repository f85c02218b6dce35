"""What must hold for the site to stand: the architecture, and the lines the law wants at the foot of a page."""

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connections

from wagtail.models import Page, Site

from .models import BasePage, SiteDetails

OWN_ROOMS = ("portal.", "home", "campaigns", "library", "recognition")


@checks.register(checks.Tags.models)
def pages_extend_base_page(app_configs, **kwargs):
    """Every page model of ours has what BasePage gives: an address in the trail, caching, a place in the search."""
    return [
        checks.Error(
            f"{model._meta.label} does not extend portal.cms.models.BasePage.",
            hint="Without it the page has no breadcrumbs, no cache headers and no search entry.",
            obj=model,
            id="cms.E001",
        )
        for model in page_models()
        if model.__module__.startswith(OWN_ROOMS) and not issubclass(model, BasePage)
    ]


def page_models() -> list[type[Page]]:
    return [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]


@checks.register(checks.Tags.database)
def sites_show_who_runs_them(app_configs=None, databases=None, **kwargs):
    """R2.15 (NĐ 174/2026, Điều 93 khoản 1): a live site without these lines must not be deployed.

    Runs with `check --database default`. A trial site (settings.DEMO) is only warned.
    """
    if "default" not in (databases or ()):
        return []
    if SiteDetails._meta.db_table not in connections["default"].introspection.table_names():
        return []  # before the first migrate
    kind, number = (checks.Warning, "cms.W002") if settings.DEMO else (checks.Error, "cms.E002")
    return [
        kind(
            f"The site {site.hostname} lacks: {', '.join(missing)}.",
            hint="Fill in the details of the site in the admin (Settings > Details of the site). Sample values count as empty.",
            id=number,
        )
        for site in Site.objects.all()
        if (missing := _details_of(site).missing_labels())
    ]


def _details_of(site) -> SiteDetails:
    return SiteDetails.objects.filter(site=site).first() or SiteDetails(site=site)
