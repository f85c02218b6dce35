from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel

from portal.accounts.bulk_actions import LockAccounts, NoGroups
from portal.accounts.forms import OwnAccountForm
from portal.accounts.viewsets import GrantViewSet

# Wagtail 7.4 has no setting for this form; its own asks for a first and a last name.
NameEmailSettingsPanel.form_class = OwnAccountForm


@hooks.register("register_admin_viewset")
def grants():
    return GrantViewSet()


for action in (LockAccounts, NoGroups):
    hooks.register("register_bulk_action", action, order=100)  # the last one of a name holds
