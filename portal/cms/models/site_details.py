from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from portal.places.enums import COMMUNE_KINDS, DISTRICT_KINDS, PlaceKind
from portal.places.models import Place, PlaceVersion

# One of these stands in every value that the demonstration seed writes: as good as none on a real site.
SAMPLE_MARKS = ("(mẫu)", "@example.org")

# What a site must show at the foot of every page (NĐ 174/2026, Điều 93 khoản 1; vn_rules R2.15).
MANDATORY = ("managing_body", "governing_body", "address", "email", "telephone", "responsible_person")


class DataLicence(models.TextChoices):
    """SPDX identifiers of what a body may grant for data that it made itself."""

    CC0 = "CC0-1.0", _("CC0: anything may be done with it")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0: whoever uses it names us")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: names us, and passes it on under the same licence")


class SiteDetailsForm(WagtailAdminModelForm):
    """Provinces and communes of today, former districts, and the area chosen already: no name stands there twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = Place.objects.of_kinds((PlaceKind.PROVINCE, *COMMUNE_KINDS), timezone.localdate())
        wanted = Q(pk__in=today.values("pk")) | Q(pk=self.instance.area_id)
        wanted |= Q(pk__in=PlaceVersion.objects.filter(kind__in=DISTRICT_KINDS).values("place"))
        self.fields["area"].queryset = Place.objects.filter(wanted)


@register_setting(icon="home", order=100)
class SiteDetails(BaseSiteSetting):
    """Who runs the site, and how to reach them."""

    association_name = models.CharField(
        _("name of the association"), max_length=200, blank=True, help_text=_("As on the seal.")
    )
    managing_body = models.CharField(
        _("managing body"),
        max_length=200,
        blank=True,
        help_text=_("The body that runs this site. Shown at the foot of every page, as the law asks."),
    )
    governing_body = models.CharField(
        _("governing body"),
        max_length=200,
        blank=True,
        help_text=_("The body above it. Shown at the foot of every page, as the law asks."),
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    responsible_person = models.CharField(
        _("person responsible for the content"),
        max_length=200,
        blank=True,
        help_text=_("Full name and office."),
    )
    area = models.ForeignKey(
        "places.Place",
        verbose_name=_("area that the site serves"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "The map on the home page shows its communes; a former district stands for today's communes. Empty: the province."
        ),
    )
    information_officer = models.CharField(
        _("contact for requests of information"),
        max_length=255,
        blank=True,
        help_text=_("Name, telephone and e-mail (Law on Access to Information, Article 19)."),
    )
    licence_note = models.CharField(
        _("licence or decision about the site"),
        max_length=255,
        blank=True,
        help_text=_("Only when there is one: number, date, issuer."),
    )
    data_licence = models.CharField(
        _("licence of the open data"),
        max_length=20,
        choices=DataLicence.choices,
        blank=True,
        help_text=_(
            "Under which others may use the catalogue itself (not the learning resources, each of which has its own). "
            "Empty: nothing is granted."
        ),
    )
    messages_kept_months = models.PositiveSmallIntegerField(
        _("answered messages are kept for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "Messages of visitors are deleted by themselves that long after they were dealt with. Empty: never."
        ),
    )
    base_form_class = SiteDetailsForm
    panels = [
        FieldPanel("association_name"),
        MultiFieldPanel(
            [FieldPanel(name) for name in MANDATORY], heading=_("Shown at the foot of every page")
        ),
        FieldPanel("area"),
        FieldPanel("information_officer"),
        FieldPanel("licence_note"),
        FieldPanel("data_licence"),
        FieldPanel("messages_kept_months"),
    ]

    class Meta:
        verbose_name = _("details of the site")

    @classmethod
    def of(cls, request):
        """The details of the site of `request`; empty ones, unsaved, when there are none."""
        site = Site.find_for_request(request)
        return getattr(site, "sitedetails", None) or cls(site=site)

    def missing(self) -> list[str]:
        """Names of the mandatory fields that are empty or still hold a sample value."""
        return [name for name in MANDATORY if _says_nothing(getattr(self, name))]

    def missing_labels(self) -> list[str]:
        return [str(self._meta.get_field(name).verbose_name) for name in self.missing()]


def _says_nothing(value: str) -> bool:
    return not value.strip() or any(mark in value for mark in SAMPLE_MARKS)
