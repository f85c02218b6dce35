"""Choosing a resource in a form of the admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import BaseChooser


class ResourceChooser(BaseChooser):
    """Offers what everybody may read."""

    model = "library.Resource"
    icon = "doc-full"
    choose_one_text = _("Choose a resource")
    choose_another_text = _("Choose another resource")
    link_to_chosen_text = _("Edit this resource")
    chooser_modal_url_name = "resource_chooser:choose"


class AnyResourceChooser(ResourceChooser):
    """Offers also what is kept for officers."""

    chooser_modal_url_name = "any_resource_chooser:choose"
