"""Which crosswalk reads what came inside an answer: told by its namespace, else by its shape. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from django.utils.translation import gettext as _

from ..codes import code_of
from ..enums import Audience, Kind, Level
from . import from_dublin_core, from_lom, from_mods, marc
from .from_dublin_core import Described, read_dublin_core
from .from_marc import read_description
from .wild_xml import local, namespace


@dataclass(frozen=True, slots=True)
class Format:
    """`name` as `page.Found` has it; `prefixes` are what sources call it; `roots` its outermost elements."""

    name: str
    namespaces: Sequence[str]
    prefixes: Sequence[str]
    roots: Sequence[str]
    read: Callable[[etree._Element], Described]


def read_marc(element: etree._Element) -> Described:
    """Raises ValueError with a sentence."""
    if local(element.tag) == "collection":
        element = next(iter(element), element)
    reading = marc.of_element(element)
    if reading.record is None:
        raise ValueError(reading.reason)
    values = read_description(
        reading.record,
        subject=lambda _word: None,
        kind=lambda word: code_of(Kind, word),
        level=lambda word: code_of(Level, word),
        audience=lambda word: code_of(Audience, word),
    )
    return Described(values, tuple(values.pop("tags", ())))


# The richest first.
FORMATS = (
    Format("marc21", (marc.NAMESPACE,), ("marc21", "marcxml", "marc", "oai_marc"), ("record", "collection"), read_marc),
    Format("oai_lom", from_lom.NAMESPACES, ("oai_lom", "lom", "ims"), ("lom",), from_lom.read_lom),
    Format("mods", from_mods.NAMESPACES, ("mods",), ("mods", "modsCollection"), from_mods.read_mods),
    Format(
        "qdc",
        ("http://dspace.org/qualifieddc/", "http://purl.org/dc/terms/"),
        ("qdc", "dcterms"),
        ("qualifieddc",),
        read_dublin_core,
    ),
    Format(
        "oai_dc",
        (from_dublin_core.NAMESPACE, "http://purl.org/dc/elements/1.1/"),
        ("oai_dc", "dc"),
        ("dc",),
        read_dublin_core,
    ),
)  # fmt: skip
BY_NAMESPACE = {each: known for known in FORMATS for each in known.namespaces}


def format_of(element: etree._Element) -> Format | None:
    known = BY_NAMESPACE.get(namespace(element))
    return known or next((each for each in FORMATS if local(element.tag) in each.roots), None)


def describe(element: etree._Element) -> tuple[str, Described]:
    """The format and what the record says. Raises ValueError with a sentence for what is not read, and nothing else: one
    strange record must not stop a hundred thousand."""
    known = format_of(element)
    if known is None:
        name = namespace(element) or local(element.tag)
        raise ValueError(_("Records of this kind (%(name)s) cannot be read here.") % {"name": name})
    try:
        return known.name, known.read(element)
    except ValueError:
        raise
    except Exception as error:
        reason = _("It cannot be read (%(error)s).") % {"error": f"{type(error).__name__}: {error}"[:200]}
        raise ValueError(reason) from error
