"""What these pages have in common: which round, commune and paper the person may open, and the way back."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.domain.reach import archive_reached
from portal.places.models import Place
from recognition.domain.workflow import MovedMeanwhile, Refused
from recognition.models import Round
from recognition.models.subject import READERS

NOT_POSSIBLE = (ValidationError, Refused, MovedMeanwhile)


def readable_round(request: HttpRequest, pk: int) -> Round:
    """Raises Http404 for a round that no role of the person reaches, as for one that does not exist."""
    visible = Round.objects.visible_to(request.user)
    return get_object_or_404(
        Round.objects.select_related("place", "criteria_set"), pk=pk, pk__in=visible.values("pk")
    )


def readable_communes(request: HttpRequest, round: Round):
    """The communes of the round that a role of the person reaches, whole or by one of their villages."""
    reached = archive_reached(request.user, READERS).values("pk")
    by_village = round.assessments.filter(place__in=reached).order_by().values("commune")
    return round.communes.filter(Q(pk__in=reached) | Q(pk__in=by_village)).order_by("sort_key")


def readable_commune(request: HttpRequest, round: Round, pk: int) -> Place:
    return get_object_or_404(readable_communes(request, round), pk=pk)


def sentences(error: Exception) -> list[str]:
    """Why something was not possible, for the person."""
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def add_errors(form: Form, error: Exception) -> None:
    """Put what was refused where it belongs in the form, with all that was typed still in it."""
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
    else:
        form.add_error(None, sentences(error))


def trail(round: Round, commune: Place, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    address = reverse("recognition:round_commune", args=[round.pk, commune.pk]) if rest else ""
    return [*parts, (f"{round}, {commune}", address), *rest]
