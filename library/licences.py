"""What a licence lets a reader do, in words that need no lawyer. Pure: no database."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = "unknown"
NO_KNOWN_COPYRIGHT = "https://rightsstatements.org/vocab/NKC/1.0/"
SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,60}")
RIGHTS_STATEMENT = re.compile(r"https?://rightsstatements\.org/vocab/[A-Za-z-]+/1\.0/")
CREATIVE_COMMONS = re.compile(
    r"CC-(?P<terms>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)(?:-(?P<port>[A-Z]{2,3}))?"
)
CREATIVE_COMMONS_ADDRESS = re.compile(
    r"https://creativecommons\.org/licenses/(?P<terms>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)(?:/(?P<port>[a-z]{2,3}))?/?"
)
SPDX_ADDRESS = re.compile(r"https://spdx\.org/licenses/(?P<code>[A-Za-z0-9][A-Za-z0-9.+-]{1,60}?)(?:\.html)?")


@dataclass(frozen=True, slots=True)
class Licence:
    """`url` is empty when nothing has been granted; then the portal only links (`link_only`)."""

    name: str | Promise
    explanation: str | Promise
    url: str = ""

    @property
    def link_only(self) -> bool:
        return not self.url


BY_TERMS = {
    "BY": _("You may copy, change and share it, also for a fee, if you name the author."),
    "BY-SA": _(
        "You may copy, change and share it if you name the author and keep the same licence on your version."
    ),
    "BY-ND": _("You may copy and share it unchanged if you name the author."),
    "BY-NC": _("You may copy, change and share it without charge if you name the author."),
    "BY-NC-SA": _(
        "You may copy, change and share it without charge if you name the author and keep the same licence."
    ),
    "BY-NC-ND": _("You may copy and share it unchanged and without charge if you name the author."),
}
OTHERS = {
    UNKNOWN: Licence(
        _("Licence not stated"),
        _("The source does not say what may be done with it. Read it there; ask the source before copying."),
    ),
    NO_KNOWN_COPYRIGHT: Licence(
        _("No known copyright"),
        _("No copyright is known to rest on it: you may read, copy and share it."),
        NO_KNOWN_COPYRIGHT,
    ),
    "CC0-1.0": Licence(
        "CC0 1.0",
        _("Given to everybody: you may copy, change and share it freely."),
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
}

# Offered while typing; any other SPDX identifier may be written as well.
COMMON_LICENCES = [
    UNKNOWN,
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "CC0-1.0",
    NO_KNOWN_COPYRIGHT,
    "https://rightsstatements.org/vocab/InC/1.0/",
]


def explain(code: str) -> Licence:
    """`code`: SPDX identifier, rightsstatements.org address, or "unknown" (also used for an empty code)."""
    code = code or UNKNOWN
    if code in OTHERS:
        return OTHERS[code]
    if match := CREATIVE_COMMONS.fullmatch(code):
        return _creative_commons(**match.groupdict())
    if RIGHTS_STATEMENT.fullmatch(code):
        return Licence(_("Rights statement"), _("Read the statement of the source before copying."), code)
    return Licence(
        code,
        _("Made under an open licence; read its text before copying or changing it."),
        f"https://spdx.org/licenses/{code}.html",
    )


def is_open(code: str) -> bool:
    """Does it grant everybody something, if only to read and to pass on? Most rights statements grant nothing."""
    return code == NO_KNOWN_COPYRIGHT or not (explain(code).link_only or RIGHTS_STATEMENT.fullmatch(code))


def _creative_commons(terms: str, version: str, port: str | None) -> Licence:
    place = f"{port.lower()}/" if port else ""
    return Licence(
        " ".join(filter(None, ["CC", terms, version, port])),
        BY_TERMS[terms],
        f"https://creativecommons.org/licenses/{terms.lower()}/{version}/{place}",
    )


def licence_of_address(url: str) -> str:
    """The code behind the address of a licence, the other way of `explain(code).url`; "" for any other address."""
    address = re.sub(r"^http://", "https://", url.strip()).removesuffix("legalcode").removesuffix("deed")
    for code, licence in OTHERS.items():
        if licence.url and address.rstrip("/") == licence.url.rstrip("/"):
            return code
    if match := CREATIVE_COMMONS_ADDRESS.fullmatch(address):
        terms, version, port = match["terms"].upper(), match["version"], (match["port"] or "").upper()
        return "-".join(filter(None, ["CC", terms, version, port]))
    if match := SPDX_ADDRESS.fullmatch(address):
        return match["code"]
    statement = address if address.endswith("/") else f"{address}/"
    return statement if RIGHTS_STATEMENT.fullmatch(statement) else ""


def validate_licence(code: str) -> None:
    """Raises ValidationError unless `code` has the shape of one of the three forms."""
    if code != UNKNOWN and not (SPDX.fullmatch(code) or RIGHTS_STATEMENT.fullmatch(code)):
        raise ValidationError(
            _("Write an SPDX identifier such as CC-BY-4.0, an address at rightsstatements.org, or “unknown”.")
        )
