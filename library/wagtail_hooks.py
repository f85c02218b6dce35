from django.utils.translation import gettext_lazy as _

from wagtail import hooks

from .viewsets import LibraryGroup, resource_chooser


@hooks.register("register_admin_viewset")
def register_library():
    return LibraryGroup()


@hooks.register("register_admin_viewset")
def register_resource_chooser():
    return resource_chooser


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("library.withdraw", _("Withdraw"), _("Withdrawn from the library"))
    actions.register_action("library.restore", _("Bring back"), _("Brought back to the library"))
