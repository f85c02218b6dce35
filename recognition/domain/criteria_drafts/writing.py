"""A draft begins, new or from a set that stands; it is changed while it is a draft, and deleted only then."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.text import slug
from recognition.enums import Completeness, SetState
from recognition.models import CriteriaGroup, CriteriaSet, Criterion

OWN = {"id", "criteria_set", "group"}
NOT_INHERITED = {"id", "code", "slug", "state", "usable_for_scoring", "usable_note", "content_hash"}
NOT_INHERITED |= {"derived_from", "published_at", "published_by"}


class NotADraft(Exception):
    """Somebody has published or deleted it meanwhile."""


class CodeTaken(ValueError):
    """Another set has this code; the text says so."""


@transaction.atomic
def begin(draft: CriteriaSet) -> CriteriaSet:
    """Save a new draft whose facts a form has filled in. Raises CodeTaken."""
    refuse_taken(draft.code)
    draft.slug, draft.state = slug(draft.code), SetState.DRAFT
    draft.completeness, draft.retrieved_on = Completeness.PARTIAL, timezone.localdate()
    draft.save()
    return draft


@transaction.atomic
def derive(standing: CriteriaSet, code: str) -> CriteriaSet:
    """A draft that says what `standing` says, to be changed into its next version; of a sample it is one too. Raises
    CodeTaken."""
    refuse_taken(code)
    draft = CriteriaSet(
        **_values(standing, NOT_INHERITED),
        code=code,
        slug=slug(code),
        state=SetState.DRAFT,
        derived_from=standing,
    )
    draft.save()
    for group in standing.groups.prefetch_related("criteria"):
        copy = CriteriaGroup.objects.create(criteria_set=draft, **_values(group, OWN))
        Criterion.objects.bulk_create(
            Criterion(group=copy, **_values(criterion, OWN)) for criterion in group.criteria.all()
        )
    return draft


@contextmanager
def changing(pk: int):
    """The draft, held for one change in one transaction. Raises NotADraft."""
    with transaction.atomic():
        draft = CriteriaSet.objects.select_for_update().filter(pk=pk, state=SetState.DRAFT).first()
        if draft is None:
            raise NotADraft
        yield draft


def delete(pk: int) -> None:
    """Raises NotADraft."""
    with changing(pk) as draft:
        draft.delete()


def refuse_taken(code: str) -> None:
    """Raises CodeTaken, also for a code that would have the same address on the web."""
    if CriteriaSet.objects.filter(slug=slug(code)).exists():
        raise CodeTaken(_("Another criteria set has this code already."))


def _values(row: CriteriaSet | CriteriaGroup | Criterion, left_out: set[str]) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name not in left_out}
