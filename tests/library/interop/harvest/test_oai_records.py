"""Records of OAI-PMH that are strange or cannot be read: each is offered, or told with its text."""

import pytest

from .oai_server import NAMESPACES, Record, dc, envelope, one_page, record

pytestmark = pytest.mark.usefixtures("in_english")


def test_illegal_datestamps_are_kept(harvest):
    got = harvest(one_page(record(1, datestamp="20210311")))
    assert [each.datestamp for each in got.found] == ["20210311"]
    assert "20210311" in got.notes


def test_deleted_records(harvest):
    got = harvest(one_page(record(1), Record("oai:kho.example:2", deleted=True)))
    assert [each.deleted for each in got.found] == [False, True]


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (Record("oai:a", inside=dc(creator="Nguyễn Văn Mẫu")), "no title"),
        (Record("oai:a", inside=dc(title="  ")), "no title"),
        (Record("oai:a"), "empty"),
        (Record("", inside=dc(title="Ngô")), "no identifier"),
        (Record("oai:" + "a" * 600, inside=dc(title="Ngô")), "longer than"),
        (Record("oai:a", inside='<x xmlns="http://la.example/">Ngô</x>'), "cannot be read here"),
        (Record("oai:a", inside=f'<record xmlns="{NAMESPACES["marcxml"]}"><datafield tag="1"/></record>'), "field"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_told_with_its_text(harvest, held, problem):
    got = harvest(one_page(held, record(2)))
    assert len(got.found) == 2
    assert problem in got.failed[0].problem
    assert b"<header>" in got.failed[0].raw


def test_identifiers_of_localhost_and_strange_ones_are_kept_as_they_are(harvest):
    held = [record(1), record(2), record(3)]
    held[0].identifier, held[1].identifier, held[2].identifier = (
        "oai:localhost:123456789/1",
        "1",
        "oai:Đ ư/&?",
    )
    assert harvest(one_page(*held)).identifiers == ["oai:localhost:123456789/1", "1", "oai:Đ ư/&?"]


def test_whatever_is_sent_as_a_list_is_offered_or_told(harvest):
    """The envelope is right, what stands in it is not."""
    got = harvest(
        one_page(
            record(1), change=lambda _body: envelope("<ListRecords><record/><record>x</record></ListRecords>")
        )
    )
    assert len(got.failed) == 2
