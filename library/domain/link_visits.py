"""One look at one link: is it there, has it moved, does it ask to sign in? Asks as a guest who wants to come again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from portal.web.outbound import Answer, Unreachable, ask
from portal.web.retry_after import seconds_to_rest
from portal.web.robots import Wish

from ..enums import LinkState

SIGN_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED)
SIGN_IN_WORDS = frozenset(
    ["login", "signin", "sign-in", "sign_in", "dang-nhap", "dangnhap", "sso", "cas", "auth", "authenticate"]
)
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
LONGEST_REST = 24 * 60 * 60.0  # s
USUAL_REST = 60 * 60.0  # s, for who says "too many" and not how long


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a visit found. `state` is never DEAD: that takes two days. `code` is None when no server answered."""

    state: LinkState
    code: int | None = None
    problem: str = ""
    final_url: str = ""

    @property
    def failed(self) -> bool:
        return self.state == LinkState.FAILING


class NotNow(Exception):
    """The server asks to be left alone for `seconds`."""

    def __init__(self, seconds: float):
        super().__init__(f"not before {seconds:.0f} s")
        self.seconds = seconds


def visit(url: str, wish: Wish) -> Verdict:
    """Ask for the head only, and for the page where the server cannot do that. Raises NotNow."""
    if not wish.allowed:
        return Verdict(
            LinkState.BARRED, problem=_("The site does not want programs to ask for this address.")
        )
    try:
        return judge(url, _answer(url))
    except Unreachable as error:
        return Verdict(LinkState.FAILING, problem=str(error))


def _answer(url: str) -> Answer:
    try:
        answer = ask(url, method="HEAD")
    except Unreachable as error:
        if error.forbidden:
            raise
        return ask(url, limit=1)
    is_plain = answer.status < HTTPStatus.BAD_REQUEST or answer.status in (*SIGN_IN, *BUSY)
    return answer if is_plain else ask(url, limit=1)


def judge(url: str, answer: Answer) -> Verdict:
    """What an answer means for a reader who opens `url`. Raises NotNow."""
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status in BUSY and "retry-after" in answer.headers):
        raise NotNow(rest_asked(answer.headers.get("retry-after", ""), datetime.now(UTC)))
    if status in SIGN_IN or (_is_sign_in(answer.url) and not _is_sign_in(url)):
        return Verdict(LinkState.LOGIN, status, _("Only who signs in there can read it."))
    if status == HTTPStatus.FORBIDDEN:
        problem = _("The server does not show it to programs. Look whether you can open it.")
        return Verdict(LinkState.LOGIN, status, problem)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Verdict(
            LinkState.FAILING, status, _("There is no such page any more (%(code)s).") % {"code": status}
        )
    if status >= HTTPStatus.BAD_REQUEST:
        return Verdict(
            LinkState.FAILING, status, _("The server answers with an error (%(code)s).") % {"code": status}
        )
    if _is_front_page(answer.url) and not _is_front_page(url):
        return Verdict(
            LinkState.FAILING, status, _("The address only leads to the front page of the site now.")
        )
    if answer.moved_to and answer.moved_to != url:
        return Verdict(LinkState.MOVED, status, final_url=answer.moved_to)
    return Verdict(LinkState.ALIVE, status)


def rest_asked(text: str, now: datetime) -> float:
    """Seconds of a Retry-After, never more than a day."""
    asked = seconds_to_rest(text, now)
    return USUAL_REST if asked is None else min(asked, LONGEST_REST)


def _is_sign_in(url: str) -> bool:
    words = {word.partition(".")[0] for word in urlsplit(url).path.lower().split("/")}
    return bool(words & SIGN_IN_WORDS)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") == "" and not parts.query
