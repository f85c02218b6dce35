from django.urls import reverse
from django.utils.translation import ngettext

from wagtail import hooks

from portal.cms import dashboard

from .models import ContactMessage
from .viewsets import ContactMessageViewSet


@hooks.register("register_admin_viewset")
def contact_messages():
    return ContactMessageViewSet("messages")


@dashboard.register
def messages_to_answer(request):
    """New messages of visitors, for who may deal with them."""
    if not request.user.has_perm("home.change_contactmessage"):
        return
    if count := ContactMessage.objects.waiting().count():
        label = ngettext("message of a visitor waits", "messages of visitors wait", count)
        yield dashboard.TodoItem(label, reverse("messages:index"), count)
