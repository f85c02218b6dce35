"""Servers of OAI-PMH that break down: the run ends with a sentence, and the next one goes on."""

import pytest

from library.interop.oai.answers import read
from library.interop.page import SourceProblem

from .oai_server import Reply, Repository, envelope, records

pytestmark = pytest.mark.usefixtures("in_english")


def test_errors_that_come_with_a_status_of_http_are_read_all_the_same(harvest):
    def strict(arguments, reply):
        return Reply(reply.body, status=404 if "noRecordsMatch" in reply.body else 200)

    assert harvest(Repository([], spoil=strict)).found == []


def test_a_server_that_breaks_down_ends_the_run_and_the_next_one_goes_on(reading):
    broken = [False]

    def spoil(arguments, reply):
        return Reply("Bảo trì", status=503) if broken[0] else reply

    source = Repository(records(95), spoil=spoil)
    got = []
    with reading(source) as reader:
        for page in reader.pages():
            got.append(page)
            broken[0] = len(got) == 3
            if broken[0]:
                break
        with pytest.raises(SourceProblem, match="503"):
            list(reader.pages(got[-1].next))
    broken[0] = False
    with reading(source) as reader:
        got += reader.pages(got[-1].next)
    found = [each.identifier for page in got for each in page.records]
    assert sorted(found) == sorted(each.identifier for each in records(95))


def test_a_login_page_in_the_middle_ends_the_run_with_a_sentence(reading):
    def spoil(arguments, reply):
        return Reply("<html><body>Đăng nhập</body></html>") if "resumptionToken" in arguments else reply

    got = []
    with reading(Repository(records(95), spoil=spoil)) as reader:
        pages = (got.extend(page.records) for page in reader.pages())
        with pytest.raises(SourceProblem, match="sign in"):
            list(pages)
    assert len(got) == 10


@pytest.mark.parametrize("inside", ["", "<Identify/>", "<ListSets/>", "<ListRecords>&&</ListRecords><a>"])
def test_an_answer_without_a_list_is_not_the_end_of_the_list(harvest, inside):
    """What comes behind it would be hidden as not offered any more."""
    forgetful = iter([True])

    def spoil(arguments, reply):
        again = "resumptionToken" in arguments and next(forgetful, False)
        return Reply(envelope(inside)) if again else reply

    got = harvest(Repository(records(35), spoil=spoil))
    assert sorted(got.identifiers) == sorted(each.identifier for each in records(35))
    assert "without a list" in got.notes


def test_a_source_that_never_answers_with_a_list_ends_the_run(reading):
    with (
        reading(Repository([], spoil=lambda arguments, reply: Reply(envelope("<Identify/>")))) as reader,
        pytest.raises(SourceProblem, match="without a list"),
    ):
        list(reader.pages())


@pytest.mark.parametrize(
    "piece",
    [
        "<record><header><identifier>" + " " * 50_000 + "x & <",
        "<record " * 50_000,
        "<ListRecords " * 50_000,
        "<resumptionToken " * 50_000,
    ],
)
def test_half_an_answer_is_looked_at_once_whatever_stands_in_it(piece):
    """No pattern goes back and forth in what a server sends: it would take for ever."""
    answer = read(f"<OAI-PMH><ListRecords>{piece}".encode())
    assert answer.truncated
    assert all(each.problem for each in answer.records)
