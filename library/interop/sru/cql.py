"""CQL, the query language of SRU: from a text to a tree, or to the diagnostic that says what is wrong with it. Pure.

Level 1 of CQL 1.2: terms, index relation term, and/or/not with parentheses, quotes and escapes, prefixes, sortBy. The three
operators weigh the same and are read from left to right, as CQL has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .cql_tokens import END, LONGEST_TERM, Token, term_of, tokens_of
from .diagnostics import SruProblem
from .indexes import (
    ALL_RECORDS,
    BY_NAME,
    BY_SHORT_NAME,
    CONTEXT_SETS,
    SAME_INDEXES,
    SAME_RELATIONS,
    SAME_SETS,
    SERVER_CHOICE,
    Index,
    Relation,
)

LONGEST_QUERY = 4_000  # characters
MOST_OPERATORS, DEEPEST, MOST_SORT_KEYS = 100, 16, 3
BOOLEANS = ("and", "or", "not", "prox")
SORT_BY = "sortby"
DIRECTIONS = {"ascending": False, "descending": True}


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition; `term` without quotes and escapes."""

    index: Index
    relation: Relation
    term: str


@dataclass(frozen=True, slots=True)
class Combined:
    """`operator` "and" or "or": of all `parts`; "not": the first one without any of the others."""

    operator: str
    parts: tuple["Node", ...]


Node = Clause | Combined


@dataclass(frozen=True, slots=True)
class SortKey:
    index: Index
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    root: Node
    sort: tuple[SortKey, ...] = ()


def parse(text: str) -> Query:
    """Raises SruProblem, and nothing else, for what is not CQL or more than we understand."""
    if len(text) > LONGEST_QUERY:
        raise SruProblem(12, LONGEST_QUERY)
    return _Parser(tokens_of(text)).query()


def search_terms(text: str) -> Query:
    """Words between spaces instead of CQL (in SRU 2.0 the query type "searchTerms"): all of them, anywhere. Raises SruProblem."""
    if len(text) > LONGEST_TERM:
        raise SruProblem(12, LONGEST_TERM)
    return Query(Clause(SERVER_CHOICE, Relation.ALL, text))


def find_index(name: str, prefixes: Mapping[str, str] | None = None) -> Index:
    """ "dc.title", "DC.Title" or "title"; `prefixes` {what the query calls a context set: what we call it}. Raises SruProblem."""
    prefix, dot, rest = name.lower().rpartition(".")
    prefixes = prefixes or {}
    if not dot:
        short = BY_NAME.get(f"{prefixes['']}.{rest}") if "" in prefixes else BY_SHORT_NAME.get(rest)
        if short is None:
            raise SruProblem(16, name)
        return short
    context = prefixes.get(prefix, prefix)
    if context not in CONTEXT_SETS:
        raise SruProblem(15, prefix)
    full = f"{context}.{rest}"
    if full == "cql.resultsetid":
        raise SruProblem(50)
    found = BY_NAME.get(SAME_INDEXES.get(full, full))
    if found is None:
        raise SruProblem(16, name)
    return found


@dataclass
class _Parser:
    tokens: list[Token]
    place: int = 0
    operators: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)

    @property
    def next(self) -> Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else END

    def take(self) -> Token:
        token = self.next
        self.place += 1
        return token

    def takes(self, symbol: str) -> bool:
        if self.next != Token("symbol", symbol) or self.next is END:
            return False
        self.place += 1
        return True

    def query(self) -> Query:
        root = self.scoped(0)
        sort = self.sort_keys() if self.next.says(SORT_BY) else ()
        if self.next == Token("symbol", ")"):
            raise SruProblem(13)
        if self.next is not END:
            raise SruProblem(10, self.next.text)
        if _depth(root) > DEEPEST:
            raise SruProblem(38, DEEPEST)
        return Query(root, sort)

    def scoped(self, depth: int) -> Node:
        """Prefixes hold within their parentheses."""
        outside = self.prefixes
        self.prefixes = dict(outside)
        while self.takes(">"):
            self.prefix()
        node = self.clause(depth)
        while self.next.says(*BOOLEANS):
            operator = self.operator()
            node = _combined(operator, node, self.clause(depth))
        self.prefixes = outside
        return node

    def prefix(self) -> None:
        """> dc = "info:..." or > "info:...", which is for names without a prefix."""
        name, uri = "", self.text()
        if self.takes("="):
            name, uri = uri.lower(), self.text()
        known = {address: ours for ours, address in CONTEXT_SETS.items()} | SAME_SETS
        if uri.lower() not in known:
            raise SruProblem(15, uri)
        self.prefixes[name] = known[uri.lower()]

    def operator(self) -> str:
        operator = self.take().text.lower()
        self.operators += 1
        if operator == "prox":
            raise SruProblem(39)
        if self.next == Token("symbol", "/"):
            raise SruProblem(46)
        if self.operators > MOST_OPERATORS:
            raise SruProblem(38, MOST_OPERATORS)
        return operator

    def clause(self, depth: int) -> Node:
        if self.takes("("):
            if depth == DEEPEST:
                raise SruProblem(13, DEEPEST)
            node = self.scoped(depth + 1)
            if not self.takes(")"):
                raise SruProblem(13)
            return node
        first = self.take()
        if not first.is_text or first.says(*BOOLEANS, SORT_BY):
            raise SruProblem(10, first.text)
        relation = self.relation()
        if relation is None:
            return Clause(SERVER_CHOICE, Relation.CHOICE, term_of(first))
        index = find_index(term_of(first), self.prefixes)
        term = self.take()
        if not term.is_text:
            raise SruProblem(10, term.text)
        if relation not in (Relation.CHOICE, *index.relations):
            raise SruProblem(22, f"{index.full_name} {relation}")
        return Clause(index, relation, term.text if index is ALL_RECORDS else term_of(term))

    def relation(self) -> Relation | None:
        """None: what came before was a term by itself."""
        token = self.next
        if token in (END, Token("symbol", ")"), Token("symbol", "(")) or token.says(*BOOLEANS, SORT_BY):
            return None
        self.place += 1
        if token.kind == "quoted" or token.text == "/":
            raise SruProblem(10, token.text)
        name = token.text.lower().removeprefix("cql.")
        relation = SAME_RELATIONS.get(name) or next((each for each in Relation if each == name), None)
        if relation is None:
            raise SruProblem(19 if self.next.is_text and self.next is not END else 10, token.text)
        if self.takes("/"):
            raise SruProblem(20, self.next.text)
        return relation

    def sort_keys(self) -> tuple[SortKey, ...]:
        self.take()
        keys = []
        while self.next is not END and self.next.is_text:
            index, descending = find_index(term_of(self.take()), self.prefixes), False
            while self.takes("/"):
                name = self.text().lower().removeprefix("sort.")
                if name not in DIRECTIONS:
                    raise SruProblem(82, name)
                descending = DIRECTIONS[name]
            keys.append(sort_key(index, descending=descending))
        if not keys:
            raise SruProblem(10, SORT_BY)
        return checked_sort(keys)

    def text(self) -> str:
        token = self.take()
        if not token.is_text:
            raise SruProblem(10, token.text)
        return term_of(token)


def sort_key(index: Index, *, descending: bool) -> SortKey:
    if not index.sortable:
        raise SruProblem(88, index.full_name)
    return SortKey(index, descending)


def checked_sort(keys: list[SortKey]) -> tuple[SortKey, ...]:
    if len(keys) > MOST_SORT_KEYS:
        raise SruProblem(84, MOST_SORT_KEYS)
    return tuple(keys)


def _combined(operator: str, left: Node, right: Node) -> Combined:
    """A row of one operator is one node, so that a long query is not a deep one."""
    if isinstance(left, Combined) and left.operator == operator:
        return Combined(operator, (*left.parts, right))
    return Combined(operator, (left, right))


def _depth(node: Node) -> int:
    """How many operators stand within each other: a database reads only so many parentheses."""
    return 1 + max(map(_depth, node.parts)) if isinstance(node, Combined) else 0
