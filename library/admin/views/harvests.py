"""The readings of a collection in the admin: begin one, watch it, stop it, and see what could not be read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from ...domain.harvesting import reviewing, running, scheduling
from ...harvest_tasks import begin
from ...models import Harvest, HarvestFailure, SourceRecord
from ..raw_text import as_file, legible
from .sources import SourceDesk

LOOK_AGAIN = 5  # s between two looks at a reading
RUNS = 20  # a page
FAILURES = 25


class SourcePage(SourceDesk):
    """One collection: what was read of it, when it is read next, and the buttons. Field `action`: "read", "full", "stop"."""

    template_name = "library/admin/source.html"

    def get_page_title(self):
        return self.source.name

    @property
    def way_here(self):
        return []

    @cached_property
    def current(self) -> Harvest | None:
        return self.source.harvests.at_work().first()

    @property
    def header_buttons(self):
        pk = [self.source.pk]
        return [
            HeaderButton(
                pgettext("collection that is read", "Settings"),
                url=reverse("library_sources:settings", args=pk),
                icon_name="cog",
            ),
            HeaderButton(
                _("Subjects for their words"),
                url=reverse("library_sources:words_of", args=pk),
                icon_name="tag",
            ),
        ]

    def get_context_data(self, **kwargs):
        runs = self.source.harvests.select_related("started_by")
        return super().get_context_data(**kwargs) | {
            "source": self.source,
            "current": self.current,
            "look_again": LOOK_AGAIN if self.current else 0,
            "next_due": scheduling.next_due(self.source),
            "records": SourceRecord.objects.filter(source=self.source.name).count(),
            "waits": reviewing.waiting(self.source).count(),
            "runs": Paginator(runs, RUNS).get_page(self.request.GET.get("p")),
        }

    def post(self, request, *args, **kwargs):
        actions = {"read": self._read, "full": self._read_all, "stop": self._stop}
        if action := actions.get(request.POST.get("action")):
            action()
        return redirect("library_sources:edit", self.source.pk)

    def _read(self, full: bool = False):
        if not self.source.active:
            messages.warning(
                self.request, _("The collection is not in use. Change that in its settings first.")
            )
            return
        try:
            begin(self.source, full=full, by=self.request.user)
        except running.AtWork as busy:
            messages.warning(self.request, str(busy))
            return
        log(instance=self.source, action="library.harvest", data={"full": full})
        messages.success(self.request, _("It is read in the background. You may leave this page."))

    def _read_all(self):
        self._read(full=True)

    def _stop(self):
        stop(self.request, self.current)


class HarvestPage(SourceDesk):
    """One reading: its figures, what was odd, and the records that could not be read. Field `action`: "stop"."""

    template_name = "library/admin/harvest.html"

    @cached_property
    def harvest(self) -> Harvest:
        found = Harvest.objects.select_related("source", "started_by")
        return get_object_or_404(found, pk=self.kwargs["run"], source=self.source)

    def get_page_title(self):
        begun = timezone.localtime(self.harvest.created_at)
        return _("Reading of %(day)s") % {"day": begun.strftime("%d/%m/%Y %H:%M")}

    def get_context_data(self, **kwargs):
        failures = Paginator(self.harvest.failures.all(), FAILURES).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "harvest": self.harvest,
            "look_again": LOOK_AGAIN if self.harvest.is_at_work else 0,
            "failures": failures,
            "shown": [(failure, legible(failure.raw)) for failure in failures],
        }

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "stop":
            stop(request, self.harvest)
        return redirect("library_sources:run", self.source.pk, self.harvest.pk)


class FailureFile(SourceDesk):
    """The bytes of a record that could not be read."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        found = HarvestFailure.objects.filter(harvest=self.kwargs["run"], harvest__source=self.source)
        failure = get_object_or_404(found, number=self.kwargs["number"])
        return as_file(failure.raw, f"ban-ghi-loi-{failure.harvest_id}-{failure.number}.txt")


def stop(request, harvest: Harvest | None) -> None:
    if harvest is None or not harvest.is_at_work:
        messages.warning(request, _("It has ended already."))
        return
    running.cancel(harvest)
    log(instance=harvest.source, action="library.stop_harvest")
    messages.success(request, _("It stops at the next page. What has been read stays."))
