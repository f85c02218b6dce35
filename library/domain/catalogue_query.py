"""A query of another library put to our catalogue: words by the index of the site, all else and the answer by the database.

So what is found is what the database says everybody may see, its number is exact, and Vietnamese that is typed without
accents finds.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from django.db.models import Count, F, Q, QuerySet

from portal.search.selecting import Choosing, Where, select
from portal.search.typed import words_of
from portal.text import nfc, sort_key

from ..enums import IdentifierScheme, Language
from ..identifiers import normal_identifier
from ..interop.sru.cql import Clause, Node, Query
from ..interop.sru.diagnostics import SruProblem
from ..interop.sru.indexes import Relation
from ..models import Contribution, Identifier, Resource, ResourceTag, Subject
from ..models.resources import FIRST_YEAR, LAST_YEAR

KIND = "resource"
ENTRIES_OF_WORDS = {
    Relation.ANY: Choosing.ANY,
    Relation.EQUALS: Choosing.IN_ORDER,
    Relation.ADJACENT: Choosing.IN_ORDER,
}
BOUNDS = {Relation.BEFORE: "lt", Relation.AFTER: "gt", Relation.NOT_AFTER: "lte", Relation.NOT_BEFORE: "gte"}
LONGEST_KEY = 18  # digits of a number that a database still holds
SORTS = {"dc.title": "sort_title", "dc.date": "year"}
ALL, NOTHING = Q(pk__isnull=False), Q(pk__in=())
LANGUAGES = {
    **{code.value: code.value for code in Language},
    **{code.bcp47: code.value for code in Language},
}


def found(query: Query) -> QuerySet[Resource]:
    """What everybody may see of what `query` asks for, in the order it asks for. Raises SruProblem, EngineUnavailable and
    TooMany (portal.search.selecting)."""
    order = [
        F(SORTS[key.index.full_name]).desc(nulls_last=True)
        if key.descending
        else F(SORTS[key.index.full_name]).asc(nulls_last=True)
        for key in query.sort
    ]
    return Resource.objects.public().filter(_condition(query.root)).order_by(*order, "pk")


def counted(resources: QuerySet[Resource], most: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
    """{index: [(term, number of `resources` with it), ...]}, the most frequent first, at most `most` of each."""
    columns = {"dc.language": "language", "dc.date": "year", "dc.subject": "subjects__name"}
    answer = {}
    for name, limit in most.items():
        column = columns[name]
        rows = resources.filter(**{f"{column}__isnull": False}).order_by().values_list(column)
        counts = rows.annotate(number=Count("pk", distinct=True)).order_by("-number", column)
        answer[name] = [(str(term), number) for term, number in counts[:limit]]
    return answer


def _condition(node: Node) -> Q:
    if isinstance(node, Clause):
        return CONDITIONS[node.index.full_name](node)
    first, *others = map(_condition, node.parts)
    if node.operator == "not":
        return reduce(lambda one, other: one & ~other, others, first)
    return reduce(lambda one, other: one | other if node.operator == "or" else one & other, others, first)


def _anywhere(clause: Clause) -> Q:
    if clause.relation is Relation.EXACT:
        return _title(clause) | _creator(clause) | _subject(clause)
    return _with_words(clause, Where.TEXT)


def _title(clause: Clause) -> Q:
    """Exactly: the whole title, whatever its capitals."""
    if clause.relation is Relation.EXACT:
        key = sort_key(_given(clause).lower())  # letters ! tones ! capitals, and no more levels than it needs
        return Q(sort_title=key) | Q(sort_title__startswith=f"{key}!" if "!" in key else f"{key}!!")
    return _with_words(clause, Where.TITLE)


def _creator(clause: Clause) -> Q:
    """Exactly: the whole name as it is written."""
    if clause.relation is Relation.EXACT:
        return _of(Contribution.objects.filter(name=nfc(_given(clause))), "resource")
    return _with_words(clause, Where.PERSONS)


def _subject(clause: Clause) -> Q:
    """Our subjects with all that is below them, and the tags; told by their names, of which there are few."""
    matches = _matching(clause)
    named = [path for name, path in Subject.objects.values_list("name", "path") if matches(name)]
    tags = ResourceTag.objects.order_by().values_list("tag", "tag__name").distinct()
    below = reduce(
        lambda one, path: one | Q(subjects__path=path) | Q(subjects__path__startswith=f"{path}/"),
        named,
        NOTHING,
    )
    tagged = [tag for tag, name in tags if matches(name)]
    return _of(Resource.objects.filter(below), "pk") | _of(
        ResourceTag.objects.filter(tag__among=tagged), "content_object"
    )


def _matching(clause: Clause) -> Callable[[str], bool]:
    """Does a name have the words of this clause, accents or not?"""
    if clause.relation is Relation.EXACT:
        wanted_name = nfc(_given(clause)).casefold()
        return lambda name: nfc(name).casefold() == wanted_name
    wanted = [word.base for word in words_of(_given(clause))]
    if not wanted:
        raise SruProblem(27)
    if clause.relation is Relation.ANY:
        return lambda name: not set(wanted).isdisjoint(_bases(name))
    if ENTRIES_OF_WORDS.get(clause.relation) is Choosing.IN_ORDER:
        row = f" {' '.join(wanted)} "
        return lambda name: row in f" {' '.join(_bases(name))} "
    return lambda name: set(wanted) <= set(_bases(name))


def _bases(name: str) -> list[str]:
    return [word.base for word in words_of(name)]


def _language(clause: Clause) -> Q:
    """By the code of ISO 639-3, or the shorter one of ISO 639-1; also what a resource is in beside its main language."""

    def written_in(term: str) -> Q:
        code = LANGUAGES.get(term.lower())
        return Q(language=code) | Q(other_languages__icontains=f'"{code}"') if code else NOTHING

    return _each(clause, written_in)


def _date(clause: Clause) -> Q:
    if bound := BOUNDS.get(clause.relation):
        return Q(**{f"year__{bound}": _year(_given(clause).strip())})
    return _each(clause, lambda term: Q(year=_year(term)))


def _year(term: str) -> int:
    if not (term.isascii() and term.isdecimal() and len(term) == 4 and FIRST_YEAR <= int(term) <= LAST_YEAR):
        raise SruProblem(36, term)
    return int(term)


def _isbn(clause: Clause) -> Q:
    def numbered(term: str) -> Q:
        try:
            value = normal_identifier(IdentifierScheme.ISBN, term)
        except ValueError as error:
            raise SruProblem(36, term) from error
        return _of(Identifier.objects.filter(scheme=IdentifierScheme.ISBN, value=value), "resource")

    if clause.relation in (Relation.ANY, Relation.ALL):
        return _each(clause, numbered)
    return numbered(_given(clause))


def _number(clause: Clause) -> Q:
    def numbered(term: str) -> Q:
        if not (term.isascii() and term.isdecimal()):
            raise SruProblem(36, term)
        return Q(pk=int(term)) if len(term) <= LONGEST_KEY else NOTHING

    return _each(clause, numbered)


def _each(clause: Clause, condition: Callable[[str], Q]) -> Q:
    """Several terms only with "any" (one of them) and "all"; else the term is one."""
    given = _given(clause)
    terms = given.split() if clause.relation in (Relation.ANY, Relation.ALL) else [given.strip()]
    conditions: Iterable[Q] = map(condition, dict.fromkeys(terms))
    any_of_them = clause.relation is Relation.ANY
    return reduce(lambda one, other: one | other if any_of_them else one & other, conditions)


def _with_words(clause: Clause, where: Where) -> Q:
    given = _given(clause)
    if not words_of(given):
        raise SruProblem(27)
    choosing = ENTRIES_OF_WORDS.get(clause.relation, Choosing.ALL)
    return Q(pk__among=list(map(int, select(KIND, given, where=where, choosing=choosing))))


def _given(clause: Clause) -> str:
    if not clause.term.strip():
        raise SruProblem(27)
    return clause.term


def _of(rows: QuerySet, column: str) -> Q:
    return Q(pk__in=rows.order_by().values(column))


CONDITIONS: Mapping[str, Callable[[Clause], Q]] = {
    "cql.serverChoice": _anywhere,
    "cql.allRecords": lambda clause: ALL,
    "dc.title": _title,
    "dc.creator": _creator,
    "dc.subject": _subject,
    "dc.language": _language,
    "dc.date": _date,
    "bath.isbn": _isbn,
    "rec.id": _number,
}
