"""Collections of others that the library reads."""

import json
from hashlib import blake2b
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.text import fold

from ..enums import DeletionPolicy, HarvestSchedule, Kind, Language, SourceProtocol
from ..licences import validate_licence
from .labels import label_of
from .subjects import Subject
from .text import NormalisedText

LONGEST_NAME = 100
LONGEST_PAUSE = 60  # s; the worker has other things to do as well
POLITE_PAUSE = 1.0  # s
LONGEST_SCOPE = 32
SCOPE = ("protocol", "url", "prefix", "sets", "query")  # what of which collection is read


def validate_address(url: str) -> None:
    """Raises ValidationError unless it is an address of the web. Inner hosts have names of one word, so Django's own
    rule is too strict here; whether a host may be asked is decided when it is."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or any(letter.isspace() for letter in url):
        raise ValidationError(_("Write the whole address, beginning with https:// or http://."))


def validate_sets(sets: object) -> None:
    """Raises ValidationError unless it is a list of names, each once."""
    fine = isinstance(sets, list) and all(isinstance(each, str) and each.strip() for each in sets)
    if not fine or len(set(sets)) < len(sets):
        raise ValidationError(_("Name each set once."))


class Source(NormalisedText):
    """A collection that is read over the network. Its `name` is the `source` of its records (`SourceRecord`)."""

    name = models.CharField(
        _("name"),
        max_length=LONGEST_NAME,
        unique=True,
        help_text=_("How the collection is called here, for example “Thư viện tỉnh Cao Bằng”."),
    )
    protocol = models.CharField(_("protocol"), max_length=10, choices=SourceProtocol.choices)
    url = models.CharField(
        _("address"),
        max_length=1000,
        validators=[validate_address],
        help_text=_("The address at which the collection answers programs, as it was told to you."),
    )
    sets = models.JSONField(
        _("sets"),
        default=list,
        blank=True,
        validators=[validate_sets],
        help_text=_("Only these parts of the collection. Empty: all of it."),
    )
    prefix = models.CharField(
        _("format"),
        max_length=100,
        blank=True,
        help_text=_("The name that the collection gives to a format. Empty: the best one is chosen."),
    )
    query = models.CharField(
        pgettext_lazy("SRU", "query"),
        max_length=500,
        blank=True,
        help_text=_("For SRU: which records are wanted, in CQL."),
    )
    language = models.CharField(
        _("language"),
        max_length=3,
        choices=Language.choices,
        blank=True,
        help_text=_("Of records that do not state theirs."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        validators=[validate_licence],
        help_text=_("Of records that do not state theirs. Leave empty when it is not known."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        blank=True,
        help_text=_("Of records that do not state theirs."),
    )
    schedule = models.CharField(
        _("is read"), max_length=10, choices=HarvestSchedule.choices, default=HarvestSchedule.HAND
    )
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Whom to write to when it does not answer.")
    )
    pause = models.FloatField(
        _("pause between two requests"),
        default=POLITE_PAUSE,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_PAUSE)],
        help_text=_("In seconds, so that we are no burden to the collection."),
    )
    needs_review = models.BooleanField(
        _("new records wait for a librarian"),
        default=True,
        help_text=_("No reader sees what is new before a librarian has taken it."),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("A collection that is not in use is not read any more.")
    )
    keeps_deletions = models.CharField(
        _("deleted records"),
        max_length=10,
        choices=DeletionPolicy.choices,
        default=DeletionPolicy.UNKNOWN,
        blank=True,
        help_text=_(
            "A collection that does not always tell what it deletes is read as a whole now and then, to find out."
        ),
    )
    granularity = models.CharField(max_length=30, blank=True, editable=False)  # as Identify says
    response_date = models.CharField(max_length=40, blank=True, editable=False)  # the server's own clock
    scope_read = models.CharField(max_length=LONGEST_SCOPE, blank=True, editable=False)  # by then
    last_full_at = models.DateTimeField(_("last read as a whole"), null=True, blank=True, editable=False)
    sweep_days = models.PositiveSmallIntegerField(
        _("read as a whole every"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Days. Only for a collection that does not always tell what it deletes."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    get_protocol_display = label_of(SourceProtocol, "protocol")
    get_schedule_display = label_of(HarvestSchedule, "schedule")

    class Meta:
        ordering = ["name"]
        verbose_name = _("collection that is read")
        verbose_name_plural = _("collections that are read")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="library_source_has_a_name"),
            models.CheckConstraint(condition=~models.Q(url=""), name="library_source_has_an_address"),
            models.CheckConstraint(
                condition=models.Q(protocol__in=SourceProtocol.values), name="library_source_protocol_known"
            ),
            models.CheckConstraint(
                condition=models.Q(schedule__in=HarvestSchedule.values), name="library_source_schedule_known"
            ),
            models.CheckConstraint(
                condition=models.Q(keeps_deletions__in=DeletionPolicy.values),
                name="library_source_deletions_known",
            ),
            models.CheckConstraint(
                condition=models.Q(pause__range=(0, LONGEST_PAUSE)), name="library_source_pause_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(sweep_days__gte=1), name="library_source_swept_at_most_daily"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Records of another origin under its name would be taken for its own."""
        from .records import SourceRecord  # which knows of readings, and these of sources

        super().clean()
        if self.name and not self.pk and SourceRecord.objects.filter(source=self.name).exists():
            reason = _("Records of this name have been loaded from a sheet. Choose another name.")
            raise ValidationError({"name": reason})

    @property
    def scope(self) -> str:
        """A digest of what of which collection is read: with another one, what an earlier reading was offered and where
        it stopped says nothing any more."""
        said = json.dumps([getattr(self, name) for name in SCOPE])
        return blake2b(said.encode(), digest_size=LONGEST_SCOPE // 2).hexdigest()


class SubjectMapping(NormalisedText):
    """A word by which a source says what a record is about, and our subject for it; without a source, for all of them."""

    source = models.ForeignKey(
        Source,
        verbose_name=_("collection"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="subject_mappings",
        help_text=_("Empty: for all collections."),
    )
    word = models.CharField(
        _("word of the collection"),
        max_length=200,
        help_text=_("Accents and capitals do not count."),
    )
    subject = models.ForeignKey(
        Subject,
        verbose_name=pgettext_lazy("library", "subject"),
        on_delete=models.CASCADE,
        related_name="mappings",
    )

    class Meta:
        ordering = ["word", "pk"]
        verbose_name = _("subject for a word")
        verbose_name_plural = _("subjects for words")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "word"],
                name="library_mapping_word_once_a_source",
                violation_error_message=_("There is a subject for this word already."),
            ),
            models.UniqueConstraint(
                fields=["word"],
                condition=models.Q(source__isnull=True),
                name="library_mapping_word_once_for_all",
                violation_error_message=_("There is a subject for this word already."),
            ),
            models.CheckConstraint(condition=~models.Q(word=""), name="library_mapping_has_a_word"),
        ]

    def __str__(self):
        return f"{self.word} → {self.subject}"

    def clean_fields(self, exclude=None):
        self.word = fold(self.word or "")
        super().clean_fields(exclude=exclude)

    def save(self, *args, **kwargs):
        self.word = fold(self.word)
        super().save(*args, **kwargs)
