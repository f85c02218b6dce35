"""Who offers the records, as Identify tells it."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from portal.web.outbound import place_of
from portal.web.site_address import site_address

from ...enums import SourceProtocol
from ...interop.fetching import may_be_harvested
from ...interop.oai.requests import WITHOUT_DOMAIN, repository_identifier
from ...models import Source

# What the public validator takes for an address; with any other it does not begin.
E_MAIL = re.compile(r"\w[\w\-.]+@[a-zA-Z0-9\-.]+\.[a-z]{2,}", re.ASCII)


def repository() -> str:
    """The domain in our identifiers, `oai:<domain>:<number>`."""
    return repository_identifier(site_address())


def admin_email(*more: str) -> str:
    """The first that is good of the one that was set for harvesters, `more`, and the sender of our mails."""
    host = urlsplit(site_address()).hostname or ""
    known = (settings.OAI_ADMIN_EMAIL, *more, settings.DEFAULT_FROM_EMAIL, f"webmaster@{host}")
    return next(filter(E_MAIL.fullmatch, known), f"webmaster@{WITHOUT_DOMAIN}")


def friends() -> list[str]:
    """Base URLs of the repositories that we harvest ourselves; those of our own network are nobody's business."""
    sources = Source.objects.filter(protocol=SourceProtocol.OAI, active=True).order_by("url")
    urls = sources.values_list("url", flat=True).distinct()
    return [url for url in urls if not may_be_harvested(*place_of(url))]
