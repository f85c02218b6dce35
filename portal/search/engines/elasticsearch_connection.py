"""The line to the Elasticsearch server, and what is done while it does not answer."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, UnsupportedProductError

from django.conf import settings

from ..engine import EngineUnavailable

logger = logging.getLogger(__name__)

SEARCH_SECONDS = 0.7  # then the embedded index answers: a visitor waits at most a second
WRITE_SECONDS = 20.0
FIRST_PAUSE = 1.0  # s in which a server that failed is not asked again; twice as long each time
LONGEST_PAUSE = 30.0
REFUSED = {401, 403, 429}  # the server is there but does not work for us; so is any 5xx


@dataclass(frozen=True)
class Address:
    """Where the server is and how we prove who we are. `ca_file` "": the authorities this machine trusts;
    `prefix`: how the names of our indices begin."""

    url: str
    api_key: str
    ca_file: str
    prefix: str


def address() -> Address:
    """That of the settings. Raises EngineUnavailable when they name no server."""
    if not settings.ELASTICSEARCH_URL:
        raise EngineUnavailable("ELASTICSEARCH_URL names no server.")
    return Address(
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_FILE,
        settings.ELASTICSEARCH_INDEX,
    )


class Breaker:
    """Opens when the server fails: then nobody waits for it in vain. After a pause one caller tries again."""

    def __init__(self):
        self._lock = threading.Lock()
        self._failures = 0
        self._again = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures > 0

    def enter(self) -> None:
        """Raises EngineUnavailable while the server is not to be asked."""
        with self._lock:
            now = time.monotonic()
            if self._failures and now < self._again:
                raise EngineUnavailable("Elasticsearch failed a moment ago and is not asked again yet.")
            self._again = now + self._pause()  # this caller tries; the others wait for how it goes

    def fail(self, error: Exception) -> None:
        with self._lock:
            self._failures += 1
            self._again = time.monotonic() + self._pause()
            logger.warning("Elasticsearch fails; next try in %.0f s: %s", self._pause(), error)

    def succeed(self) -> None:
        with self._lock:
            if self._failures:
                logger.warning("Elasticsearch answers again.")
            self._failures = 0

    def _pause(self) -> float:
        return min(FIRST_PAUSE * 2.0 ** min(max(self._failures - 1, 0), 10), LONGEST_PAUSE)


class Connection:
    def __init__(self, to: Address):
        self.breaker = Breaker()
        secrets = {"api_key": to.api_key} if to.api_key else {}
        authority = {"ca_certs": to.ca_file} if to.ca_file else {}
        self._client = Elasticsearch(to.url, max_retries=0, retry_on_timeout=False, **secrets, **authority)
        self._with_patience = lru_cache(lambda seconds: self._client.options(request_timeout=seconds))

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Elasticsearch]:
        """The client, with that much patience. Whatever goes wrong in the block is an EngineUnavailable; only what
        the server is to blame for opens the breaker, not a question that it refuses."""
        self.breaker.enter()
        try:
            yield self._with_patience(seconds)
        except NotFoundError as error:
            self.breaker.succeed()
            raise EngineUnavailable("There is no search index on Elasticsearch yet.") from error
        except ApiError as error:
            status = error.meta.status
            if status in REFUSED or status >= 500:
                self.breaker.fail(error)
            else:
                self.breaker.succeed()
            raise EngineUnavailable(str(error)) from error
        except (TransportError, UnsupportedProductError) as error:
            self.breaker.fail(error)
            raise EngineUnavailable(str(error)) from error
        else:
            self.breaker.succeed()

    def close(self) -> None:
        self._client.close()
