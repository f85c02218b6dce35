"""The pages of decisions: the clerk drafts, only the issuer of the commune issues, and papers go to who may see them."""

import io

import docx
import pytest
from python_calamine import CalamineWorkbook

from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain.council import deciding, drafting
from recognition.enums import AssessmentState, DecisionKind, DecisionState
from recognition.models import Award, Decision, NoticeFeedback
from tests.factories.accounts import UserFactory
from tests.recognition.addresses import address

from .year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """Everything of it waits for the decision."""
    year = Year()
    year.family("Hoàng Văn Mẫu")
    year.notice_over()
    return year


def typed(**values):
    today = timezone.localdate()
    return {
        "number": "5",
        "issued_on": f"{today:%d/%m/%Y}",
        "issuer": "Ủy ban nhân dân xã Mẫu",
        "signer_title": "Chủ tịch",
        "signer_name": "Người Ký Mẫu",
        "articles": "Công nhận danh hiệu mẫu.\r\n\r\nQuyết định này là mẫu.",
        "recipients": "Lưu: VT",
    } | values


def test_the_clerk_drafts_and_the_issuer_issues(client, year):
    client.force_login(year.clerk)
    overview = address("round_commune", year.round.pk, year.commune.pk)
    draft = address("decision_draft", year.round.pk, year.commune.pk)
    assert draft in client.get(overview).text
    page = client.post(draft).url
    assert "chưa có số và ngày" in client.get(page).text
    assert client.post(page, typed()).status_code == 302
    decision = Decision.objects.get()
    act = address("decision_act", decision.pk)
    assert 'value="issue"' not in client.get(page).text
    assert client.post(act, {"action": "issue"}).status_code == 403
    client.force_login(year.issuer)
    assert 'value="issue"' in client.get(page).text
    assert client.post(page, typed(number="6")).status_code == 403
    issued = client.post(act, {"action": "issue"}, follow=True).text
    assert "05/QĐ-UBND" in issued
    assert "Hoàng Văn Mẫu" in issued
    assert Award.objects.get().decision == decision
    again = client.post(act, {"action": "issue"}, follow=True).text
    assert "được giữ nguyên" in again


def test_a_number_used_twice_gets_a_sentence_and_loses_nothing(client, year):
    deciding.issue(year.drafted(), year.issuer)
    year.family("Nhà Đến Sau")
    year.notice_over()
    client.force_login(year.clerk)
    page = client.post(address("decision_draft", year.round.pk, year.commune.pk)).url
    answer = client.post(page, typed(signer_name="Người Ký Khác")).text
    assert "số này" in answer
    assert "Người Ký Khác" in answer


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.ORGANISER])
def test_other_roles_neither_draft_nor_issue(client, year, role):
    draft = year.drafted()
    client.force_login(year.people[role])
    assert client.post(address("decision_draft", year.round.pk, year.commune.pk)).status_code == 403
    for action in ("issue", "discard"):
        assert client.post(address("decision_act", draft.pk), {"action": action}).status_code == 403
    assert client.get(address("decision_revoke", draft.pk)).status_code == 403


@pytest.mark.parametrize("role", [Role.ISSUER, Role.CLERK])
def test_people_of_another_commune_find_nothing(client, year, role):
    draft = year.drafted()
    client.force_login(UserFactory(role=role))
    assert client.get(address("decision", draft.pk)).status_code == 404
    assert client.post(address("decision_act", draft.pk), {"action": "issue"}).status_code == 404
    for form in ("pdf", "docx", "xlsx"):
        assert client.get(address("decision_document", draft.pk, form)).status_code == 404
    draft.refresh_from_db()
    assert draft.state == DecisionState.DRAFT


def test_the_papers_say_what_the_draft_says(client, year):
    draft = year.drafted()
    client.force_login(year.clerk)
    made = client.get(address("decision_document", draft.pk, "docx"))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(made.content)).paragraphs)
    assert "Gia đình học tập" in text
    assert client.get(address("decision_document", draft.pk, "pdf")).content.startswith(b"%PDF")
    assert client.get(address("decision_document", draft.pk, "xlsx")).content.startswith(b"PK")
    assert client.get(address("decision_document", draft.pk, "exe")).status_code == 404


def test_of_an_issued_decision_the_paper_that_was_kept_is_given(client, year):
    decision = deciding.issue(year.drafted(), year.issuer)
    client.force_login(year.officer)
    response = client.get(address("decision_document", decision.pk, "pdf"))
    with decision.document.open() as file:
        assert response.content == file.read()
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'filename="quyet-dinh-05-QD-UBND.pdf"' in response.headers["Content-Disposition"]


def test_an_issued_decision_gives_the_serials_to_print_on_the_papers(client, year):
    draft = year.drafted()
    client.force_login(year.clerk)
    assert client.get(address("decision_document", draft.pk, "so-hieu")).status_code == 404
    decision = deciding.issue(draft, year.issuer)
    assert (
        address("decision_document", draft.pk, "so-hieu")
        in client.get(decision.get_absolute_url()).content.decode()
    )
    sheet = client.get(address("decision_document", draft.pk, "so-hieu"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    award = Award.objects.get()
    assert rows[3][1] == award.name
    assert rows[3][6:8] == [award.serial, f"http://testserver{award.get_absolute_url()}"]
    client.force_login(UserFactory(role=Role.ISSUER))
    assert client.get(address("decision_document", draft.pk, "so-hieu")).status_code == 404


def test_a_draft_is_discarded_by_its_clerk(client, year):
    draft = year.drafted()
    client.force_login(year.clerk)
    client.post(address("decision_act", draft.pk), {"action": "discard"})
    assert not Decision.objects.exists()


def test_a_revocation_is_drafted_from_the_decision_that_gave_the_title(client, year):
    decision = deciding.issue(year.drafted(), year.issuer)
    row = decision.assessments.get()
    client.force_login(year.clerk)
    page = address("decision_revoke", decision.pk)
    assert page in client.get(address("decision", decision.pk)).text
    missing = client.post(page, {"because": "unmet", "reason": "Lý do dài"})
    assert "Lý do dài" in missing.text
    data = {"assessments": [row.pk], "because": "unmet", "reason": "Không còn đạt tiêu chí"}
    draft = Decision.objects.get(pk=client.post(page, data).url.rstrip("/").split("/")[-1])
    assert (draft.kind, draft.amends) == (DecisionKind.REVOKE, decision)
    client.post(address("decision", draft.pk), typed(number="6"))
    client.force_login(year.issuer)
    client.post(address("decision_act", draft.pk), {"action": "issue"})
    row.refresh_from_db()
    assert row.state == AssessmentState.REVOKED
    assert Award.objects.get().revoked_reason == "unmet"


def test_the_corner_of_the_issuer_leads_to_what_can_be_issued(client, year):
    draft = drafting.recognition(year.round, year.commune, year.clerk)
    client.force_login(year.issuer)
    assert draft.get_absolute_url() not in client.get("/can-bo/").text
    year.fill_in(draft)
    assert draft.get_absolute_url() in client.get("/can-bo/").text
    client.force_login(year.clerk)
    assert draft.get_absolute_url() not in client.get("/can-bo/").text


def test_the_corner_of_the_clerk_leads_to_opinions_that_wait(client, year):
    notice = year.round.notices.get()
    NoticeFeedback.objects.create(notice=notice, text="Chưa đúng")
    client.force_login(year.clerk)
    assert address("notice", notice.pk) in client.get("/can-bo/").text
    client.force_login(UserFactory(role=Role.CLERK))
    assert address("notice", notice.pk) not in client.get("/can-bo/").text
