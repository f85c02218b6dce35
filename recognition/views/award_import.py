from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.web.imports import ImportRefused, read_table
from recognition.domain.award_import import REQUIRED, import_awards


class AwardImportForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Sheet (XLSX or CSV)"),
        help_text=gettext_lazy("One row for each title awarded, as in the list annexed to the decision."),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Only check, do not write yet"), required=False, initial=True
    )


class AwardImportView(WagtailAdminTemplateMixin, FormView):
    """An officer's way to `import_awards`: all rows or none, every bad row named."""

    permission_policy = None
    form_class = AwardImportForm
    page_title = gettext_lazy("Import a list of awards")
    header_icon = "upload"
    template_name = "recognition/admin/award_import.html"

    def dispatch(self, request, *args, **kwargs):
        if not self.permission_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        awards = {"url": reverse("recognition_awards:index"), "label": _("Awards")}
        return [*self.breadcrumbs_items, awards, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(headings=REQUIRED, **kwargs)

    def form_valid(self, form):
        dry_run = form.cleaned_data["dry_run"]
        try:
            with transaction.atomic():
                counts = import_awards(read_table(form.cleaned_data["sheet"], required=REQUIRED))
                transaction.set_rollback(dry_run)
        except ImportRefused as refused:
            return self.render_to_response(self.get_context_data(form=form, errors=refused.errors))
        if dry_run:
            return self.render_to_response(self.get_context_data(form=form, counts=counts))
        messages.success(
            self.request,
            _("%(created)s awards were added, %(updated)s corrected, %(unchanged)s were already there.")
            % vars(counts),
        )
        return redirect(reverse("recognition_awards:index"))
