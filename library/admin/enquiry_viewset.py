"""Questions to the library in the admin."""

from urllib.parse import quote

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cms.visitor_messages import ReadAndTickOff, VisitorMessageForm
from portal.web.admin_lists import FoldedIndexView

from ..models import Enquiry


def _state(enquiry: Enquiry) -> str:
    return pgettext_lazy("enquiry", "Open") if enquiry.is_open else _("Answered")


class AnswerForm(VisitorMessageForm):
    handled = forms.BooleanField(required=False, label=_("This question has been answered"))

    class Meta(VisitorMessageForm.Meta):
        model = Enquiry
        fields = ["question", "reply_to", "answer"]

    written_by_visitor = ("question", "reply_to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if address := self.instance.reply_to:
            subject = _("Your question to the library")
            letter = f"mailto:{quote(address, safe='@')}?subject={quote(str(subject))}"
            self.fields["reply_to"].help_text = format_html(
                '<a href="{}">{}</a>', letter, _("Answer by e-mail")
            )


class EnquiryViewSet(ModelViewSet):
    model = Enquiry
    name = url_namespace = "library_enquiries"
    url_prefix = "thu-vien/hoi-thu-vien"
    menu_label = _("Questions to the library")
    icon = "help"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("state", label=pgettext_lazy("library", "State"), accessor=_state, sort_key="handled_at"),
        "reply_to",
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    list_filter = {"created_at": ["date"], "handled_at": ["isnull"]}
    index_view_class = FoldedIndexView
    search_fields = ["question", "answer"]
    permission_policy = ReadAndTickOff(Enquiry)

    def get_form_class(self, for_update=False):
        return AnswerForm
