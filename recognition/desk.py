"""What the officers' corner shows of the learning titles."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.desk import DeskEntry, Section
from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.accounts.permissions import can_act
from portal.places.models import Place

from .domain import honour_roll
from .domain.books.communes import communes_read_by
from .domain.council import drafting, notices
from .domain.work import waiting_for
from .models import Denominator, Round
from .permissions import AREA_DECIDERS, may_organise

MANY = 3  # communes from which on the corner shows one entry for all


def title_entries(request) -> Iterator[DeskEntry]:
    if request.user.has_perm("recognition.add_award"):
        yield DeskEntry(
            Section.WORK,
            _("Import a list of awards"),
            reverse("recognition_awards:import"),
            _("The list annexed to a decision, as an Excel or CSV file."),
        )
    if any(can_act(request.user, role) for role in AREA_DECIDERS):
        yield DeskEntry(
            Section.WORK,
            _("Areas of the villages"),
            reverse("recognition:all_areas"),
            _("Where the thresholds of a disadvantaged area hold, by whose decision."),
        )
    yield from _number_entries(request.user)
    yield from _round_entries(request.user)
    yield from _paper_entries(request.user)
    yield from _book_entries(request.user)
    for place in _own_communes(request.user):
        yield DeskEntry(
            Section.WORK,
            _("Honour roll of %(place)s") % {"place": place},
            f"{reverse('recognition:honour_roll')}?xa={place.pk}",
            _("Who holds a title here, by year and kind."),
        )


def _number_entries(user) -> Iterator[DeskEntry]:
    """What the rates are taken over, and what they should reach."""
    if can_act(user, Role.ORGANISER):
        waiting = Denominator.objects.open().filter(place__in=places_reached(user, [Role.ORGANISER])).count()
        if waiting:
            title = _("Check the numbers that communes have entered")
            yield DeskEntry(Section.WAITING, title, reverse("recognition:all_denominators"), count=waiting)
        yield DeskEntry(
            Section.WORK,
            _("Targets of the plans"),
            reverse("recognition:targets"),
            _("What share of the families, clans, communities and units the plans want to reach."),
        )
    if can_act(user, Role.ORGANISER) or can_act(user, Role.OFFICER):
        yield DeskEntry(
            Section.WORK,
            _("Denominators"),
            reverse("recognition:all_denominators"),
            _("How many households, clans, communities and units there are: what the rates are taken over."),
        )


def _round_entries(user) -> Iterator[DeskEntry]:
    if count := sum(each.count for each in waiting_for(user, timezone.localdate())):
        yield DeskEntry(
            Section.WAITING,
            _("Sheets of the learning titles"),
            reverse("recognition:work"),
            _("By village and deadline, what is overdue first."),
            count=count,
        )
    if may_organise(user) or Round.objects.visible_to(user).exists():
        yield DeskEntry(
            Section.WORK,
            _("Rounds"),
            reverse("recognition:rounds"),
            _("Who takes part in which title this year, how far it has come, and until when."),
        )


def _paper_entries(user) -> Iterator[DeskEntry]:
    """What people have said to a notice, and the decisions that can be issued: each paper its line."""
    for notice, count in notices.with_opinions(user):
        title = _("Answer opinions: %(place)s") % {"place": notice.commune}
        yield DeskEntry(Section.WAITING, title, reverse("recognition:notice", args=[notice.pk]), count=count)
    for decision in drafting.to_issue(user):
        title = _("Decision to be issued: %(place)s") % {"place": decision.commune}
        yield DeskEntry(Section.WAITING, title, decision.get_absolute_url(), decision.round.title)


def _book_entries(user) -> Iterator[DeskEntry]:
    """Each commune's books; who reaches many finds them in one list."""
    communes = communes_read_by(user, timezone.localdate())[: MANY + 1]
    text = _("The families, clans, communities, units and citizens who may earn a title.")
    if len(communes) > MANY:
        yield DeskEntry(Section.WORK, _("The books"), reverse("recognition:all_books"), text)
        return
    for commune in communes:
        title = _("Books of %(place)s") % {"place": commune}
        yield DeskEntry(Section.WORK, title, reverse("recognition:books", args=[commune.pk]), text)


def _own_communes(user):
    """The communes of the person's grants of today that the honour roll can be asked for."""
    _years, communes = honour_roll.choices()
    granted = user.grants.active().exclude(place=None).values("place")
    return Place.objects.filter(pk__in=granted) & communes
