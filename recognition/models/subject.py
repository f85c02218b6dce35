import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.places.fields import FoldedField, NameKeyField, SortKeyField
from portal.text import fold
from recognition.enums import SubjectKind, SubjectState

IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)")  # of an identity card, old and new
READERS = (
    Role.OFFICER,
    Role.VERIFIER,
    Role.CLERK,
    Role.ISSUER,
    Role.ORGANISER,
    Role.VIEWER,
    Role.AUDITOR,
)


def refuse_identity_numbers(text: str) -> None:
    """Raises ValidationError: the books need names, and no number that identifies a person (Luật 91/2025/QH15)."""
    if IDENTITY_NUMBER.search(re.sub(r"(?<=\d)[ .](?=\d)", "", text)):
        raise ValidationError(_("Please leave out numbers of identity cards: the books do not need them."))


class SubjectQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state=SubjectState.LIVE)

    def holders(self):
        """Those to which a citizen may belong."""
        return self.live().exclude(kind=SubjectKind.CITIZEN)

    def visible_to(self, user, date=None):
        """Those in the places that a role of the person reaches on `date` (today): the only door to the books."""
        return self.filter(place__in=places_reached(user, READERS, date).values("pk"))

    def attach_to(self, rows):
        """Give each of the rows its subject, in one query for thousands; `prefetch_related_objects` asks with an OR a row,
        which is too deep a tree for SQLite."""
        found = {subject.pk: subject for subject in self.filter(pk__among={row.subject_id for row in rows})}
        for row in rows:
            row.subject = found[row.subject_id]

    def named_like(self, text):
        """A part of a name, with or without accents."""
        return self.filter(folded_name__contains=fold(text))


class Subject(models.Model):
    """A family, clan, community, unit or citizen that may earn a title, in the village (or commune) it belongs to.

    What is kept of it is its name, what tells it from a namesake and, of a citizen, where the plan counts them: no number, no
    religion, no children. One that was
    entered twice is merged into the other; one that moved away or ceased to be is closed. None is deleted.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=SubjectKind.choices)
    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[refuse_identity_numbers],
        help_text=_("Of a family the name of its head, of a clan or a unit its own name."),
    )
    name_key = NameKeyField(source="name")
    folded_name = FoldedField(source="name")
    sort_name = SortKeyField(source="name")
    distinction = models.CharField(
        _("told apart by"),
        max_length=120,
        blank=True,
        validators=[refuse_identity_numbers],
        help_text=_("Only when two in one village have the same name, for example “Hamlet group 2”."),
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    member_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("belongs to"),
        help_text=_("Of a citizen: the family, clan, community or unit in which they are counted."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SubjectState.choices, default=SubjectState.LIVE, editable=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    closed_reason = models.CharField(_("reason for closing"), max_length=200, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("recognition", "subject")
        verbose_name_plural = pgettext_lazy("recognition", "subjects")
        ordering = ["sort_name", "pk"]
        indexes = [models.Index(fields=["place", "kind", "sort_name"], name="recognition_subject_of_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "place", "name_key", "distinction"],
                condition=Q(state="live"),
                name="recognition_subject_once_in_a_place",
                violation_error_message=_(
                    "The same name is in the books of this village already. If they are two, fill in what tells them apart."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(kind__in=SubjectKind.values),
                name="recognition_subject_is_named_and_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(member_of__isnull=True) | Q(kind="citizen"),
                name="recognition_subject_only_a_citizen_belongs",
                violation_error_message=_("Only a citizen belongs to a family, clan, community or unit."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["live", "closed"], merged_into__isnull=True)
                | Q(state="merged", merged_into__isnull=False),
                name="recognition_subject_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="recognition_subject_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(closed_reason="") | ~Q(state="closed") & Q(closed_reason=""),
                name="recognition_subject_closed_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.distinction})" if self.distinction else self.name

    def fill_keys(self):
        """The columns that follow from the name: `save` fills them by itself, a check before it or `bulk_update` does not."""
        for name in ("name_key", "folded_name", "sort_name"):
            self._meta.get_field(name).pre_save(self, add=False)

    @property
    def audit_name(self):
        """What the audit trail calls it."""
        return f"recognition.subject:{self.pk}"

    @property
    def kind_label(self):
        return SubjectKind(self.kind).noun

    def clean(self):
        self.fill_keys()
        if self.member_of and self.member_of.kind == SubjectKind.CITIZEN:
            raise ValidationError({"member_of": _("A citizen does not belong to another one.")})
