"""Reading a source by OAI-PMH 2.0 to its end, whatever it does on the way.

Where a list breaks off it is read again (see `place`). What comes a second time is the same record and is not told twice:
nothing is lost, nothing doubled.
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, replace

from django.utils.translation import gettext as _

from ..fetching import Fetcher
from ..page import Cursor, Page, Probe, SourceProblem, SourceSettings
from ..wild_xml import local
from .answers import Answer, NotOai, problem_of
from .dates import DAY, moment, with_overlap
from .found import found
from .place import Place
from .service import Identity, Refused, Service, chosen, elsewhere, facts_of
from .watch import Watch

EXAMPLES = 5
FINAL = frozenset(
    ["badVerb", "noSetHierarchy", "cannotDisseminateFormat"]
)  # no other request would be answered


class OaiReader:
    """See `page.Reader`."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._fetcher = fetcher or Fetcher(pause=settings.pause)
        self._service = Service(settings.url, self._fetcher)
        self._end: SourceProblem | None = None  # behind the page that is told now

    def probe(self) -> Probe:
        identity = self._identity()
        if not identity.name and not identity.base_url:
            self._fetcher.note(_("The source does not say who it is (Identify)."))
        formats = self._service.formats()
        prefix = chosen(formats, self._settings.prefix)
        sets = list(self._service.sets())
        first_set = next(iter(self._settings.sets), "")
        answer = self._service.ask(verb="ListRecords", metadataPrefix=prefix, set=first_set)
        if answer.errors and not _nothing_matches(answer):
            raise SourceProblem(problem_of(answer.errors))
        facts = dict(facts_of(identity))
        if answer.token and answer.token.total is not None:
            facts[_("Number of records")] = str(answer.token.total)
        self._fetcher.close()
        return Probe(
            name=identity.name,
            facts=list(facts.items()),
            formats=[(each.prefix, each.namespace) for each in formats],
            sets=sets,
            examples=[found(each) for each in answer.records[:EXAMPLES]],
            contact=", ".join(identity.emails),
            prefix=prefix,
            granularity=identity.granularity,
            keeps_deletions=identity.deletions,
            earliest=identity.earliest,
            notes=self._fetcher.take_notes(),
        )

    def _identity(self) -> Identity:
        try:
            return self._service.identify()
        except (NotOai, Refused) as problem:
            other = elsewhere(self._settings.url, self._fetcher)
            if not other:
                raise
            hint = _("%(problem)s At %(address)s there is OAI-PMH: take that address.")
            raise SourceProblem(hint % {"problem": problem, "address": other}) from problem

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """`response_date` of each page is that of the first answer: what changes while we read is read the next time."""
        place: Place | None = Place.of(cursor) if cursor else self._beginning(since)
        watch = Watch(time.monotonic())
        try:
            while place is not None:
                page, place = self._page(place, watch)
                if page is not None:
                    yield page
                if self._end is not None:
                    raise self._end
        finally:
            self._fetcher.close()

    def _beginning(self, since: str) -> Place:
        try:
            identity = self._service.identify()
        except Refused as error:
            if error.passing:
                raise
            self._fetcher.note(str(error))
            identity = Identity()
        begin = with_overlap(since, identity.granularity)
        if since and not begin:
            self._fetcher.note(_("The hour of the last reading is not understood; everything is read."))
        return Place(
            self._prefix(),
            granularity=identity.granularity,
            deletions=identity.deletions,
            began=identity.response_date,
            earliest=identity.earliest,
            start=begin,
            begin=begin,
        )

    def _prefix(self) -> str:
        try:
            formats = self._service.formats()
        except Refused as error:
            self._fetcher.note(str(error))
            formats = []
        return chosen(formats, self._settings.prefix)

    def _page(self, place: Place, watch: Watch) -> tuple[Page | None, Place | None]:
        """The next page (None when there is nothing to tell yet), and where to go on."""
        try:
            answer = self._ask(place)
        except Refused as error:
            return None, self._another_way(place, str(error))
        if answer.errors and not answer.records and not _nothing_matches(answer):
            return None, self._after_errors(place, answer)
        if not answer.errors and not _is_a_list(answer):
            return None, self._another_way(place, _("The source answers without a list of records."))
        watch.look(place.token, answer, again=place.again)
        self._tell_strange_stamps(answer)
        records = [
            each for each in answer.records if not each.cut and (watch.is_new(each) or not place.again)
        ]
        total = answer.token.total if answer.token else None
        here = replace(place, began=place.began or answer.response_date)
        place = here.with_records(answer.records, total, news=bool(records))
        try:
            following = self._following(place, answer)
        except SourceProblem as error:
            self._end, following = error, here
        if following is None or self._end:  # it will not be read again: what was cut off is lost
            records += [each for each in answer.records if each.cut]
        page = Page(
            records=[found(each) for each in records],
            next=asdict(following) if following else None,
            response_date=place.began,
            total=place.in_all,
            notes=self._fetcher.take_notes(),
            keeps_deletions=place.deletions,
        )
        return page, following

    def _ask(self, place: Place) -> Answer:
        if place.token:
            return self._service.ask(verb="ListRecords", resumptionToken=place.token)
        return self._service.ask(
            verb="ListRecords",
            metadataPrefix=place.prefix,
            from_=place.begin,
            until=place.until,
            set=self._settings.sets[place.set_number] if self._settings.sets else "",
        )

    def _following(self, place: Place, answer: Answer) -> Place | None:
        if answer.token and answer.token.text:
            return replace(place, token=answer.token.text)
        if answer.truncated:
            return self._begun_again(place, _("A page of the source never came whole."))
        if place.total is not None and place.read != place.total and not place.again:
            note = _("The source speaks of %(total)s records, but lists %(read)s.")
            self._fetcher.note(note % {"total": place.total, "read": place.read})
        again = None
        if place.looks_cut_off():
            again = place.begun_again() if place.ordered else place.by_months()
        return again or place.next_list(len(self._settings.sets))

    def _after_errors(self, place: Place, answer: Answer) -> Place:
        """Raises SourceProblem where no other way is left."""
        codes = {code for code, _text in answer.errors}
        problem = problem_of(answer.errors)
        if (
            "badArgument" in codes
            and place.granularity != DAY
            and (place.begin or place.until)
            and not place.token
        ):
            self._fetcher.note(_("The source takes dates only by the day."))
            return place.by_days()
        if "cannotDisseminateFormat" in codes and not self._settings.prefix and place.prefix != "oai_dc":
            self._fetcher.note(problem)
            return replace(place, prefix="oai_dc", token="")
        if codes & FINAL:
            raise SourceProblem(problem)
        return self._another_way(place, problem)

    def _another_way(self, place: Place, problem: str) -> Place:
        return self._begun_again(place, problem) if place.token else self._by_months(place, problem)

    def _begun_again(self, place: Place, reason: str) -> Place:
        following = place.begun_again()
        if following is None:
            return self._by_months(place, reason)
        self._fetcher.note(_("%(reason)s The list was begun again.") % {"reason": reason})
        return following

    def _by_months(self, place: Place, reason: str) -> Place:
        following = place.by_months()
        if following is None:
            raise SourceProblem(_("The source cannot be read any further. %(reason)s") % {"reason": reason})
        self._fetcher.note(_("%(reason)s The source is read month by month.") % {"reason": reason})
        return following

    def _tell_strange_stamps(self, answer: Answer) -> None:
        stamps = (each.datestamp for each in answer.records if each.datestamp and not each.problem)
        strange = next((stamp for stamp in stamps if moment(stamp) is None), None)
        if strange:
            note = _(
                "Datestamps such as “%(stamp)s” are not those of the protocol; they are kept as they are."
            )
            self._fetcher.note(note % {"stamp": strange})


def _is_a_list(answer: Answer) -> bool:
    """Even one that is empty or was cut off; else its end would be taken for that of the source."""
    listed = answer.body is not None and local(answer.body.tag) == "ListRecords"
    return listed or bool(answer.records) or answer.token is not None or answer.truncated


def _nothing_matches(answer: Answer) -> bool:
    return "noRecordsMatch" in {code for code, _text in answer.errors}
