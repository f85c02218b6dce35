"""The editor of criteria sets in the admin: drafts begun, derived, filled in, published. Every page works as a plain form."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from recognition.domain.criteria_drafts import editing, publishing, sums, writing
from recognition.domain.criteria_drafts.faults import faults_in
from recognition.domain.published_rules import stored_content
from recognition.enums import ScoringModel
from recognition.forms.drafts import ArrangeForm, CodeForm, FactsForm, RulesForms
from recognition.models import CriteriaGroup, CriteriaSet
from recognition.permissions import may_draft_criteria


def address(name: str, *args) -> str:
    return reverse(f"recognition_criteria:{name}", args=args)


class EditorPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the editor; without the role it is refused with the reason."""

    header_icon = "list-ul"

    def dispatch(self, request, *args, **kwargs):
        allowed = may_draft_criteria(request.user)
        if not allowed:
            raise PermissionDenied(allowed.reason)
        try:
            return super().dispatch(request, *args, **kwargs)
        except writing.NotADraft:
            messages.warning(request, _("This is no draft any more: somebody has published or deleted it."))
            return redirect(address("index"))

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_breadcrumbs_items(self):
        above = [(address("index"), _("Criteria sets")), *self.trail(), ("", self.get_page_title())]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in above)]

    def again(self, **context):
        """The page once more, with the mistakes in its form."""
        return self.render_to_response(self.get_context_data(**context))


class DraftPage(EditorPage):
    """A page of one draft."""

    @cached_property
    def draft(self) -> CriteriaSet:
        draft = CriteriaSet.objects.drafts().filter(pk=self.kwargs["pk"]).first()
        if draft is None:
            raise writing.NotADraft
        return draft

    def trail(self):
        return [(address("draft", self.draft.pk), str(self.draft))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.draft, back=address("draft", self.draft.pk), **kwargs)

    def done(self, message: str):
        messages.success(self.request, message)
        return redirect(address("draft", self.draft.pk))


class NewView(EditorPage):
    page_title = gettext_lazy("A new criteria set")
    template_name = "recognition/admin/draft_form.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("forms", [CodeForm(), FactsForm()])
        return super().get_context_data(back=address("index"), **kwargs)

    def post(self, request):
        code, facts = CodeForm(request.POST), FactsForm(request.POST)
        if code.is_valid() & facts.is_valid():
            facts.instance.code = code.cleaned_data["code"]
            try:
                return redirect(address("draft", writing.begin(facts.instance).pk))
            except writing.CodeTaken as taken:
                code.add_error("code", str(taken))
        return self.again(forms=[code, facts])


class DeriveView(EditorPage):
    """The next version of a set that stands."""

    page_title = gettext_lazy("A new version")
    template_name = "recognition/admin/draft_form.html"

    @cached_property
    def standing(self) -> CriteriaSet:
        return get_object_or_404(CriteriaSet.objects.public(), pk=self.kwargs["pk"])

    def trail(self):
        return [(address("inspect", self.standing.pk), str(self.standing))]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("forms", [CodeForm()])
        intro = _("The draft begins as a copy of “%(title)s”, which itself stays as it is.")
        return super().get_context_data(
            intro=intro % {"title": self.standing}, back=address("index"), **kwargs
        )

    def post(self, request, pk):
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                return redirect(address("draft", writing.derive(self.standing, form.cleaned_data["code"]).pk))
            except writing.CodeTaken as taken:
                form.add_error("code", str(taken))
        return self.again(forms=[form])


class OverviewView(DraftPage):
    """The whole draft on one page: order, points and their sums, and what is still missing."""

    template_name = "recognition/admin/draft.html"

    def get_page_title(self):
        return str(self.draft)

    def trail(self):
        return []

    @cached_property
    def groups(self) -> list[CriteriaGroup]:
        return list(self.draft.groups.prefetch_related("criteria"))

    @property
    def by_points(self) -> bool:
        return self.draft.scoring_model != ScoringModel.ALL_TARGETS_MET

    def form(self, data=None) -> ArrangeForm:
        return ArrangeForm(data, groups=self.groups, by_points=self.by_points)

    def get_context_data(self, **kwargs):
        form, content = kwargs.pop("form", None) or self.form(), stored_content(self.draft)
        return super().get_context_data(
            form=form,
            rows=[self._row(form, group) for group in self.groups],
            by_points=self.by_points,
            total=sums.of_groups(content) if self.by_points else None,
            faults=faults_in(content),
            **kwargs,
        )

    def _row(self, form: ArrangeForm, group: CriteriaGroup) -> dict:
        def fields(key):
            return {
                "order": form[f"order-{key}"],
                "points": form[f"points-{key}"] if self.by_points else None,
            }

        criteria = [{"criterion": each, **fields(f"c{each.pk}")} for each in group.criteria.all()]
        total = sums.of_criteria(criterion.max_points for criterion in group.criteria.all())
        return {"group": group, "criteria": criteria, "sum": total, **fields(f"g{group.pk}")}

    def post(self, request, pk):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        editing.arrange(pk, form.of("order"), form.of("points"))
        return self.done(_("Order and points are saved."))


class FactsView(DraftPage):
    page_title = gettext_lazy("What the set is")
    template_name = "recognition/admin/draft_form.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("forms", [FactsForm(instance=self.draft)])
        return super().get_context_data(**kwargs)

    def post(self, request, pk):
        form = FactsForm(request.POST, instance=self.draft)
        if not form.is_valid():
            return self.again(forms=[form])
        editing.set_facts(pk, form.facts())
        return self.done(_("Saved."))


class RulesView(DraftPage):
    page_title = gettext_lazy("When the title is reached")
    template_name = "recognition/admin/draft_rules.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("rules", RulesForms(self.draft))
        return super().get_context_data(**kwargs)

    def post(self, request, pk):
        rules = RulesForms(self.draft, request.POST)
        if not rules.is_valid():
            return self.again(rules=rules)
        editing.set_rules(pk, rules.rules().kept(self.draft.rules, self.draft.total_points))
        return self.done(_("Saved."))


class PublishView(DraftPage):
    page_title = pgettext_lazy("criteria", "Publish")
    template_name = "recognition/admin/draft_publish.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("faults", faults_in(stored_content(self.draft)))
        return super().get_context_data(**kwargs)

    def post(self, request, pk):
        try:
            done = publishing.publish(pk, request.user)
        except publishing.NotReady as refused:
            return self.again(faults=refused.faults)
        messages.success(
            request, _("“%(title)s” is published and judges sheets from now on.") % {"title": done}
        )
        return redirect(address("inspect", pk))


class DeleteDraftView(DraftPage):
    page_title = gettext_lazy("Delete the draft")
    template_name = "recognition/admin/draft_delete.html"

    def post(self, request, pk):
        writing.delete(pk)
        messages.success(request, _("The draft is deleted."))
        return redirect(address("index"))
