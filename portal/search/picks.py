"""What librarians chose to stand first: addresses of this site, and the things that stand there now."""

from urllib.parse import urlsplit

from . import sources
from .entry import OFFICER, PUBLIC, Entry


def entry_at(address: str) -> Entry | None:
    """What stands at `address` ("/r/12", or with https and the host before it), as it may be found now."""
    path = urlsplit(address).path
    for source in sources.registered():
        if isinstance(source, sources.AddressLookup) and (object_id := source.id_at(path)):
            return next(iter(source.entries([object_id])), None)
    return None


def chosen(addresses: list[str], audience: str) -> list[Entry]:
    """Those of `addresses` that are there and that `audience` may see, in this order."""
    entries = (entry_at(address) for address in addresses)
    return [entry for entry in entries if entry and (entry.audience == PUBLIC or audience == OFFICER)]
