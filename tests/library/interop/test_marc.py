"""MARC as bytes: both character sets, XML, and what is broken on the way."""

import random

import pymarc
import pytest

from django.utils.translation import override

from library.interop import marc
from portal.text import nfc
from tests.library.samples import sample


def record(title="Trồng ngô trên đất dốc", number="mau-1") -> pymarc.Record:
    made = pymarc.Record()
    made.leader = pymarc.Leader("00000nam a2200000 a 4500")
    made.add_field(pymarc.Field(tag="001", data=number))
    indicators = pymarc.Indicators("1", "0")
    made.add_field(pymarc.Field(tag="245", indicators=indicators, subfields=[pymarc.Subfield("a", title)]))
    return made


def titles(readings) -> list[str | None]:
    return [each.record["245"]["a"] if each.record else None for each in readings]


def in_marc8(title: bytes) -> bytes:
    """One record whose leader states MARC-8."""
    field = b"10\x1fa" + title + b"\x1e"
    directory = b"245%04d00000\x1e" % len(field)
    base = 24 + len(directory)
    return b"%05dnam  22%05d a 4500" % (base + len(field) + 1, base) + directory + field + b"\x1d"


def test_what_is_written_is_read_again():
    records = [record(), record("Tiếng Tày: sli, lượn", "mau-2")]
    for read, write in ((marc.read, marc.write), (marc.read_xml, marc.write_xml)):
        readings = list(read(write(records)))
        assert titles(readings) == ["Trồng ngô trên đất dốc", "Tiếng Tày: sli, lượn"]
        assert [(each.number, each.control_number) for each in readings] == [(1, "mau-1"), (2, "mau-2")]


def test_marc8_puts_its_marks_before_the_letters():
    assert titles(marc.read(in_marc8(b"globaliza\xf0c\xe4ao"))) == ["globalização"]


def test_letters_that_are_good_utf8_are_utf8_whatever_the_leader_says():
    assert titles(marc.read(in_marc8("Trồng ngô".encode()))) == ["Trồng ngô"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda data: data[:60] + data[-1:], "bytes"),
        (lambda data: b"99999" + data[5:], "99999"),
        (lambda data: b"xxxxx" + data[5:], "leader"),
        (lambda data: data[:30] + b"7" + data[31:], "directory"),
        (lambda data: data.replace("ồ".encode(), b"\xe1\xbb\x28"), "character set"),
    ],
)
def test_a_bad_record_is_told_with_its_reason_and_the_next_one_is_read(broken, reason):
    good = marc.write([record()])
    with override("en"):
        readings = list(marc.read(good + broken(good) + good))
    assert titles(readings) == ["Trồng ngô trên đất dốc", None, "Trồng ngô trên đất dốc"]
    assert reason in readings[1].reason
    assert readings[1].number == 2


def test_the_control_number_of_a_bad_record_is_told():
    bad = marc.write([record()]).replace("ồ".encode(), b"\xe1\xbb\x28")
    assert next(marc.read(bad)).control_number == "mau-1"


def test_a_record_that_lost_its_end_does_not_swallow_the_next_one():
    good = marc.write([record()])
    readings = list(marc.read(good[:70] + marc.write([record("Nuôi ong", "mau-2")])))
    assert titles(readings) == [None, "Nuôi ong"]


def test_no_damage_stops_the_reading():
    good = marc.write([record(), record("Nuôi ong", "mau-2"), record("Dệt vải", "mau-3")])
    chance = random.Random(7)
    for _turn in range(300):
        damaged = bytearray(good)
        for _hit in range(chance.randint(1, 9)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        for reading in marc.read(bytes(damaged)):
            assert bool(reading.reason) != bool(reading.record)


def test_lines_between_records_do_not_matter():
    good = marc.write([record()])
    assert len(list(marc.read(b"\n" + good + b"\r\n" + good + b"\n"))) == 2


def test_xml_with_a_dtd_is_refused_and_no_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mật")
    entity = f'<!DOCTYPE collection [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
    good = marc.write_xml([record("TITLE")])
    attacked = good.replace(b"?>", b"?>" + entity, 1).replace(b"TITLE", b"&x;")
    readings = list(marc.read_xml(attacked))
    assert [each.record for each in readings] == [None]
    assert "DTD" in readings[0].reason


def test_xml_that_breaks_in_the_middle_gives_what_came_before():
    good = marc.write_xml([record(), record("Nuôi ong", "mau-2")])
    readings = list(marc.read_xml(good[: good.index("Nuôi ong".encode())]))
    assert titles(readings) == ["Trồng ngô trên đất dốc", None]
    assert "XML" in readings[1].reason


def test_xml_without_any_record_of_marc_says_so():
    readings = list(marc.read_xml(b"<html><body>Login</body></html>"))
    assert [(each.number, bool(each.reason)) for each in readings] == [(0, True)]


def test_xml_is_read_without_the_namespace_and_inside_other_answers():
    good = marc.write_xml([record()])
    bare = good.replace(b' xmlns="http://www.loc.gov/MARC21/slim"', b"")
    inside = b"<answer><record><recordData>" + bare.partition(b"?>")[2] + b"</recordData></record></answer>"
    assert titles(marc.read_xml(inside)) == ["Trồng ngô trên đất dốc"]


@pytest.mark.parametrize(
    ("content", "is_marc", "is_xml"),
    [
        (marc.write([record()]), True, False),
        (b"99999" + marc.write([record()])[5:], True, False),
        (marc.write_xml([record()]), False, True),
        ("key;title\n1;Ấn".encode("utf-16"), False, False),
        (b"PK\x03\x04\x1e\x1d", False, False),
        ("Nhan đề,Tác giả\n".encode(), False, False),
    ],
)
def test_the_format_is_told_by_the_content(content, is_marc, is_xml):
    assert (marc.is_marc(content), marc.is_marcxml(content)) == (is_marc, is_xml)


def test_a_field_longer_than_marc_can_count_is_not_written_wrongly():
    with pytest.raises(ValueError, match="245"):
        marc.write([record("x" * 10_000)])


def test_control_characters_do_not_break_the_xml():
    assert titles(marc.read_xml(marc.write_xml([record("a\x01b")]))) == ["ab"]


def test_the_real_records_of_two_encodings_are_the_same():
    binary = list(marc.read(sample("marc/loc_test_data.utf8.mrc")))
    xml = list(marc.read_xml(sample("marc/loc_test_data.utf8.marc.xml")))
    assert len(binary) == len(xml) == 30
    for one, other in zip(binary, xml, strict=True):
        assert [nfc(str(f)) for f in one.record.fields] == [nfc(str(f)) for f in other.record.fields]


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("marc/marc8_one.mrc", 1, "Por uma outra globalização :"),
        ("marc/pymarc_marc8.dat", 1, "Escape from loneliness /"),
        ("marc/pymarc_bad_indicator.dat", 1, "Aristocrats of color :"),
        ("marc/vn_hcmut_library_part4_0001-0500.mrc", 500, None),
    ],
)
def test_real_files_of_the_wild_are_read_whole(name, number, title):
    readings = list(marc.read(sample(name)))
    assert len(readings) == number
    assert not [each.reason for each in readings if each.reason]
    if title:
        assert nfc(readings[0].record["245"]["a"]) == title
