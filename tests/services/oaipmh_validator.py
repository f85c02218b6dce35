"""The public validator of OAI-PMH, zimeon/oaipmh-validator on GitHub: the code behind the registration at openarchives.org.

It is no part of this project and in no package registry that the tests ask. To run it, clone it and name its folder:

    git clone https://github.com/zimeon/oaipmh-validator
    OAIPMH_VALIDATOR=$PWD/oaipmh-validator make test

The modules of Perl that it needs are then installed with the other Debian packages.
"""

import os
import subprocess
from pathlib import Path

from .machine import Missing, program

FOLDER = "OAIPMH_VALIDATOR"
MODULES = {  # Perl module -> Debian package
    "XML::DOM": "libxml-dom-perl",
    "Class::Accessor": "libclass-accessor-perl",
    "LWP::UserAgent": "libwww-perl",
    "Data::UUID": "libdata-uuid-perl",
    "Date::Manip": "libdate-manip-perl",
    "JSON": "libjson-perl",
    "CGI": "libcgi-pm-perl",
    "Try::Tiny": "libtry-tiny-perl",
    "LWP::Protocol::https": "liblwp-protocol-https-perl",
}


def command(base_url: str) -> tuple[list[str], Path]:
    """(what to run, in which folder). Raises Missing."""
    folder = _folder()
    for module in MODULES:
        find(module)
    return [_perl(), "-Ilib", "oaipmh-validator.pl", base_url], folder


def find(module: str) -> None:
    """Raises Missing when it is not there; also when nobody named the validator, for then nothing needs it."""
    _folder()
    loaded = subprocess.run([_perl(), f"-M{module}", "-e", "1"], capture_output=True)
    if loaded.returncode:
        raise Missing(f"no Perl module {module} (Debian package {MODULES[module]})")


def _perl() -> str:
    return program("perl", missing="no Perl")


def _folder() -> Path:
    named = os.environ.get(FOLDER, "")
    if not named:
        raise Missing(
            f"{FOLDER} does not name a clone of https://github.com/zimeon/oaipmh-validator (see {__name__})"
        )
    if not (Path(named) / "oaipmh-validator.pl").exists():
        raise Missing(f"{FOLDER}: there is no oaipmh-validator.pl in {named}")
    return Path(named)
