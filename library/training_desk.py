"""What the officers' corner shows of the library: the trainings that wait, and who has completed them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.desk import DeskEntry, Section
from portal.accounts.permissions import is_officer

from .domain.training import paths
from .domain.training_report import communes_overseen, trainings_begun


def training_entries(request) -> Iterator[DeskEntry]:
    if not is_officer(request.user):
        return
    standings = trainings_begun(request.user, paths())
    open_ones = [each for each in standings if not each.completion]
    for each in open_ones:
        done, steps = len(each.done), each.steps
        text = ngettext("%(done)d of %(steps)d step done.", "%(done)d of %(steps)d steps done.", steps)
        yield DeskEntry(
            Section.LEARNING,
            each.path.title,
            each.path.get_url(request),
            text % {"done": done, "steps": steps},
        )
    if standings:
        text = _("Your trainings, and the certificates of those you have completed.")
        yield DeskEntry(Section.LEARNING, _("My trainings"), reverse("library:training"), text)
    if standings and communes_overseen(request.user, timezone.localdate()).exists():
        yield DeskEntry(
            Section.LEARNING,
            _("Who has completed what"),
            reverse("library:training") + "#communes",
            _("The officers of the communes that you oversee, with their trainings."),
        )
