from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import AskedReportView
from .viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_search():
    return SearchGroup()


@hooks.register("register_admin_urls")
def asked_urls():
    return [
        path("tim-kiem/da-hoi/", AskedReportView.as_view(), name="search_asked"),
        path(
            "tim-kiem/da-hoi/results/",
            AskedReportView.as_view(results_only=True),
            name="search_asked_results",
        ),
    ]


class AskedMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.view_askedquery")


@hooks.register("register_reports_menu_item")
def asked_menu_item():
    return AskedMenuItem(
        _("Searches that find nothing"), reverse("search_asked"), name="asked", icon_name="search", order=600
    )
