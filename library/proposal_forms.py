"""The two steps in which an officer hands in material, and the librarian's answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cms.uploads.refusal import MAX_BYTES, SENTENCES
from portal.text import nfc

from .domain.material import HIGHEST_PAGE
from .enums import ContributorRole, Language
from .licences import COMMON_LICENCES, UNKNOWN, explain
from .models import Contribution, Proposal, Resource, Subject
from .models.resources import WEB_ADDRESS
from .statements import listed_people

ACCEPTED = "image/*,application/pdf,.pdf,.epub,.html,.htm,audio/*,video/*"
# Those whom readers here speak and read first.
FIRST_LANGUAGES = (
    Language.VIETNAMESE,
    Language.TAY,
    Language.NUNG,
    Language.HMONG,
    Language.IU_MIEN,
    Language.KIM_MUN,
    Language.ENGLISH,
)


class PhoneFileInput(forms.FileInput):
    """A browser of a phone offers its camera and its files; the size is also looked at before anything is sent."""

    def __init__(self):
        super().__init__(
            attrs={"accept": ACCEPTED, "data-max-bytes": MAX_BYTES, "data-too-large": SENTENCES["too large"]}
        )


class MaterialForm(forms.Form):
    """A link, a photo or a file: each is enough."""

    url = forms.CharField(
        label=_("Link"),
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("Copy the address from the browser, Zalo or Facebook, and paste it here."),
    )
    file = forms.FileField(
        label=_("Photo or file"),
        required=False,
        widget=PhoneFileInput(),
        help_text=_("Take a photo now, or choose a picture, PDF, EPUB, MP3 or MP4 of at most 50 MB."),
    )

    def __init__(self, *args, kept_file: bool = False, **kwargs):
        """`kept_file`: one was sent already."""
        self.kept_file = kept_file
        super().__init__(*args, **kwargs)

    def clean_url(self):
        """ "vi-du.vn/sach" is what people copy: it is an address of the web."""
        url = nfc(self.cleaned_data["url"]).strip()
        if not url:
            return ""
        if "://" not in url:
            url = f"https://{url}"
        try:
            WEB_ADDRESS(url)
        except ValidationError as error:
            raise ValidationError(
                _("This is not an address of a web page. It begins with https:// and has no blanks.")
            ) from error
        return url

    def clean(self):
        cleaned = super().clean()
        nothing = not cleaned.get("url") and not cleaned.get("file") and not self.kept_file
        if nothing and not self.errors:
            raise ValidationError(_("Give a link, a photo or a file. One of them is enough."))
        return cleaned


class DescriptionForm(forms.ModelForm):
    """What the material says of itself, to be confirmed."""

    creators = forms.CharField(
        label=_("Who wrote or made it"),
        required=False,
        max_length=600,
        help_text=_("Names as they stand on it, separated by semicolons."),
    )
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("library", "Subject"),
        queryset=Subject.objects.all(),
        required=False,
        empty_label=_("The librarian shall choose"),
    )
    licence = forms.ChoiceField(label=_("What may be done with it"))
    note = forms.CharField(
        label=_("Note for the librarian"),
        required=False,
        max_length=Proposal._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Resource
        fields = ["title", "creators", "kind", "language", "page_count", "subject", "licence", "note"]
        labels = {"page_count": pgettext_lazy("library", "Pages")}
        error_messages = {
            "title": {"required": _("Write the title as it stands on the cover or at the top.")},
        }
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, found: dict[str, Any], **kwargs):
        """`found`: as `domain.material.Finding`."""
        values = found.get("values", {})
        initial = {
            name: values[name] for name in ("title", "kind", "language", "page_count") if name in values
        }
        initial["creators"] = "; ".join(name for name, _role in values.get("creators", ()))
        initial["licence"] = values.get("licence", UNKNOWN)
        super().__init__(*args, initial=initial, **kwargs)
        first = [(each.value, each.label) for each in FIRST_LANGUAGES]
        self.fields["language"].choices = first + [each for each in Language.choices if each not in first]
        self.fields["language"].help_text = _("A program can tell Vietnamese only. Please look.")
        self.fields["page_count"].max_value = HIGHEST_PAGE
        self.fields["subject"].label_from_instance = lambda subject: "\u2003" * subject.depth + subject.name
        self.fields["licence"].choices = _licences(initial["licence"])
        self.fields["licence"].help_text = _rights_note(found.get("rights", ""), initial["licence"])

    def clean_title(self):
        return " ".join(nfc(self.cleaned_data["title"]).split())

    def clean_creators(self):
        people = [
            [nfc(name), ContributorRole.AUTHOR.value]
            for name, _role in listed_people(self.cleaned_data["creators"])
        ]
        longest = Contribution._meta.get_field("name").max_length
        if any(len(name) > longest for name, _role in people):
            raise ValidationError(_("A name is too long. Separate the names by semicolons."))
        return people

    def clean_page_count(self):
        pages = self.cleaned_data["page_count"]
        if pages is not None and not 0 < pages <= HIGHEST_PAGE:
            raise ValidationError(_("Write the number of pages in figures, or leave it empty."))
        return pages

    @property
    def values(self) -> dict[str, Any]:
        """In the shape of `domain.description`."""
        names = ("title", "creators", "kind", "language", "page_count", "licence")
        values = {name: self.cleaned_data[name] for name in names}
        subject = self.cleaned_data["subject"]
        return values | {"subjects": [subject.slug] if subject else []}


def _licences(found: str) -> list[tuple[str, str]]:
    codes = dict.fromkeys([UNKNOWN, found, *COMMON_LICENCES])
    return [(code, explain(code).name) for code in codes]


def _rights_note(said: str, licence: str) -> str:
    """Shown as HTML by the component: nothing of a foreign page goes in."""
    if licence != UNKNOWN:
        return _("Found in the material. Please look whether it is right.")
    if said:
        return _("The material speaks of its rights, but no usual licence. The librarian looks at it.")
    return _("The material does not say it. Then the library only links to it.")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer to the sender"),
        required=False,
        max_length=Proposal._meta.get_field("answer").max_length,
        widget=forms.TextInput(),
        help_text=_("Needed when it is not taken: the sender reads it."),
    )

    def clean_answer(self):
        return nfc(self.cleaned_data["answer"]).strip()
