"""Lists of OAI-PMH and their tokens: read to their end, whatever becomes of them, and never for ever."""

import itertools
import re

import pytest

from library.interop.oai import watch
from library.interop.page import SourceProblem

from .oai_server import Reply, Repository, error, one_page, record, records, spoiling

pytestmark = pytest.mark.usefixtures("in_english")


def test_same_token_for_ever(harvest):
    def stuck(body):
        return re.sub(r"(<resumptionToken[^>]*>)[^<]*<", r"\1mai<", body)

    source = Repository(records(30), spoil=spoiling(stuck))
    source.ListRecords = lambda _arguments, original=source.ListRecords: original({})
    with pytest.raises(SourceProblem, match="again and again"):
        harvest(source)
    assert len(source.lists) <= 3


def test_the_same_records_with_ever_new_tokens(harvest):
    numbers = itertools.count()

    def endless(body):
        return re.sub(r"(<resumptionToken[^>]*>)[^<]*<", rf"\g<1>mai-{next(numbers)}<", body)

    source = Repository(records(30), spoil=spoiling(endless))
    source.ListRecords = lambda _arguments, original=source.ListRecords: original({})
    with pytest.raises(SourceProblem, match="again and again"):
        harvest(source)
    assert len(source.lists) < 10


def test_a_token_that_stays_the_same_while_the_records_change(harvest):
    """Some servers keep the place for themselves."""
    source, turn = Repository(records(50)), itertools.count()
    original = source.ListRecords

    def by_memory(arguments):
        place = next(turn) * 10
        body = original({"resumptionToken": f"|||{place}"} if place else arguments)
        return re.sub(r"(<resumptionToken[^>]*>)[^<]+<", r"\1phien<", body)

    source.ListRecords = by_memory
    assert len(harvest(source).found) == 50


@pytest.mark.parametrize("in_order", [True, False])
def test_expired_token_mid_run(harvest, in_order):
    held = records(95) if in_order else records(95)[::-1]
    forgotten = iter([True])

    def forget(arguments, reply):
        if arguments.get("resumptionToken", "").endswith("|40") and next(forgotten, False):
            return Reply(error("badResumptionToken", "expired"))
        return reply

    source = Repository(held, spoil=forget)
    got = harvest(source)
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)  # each once
    again = [each for each in source.lists[1:] if "resumptionToken" not in each]
    assert len(again) == 1
    assert ("from" in again[0]) == in_order


def test_tokens_that_never_live_longer_than_two_pages(harvest):
    held = records(95)
    source = Repository(held, spoil=lambda arguments, reply: (
        Reply(error("badResumptionToken")) if arguments.get("resumptionToken", "").endswith("|20") else reply
    ))  # fmt: skip
    assert sorted(harvest(source).identifiers) == sorted(each.identifier for each in held)


def test_a_run_that_was_killed_goes_on_after_its_last_page(reading):
    source = Repository(records(95))
    with reading(source) as reader:
        pages = reader.pages()
        first = [next(pages) for _turn in range(4)]
    with reading(source) as reader:
        rest = list(reader.pages(first[-1].next))
    found = [each.identifier for page in [*first, *rest] for each in page.records]
    assert sorted(found) == sorted(each.identifier for each in records(95))


@pytest.mark.parametrize("said", [1000, 3, 0])
def test_wrong_complete_list_size(harvest, said):
    got = harvest(Repository(records(25), size=lambda _real: str(said)))
    assert len(got.found) == 25
    assert not got.failed


def test_complete_list_size_that_is_no_number(harvest):
    assert len(harvest(Repository(records(25), size=lambda _real: "nhiều")).found) == 25


def test_a_list_that_ends_early_is_read_on(harvest):
    """The source never lists more than thirty records, whatever is asked."""
    source, held = Repository(records(95)), records(95)
    original = source.ListRecords

    def capped(arguments):
        body = original(arguments)
        return re.sub(r"<resumptionToken([^>]*)>[^<]*\|30<", r"<resumptionToken\1><", body)

    source.ListRecords = capped
    got = harvest(source)
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)


def test_huge_set_that_the_source_refuses_is_read_month_by_month(harvest, rests):
    def refuse(arguments, reply):
        if (
            arguments.get("verb") == "ListRecords"
            and "resumptionToken" not in arguments
            and "until" not in arguments
        ):
            return reply if arguments.get("from", "") > "2026" else Reply("Out of memory", status=500)
        return reply

    held = records(95)
    got = harvest(Repository(held, spoil=refuse))
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)
    assert "month by month" in got.notes


def test_empty_token_at_the_end_and_token_without_text(harvest):
    source = one_page(
        record(1), change=lambda body: body.replace("</ListRecords>", "<resumptionToken/></ListRecords>")
    )
    assert len(harvest(source).found) == 1


def test_no_records_match_is_the_end_and_no_error(harvest):
    got = harvest(Repository([]))
    assert got.found == []
    assert got.pages[-1].next is None


@pytest.mark.parametrize("code", ["badVerb", "noSetHierarchy", "cannotDisseminateFormat", "ở đâu"])
def test_errors_of_the_source_end_the_run_with_its_own_words(harvest, code):
    source = one_page(record(1), change=lambda _body: error(code, "Không được"))
    with pytest.raises(SourceProblem, match="Không được"):
        harvest(source)


def test_a_huge_list_by_days(harvest):
    held = [
        record(number, datestamp=f"20{10 + number // 28}-01-{1 + number % 28:02}") for number in range(60)
    ]

    def refuse(arguments, reply):
        first = arguments.get("verb") == "ListRecords" and "resumptionToken" not in arguments
        return Reply(error("badArgument", "too much")) if first and "until" not in arguments else reply

    source = Repository(held, granularity="YYYY-MM-DD", spoil=lambda arguments, reply: (
        reply if arguments.get("from", "") > "2026-10" else refuse(arguments, reply)
    ))  # fmt: skip
    assert sorted(harvest(source).identifiers) == sorted(each.identifier for each in held)
    assert all("T" not in each.get("until", "") for each in source.lists)


def test_a_reading_has_an_end_in_pages_and_in_time(harvest, monkeypatch):
    monkeypatch.setattr(watch, "MOST_PAGES", 3)
    with pytest.raises(SourceProblem, match="too long"):
        harvest(Repository(records(95)))
    monkeypatch.undo()
    monkeypatch.setattr(watch, "LONGEST", -1.0)
    with pytest.raises(SourceProblem, match="too long"):
        harvest(Repository(records(95)))
