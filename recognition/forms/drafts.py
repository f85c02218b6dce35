"""Forms of a draft of a criteria set: its facts, its groups, its rules and the overview with order and points."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.places.models import Place
from portal.text import nfc, slug

from ..domain.criteria_drafts.rules_in_words import Band, Level, Rules
from ..enums import Area, ScopeLevel, ScoringModel
from ..models import Assessment, CriteriaGroup, CriteriaSet, Round


class Lines(forms.CharField):
    """A text with one entry a line, as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = nfc(super().to_python(value)).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


class DateInput(forms.DateInput):
    def __init__(self):
        super().__init__(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})


class FactsForm(forms.ModelForm):
    """What the set is and which document it comes from. A draft may lack nearly everything; publishing says what is missing."""

    scope_levels = forms.MultipleChoiceField(
        label=_("Used at which level"),
        choices=ScopeLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    gaps = Lines(
        label=_("What is still missing"),
        required=False,
        help_text=_("One a line. The set can be published once this is empty: nothing is made up."),
    )

    class Meta:
        model = CriteriaSet
        fields = [
            "title",
            "subject_kind",
            "scope_levels",
            "document",
            "issuer",
            "issue_date",
            "source_url",
            "valid_from",
            "valid_to",
            "scoring_model",
            "total_points",
            "validity_months",
            "gaps",
        ]
        widgets = {"issue_date": DateInput, "valid_from": DateInput, "valid_to": DateInput}
        labels = {
            "subject_kind": _("For which title"),
            "scoring_model": _("How a sheet is judged"),
            "validity_months": _("How many months the title is valid"),
            "document": _("Source document: number, date and name"),
            "total_points": _("Points in all"),
        }
        help_texts = {
            "total_points": _("Only where points are counted."),
            "validity_months": _("Empty where the document says nothing."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].required = False
        self.fields["scoring_model"].choices = [
            (model.value, model.label) for model in ScoringModel if model != ScoringModel.NONE
        ]

    def clean(self):
        found = super().clean()
        if found.get("valid_from") and found.get("valid_to") and found["valid_to"] < found["valid_from"]:
            self.add_error("valid_to", _("The last day in force lies before the first."))
        return found

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the new set"),
        max_length=60,
        help_text=_("Short and its own, for example “QD242-2022-GDHT”. It stays for good."),
    )

    def clean_code(self):
        code = " ".join(nfc(self.cleaned_data["code"]).split())
        if not slug(code):
            raise forms.ValidationError(_("Write letters or digits."))
        return code


class GroupForm(forms.ModelForm):
    class Meta:
        model = CriteriaGroup
        fields = ["code", "name", "max_points", "incomplete"]
        labels = {
            "max_points": _("Points of the group"),
            "incomplete": _("Not all criteria of this group are known yet"),
        }
        help_texts = {"max_points": _("Only where points are counted.")}


class BandForm(forms.Form):
    label = forms.CharField(label=_("Name"), max_length=100)
    least = forms.IntegerField(label=_("From how many points"), min_value=0, max_value=1000)
    area = forms.ChoiceField(
        label=pgettext_lazy("criteria set", "In which area"),
        choices=[("", pgettext_lazy("criteria set", "every area")), *Area.choices],
        required=False,
    )

    def band(self) -> Band:
        found = self.cleaned_data
        return Band(found["label"], found["least"], Area(found["area"]) if found["area"] else None)


class LevelForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=10, help_text=_("For example 1 or 2; the lowest first.")
    )
    label = forms.CharField(label=_("Name"), max_length=100)

    def level(self) -> Level:
        return Level(self.cleaned_data["code"], self.cleaned_data["label"])


BandFormSet = forms.formset_factory(BandForm, extra=3, can_delete=True, max_num=20)
LevelFormSet = forms.formset_factory(LevelForm, extra=2, can_delete=True, max_num=10)


class ConditionsForm(forms.Form):
    """The conditions beside the total; which of them there are depends on how the set judges."""

    floor = forms.IntegerField(
        label=_("Lowest mark that every criterion must have"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("With one criterion below it the title is not reached, whatever the total is."),
    )
    waiting = forms.IntegerField(
        label=_("Months between a level and the next"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Empty where the document asks for no wait."),
    )
    evidence = forms.BooleanField(
        label=_("Without evidence a criterion counts as not met"),
        required=False,
        help_text=_("For all criteria. For a single one, tick it at the criterion."),
    )

    def __init__(self, *args, model: str, **kwargs):
        super().__init__(*args, **kwargs)
        if model != ScoringModel.POINTS_WITH_FLOOR:
            del self.fields["floor"]
        if model != ScoringModel.ALL_TARGETS_MET:
            del self.fields["waiting"]


class RulesForms:
    """The conditions and the rows of bands or levels, sent together."""

    def __init__(self, criteria_set: CriteriaSet, data=None):
        known = Rules.of(criteria_set.rules)
        self.by_levels = criteria_set.scoring_model == ScoringModel.ALL_TARGETS_MET
        initial = {"floor": known.floor, "waiting": known.waiting, "evidence": known.evidence}
        self.conditions = ConditionsForm(data, initial=initial, model=criteria_set.scoring_model)
        rows = known.levels if self.by_levels else known.bands
        formset = LevelFormSet if self.by_levels else BandFormSet
        self.rows = formset(data, initial=[row._asdict() for row in rows], prefix="rows")

    def is_valid(self) -> bool:
        both = self.conditions.is_valid(), self.rows.is_valid()
        return all(both)

    def rules(self) -> Rules:
        kept = [
            form
            for form in self.rows.forms
            if form.has_changed() or form.initial
            if not form.cleaned_data.get("DELETE")
            if form.cleaned_data
        ]
        found = self.conditions.cleaned_data
        return Rules(
            bands=[] if self.by_levels else [form.band() for form in kept],
            levels=[form.level() for form in kept] if self.by_levels else [],
            floor=found.get("floor"),
            waiting=found.get("waiting"),
            evidence=found["evidence"],
        )


class WhatIfForm(forms.Form):
    """On whose sheets a draft is tried."""

    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none())
    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Place.objects.none(), required=False, empty_label=_("All communes")
    )

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds
        communes = Assessment.objects.filter(round__in=rounds).values("commune")
        self.fields["commune"].queryset = Place.objects.filter(pk__in=communes)


class ArrangeForm(forms.Form):
    """Order and points of every group and criterion of a draft; fields "order-g1", "points-c2" and so on."""

    def __init__(self, *args, groups: list[CriteriaGroup], by_points: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_points = by_points
        for group in groups:
            self._add(f"g{group.pk}", group, {"data-group-points": group.pk})
            for criterion in group.criteria.all():
                self._add(f"c{criterion.pk}", criterion, {"data-criterion-points": group.pk})

    def _add(self, key: str, row, data: dict):
        about = {"code": row.code}
        order = forms.NumberInput(attrs={"aria-label": _("Place of %(code)s in the order") % about})
        self.fields[f"order-{key}"] = forms.IntegerField(
            min_value=0, max_value=9999, initial=row.position, widget=order
        )
        if self.by_points:
            points = forms.NumberInput(attrs={"aria-label": _("Points of %(code)s") % about, **data})
            self.fields[f"points-{key}"] = forms.IntegerField(
                min_value=0, max_value=1000, initial=row.max_points, widget=points, required=False
            )

    def of(self, prefix: str) -> dict:
        """{"g1": number, ...} of "order" or of "points"."""
        return {
            name.removeprefix(f"{prefix}-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{prefix}-")
        }
