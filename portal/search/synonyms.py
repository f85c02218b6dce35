"""Words that mean the same, put beside the words that were typed before an engine sees them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .models import SynonymGroup
from .typed import Need, Typed, Word, words_of

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Term:
    words: Words
    hidden: bool
    group: int
    ambiguous: bool


class Synonyms:
    """The terms of `groups`, ready to be looked up."""

    def __init__(self, groups: Iterable[SynonymGroup]):
        self._groups: list[list[Term]] = []
        self._by_exact: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._by_base: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        for number, group in enumerate(groups):
            self._groups.append([*_terms(group, group.shown_terms, number, hidden=False)])
            self._groups[-1] += _terms(group, group.hidden_terms, number, hidden=True)
            for term in self._groups[-1]:
                self._by_exact[_exact(term.words)].append(term)
                self._by_base[_base(term.words)].append(term)
        self._longest = max(map(len, self._by_base), default=0)
        self._hidden = {_base(term.words) for group in self._groups for term in group if term.hidden}

    def expand(self, typed: Typed) -> Typed:
        """`typed` with what means the same beside each term, the longest terms first, one step only.

        Whoever types accents means the term that has them; without any, all terms that are spelt so but for them.
        Words between quotation marks stay as they are.
        """
        free = [word for word in typed.words if not any(word in phrase for phrase in typed.phrases)]
        quoted = [Need((word,)) for word in typed.words if word not in free]
        found = list(self._needs(typed, free))
        marks = {term.words for _need, terms in found for term in terms if not term.hidden}
        return replace(typed, needs=(*quoted, *(need for need, _terms in found)), marks=tuple(marks))

    def hides(self, words: Words) -> bool:
        """Whether `words` hold a term that is understood but never shown."""
        bases = _base(words)
        return any(bases[at : at + len(term)] == term for term in self._hidden for at in range(len(bases)))

    def _needs(self, typed: Typed, words: list[Word]) -> Iterator[tuple[Need, list[Term]]]:
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest), at, -1):
                if others := self._others(tuple(words[at:end]), marked=typed.marked):
                    alone = end - at == len(typed.words)
                    yield _need(words, at, end, others, alone=alone), others
                    at = end
                    break
            else:
                yield Need((words[at],)), []
                at += 1

    def _others(self, words: Words, *, marked: bool) -> list[Term]:
        """What stands beside `words` in the groups that have them; other accents match anyhow."""
        terms = self._by_exact.get(_exact(words), ()) if marked else self._by_base.get(_base(words), ())
        return [
            other
            for group in dict.fromkeys(term.group for term in terms)
            for other in self._groups[group]
            if _base(other.words) != _base(words)
        ]


def _terms(group: SynonymGroup, texts: list[str], number: int, *, hidden: bool) -> Iterator[Term]:
    for text in texts:
        yield Term(words_of(text), hidden, number, group.ambiguous)


def _need(words: list[Word], at: int, end: int, others: list[Term], *, alone: bool) -> Need:
    """An ambiguous term stands for another only beside a neighbour of it, unless it is all that was typed."""
    before, after = tuple(words[max(at - 1, 0) : at]), tuple(words[end : end + 1])
    instead: dict[Words, None] = {}
    for other in others:
        if alone or not other.ambiguous:
            instead[other.words] = None
        else:
            instead |= {(*before, *other.words): None} if before else {}
            instead |= {(*other.words, *after): None} if after else {}
    return Need(tuple(words[at:end]), tuple(instead))


def _base(words: Words) -> tuple[str, ...]:
    return tuple(word.base for word in words)


def _exact(words: Words) -> tuple[str, ...]:
    return tuple(word.exact for word in words)
