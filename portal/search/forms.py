from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .models import Pick
from .picks import entry_at


class PickForm(WagtailAdminModelForm):
    """Takes only addresses at which something stands that a search may show."""

    class Meta:
        model = Pick
        fields = ["query", "addresses"]
        widgets = {
            "query": forms.TextInput(attrs={"maxlength": 200}),
            "addresses": AdminAutoHeightTextInput(attrs={"rows": 3}),
        }

    def clean_addresses(self):
        addresses = self.cleaned_data["addresses"].split()
        for address in addresses:
            if entry_at(address) is None:
                raise ValidationError(
                    _("Nothing that can be found stands at %(address)s.") % {"address": address}
                )
        return "\n".join(addresses)
