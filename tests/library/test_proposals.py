"""Who sees material that was handed in, and how the librarian takes it or says why not."""

import pytest

from django.urls import reverse

from library.domain import proposing
from library.domain.withdrawal import withdraw
from library.enums import ProposalState
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory
from tests.library.proposals import START, address, draft, handed_in

pytestmark = pytest.mark.django_db


class TestWhoMay:
    @pytest.mark.parametrize("path", [START, START + "1/"])
    def test_who_has_not_signed_in_is_asked_to(self, client, path):
        response = client.get(path)
        assert response.status_code == 302
        assert "/can-bo/dang-nhap/" in response.url

    def test_who_holds_no_role_may_not(self, client, person):
        client.force_login(person())
        assert client.get(START).status_code == 403
        assert client.post(START, {"url": "https://a.invalid/"}).status_code == 403

    def test_nobody_sees_what_another_officer_sent(self, client, officer, person):
        proposal = handed_in(officer)
        client.force_login(person(Role.VIEWER))
        assert client.get(address(proposal)).status_code == 404
        rendition = proposal.resource.renditions.get()
        assert (
            client.get(reverse("library:file", args=[proposal.resource_id, rendition.pk])).status_code == 404
        )
        assert client.get(proposal.resource.get_absolute_url()).status_code == 404

    def test_the_file_is_open_to_sender_and_librarian_before_it_is_taken(self, client, officer, person):
        proposal = handed_in(officer)
        path = reverse("library:file", args=[proposal.resource_id, proposal.resource.renditions.get().pk])
        assert client.get(path).status_code == 404
        for user in (officer, person(Role.LIBRARIAN)):
            client.force_login(user)
            assert client.get(path).status_code == 200


class TestTheAnswer:
    def test_what_is_taken_is_found(self, librarian_client, officer, indexed):
        proposal = handed_in(officer, title="Kế hoạch khuyến học")
        page = librarian_client.get(reverse("library_proposals:edit", args=[proposal.pk]))
        assert "Kế hoạch khuyến học" in page.content.decode()
        librarian_client.post(
            reverse("library_proposals:edit", args=[proposal.pk]), {"action": "accept", "answer": "Cảm ơn."}
        )
        indexed()
        proposal.refresh_from_db()
        assert (proposal.state, proposal.answer) == ("accepted", "Cảm ơn.")
        assert "Kế hoạch khuyến học" in librarian_client.get("/thu-vien/?q=ke+hoach").content.decode()

    def test_a_refusal_needs_a_reason_and_the_sender_reads_it(self, client, librarian_client, officer):
        proposal = handed_in(officer)
        path = reverse("library_proposals:edit", args=[proposal.pk])
        response = librarian_client.post(path, {"action": "decline", "answer": " "})
        assert response.context["form"]["answer"].errors
        librarian_client.post(path, {"action": "decline", "answer": "Ảnh mờ, xin chụp lại."})
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.DECLINED
        client.force_login(officer)
        for page in (address(proposal), START):
            assert "Ảnh mờ, xin chụp lại." in client.get(page).content.decode()
        client.logout()
        assert client.get(proposal.resource.get_absolute_url()).status_code == 404

    def test_a_declined_one_can_wait_again(self, librarian_client, officer):
        proposal = handed_in(officer)
        path = reverse("library_proposals:edit", args=[proposal.pk])
        librarian_client.post(path, {"action": "decline", "answer": "Chưa rõ nguồn."})
        librarian_client.post(path, {"action": "reopen"})
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == ("waiting", None)

    def test_it_is_decided_once(self, officer, person):
        proposal, librarian = handed_in(officer), person(Role.LIBRARIAN)
        proposing.accept(proposal, librarian)
        with pytest.raises(proposing.Decided):
            proposing.decline(proposal, librarian, "Muộn rồi.")
        with pytest.raises(proposing.Decided):
            proposing.hand_in(proposal, {})

    def test_the_list_shows_what_waits_and_no_draft(self, librarian_client, officer):
        draft(officer)
        waiting = handed_in(officer, title="Đang chờ")
        withdraw(ResourceFactory(), "Khác.")
        page = librarian_client.get(reverse("library_proposals:index"))
        assert list(page.context["object_list"]) == [waiting]
        assert reverse("library_proposals:edit", args=[waiting.pk]) in page.content.decode()

    @pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR])
    def test_nobody_else_decides(self, client, officer, person, role):
        proposal = handed_in(officer)
        client.force_login(person(role))
        path = reverse("library_proposals:edit", args=[proposal.pk])
        assert client.get(path).status_code in (302, 403)
        assert client.post(path, {"action": "accept"}).status_code in (302, 403)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.WAITING

    def test_it_waits_on_the_first_page_of_the_admin_and_in_the_officers_corner(
        self, client, librarian_client, officer
    ):
        handed_in(officer)
        assert reverse("library_proposals:index") in librarian_client.get("/admin/").content.decode()
        client.force_login(officer)
        assert START in client.get("/can-bo/").content.decode()

    def test_lists_take_the_same_number_of_queries_however_long(
        self, librarian_client, client, officer, django_assert_max_num_queries
    ):
        for _number in range(5):
            handed_in(officer)
        librarian_client.get(reverse("library_proposals:index"))
        with django_assert_max_num_queries(20):
            librarian_client.get(reverse("library_proposals:index"))
        client.force_login(officer)
        client.get(START)
        with django_assert_max_num_queries(12):
            client.get(START)
