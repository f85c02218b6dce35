"""What we found when we asked our own interfaces as another library would."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SelfTestQuerySet(models.QuerySet):
    def unfinished(self):
        """Those that wait for the worker or are being done."""
        return self.filter(finished_at=None)

    def finished(self):
        return self.filter(finished_at__isnull=False)


class SelfTest(models.Model):
    """One run over all interfaces below `base_url`; `passed` when each check did."""

    base_url = models.URLField(max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    passed = models.BooleanField(null=True)

    objects = SelfTestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["base_url"], condition=Q(finished_at=None), name="library_self_test_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, passed=None)
                | Q(finished_at__isnull=False, passed__isnull=False),
                name="library_self_test_judged_at_its_end",
            ),
        ]

    def __str__(self):
        return f"{self.base_url} {self.asked_at:%Y-%m-%d %H:%M}"


class SelfTestCheck(models.Model):
    """One thing that was looked at; `sentence` says what was found, in the language of the site."""

    self_test = models.ForeignKey(SelfTest, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    passed = models.BooleanField()
    sentence = models.CharField(max_length=1000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["self_test", "number"], name="library_self_test_check_once")
        ]

    def __str__(self):
        return f"{self.part}: {self.name}"
