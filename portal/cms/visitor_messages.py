"""The office's side of what visitors write: read, answered, ticked off; never changed."""

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy

from portal.web.visitors.messages import mark_handled


class ReadAndTickOff(ModelPermissionPolicy):
    """Messages come from the site only; nobody writes one in the admin."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class VisitorMessageForm(WagtailAdminModelForm):
    """A subclass names the fields `written_by_visitor` and has a field `handled`, labelled for its messages."""

    written_by_visitor: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.written_by_visitor:
            self.fields[name].disabled = True
        self.initial["handled"] = self.fields["handled"].disabled = self.instance.handled_at is not None

    def save(self, commit=True):
        message = super().save(commit)
        if commit and self.cleaned_data["handled"]:
            mark_handled(message, self.for_user)
        return message
