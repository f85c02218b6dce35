"""How far officers are in their training: steps, answers to the questions, and what was completed, frozen."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .learning_paths import LearningPath

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read off paper
CODE_LENGTH = 10


def new_code() -> str:
    """The part of an address that nobody guesses: 49 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class StepDone(models.Model):
    """A step that an officer has ticked off. `step` is the id of its block, which stays when an editor moves it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="steps_done")
    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="steps_done")
    step = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step that is done")
        verbose_name_plural = _("steps that are done")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "step"], name="library_step_done_once")
        ]

    def __str__(self):
        return f"{self.user_id}: {self.path_id}, {self.step}"


class QuizAttempt(models.Model):
    """One time that an officer handed in answers: how many of the questions of that day were right."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="attempts")
    score = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answers handed in")
        verbose_name_plural = _("answers handed in")
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "path"], name="library_attempt_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__lte=models.F("questions")), name="library_attempt_score_possible"
            )
        ]

    def __str__(self):
        return f"{self.user_id}: {self.path_id}, {self.score}/{self.questions}"


class Completion(models.Model):
    """A training that somebody completed, as it stands on the certificate for ever: with the name of the person, the title
    of the path, the commune and the association as they were on that day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="completions"
    )
    path = models.ForeignKey(LearningPath, on_delete=models.SET_NULL, null=True, related_name="completions")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()  # from 1 in each year
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    completed_on = models.DateField()
    person_name = models.CharField(max_length=150)
    commune_name = models.CharField(max_length=120, blank=True)
    path_title = models.CharField(max_length=255)
    association_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("completed training")
        verbose_name_plural = _("completed trainings")
        default_permissions = ()
        ordering = ["-completed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="library_completion_once_a_person"),
            models.UniqueConstraint(fields=["year", "serial"], name="library_completion_number_once"),
            models.CheckConstraint(
                condition=models.Q(serial__gte=1), name="library_completion_from_number_one"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.person_name}"

    def get_absolute_url(self):
        return reverse("library:certificate_check", args=[self.code])

    @property
    def number(self) -> str:
        """ "7/2026"."""
        return f"{self.serial}/{self.year}"
