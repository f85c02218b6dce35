"""Reading the renditions of all pictures of a page at once."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, prefetch_related_objects

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage


def images_of(value) -> Iterator[AbstractImage]:
    """The images inside a block value, however deep; also takes a plain list of values."""
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from images_of(child.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from images_of(child)
    elif isinstance(value, ListValue | list | tuple):
        for child in value:
            yield from images_of(child)


def preload_renditions(images: Iterable[AbstractImage | None]) -> None:
    """Read every rendition of `images` in one query; drawing them then asks the database nothing."""
    waiting = [image for image in images if image is not None and not hasattr(image, "prefetched_renditions")]
    if not waiting:
        return
    renditions = get_image_model().get_rendition_model().objects.all()
    prefetch_related_objects(waiting, Prefetch("renditions", renditions, to_attr="prefetched_renditions"))
