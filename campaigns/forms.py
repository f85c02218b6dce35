from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.widgets import FilterSelect
from portal.places.models import Place

from .models.topic import Topic


class NewsFilter(forms.Form):
    """The two questions to the list of news, as they stand in its address."""

    chu_de = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        required=False,
        queryset=Topic.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("All topics"),
        widget=FilterSelect,
    )
    xa = forms.ModelChoiceField(
        label=gettext_lazy("Commune"),
        required=False,
        queryset=Place.objects.none(),
        empty_label=gettext_lazy("The whole area"),
        widget=FilterSelect,
    )

    def __init__(self, *args, news, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chu_de"].queryset = Topic.objects.filter(page_topics__content_object__in=news).distinct()
        self.fields["xa"].queryset = Place.objects.filter(pk__in=news.order_by().values("commune"))

    @property
    def is_used(self):
        """Was anything asked? Known after `apply`."""
        return any(self.cleaned_data.values())

    def apply(self, news):
        """``news`` narrowed to what was asked. A topic or commune that has no news is Http404."""
        if not self.is_valid():
            raise Http404(_("There is no such topic or commune in the news."))
        asked = self.cleaned_data
        if asked["chu_de"]:
            news = news.filter(page_topics__tag=asked["chu_de"])
        if asked["xa"]:
            news = news.filter(commune=asked["xa"])
        return news
