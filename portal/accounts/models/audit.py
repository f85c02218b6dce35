from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

START = "0" * 64  # what the first event of a chain follows
SHA256 = RegexValidator(r"^[0-9a-f]{64}$")


class AuditChain(models.Model):
    """The events of one place and year, in a row that each new one lengthens.

    `head` repeats the hash of the last event, so that one taken off the end is missed. A chain of samples may be removed
    as a whole; of any other the database lets no event go or change (migration 0002).
    """

    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    length = models.PositiveIntegerField(_("events"), default=0, editable=False)
    head = models.CharField(max_length=64, default=START, editable=False, validators=[SHA256])

    class Meta:
        verbose_name = _("audit trail")
        verbose_name_plural = _("audit trails")
        ordering = ["-year", "place__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "is_sample"], name="accounts_auditchain_one_a_year"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1996, 2100)), name="accounts_auditchain_possible_year"
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.year}"


class AuditEvent(models.Model):
    """One thing that somebody did, for ever: who, in which role, when, to what. `data` says what else matters.

    The name of the person is kept beside the account, as it was on that day; without an account the portal itself acted.
    """

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    actor_name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=16, blank=True)
    action = models.CharField(_("action"), max_length=40)
    object = models.CharField(_("what it was done to"), max_length=80)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, validators=[SHA256])
    hash = models.CharField(max_length=64, validators=[SHA256])

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["chain", "number"]
        indexes = [models.Index(fields=["object"], name="accounts_auditevent_object")]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="accounts_auditevent_one_a_number"),
            models.UniqueConstraint(
                fields=["chain", "previous"], name="accounts_auditevent_one_after_another"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="accounts_auditevent_counted_from_1"),
        ]

    def __str__(self):
        return f"{self.number}. {self.action} {self.object}"
