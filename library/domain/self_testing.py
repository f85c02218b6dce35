"""The self-test: ask our own interfaces over the network, judge the answers, keep what was found."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http.request import validate_host
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.web.outbound import SCHEMES, place_of
from portal.web.site_address import site_address

from ..interop.fetching import may_be_harvested
from ..interop.self_test.examining import examine
from ..interop.self_test.visiting import Check, Visitor
from ..models import SelfTest, SelfTestCheck

KEPT = 20  # runs
BROKEN_OFF = timedelta(minutes=30)  # no run lasts so long: its worker was stopped
OURSELVES = ("localhost", "127.0.0.1", "::1")
LONGEST_SENTENCE = 1000


class NotOurs(Exception):
    """The address is not one of this site; `str()` says so to who gave it."""


def checked_address(url: str) -> str:
    """The address of a site that may be asked from the command line: this one by any of its names, this machine, or a host
    that may be harvested. Raises NotOurs."""
    try:
        parts = urlsplit(url.rstrip("/"))
        host, port = place_of(url)
    except ValueError as error:
        raise NotOurs(_("This is not an address of the web.")) from error
    if parts.scheme not in SCHEMES or not host or parts.username or parts.query or parts.fragment:
        raise NotOurs(_("This is not an address of the web."))
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    ours = host == urlsplit(site_address()).hostname or host in OURSELVES or validate_host(host, names)
    if not (ours or may_be_harvested(host, port)):
        raise NotOurs(
            _("%(host)s is not this site. An administrator may allow it in HARVEST_ALLOWED_HOSTS.")
            % {"host": host}
        )
    return url.rstrip("/")


def begin(url: str, person=None) -> SelfTest | None:
    """A run that waits to be done; None when one is waiting or being done already."""
    _end_broken_ones()
    try:
        with transaction.atomic():
            return SelfTest.objects.create(base_url=url, asked_by=person)
    except IntegrityError:
        return None


def run(self_test: SelfTest, tell: Callable[[Check], None] = lambda check: None) -> SelfTest:
    """Do all checks, in the language of the site. Each is kept as soon as it is done."""
    self_test.started_at = timezone.now()
    self_test.save(update_fields=["started_at"])
    self_test.checks.all().delete()
    with override(settings.LANGUAGE_CODE):
        passed = _keep(self_test, examine(Visitor(self_test.base_url)), tell)
    _finish(self_test, passed)
    too_old = SelfTest.objects.finished().values_list("pk", flat=True)[KEPT:]
    SelfTest.objects.filter(pk__in=list(too_old)).delete()
    return self_test


def latest() -> SelfTest | None:
    """The last one of this site that was done to its end, with its checks."""
    return SelfTest.objects.finished().filter(base_url=site_address()).prefetch_related("checks").first()


def under_way() -> bool:
    """Does one of this site wait or run?"""
    recent = SelfTest.objects.unfinished().filter(asked_at__gt=timezone.now() - BROKEN_OFF)
    return recent.filter(base_url=site_address()).exists()


def _keep(self_test: SelfTest, checks: Iterable[Check], tell: Callable[[Check], None]) -> bool:
    passed, number = True, 0
    for number, check in enumerate(checks, start=1):
        SelfTestCheck.objects.create(
            self_test=self_test,
            number=number,
            part=check.part,
            name=check.name,
            passed=check.passed,
            sentence=check.sentence[:LONGEST_SENTENCE],
        )
        passed = passed and check.passed
        tell(check)
    return passed and number > 0


def _finish(self_test: SelfTest, passed: bool) -> None:
    self_test.finished_at, self_test.passed = timezone.now(), passed
    self_test.save(update_fields=["finished_at", "passed"])


def _end_broken_ones() -> None:
    for broken in SelfTest.objects.unfinished().filter(asked_at__lte=timezone.now() - BROKEN_OFF):
        _finish(broken, passed=False)
