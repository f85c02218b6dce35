"""The admin's "Kho được thu thập": the list of them, and the form with its look before anything is kept."""

from copy import copy

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from portal.web.admin_lists import FoldedIndexView

from ...domain.harvesting import probing
from ...domain.harvesting.rules import Rules
from ...domain.harvesting.running import reader_of
from ...interop.page import SourceProblem
from ...models import Harvest, Source, SourceRecord
from ..source_form import SourceForm, filled_in, seal, unseal


class SourcePolicy(ModelPermissionPolicy):
    """For who may correct resources. A collection is not deleted, for its records stay: it is put out of use."""

    def user_has_permission(self, user, action):
        may = user.has_perm("library.change_resource") and super().user_has_permission(user, action)
        return action != "delete" and may

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class SourceDesk(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page below the list of the collections that are read."""

    permission_policy = SourcePolicy(Source)
    permission_required = "change"
    header_icon = "globe"

    @cached_property
    def source(self) -> Source:
        return get_object_or_404(Source, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_sources:index"), "label": _("Collections that are read")}
        return [
            *super().get_breadcrumbs_items(),
            index,
            *self.way_here,
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def way_here(self) -> list[dict[str, str]]:
        """The pages between the list and this one."""
        if "pk" not in self.kwargs:
            return []
        return [{"url": reverse("library_sources:edit", args=[self.source.pk]), "label": self.source.name}]


class SourceIndexView(FoldedIndexView):
    """With the last reading of each (its only one in `harvests`) and how much waits, however many there are."""

    add_item_label = pgettext_lazy("collection that is read", "Add a collection")

    def get_base_queryset(self):
        newest = Harvest.objects.order_by().values("source").annotate(last=Max("pk")).values("last")
        waits = (
            SourceRecord.objects.filter(source=OuterRef("name"), leading=True, resource__proposed=True)
            .filter(resource__withdrawn_on__isnull=True)
            .order_by()
            .values("source")
            .annotate(number=Count("pk"))
        )
        last = Prefetch("harvests", Harvest.objects.filter(pk__in=newest))
        return Source.objects.prefetch_related(last).annotate(
            waits=Coalesce(Subquery(waits.values("number")), 0)
        )

    def get_list_more_buttons(self, instance):
        return []

    @cached_property
    def header_buttons(self):
        words = reverse("library_sources:words")
        return [
            *super().header_buttons,
            HeaderButton(_("Subjects for their words"), url=words, icon_name="tag"),
        ]


class SourceFormView(SourceDesk):
    """Add one, or change it. Field `action`: "look" asks the collection and keeps nothing, "keep" keeps it, once somebody
    has looked at that very address."""

    template_name = "library/admin/source_form.html"
    problem = ""
    is_new = False

    @cached_property
    def form(self) -> SourceForm:
        source = self._as_kept()
        if self.request.method != "POST":
            return SourceForm(instance=source, looking=self.is_new)
        _connection, seen = self.sealed
        return SourceForm(
            self.request.POST, instance=source, seen=seen, looking=self.request.POST.get("action") != "keep"
        )

    def _as_kept(self) -> Source | None:
        """Without what a form has written on it; None for a new one."""
        return None if self.is_new else get_object_or_404(Source, pk=self.kwargs["pk"])

    @cached_property
    def sealed(self):
        return unseal(self.request.POST.get("seen", ""))

    def post(self, request, *args, **kwargs):
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        if request.POST.get("action") == "keep" and not self._unseen():
            return self._keep()
        self._look()
        return self.get(request, *args, **kwargs)

    def _unseen(self) -> bool:
        """Nobody has looked yet at what answers there."""
        looked_at, _seen = self.sealed
        kept = [] if self.is_new else [self.source.protocol, self.source.url, self.source.query]
        return self.form.connection not in (looked_at, kept)

    def _look(self) -> None:
        try:
            seen = look_at(self.form.instance)
        except SourceProblem as problem:
            self.problem = str(problem)
            return
        self.sealed = self.form.connection, seen
        self.form = SourceForm(filled_in(self.request.POST, seen), instance=self._as_kept(), seen=seen)

    def _keep(self):
        source = self.form.save()
        log(instance=source, action="wagtail.create" if self.is_new else "wagtail.edit")
        messages.success(self.request, _("“%s” is kept. You can read it now.") % source)
        return redirect("library_sources:edit", source.pk)

    def get_page_title(self):
        if self.is_new:
            return pgettext("collection that is read", "Add a collection")
        return pgettext("collection that is read", "Settings")

    def get_context_data(self, **kwargs):
        connection, seen = self.sealed if self.request.method == "POST" else ([], None)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "seen": seen,
            "sealed": seal(seen, connection) if seen else "",
            "problem": self.problem,
            "seconds": int(probing.SECONDS),
            "may_keep": bool(seen) or not self.is_new,
        }


def look_at(source: Source) -> probing.Seen:
    """Of one that is not kept yet, too. Raises SourceProblem."""
    asked = copy(source)
    asked.pause = 0  # three or four questions are no burden, and somebody waits
    return probing.look_at(reader_of(asked), Rules(source).as_ours)


class SourceAddView(SourceFormView):
    permission_required = "add"
    is_new = True
