import re

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.rich_text import get_text_for_indexing

THINGS = re.compile(r"<(embed|img|hr)\b")  # what a text may hold without a word


class SettledRichTextArea(DraftailRichTextArea):
    """Stores a text as it will come back from the editor: spaces at the end of a paragraph, for one, do not.

    Otherwise an approver who only presses "approve" would send a changed text, and be its last editor. An editor's empty
    paragraph is no text, so that a field that must be filled in is not passed by it.
    """

    def value_from_datadict(self, data, files, name):
        html = super().value_from_datadict(data, files, name)
        if html is None:
            return None
        if not get_text_for_indexing(html).strip() and not THINGS.search(html):
            return ""
        return self.converter.to_database_format(self.converter.from_database_format(html))
