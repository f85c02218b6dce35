"""The clients of all protocols, by the value of `SourceProtocol`."""

from collections.abc import Callable, Mapping

from .oai.harvest import OaiReader
from .page import Reader, SourceSettings

READERS: Mapping[str, Callable[[SourceSettings], Reader]] = {
    "oai": OaiReader,
}
