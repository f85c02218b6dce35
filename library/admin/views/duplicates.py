"""The admin's "Học liệu trùng": look at two side by side, make one of them, or say that they are two; and take it back."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from ...domain.description import RELATED, describe
from ...domain.duplicates import keep_apart, name_pair
from ...domain.merging import CHOSEN, UNITED, MergeRefused, merge, undo
from ...domain.wording import label_of, words_for
from ...enums import DuplicateState
from ...models import Duplicate, Merge, Resource
from ...tasks import find_duplicates
from ..widgets import AnyResourceChooser


class LibrarianMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """For who may correct resources."""

    permission_policy = ModelPermissionPolicy(Resource)
    permission_required = "change"
    header_icon = "copy"

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_duplicates:index"), "label": _("Duplicates")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]


class DuplicateIndexView(generic.IndexView):
    """Pairs that wait for a decision, the most alike first."""

    any_permission_required = ["change"]

    def get_base_queryset(self):
        return Duplicate.objects.waiting().select_related("first", "second")

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Name two resources"), url=reverse("library_duplicates:name"), icon_name="plus"),
            HeaderButton(_("What was merged"), url=reverse("library_duplicates:merges"), icon_name="history"),
        ]


class NamePairForm(forms.Form):
    one = forms.ModelChoiceField(
        label=gettext_lazy("Resource"), queryset=Resource.objects.all(), widget=AnyResourceChooser
    )
    other = forms.ModelChoiceField(
        label=gettext_lazy("The same once more"), queryset=Resource.objects.all(), widget=AnyResourceChooser
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", _("Choose two different resources."))
        return cleaned


class NamePairView(LibrarianMixin, FormView):
    """A librarian has noticed two that may be one. `?hoc-lieu=<id>` names the first of them."""

    page_title = gettext_lazy("Name two resources")
    template_name = "library/admin/name_pair.html"
    form_class = NamePairForm

    def get_initial(self):
        return {"one": self.request.GET.get("hoc-lieu")}

    def form_valid(self, form):
        proposal = name_pair(form.cleaned_data["one"], form.cleaned_data["other"])
        return redirect("library_duplicates:edit", proposal.pk)


class PairView(LibrarianMixin, TemplateView):
    """Two resources beside each other. Field `action`: "merge" with `keep` (an id) and `take` (names of what comes from the
    other one), or "apart"."""

    page_title = gettext_lazy("Are these two one?")
    template_name = "library/admin/pair.html"

    @cached_property
    def pair(self) -> Duplicate:
        return get_object_or_404(Duplicate.objects.select_related("first", "second"), pk=self.kwargs["pk"])

    @cached_property
    def kept(self) -> Resource:
        """The one whose address stays: the elder, unless the librarian says otherwise."""
        asked = self.request.POST.get("keep") or self.request.GET.get("keep")
        return self.pair.second if asked == str(self.pair.second_id) else self.pair.first

    @cached_property
    def merged(self) -> Resource:
        return self.pair.first if self.kept == self.pair.second else self.pair.second

    def get_context_data(self, **kwargs):
        sides = Resource.objects.prefetch_related(*RELATED, "records").in_bulk([self.kept.pk, self.merged.pk])
        kept, merged = sides[self.kept.pk], sides[self.merged.pk]
        ours, theirs = describe(kept), describe(merged)
        rows = [
            (name, label_of(name), words_for(name, ours[name]), words_for(name, theirs[name]), name in CHOSEN)
            for name in ours
            if ours[name] or theirs[name]
        ]
        return super().get_context_data(
            pair=self.pair,
            kept=kept,
            merged=merged,
            rows=[(*row, row[2] != row[3]) for row in rows],
            united=[label_of(name) for name in UNITED],
            is_open=self.pair.state == DuplicateState.OPEN and not (kept.is_withdrawn or merged.is_withdrawn),
            **kwargs,
        )

    def post(self, request, pk):
        if request.POST.get("action") == "apart":
            keep_apart(self.pair, request.user)
            messages.success(request, _("They stay two. The pair is not proposed again."))
            return redirect("library_duplicates:index")
        take = [name for name in request.POST.getlist("take") if name in CHOSEN]
        try:
            made = merge(self.kept, self.merged, take=take, by=request.user)
        except MergeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("library_duplicates:edit", pk)
        log(
            instance=made.kept,
            action="library.merge",
            data={"merged": made.merged_id, "title": str(made.merged)},
        )
        text = _("“%(merged)s” is now one with “%(kept)s”; its address leads there.")
        messages.success(request, text % {"merged": made.merged, "kept": made.kept})
        return redirect("library_duplicates:index")


class MergesView(LibrarianMixin, TemplateView):
    """What was merged, and the button that parts them again (field `merge`: its id)."""

    page_title = gettext_lazy("What was merged")
    template_name = "library/admin/merges.html"
    header_icon = "history"

    def get_context_data(self, **kwargs):
        merges = Merge.objects.select_related("kept", "merged", "merged_by")
        return super().get_context_data(merges=merges[:200], **kwargs)

    def post(self, request):
        made = get_object_or_404(Merge, pk=request.POST.get("merge"))
        try:
            undo(made)
        except MergeRefused as refusal:
            messages.error(request, str(refusal))
        else:
            log(instance=made.kept, action="library.part", data={"merged": made.merged_id})
            messages.success(request, _("“%s” is back at its own address.") % made.merged)
        return redirect("library_duplicates:merges")


class LookView(LibrarianMixin, TemplateView):
    """Search for duplicates now, instead of tonight."""

    http_method_names = ["post"]

    def post(self, request):
        find_duplicates.enqueue()
        messages.success(request, _("The search has begun. Look at this list again in a minute."))
        return redirect("library_duplicates:index")
