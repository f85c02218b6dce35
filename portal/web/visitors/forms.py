"""Forms that anybody may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import nfc


class VisitorForm(forms.ModelForm):
    """`website` is a trap: people do not see it, programs fill it in (see `messages.is_from_a_person`)."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self):
        cleaned = super().clean()
        return {
            name: nfc(value).strip() if isinstance(value, str) else value for name, value in cleaned.items()
        }
