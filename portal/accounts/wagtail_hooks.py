from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import NameEmailSettingsPanel

from portal.accounts.bulk_actions import DeletePeople, LockAccounts, NoGroups
from portal.accounts.forms import OwnAccountForm
from portal.accounts.viewsets import GrantViewSet

# Wagtail 7.4 has no setting for this form; its own asks for a first and a last name.
NameEmailSettingsPanel.form_class = OwnAccountForm


FOREIGN_HELP = ("whats-new-in-wagtail", "editor-guide")  # English pages of another server


@hooks.register("construct_help_menu")
def help_of_our_own(request, items):
    items[:] = [item for item in items if not item.name.startswith(FOREIGN_HELP)]


@hooks.register("register_help_menu_item")
def officers_corner():
    return MenuItem(_("Officers' corner"), reverse("officer_home"), icon_name="help", order=100)


@hooks.register("register_admin_viewset")
def grants():
    return GrantViewSet()


for action in (LockAccounts, DeletePeople, NoGroups):
    hooks.register("register_bulk_action", action, order=100)  # the last one of a name holds
