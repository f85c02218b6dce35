"""What a partner has to know in order to connect with the library: as plain values for a page, and as a paper to send."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.cms.models import SiteDetails
from portal.text import format_date, format_date_long, format_number_vi
from portal.web.typesetting import ARCHIVAL, typeset

from ..licences import Licence, explain
from ..models import SelfTest
from . import self_testing
from .offering import selecting, sets

TEMPLATE = settings.BASE_DIR / "library/data/connection.typ"
MOST_SETS = 60  # on paper; a province has hundreds of communes
HUB, HUB_EMAIL = "https://hub.idk.org.vn", "hotro@idk.org.vn"


@dataclass(frozen=True, slots=True)
class Door:
    """One way to read the library: `address` is whole, `example` one that shows what comes."""

    name: str | Promise
    address: str
    purpose: str | Promise
    formats: str | Promise
    example: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step towards a partner: what is done and how long it takes, as the partner says."""

    what: str | Promise
    time: str | Promise


@dataclass(frozen=True, slots=True)
class Dossier:
    """`sets`: (spec, name, records). `licence` is that of the descriptions, None when none was chosen."""

    site: str
    doors: Sequence[Door]
    sets: Sequence[tuple[str, str, int]]
    records: int
    deleted: int
    licence: Licence | None
    details: SiteDetails
    self_test: SelfTest | None
    steps: Sequence[Step]


DOORS = (  # with the addresses below that of the site
    Door(
        "OAI-PMH 2.0",
        "/oai",
        gettext_lazy("Harvest all records, and afterwards only what has changed."),
        "oai_dc, marc21, oai_lom",
        "/oai?verb=Identify",
    ),
    Door(
        "SRU 1.1, 1.2, 2.0",
        "/sru",
        gettext_lazy("Search the catalogue from the program of another library (CQL)."),
        "MARCXML, Dublin Core",
        "/sru?operation=searchRetrieve&version=1.2&query=dc.title%3Dng%C3%B4",
    ),
    Door(
        "OPDS 1.2",
        "/opds",
        gettext_lazy("Open the library in a reading app on a phone."),
        "Atom",
        "/opds",
    ),
    Door(
        "OPDS 2.0",
        "/opds/v2",
        gettext_lazy("The same for newer reading apps."),
        "JSON",
        "/opds/v2",
    ),
    Door(
        "REST API",
        "/api/v1/",
        gettext_lazy("Use the catalogue in programs of one's own; described by OpenAPI."),
        "JSON",
        "/api/v1/resources/",
    ),
    Door(
        gettext_lazy("Open data"),
        "/du-lieu-mo/",
        gettext_lazy("Download the whole catalogue; for national data portals."),
        "DCAT, CSV, JSON",
        "/du-lieu-mo/",
    ),
)
# How a library joins the Digital Knowledge Hub, as the hub describes it (read on 23 November 2026).
STEPS = (
    Step(
        gettext_lazy("Write an official letter or an e-mail to the hub, with this dossier."),
        gettext_lazy("when the association decides"),
    ),
    Step(
        gettext_lazy("The hub sends a survey form and a technical guide; fill in the form."),
        gettext_lazy("2 working days"),
    ),
    Step(gettext_lazy("The hub tests the connection with our OAI-PMH address."), gettext_lazy("5 days")),
    Step(gettext_lazy("The hub reports the result."), gettext_lazy("2 days")),
)


def dossier(site: str, details: SiteDetails) -> Dossier:
    """`site`: its address without a slash at the end."""
    numbers = selecting.numbers()
    licence = explain(details.data_licence) if details.data_licence else None
    return Dossier(
        site=site,
        doors=doors(site),
        sets=[(spec, name, live) for spec, name, live, _deleted in sets.listed() if live],
        records=numbers.live,
        deleted=numbers.deleted,
        licence=licence,
        details=details,
        self_test=self_testing.latest(),
        steps=STEPS,
    )


def doors(site: str) -> list[Door]:
    return [replace(each, address=site + each.address, example=site + each.example) for each in DOORS]


def paper(one: Dossier) -> bytes:
    """A4, in Vietnamese: a cover note that leaves the name of the partner open, and the dossier behind it."""
    today = timezone.localdate()
    with override(settings.LANGUAGE_CODE):
        values = {
            "association": one.details.association_name,
            "site": one.site,
            "page": f"{one.site}{reverse('library:connect')}",
            "day": format_date_long(today),
            "contact": _contact(one.details),
            "doors": [[str(value) for value in (d.name, d.address, d.purpose, d.formats)] for d in one.doors],
            "records": format_number_vi(one.records),
            "deleted": format_number_vi(one.deleted),
            "sets": [[spec, name, format_number_vi(number)] for spec, name, number in one.sets[:MOST_SETS]],
            "more_sets": max(len(one.sets) - MOST_SETS, 0),
            "licence": [str(one.licence.name), one.licence.url] if one.licence else None,
            "self_test": _told(one.self_test),
            "steps": [[str(step.what), str(step.time)] for step in one.steps],
            "hub": [HUB, HUB_EMAIL],
        }
        return typeset(TEMPLATE, values, day=today, standards=list(ARCHIVAL))


def _contact(details: SiteDetails) -> list[list[str]]:
    """(label, value) of what the details of the site say; nothing is made up for what they do not."""
    names = ("managing_body", "governing_body", "responsible_person", "address", "telephone", "email")
    labels = {name: capfirst(str(details._meta.get_field(name).verbose_name)) for name in names}
    return [[labels[name], getattr(details, name)] for name in names if getattr(details, name)]


def _told(self_test: SelfTest | None) -> dict | None:
    if self_test is None:
        return None
    checks = list(self_test.checks.all())
    moment = timezone.localtime(self_test.finished_at)
    return {
        "passed": self_test.passed,
        "time": _("%(time)s on %(day)s") % {"time": f"{moment:%H:%M}", "day": format_date(moment.date())},
        "good": sum(check.passed for check in checks),
        "all": len(checks),
        "checks": [[check.part, check.name, check.passed, check.sentence] for check in checks],
    }
