"""How a librarian narrows down the lists of the admin."""

import django_filters

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.filters import WagtailFilterSet

from ..domain import validity
from ..enums import Audience, DocumentKind, DocumentStatus, Kind, Language, Level, Visibility
from ..models import OfficialDocument, Resource, Subject


class ResourceFilterSet(WagtailFilterSet):
    subject = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("library", "Subject"), queryset=Subject.objects.all(), method="of_branch"
    )
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind.choices)
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=Language.choices)
    level = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("library", "Level"), choices=Level.choices
    )
    audience = django_filters.ChoiceFilter(label=_("Made for"), choices=Audience.choices)
    visibility = django_filters.ChoiceFilter(label=_("Who may see it"), choices=Visibility.choices)
    withdrawn = django_filters.ChoiceFilter(
        label=pgettext_lazy("library", "State"),
        choices=[("no", _("In the library")), ("yes", _("Withdrawn"))],
        method="by_withdrawal",
    )
    validity = django_filters.ChoiceFilter(
        label=_("Valid until"),
        choices=[("outdated", _("Out of date")), ("soon", _("Within 30 days"))],
        method="by_validity",
    )
    source = django_filters.CharFilter(
        label=_("Collection"), field_name="records__source", lookup_expr="iexact", distinct=True
    )

    class Meta:
        model = Resource
        fields = [
            "subject",
            "kind",
            "language",
            "level",
            "audience",
            "visibility",
            "withdrawn",
            "validity",
            "source",
        ]

    def of_branch(self, queryset, name, subject):
        return queryset.filter(classifications__subject__in=Subject.objects.within(subject)).distinct()

    def by_withdrawal(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "no")

    def by_validity(self, queryset, name, value):
        wanted = validity.outdated if value == "outdated" else validity.soon_outdated
        return queryset.filter(pk__in=wanted(timezone.localdate()))


class OfficialDocumentFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=DocumentStatus.choices)
    issuer = django_filters.CharFilter(label=_("Issued by"), lookup_expr="icontains")
    field = django_filters.CharFilter(label=_("Field of work"), lookup_expr="icontains")
    year = django_filters.NumberFilter(label=_("Year of issue"), field_name="issue_date", lookup_expr="year")

    class Meta:
        model = OfficialDocument
        fields = ["kind", "status", "issuer", "field", "year"]
