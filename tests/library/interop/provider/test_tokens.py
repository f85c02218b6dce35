"""Clause 9: resumption tokens are signed, last at least a day, and give the same page whatever comes or goes."""

import datetime
import time

import pytest

from django.core import signing

from library.domain.withdrawal import withdraw
from library.interop.oai import tokens
from library.models import OfferedRecord, Resource
from tests.factories.library import ResourceFactory, SubjectFactory

from .answers import offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_pages")]


@pytest.fixture
def made():
    resources = ResourceFactory.create_batch(8)
    offer()
    return [each.pk for each in resources]


def first_page(harvester, **arguments):
    return harvester("ListRecords", metadataPrefix="oai_dc", **arguments)


def test_clause_9_pages_follow_each_other_and_the_last_one_has_an_empty_token_with_a_cursor(harvester, made):
    pages = [first_page(harvester)]
    while pages[-1].token.text:
        pages.append(harvester.next("ListRecords", pages[-1]))
    assert [page.numbers for page in pages] == [made[:3], made[3:6], made[6:]]
    assert [page.token.get("cursor") for page in pages] == ["0", "3", "6"]
    assert {page.token.get("completeListSize") for page in pages} == {"8"}
    assert pages[-1].token.get("expirationDate") is None


def test_clause_9_a_list_of_one_page_has_no_token(harvester):
    ResourceFactory.create_batch(3)
    offer()
    assert first_page(harvester).token is None


def test_clause_9_a_token_lives_for_at_least_a_day(harvester, made):
    ends = datetime.datetime.fromisoformat(first_page(harvester).token.get("expirationDate"))
    assert ends >= datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)


def test_clause_9_a_token_that_has_expired_is_refused(harvester, made, monkeypatch):
    answer = first_page(harvester)
    later = time.time() + tokens.LIFETIME + 2
    monkeypatch.setattr(tokens.time, "time", lambda: later)
    assert harvester.next("ListRecords", answer).error == "badResumptionToken"


def test_clause_9_a_token_that_was_tampered_with_is_refused(harvester, made):
    text = first_page(harvester).token.text
    half = len(text) // 2
    other = "A" if text[half] != "A" else "B"
    for wrong in (text[:half] + other + text[half + 1 :], text[:-1], text + "x", text.partition(":")[0]):
        assert harvester("ListRecords", resumptionToken=wrong).error == "badResumptionToken"
    forged = signing.dumps(["ListRecords", {"metadataPrefix": "oai_dc"}, 0, 0, 1, 9e12], salt="another")
    assert harvester("ListRecords", resumptionToken=forged).error == "badResumptionToken"


def test_clause_9_a_token_is_for_its_verb_alone(harvester, made):
    assert harvester.next("ListIdentifiers", first_page(harvester)).error == "badResumptionToken"


def test_clause_9_a_token_carries_all_arguments(harvester):
    inside = SubjectFactory(slug="trong")
    made = [ResourceFactory(subjects=[inside]) if number % 2 else ResourceFactory() for number in range(10)]
    offer()
    answer = first_page(harvester, set="chude:trong", from_="2020-01-01", until="2999-01-01")
    following = harvester.next("ListRecords", answer)
    assert answer.numbers + following.numbers == [each.pk for each in made[1::2]]
    assert set(following.echoed) == {"verb", "resumptionToken"}


def test_clause_9_the_same_token_again_gives_the_same_page(harvester, made):
    token = first_page(harvester).token.text
    pages = [harvester("ListRecords", resumptionToken=token) for _time in range(2)]
    assert pages[0].numbers == pages[1].numbers == made[3:6]


def test_clause_9_nothing_is_skipped_or_repeated_when_records_come_and_go_while_paging(harvester, made):
    token = first_page(harvester).token.text
    ResourceFactory()  # a new one goes to the end
    withdraw(Resource.objects.get(pk=made[1]), "Nguồn đã gỡ.")  # one of the page that was read
    Resource.objects.get(pk=made[0]).delete()
    Resource.objects.filter(pk=made[4]).update(title="Tên mới")  # one that is still to come
    offer()
    page = harvester("ListRecords", resumptionToken=token)
    assert page.numbers == [made[3], made[5], made[6]]
    rest = []
    while page.token.text:
        page = harvester.next("ListRecords", page)
        rest += page.numbers
    assert sorted(rest) == sorted([made[7], made[0], made[1], made[4], made[7] + 1])


def test_clause_9_a_list_whose_end_went_elsewhere_is_still_ended(harvester, made):
    """All that was to come in that period has a later datestamp now."""
    OfferedRecord.objects.update(datestamp="2026-01-01T00:00:00Z")
    answer = first_page(harvester, until="2026-01-01")
    answer = harvester.next("ListRecords", answer)
    Resource.objects.filter(pk__in=made[6:]).update(title="Tên mới")
    offer()
    last = harvester.next("ListRecords", answer)
    assert (last.error, last.token.text) == ("", None)
    assert last.numbers == [made[5]]


def test_clause_9_a_token_is_never_empty_on_a_first_page_that_is_not_all(harvester, made):
    assert first_page(harvester).token.text


def test_clause_9_identifiers_page_too(harvester, made):
    assert harvester.all("ListIdentifiers", metadataPrefix="marc21") == made


def test_clause_9_every_page_costs_the_same_number_of_queries(harvester, made, django_assert_num_queries):
    answer = first_page(harvester)
    with django_assert_num_queries(1):
        answer = harvester.next("ListRecords", answer)
    with django_assert_num_queries(1):
        harvester.next("ListRecords", answer)
