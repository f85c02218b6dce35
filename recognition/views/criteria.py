from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recognition.display.criteria import described
from recognition.enums import SubjectKind
from recognition.models import CriteriaSet
from recognition.permissions import can_score_with


def _trail():
    return [(_("Home"), "/"), (_("Learning models"), reverse("recognition:criteria"))]


@require_safe
def criteria_list(request):
    today = timezone.localdate()
    sets = sorted(
        CriteriaSet.objects.public().defer("rules"), key=lambda s: SubjectKind.values.index(s.subject_kind)
    )
    titles = [
        (SubjectKind(kind), [(s, s.is_in_force(today)) for s in of_kind])
        for kind, of_kind in groupby(sets, key=lambda s: s.subject_kind)
    ]
    return render(
        request,
        "recognition/criteria_list.html",
        {
            "page_title": _("Learning models"),
            "page_description": _(
                "The criteria of the learning titles, each with its source and what is still missing."
            ),
            "breadcrumbs": _trail(),
            "titles": titles,
        },
    )


@require_safe
def criteria_set(request, slug):
    criteria_set = get_object_or_404(CriteriaSet.objects.public(), slug=slug)
    today = timezone.localdate()
    groups = criteria_set.groups.prefetch_related("criteria")
    return render(
        request,
        "recognition/criteria_set.html",
        {
            "page_title": criteria_set.title,
            "page_description": criteria_set.document,
            "breadcrumbs": [*_trail(), (criteria_set.title, "")],
            "set": criteria_set,
            "groups": [(group, [described(c) for c in group.criteria.all()]) for group in groups],
            "usable": can_score_with(criteria_set),
            "in_force": criteria_set.is_in_force(today),
            "newer": criteria_set.versions.public(),
            "has_ended": criteria_set.has_ended(today),
        },
    )
