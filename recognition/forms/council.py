"""Forms of a session of the council: the session with its members, and the votes of one village in a table."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import nfc

from ..domain.council.agenda import CouncilVote
from ..domain.council.sessions import Seat
from ..models import CouncilItem, CouncilMember, CouncilSession
from .meetings import day_input, paragraphs

EMPTY_SEATS = 4
LEAST_SEATS = 9


class SessionForm(forms.ModelForm):
    class Meta:
        model = CouncilSession
        fields = ["held_on", "in_writing", "chair", "secretary", "minutes"]
        widgets = {"held_on": day_input(), "minutes": paragraphs()}
        help_texts = {
            "held_on": _("Day/month/year."),
            "in_writing": _("Members gave their opinion on paper; who did counts as present."),
            "minutes": _("What was said, in your own words."),
        }


class SeatForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    position = forms.CharField(label=_("Position"), max_length=150, required=False)
    of_association = forms.BooleanField(label=_("For the association"), required=False)
    present = forms.BooleanField(label=_("Present"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        number = int(self.prefix.rsplit("-", 1)[-1]) + 1
        for field in self.fields.values():
            label = _("Member %(number)s: %(field)s") % {"number": number, "field": field.label}
            field.widget.attrs |= {"aria-label": label, "autocomplete": "off"}

    @property
    def seat(self) -> Seat | None:
        """None for a line without a name."""
        given = self.cleaned_data
        name = " ".join(nfc(given.get("name", "")).split())
        if not name:
            return None
        position = " ".join(nfc(given["position"]).split())
        return Seat(name, position, given["of_association"], given["present"])


SeatsFormSet = forms.formset_factory(SeatForm, extra=0, max_num=99, absolute_max=120)


def seats_form(data, members: Iterable[CouncilMember]):
    """One line a member, and some empty ones; saving gives more."""
    lines = [
        {
            "name": each.name,
            "position": each.position,
            "of_association": each.of_association,
            "present": each.present,
        }
        for each in members
    ]
    empty = max(EMPTY_SEATS, LEAST_SEATS - len(lines))
    return SeatsFormSet(
        data, initial=[*lines, *({"present": True} for _line in range(empty))], prefix="seats"
    )


class CouncilVotesForm(forms.Form):
    """Four fields a row: on the agenda, for, against, reasons."""

    def __init__(self, *args, items: Iterable[CouncilItem], **kwargs):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self._add(item, "in", forms.BooleanField(required=False, initial=True), _("on the agenda"))
            for name in ("for", "against"):
                label = _("for") if name == "for" else _("against")
                self._add(item, name, _votes(getattr(item, f"votes_{name}")), label)
            reason = forms.CharField(
                required=False, initial=item.reason, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
            self._add(item, "reason", reason, _("reasons"))

    def _add(self, item: CouncilItem, name: str, field: forms.Field, label) -> None:
        field.label = f"{item.assessment.subject}: {label}"
        field.widget.attrs["aria-label"] = field.label
        self.fields[f"{name}_{item.assessment_id}"] = field

    @property
    def lines(self):
        """[(item, field "on the agenda", field "for", field "against", field "reasons")]"""
        names = ("in", "for", "against", "reason")
        return [(item, *(self[f"{name}_{item.assessment_id}"] for name in names)) for item in self.items]

    @property
    def votes(self) -> dict[int, CouncilVote | None]:
        given = self.cleaned_data
        return {
            pk: CouncilVote(given[f"for_{pk}"], given[f"against_{pk}"], nfc(given[f"reason_{pk}"]).strip())
            if given[f"in_{pk}"]
            else None
            for pk in (item.assessment_id for item in self.items)
        }


def _votes(initial: int) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(min_value=0, max_value=99, initial=initial, widget=widget)
