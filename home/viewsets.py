"""Messages of visitors in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.model import ModelViewSet

from portal.cms.visitor_messages import ReadAndTickOff, VisitorMessageForm
from portal.web.admin_lists import FoldedIndexView

from .models import ContactMessage


class ContactMessageForm(VisitorMessageForm):
    handled = forms.BooleanField(required=False, label=_("This message has been dealt with"))

    class Meta(VisitorMessageForm.Meta):
        model = ContactMessage
        fields = ["name", "reply_to", "subject", "body", "note"]

    written_by_visitor = ("name", "reply_to", "subject", "body")


class ContactMessageViewSet(ModelViewSet):
    model = ContactMessage
    icon = "mail"
    menu_label = _("Messages")
    menu_order = 250
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display = ["subject", "name", "created_at", "handled_at"]
    list_filter = {"created_at": ["date"], "handled_at": ["isnull"]}
    index_view_class = FoldedIndexView
    search_fields = ["subject", "name", "body"]
    permission_policy = ReadAndTickOff(ContactMessage)

    def get_form_class(self, for_update=False):
        return ContactMessageForm
