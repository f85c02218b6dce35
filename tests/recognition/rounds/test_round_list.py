"""Who takes part: put on the list by village, narrowed, as a sheet, and one step for many of them."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.accounts.enums import Role
from recognition.enums import AssessmentState, RoundState, Stage
from recognition.models import Assessment, Round
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory, merge
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, scored
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def village(round):
    return VillageFactory(name="Bản Giốc", parent=round.place)


@pytest.fixture
def officer(client, round):
    user = UserFactory(role=Role.OFFICER, place=round.place)
    client.force_login(user)
    return user


@pytest.fixture
def verifier(client, round):
    user = UserFactory(role=Role.VERIFIER, place=round.place)
    client.force_login(user)
    return user


def states(round):
    return sorted(round.assessments.values_list("state", flat=True))


def named(name, round, village):
    subject = SubjectFactory(name=name, place=village)
    return AssessmentFactory(round=round, subject=subject, place=village, state=AssessmentState.REGISTERED)


class TestEnlisting:
    def test_a_whole_village_comes_on_the_list_in_one_go(self, client, officer, round, village):
        SubjectFactory.create_batch(3, place=village)
        SubjectFactory()  # of another village
        client.post(address("enlist", round.pk, village.pk), {"everybody": "on"})
        assert states(round) == ["draft"] * 3

    def test_only_those_ticked_come_on_the_list_and_are_registered(self, client, officer, round, village):
        first, _second = SubjectFactory.create_batch(2, place=village)
        form = {"subjects": [first.pk], "register": "on"}
        client.post(address("enlist", round.pk, village.pk), form)
        assert list(round.assessments.values_list("subject", "state")) == [(first.pk, "registered")]

    def test_nobody_comes_on_the_list_twice(self, client, officer, round, village):
        SubjectFactory(place=village)
        for _time in range(2):
            client.post(address("enlist", round.pk, village.pk), {"everybody": "on"})
        assert round.assessments.count() == 1

    def test_nothing_ticked_is_asked_for_again(self, client, officer, round, village):
        SubjectFactory(place=village)
        assert "ít nhất một tên" in client.post(address("enlist", round.pk, village.pk), {}).text

    def test_others_put_nobody_on_the_list(self, client, verifier, round, village):
        subject = SubjectFactory(place=village)
        response = client.post(address("enlist", round.pk, village.pk), {"everybody": "on"})
        assert response.status_code == 404
        assert not subject.assessments.exists()

    def test_a_village_of_another_commune_stays_out(self, client, officer, round):
        theirs = VillageFactory()
        SubjectFactory(place=theirs)
        assert client.post(address("enlist", round.pk, theirs.pk), {"everybody": "on"}).status_code == 404

    def test_a_closed_round_takes_nobody(self, client, officer, round, village):
        Round.objects.update(state=RoundState.CLOSED)
        SubjectFactory(place=village)
        assert client.post(address("enlist", round.pk, village.pk), {"everybody": "on"}).status_code == 404


class TestForms:
    def test_each_form_names_one_and_leads_to_its_own_sheet(self, client, officer, round, village):
        rows = AssessmentFactory.create_batch(2, round=round, place=village)
        page = client.get(address("registration_forms", round.pk, village.pk)).text
        for row in rows:
            assert f"/tu-cham/{row.household_token}/" in page
        assert page.count('class="qr"') == 2

    def test_only_the_officer_is_offered_them(self, client, round, village):
        AssessmentFactory(round=round, place=village)
        forms, query = address("registration_forms", round.pk, village.pk), {"xom": village.pk}
        for role, offered in ((Role.OFFICER, True), (Role.VERIFIER, False)):
            client.force_login(UserFactory(role=role, place=round.place))
            assert (forms in client.get(address("round_list", round.pk), query).text) == offered

    def test_whoever_only_reads_never_sees_the_address_of_an_own_sheet(self, client, round, village):
        row = AssessmentFactory(round=round, place=village)
        client.force_login(UserFactory(role=Role.VIEWER, place=round.place))
        for each in (
            address("registration_forms", round.pk, village.pk),
            address("registration_form", row.pk),
            row.get_absolute_url(),
            address("round_list", round.pk),
        ):
            assert row.household_token not in client.get(each).text, each


class TestList:
    def test_it_is_narrowed_by_village_state_and_a_name_without_accents(
        self, client, officer, round, village
    ):
        wanted = named("Hoàng Văn Mẫu", round, village)
        named("Hoàng Văn Khác", round, VillageFactory(parent=round.place))
        named("Nông Thị Mẫu", round, village)
        query = {"q": "hoang van", "xom": village.pk, "trang_thai": "registered"}
        rows = client.get(address("round_list", round.pk), query).context["rows"]
        assert [row for row, _commune_now in rows] == [wanted]

    @pytest.mark.parametrize("query", [{"xom": "x"}, {"trang_thai": "x"}, {"page": "9"}])
    def test_what_cannot_be_asked_for_is_not_found(self, client, officer, round, query):
        AssessmentFactory(round=round)
        assert client.get(address("round_list", round.pk), query).status_code == 404

    def test_another_communes_row_of_the_same_round_is_on_no_list(self, client, officer, round):
        mine, theirs = (
            AssessmentFactory(round=round),
            AssessmentFactory(round=round, commune=VillageFactory()),
        )
        assert theirs.subject.name not in client.get(address("round_list", round.pk)).text
        sheet = client.get(address("round_list_sheet", round.pk)).content
        cells = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
        names = [row[0] for row in cells]
        assert mine.subject.name in names
        assert theirs.subject.name not in names

    def test_a_row_of_a_merged_commune_bears_the_name_of_then_and_of_now(self, client, round, village):
        named("Hoàng Văn Mẫu", round, village)
        heir = CommuneFactory(name="Mới")
        merge(round.place, heir)
        client.force_login(UserFactory(role=Role.OFFICER, place=heir))
        page = client.get(address("round_list", round.pk)).text
        assert f"Xóm Bản Giốc, {round.place} (nay là Xã Mới)" in page

    def test_it_is_narrowed_by_the_communes_of_then_and_of_now(self, client):
        first, second, elsewhere, heir = (CommuneFactory(name=name) for name in ("Một", "Hai", "Khác", "Mới"))
        round = RoundFactory(place=first, communes=[first, second, elsewhere])
        for commune in (first, second, elsewhere):
            village = VillageFactory(parent=commune)
            AssessmentFactory(round=round, commune=commune, place=village)
        AssessmentFactory(round=round, commune=second, place=second)
        for commune in (first, second):
            merge(commune, heir)
        client.force_login(UserFactory(role=Role.ORGANISER))

        def narrowed(commune):
            page = client.get(address("round_list", round.pk), {"xa": commune.pk})
            assert "Xã Mới (hiện nay)" in page.text
            return sorted(row.commune.name for row, _commune_now in page.context["rows"])

        assert narrowed(heir) == ["Hai", "Hai", "Một"]
        assert narrowed(first) == ["Một"]
        assert narrowed(elsewhere) == ["Khác"]

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, client, officer, round, village, django_assert_max_num_queries
    ):
        AssessmentFactory.create_batch(2, round=round, place=village)
        with django_assert_max_num_queries(40) as few:
            client.get(address("round_list", round.pk))
        AssessmentFactory.create_batch(20, round=round, place=village)
        with django_assert_max_num_queries(len(few)):
            client.get(address("round_list", round.pk))


class TestSteps:
    def test_many_are_registered_at_once(self, client, officer, round):
        AssessmentFactory.create_batch(3, round=round)
        client.post(address("round_list_step", round.pk), {"step": "register", "everybody": "1"})
        assert states(round) == ["registered"] * 3

    def test_the_verifier_agrees_with_many_and_is_told_of_those_that_cannot_be_verified(
        self, client, verifier, round
    ):
        good = [
            scored(AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED), stages=[Stage.SELF])
            for _time in range(2)
        ]
        own = AssessmentFactory(
            round=round, state=AssessmentState.SELF_SCORED, submitted_by=verifier, submitted_as="officer"
        )
        scored(own, stages=[Stage.SELF])
        page = client.post(
            address("round_list_step", round.pk), {"step": "agree", "everybody": "1"}, follow=True
        ).text
        assert states(round) == ["self_scored", "verified", "verified"]
        assert own.subject.name in page
        assert "Người đã nộp phiếu thì không thẩm định phiếu đó" in page
        assert {each.scores.filter(stage="verifier").count() for each in good} == {4}
        assert not own.scores.filter(stage="verifier").exists()

    def test_who_was_dealt_with_meanwhile_is_left_alone_and_told(self, client, officer, round):
        row = AssessmentFactory(round=round)
        Assessment.objects.update(version=7)
        form = {"step": "register", "pick": [f"{row.pk}:0"]}
        page = client.post(address("round_list_step", round.pk), form, follow=True).text
        assert states(round) == ["draft"]
        assert "có người khác xử lý" in page

    def test_an_officer_verifies_nothing(self, client, officer, round):
        row = AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED)
        scored(row, stages=[Stage.SELF])
        for step in ("agree", "verify"):
            client.post(address("round_list_step", round.pk), {"step": step, "everybody": "1"})
        assert states(round) == ["self_scored"]
        assert not row.scores.filter(stage="verifier").exists()

    @pytest.mark.parametrize("step", ["recognise", "withdraw", "x", ""])
    def test_no_other_step_is_taken_from_the_list(self, client, officer, round, step):
        AssessmentFactory(round=round)
        response = client.post(address("round_list_step", round.pk), {"step": step, "everybody": "1"})
        assert response.status_code == 404
