"""What a site asks of programs (robots.txt, RFC 9309), remembered for a day."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.core.cache import cache

from .outbound import ask, user_agent

REMEMBERED = 24 * 60 * 60  # s, as RFC 9309, 2.4 allows
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
LONGEST_DELAY = 60.0  # s; who asks for more is asked once a minute


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether an address may be asked, and how many seconds shall lie between two questions to its server."""

    allowed: bool
    delay: float = 0.0


def wish_for(url: str, read: Callable[[str], str] | None = None) -> Wish:
    """`read` gives the text of the rules at their address, in another way than the usual one. Raises what that raises
    when the server does not answer at all, `outbound.Unreachable` when the usual one does."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    text = cache.get_or_set(
        f"robots-{origin}", lambda: (read or _text_at)(f"{origin}/robots.txt"), REMEMBERED
    )
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    delay = rules.crawl_delay(user_agent()) or 0
    return Wish(rules.can_fetch(user_agent(), url), min(float(delay), LONGEST_DELAY))


def _text_at(address: str) -> str:
    """ "" where there are no rules: a site without the file forbids nothing, and one that fails says so for the address
    itself."""
    answer = ask(address, limit=MAX_BYTES)
    return answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
