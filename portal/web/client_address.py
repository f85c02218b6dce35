"""Who is at the other end of the line, seen through the reverse proxies that stand before the site."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, "" when nobody knows it (a proxy that talks through a socket and tells nothing).

    Each proxy adds at the right end of X-Forwarded-For the address that it was called from, so the entry that the
    outermost of our settings.TRUSTED_PROXIES wrote stands that many places from the right. What stands left of it was
    sent by the visitor and is never read; a header that is too short did not pass all our proxies and is not believed.
    """
    proxies = settings.TRUSTED_PROXIES
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(entries) and (address := _address(entries[-proxies])):
        return address
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""
