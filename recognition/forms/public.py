from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cms.widgets import FilterSelect
from portal.places.models import Place
from portal.text import format_date

from ..enums import Indicator, SubjectKind


class HonourRollFilter(forms.Form):
    """The three questions to the honour roll, as they stand in its address. A value that cannot be is an error."""

    danh_hieu = forms.ChoiceField(label=_("Learning title"), required=False, widget=FilterSelect)
    nam = forms.ChoiceField(label=_("Year"), required=False, widget=FilterSelect)
    xa = forms.ModelChoiceField(
        label=_("Commune"),
        required=False,
        queryset=Place.objects.none(),
        empty_label=_("All communes"),
        widget=FilterSelect,
    )

    def __init__(self, *args, years, communes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["danh_hieu"].choices = [("", _("All titles"))] + [
            (kind.slug, kind.label) for kind in SubjectKind
        ]
        self.fields["nam"].choices = [("", _("All years"))] + [(str(year), str(year)) for year in years]
        self.fields["xa"].queryset = communes

    def clean_danh_hieu(self):
        return SubjectKind.from_slug(self.cleaned_data["danh_hieu"])

    @property
    def asked(self) -> dict:
        """The answers by the names that `honour_roll.find` knows."""
        asked = self.cleaned_data
        return {"kind": asked["danh_hieu"], "year": asked["nam"], "commune": asked["xa"]}


class SerialForm(forms.Form):
    so = forms.CharField(
        label=_("Serial on the paper"),
        max_length=40,
        help_text=_("For example 2025-GD-7K3M9-QX2A5; large or small letters, with or without hyphens."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NumbersFilter(forms.Form):
    """What the page of the figures is asked for; a value that cannot be is an error."""

    danh_hieu = forms.ChoiceField(label=_("Indicator"), required=False, widget=FilterSelect)
    nam = forms.TypedChoiceField(
        label=_("Year"), required=False, coerce=int, empty_value=None, widget=FilterSelect
    )
    ban_do = forms.ChoiceField(label=_("Administrative map"), required=False, widget=FilterSelect)
    xa = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, years, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.years, self.days = years, days
        self.fields["danh_hieu"].choices = [(each.slug, each.label) for each in Indicator]
        self.fields["nam"].choices = [(year, str(year)) for year in years]
        before = [(day.isoformat(), _("until %(day)s") % {"day": format_date(day)}) for day in days[1:]]
        self.fields["ban_do"].choices = [("", _("of today")), *before]

    def clean_danh_hieu(self):
        return Indicator.from_slug(self.cleaned_data["danh_hieu"]) or Indicator.FAMILY

    def clean_nam(self):
        return self.cleaned_data["nam"] or self.years[0]

    def clean_ban_do(self):
        asked = self.cleaned_data["ban_do"]
        return date.fromisoformat(asked) if asked else self.days[0]
