"""Kinds and states of the sources that are harvested."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceProtocol(models.TextChoices):
    """How a source is asked."""

    OAI = "oai", "OAI-PMH"
    SRU = "sru", "SRU"
    OPDS = "opds", "OPDS"
    FEED = "feed", "RSS, Atom"
    SITEMAP = "sitemap", _("Website with a sitemap")
    SHEET = "sheet", _("Sheet at an address")

    @classmethod
    def lists_everything(cls) -> tuple["SourceProtocol", ...]:
        """Those that, read from the beginning, tell all there is; a feed only tells what came last."""
        return tuple(each for each in cls if each != cls.FEED)


class HarvestSchedule(models.TextChoices):
    """How often a source is read by itself."""

    HAND = "hand", _("Only by hand")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class DeletionPolicy(models.TextChoices):
    """Whether a source goes on telling of what it has deleted (`deletedRecord` of OAI-PMH 2.0)."""

    UNKNOWN = "", _("Not known")
    NO = "no", _("It does not tell what it deletes")
    TRANSIENT = "transient", _("It tells for a while what it has deleted")
    PERSISTENT = "persistent", _("It always tells what it has deleted")


class HarvestState(models.TextChoices):
    """The life of one reading of a source."""

    WAITING = "waiting", pgettext_lazy("harvest", "Waits for its turn")
    RUNNING = "running", pgettext_lazy("harvest", "Is being read")
    DONE = "done", pgettext_lazy("harvest", "Read to the end")
    FAILED = "failed", pgettext_lazy("harvest", "Broken off")
    CANCELLED = "cancelled", pgettext_lazy("harvest", "Stopped")

    @classmethod
    def at_work(cls) -> tuple["HarvestState", ...]:
        return (cls.WAITING, cls.RUNNING)

    @classmethod
    def broken_off(cls) -> tuple["HarvestState", ...]:
        """Ended before the end of the source; the next reading goes on from there."""
        return (cls.FAILED, cls.CANCELLED)
