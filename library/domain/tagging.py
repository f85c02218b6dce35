"""Tags by their name, whatever their capitals."""

from collections.abc import Iterable

from ..models import Tag


def ensure_tags(names: Iterable[str]) -> dict[str, Tag]:
    """Make the tags that are missing; returns {name.casefold(): tag} for all there are.

    Compared here and not in the database: SQLite does not know that "Đ" and "đ" are one letter.
    """
    tags = {tag.name.casefold(): tag for tag in Tag.objects.all()}
    for name in sorted(set(names)):
        if name.casefold() not in tags:
            tags[name.casefold()] = Tag.objects.create(name=name)
    return tags
