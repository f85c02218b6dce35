"""Counting what comes from one connection without knowing whose it is (vn_rules R2.35)."""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class RateLimit:
    """At most `limit` acts called `name` in `seconds`, for each address. Counts live in the cache only."""

    name: str
    limit: int
    seconds: int

    def allows(self, address: str) -> bool:
        """Count one more act; False when it is one too many."""
        key = f"rate:{self.name}:{_disguise(address)}"
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.limit
        except ValueError:  # it expired between the two calls
            return True


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
