"""The list of awards, as it stands in decisions on paper: every row checked, all rows written or none."""

import datetime
import re
from collections.abc import Iterable, Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from portal.places.enums import COMMUNE_KINDS, VILLAGE_KINDS
from portal.places.models import Place
from portal.places.models.place import AmbiguousName
from portal.text import name_key, parse_date_vi
from portal.web.imports import Counts, ImportRefused, RowError, as_text
from recognition.enums import SubjectKind
from recognition.models import Award

# Headings are Vietnamese by nature: they are the columns of the list annexed to a decision.
TITLE, NAME, DISTINCTION = "Danh hiệu", "Tên", "Phân biệt"
CODE, COMMUNE, VILLAGE = "Mã xã", "Xã", "Xóm"
YEAR, LEVEL = "Năm", "Mức độ"
NUMBER, DATE, ISSUER = "Số quyết định", "Ngày quyết định", "Cơ quan quyết định"
BASIS, OF_AGE, SAMPLE = "Căn cứ công khai", "Đủ 18 tuổi", "Dữ liệu mẫu"
REQUIRED = (TITLE, NAME, YEAR, NUMBER, DATE, ISSUER)

TITLES = {
    "Gia đình học tập": SubjectKind.FAMILY,
    "Dòng họ học tập": SubjectKind.CLAN,
    "Cộng đồng học tập": SubjectKind.COMMUNITY,
    "Đơn vị học tập": SubjectKind.UNIT,
    "Công dân học tập": SubjectKind.CITIZEN,
}
YES, NO = ("x", "có", "1"), ("", "không", "0")
_KIND_BY_KEY = {name_key(title): kind for title, kind in TITLES.items()}


def import_awards(rows: Iterable[tuple[int, Mapping[str, object]]]) -> Counts:
    """Write the rows (number in the sheet, cells by heading). Raises ImportRefused naming every bad row.

    A row that is already there - same title, place, year, name and distinction - is updated, and one that was revoked
    stays so. What was decided in this portal is not touched by a list. Runs inside the caller's transaction.
    """
    reader = _RowReader()
    read = [(number, award) for number, row in rows if (award := reader.read(number, row))]
    present = _present({award.year for _number, award in read})
    for number, award in read:
        if known := present.get(_identity(award)):
            reader.compare(number, known, award)
    if reader.errors:
        raise ImportRefused(reader.errors)
    return _write([award for _number, award in read], present)


def _identity(award):
    return award.subject_kind, award.place_id, award.year, award.name_key, award.distinction


VALUES = ("name", "level", "decision_number", "decision_date", "valid_from", "issuer")
VALUES += ("publication_basis", "of_age", "is_sample")
DERIVED = ("folded_name", "sort_name")


def _present(years: set[int]) -> dict[tuple, Award]:
    """Those of the years, the one in force before a revoked one of the same holder."""
    awards = Award.objects.filter(year__in=years).order_by(F("revoked_on").asc(nulls_last=True), "pk")
    return {_identity(award): award for award in awards}


def _write(awards: list[Award], present: Mapping[tuple, Award]) -> Counts:
    counts, new, changed = Counts(), [], []
    for award in awards:
        known = present.get(_identity(award))
        if known is None:
            new.append(award)
        elif all(getattr(known, name) == getattr(award, name) for name in VALUES):
            counts.unchanged += 1
        else:
            for name in VALUES:
                setattr(known, name, getattr(award, name))
            for name in DERIVED:
                Award._meta.get_field(name).pre_save(
                    known, add=False
                )  # bulk_update leaves this to the caller
            changed.append(known)
    Award.objects.bulk_create(new, batch_size=500)
    Award.objects.bulk_update(changed, [*VALUES, *DERIVED], batch_size=500)
    counts.created, counts.updated = len(new), len(changed)
    return counts


class _RowReader:
    """Reads rows into unsaved awards and collects what is wrong with them."""

    def __init__(self):
        self.errors: list[RowError] = []
        self._places: dict[tuple, Place] = {}
        self._rows: dict[tuple, int] = {}

    def read(self, number: int, row: Mapping[str, object]) -> Award | None:
        before = len(self.errors)
        cells = {heading: as_text(value) for heading, value in row.items()}
        for heading in REQUIRED:
            if not cells.get(heading):
                self.fault(number, heading, _("the cell is empty."))
        date = self._date(number, row.get(DATE)) if cells.get(DATE) else None
        award = Award(
            subject_kind=self._kind(number, cells.get(TITLE, "")),
            name=cells.get(NAME, ""),
            name_key=name_key(cells.get(NAME, "")),
            distinction=cells.get(DISTINCTION, ""),
            year=self._year(number, cells.get(YEAR, ""), date),
            level=cells.get(LEVEL, ""),
            decision_number=cells.get(NUMBER, ""),
            decision_date=date,
            valid_from=date,
            issuer=cells.get(ISSUER, ""),
            publication_basis=cells.get(BASIS, ""),
            of_age=self._of_age(number, cells),
            is_sample=bool(cells.get(SAMPLE)),
        )
        self._check_lengths(number, award)
        if date:
            award.place = self._place(number, cells, date)
        if len(self.errors) > before:
            return None
        return self._once(number, award)

    def compare(self, number: int, known: Award, award: Award) -> None:
        """A row with what is there already under its name."""
        if known.decision_id:
            self.fault(number, NAME, _("this title was decided in the portal; a list does not change it."))
        elif award.decision_date > min(
            filter(None, [known.revoked_on, known.valid_to]), default=award.decision_date
        ):
            self.fault(number, DATE, _("this title was revoked or had run out by then."))

    def fault(self, row, column, reason):
        self.errors.append(RowError(row, column, reason))

    def _kind(self, number, text):
        kind = _KIND_BY_KEY.get(name_key(text))
        if text and kind is None:
            titles = ", ".join(TITLES)
            self.fault(
                number,
                TITLE,
                _("“%(text)s” is not a title; write one of: %(titles)s.") % {"text": text, "titles": titles},
            )
        return kind or ""

    def _date(self, number, value):
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        try:
            return parse_date_vi(as_text(value))
        except ValueError:
            self.fault(
                number, DATE, _("“%(text)s” is not a date; write day/month/year.") % {"text": as_text(value)}
            )
            return None

    def _year(self, number, text, date):
        if not text:
            return None
        if not re.fullmatch("[0-9]{4}", text) or not 1996 <= int(text) <= 2100:
            self.fault(number, YEAR, _("“%(text)s” is not a year.") % {"text": text})
            return None
        if date and int(text) > date.year:
            self.fault(number, YEAR, _("the year lies after the decision."))
        return int(text)

    def _of_age(self, number, cells):
        """A name of a citizen is only taken to be published when somebody has made sure that it is no child's."""
        word = cells.get(OF_AGE, "").lower()
        if word not in YES + NO:
            self.fault(number, OF_AGE, _("write “x”, or nothing."))
        elif (
            cells.get(BASIS)
            and _KIND_BY_KEY.get(name_key(cells.get(TITLE, ""))) == SubjectKind.CITIZEN
            and word in NO
        ):
            self.fault(
                number,
                OF_AGE,
                _("a citizen is only named in public when 18 or older: write “x”, or leave out the basis."),
            )
        return word in YES

    def _check_lengths(self, number, award):
        for heading, name in (
            (NAME, "name"),
            (DISTINCTION, "distinction"),
            (LEVEL, "level"),
            (NUMBER, "decision_number"),
            (ISSUER, "issuer"),
            (BASIS, "publication_basis"),
        ):
            longest = Award._meta.get_field(name).max_length
            if len(getattr(award, name)) > longest:
                self.fault(
                    number,
                    heading,
                    _("the text is longer than %(longest)s characters.") % {"longest": longest},
                )

    def _place(self, number, cells, date):
        """The village if one is named, else the commune, as they were on the day of the decision."""
        wanted = cells.get(CODE, ""), cells.get(COMMUNE, ""), cells.get(VILLAGE, ""), date
        if wanted not in self._places:
            place = self._commune(number, *wanted)
            if place and cells.get(VILLAGE):
                villages = Place.objects.of_kinds(VILLAGE_KINDS, date)
                place = self._named(villages, number, VILLAGE, cells[VILLAGE], date, within=place)
            if place is None:
                return None
            self._places[wanted] = place
        return self._places[wanted]

    def _commune(self, number, code, commune, _village, date):
        if code:
            try:
                return _communes_on(date).by_code(code.zfill(5), date)
            except Place.DoesNotExist:
                self.fault(
                    number,
                    CODE,
                    _("no commune had the code %(code)s on the day of the decision.") % {"code": code},
                )
                return None
        if not commune:
            self.fault(number, COMMUNE, _("write the commune, or its code."))
            return None
        return self._named(_communes_on(date), number, COMMUNE, commune, date)

    def _named(self, places, number, heading, name, date, within=None):
        try:
            return places.by_name(name, date, within=within)
        except (Place.DoesNotExist, AmbiguousName) as error:
            self.fault(number, heading, str(error))
            return None

    def _once(self, number, award):
        first = self._rows.setdefault(_identity(award), number)
        if first != number:
            self.fault(
                number,
                NAME,
                _("the same holder is already in row %(row)s; if they are two, fill in “%(heading)s”.")
                % {"row": first, "heading": DISTINCTION},
            )
            return None
        return award


def _communes_on(date):
    return Place.objects.of_kinds(COMMUNE_KINDS, date)
