"""What librarians teach the search: words that mean the same, and what to show first."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from portal.text import nfc

from ..typed import plain, words_of

MOST_TERMS = 20  # of one group
LONGEST_TERM = 12  # syllables
MOST_PICKS = 5


class EditorialStamp(models.Model):
    """One row that changes in the transaction of every change to synonyms and picks: what a process keeps of them
    holds as long as the stamp is the same."""

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.stamp)

    @classmethod
    def read(cls) -> uuid.UUID | None:
        """None while nothing has ever been changed."""
        return next(iter(cls.objects.values_list("stamp", flat=True)[:1]), None)

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})


class SynonymKind(models.TextChoices):
    REGIONAL = "regional", _("Words of regions")
    ABBREVIATION = "abbreviation", _("Abbreviation")
    ETHNONYM = "ethnonym", _("Name of a people")
    PLACE = "place", _("Name of a place")
    SPELLING = "spelling", _("Spelling")
    TOPIC = "topic", _("Topic")


class SynonymGroup(models.Model):
    """Terms that find each other, one step only: terms that two groups share do not join them."""

    terms = models.TextField(
        _("words that mean the same"), help_text=_("One on each line; the usual one first.")
    )
    hidden = models.TextField(
        _("words that are understood but never shown"),
        blank=True,
        help_text=_("One on each line: old or hurtful names that readers may still type."),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=SynonymKind.choices, default=SynonymKind.REGIONAL
    )
    ambiguous = models.BooleanField(
        _("these words also mean other things"),
        default=False,
        help_text=_(
            "Then one stands for the other only beside the words it was typed with: “bản” (village) finds “thôn”, "
            "but “văn bản” (document) does not find “văn hóa thôn”."
        ),
    )

    class Meta:
        ordering = ["terms"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return ", ".join(self.shown_terms)

    def clean(self):
        self.terms, self.hidden = (_one_a_line(text) for text in (self.terms, self.hidden))
        terms = self.all_terms
        if len({words_of(term) for term in terms}) < 2:
            raise ValidationError(
                {"terms": _("Write at least two different words, each on a line of its own.")}
            )
        if len(terms) > MOST_TERMS:
            raise ValidationError({"terms": _("Please make several groups: one takes 20 words.")})
        if any(not 0 < len(words_of(term)) <= LONGEST_TERM for term in terms):
            raise ValidationError(_("Each line needs letters or digits, and at most 12 syllables."))

    @property
    def shown_terms(self) -> list[str]:
        return self.terms.splitlines()

    @property
    def hidden_terms(self) -> list[str]:
        return self.hidden.splitlines()

    @property
    def all_terms(self) -> list[str]:
        return [*self.shown_terms, *self.hidden_terms]


class Pick(models.Model):
    """What stands first when readers search for `query`, chosen by hand."""

    query = models.CharField(
        _("words of the search"),
        max_length=200,
        help_text=_("As readers type them; accents and capitals do not matter."),
    )
    folded = models.CharField(max_length=200, unique=True, editable=False)
    addresses = models.TextField(
        _("what to show first"),
        help_text=_("Addresses of this site, one on each line, at most five: /r/12 or /tin-tuc/..."),
    )

    class Meta:
        ordering = ["folded"]
        verbose_name = _("chosen result")
        verbose_name_plural = _("chosen results")

    def __str__(self):
        return self.query

    def save(self, *args, **kwargs):
        self.folded = plain(self.query)
        super().save(*args, **kwargs)

    def clean(self):
        self.folded = plain(self.query)
        self.addresses = _one_a_line(self.addresses)
        if not self.folded:
            raise ValidationError({"query": _("Write at least one word.")})
        if Pick.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"query": _("There is already a choice for these words.")})
        if len(self.addresses.splitlines()) > MOST_PICKS:
            raise ValidationError({"addresses": _("Please choose at most five.")})


def _one_a_line(text: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (" ".join(line.split()) for line in nfc(text).splitlines()))))


def _renew(**kwargs):
    EditorialStamp.renew()


for _model in (SynonymGroup, Pick):
    for _signal in (post_save, post_delete):
        _signal.connect(_renew, sender=_model, dispatch_uid=f"search-editorial-{_model._meta.label}")
