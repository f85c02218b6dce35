from django import forms
from django.utils.translation import gettext_lazy as _

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
    template_name = "library/admin/licence_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{attrs['id']}-known"
        context["licences"] = [(code, explain(code).name) for code in COMMON_LICENCES]
        return context


class SubjectChoices(forms.ModelMultipleChoiceField):
    """The tree as one list, narrower subjects set in."""

    def label_from_instance(self, subject: Subject) -> str:
        return "\u2003" * subject.depth + subject.name


class ResourceForm(WagtailAdminModelForm):
    subjects = SubjectChoices(
        label=_("Subjects"),
        queryset=Subject.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the narrowest that fit."),
    )

    class Meta:
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
