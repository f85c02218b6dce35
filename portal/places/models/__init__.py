from .alias import PlaceAlias
from .change import PlaceChange
from .place import AmbiguousName, Place
from .version import PlaceVersion

__all__ = ["AmbiguousName", "Place", "PlaceAlias", "PlaceChange", "PlaceVersion"]
