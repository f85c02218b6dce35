"""Forms of a village meeting: its minutes, and the votes in one table."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import nfc

from ..domain.council.meetings import Vote
from ..models import Assessment, VillageMeeting


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"})


def paragraphs(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(forms.ModelForm):
    class Meta:
        model = VillageMeeting
        fields = ["held_on", "households", "attending", "chair", "secretary", "minutes"]
        widgets = {"held_on": day_input(), "minutes": paragraphs()}
        help_texts = {
            "held_on": _("Day/month/year."),
            "households": _("All households that live in the village."),
            "minutes": _("What was asked and answered, in your own words."),
        }


class VotesForm(forms.Form):
    """Three fields a row: whether it was voted on, how many were for it (empty: all who attended), a remark."""

    def __init__(self, *args, rows: Iterable[Assessment], earlier: dict[int, Vote] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.assessments = list(rows)
        for row in self.assessments:
            before = earlier.get(row.pk) if earlier is not None else None
            asked = before is not None if earlier is not None else row.voted is None
            self.fields[f"in_{row.pk}"] = forms.BooleanField(required=False, initial=asked)
            self.fields[f"for_{row.pk}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=100_000,
                initial=before and before.votes_for,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"note_{row.pk}"] = forms.CharField(
                required=False, max_length=300, initial=before and before.note
            )
            for name, label in (
                (f"in_{row.pk}", _("voted on")),
                (f"for_{row.pk}", _("for")),
                (f"note_{row.pk}", _("remark")),
            ):
                self.fields[name].label = f"{row.subject}: {label}"
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    @property
    def lines(self):
        """[(assessment, field "voted on", field "for", field "remark")]"""
        names = ("in", "for", "note")
        return [(row, *(self[f"{name}_{row.pk}"] for name in names)) for row in self.assessments]

    @property
    def votes(self) -> dict[int, Vote]:
        given = self.cleaned_data
        return {
            row.pk: Vote(given[f"for_{row.pk}"], nfc(given[f"note_{row.pk}"]))
            for row in self.assessments
            if given[f"in_{row.pk}"]
        }
