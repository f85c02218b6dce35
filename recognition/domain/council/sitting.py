"""A session that is still being prepared, and how many sit in it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recognition.domain.workflow import Refused
from recognition.enums import SessionState
from recognition.models import CouncilSession


def present_count(session: CouncilSession) -> int:
    return session.members.filter(present=True).count()


def open_session(session: CouncilSession) -> CouncilSession:
    """The row, locked. Raises ValidationError when it is closed, Refused when it is gone."""
    row = CouncilSession.objects.select_for_update(of=("self",)).select_related("round", "commune")
    row = row.filter(pk=session.pk).first()
    if row is None:
        raise Refused([(None, _("It does not exist any more."))])
    if row.state != SessionState.OPEN:
        raise ValidationError(_("The session is closed: its minutes stay as they are."))
    return row
