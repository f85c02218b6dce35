"""A room with entries kept in memory, so that the tests of search stand without any other room."""

from dataclasses import replace

from portal.search import outbox
from portal.search.entry import Entry


class Shelf:
    """A source (`portal.search.sources.Source`) whose entries are set by hand."""

    def __init__(self, prefix="book", kinds=None, facets=None):
        self.prefix = prefix
        self.kinds = kinds or {"book": "Sách", "song": "Bài hát"}
        self.facets = facets or {"subject": "Chủ đề", "level": "Cấp học"}
        self.books: dict[str, Entry] = {}

    def entries(self, ids):
        return [self.books[one] for one in ids if one in self.books]

    def ids(self):
        return iter(list(self.books))

    def facet_labels(self, name, values):
        return {value: f"{name}: {value}" for value in values if name == "subject"}

    def put(self, title, number=None, **fields):
        """Make or change a book as a room does: the database (here the dict) and the outbox. Returns its key."""
        number = str(number or len(self.books) + 1)
        entry = Entry(key=f"{self.prefix}:{number}", kind="book", title=title, url=f"/b/{number}")
        self.books[number] = replace(entry, **fields)
        outbox.changed(self.prefix, [number])
        return self.books[number].key

    def take(self, number):
        del self.books[str(number)]
        outbox.changed(self.prefix, [number])


class ShelfWithTitles(Shelf):
    """One that can look titles up without an index."""

    def title_lookup(self, text, limit):
        return [book for book in self.books.values() if text.lower() in book.title.lower()][:limit]
