"""Records of MARC for the tests of what they say."""

import datetime

import pymarc

from library.codes import code_of
from library.enums import Audience, Kind, Level
from library.interop import marc
from library.interop.from_marc import read_description
from library.interop.to_marc import Holding, write_description

from .descriptions import EMPTY

MOMENT = datetime.datetime(2026, 11, 24, 8, 30, 5, tzinfo=datetime.UTC)
SUBJECTS = {"Trồng trọt": "trong-trot"}


def made(*fields, leader="00000nam a2200000 a 4500", fixed="", number="") -> pymarc.Record:
    """made("245 10 $aTitle /$cName", ...) -> a record."""
    record = pymarc.Record()
    record.leader = pymarc.Leader(leader)
    if number:
        record.add_field(pymarc.Field(tag="001", data=number))
    if fixed:
        record.add_field(pymarc.Field(tag="008", data=fixed))
    for text in fields:
        subfields = [pymarc.Subfield(code=part[0], value=part[1:]) for part in text[8:].split("$")]
        record.add_field(
            pymarc.Field(tag=text[:3], indicators=pymarc.Indicators(*text[4:6]), subfields=subfields)
        )
    return record


def described(*fields, **rest) -> dict:
    return read_description(
        made(*fields, **rest),
        subject=SUBJECTS.get,
        kind=lambda text: code_of(Kind, text),
        level=lambda text: code_of(Level, text),
        audience=lambda text: code_of(Audience, text),
    )


def written(**values) -> pymarc.Record:
    description = EMPTY | values
    names = {slug: name for name, slug in SUBJECTS.items()}
    holding = Holding(
        number=12,
        address="https://vi-du.example/r/12",
        created=MOMENT,
        changed=MOMENT,
        subjects=[names[slug] for slug in description["subjects"]],
        kind=str(Kind(description["kind"]).label),
        level=str(Level(description["level"]).label) if description["level"] else "",
        audience=str(Audience(description["audience"]).label),
    )
    return write_description(description, holding)


def round_trip(**values) -> dict:
    record = written(**values)
    (again,) = marc.read(marc.write([record]))
    (in_xml,) = marc.read_xml(marc.write_xml([record]))
    found = [
        read_description(
            each.record,
            subject=SUBJECTS.get,
            kind=lambda text: code_of(Kind, text),
            level=lambda text: code_of(Level, text),
            audience=lambda text: code_of(Audience, text),
        )
        for each in (again, in_xml)
    ]
    assert found[0] == found[1]
    return found[0]
