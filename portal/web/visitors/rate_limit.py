"""Counting what comes from one connection without knowing whose it is (vn_rules R2.35)."""

import hashlib
import ipaddress
import math
import secrets
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class RateLimit:
    """At most `limit` acts called `name` in the `seconds` after the first, for each address.

    Counts live in the cache only. It is not asked to raise them: a cache of files or of a table would then forget
    when they end. Two acts of one moment may count as one.
    """

    name: str
    limit: int
    seconds: int

    def is_spent(self, address: str) -> bool:
        """Whether one more act would be one too many; nothing is counted."""
        acts, _ends = cache.get(self._key(address), (0, 0))
        return acts >= self.limit

    def allows(self, address: str) -> bool:
        """Count one more act; False when it is one too many."""
        key = self._key(address)
        now = time.time()
        acts, ends = cache.get(key, (0, now + self.seconds))
        cache.set(key, (acts + 1, ends), ends - now)
        return acts < self.limit

    def seconds_left(self, address: str) -> int:
        """Until the acts counted so far are forgotten; at least 1."""
        _acts, ends = cache.get(self._key(address), (0, 0))
        return max(math.ceil(ends - time.time()), 1)

    def _key(self, address: str) -> str:
        return f"rate:{self.name}:{_disguise(address)}"


def _disguise(address: str) -> str:
    """A hash with a salt that is forgotten at the end of the day: nobody can lead it back to the address."""
    key = f"rate-salt:{timezone.localdate():%Y%m%d}"
    cache.add(key, secrets.token_hex(16), DAY)
    return hashlib.sha256(f"{cache.get(key)}:{_network(address)}".encode()).hexdigest()


def _network(address: str) -> str:
    """The /64 of an IPv6 address, which one household has for itself; an IPv4 address as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
