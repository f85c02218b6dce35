from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .accordion import AccordionBlock
from .call_to_action import CallToActionBlock
from .file_list import FileListBlock
from .gallery import GalleryBlock
from .heading import HeadingBlock
from .media import AudioBlock, VideoBlock
from .notice import NoticeBlock
from .page_list import PageListBlock
from .picture import PictureBlock
from .quote import QuoteBlock
from .rich_text import TextBlock
from .table import TableBlock


class BodyBlock(blocks.StreamBlock):
    """Every block of an article; a room that adds one subclasses it (campaigns: a resource of the library)."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    gallery = GalleryBlock(group=_("Pictures and recordings"))
    video = VideoBlock(group=_("Pictures and recordings"))
    audio = AudioBlock(group=_("Pictures and recordings"))
    files = FileListBlock()
    quote = QuoteBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    notice = NoticeBlock()
    call_to_action = CallToActionBlock()
    page_list = PageListBlock()
