"""The form of a collection that is read: nothing of it is kept before somebody has seen what answers at its address."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.text import nfc

from ..domain.harvesting.probing import Seen
from ..models import Source
from .forms import LicenceInput

A_DAY = 24 * 60 * 60  # s that a look is good for
CONNECTION = ("protocol", "url", "query")  # what a look depends on
GROUPS = (
    (_("Where it is"), ("protocol", "url", "name")),
    (_("What is read of it"), ("prefix", "ticked", "other_sets", "query")),
    (_("What its records do not say"), ("language", "licence", "kind")),
    (_("When, and who looks at it"), ("schedule", "needs_review", "active")),
    (_("Getting on with each other"), ("contact", "pause", "keeps_deletions", "sweep_days")),
)


class SourceForm(forms.ModelForm):
    """`seen`: what the last look found; its sets and formats are there to choose from. `looking`: it is not kept yet, and
    the collection may say its name itself."""

    ticked = forms.MultipleChoiceField(
        label=_("Sets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only these parts of the collection. None ticked: all of it."),
    )
    other_sets = forms.CharField(
        label=_("Sets by their names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for OAI-PMH, one a line. Empty: all, or what is ticked above."),
    )

    class Meta:
        model = Source
        fields = [
            name for _heading, names in GROUPS for name in names if name not in ("ticked", "other_sets")
        ]
        widgets = {"licence": LicenceInput}
        labels = {"protocol": _("How it is asked")}
        help_texts = {
            "protocol": _(
                "The collection tells you which. OAI-PMH: most digital libraries. SRU: catalogues of libraries. OPDS: "
                "collections of e-books. RSS, Atom: news and journals. Else a website with a sitemap, or a sheet at an "
                "address."
            ),
            "schedule": _("By itself, in the background. You can always read it by hand as well."),
        }

    def __init__(self, *args, seen: Seen | None = None, looking: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.fields["name"].required = not looking
        if not self.instance.pk:
            self.fields["name"].help_text = _(
                "What it is called here. Leave it empty at first: the collection says itself what it is called."
            )
        else:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _("The name stays: the records of the collection are kept by it.")
        self.initial["other_sets"] = "\n".join(self.instance.sets)
        if seen and seen.sets:
            self.fields["ticked"].choices = [
                (spec, f"{name} ({spec})" if name and name != spec else spec) for spec, name in seen.sets
            ]
        else:
            del self.fields["ticked"]
        if seen and seen.formats:
            self._choose_format(seen)

    def _choose_format(self, seen: Seen) -> None:
        label = _("The best one: %(prefix)s") % {"prefix": seen.prefix} if seen.prefix else _("The best one")
        field = self.fields["prefix"]
        self.fields["prefix"] = forms.ChoiceField(
            label=field.label,
            required=False,
            help_text=field.help_text,
            choices=[("", label), *((prefix, f"{prefix} ({space})") for prefix, space in seen.formats)],
        )

    def clean(self):
        cleaned = super().clean()
        typed = nfc(cleaned.get("other_sets", "")).split("\n")
        sets = [*cleaned.get("ticked", ()), *(line.strip() for line in typed)]
        self.instance.sets = list(dict.fromkeys(filter(None, sets)))
        return cleaned

    def _get_validation_exclusions(self):
        """While one only looks, the name may still be missing."""
        excluded = super()._get_validation_exclusions()
        return excluded | {"name"} if not self.fields["name"].required else excluded

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for heading, names in GROUPS:
            yield heading, [self[name] for name in names if name in self.fields]

    @cached_property
    def connection(self) -> list[str]:
        return [str(self.cleaned_data.get(name, "")) for name in CONNECTION]

    def save(self, commit=True):
        if self.seen:
            self.instance.granularity = self.seen.granularity
        return super().save(commit)


def seal(seen: Seen, connection: list[str]) -> str:
    """For a hidden field: what was seen where, which nobody can write but we."""
    return signing.dumps([connection, seen.as_values()], salt=__name__, compress=True)


def unseal(sealed: str) -> tuple[list[str], Seen | None]:
    """Nothing for what is missing, old or not ours."""
    try:
        connection, values = signing.loads(sealed, salt=__name__, max_age=A_DAY)
    except signing.BadSignature:
        return [], None
    return connection, Seen.of_values(values)


def filled_in(post: QueryDict, seen: Seen) -> dict[str, Any]:
    """What was typed, and what the collection says of itself where nothing was; sets that it names become ticks."""
    data = post.copy()
    for name, said in (
        ("name", seen.name[: Source._meta.get_field("name").max_length]),
        ("contact", seen.contact[: Source._meta.get_field("contact").max_length]),
        ("keeps_deletions", seen.keeps_deletions),
    ):
        if said and not data.get(name):
            data[name] = said
    known = {spec for spec, _name in seen.sets}
    typed = [line.strip() for line in data.get("other_sets", "").split("\n")]
    data.setlist("ticked", list(dict.fromkeys([*data.getlist("ticked"), *(s for s in typed if s in known)])))
    data["other_sets"] = "\n".join(line for line in typed if line and line not in known)
    return data
