"""The sets of records: by subject, commune, language, and what is open. Their specs are ASCII letters, digits and `-_`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ...enums import Language
from ...interop.oai.requests import SPEC
from ...licences import is_open
from ...models import OfferedCount, Subject
from . import communes

SUBJECT, COMMUNE, LANGUAGE, OPEN_ACCESS = "chude", "xa", "ngonngu", "openaccess"


def specs_of(values: Mapping[str, Any], subject_paths: Iterable[str], commune: str) -> list[str]:
    """As a header names them: who is in a set is in each set above it, and who has asked for the wider one looks for its
    name. `commune`: its code, "" when there is none."""
    specs = [f"{SUBJECT}:{path.replace('/', ':')}" for path in subject_paths]
    if commune:
        specs.append(f"{COMMUNE}:{commune}")
    languages = dict.fromkeys([values["language"], *values["other_languages"]])
    specs += [f"{LANGUAGE}:{code}" for code in languages]
    if is_open(values["licence"]):
        specs.append(OPEN_ACCESS)
    with_wider = dict.fromkeys(wider for spec in specs for wider in _upwards(spec))
    return [spec for spec in with_wider if SPEC.fullmatch(spec)]


def _upwards(spec: str) -> Iterator[str]:
    """ "a:b:c" -> "a", "a:b", "a:b:c"."""
    parts = spec.split(":")
    return (":".join(parts[: end + 1]) for end in range(len(parts)))


def listed() -> list[tuple[str, str, int, int]]:
    """(spec, name, records, tombstones) of each set that holds any, wider before narrower; in three queries."""
    held = OfferedCount.objects.exclude(spec="").filter(Q(live__gt=0) | Q(deleted__gt=0)).order_by("spec")
    counts = list(held.values_list("spec", "live", "deleted"))
    names = _names([spec for spec, _live, _deleted in counts])
    return [(spec, names[spec], live, deleted) for spec, live, deleted in counts]


def _names(specs: Sequence[str]) -> dict[str, str]:
    roots = {
        SUBJECT: _("By subject"),
        COMMUNE: _("By commune"),
        LANGUAGE: _("By language"),
        OPEN_ACCESS: _("Free to use"),
    }
    last = {spec.rpartition(":")[2] for spec in specs}
    known = {
        SUBJECT: dict(Subject.objects.filter(slug__in=last).values_list("slug", "name")),
        COMMUNE: communes.names(last),
        LANGUAGE: {code: str(label) for code, label in Language.choices},
    }
    return {spec: _name(spec, roots, known) for spec in specs}


def _name(spec: str, roots: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> str:
    """A set of what is not there any more is called by its spec: tombstones may still be in it."""
    root, colon, rest = spec.partition(":")
    if not colon:
        return roots.get(root, root)
    return known.get(root, {}).get(rest.rpartition(":")[2]) or spec
