"""Draft, published, next version."""

import datetime
import json

import pytest

from django.core.management import CommandError, call_command
from django.db.models import RestrictedError

from portal.accounts.enums import Role
from recognition.domain import seed
from recognition.domain.criteria_drafts import writing
from recognition.domain.criteria_drafts.publishing import NotReady, publish
from recognition.domain.published_rules import rules_of
from recognition.enums import Completeness, SetState
from recognition.models import CriteriaSet, Criterion
from tests.factories.accounts import UserFactory
from tests.factories.recognition import CriteriaSetFactory, points_set
from tests.recognition.test_criteria_reading import minimal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeded(settings):
    settings.DEMO = False
    seed.load()


@pytest.fixture
def unit():
    return CriteriaSet.objects.get(code="TT22-2020-DVHT")


@pytest.fixture
def draft(unit):
    """A next version whose text has been compared with the official one."""
    derived = writing.derive(unit, "TT22-MOI")
    derived.gaps = []
    derived.save()
    return derived


def criteria_of(criteria_set):
    return Criterion.objects.filter(group__criteria_set=criteria_set).order_by("group__position", "position")


def test_a_new_version_begins_as_a_copy_of_the_old(unit, draft):
    assert (draft.state, draft.usable_for_scoring, draft.derived_from) == (SetState.DRAFT, False, unit)
    assert (draft.code, draft.slug, draft.title) == ("TT22-MOI", "tt22-moi", unit.title)
    fields = ("code", "text", "kind", "max_points", "requirement", "lineage", "group__code")
    assert list(criteria_of(draft).values_list(*fields)) == list(criteria_of(unit).values_list(*fields))
    assert draft.rules == unit.rules


def test_a_draft_changes_and_its_model_does_not(unit, draft):
    before = unit.content_hash
    with writing.changing(draft.pk):
        criteria_of(draft).filter(code="1.1").update(text="Lời văn mới")
    assert not criteria_of(unit).filter(text="Lời văn mới").exists()
    assert CriteriaSet.objects.get(pk=unit.pk).content_hash == before
    assert rules_of(unit)


def test_a_published_draft_judges_and_changes_no_more(unit, draft):
    user = UserFactory(role=Role.ADMINISTRATOR)
    done = publish(draft.pk, user)
    assert (done.state, done.published_by, done.completeness) == (
        SetState.PUBLISHED,
        user,
        Completeness.COMPLETE,
    )
    assert rules_of(CriteriaSet.objects.get(pk=draft.pk)).targets.keys() == rules_of(unit).targets.keys()
    with pytest.raises(writing.NotADraft), writing.changing(draft.pk):
        pass
    with pytest.raises(writing.NotADraft):
        publish(draft.pk, user)
    with pytest.raises(writing.NotADraft):
        writing.delete(draft.pk)


def test_a_third_version_derives_from_the_second_and_keeps_the_lineage(unit, draft):
    publish(draft.pk, UserFactory())
    third = writing.derive(CriteriaSet.objects.get(pk=draft.pk), "TT22-BA")
    assert third.derived_from.derived_from == unit
    lineage = criteria_of(unit).values_list("lineage", flat=True)
    assert list(criteria_of(third).values_list("lineage", flat=True)) == list(lineage)


def test_what_is_missing_keeps_a_draft_back_and_is_said(draft):
    criteria_of(draft).filter(code="1.1").update(max_points=1)
    with pytest.raises(NotReady) as refused:
        publish(draft.pk, UserFactory())
    assert any("30" in fault for fault in refused.value.faults)
    draft.refresh_from_db()
    assert draft.state == SetState.DRAFT


def test_a_draft_can_be_thrown_away(draft):
    writing.delete(draft.pk)
    assert not CriteriaSet.objects.filter(code="TT22-MOI").exists()


@pytest.mark.parametrize("code", ["TT22-2020-DVHT", "tt22 2020 đvht"])
def test_no_two_sets_have_one_code_or_address(unit, code):
    with pytest.raises(writing.CodeTaken):
        writing.derive(unit, code)


def test_a_set_that_was_only_known_in_part_can_be_completed_by_a_draft():
    known = CriteriaSet.objects.get(code__contains="448")
    draft = writing.derive(known, "QD448-DAY-DU")
    with pytest.raises(NotReady) as refused:
        publish(draft.pk, UserFactory())
    assert len(refused.value.faults) > len(known.gaps)


def test_drafts_are_not_shown_to_the_public(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.get_absolute_url() not in client.get("/mo-hinh-hoc-tap/").text


def test_the_page_of_a_set_leads_to_its_newer_version_once_that_is_published(client, unit, draft):
    assert draft.get_absolute_url() not in client.get(unit.get_absolute_url()).text
    publish(draft.pk, UserFactory())
    assert draft.get_absolute_url() in client.get(unit.get_absolute_url()).text


def test_drafts_are_not_found_by_the_search(draft):
    from recognition.search import CriteriaSource

    source = CriteriaSource()
    assert source.entries([draft.pk]) == []
    assert str(draft.pk) not in set(source.ids())
    assert all(entry.key != f"criteria:{draft.pk}" for entry in source.title_lookup(draft.title, 99))


def test_a_file_does_not_write_over_a_draft(tmp_path):
    CriteriaSetFactory(draft=True, code="MAU-1", slug="mau-1")
    path = tmp_path / "set.json"
    path.write_text(json.dumps(minimal()), "utf-8")
    with pytest.raises(CommandError, match="MAU-1"):
        call_command("import_criteria", str(path))


def test_evidence_may_be_asked_for_one_criterion_alone(draft):
    from tests.recognition.scoring.sheets import full, judge

    criteria_of(draft).filter(code="1.1").update(evidence_required=True)
    rules = rules_of(publish(draft.pk, UserFactory()))
    sheet = full(rules)
    first, second = list(rules.targets)[:2]
    sheet["answers"][first]["evidence"] = sheet["answers"][second]["evidence"] = False
    found = judge(rules, sheet)
    assert found.total == 100 - rules.targets[first].max_points
    assert [reason for reason in found.reasons if reason.startswith(first)]
    assert not [reason for reason in found.reasons if reason.startswith(second)]


def test_the_day_of_a_draft_is_the_day_it_was_begun():
    draft = writing.begin(CriteriaSetFactory.build(draft=True, code="MỚI 2027", retrieved_on=None))
    assert (draft.slug, draft.state) == ("moi-2027", SetState.DRAFT)
    assert isinstance(draft.retrieved_on, datetime.date)


def test_a_sample_goes_with_the_drafts_that_people_tried_out_on_it():
    day = datetime.date(2026, 1, 1)
    facts = {"issuer": "Hội mẫu", "issue_date": day, "valid_from": day}
    sample = points_set(code="MAU-THU", slug="mau-thu", is_sample=True, **facts)
    draft = writing.derive(sample, "MAU-THU-2")
    publish(writing.derive(sample, "MAU-THU-3").pk, UserFactory())
    assert draft.is_sample
    CriteriaSet.objects.filter(is_sample=True).delete()
    assert not CriteriaSet.objects.filter(code__startswith="MAU-THU").exists()
    with pytest.raises(RestrictedError):
        writing.derive(points_set(code="THAT", slug="that"), "THAT-2").derived_from.delete()
