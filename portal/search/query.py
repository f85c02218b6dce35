"""Searching the whole site: `search()` is the only door to the engines."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date

from django.utils.translation import gettext as _

from . import background, editorial, fallback, picks
from .engine import EngineHit, EngineQuery, EngineUnavailable, Sort
from .engines import ask
from .entry import PUBLIC, Entry
from .finding import Found, find
from .highlight import highlight
from .labels import day_label, kind_label, known_facets, known_filters, value_labels
from .suggesting import Offer, OfferKind, distinct, is_long_enough, subjects_meant
from .typed import Typed, plain, read

logger = logging.getLogger(__name__)

SUMMARY = 280  # characters of a summary shown in a result list
MOST_OFFERS = {OfferKind.TITLE: 5, OfferKind.SUBJECT: 2, OfferKind.PERSON: 2}  # a list that fits on a phone
PER_PAGE = 20
DEEPEST = 10_000  # results; nobody reads on, and each page further costs the engine more


class PageRefused(ValueError):
    """There is no such page of results; the text of the error says why, to the reader."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result list. What a page draws of it is made when it is drawn: the `_html` texts are escaped and
    carry <mark> where `typed` is met."""

    key: str
    kind: str
    title: str
    summary: str
    url: str
    date: Date | None
    language: str
    typed: Typed = field(repr=False)

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)

    @property
    def day_label(self) -> str:
        """What its day is the day of, with %(day)s in it; "" for a day that says nothing to people."""
        return day_label(self.kind) if self.date else ""

    @property
    def title_html(self) -> str:
        return highlight(self.title, self.typed)

    @property
    def summary_html(self) -> str:
        return highlight(self.summary, self.typed, SUMMARY)


@dataclass(frozen=True, slots=True)
class Results:
    """`relaxed`: not every word matched. `suggestion`: what was probably meant; `understood`: the hits are those of
    the suggestion, since what was typed are the raw keys of a typing method. `reduced`: the index that should have
    answered is out of reach; what is shown comes from that of this machine, or else from the titles in the
    database."""

    hits: list[Hit] = field(default_factory=list)
    picks: list[Hit] = field(default_factory=list)
    count: int = 0
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    suggestion: str | None = None
    understood: bool = False
    relaxed: bool = False
    reduced: bool = False
    page: int = 1
    pages: int = 0


def search(
    text: str,
    *,
    kinds: Sequence[str] = (),
    facets: Mapping[str, Sequence[str]] | None = None,
    audience: str = PUBLIC,
    language: str | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
    sort: str = Sort.RELEVANCE,
    facet_names: Sequence[str] | None = None,
    engine: str | None = None,
    with_picks: bool = False,
) -> Results:
    """The page `page` (from 1) of what `text` finds; an empty `text` finds everything, newest first.

    `facets` {"subject": ["nong-nghiep"]}: any value within a facet, all facets together; a facet that no source has
    is passed over. `sort` is a value of `Sort`. `facet_names` are the facets to count (None: all of the registered
    sources). `engine` names the one engine to ask; then `EngineUnavailable` is raised when it has no answer.
    `with_picks`: what librarians chose for these words comes apart, on the first page, and not among the hits too.
    Raises `PageRefused` for a page below 1 or past the first 10,000 results.
    """
    _refuse_bad_page(page, per_page)
    background.look()
    taught = editorial.current()
    typed = taught.synonyms.expand(read(text))
    if typed.empty:
        return Results(page=page)
    known = ["kind", *known_facets()]
    chosen = {**(facets or {}), **({"kind": kinds} if kinds else {})}
    asked = EngineQuery(
        typed=typed,
        audience=audience,
        language=language,
        filters={name: tuple(chosen[name]) for name in known_filters() if chosen.get(name)},
        counted=tuple(name for name in (known if facet_names is None else facet_names) if name in known),
        sort=_sort(sort, typed),
        offset=(page - 1) * per_page,
        limit=per_page,
    )
    try:
        found, reduced = ask(lambda each: find(each, asked, text), engine)
    except EngineUnavailable as error:
        if engine:
            raise
        logger.warning("Search answers from titles only: %s", error)
        return _reduced(text, asked, page)
    results = _results(found, reduced, page)
    addresses = taught.picks.get(plain(text)) if with_picks and page == 1 else None
    return _with_picks(results, addresses, asked) if addresses else results


def suggest(text: str, *, audience: str = PUBLIC) -> list[Offer]:
    """What somebody who has typed `text` so far may want: titles, subjects and persons, a few of each."""
    typed = read(text)
    if not is_long_enough(typed):
        return []
    background.look()
    subjects = subjects_meant(typed, MOST_OFFERS[OfferKind.SUBJECT])
    try:
        found, _reduced = ask(lambda each: each.suggest(typed, audience, max(MOST_OFFERS.values())))
    except EngineUnavailable as error:
        logger.warning("Only subjects are offered: %s", error)
        return subjects
    persons = [Offer(OfferKind.PERSON, name, "") for name in found.persons[: MOST_OFFERS[OfferKind.PERSON]]]
    return [*distinct(found.titles), *subjects, *persons]


def _refuse_bad_page(page: int, per_page: int) -> None:
    if page < 1:
        raise PageRefused(_("Pages are counted from 1."))
    if per_page < 1 or page * per_page > DEEPEST:
        raise PageRefused(
            _("Only the first 10,000 results can be read. Add a word or choose a filter to find less.")
        )


def _sort(name: str, typed: Typed) -> Sort:
    """Nothing is more relevant than the rest when nothing was typed; an unknown name comes from a torn address."""
    sort = Sort(name) if name in set(Sort) else Sort.RELEVANCE
    return Sort.NEWEST if typed.blank and sort is Sort.RELEVANCE else sort


def _results(found: Found, reduced: bool, page: int) -> Results:
    asked, result = found.asked, found.result
    return Results(
        hits=[_hit(hit, asked.typed) for hit in result.hits],
        count=result.count,
        facets={name: _facet_values(name, counts, asked.filters) for name, counts in result.facets.items()},
        suggestion=found.suggestion,
        understood=found.understood,
        relaxed=found.relaxed,
        reduced=reduced,
        page=page,
        pages=-(-min(result.count, DEEPEST) // asked.limit),
    )


def _with_picks(results: Results, addresses: list[str], asked: EngineQuery) -> Results:
    if set(asked.filters) - {"kind"}:
        return results
    kinds = asked.filters.get("kind")
    entries = [one for one in picks.chosen(addresses, asked.audience) if not kinds or one.kind in kinds]
    keys = {entry.key for entry in entries}
    hits = [hit for hit in results.hits if hit.key not in keys]
    return replace(results, hits=hits, picks=[_hit(entry, asked.typed) for entry in entries])


def _reduced(text: str, asked: EngineQuery, page: int) -> Results:
    entries = fallback.titles(text, asked) if page == 1 else []
    hits = [_hit(entry, asked.typed) for entry in entries[: asked.limit]]
    return Results(hits=hits, count=len(hits), reduced=True, page=page, pages=1 if hits else 0)


def _hit(found: EngineHit | Entry, typed: Typed) -> Hit:
    return Hit(
        found.key, found.kind, found.title, found.summary, found.url, found.date, found.language, typed
    )


def _facet_values(
    name: str, counts: Mapping[str, int], filters: Mapping[str, Sequence[str]]
) -> list[FacetValue]:
    """Chosen values stay in the list when nothing is left of them, so that they can be taken off again."""
    chosen = filters.get(name, ())
    values = {**counts, **{value: counts.get(value, 0) for value in chosen}}
    labels = value_labels(name, list(values))
    return sorted(
        (FacetValue(value, labels[value], count, value in chosen) for value, count in values.items()),
        key=lambda one: (-one.count, one.label),
    )
