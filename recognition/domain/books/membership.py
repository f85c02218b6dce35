"""Where a citizen belongs: the family, clan, community or unit of the same books in which the plan counts them (Quyết định
677/QĐ-TTg measures citizens among the workers of recognised families, clans and communities, and among the staff of units)."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.places.models import Place
from portal.text import name_key
from recognition.models import Subject

NUMBER = re.compile(r"(\d{1,18})\b")  # "12 – Hoàng Văn Mẫu", as it is written out


class Holders:
    """Those to which somebody may belong, by number and by name: subjects of the books, or rows of a sheet that are to become
    some."""

    def __init__(self):
        self._by_number, self._by_name = {}, defaultdict(list)

    def add(self, holder, number: int | None = None) -> None:
        if number is not None:
            self._by_number[number] = holder
        self._by_name[name_key(holder.name)].append(holder)

    def find(self, text: str, place: Place):
        """By name, one in the same place first, or by number. Raises ValidationError with a sentence."""
        found = self._by_name.get(name_key(text), [])
        if len(found) > 1:
            found = [each for each in found if each.place.pk == place.pk] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("several in the books are called “%(name)s”; write the number.") % {"name": text}
            )
        number = NUMBER.match(text)
        if number and int(number[1]) in self._by_number:
            return self._by_number[int(number[1])]
        raise ValidationError(
            _("the books have no family, clan, community or unit “%(name)s”.") % {"name": text}
        )


def holder_of(text: str, place: Place, places: Iterable[int]) -> Subject:
    """The one of these places that is meant. Raises ValidationError."""
    meant = Q(name_key=name_key(text))
    if number := NUMBER.match(text):
        meant |= Q(pk=int(number[1]))
    holders = Holders()
    for subject in Subject.objects.holders().filter(meant, place__in=places).select_related("place"):
        holders.add(subject, subject.pk)
    return holders.find(text, place)


def written(subject: Subject | None) -> str:
    """As it stands in forms and sheets, and is found again by `find`."""
    return f"{subject.pk} – {subject.name}" if subject else ""
