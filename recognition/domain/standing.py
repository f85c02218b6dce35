"""How far a round has come, by commune and by village: what the person may see of it, in a handful of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date

from django.db.models import Count, Exists, OuterRef

from portal.places.models import Place
from recognition.enums import AssessmentState
from recognition.models import Assessment, Round, Subject

from .books.communes import communes_read_by, villages_of
from .communes import Located, locate

ORDER = {state: number for number, state in enumerate(AssessmentState)}


@dataclass(frozen=True, slots=True)
class Line:
    """A commune or a village. `label` is that of the time of the round; `now` the commune of today where it is another.
    `missing`: how many of its books are not on the list yet."""

    place: int
    label: str
    now: str = ""
    counts: Counter = field(default_factory=Counter)
    missing: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(state, self.counts[state]) for state in ORDER]


class Standing:
    """What `user` sees of `round` on `today`."""

    def __init__(self, round: Round, user, today: Date):
        self.round, self.user, self.today = round, user, today
        self.counts: dict[tuple[int, int], Counter] = defaultdict(Counter)
        rows = Assessment.objects.visible_to(user).filter(round=round).order_by()
        for commune, place, state, number in rows.values_list("commune", "place", "state").annotate(
            Count("pk")
        ):
            self.counts[commune, place][state] += number

    def communes(self) -> list[Line]:
        """Those that the person reaches, by name; one without anything on its list too."""
        held_in = self.round.communes.filter(pk__in=communes_read_by(self.user, self.today).values("pk"))
        found = {pk for pk, _place in self.counts} | set(held_in.order_by().values_list("pk", flat=True))
        places = Place.objects.filter(pk__in=found)
        located = locate(((pk, self.round.register_by) for pk in found), self.today)
        return [
            _line(place.pk, located[place.pk, self.round.register_by], self._of_commune(place.pk))
            for place in places
        ]

    def villages(self, commune: int) -> list[Line]:
        """Those of a commune, and the commune itself where anything of it takes part or might."""
        missing = self._missing(commune)
        villages = villages_of(Place(pk=commune), self.today).values_list("pk", flat=True)
        found = {place for pk, place in self.counts if pk == commune} | set(missing) | set(villages)
        return [
            Line(
                place.pk,
                place.label,
                counts=self.counts.get((commune, place.pk), Counter()),
                missing=missing[place.pk],
            )
            for place in Place.objects.filter(pk__in=found)
        ]

    def states(self, lines: Iterable[Line]) -> list[AssessmentState]:
        """The states that occur, in the order of the way."""
        found = {state for line in lines for state, number in line.counts.items() if number}
        return [AssessmentState(state) for state in ORDER if state in found]

    def _of_commune(self, commune: int) -> Counter:
        of_it = (counts for (pk, _place), counts in self.counts.items() if pk == commune)
        return sum(of_it, Counter())

    def _missing(self, commune: int) -> Counter:
        taking_part = self.round.assessments.exclude(state=AssessmentState.VOID)
        inside = [commune, *villages_of(Place(pk=commune), self.today).values_list("pk", flat=True)]
        subjects = Subject.objects.visible_to(self.user).live().filter(kind=self.round.subject_kind)
        subjects = subjects.filter(
            ~Exists(taking_part.filter(subject=OuterRef("pk"))), place__in=inside
        ).order_by()
        return Counter(dict(subjects.values_list("place").annotate(Count("pk"))))


def _line(pk: int, located: Located, counts: Counter) -> Line:
    return Line(pk, located.commune, located.now, counts)
