from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class TableBlock(blocks.StructBlock):
    """A table of data: its first row names the columns, its caption says what it is about (WCAG 1.3.1)."""

    caption = blocks.CharBlock(max_length=200, label=_("Caption"), help_text=_("What the table shows."))
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=pgettext_lazy("column of a table", "Words"))),
            (
                "number",
                blocks.DecimalBlock(required=False, label=pgettext_lazy("column of a table", "Number")),
            ),
        ],
        label=_("Table"),
    )
    first_column_is_header = blocks.BooleanBlock(
        required=False, default=True, label=_("The first column names the rows")
    )
    source = blocks.CharBlock(required=False, max_length=255, label=_("Source"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "components/streamfield/table.html"
