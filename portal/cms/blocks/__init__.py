"""What an editor builds a page with; one block a file, one template a block (templates/components/streamfield/)."""

from .accordion import AccordionBlock
from .body import BodyBlock
from .call_to_action import CallToActionBlock
from .file_list import FileListBlock
from .gallery import GalleryBlock
from .heading import HeadingBlock
from .links import LinkBlock, MenuItemBlock
from .media import AudioBlock, VideoBlock
from .notice import NoticeBlock
from .page_list import PageListBlock
from .picture import PictureBlock
from .quote import QuoteBlock
from .rich_text import TextBlock
from .table import TableBlock

__all__ = [
    "AccordionBlock",
    "AudioBlock",
    "BodyBlock",
    "CallToActionBlock",
    "FileListBlock",
    "GalleryBlock",
    "HeadingBlock",
    "LinkBlock",
    "MenuItemBlock",
    "NoticeBlock",
    "PageListBlock",
    "PictureBlock",
    "QuoteBlock",
    "TableBlock",
    "TextBlock",
    "VideoBlock",
]
