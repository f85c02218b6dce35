"""The steps that stand on papers, through their pages: each by the one role of the table, and by nobody else."""

import pytest

from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain.council import appeals, deciding, drafting, notices
from recognition.domain.workflow.transitions import BY_NAME, LAPSE, TRANSITIONS
from recognition.models import Appeal, Assessment
from recognition.models.subject import READERS
from recognition.views.assessments import WITHOUT_PAPERS
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory
from tests.recognition.addresses import address

from ..council.year import Year

pytestmark = pytest.mark.django_db
ROLES = (*READERS, Role.EDITOR)


def voting(year):
    return address("council_act", year.session().pk), {"action": "close"}


def hanging_out(year):
    year.proposed()
    today = timezone.localdate()
    end = notices.earliest_end(year.round, today)
    days = {"opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{end:%d/%m/%Y}"}
    return address("notice_hang_out", year.round.pk, year.commune.pk), days


def deciding_it(year):
    year.notice_over()
    return address("decision_act", year.drafted().pk), {"action": "issue"}


def decided(year):
    """The assessment, by a decision of today."""
    year.notice_over()
    deciding.issue(year.drafted(), year.issuer)
    return Assessment.objects.get()


def appealing(year):
    row = decided(year)
    return address("appeal_file", row.pk), {"ground": "Có giấy khen chưa tính", "version": row.version}


def rejecting(year):
    appeal = appeals.file(decided(year), "Không đồng ý", year.officer)
    return address("appeal", appeal.pk), {"action": "reject", "outcome": "Không có gì mới"}


def amending(year):
    appeals.uphold(appeals.file(decided(year), "Căn cứ", year.officer), "Đúng như phản ánh", year.organiser)
    draft = year.fill_in(drafting.amendment(Appeal.objects.get(), year.clerk), number="9")
    return address("decision_act", draft.pk), {"action": "issue"}


def revoking(year):
    row = decided(year)
    draft = drafting.revocation(row.decision, [row], "unmet", "Không còn đạt", year.clerk)
    return address("decision_act", year.fill_in(draft, number="9").pk), {"action": "issue"}


# Name of the step: (points of the sheet, what leads to its door)
DOORS = {
    "propose": (25, voting),
    "publish": (25, hanging_out),
    "recognise": (25, deciding_it),
    "refuse": (10, deciding_it),
    "appeal": (10, appealing),
    "keep_refused": (10, rejecting),
    "keep_recognised": (25, rejecting),
    "recognise_on_appeal": (10, amending),
    "refuse_on_appeal": (25, amending),
    "revoke": (25, revoking),
}


def test_every_step_has_a_door_that_is_tried():
    assert {*DOORS, *(each.name for each in WITHOUT_PAPERS), LAPSE.name} == {
        each.name for each in TRANSITIONS
    }


@pytest.mark.parametrize("name", DOORS)
def test_the_door_of_a_step_opens_to_its_role_in_its_place_alone(client, name):
    transition, (points, prepare) = BY_NAME[name], DOORS[name]
    year = Year()
    year.family("Nông Thị Mẫu", points=points)
    door, data = prepare(year)
    row = Assessment.objects.get()
    [role] = transition.roles
    for other in (each for each in ROLES if each != role):
        client.force_login(UserFactory(role=other, place=year.commune))
        assert client.post(door, data).status_code in (403, 404), other
    client.force_login(UserFactory(role=role, place=CommuneFactory()))
    assert client.post(door, data).status_code == 404
    client.logout()
    assert "dang-nhap" in client.post(door, data).url
    unchanged = Assessment.objects.get()
    assert (unchanged.state, unchanged.version) == (row.state, row.version)
    client.force_login(UserFactory(role=role, place=year.commune))
    client.post(door, data)
    assert Assessment.objects.get().state == transition.target
