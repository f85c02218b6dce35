"""Forms of the rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cms.widgets import FilterSelect
from portal.places.models import Place
from portal.text import nfc

from ..enums import AssessmentState
from ..models import Round
from ..models.round import DEADLINES

DAY = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}
WHAT_A_DEADLINE_MEANS = {
    "register_by": _("The last day to register; afterwards nobody can join."),
    "self_score_by": _(
        "Until then each sheet should be filled in and handed in. What comes later is shown as overdue."
    ),
    "verify_by": _("Until then the commune should have verified what was handed in."),
    "council_by": _("Until then the council should have voted on what was verified."),
}


class DayField(forms.DateField):
    widget = forms.DateInput(attrs=DAY)


class Lines(forms.CharField):
    """A text with one thing a line -> a list."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (" ".join(nfc(line).split()) for line in super().to_python(value).splitlines())
        return [line for line in lines if line]


class RoundForm(forms.ModelForm):
    legal_bases = Lines(
        label=_("Legal grounds of the decision"),
        required=False,
        help_text=_("One a line, in the order in which the decision shall name them."),
    )

    class Meta:
        model = Round
        fields = [
            "title",
            "year",
            "place",
            "criteria_set",
            "village_meeting",
            *DEADLINES,
            "notice_days",
            "appeal_days",
            "decided_by",
            "legal_bases",
        ]
        field_classes = dict.fromkeys(DEADLINES, DayField)
        help_texts = {
            "place": _("A commune, or a place above: then it is held in all its communes."),
            "notice_days": _("How long the list hangs out before the decision."),
            "appeal_days": _("How long after the decision one can appeal."),
            **WHAT_A_DEADLINE_MEANS,
        }

    def __init__(self, *args, places, sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["criteria_set"].queryset = sets


class PostponeForm(forms.Form):
    def __init__(self, *args, round: Round, **kwargs):
        initial = {name: getattr(round, name) for name in DEADLINES}
        super().__init__(*args, initial=initial, **kwargs)
        for name in DEADLINES:
            label = Round._meta.get_field(name).verbose_name
            self.fields[name] = DayField(label=label, help_text=WHAT_A_DEADLINE_MEANS[name])


class RoundListFilter(forms.Form):
    """What of a round is shown; a value that cannot be is an error."""

    q = forms.CharField(label=_("Name, with or without accents"), required=False, max_length=100)
    xa = forms.ModelChoiceField(
        label=_("Commune"), required=False, queryset=Place.objects.none(), empty_label=_("All communes")
    )
    xom = forms.ModelChoiceField(
        label=_("Village"), required=False, queryset=Place.objects.none(), empty_label=_("All villages")
    )
    trang_thai = forms.ChoiceField(label=_("State"), required=False, widget=FilterSelect)

    def __init__(self, *args, communes, heirs, villages, **kwargs):
        """`communes`: those of the round, and `heirs`, the numbers of those of today into which some of them went."""
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset, self.fields["xom"].queryset = communes, villages
        self.fields["xa"].label_from_instance = lambda commune: (
            _("%(commune)s of today") % {"commune": commune} if commune.pk in heirs else str(commune)
        )
        self.fields["trang_thai"].choices = [("", _("All states")), *AssessmentState.choices]
        if len(communes) < 2:
            del self.fields["xa"]


class EnlistForm(forms.Form):
    """Who of a village comes on the list: all, or those ticked."""

    everybody = forms.BooleanField(
        required=False, initial=True, help_text=_("Otherwise tick the names below, and take this tick away.")
    )
    register = forms.BooleanField(
        label=_("Register them with it"),
        required=False,
        help_text=_(
            "Only when they have said so, on the paper form or before the village. Otherwise register them later, "
            "when the forms have come back."
        ),
    )
    level = forms.ChoiceField(label=_("Which level they ask for"))
    subjects = forms.MultipleChoiceField(
        label=_("Names"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["everybody", "level", "register", "subjects"]

    def __init__(self, *args, subjects, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(subject.pk): subject for subject in subjects}
        self.fields["everybody"].label = _("All %(count)s that are not on it yet") % {"count": len(subjects)}
        self.fields["subjects"].choices = [(pk, str(subject)) for pk, subject in self.known.items()]
        self.fields["level"].choices = [(level.code, level.label) for level in levels]
        if not levels:
            del self.fields["level"]

    def clean(self):
        if not self.cleaned_data.get("everybody") and not self.cleaned_data.get("subjects"):
            self.add_error("subjects", _("Tick at least one name, or all of them."))

    def chosen(self) -> list:
        if self.cleaned_data["everybody"]:
            return list(self.known.values())
        return [self.known[pk] for pk in self.cleaned_data["subjects"]]


class NameForm(forms.Form):
    q = forms.CharField(label=_("Name, with or without accents"), max_length=100)
