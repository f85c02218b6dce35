from django import forms
from django.utils.translation import gettext_lazy as _

from portal.places.models import Place
from portal.text import nfc

from ..domain.areas import AreaDecision
from ..enums import Area
from .books import Since


class Line(forms.CharField):
    """One line of text, without blanks too many."""

    def to_python(self, value):
        return " ".join(nfc(super().to_python(value)).split())


class AreaForm(Since):
    """One decision of the association for some villages of a commune."""

    places = forms.ModelMultipleChoiceField(
        label=_("For which villages"),
        queryset=Place.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The commune itself counts only for titles that the whole commune earns."),
    )
    area = forms.ChoiceField(label=_("What holds there"), choices=Area.choices, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until when"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
        help_text=_("The last day. Empty: until another decision."),
    )
    legal_basis = Line(
        label=_("By which document"),
        max_length=300,
        help_text=_("Number, date and issuer of the document that lists these areas."),
    )
    decided_by = Line(
        label=_("Decided by"),
        max_length=200,
        help_text=_("Who in the association decided that this threshold holds, and when."),
    )
    note = Line(label=_("Note"), max_length=300, required=False)
    field_order = ["places", "area", "since", "until", "legal_basis", "decided_by", "note"]

    def __init__(self, *args, places: list[Place], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.filter(pk__in=[place.pk for place in places])

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first day."))

    def decision(self) -> AreaDecision:
        asked = self.cleaned_data
        return AreaDecision(
            area=Area(asked["area"]),
            since=asked["since"],
            until=asked["until"],
            legal_basis=asked["legal_basis"],
            decided_by=asked["decided_by"],
            note=asked["note"],
        )
