"""The parts of a draft in the editor: its groups and criteria."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recognition.domain.criteria_drafts import editing
from recognition.forms.drafts import GroupForm
from recognition.forms.requirements import CriterionForm
from recognition.models import CriteriaGroup, Criterion

from .drafts import DraftPage


class PartView(DraftPage):
    """A group or a criterion: new, changed, or - with the button "remove" - gone. What is of one kind gives `part` (None for
    a new one), `form`, `save` and `remove`."""

    template_name = "recognition/admin/draft_part.html"

    def get_page_title(self):
        return str(self.part) if self.part else self.page_title

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.form()
        return super().get_context_data(form=form, part=self.part, fieldsets=self.fieldsets(form), **kwargs)

    def fieldsets(self, form) -> list[tuple]:
        """[(kind of answer or "", its name, fields)]"""
        return [("", "", list(form))]

    def post(self, request, pk, part_pk=None):
        if self.part and request.POST.get("action") == "remove":
            self.remove()
            return self.done(_("Removed."))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        self.save(form)
        return self.done(_("Saved."))


class GroupView(PartView):
    page_title = gettext_lazy("A new group")

    @cached_property
    def part(self) -> CriteriaGroup | None:
        pk = self.kwargs.get("part_pk")
        return get_object_or_404(self.draft.groups, pk=pk) if pk else None

    def form(self, data=None):
        return GroupForm(data, instance=self.part or CriteriaGroup(criteria_set=self.draft))

    def save(self, form):
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        editing.put_group(self.draft.pk, self.part and self.part.pk, values)

    def remove(self):
        editing.remove_group(self.draft.pk, self.part.pk)


class CriterionView(PartView):
    page_title = gettext_lazy("A new criterion")

    @cached_property
    def part(self) -> Criterion | None:
        of_draft = Criterion.objects.filter(group__criteria_set=self.draft)
        pk = self.kwargs.get("part_pk")
        return get_object_or_404(of_draft, pk=pk) if pk else None

    def form(self, data=None):
        if not self.draft.groups.exists():
            raise Http404
        initial = {"group": self.request.GET.get("group")} if self.part is None else None
        return CriterionForm(data, instance=self.part, draft=self.draft, initial=initial)

    def fieldsets(self, form):
        return form.fieldsets()

    def save(self, form):
        group = form.cleaned_data["group"]
        editing.put_criterion(self.draft.pk, self.part and self.part.pk, group.pk, form.values())

    def remove(self):
        editing.remove_criterion(self.draft.pk, self.part.pk)
