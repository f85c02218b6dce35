"""Small lists of the admin: their search box finds with or without accents, as the site itself does."""

from django.db.models import QuerySet

from wagtail.admin.views import generic

from portal.text import fold


class SearchedFolded:
    """For index views: finds the rows that have every word typed, or part of it, somewhere in their `search_fields`.
    Reads these of all rows: for hundreds of them, not for thousands (`portal.search` finds in big tables)."""

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        words = fold(self.search_query).split()
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        return queryset.filter(pk__in=[pk for pk, *texts in rows if _has_all(words, texts)])


def _has_all(words: list[str], texts: list[str | None]) -> bool:
    folded = "\n".join(fold(text) for text in texts if text)
    return all(word in folded for word in words)


class FoldedIndexView(SearchedFolded, generic.IndexView):
    pass
