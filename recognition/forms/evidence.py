"""Forms of the evidence."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.cms.uploads.refusal import MAX_BYTES, SENTENCES
from portal.places.models import Place
from portal.text import nfc

from ..domain.evidence import files
from ..models import Criterion, Evidence
from .rounds import DayField

TOO_LARGE = {"data-max-bytes": MAX_BYTES, "data-too-large": SENTENCES["too large"]}
FILES = ("photo", "file")


class FileForm(forms.Form):
    """A photo taken now, or a file that is there already."""

    photo = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", **TOO_LARGE}),
        help_text=_(
            "The place where it was taken is removed. You may send the description now and the photo later."
        ),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": files.ENDINGS, **TOO_LARGE}),
        help_text=_("A picture, PDF, Word or Excel file of at most 50 MB."),
    )

    @property
    def sent(self) -> str:
        """The field in which a file came, or ""."""
        return next((name for name in FILES if self.cleaned_data.get(name)), "")

    def clean(self):
        cleaned = super().clean()
        if all(cleaned.get(name) for name in FILES):
            raise ValidationError(_("Send the photo and the file one after the other."))
        return cleaned


class AttachForm(FileForm):
    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.sent:
            raise ValidationError(_("Choose a photo or a file."))
        return cleaned


class CriterionField(forms.ModelChoiceField):
    def label_from_instance(self, criterion):
        return Truncator(f"{criterion.code} {criterion.text}").chars(90)


class EvidenceForm(FileForm, forms.ModelForm):
    """What proves a criterion: a photo, a file, a link, the number of a document, or a word of who knows. One is enough."""

    criterion = CriterionField(label=_("Criterion"), queryset=Criterion.objects.none())
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}),
    )
    dated = DayField(label=_("Dated"), required=False)

    class Meta:
        model = Evidence
        fields = ["criterion", "note", "document_number", "dated", "link"]
        help_texts = {"note": _("For example “Certificate of merit of the school, 2026”.")}

    field_order = ["criterion", "note", *FILES, "document_number", "dated", "link"]

    def __init__(self, *args, criteria_set, **kwargs):
        super().__init__(*args, **kwargs)
        criteria = Criterion.objects.filter(group__criteria_set=criteria_set)
        self.fields["criterion"].queryset = criteria.order_by("group__position", "position")

    def clean_note(self):
        return " ".join(nfc(self.cleaned_data["note"]).split())

    def clean_document_number(self):
        return " ".join(nfc(self.cleaned_data["document_number"]).split())

    def clean(self):
        cleaned = super().clean()
        said = any(cleaned.get(name) for name in ("note", "document_number", "link"))
        if not self.errors and not said and not self.sent:
            raise ValidationError(
                _(
                    "Give a photo, a file, a link, the number of a document, or say what it shows. One is enough."
                )
            )
        return cleaned


class VillageChoice(forms.Form):
    xom = forms.ModelChoiceField(label=_("Village"), queryset=Place.objects.none(), empty_label=None)

    def __init__(self, *args, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xom"].queryset = villages


class NamesForm(forms.Form):
    names = forms.FileField(
        label=_("List of names (XLSX or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", **TOO_LARGE}),
        help_text=_(
            "With a column “Chủ hộ” or “Họ và tên”, and if you can one “Xóm”. Accents do not matter."
        ),
    )
