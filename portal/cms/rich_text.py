from wagtail.admin.rich_text import DraftailRichTextArea


class SettledRichTextArea(DraftailRichTextArea):
    """Stores a text as it will come back from the editor: spaces at the end of a paragraph, for one, do not.

    Otherwise an approver who only presses "approve" would send a changed text, and be its last editor.
    """

    def value_from_datadict(self, data, files, name):
        html = super().value_from_datadict(data, files, name)
        if html is None:
            return None
        return self.converter.to_database_format(self.converter.from_database_format(html))
