"""Views of the admin that differ from Wagtail's own."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from portal.web.spreadsheet import kept_a_text

from ...domain.description import RELATED
from ...domain.exporting import DOCUMENT_COLUMNS, RESOURCE_COLUMNS, document_row, resource_row
from ...domain.overlay import take_from_source as take
from ...domain.withdrawal import restore, withdraw
from ...domain.wording import label_of
from ...models import Resource
from ...tasks import look_for_duplicates_of
from ...views.marc import MarcOut, marc_addresses
from ..forms import WithdrawForm
from ..searching import SearchedByPortal, SearchedChoice, titled


class SheetOut:
    """Exports the columns that the importer reads, under the same headings."""

    columns_out: tuple[str, ...] = ()

    @staticmethod
    def sheet_row(item) -> dict:
        raise NotImplementedError

    @cached_property
    def list_export(self):
        return list(self.columns_out)

    def get_heading(self, queryset, field):
        return field

    def to_row_dict(self, item):
        return self.sheet_row(item)

    def write_csv_row(self, writer, row_dict):
        """A text that a spreadsheet would run as a formula is kept a text."""
        safe = {name: kept_a_text(value) for name, value in row_dict.items()}
        return super().write_csv_row(writer, safe)


class ResourceIndexView(SearchedByPortal, MarcOut, SheetOut, generic.IndexView):
    columns_out = RESOURCE_COLUMNS
    sheet_row = staticmethod(resource_row)

    def out_of_index(self, queryset, text):
        return titled(queryset.filter(withdrawn_on__isnull=False), text)

    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .prefetch_related(*((*RELATED, "records") if self.is_export else RELATED[1:2]))
        )

    def get_list_more_buttons(self, instance):
        """A resource is not deleted but withdrawn, and can be brought back."""
        buttons = [each for each in super().get_list_more_buttons(instance) if each.icon_name != "bin"]
        if url := self.get_delete_url(instance):
            label, icon = (_("Bring back"), "undo") if instance.is_withdrawn else (_("Withdraw"), "bin")
            buttons.append(MenuItem(label, url=url, icon_name=icon, priority=30))
        for name, url in marc_addresses(instance):
            buttons.append(MenuItem(name, url=url, icon_name="download", priority=40))
        return buttons


class DocumentIndexView(SearchedByPortal, SheetOut, generic.IndexView):
    columns_out = DOCUMENT_COLUMNS
    sheet_row = staticmethod(document_row)


class LooksForDuplicates:
    """A view that saves a resource: what may be the same is found meanwhile, not tonight."""

    def save_instance(self):
        resource = super().save_instance()
        look_for_duplicates_of([resource.pk])
        return resource


class ResourceCreateView(LooksForDuplicates, generic.CreateView):
    pass


class ResourceEditView(LooksForDuplicates, generic.EditView):
    delete_item_label = gettext_lazy("Withdraw or bring back")

    @cached_property
    def header_more_buttons(self):
        url = f"{reverse('library_duplicates:name')}?hoc-lieu={self.object.pk}"
        merge = Button(_("The library has it twice"), url=url, icon_name="copy", priority=50)
        return [*super().header_more_buttons, *([] if self.object.is_withdrawn else [merge])]


@require_POST
def take_from_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The field `name` of the form says again what the leading record of the resource does."""
    if not request.user.has_perm("library.change_resource"):
        raise PermissionDenied
    resource, name = get_object_or_404(Resource, pk=pk), request.POST.get("name", "")
    try:
        take(resource, name)
    except KeyError as error:
        raise Http404 from error
    log(instance=resource, action="library.take_from_source", data={"name": name})
    messages.success(request, _("“%s” is again what the source says.") % label_of(name))
    return redirect("library_resources:edit", pk)


class WithdrawView(generic.DeleteView):
    """In the place of deleting: its number is never given to another, so that old links stay true."""

    template_name = "library/admin/withdraw.html"
    usage_url_name = None
    page_title = gettext_lazy("Withdraw")

    def get_form_class(self):
        return forms.Form if self.object.is_withdrawn else WithdrawForm

    def get_page_title(self):
        return _("Bring back") if self.object.is_withdrawn else _("Withdraw")

    def get_usage_url(self):
        return None

    def form_valid(self, form):
        if self.object.is_withdrawn:
            restore(self.object)
            log(instance=self.object, action="library.restore")
            messages.success(self.request, _("“%s” is back in the library.") % self.object)
        else:
            reason = form.cleaned_data["reason"]
            withdraw(self.object, reason)
            log(instance=self.object, action="library.withdraw", data={"reason": reason})
            messages.success(self.request, _("“%s” has been withdrawn.") % self.object)
        return HttpResponseRedirect(reverse(self.index_url_name))


class SubjectDeleteView(generic.DeleteView):
    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            reason = _("“%s” still has resources or narrower subjects; move them first.")
            messages.error(self.request, reason % self.object)
            return HttpResponseRedirect(reverse(self.index_url_name))


class ResourceChoiceForm(SearchedChoice, BaseFilterForm):
    pass


class ResourceChooseView(ChooseView):
    filter_form_class = ResourceChoiceForm


class ResourceChooseResultsView(ChooseResultsView):
    filter_form_class = ResourceChoiceForm
