"""The lists of the admin find with the site's own search: Vietnamese typed in any way, at any size."""

from collections.abc import Sequence

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from portal.search.entry import OFFICER
from portal.search.query import search
from portal.text import syllables

MOST = 200  # best hits that a list of the admin shows for one search


def best_ids(text: str, kind: str) -> list[int]:
    """Ids of the best hits of a kind, best first, officers' ones among them."""
    results = search(text, kinds=[kind], audience=OFFICER, per_page=MOST, facet_names=())
    return [int(hit.key.partition(":")[2]) for hit in results.hits]


def narrowed(
    queryset: QuerySet, text: str, *, keep_order: bool = False, besides: Sequence[int] = ()
) -> QuerySet:
    """What of `queryset` the search finds for `text`, best first unless `keep_order`, and the ids `besides`."""
    ids = [*best_ids(text, queryset.model.search_prefix), *besides]
    queryset = queryset.filter(pk__in=ids)
    if keep_order or not ids:
        return queryset
    return queryset.order_by(Case(*[When(pk=pk, then=rank) for rank, pk in enumerate(ids)]))


def titled(queryset: QuerySet, text: str) -> list[int]:
    """Ids of the rows with every word of `text` in the title, accents or not. Reads all titles: for few rows."""
    wanted = {base for base, _exact in syllables(text)}
    titles = queryset.values_list("pk", "title") if wanted else ()
    return [pk for pk, title in titles if wanted <= {base for base, _exact in syllables(title)}]


class SearchedByPortal:
    """For index views: the search box asks portal.search, not Wagtail's index."""

    is_searchable = True

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return narrowed(
            queryset,
            self.search_query,
            keep_order=self.is_explicitly_ordered,
            besides=self.out_of_index(queryset, self.search_query),
        )

    def out_of_index(self, _queryset: QuerySet, _text: str) -> list[int]:
        """Ids of hits that the site's index does not hold; they come last."""
        return []


class SearchedChoice(forms.Form):
    """For choosers: the same, as a mixin of their filter form."""

    q = forms.CharField(label=_("Find"), required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        text = self.cleaned_data.get("q")
        if text:
            objects = narrowed(objects, text)
            self.is_searching = True
            self.search_query = text
        return objects
