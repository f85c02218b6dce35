"""Forms of the denominators and of the targets."""

from datetime import date as Date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.widgets import FilterSelect
from portal.text import nfc

from ..domain.denominators.board import Board, Cell
from ..domain.denominators.declaring import EntriesRefused, Entry, declare
from ..domain.denominators.sheet import whole_number
from ..models import Target


class YearForm(forms.Form):
    nam = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, widget=FilterSelect)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [(year, str(year)) for year in years]


class DeclareForm(forms.Form):
    """The numbers of a board that somebody has changed, with the one paper that they come from."""

    as_of = forms.DateField(
        label=gettext_lazy("As of"),
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
        help_text=gettext_lazy("The day for which the numbers were counted, day/month/year."),
    )
    source_document = forms.CharField(
        label=gettext_lazy("Source document"),
        max_length=200,
        help_text=gettext_lazy("Number, date and issuer of the paper, as it can be found again."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("When a locked number changes, or a number by more than 15 %."),
    )

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        for cell in board.cells:
            field = forms.CharField(label=cell.kind.label, required=False, max_length=12)
            field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
            field.initial = cell.latest.value if cell.latest else None
            self.fields[cell.name] = field

    @property
    def head(self):
        """The fields that are not numbers."""
        return [self[name] for name in ("as_of", "source_document", "reason")]

    def lines(self):
        """[(line, [(cell, bound field)])] as the page shows them."""
        return [(line, [(cell, self[cell.name]) for cell in line.cells]) for line in self.board.lines]

    def clean(self):
        asked = super().clean()
        self.entries = []
        for cell in self.board.cells:
            try:
                self._take(cell, asked)
            except ValueError:
                self.add_error(cell.name, _("“%(text)s” is not a whole number.") % {"text": asked[cell.name]})
        if not self.entries and not self.errors:
            self.add_error(None, _("No number has changed."))
        return asked

    def _take(self, cell: Cell, asked: dict) -> None:
        typed = asked.get(cell.name, "")
        if not typed or "as_of" not in asked or "source_document" not in asked:
            return
        value = whole_number(typed)
        if cell.latest is None or cell.latest.value != value:
            paper = asked["as_of"], nfc(asked["source_document"]), nfc(asked.get("reason", ""))
            self.entries.append(Entry(cell.place, cell.kind, value, *paper))

    def declare(self, user) -> bool:
        """False with the mistakes beside the numbers."""
        if not self.is_valid():
            return False
        try:
            declare(self.entries, self.board.commune, self.board.year, user)
        except EntriesRefused as refused:
            names = {(cell.place.pk, cell.kind): cell.name for cell in self.board.cells}
            for entry, sentence in refused.errors:
                self.add_error(names[entry.place.pk, entry.kind], sentence)
            return False
        return True


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Sheet (XLSX or CSV)"),
        help_text=gettext_lazy(
            "The sheet that you download here, filled in. Rows without a number are left out."
        ),
    )


class TargetForm(forms.ModelForm):
    class Meta:
        model = Target
        fields = ["indicator", "year", "percent", "place", "legal_document", "source_url"]

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].empty_label = _("Everywhere")

    def clean_legal_document(self):
        return " ".join(nfc(self.cleaned_data["legal_document"]).split())


def years_to_choose(today: Date, known: list[int]) -> list[int]:
    """Latest first: the next year, those of the programme since 2021, and all of which something is known."""
    return sorted({*range(2021, today.year + 2), *known}, reverse=True)
