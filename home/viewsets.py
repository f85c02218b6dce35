"""Messages of visitors in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .domain.contact import mark_handled
from .models import ContactMessage


class ReadAndTickOff(ModelPermissionPolicy):
    """Messages come from the site only; nobody writes one in the admin."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class ContactMessageForm(WagtailAdminModelForm):
    """What the visitor wrote is shown, not changed; the office ticks it off and notes what it answered."""

    handled = forms.BooleanField(required=False, label=_("This message has been dealt with"))

    class Meta(WagtailAdminModelForm.Meta):
        model = ContactMessage
        fields = ["name", "reply_to", "subject", "body", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "reply_to", "subject", "body"):
            self.fields[name].disabled = True
        self.initial["handled"] = self.fields["handled"].disabled = self.instance.handled_at is not None

    def save(self, commit=True):
        message = super().save(commit)
        if commit and self.cleaned_data["handled"]:
            mark_handled(message, self.for_user)
        return message


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
    search_fields = ["subject", "name", "body"]
    permission_policy = ReadAndTickOff(ContactMessage)

    def get_form_class(self, for_update=False):
        return ContactMessageForm
