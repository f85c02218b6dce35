"""The form of one criterion of a draft: what it asks stands in plain fields, by level and by area."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from ..display.criteria import PARTS as PARTS_OF_SETS
from ..display.criteria import part_label
from ..domain.criteria_drafts.rules_in_words import Level, Rules
from ..enums import ScoringModel, TargetKind, Trend
from ..models import CriteriaGroup, CriteriaSet, Criterion
from .drafts import Lines

PARTS = (1, 2)


class CriterionForm(forms.ModelForm):
    """Fields beside those of the model, each named after the kind it belongs to: `ratio_0` (first level), `ratio_0_hard`
    (the same in a disadvantaged area), `pair_1_name`, `pair_1_0`, `band_0`, `count`, `trend`, `full_ratio`."""

    sub_items = Lines(label=_("What it consists of"), required=False, help_text=_("One a line."))

    class Meta:
        model = Criterion
        fields = [
            "group",
            "code",
            "text",
            "kind",
            "max_points",
            "evidence_required",
            "evidence_hint",
            "applies_if",
            "note",
            "sub_items",
            "truncated_in_source",
            "from_draft",
        ]
        labels = {
            "group": _("Group"),
            "text": _("What is asked, as in the document"),
            "max_points": _("Points at most"),
            "evidence_required": _("Without evidence it counts as not met"),
            "evidence_hint": _("What can serve as evidence"),
            "applies_if": _("Applies only to"),
            "truncated_in_source": _("The text is cut off in what was read"),
            "from_draft": _("The wording comes from a draft, not from the document itself"),
        }
        help_texts = {
            "applies_if": _("Empty: to everybody. Otherwise who it is not for may answer “does not apply”."),
            "kind": _("What an answer to it looks like."),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "evidence_hint": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, draft: CriteriaSet, **kwargs):
        super().__init__(*args, **kwargs)
        self.levels: list[Level] = Rules.of(draft.rules).levels
        self.by_points = draft.scoring_model != ScoringModel.ALL_TARGETS_MET
        self.fields["group"].queryset = CriteriaGroup.objects.filter(criteria_set=draft)
        self.asked = dict(self.instance.requirement) if self.instance.pk else {}
        if self.by_points:
            del self.fields["kind"]
            self._add(
                "full_ratio", _("Share for full points (%)"), self.asked.get("required_ratio_pct"), most=100
            )
            return
        del self.fields["max_points"]
        kinds = [kind for kind in TargetKind if kind != TargetKind.POINTS]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self._add_targets()

    def _add_targets(self):
        for number, level, hard, label in self._cases():
            self._add(f"ratio_{number}{hard}", label, self._least(level, hard, ""), most=100)
        for part in PARTS:
            name = self._part_names()[part - 1]
            self._add_text(
                f"pair_{part}_name", _("Name of ratio %(number)s") % {"number": part}, part_label(name)
            )
            for number, level, hard, label in self._cases():
                self._add(f"pair_{part}_{number}{hard}", label, self._least(level, hard, name), most=100)
        for number, level in enumerate(self.levels):
            least = self.asked.get("min_band_vi", {}).get(level.code)
            self._add_text(f"band_{number}", _("%(level)s: at least") % {"level": level.label}, least)
        self._add("count", _("At least how many"), self.asked.get("min_count"), most=1_000_000)
        self.fields["trend"] = forms.ChoiceField(
            label=_("What the figure must do"),
            choices=[("", "---------"), *Trend.choices],
            initial=self.asked.get("trend"),
            required=False,
        )

    def _cases(self) -> Iterator[tuple[int, Level, str, str]]:
        """Every level in both areas, with the label of its field."""
        for number, level in enumerate(self.levels):
            yield number, level, "", _("%(level)s: at least (%%)") % {"level": level.label}
            yield (
                number,
                level,
                "_hard",
                _("%(level)s in a disadvantaged area: at least (%%)") % {"level": level.label},
            )

    def _part_names(self) -> tuple[str, str]:
        found = next(
            (each for each in self.asked.get("min_ratio_pct", {}).values() if isinstance(each, dict)), {}
        )
        return (*found, "", "")[:2]

    def _least(self, level: Level, hard: str, part: str) -> int | None:
        found = self.asked.get("min_ratio_pct_disadvantaged" if hard else "min_ratio_pct", {}).get(level.code)
        if isinstance(found, Mapping):
            return found.get(part) if part else None
        return None if part else found

    def _add(self, name: str, label: str, initial: int | None, most: int):
        self.fields[name] = forms.IntegerField(
            label=label, min_value=0, max_value=most, initial=initial, required=False
        )

    def _add_text(self, name: str, label: str, initial: str | None):
        self.fields[name] = forms.CharField(label=label, max_length=100, initial=initial, required=False)

    def fieldsets(self) -> list[tuple[str, str, list]]:
        """[(kind or "", its name, bound fields)]: the fields in the order of the page; those of a kind stand together."""
        of_kind = {kind: [] for kind in ("", *TargetKind.values)}
        for field in self.visible_fields():
            prefix = field.name.split("_")[0]
            kind = {"pair": TargetKind.RATIO_PAIR, "full": ""}.get(prefix, prefix)
            own = field.name not in self.Meta.fields and kind in of_kind
            of_kind[kind if own else ""].append(field)
        return [
            (kind, TargetKind(kind).label if kind else "", fields)
            for kind, fields in of_kind.items()
            if fields
        ]

    def clean(self):
        found = super().clean()
        for part in PARTS if found.get("kind") == TargetKind.RATIO_PAIR else ():
            if not found.get(f"pair_{part}_name"):
                self.add_error(
                    f"pair_{part}_name", _("Name both ratios: their answers are told apart by it.")
                )
        return found

    def values(self) -> dict:
        """What `editing.put_criterion` takes."""
        own = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        own.pop("group")
        kind = TargetKind.POINTS if self.by_points else TargetKind(own["kind"])
        return {"max_points": None, **own, "kind": kind, "requirement": self._requirement(kind)}

    def _requirement(self, kind: TargetKind) -> dict:
        """What was asked in a way this form does not show stays; what belongs to another kind goes."""
        found, kept = self.cleaned_data, {}
        if "same_target_as" in self.asked:
            kept["same_target_as"] = self.asked["same_target_as"]
        written = {
            TargetKind.POINTS: lambda: {"required_ratio_pct": found.get("full_ratio")},
            TargetKind.RATIO: lambda: {key: self._ratios(hard) for key, hard in RATIOS},
            TargetKind.RATIO_PAIR: lambda: {key: self._pairs(hard) for key, hard in RATIOS},
            TargetKind.BAND: lambda: {"min_band_vi": self._by_level("band_{}")},
            TargetKind.COUNT: lambda: {"min_count": found.get("count")},
            TargetKind.TREND: lambda: {"trend": found.get("trend")},
            TargetKind.YES_NO: dict,
        }[kind]()
        return kept | {key: value for key, value in written.items() if value not in (None, "", {})}

    def _by_level(self, name: str) -> dict:
        given = {
            level.code: self.cleaned_data.get(name.format(number)) for number, level in enumerate(self.levels)
        }
        return {code: value for code, value in given.items() if value not in (None, "")}

    def _ratios(self, hard: str) -> dict:
        return self._by_level("ratio_{}" + hard)

    def _pairs(self, hard: str) -> dict:
        names = [_part_key(self.cleaned_data[f"pair_{part}_name"]) for part in PARTS]
        parts = [self._by_level(f"pair_{part}_{{}}{hard}") for part in PARTS]
        both = [level.code for level in self.levels if all(level.code in each for each in parts)]
        return {code: dict(zip(names, (each[code] for each in parts), strict=True)) for code in both}


RATIOS = (("min_ratio_pct", ""), ("min_ratio_pct_disadvantaged", "_hard"))


def _part_key(label: str) -> str:
    """The name under which published sets keep it, where they do."""
    return next((key for key in PARTS_OF_SETS if part_label(key) == label), label)
