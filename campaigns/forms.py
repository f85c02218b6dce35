from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.widgets import FilterSelect
from portal.places.models import Place

from .models.topic import Topic


@dataclass(frozen=True, slots=True)
class Choices:
    """Topics (slug, name) and communes (id, name) that have news: with any other the list would be empty."""

    topics: list[tuple[str, str]]
    communes: list[tuple[str, str]]

    @classmethod
    def of(cls, news):
        topics = Topic.objects.filter(page_topics__content_object__in=news).distinct()
        communes = Place.objects.filter(pk__in=news.order_by().values("commune"))
        return cls(
            topics=[(topic.slug, topic.name) for topic in topics],
            communes=[(str(commune.pk), commune.label) for commune in communes],
        )


class NewsFilter(forms.Form):
    """The two questions to the list of news, as they stand in its address."""

    chu_de = forms.ChoiceField(label=gettext_lazy("Topic"), required=False, widget=FilterSelect)
    xa = forms.ChoiceField(label=gettext_lazy("Commune"), required=False, widget=FilterSelect)

    def __init__(self, *args, choices: Choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chu_de"].choices = [("", _("All topics")), *choices.topics]
        self.fields["xa"].choices = [("", _("The whole area")), *choices.communes]

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
            news = news.filter(page_topics__tag__slug=asked["chu_de"])
        if asked["xa"]:
            news = news.filter(commune=asked["xa"])
        return news
