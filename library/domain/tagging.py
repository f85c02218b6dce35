"""Tags by their name, whatever their capitals: SQLite does not know that "Đ" and "đ" are one letter, so they are compared
here and not in the database."""

from collections import Counter
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from portal.text import slug

from ..models import Tag

BATCH = 500


class Tags(dict[str, int]):
    """{name.casefold(): number} of all tags."""

    def __init__(self):
        super().__init__()
        self.refresh()

    def refresh(self) -> None:
        self.clear()
        rows = Tag.objects.order_by("-pk").values_list("name", "pk")
        self.update((name.casefold(), pk) for name, pk in rows.iterator())

    def ensure(self, names: Iterable[str]) -> None:
        """Make the tags that are missing. Of two names that are one the first by letters counts."""
        missing = self._missing(names)
        if not missing:
            return
        try:
            with transaction.atomic():
                self.update(_made(missing))
        except IntegrityError:  # somebody else has just made one of them
            self.refresh()
            self.update(_made(self._missing(names)))

    def _missing(self, names: Iterable[str]) -> list[str]:
        by_key = {name.casefold(): name for name in sorted(set(names), reverse=True)}
        return sorted(name for key, name in by_key.items() if key not in self)


def _made(names: list[str]) -> dict[str, int]:
    """In one statement, but for those whose slug is taken: taggit finds each of them another."""
    slugs = {name: slug(name) for name in names}
    often = Counter(slugs.values())
    taken = set(Tag.objects.filter(slug__in=often).values_list("slug", flat=True))
    plain = [name for name in names if slugs[name] and often[slugs[name]] == 1 and slugs[name] not in taken]
    tags = Tag.objects.bulk_create([Tag(name=name, slug=slugs[name]) for name in plain], BATCH)
    tags += [Tag.objects.create(name=name) for name in names if name not in set(plain)]
    return {tag.name.casefold(): tag.pk for tag in tags}
