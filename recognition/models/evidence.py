from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.reach import archive_reached
from portal.accounts.models.audit import SHA256
from recognition.enums import EvidenceKind

from .assessment import Assessment
from .subject import READERS


def private_storage():
    """Outside what a web server hands out: views give its files to those who may see them."""
    return storages["evidence"]


class EvidenceFile(models.Model):
    """A file once, however many pieces of evidence it serves. Photos are drawn anew before: no place, no camera."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False, validators=[SHA256])
    file = models.FileField(_("file"), storage=private_storage, upload_to="evidence/%Y", max_length=300)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    used_at = models.DateTimeField(
        auto_now_add=True
    )  # sent last: until it is tied to something it is kept a day

    class Meta:
        verbose_name = _("file of evidence")
        verbose_name_plural = _("files of evidence")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="recognition_evidencefile_is_not_empty"),
        ]

    def __str__(self):
        return self.sha256[:12]


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user, date=None):
        """The only door, to the files too: what proves an assessment that the person may see, all of the communes that a role
        of theirs reaches, and what they have added themselves."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        reached = archive_reached(user, READERS, date).values("pk")
        seen = EvidenceCover.objects.filter(assessment__in=Assessment.objects.visible_to(user, date))
        return self.filter(Q(pk__in=seen.values("evidence")) | Q(commune__in=reached) | Q(added_by=user))


class Evidence(models.Model):
    """What proves one criterion, for one assessment or for many: the list of a school covers all families on it."""

    round = models.ForeignKey("recognition.Round", on_delete=models.PROTECT, related_name="evidence")
    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey("recognition.Criterion", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of evidence"), max_length=11, choices=EvidenceKind.choices)
    file = models.ForeignKey(
        EvidenceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    link = models.URLField(_("address"), max_length=500, blank=True)
    document_number = models.CharField(_("number of the document"), max_length=120, blank=True)
    dated = models.DateField(_("dated"), null=True, blank=True)
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    assessments = models.ManyToManyField(
        "recognition.Assessment", through="recognition.EvidenceCover", related_name="evidence"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["criterion", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["photo", "file"], file__isnull=False)
                | (Q(kind="link", file__isnull=True) & ~Q(link=""))
                | (Q(kind="doc_no", file__isnull=True) & ~Q(document_number=""))
                | (Q(kind="attestation", file__isnull=True) & ~Q(note="")),
                name="recognition_evidence_is_what_its_kind_says",
            ),
        ]

    def __str__(self):
        return self.note or self.document_number or self.link or self.file_name or str(self.pk)

    def get_absolute_url(self):
        return reverse("recognition:evidence", args=[self.pk])

    @property
    def is_photo(self):
        return self.kind == EvidenceKind.PHOTO


class EvidenceCover(models.Model):
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="covers")
    assessment = models.ForeignKey("recognition.Assessment", on_delete=models.CASCADE, related_name="covers")

    class Meta:
        verbose_name = _("who is covered by a piece of evidence")
        verbose_name_plural = _("who is covered by evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "evidence"], name="recognition_evidence_covers_once"
            ),
        ]

    def __str__(self):
        return f"{self.evidence_id} → {self.assessment_id}"
