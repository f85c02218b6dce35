"""The one table of transitions: from, to, action, who, guards, words. Nothing else decides a step.

Roles act within their grants; HOUSEHOLD is whoever holds the address of the household's own sheet, CLOCK the daily job.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.enums import Role
from recognition.enums import AssessmentState as State

from . import guards

HOUSEHOLD, CLOCK = "household", "clock"
Guard = Callable[..., Iterator[tuple[object, str]]]


@dataclass(frozen=True, slots=True)
class Transition:
    """`roles`: who may take it, the first that fits. `label`: the button; `done`: what the history says of it.

    `bulk`: may be taken for many at once, with one paper for all. `not_the_submitter`: whoever handed in the sheet may not.
    """

    name: str
    sources: frozenset[State]
    target: State
    roles: tuple[Role | str, ...]
    label: str
    done: str
    guards: Sequence[Guard] = field(default_factory=tuple)
    needs_reason: bool = False
    bulk: bool = False
    not_the_submitter: bool = False


def _step(
    name, sources, target, roles, label, done, *checks, reason=False, bulk=False, other=False
) -> Transition:
    return Transition(
        name, frozenset(sources), target, tuple(roles), label, done, checks, reason, bulk, other
    )


REGISTER = _step(
    "register",
    [State.DRAFT, State.WITHDRAWN],
    State.REGISTERED,
    [Role.OFFICER, HOUSEHOLD],
    _("Register"),
    pgettext_lazy("history", "registered"),
    guards.round_is_open,
    guards.subject_is_live,
    guards.registration_is_open,
    bulk=True,
)
SUBMIT = _step(
    "submit",
    [State.REGISTERED, State.RETURNED],
    State.SELF_SCORED,
    [Role.OFFICER, HOUSEHOLD],
    _("Hand in the sheet"),
    pgettext_lazy("history", "handed in its own sheet"),
    guards.round_is_open,
    guards.own_sheet_is_complete,
    bulk=True,
)
VERIFY = _step(
    "verify",
    [State.SELF_SCORED],
    State.VERIFIED,
    [Role.VERIFIER],
    _("Confirm as verified"),
    pgettext_lazy("history", "verified"),
    guards.round_is_open,
    guards.village_has_met,
    guards.verified_sheet_is_complete,
    guards.differences_are_explained,
    bulk=True,
    other=True,
)
RETURN = _step(
    "return",
    [State.SELF_SCORED, State.VERIFIED],
    State.RETURNED,
    [Role.VERIFIER, Role.CLERK],
    _("Return for correction"),
    pgettext_lazy("history", "returned for correction"),
    guards.round_is_open,
    reason=True,
)
PROPOSE = _step(
    "propose",
    [State.VERIFIED],
    State.PROPOSED,
    [Role.CLERK],
    _("Enter the vote of the council"),
    pgettext_lazy("history", "voted on by the council"),
    guards.round_is_open,
    guards.council_has_voted,
    guards.council_kept_the_vetoes,
    bulk=True,
)
PUBLISH = _step(
    "publish",
    [State.PROPOSED],
    State.IN_NOTICE,
    [Role.CLERK],
    _("Put under public notice"),
    pgettext_lazy("history", "put under public notice"),
    guards.round_is_open,
    guards.stands_in_the_notice,
    bulk=True,
)
RECOGNISE = _step(
    "recognise",
    [State.IN_NOTICE],
    State.RECOGNISED,
    [Role.ISSUER],
    _("Recognise"),
    pgettext_lazy("history", "recognised"),
    guards.notice_is_over,
    guards.opinions_are_answered,
    guards.recognised_by_decision,
    guards.council_was_for_it,
    bulk=True,
)
REFUSE = _step(
    "refuse",
    [State.IN_NOTICE],
    State.REFUSED,
    [Role.ISSUER],
    _("Do not recognise"),
    pgettext_lazy("history", "not recognised"),
    guards.notice_is_over,
    guards.opinions_are_answered,
    guards.recognised_by_decision,
    bulk=True,
)
APPEAL = _step(
    "appeal",
    [State.REFUSED, State.RECOGNISED],
    State.APPEALED,
    [Role.OFFICER],
    _("Enter an appeal"),
    pgettext_lazy("history", "appealed"),
    guards.within_the_days_to_appeal,
    guards.appeal_is_filed,
)
KEEP_REFUSED = _step(
    "keep_refused",
    [State.APPEALED],
    State.REFUSED,
    [Role.ORGANISER],
    _("Reject the appeal"),
    pgettext_lazy("history", "appeal rejected"),
    guards.appeal_is_rejected,
    guards.appealed_a_refusal,
)
KEEP_RECOGNISED = _step(
    "keep_recognised",
    [State.APPEALED],
    State.RECOGNISED,
    [Role.ORGANISER],
    _("Reject the appeal"),
    pgettext_lazy("history", "appeal rejected"),
    guards.appeal_is_rejected,
    guards.appealed_a_recognition,
)
RECOGNISE_ON_APPEAL = _step(
    "recognise_on_appeal",
    [State.APPEALED],
    State.RECOGNISED,
    [Role.ISSUER],
    _("Recognise after the appeal"),
    pgettext_lazy("history", "recognised after an appeal"),
    guards.appeal_is_upheld,
    guards.appealed_a_refusal,
    guards.amended_by_decision,
)
REFUSE_ON_APPEAL = _step(
    "refuse_on_appeal",
    [State.APPEALED],
    State.REFUSED,
    [Role.ISSUER],
    _("Take back after the appeal"),
    pgettext_lazy("history", "taken back after an appeal"),
    guards.appeal_is_upheld,
    guards.appealed_a_recognition,
    guards.amended_by_decision,
    reason=True,
)
REVOKE = _step(
    "revoke",
    [State.RECOGNISED],
    State.REVOKED,
    [Role.ISSUER],
    _("Revoke"),
    pgettext_lazy("history", "revoked"),
    guards.revoked_by_decision,
    reason=True,
    bulk=True,
)
LAPSE = _step(
    "lapse",
    [State.RECOGNISED],
    State.LAPSED,
    [CLOCK],
    _("Let lapse"),
    pgettext_lazy("history", "lapsed"),
    guards.validity_is_over,
    bulk=True,
)
WITHDRAW = _step(
    "withdraw",
    [
        State.DRAFT,
        State.REGISTERED,
        State.SELF_SCORED,
        State.RETURNED,
        State.VERIFIED,
        State.PROPOSED,
        State.IN_NOTICE,
    ],
    State.WITHDRAWN,
    [Role.OFFICER],
    pgettext_lazy("assessment", "Withdraw"),
    pgettext_lazy("history", "withdrawn"),
    reason=True,
)
VOID = _step(
    "void",
    [
        State.DRAFT,
        State.REGISTERED,
        State.SELF_SCORED,
        State.RETURNED,
        State.VERIFIED,
        State.PROPOSED,
        State.IN_NOTICE,
        State.WITHDRAWN,
    ],
    State.VOID,
    [Role.ORGANISER],
    _("Declare void"),
    pgettext_lazy("history", "declared void"),
    reason=True,
)

TRANSITIONS = (
    REGISTER,
    SUBMIT,
    VERIFY,
    RETURN,
    PROPOSE,
    PUBLISH,
    RECOGNISE,
    REFUSE,
    APPEAL,
    KEEP_REFUSED,
    KEEP_RECOGNISED,
    RECOGNISE_ON_APPEAL,
    REFUSE_ON_APPEAL,
    REVOKE,
    LAPSE,
    WITHDRAW,
    VOID,
)
BY_NAME = {each.name: each for each in TRANSITIONS}
