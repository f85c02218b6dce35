"""The admin's "Duyệt học liệu mới": what came with a harvest waits here until a librarian takes it or declines it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Prefetch, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from portal.text import nfc, syllables, word_pattern

from ...domain.harvesting import reviewing
from ...domain.wording import label_of, words_for
from ...enums import Kind, Language
from ...models import Contribution, RawRecord, Resource, Source, SourceRecord
from ..raw_text import as_file, legible

A_PAGE = 50
ALL = "all"  # in the place of a number: everything that is found, not only what is ticked


class ReviewFilter(forms.Form):
    """What of it is looked at; a wish that makes no sense is none."""

    q = forms.CharField(
        label=gettext_lazy("Words of the title, or the identifier in the collection"), required=False
    )
    source = forms.ModelChoiceField(
        label=pgettext_lazy("harvest", "Collection"),
        queryset=Source.objects.all(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("All")), *Kind.choices], required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", gettext_lazy("All")), *Language.choices], required=False
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("library", "State"),
        choices=[("", gettext_lazy("Waits for you")), ("declined", gettext_lazy("Not taken"))],
        required=False,
    )

    def found(self) -> QuerySet[Resource]:
        self.is_valid()
        wanted = self.cleaned_data
        of_state = reviewing.declined if self.shows_declined else reviewing.waiting
        found = of_state(wanted.get("source"))
        for name in ("kind", "language"):
            if wanted.get(name):
                found = found.filter(**{name: wanted[name]})
        text = wanted.get("q", "").strip()
        if not text:
            return found
        titled = Q()
        for base, _exact in syllables(text):
            titled &= Q(sort_title__regex=word_pattern(base))
        keyed = Q(pk__in=SourceRecord.objects.filter(key=nfc(text)).values("resource"))
        return found.filter(titled | keyed if titled else keyed)

    @property
    def shows_declined(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("state") == "declined"


class ForWhoCorrectsResources(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = ModelPermissionPolicy(Resource)
    permission_required = "change"


class ReviewPage(ForWhoCorrectsResources, TemplateView):
    """Field `action`: "take", "decline" (with a `reason`) or "reconsider"; of the numbers in `pick`, or of all that the
    filter finds with `scope` "all", up to the number `up_to`: what came in since the list was drawn is not meant."""

    page_title = gettext_lazy("New records to look through")
    template_name = "library/admin/review.html"
    header_icon = "tasks"
    mistake = ""
    asks_about_all = ""

    @cached_property
    def filter(self) -> ReviewFilter:
        return ReviewFilter(self.request.GET)

    @cached_property
    def found(self) -> QuerySet[Resource]:
        return self.filter.found()

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @property
    def query(self) -> QueryDict:
        """The filter without the page."""
        query = self.request.GET.copy()
        query.pop("p", None)
        return query

    def get_context_data(self, **kwargs):
        told = self.found.prefetch_related(
            Prefetch("contributions", Contribution.objects.order_by("sort_order")),
            Prefetch("records", SourceRecord.objects.filter(leading=True)),
        )
        rows = Paginator(told.order_by("-pk"), A_PAGE).get_page(self.request.GET.get("p"))
        pairs = reviewing.pairs_of([each.pk for each in rows])
        query = self.query.urlencode()
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "rows": rows,
            "lines": [(each, pairs.get(each.pk)) for each in rows],
            "number": rows.paginator.count,
            "up_to": self.found.aggregate(last=Max("pk"))["last"] or 0,
            "query": f"{query}&" if query else "",
            "declined": self.filter.shows_declined,
            "ticked": set(self.request.POST.getlist("pick")),
            "reason": self.request.POST.get("reason", ""),
            "mistake": self.mistake,
            "asks_about_all": self.asks_about_all,
        }

    def post(self, request, *args, **kwargs):
        action = request.POST.get("action")
        actions = {"take": self._take, "decline": self._decline, "reconsider": self._reconsider}
        if action not in actions:
            return self.get(request, *args, **kwargs)
        if request.POST.get("scope") == ALL and not request.POST.get("sure"):
            self.asks_about_all = action
        elif self._chosen is None:
            self.mistake = _("Tick at least one record.")
        elif action == "decline" and not self._reason:
            self.mistake = _("Say why they are not taken. Whoever looks later wants to know.")
            self.asks_about_all = action if request.POST.get("scope") == ALL else ""
        if self.asks_about_all or self.mistake:
            return self.get(request, *args, **kwargs)
        messages.success(request, actions[action](self._chosen))
        query = self.query.urlencode()
        return redirect(f"{reverse('library_review:index')}{'?' if query else ''}{query}")

    @cached_property
    def _chosen(self) -> QuerySet[Resource] | None:
        """What the librarian means; None for nothing ticked."""
        if self.request.POST.get("scope") == ALL:
            return self.found.filter(pk__lte=_number(self.request.POST.get("up_to", "")))
        ids = [_number(each) for each in self.request.POST.getlist("pick")]
        return self.found.filter(pk__in=ids) if ids else None

    @property
    def _reason(self) -> str:
        most = Resource._meta.get_field("withdrawn_reason").max_length
        return nfc(self.request.POST.get("reason", "")).strip()[:most]

    def _take(self, chosen) -> str:
        number = reviewing.take(chosen, self.request.user)
        return ngettext(
            "%(number)s record is in the library now.", "%(number)s records are in the library now.", number
        ) % {"number": number}

    def _decline(self, chosen) -> str:
        number = reviewing.decline(chosen, self.request.user, self._reason)
        return ngettext("%(number)s record is not taken.", "%(number)s records are not taken.", number) % {
            "number": number
        }

    def _reconsider(self, chosen) -> str:
        number = reviewing.reconsider(chosen, self.request.user)
        return ngettext("%(number)s record waits again.", "%(number)s records wait again.", number) % {
            "number": number
        }


def _number(text: str) -> int:
    """0, which no row has, for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


class RecordPage(ForWhoCorrectsResources, TemplateView):
    """A record of a collection: what it says, in our words and in its own; `?tai=1` gives the bytes."""

    template_name = "library/admin/source_record.html"
    header_icon = "doc-full"

    @cached_property
    def record(self) -> SourceRecord:
        return get_object_or_404(SourceRecord.objects.select_related("resource"), pk=self.kwargs["pk"])

    @cached_property
    def raw(self) -> RawRecord | None:
        return RawRecord.objects.filter(record=self.record).first()

    def get_page_title(self):
        return self.record.resource.title

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_review:index"), "label": ReviewPage.page_title}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get(self, request, *args, **kwargs) -> HttpResponse:
        if request.GET.get("tai") and self.raw:
            return as_file(self.raw.sent, f"ban-ghi-{self.record.pk}.txt")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        said = [(label_of(name), words_for(name, value)) for name, value in self.record.data.items()]
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "resource": self.record.resource,
            "said": [(label, words) for label, words in said if words],
            "raw": self.raw,
            "shown": legible(self.raw.sent) if self.raw else None,
        }
