"""Lists of what is not edited but decided on, each on a page of its own."""

from collections.abc import Sequence

import django_filters

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

STATE = Column("state", label=pgettext_lazy("library", "State"), accessor="get_state_display")


class DecisionViewSet(ModelViewSet):
    """`page_view` is where one is looked at and decided on, for whom `policy` allows it; `more_pages` stand beside it."""

    page_view: type
    policy: type
    more_pages: Sequence[URLPattern] = ()
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False

    @cached_property
    def permission_policy(self):
        return self.policy(self.model)

    def get_urlpatterns(self):
        """In the place of Wagtail's own of the same names, whose addresses go."""
        index, *others = super().get_urlpatterns()
        ours = [path("edit/<int:pk>/", self.page_view.as_view(), name="edit"), *self.more_pages]
        names = {each.name for each in ours}
        return [index, *ours, *(each for each in others if each.name not in names)]


def filter_by_state(of: type, states: Sequence[tuple[str, str]]) -> type[WagtailFilterSet]:
    class StateFilterSet(WagtailFilterSet):
        state = django_filters.MultipleChoiceFilter(label=pgettext_lazy("library", "State"), choices=states)

        class Meta:
            model = of
            fields = ["state"]

    return StateFilterSet
