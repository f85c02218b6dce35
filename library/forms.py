from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.forms import WagtailAdminModelForm

from portal.text import nfc

from .licences import UNKNOWN, explain
from .models import Resource, Subject

# Offered while typing; any other SPDX identifier may be written as well.
COMMON_LICENCES = [
    UNKNOWN,
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "CC0-1.0",
    "https://rightsstatements.org/vocab/NKC/1.0/",
    "https://rightsstatements.org/vocab/InC/1.0/",
]


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


class ResourceForm(WagtailAdminModelForm):
    subjects = SubjectChoices(
        label=pgettext_lazy("library", "Subjects"),
        queryset=Subject.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the narrowest that fit."),
    )

    class Meta(WagtailAdminModelForm.Meta):
        model = Resource
        fields = "__all__"

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
