from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.forms import WagtailAdminModelForm

from portal.places.choices import communes_to_choose
from portal.text import nfc

from ..enums import Language
from ..licences import COMMON_LICENCES, explain
from ..models import Resource, Subject
from .page_forms import SeasonFields


class LicenceInput(forms.TextInput):
    """A line to type in, with the usual licences and their names to pick from."""

    def render(self, name, value, attrs=None, renderer=None):
        known = f"{name}-known"
        field = super().render(name, value, (attrs or {}) | {"list": known}, renderer)
        options = format_html_join(
            "", '<option value="{}">{}</option>', ((code, explain(code).name) for code in COMMON_LICENCES)
        )
        return field + format_html('<datalist id="{}">{}</datalist>', known, options)


class SubjectChoices(forms.ModelMultipleChoiceField):
    """The tree as one list, narrower subjects set in."""

    def label_from_instance(self, subject: Subject) -> str:
        return "\u2003" * subject.depth + subject.name


class ResourceForm(SeasonFields, WagtailAdminModelForm):
    subjects = SubjectChoices(
        label=pgettext_lazy("library", "Subjects"),
        queryset=Subject.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the narrowest that fit."),
    )
    other_languages = forms.MultipleChoiceField(
        label=_("Also in"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("When it stands in several languages at once, beside the one above."),
    )

    class Meta(WagtailAdminModelForm.Meta):
        model = Resource
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            self.fields["place"].queryset = communes_to_choose(self.instance.place_id)

    def clean_other_languages(self):
        """Without the main one, which a source may count among them."""
        chosen = self.cleaned_data["other_languages"]
        return [code for code in chosen if code != self.cleaned_data.get("language")]

    def clean_tags(self):
        return [nfc(tag) for tag in self.cleaned_data["tags"]]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, as readers will see it"),
        max_length=Resource._meta.get_field("withdrawn_reason").max_length,
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text=_("For example: “The source has taken it down.”"),
    )

    def clean_reason(self):
        return nfc(self.cleaned_data["reason"])
