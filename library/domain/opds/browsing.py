"""Navigation feeds: the way from the root of a catalogue to what somebody wants to read."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.search.listing import ListState
from portal.search.query import FacetValue
from portal.text import sort_key

from ...interop.opds.catalogue import Door, Feed, FeedKind, Group
from ...interop.opds.relations import Relation
from ...models import LearningPath, Shelf, Subject
from .addresses import Addresses, permanent
from .lists import TITLES, address_of, find, held_by
from .stamp import changed_at

OF_A_GROUP = 6  # publications


def root(title: str, addresses: Addresses, *, with_groups: bool) -> Feed:
    """`with_groups`: also the first publications of the lists, for OPDS 2.0; a navigation feed of 1.2 may hold none."""
    doors = [
        _sorted_door("newest", addresses, Relation.NEW),
        _sorted_door("used", addresses, Relation.POPULAR),
        *_page_doors("shelf", _shelves()[:1], addresses, Relation.FEATURED),
        _menu("shelves", pgettext("library", "Shelves"), _("What librarians have put together."), addresses),
        _menu("subjects", pgettext("library", "Subjects"), _("From the broad to the narrow."), addresses),
        _menu(
            "kinds", _("Kinds of resources"), _("Books, films, recordings, courses and others."), addresses
        ),
        _menu("languages", _("Languages"), _("Also in languages of ethnic minorities."), addresses),
        _menu(
            "paths", pgettext("library", "Learning paths"), _("What to learn one after the other."), addresses
        ),
        Door(_("All resources"), addresses.feed("list"), FeedKind.ACQUISITION),
    ]
    groups = [_group(sort, addresses) for sort in TITLES] if with_groups else []
    return _navigation(
        ("root",),
        title,
        doors,
        addresses,
        summary=_("Books, guides, films and courses for learning at every age."),
        groups=[group for group in groups if group.publications],
    )


def subjects(addresses: Addresses) -> Feed:
    """The broadest ones under which there is something."""
    doors = _Tree().doors(None, addresses)
    return _navigation(("subjects",), pgettext("library", "Subjects"), doors, addresses, up=("root",))


def subject(slug: str, addresses: Addresses) -> Feed | None:
    """All of a subject, and the narrower ones below it; None for one that is not there."""
    here = Subject.objects.filter(slug=slug).select_related("parent").first()
    if here is None:
        return None
    tree = _Tree()
    title = _("All of “%(subject)s”") % {"subject": here.name}
    whole = Door(
        title, address_of(addresses, subject=slug), FeedKind.ACQUISITION, count=tree.counts.get(slug, 0)
    )
    doors = [whole, *tree.doors(here.pk, addresses)]
    above = ("subject", here.parent.slug) if here.parent else ("subjects",)
    return _navigation(("subject", slug), here.name, doors, addresses, up=above)


def kinds(addresses: Addresses) -> Feed:
    return _by_facet("kinds", _("Kinds of resources"), "form", addresses)


def languages(addresses: Addresses) -> Feed:
    return _by_facet("languages", _("Languages"), "language", addresses)


def shelves(addresses: Addresses) -> Feed:
    """Those of the season first."""
    doors = _page_doors("shelf", _shelves(), addresses)
    return _navigation(("shelves",), pgettext("library", "Shelves"), doors, addresses, up=("root",))


def paths(addresses: Addresses) -> Feed:
    of_the_language = public_paths().filter(locale__language_code=get_language())
    doors = _page_doors("path", of_the_language.order_by("path"), addresses)
    return _navigation(("paths",), pgettext("library", "Learning paths"), doors, addresses, up=("root",))


def public_shelves():
    return Shelf.objects.live().public()


def public_paths():
    """Those that everybody may follow."""
    return LearningPath.objects.live().public().readable(officer=False)


def _shelves():
    """Of the reader's language, those of the season first."""
    of_the_language = public_shelves().filter(locale__language_code=get_language())
    return of_the_language.for_lists(timezone.localdate().month)


class _Tree:
    """The subjects under which there is something, in Vietnamese order."""

    def __init__(self):
        self.counts = {each.value: each.count for each in _counted("subject")}
        self.children: dict[int | None, list[tuple[int, str, str]]] = {}
        rows = Subject.objects.values_list("parent", "pk", "name", "slug")
        for parent, *subject in sorted(rows, key=lambda row: sort_key(row[2])):
            if self.counts.get(subject[2]):
                self.children.setdefault(parent, []).append(tuple(subject))

    def doors(self, parent: int | None, addresses: Addresses) -> list[Door]:
        """To a feed of its own for what has narrower ones below it, else to the list."""
        return [
            Door(name, addresses.feed("subject", slug), FeedKind.NAVIGATION, count=self.counts[slug])
            if pk in self.children
            else Door(
                name, address_of(addresses, subject=slug), FeedKind.ACQUISITION, count=self.counts[slug]
            )
            for pk, name, slug in self.children.get(parent, ())
        ]


def _counted(facet: str) -> Sequence[FacetValue]:
    return find(ListState(), per_page=1, counted=(facet,)).facets.get(facet, ())


def _by_facet(name: str, title: str, facet: str, addresses: Addresses) -> Feed:
    doors = [
        Door(each.label, address_of(addresses, **{facet: each.value}), FeedKind.ACQUISITION, count=each.count)
        for each in _counted(facet)
    ]
    return _navigation((name,), title, doors, addresses, up=("root",))


def _sorted_door(sort: str, addresses: Addresses, relation: Relation) -> Door:
    href = address_of(addresses, sort=sort)
    return Door(str(TITLES[sort]), href, FeedKind.ACQUISITION, relation=relation)


def _menu(name: str, title: str, summary: str, addresses: Addresses) -> Door:
    return Door(title, addresses.feed(name), FeedKind.NAVIGATION, summary)


def _page_doors(
    name: str, pages: Iterable, addresses: Addresses, relation: Relation = Relation.SUBSECTION
) -> list[Door]:
    return [
        Door(page.title, addresses.feed(name, page.pk), FeedKind.ACQUISITION, page.summary, relation)
        for page in pages
    ]


def _group(sort: str, addresses: Addresses) -> Group:
    results = find(ListState(sort=sort), per_page=OF_A_GROUP, counted=())
    return Group(
        str(TITLES[sort]), address_of(addresses, sort=sort), held_by(results, addresses), results.count
    )


def _navigation(
    name: tuple, title: str, doors: Sequence[Door], addresses: Addresses, *, up: tuple = (), **more
) -> Feed:
    """`name`, `up`: name of the feed and what stands in its address."""
    return Feed(
        id=permanent(f"opds:{name[0]}", *name[1:]),
        title=title,
        updated=changed_at(),
        kind=FeedKind.NAVIGATION,
        href=addresses.feed(*name),
        up=addresses.feed(*up) if up else "",
        other=addresses.other.feed(*name),
        doors=doors,
        **more,
    )
