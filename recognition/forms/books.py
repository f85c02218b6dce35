"""Forms of the officers' books."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cms.widgets import FilterSelect
from portal.places.enums import VILLAGE_KINDS
from portal.places.models import Place
from portal.text import nfc

from ..domain.books.communes import villages_of
from ..domain.books.membership import holder_of, written
from ..enums import SubjectKind
from ..models import Consent, Subject

KINDS = [(kind.value, kind.noun) for kind in SubjectKind]


VILLAGES = [(kind.label, kind.label) for kind in VILLAGE_KINDS]


class BooksFilter(forms.Form):
    """What of the books is shown; a value that cannot be is an error."""

    q = forms.CharField(label=_("Name, with or without accents"), required=False, max_length=100)
    xom = forms.ModelChoiceField(
        label=_("Village"), required=False, queryset=Place.objects.none(), empty_label=_("All villages")
    )
    loai = forms.ChoiceField(label=_("Kind"), required=False, widget=FilterSelect)

    def __init__(self, *args, commune: Place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xom"].queryset = villages_of(commune, timezone.localdate())
        self.fields["loai"].choices = [("", _("All kinds")), *KINDS]


class SubjectForm(forms.ModelForm):
    belongs = forms.CharField(
        label=_("Belongs to"),
        required=False,
        max_length=220,
        help_text=_("Only of a citizen: name or number of the family, clan, community or unit in the books."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Subject
        fields = ["kind", "name", "distinction", "place"]

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].label = _("Village, or the commune itself")
        self.initial["belongs"] = written(self.instance.member_of)
        if self.instance.pk:
            del self.fields["kind"]  # a family does not become a clan
        else:
            self.fields["kind"].choices = KINDS
        if self.instance.pk and self.instance.kind != SubjectKind.CITIZEN:
            del self.fields["belongs"]

    def clean_name(self):
        return " ".join(nfc(self.cleaned_data["name"]).split())

    def clean_distinction(self):
        return " ".join(nfc(self.cleaned_data["distinction"]).split())

    def clean(self):
        given = super().clean()
        text, place = " ".join(nfc(given.get("belongs", "")).split()), given.get("place")
        self.instance.member_of = None
        if text and given.get("kind", self.instance.kind) != SubjectKind.CITIZEN:
            self.add_error("belongs", _("Only a citizen belongs to a family, clan, community or unit."))
        elif text and place:
            try:
                self.instance.member_of = holder_of(text, place, self.fields["place"].queryset)
            except forms.ValidationError as error:
                self.add_error("belongs", error)
        return given


class ConsentForm(forms.ModelForm):
    class Meta:
        model = Consent
        fields = ["given_by", "given_on", "document", "of_age"]
        widgets = {"given_on": forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})}

    def __init__(self, *args, subject: Subject, **kwargs):
        super().__init__(*args, instance=Consent(subject=subject), **kwargs)
        if subject.kind != SubjectKind.CITIZEN:
            del self.fields["of_age"]  # of a family, a clan, a community or a unit nobody asks


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it leaves the books"),
        max_length=200,
        help_text=_("For example “Moved to another commune”."),
    )


class Since(forms.Form):
    since = forms.DateField(
        label=_("Since when"),
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
        help_text=_("The first day on which the list holds, day/month/year."),
    )


class VillageForm(Since):
    kind = forms.ChoiceField(label=_("Kind of village"), choices=VILLAGES)
    name = forms.CharField(
        label=_("Name of the village"), max_length=100, help_text=_("Without the kind before it.")
    )
    field_order = ["kind", "name", "since"]


class VillageSheetForm(Since):
    file = forms.FileField(
        label=_("List of villages (XLSX or CSV)"), help_text=_("With the columns “Loại” and “Tên”.")
    )
    field_order = ["file", "since"]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Sheet (XLSX or CSV)"),
        help_text=_("With the columns of the empty sheet, which you can download here."),
    )
