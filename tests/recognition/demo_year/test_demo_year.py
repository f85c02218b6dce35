"""A commune's year of samples, made and taken away again."""

import pytest

from django.apps import apps
from django.core.management import CommandError, call_command

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, User
from portal.places.domain import seed
from recognition.enums import AssessmentState, RoundState
from recognition.models import Assessment, CriteriaSet, Round, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    seed.load()


def counts() -> dict[str, int]:
    """Of everything that a demo year could leave behind."""
    rooms = ("accounts", "places", "recognition")
    return {
        model._meta.label: model._default_manager.count()
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    }


def test_every_desk_has_something_to_do(capsys):
    call_command("demo_year", families=60)
    printed = capsys.readouterr().out
    assert all(user.username in printed for user in User.objects.filter(is_superuser=False))
    this_year = Round.objects.get(state=RoundState.OPEN, subject_kind="family")
    assert set(this_year.assessments.values_list("state", flat=True)) == {
        AssessmentState.DRAFT,
        AssessmentState.REGISTERED,
        AssessmentState.SELF_SCORED,
        AssessmentState.VERIFIED,
        AssessmentState.PROPOSED,
        AssessmentState.IN_NOTICE,
        AssessmentState.RECOGNISED,
        AssessmentState.REFUSED,
    }
    last_year = Round.objects.get(state=RoundState.CLOSED, subject_kind="family")
    assert set(last_year.assessments.values_list("state", flat=True)) == {"recognised", "refused"}
    assert all(audit.verify(chain) is None for chain in AuditChain.objects.all())


def test_all_of_it_is_labelled_as_a_sample():
    call_command("demo_year", families=12)
    assert not Subject.objects.filter(is_sample=False).exists()
    assert not Round.objects.filter(is_sample=False).exists()
    assert not AuditChain.objects.filter(is_sample=False).exists()
    sets = CriteriaSet.objects.filter(pk__in=Round.objects.values("criteria_set"))
    assert all(each.is_sample and each.title.startswith("MẪU") for each in sets)


def test_nothing_is_left_when_it_is_taken_away():
    before = counts()
    call_command("demo_year", commune="01501", families=12)
    assert counts() != before
    call_command("demo_year", remove=True)
    assert counts() == before


def test_it_is_not_made_twice():
    call_command("demo_year", families=12)
    made = Assessment.objects.count()
    with pytest.raises(CommandError, match="đã có năm mẫu"):
        call_command("demo_year", families=12)
    assert Assessment.objects.count() == made


def test_another_commune_has_log_ins_of_its_own():
    call_command("demo_year", families=12)
    call_command("demo_year", commune="01501", families=12)
    assert User.objects.count() == 2 * len(Role)


@pytest.mark.parametrize("code", ["99999", "203"])
def test_it_needs_a_commune_of_today(code):
    with pytest.raises(CommandError):
        call_command("demo_year", commune=code)


def test_a_real_site_gets_none(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_year")
    assert not Round.objects.exists()
