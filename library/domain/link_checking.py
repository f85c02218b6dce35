"""Links are looked at again and again, a bounded number a day and gently; a librarian sees what is wrong with them.

What is known stands in `LinkCheck`, so that a stop loses nothing: the next slice begins with what was not looked at for
longest. A link is dead when it failed on two days. When nobody at all answers, it is our own line that is broken, and
nothing is held against anybody.
"""

import logging
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from time import sleep, time
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q

from portal.web.outbound import Unreachable
from portal.web.robots import wish_for

from ..enums import LinkState
from ..models import LinkCheck, Rendition
from .link_visits import NotNow, Verdict, visit

logger = logging.getLogger(__name__)

A_DAY = 3_000  # links
EVERY = {  # days between two looks
    LinkState.ALIVE: 30,
    LinkState.FAILING: 1,
    LinkState.DEAD: 7,
    LinkState.MOVED: 30,
    LinkState.LOGIN: 30,
    LinkState.BARRED: 30,
}
DAYS_UNTIL_DEAD = 2
SLICE = 30.0  # s that one task of the worker takes
WINDOW = 20_000  # links that a slice picks from, so that one slow server does not keep all others waiting
PAUSE = 5.0  # s between two questions to one server
MANY_HOSTS = 5  # of which none answers: then it is our line


def links():
    """Renditions that lead to other websites, of what is or will be in the library."""
    return Rendition.objects.exclude(url="").filter(
        resource__withdrawn_on__isnull=True, resource__proposed=False
    )


def due(today: Date):
    """Those to be looked at, the longest unseen first. An address that was changed counts as never seen."""
    again = Q()
    for state, days in EVERY.items():
        again |= Q(check_of_link__state=state, check_of_link__checked_on__lte=today - timedelta(days=days))
    unseen = Q(check_of_link__isnull=True) | ~Q(check_of_link__url=F("url"))
    return links().filter(unseen | again).order_by(F("check_of_link__checked_on").asc(nulls_first=True), "pk")


def told():
    """What the checker says of the links as they are now."""
    current = LinkCheck.objects.filter(rendition__in=links(), url=F("rendition__url"))
    return current.select_related("rendition__resource")


def check_now(rendition: Rendition, today: Date) -> LinkCheck:
    """One look, whenever it was last looked at. Raises NotNow when the server has asked for a rest."""
    return note(rendition, _look(rendition.url)[0], today)


def check_some(today: Date, *, seconds: float = SLICE) -> bool:
    """Look at links that are due for about `seconds`. False when there is no more to do today."""
    left = A_DAY - LinkCheck.objects.filter(checked_on=today).count()
    looked, heard, silent = 0, False, []
    for rendition in _paced(today, left, time() + seconds):
        looked += 1
        try:
            verdict, delay = _look(rendition.url)
        except NotNow as asked:
            heard = True
            _rest(_host(rendition.url), asked.seconds)
            continue
        _rest(_host(rendition.url), max(delay, PAUSE))
        if verdict.failed and verdict.code is None:
            silent.append((rendition, verdict))
            continue
        heard = True
        note(rendition, verdict, today)
    hosts = {_host(rendition.url) for rendition, _verdict in silent}
    if not heard and len(hosts) >= MANY_HOSTS and not _anybody_answers():
        logger.warning("No server answers: our own line seems to be broken; links are looked at tomorrow.")
        return False
    for rendition, verdict in silent:
        note(rendition, verdict, today)
    return looked > 0


@transaction.atomic
def note(rendition: Rendition, verdict: Verdict, today: Date) -> LinkCheck:
    """Keep what a visit found. Several failures on one day are one."""
    check = LinkCheck.objects.select_for_update().filter(rendition=rendition).first()
    if check is None or check.url != rendition.url:
        check = LinkCheck(pk=check and check.pk, rendition=rendition, url=rendition.url)
    if verdict.failed:
        if check.checked_on != today or not check.failures:
            check.failures += 1
        check.failing_since = check.failing_since or today
    else:
        check.failures, check.failing_since = 0, None
    check.state = LinkState.DEAD if check.failures >= DAYS_UNTIL_DEAD else verdict.state
    check.code, check.problem, check.final_url = verdict.code, verdict.problem[:300], verdict.final_url
    check.checked_on = today
    check.save()
    return check


@transaction.atomic
def take_new_address(check: LinkCheck) -> None:
    """Readers are sent to where the link has moved. Raises ValueError for one that has not."""
    if check.state != LinkState.MOVED or check.url != check.rendition.url:
        raise ValueError("Only a link that has moved has a new address.")
    check.rendition.url = check.url = check.final_url
    check.rendition.save(update_fields=["url", "plain_url"])
    check.state, check.final_url = LinkState.ALIVE, ""
    check.save()


def _look(url: str) -> tuple[Verdict, float]:
    """What is found, and how many seconds its server wants between two questions."""
    try:
        wish = wish_for(url)
    except Unreachable as error:
        return Verdict(LinkState.FAILING, problem=str(error)), 0.0
    return visit(url, wish), wish.delay


def _anybody_answers() -> bool:
    """Ask for a link that worked the last time."""
    known = LinkCheck.objects.filter(state=LinkState.ALIVE).order_by("-checked_on").first()
    try:
        return known is not None and _look(known.url)[0].code is not None
    except NotNow:
        return True


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _rest(host: str, seconds: float) -> None:
    """Nobody of us asks `host` again so soon."""
    cache.set(f"library-link-rest-{host}", time() + seconds, seconds)


def _rested(host: str) -> float:
    """When `host` may be asked again, in seconds since 1970."""
    return cache.get(f"library-link-rest-{host}") or 0.0


def _paced(today: Date, most: int, end: float) -> Iterator[Rendition]:
    """At most `most` links that are due, one server after the other, none of them before its rest is over, until the
    time `end`."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for pk, url in due(today).values_list("pk", "url")[: WINDOW if most > 0 else 0]:
        waiting[_host(url)].append(pk)
    while waiting and most > 0 and time() < end:
        host = min(waiting, key=_rested)
        if _rested(host) >= end:
            return
        sleep(max(0.0, _rested(host) - time()))
        rendition = Rendition.objects.filter(pk=waiting[host].popleft()).first()
        if not waiting[host]:
            del waiting[host]
        if rendition is not None:
            most -= 1
            yield rendition
