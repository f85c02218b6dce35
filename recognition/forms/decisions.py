"""Forms of decisions and of what follows them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import RevokedBecause
from ..models import Appeal, Assessment, Decision
from .meetings import day_input, paragraphs


class DecisionForm(forms.ModelForm):
    class Meta:
        model = Decision
        fields = ["number", "issued_on", "issuer", "signer_title", "signer_name", "articles", "recipients"]
        widgets = {
            "number": forms.TextInput(attrs={"autocomplete": "off"}),
            "issued_on": day_input(),
            "articles": paragraphs(12),
            "recipients": paragraphs(4),
        }
        help_texts = {
            "number": _("As it is registered, for example 05/QĐ-UBND. It may stay empty until then."),
            "issued_on": _("Day/month/year."),
        }


class RevocationForm(forms.Form):
    assessments = forms.ModelMultipleChoiceField(
        label=_("Whose title is revoked"),
        queryset=Assessment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    because = forms.ChoiceField(
        label=_("What everybody may know of the reason"),
        choices=RevokedBecause.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, as it stands in the decision"), max_length=2000, widget=paragraphs(4)
    )

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["assessments"]
        field.queryset = holders
        field.label_from_instance = lambda row: f"{row.subject} ({row.place})"


class AppealForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Appeal
        fields = ["ground"]
        widgets = {"ground": paragraphs()}
        help_texts = {"ground": _("What was decided wrongly, and by what that can be seen.")}


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("Outcome and its reasons"),
        max_length=2000,
        widget=paragraphs(),
        help_text=_("They go to who appealed, and into the decision that amends."),
    )
