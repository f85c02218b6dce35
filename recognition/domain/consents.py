"""Consent to publish the name of a subject: recorded, taken back, and what follows from it for the titles it holds.

Silence is no consent, and no consent lets the name of a child be read (Luật 91/2025/QH15, Điều 16 and 24).
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from recognition.enums import SubjectKind, SubjectState
from recognition.models import Award, Consent, Subject

from .books.keeping import NotInTheBooks, note

LONGEST_BASIS = Award._meta.get_field("publication_basis").max_length


@transaction.atomic
def record(consent: Consent, user) -> Consent:
    """Save a consent that was given on paper; the titles of the subject may be named from now on. Raises ValidationError."""
    subject = Subject.objects.select_for_update().get(pk=consent.subject_id)
    if subject.state != SubjectState.LIVE:
        raise ValidationError(_("It has left the books: nothing new is recorded for it."))
    if subject.kind == SubjectKind.CITIZEN and not consent.of_age:
        raise ValidationError({"of_age": _("The name of a child is never published, not even with consent.")})
    consent.full_clean()
    if consent.given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day is still to come.")})
    consent.save()
    subject.awards.filter(publication_basis="").update(**_publication(consent))
    note(subject, user, "consent.recorded", {"consent": consent.pk})
    return consent


@transaction.atomic
def withdraw(subject: Subject, user) -> None:
    """The name disappears at once from every title of the subject, whatever else allowed it to be read. Raises NotInTheBooks
    when there is no consent to take back."""
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    in_force = Consent.objects.of(subject).in_force().select_for_update()
    withdrawn = [consent.pk for consent in in_force]
    if not withdrawn:
        raise NotInTheBooks
    Consent.objects.filter(pk__in=withdrawn).update(withdrawn_on=timezone.localdate())
    _titles_of(subject).update(publication_basis="", of_age=False)
    note(subject, user, "consent.withdrawn", {"consents": withdrawn})


def publications(subjects: Iterable[Subject | int]) -> dict[int, dict]:
    """{id of a subject: {"publication_basis": ..., "of_age": ...}} for the titles that are about to be given to them, by the
    consents in force; who has given none is left out and will not be named."""
    consents = Consent.objects.of(*subjects).in_force().select_related("subject")
    found = {}
    for consent in consents:
        found[consent.subject.merged_into_id or consent.subject_id] = _publication(consent)
    return found


def _publication(consent: Consent) -> dict:
    return {"publication_basis": str(consent)[:LONGEST_BASIS], "of_age": consent.of_age}


def _titles_of(subject: Subject):
    """Those it holds, those of what was merged into it, and those of a list that name the same holder in the same place."""
    namesake = Q(
        subject__isnull=True,
        subject_kind=subject.kind,
        place=subject.place_id,
        name_key=subject.name_key,
        distinction=subject.distinction,
    )
    return Award.objects.filter(Q(subject=subject) | Q(subject__merged_into=subject) | namesake)
