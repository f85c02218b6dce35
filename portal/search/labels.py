"""What kinds, facets and their values are called, as the sources know it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from . import sources


def kind_label(kind: str) -> str:
    return next((str(source.kinds[kind]) for source in sources.registered() if kind in source.kinds), kind)


def day_label(kind: str) -> str:
    """What happened on the day of an entry, "Issued on %(day)s"; "" where its source does not say."""
    dated = (source.day_labels for source in sources.registered() if isinstance(source, sources.Dated))
    return next((str(labels[kind]) for labels in dated if kind in labels), "")


def known_facets() -> list[str]:
    """The facets of all sources, in the order of the sources."""
    return list(dict.fromkeys(name for source in sources.registered() for name in source.facets))


def known_filters() -> list[str]:
    """All that results can be narrowed down by: kinds, facets, and what only programs ask for."""
    unlisted = (source.filters for source in sources.registered() if isinstance(source, sources.Filtered))
    return ["kind", *known_facets(), *(name for names in unlisted for name in names)]


def facet_label(name: str) -> str:
    if name == "kind":
        return _("Kind of content")
    return next((str(source.facets[name]) for source in sources.registered() if name in source.facets), name)


def value_labels(name: str, values: Sequence[str]) -> Mapping[str, str]:
    """The label of each value of a facet; a value that no source knows is shown as it is."""
    if name == "kind":
        return {kind: kind_label(kind) for kind in values}
    labels = {value: value for value in values}
    for source in sources.registered():
        if name in source.facets and values:
            labels |= {value: str(label) for value, label in source.facet_labels(name, values).items()}
    return labels
