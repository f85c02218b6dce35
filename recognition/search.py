"""What the titles give to the site search: the criteria sets. Holders of titles are never indexed (R2.30)."""

from django.utils.translation import gettext_lazy as _

from portal.search.entry import Entry, make_key
from portal.text import fold

from .enums import SubjectKind
from .models import CriteriaSet


class CriteriaSource:
    prefix = "criteria"
    kinds = {"criteria": _("Criteria")}
    day_labels = {"criteria": _("Issued on %(day)s")}
    facets = {"title": _("Learning title")}

    def entries(self, ids):
        sets = CriteriaSet.objects.public().filter(pk__in=ids).prefetch_related("groups__criteria")
        return [_entry(criteria_set) for criteria_set in sets]

    def ids(self):
        return (str(pk) for pk in CriteriaSet.objects.public().values_list("pk", flat=True).iterator())

    def facet_labels(self, name, values):
        return dict(SubjectKind.choices) if name == "title" else {}

    def title_lookup(self, text, limit):
        wanted = fold(text)
        found = [s for s in CriteriaSet.objects.public().defer("rules") if wanted in fold(s.title)]
        return [_entry(criteria_set, with_body=False) for criteria_set in found[:limit]]


def _entry(criteria_set, with_body=True):
    return Entry(
        key=make_key(CriteriaSource.prefix, criteria_set.pk),
        kind="criteria",
        title=criteria_set.title,
        url=criteria_set.get_absolute_url(),
        summary=criteria_set.document,
        body=_body(criteria_set) if with_body else "",
        facets={"title": (criteria_set.subject_kind,)},
        date=criteria_set.issue_date,
    )


def _body(criteria_set):
    groups = criteria_set.groups.all()
    return "\n".join(
        line
        for group in groups
        for line in (group.name, *(criterion.text for criterion in group.criteria.all()))
    )
