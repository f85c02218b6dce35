"""What the home page draws from every room. A room that has nothing yet gives an empty list."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.domain import latest as campaigns
from library.domain import latest as library
from portal.cms.models import SiteDetails
from portal.places.enums import COMMUNE_KINDS
from portal.places.maps import PlaceMap, place_map
from portal.places.models import PlaceVersion
from recognition.domain import figures
from recognition.enums import SubjectKind
from recognition.models import Award

NEWS = 5
EVENTS = 3
SHELF = 6
HONOURED = 6
NEIGHBOURS = (SubjectKind.FAMILY, SubjectKind.CLAN)  # whom people know; the honour roll has all
KEPT = 300  # seconds


@dataclass(frozen=True, slots=True)
class Honoured:
    """A line of the newest awards: who, which title of which year, where."""

    name: str
    is_sample: bool
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`map` is None while no title was recognised in the area of the site."""

    honoured: list[Honoured]
    map: PlaceMap | None


@dataclass(frozen=True, slots=True)
class FrontPage:
    news: list[Any]
    events: list[Any]
    shelf: list[Any]
    standing: Standing


def front_page(request) -> FrontPage:
    return FrontPage(
        news=campaigns.news(request, NEWS),
        events=campaigns.next_events(request, EVENTS),
        shelf=list(library.seasonal(timezone.localdate(), SHELF)),
        standing=_standing(SiteDetails.of(request).area),
    )


def _standing(area) -> Standing:
    """Following every award to the communes of today takes a dozen queries: kept until the awards change.

    An award corrected in place (its name, not whether it may be named) shows after five minutes.
    """
    state = Award.objects.aggregate(
        newest=Max("pk"),
        number=Count("pk"),
        revoked=Count("revoked_on"),
        unnamed=Count("pk", filter=Q(publication_basis="")),
    )
    stamp = "-".join(str(value) for value in state.values())
    key = f"home-standing:{get_language()}:{area and area.pk}:{timezone.localdate()}:{stamp}"
    standing = cache.get(key)
    if standing is None:
        newest = figures.newest_awards(HONOURED, NEIGHBOURS)
        standing = Standing(list(map(_honoured, newest)), standing_map(area))
        cache.set(key, standing, KEPT)
    return standing


def _honoured(award_and_place) -> Honoured:
    award, place = award_and_place
    return Honoured(
        name=award.name,
        is_sample=award.is_sample,
        title=f"{award.get_subject_kind_display()} {award.year}",
        where=", ".join(filter(None, [place.village, place.commune])),
    )


def standing_map(area) -> PlaceMap | None:
    """How many titles each commune of `area` has (a Place of any time; None: the province)."""
    values = figures.awards_by_commune()
    if not values:
        return None
    honour_roll = reverse("recognition:honour_roll")
    communes = PlaceVersion.objects.on(timezone.localdate()).filter(kind__in=COMMUNE_KINDS)
    places = dict(communes.values_list("code", "place"))
    return place_map(
        within=area,
        values=values,
        title=_("Learning titles recognised so far, by commune"),
        legend=_("Titles"),
        link=lambda code: f"{honour_roll}?xa={places[code]}" if code in places else "",
    )
