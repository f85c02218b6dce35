"""What an editor can put of the library on any page."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import ChooserBlock
from wagtail.coreutils import resolve_model_string


class ResourceBlock(ChooserBlock):
    """One resource as a card; while it is hidden or withdrawn the card is not shown."""

    @cached_property
    def target_model(self):
        return resolve_model_string("library.Resource")

    @cached_property
    def widget(self):
        from .viewsets import resource_chooser  # needs the models, which may use this block

        return resource_chooser.widget_class()

    class Meta:
        icon = "doc-full"
        label = _("Learning resource")
        template = "components/streamfield/resource.html"
