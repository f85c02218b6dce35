"""A sheet of the books into the books: every row checked, all rows written or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.places.models import Place
from portal.text import name_key
from portal.web.imports import Counts, ImportRefused, RowError, as_text
from recognition.enums import SubjectKind
from recognition.models import Subject

from .membership import Holders
from .sheet import BELONGS, DISTINCTION, KIND, KINDS, NAME, NUMBER, VILLAGE

BATCH = 1000
AT_HOME_IN_A_COMMUNE = {SubjectKind.UNIT, SubjectKind.CLAN}  # these may belong to no village
KIND_BY_KEY = {name_key(word): kind for word, kind in KINDS.items()}
FIELDS = {"name": NAME, "distinction": DISTINCTION}
WRITTEN = ("name", "name_key", "folded_name", "sort_name", "distinction", "place", "member_of")


@transaction.atomic
def import_subjects(
    rows: Iterable[tuple[int, Mapping[str, object]]], commune: Place, date: Date, *, sample: bool = False
) -> Counts:
    """Enter the rows (number in the sheet, cells by heading) into the books of `commune`, as its villages are on `date`.

    A row with a "Số sổ" corrects the subject of that number; one without is new, or known by kind, village, name and
    distinction. A citizen may belong to a row of the same sheet. What the sheet leaves out stays. Raises ImportRefused with every wrong row; then nothing is written.
    """
    reader = _Reader(commune, date)
    for number, row in rows:
        reader.read(number, row)
    reader.look_up_holders()
    if reader.errors:
        raise ImportRefused(reader.errors)
    return _write(reader.entries, sample)


@dataclass(slots=True)
class Entry:
    """A row that was understood; `known` is the subject that it speaks of, if the books have it. `belongs`: to whom, as it
    is typed, None where the sheet says nothing of it; `holder` is who that is."""

    row: int
    kind: SubjectKind
    name: str
    place: Place
    distinction: str
    belongs: str | None = None
    known: Subject | None = None
    holder: "Entry | Subject | None" = None

    @property
    def identity(self) -> tuple:
        return self.kind, self.place.pk, name_key(self.name), self.distinction


@dataclass
class _Reader:
    commune: Place
    date: Date
    errors: list[RowError] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self):
        villages = list(Place.objects.within(self.commune, self.date).with_versions())
        self._villages = _by_name(villages, self.date)
        places = [self.commune.pk, *(village.pk for village in villages)]
        live = Subject.objects.live().filter(place__in=places).select_related("place", "member_of")
        self._by_number = {each.pk: each for each in live}
        self._by_identity = {_identity(each): each for each in self._by_number.values()}
        self._rows: dict[object, int] = {}

    def read(self, row: int, cells: Mapping[str, object]) -> None:
        before = len(self.errors)
        texts = {heading: as_text(value) for heading, value in cells.items()}
        kind = self._kind(row, texts.get(KIND, ""))
        name, distinction = texts.get(NAME, ""), texts.get(DISTINCTION, "")
        self._check(row, {"name": name, "distinction": distinction})
        place = self._place(row, kind, texts.get(VILLAGE, ""))
        known = self._numbered(row, kind, texts.get(NUMBER, ""))
        if len(self.errors) > before:
            return
        entry = Entry(row, kind, name, place, distinction, texts.get(BELONGS), known)
        there = self._by_identity.get(entry.identity)
        if known is None:
            entry.known = there
        elif there is not None and there != known:
            self._fault(
                row, NAME, _("the books have it already under the number %(number)s.") % {"number": there.pk}
            )
        if self._stands_once(row, entry):
            self.entries.append(entry)

    def look_up_holders(self) -> None:
        """To be called when all rows are read: a family may stand below its members."""
        holders = Holders()
        spoken_of = {entry.known.pk for entry in self.entries if entry.known}
        for subject in self._by_number.values():
            if subject.kind != SubjectKind.CITIZEN and subject.pk not in spoken_of:
                holders.add(subject, subject.pk)
        for entry in self.entries:
            if entry.kind != SubjectKind.CITIZEN:
                holders.add(entry, entry.known.pk if entry.known else None)
        for entry in filter(lambda each: each.belongs, self.entries):
            try:
                entry.holder = self._holder(entry, holders)
            except ValidationError as error:
                self._fault(entry.row, BELONGS, error.message)

    def _holder(self, entry: Entry, holders: Holders) -> Entry | Subject:
        if entry.kind != SubjectKind.CITIZEN:
            raise ValidationError(_("only a citizen belongs to a family, clan, community or unit."))
        return holders.find(entry.belongs, entry.place)

    def _fault(self, row: int, column: str, reason: str) -> None:
        self.errors.append(RowError(row, column, reason))

    def _kind(self, row: int, text: str) -> SubjectKind | None:
        kind = KIND_BY_KEY.get(name_key(text))
        if kind is None:
            facts = {"text": text, "kinds": ", ".join(KINDS)}
            self._fault(row, KIND, _("“%(text)s” is no kind; write one of: %(kinds)s.") % facts)
        return kind

    def _check(self, row: int, values: Mapping[str, str]) -> None:
        """By the rules of the model, so that the sheet and the form refuse alike."""
        for name, value in values.items():
            try:
                Subject._meta.get_field(name).clean(value, None)
            except ValidationError as error:
                for message in error.messages:
                    self._fault(row, FIELDS[name], message)

    def _place(self, row: int, kind: SubjectKind | None, village: str) -> Place | None:
        if not village:
            if kind in AT_HOME_IN_A_COMMUNE:
                return self.commune
            self._fault(row, VILLAGE, _("write the village."))
            return None
        found = self._villages.get(name_key(village), [])
        if len(found) == 1:
            return found[0]
        facts = {"village": village, "commune": self.commune.label_on(self.date)}
        reason = _(
            "several villages of %(commune)s are called “%(village)s”; write the kind before the name."
        )
        if not found:
            reason = _("%(commune)s has no village “%(village)s” on that day.")
        self._fault(row, VILLAGE, reason % facts)
        return None

    def _numbered(self, row: int, kind: SubjectKind | None, number: str) -> Subject | None:
        if not number:
            return None
        known = self._by_number.get(int(number)) if number.isascii() and number.isdigit() else None
        if known is None:
            self._fault(
                row, NUMBER, _("the books of this commune have no number “%(number)s”.") % {"number": number}
            )
        elif kind and known.kind != kind:
            self._fault(row, KIND, _("number %(number)s is of another kind.") % {"number": number})
        return known

    def _stands_once(self, row: int, entry: Entry) -> bool:
        for mark in filter(None, [entry.identity, entry.known and entry.known.pk]):
            first = self._rows.setdefault(mark, row)
            if first != row:
                reason = _("the same one is already in row %(row)s; if they are two, fill in “%(heading)s”.")
                self._fault(row, NAME, reason % {"row": first, "heading": DISTINCTION})
                return False
        return True


def _write(entries: list[Entry], sample: bool) -> Counts:
    """Who may have members first: these are written with the number of theirs."""
    counts = Counts()
    citizens = [entry for entry in entries if entry.kind == SubjectKind.CITIZEN]
    for part in ([entry for entry in entries if entry.kind != SubjectKind.CITIZEN], citizens):
        _write_part(part, counts, sample)
    return counts


def _write_part(entries: list[Entry], counts: Counts, sample: bool) -> None:
    new, changed = [], []
    for entry in entries:
        values = _values(entry)
        if entry.known is None:
            entry.known = Subject(kind=entry.kind, is_sample=sample, **values)
            new.append(entry.known)
        elif any(getattr(entry.known, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(entry.known, name, value)
            entry.known.fill_keys()
            changed.append(entry.known)
        else:
            counts.unchanged += 1
    Subject.objects.bulk_create(new, batch_size=BATCH)
    Subject.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
    counts.created += len(new)
    counts.updated += len(changed)


def _values(entry: Entry) -> dict[str, object]:
    values = {"name": entry.name, "distinction": entry.distinction, "place": entry.place}
    if entry.belongs is None:
        return values
    holder = entry.holder.known if isinstance(entry.holder, Entry) else entry.holder
    return values | {"member_of": holder}


def _identity(subject: Subject) -> tuple:
    return subject.kind, subject.place_id, subject.name_key, subject.distinction


def _by_name(villages: Iterable[Place], date: Date) -> dict[str, list[Place]]:
    """Villages by their name, with the kind before it and without."""
    found: dict[str, list[Place]] = {}
    for village in villages:
        version = village.at(date)
        for name in {name_key(version.name), name_key(version.label)}:
            found.setdefault(name, []).append(village)
    return found
