from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wagtail import hooks

from portal.cms import dashboard

from .admin.viewsets import LibraryGroup, any_resource_chooser, resource_chooser
from .models import Enquiry
from .views.pages import answer


@hooks.register("register_admin_viewset")
def register_library():
    return LibraryGroup()


@hooks.register("register_admin_viewset")
def register_resource_chooser():
    return resource_chooser


@hooks.register("register_admin_viewset")
def register_any_resource_chooser():
    return any_resource_chooser


@hooks.register("before_serve_page")
def answer_for_the_library(page, request, serve_args, serve_kwargs):
    return answer(page, request)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("library.withdraw", _("Withdraw"), _("Withdrawn from the library"))
    actions.register_action(
        "library.take_from_source", _("Take from the source"), _("Taken from the source again")
    )
    actions.register_action(
        "library.take_new_address", _("Take the new address"), _("A link leads to its new address")
    )
    actions.register_action("library.accept", _("Take it"), _("Taken, as an officer had proposed"))
    actions.register_action(
        "library.decline", _("Do not take it"), _("Not taken, though an officer had proposed it")
    )
    actions.register_action("library.publish", _("Take it"), _("Taken, as a collection had brought it"))
    actions.register_action(
        "library.refuse", _("Do not take it"), _("Not taken, though a collection had brought it")
    )
    actions.register_action("library.wait_again", _("Let it wait again"), _("Waits for a decision again"))
    actions.register_action("library.harvest", _("Read a collection"), _("Asked to read the collection"))
    actions.register_action("library.stop_harvest", _("Stop"), _("Stopped the reading"))
    actions.register_action(
        "library.map_subjects", _("Choose subjects"), _("Chose subjects for words of the collection")
    )
    actions.register_action("library.import", _("Load"), _("A list loaded"))
    actions.register_action("library.undo_import", _("Undo an import"), _("An import undone"))
    actions.register_action("library.merge", _("Merge"), _("Another resource merged into it"))
    actions.register_action("library.part", _("Undo a merge"), _("A merge undone"))
    actions.register_action("library.restore", _("Bring back"), _("Brought back to the library"))


@dashboard.register
def questions_to_answer(request):
    """Open questions of readers, for who may answer them."""
    if not request.user.has_perm("library.change_enquiry"):
        return
    if count := Enquiry.objects.waiting().count():
        label = ngettext("question to the library is open", "questions to the library are open", count)
        yield dashboard.TodoItem(label, reverse("library_enquiries:index"), count)
