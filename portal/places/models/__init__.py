from .alias import PlaceAlias
from .change import PlaceChange
from .place import Place
from .version import PlaceVersion

__all__ = ["Place", "PlaceAlias", "PlaceChange", "PlaceVersion"]
