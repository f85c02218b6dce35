"""A line in the audit trail of a commune and year for what is done to a paper of a round."""

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.models import Round


def note(round: Round, commune: Place, user, role: Role, action: str, paper, **data) -> None:
    """`paper`: the row it was done to; `data`: plain values."""
    deed = Deed(action, f"{paper._meta.label_lower}:{paper.pk}", data)
    audit.record(commune, round.year, [deed], Actor(user, role), sample=round.is_sample)
