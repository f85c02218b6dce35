from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import LinkState
from .labels import label_of
from .renditions import Rendition


class LinkCheck(models.Model):
    """What the link checker knows of one link. `code` is the HTTP status, empty when no server answered."""

    rendition = models.OneToOneField(Rendition, on_delete=models.CASCADE, related_name="check_of_link")
    url = models.URLField(_("address"), max_length=1000)  # as checked: another one is checked anew
    state = models.CharField(_("state"), max_length=10, choices=LinkState.choices)
    code = models.PositiveSmallIntegerField(_("answer"), null=True)
    problem = models.CharField(_("what happened"), max_length=300, blank=True)
    final_url = models.URLField(_("new address"), max_length=1000, blank=True)
    checked_on = models.DateField(_("checked"), db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)  # days in a row on which it failed
    failing_since = models.DateField(_("since"), null=True)

    get_state_display = label_of(LinkState, "state")

    class Meta:
        ordering = ["failing_since", "pk"]
        verbose_name = _("link that was checked")
        verbose_name_plural = _("links that were checked")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failures=0, failing_since__isnull=True)
                | models.Q(failures__gt=0, failing_since__isnull=False),
                name="library_link_failing_since_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LinkState.MOVED) | ~models.Q(final_url=""),
                name="library_link_moved_to_an_address",
            ),
        ]

    def __str__(self):
        return self.url
