"""The same number or address, looked for while thousands of records come in, a page at a time.

Titles are compared once everything has come (`duplicates.find`): that costs the same for one page as for all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..enums import DuplicateReason, IdentifierScheme, RenditionPurpose
from ..models import Duplicate, Identifier, Rendition
from .description import Values
from .duplicates import CROWD, Pair

ADDRESS = Rendition._meta.get_field("plain_url")


class SameThings:
    """Proposes pairs; what a librarian has decided stays decided. Remembers which values are those of a crowd, as the
    address of the collection itself may be that of each record."""

    def __init__(self):
        self._crowds: set[str] = set()

    def propose(self, new: Mapping[int, Values], changed: Collection[int]) -> int:
        """Pairs with one of these resources, of the `new` ones by what is said of them. Returns how many it has found."""
        links = [(_plain(url), pk) for pk, values in new.items() for url in values.get("links", ())]
        numbers = [
            (value, pk)
            for pk, values in new.items()
            for scheme, value in values.get("identifiers", ())
            if scheme != IdentifierScheme.ISSN
        ]
        if changed:
            links += _stored(Rendition, "plain_url", changed)
            numbers += _stored(Identifier, "value", changed)
        pairs = dict.fromkeys(self._pairs(Rendition, "plain_url", links), DuplicateReason.LINK)
        pairs |= dict.fromkeys(self._pairs(Identifier, "value", numbers), DuplicateReason.IDENTIFIER)
        Duplicate.objects.bulk_create(
            [
                Duplicate(first_id=first, second_id=second, reason=reason, score=100)
                for (first, second), reason in pairs.items()
            ],
            ignore_conflicts=True,
        )
        return len(pairs)

    def _pairs(self, model, column: str, ours: Sequence[tuple[str, int]]) -> Iterator[Pair]:
        wanted = [(value, pk) for value, pk in ours if value and value not in self._crowds]
        if not wanted:
            return
        holding: dict[str, set[int]] = defaultdict(set)
        same = _rows(model).filter(**{f"{column}__among": {value for value, _pk in wanted}})
        for value, pk in same.values_list(column, "resource"):
            holding[value].add(pk)
        self._crowds |= {value for value, pks in holding.items() if len(pks) > CROWD}
        for value, pk in wanted:
            if value not in self._crowds:
                yield from (tuple(sorted((pk, other))) for other in holding[value] if other != pk)


def _plain(url: str) -> str:
    return ADDRESS.derive(url)[: ADDRESS.max_length]


def _stored(model, column: str, resources: Collection[int]) -> list[tuple[str, int]]:
    return list(_rows(model).filter(resource__among=list(resources)).values_list(column, "resource"))


def _rows(model):
    """Of an ISSN all articles of a journal have a share; what the portal made of a file is not another thing."""
    if model is Identifier:
        return Identifier.objects.order_by().exclude(scheme=IdentifierScheme.ISSN)
    return Rendition.objects.order_by().filter(purpose=RenditionPurpose.ORIGINAL).exclude(url="")
