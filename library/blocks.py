"""What an editor can put of the library on any page."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks import ChooserBlock
from wagtail.coreutils import resolve_model_string

from portal.cms.blocks import BodyBlock

from .admin.widgets import ResourceChooser

SHOWN = 4  # resources of a shelf on another page


class ResourceBlock(ChooserBlock):
    """One resource as a card; while it is hidden or withdrawn the card is not shown."""

    @cached_property
    def target_model(self):
        return resolve_model_string("library.Resource")

    @cached_property
    def widget(self):
        return ResourceChooser()

    class Meta:
        icon = "doc-full"
        label = _("Learning resource")
        template = "components/streamfield/resource.html"


class ShelfBlock(blocks.PageChooserBlock):
    """The first resources of a shelf, with the way to all of it."""

    def __init__(self, **kwargs):
        super().__init__(page_type="library.Shelf", **kwargs)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        shelf = value.specific if value and value.live else None
        return context | {"shelf": shelf, "items": shelf.content[:SHOWN] if shelf else []}

    class Meta:
        icon = "folder-open-inverse"
        label = _("Shelf of the library")
        template = "components/streamfield/shelf.html"


class LearningPathBlock(blocks.PageChooserBlock):
    """A learning path with its time. One for officers does not show: pages are kept for everybody alike."""

    def __init__(self, **kwargs):
        super().__init__(page_type="library.LearningPath", **kwargs)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        path = value.specific if value and value.live else None
        return context | {"path": path if path and not path.officers_only else None}

    class Meta:
        icon = "list-ol"
        label = _("Learning path")
        template = "components/streamfield/learning_path.html"


class PageBodyBlock(BodyBlock):
    """The blocks of every page, and those of the library."""

    resource = ResourceBlock(group=_("Library"))
    shelf = ShelfBlock(group=_("Library"))
    learning_path = LearningPathBlock(group=_("Library"))
