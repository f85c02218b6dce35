"""The admin's "Nhập danh mục": hand in a file, look at what it would change, load it, take it back."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from portal.web.imports.table import MAX_BYTES

from ...domain import import_batches
from ...enums import ImportState, LineOutcome
from ...import_tasks import check_import, run_import
from ...models import ImportBatch

AT_ONCE = 200_000  # bytes: up to here the request itself does the work, beyond it the job worker
LOOK_AGAIN = 5  # s between two looks at a run
A_PAGE = 50  # lines of a preview


class ImportPolicy(ModelPermissionPolicy):
    """Imports are added and decided on; their journal is not deleted."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class ImportForm(forms.ModelForm):
    class Meta:
        model = ImportBatch
        fields = ["file", "source"]
        help_texts = {
            "file": gettext_lazy(
                "XLSX, CSV, MARC21 or MARCXML. The columns may stand in any order under Vietnamese headings."
            )
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            message = _("The file is larger than %(size)s MB.")
            raise forms.ValidationError(message % {"size": MAX_BYTES // (1024 * 1024)})
        return file


class ImportAddView(generic.CreateView):
    page_title = gettext_lazy("Load a list")
    template_name = "library/admin/import_add.html"

    def get_form_class(self):
        return ImportForm

    def form_valid(self, form):
        batch = import_batches.hand_in(
            form.cleaned_data["file"], source=form.cleaned_data["source"], user=self.request.user
        )
        if batch.file.size <= AT_ONCE:
            import_batches.check(batch)
        else:
            check_import.enqueue(batch.pk)
        return redirect("library_imports:edit", batch.pk)


class ImportIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance):
        return []


class ImportPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One import: what it would do or did, and the buttons that fit its state."""

    permission_policy = ImportPolicy(ImportBatch)
    permission_required = "change"
    template_name = "library/admin/import.html"
    header_icon = "upload"

    @cached_property
    def batch(self) -> ImportBatch:
        return get_object_or_404(ImportBatch, pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.batch.name

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_imports:index"), "label": _("Imports")}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.batch.name}]

    def get_context_data(self, **kwargs):
        at_work = self.batch.state in ImportState.at_work()
        shown, numbers = self._shown()
        done, total = import_batches.progress(self.batch) or (0, 0)
        return super().get_context_data(**kwargs) | {
            "batch": self.batch,
            "at_work": at_work,
            "done": done,
            "total": total,
            "look_again": LOOK_AGAIN if at_work else 0,
            "may_load": self.batch.state == ImportState.CHECKED
            and (self.batch.created or self.batch.updated),
            "may_undo": self.batch.state == ImportState.DONE,
            "outcomes": [(each, numbers[each]) for each in LineOutcome if each in numbers],
            "shown": shown,
            "lines": Paginator(
                self.batch.lines.filter(outcome=shown).select_related("resource"), A_PAGE
            ).get_page(self.request.GET.get("p")),
        }

    def _shown(self) -> tuple[str, dict[str, int]]:
        """The outcome whose lines are looked at (mistakes first), and how many lines each has."""
        counted = self.batch.lines.order_by().values_list("outcome").annotate(number=Count("pk"))
        numbers = dict(counted)
        wanted = self.request.GET.get("show", "")
        return wanted if wanted in numbers else next(
            (each for each in LineOutcome if each in numbers), ""
        ), numbers

    def post(self, request, *args, **kwargs):
        actions = {"load": self._load, "stop": self._stop, "undo": self._undo}
        if action := actions.get(request.POST.get("action")):
            action()
        return redirect("library_imports:edit", self.batch.pk)

    def _load(self):
        if not import_batches.confirm(self.batch):
            return
        log(instance=self.batch, action="library.import", user=self.request.user)
        if self.batch.file.size > AT_ONCE:
            run_import.enqueue(self.batch.pk)
            return
        import_batches.run(self.batch)
        if self.batch.state == ImportState.DONE:
            messages.success(
                self.request,
                _("%(created)s new resources, %(updated)s changed.")
                % {"created": self.batch.created, "updated": self.batch.updated},
            )

    def _stop(self):
        import_batches.stop(self.batch)
        messages.success(self.request, _("The import stops; nothing of it is written."))

    def _undo(self):
        if self.batch.state != ImportState.DONE:
            return
        undone = import_batches.undo(self.batch)
        log(instance=self.batch, action="library.undo_import", user=self.request.user)
        sentences = [
            _("%(count)s resources withdrawn, %(fields)s fields put back.")
            % {"count": undone.withdrawn, "fields": undone.put_back}
        ]
        if undone.left:
            sentences.append(_("%(count)s fields were changed since and stay.") % {"count": undone.left})
        if undone.merged:
            sentences.append(
                _("%(count)s resources were merged into others and stay.") % {"count": undone.merged}
            )
        messages.success(self.request, " ".join(sentences))
