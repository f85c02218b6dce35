from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from recognition.domain.criteria_drafts.what_if import CannotJudge, what_if
from recognition.forms.drafts import WhatIfForm
from recognition.models import Round

from .drafts import DraftPage


class WhatIfView(DraftPage):
    """A draft tried on the sheets of a round that the person may see; nothing is written."""

    page_title = gettext_lazy("What would come of it")
    template_name = "recognition/admin/what_if.html"

    @cached_property
    def rounds(self):
        rounds = Round.objects.visible_to(self.request.user, timezone.localdate())
        return rounds.filter(subject_kind=self.draft.subject_kind).exclude(assessments=None)

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        form = WhatIfForm(asked if "round" in asked else None, rounds=self.rounds)
        report, reason = None, ""
        if form.is_valid():
            try:
                found = form.cleaned_data
                report = what_if(self.draft, found["round"], self.request.user, found["commune"])
            except CannotJudge as cannot:
                reason = str(cannot)
        return super().get_context_data(
            form=form, report=report, reason=reason, any_round=self.rounds.exists(), **kwargs
        )
