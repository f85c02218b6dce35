"""An officer hands in material in three minutes; the librarian takes it or says why not."""

import datetime
from pathlib import Path

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from library.domain import proposing
from library.domain.withdrawal import withdraw
from library.enums import ProposalState, RenditionForm
from library.models import Proposal, Resource
from portal.accounts.enums import Role
from tests.factories.cms import picture_bytes
from tests.factories.files import archive, pdf, text_pdf
from tests.factories.library import ResourceFactory
from tests.web.loopback import reply, serving

pytestmark = pytest.mark.django_db

START = "/can-bo/gui-hoc-lieu/"
TITLED = '#set document(title: "Kế hoạch khuyến học")\n'


@pytest.fixture
def sender(client, officer):
    client.force_login(officer)
    return client


def sent_file(content: bytes, name: str = "tep.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def address(proposal: Proposal) -> str:
    return reverse("library:proposal", args=[proposal.pk])


def confirmed(**changes) -> dict:
    return {
        "title": "Kế hoạch khuyến học",
        "creators": "",
        "kind": "guide",
        "language": "vie",
        "page_count": "2",
        "licence": "unknown",
        "note": "",
    } | changes


def draft(user, **rest) -> Proposal:
    return proposing.begin(user, file=sent_file(text_pdf(2, setup=TITLED)), **rest)


def handed_in(user, **values) -> Proposal:
    proposal = draft(user)
    proposing.hand_in(
        proposal,
        {"title": "Kế hoạch", "kind": "guide", "language": "vie", "licence": "unknown"} | values,
    )
    proposal.refresh_from_db()
    return proposal


class TestTheMaterial:
    def test_a_file_is_enough(self, sender, officer):
        response = sender.post(START, {"url": "", "file": sent_file(text_pdf(2, setup=TITLED))})
        proposal = Proposal.objects.get()
        assert response.url == address(proposal)
        assert (proposal.proposed_by, proposal.state) == (officer, ProposalState.DRAFT)
        assert proposal.found["values"]["title"] == "Kế hoạch khuyến học"
        assert Path(proposal.file.path).is_file()

    def test_a_photo_is_enough_and_says_not_where_it_was_taken(self, sender):
        sender.post(START, {"file": sent_file(picture_bytes(gps=True), "IMG_1.jpg")})
        stored = Proposal.objects.get().file.open().read()
        assert b"GPS" not in stored
        assert b"Exif" not in stored

    def test_a_link_is_enough_even_as_people_copy_it(self, sender, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
        page = "<!doctype html><title>Trồng ngô</title>".encode()
        with serving(lambda handler: reply(handler, 200, page, Content_Type="text/html")) as (site, _asked):
            sender.post(START, {"url": f"  {site}/ngo "})
        proposal = Proposal.objects.get()
        assert proposal.url == f"{site}/ngo"
        assert proposal.found["values"]["title"] == "Trồng ngô"

    def test_a_link_without_its_beginning_is_taken_for_one_of_the_web(self, sender):
        sender.post(START, {"url": "khong-co.invalid/sach"})
        assert Proposal.objects.get().url == "https://khong-co.invalid/sach"

    def test_a_link_that_does_not_open_is_kept_and_the_form_goes_on(self, sender):
        response = sender.post(START, {"url": "https://khong-co.invalid/ke-hoach.pdf"}, follow=True)
        assert response.status_code == 200
        assert "khong-co.invalid" in response.context["proposal"].found["problem"]
        assert response.context["form"].initial["title"] == "ke hoach"

    def test_nothing_at_all_is_answered_with_a_sentence(self, sender):
        response = sender.post(START, {"url": ""})
        assert response.context["form"].non_field_errors()
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("url", ["khong phai", "javascript:alert(1)", "ftp://a.example/x", "https://"])
    def test_what_is_no_address_is_refused_and_stays_to_be_mended(self, sender, url):
        response = sender.post(START, {"url": url})
        assert response.context["form"]["url"].errors
        assert response.context["form"]["url"].value() == url

    def test_a_good_file_is_not_lost_for_a_wrong_link(self, sender):
        response = sender.post(START, {"url": "khong phai", "file": sent_file(pdf())})
        kept = response.context["draft"]
        assert kept.file
        assert f'name="draft" value="{kept.pk}"' in response.content.decode()
        again = sender.post(START, {"url": "", "draft": kept.pk})
        assert again.url == address(kept)
        assert Proposal.objects.count() == 1

    def test_a_good_link_is_not_lost_for_a_wrong_file(self, sender):
        response = sender.post(
            START, {"url": "https://vi-du.invalid/a", "file": sent_file(archive({"a.txt": b"a"}), "a.zip")}
        )
        assert response.context["form"]["file"].errors
        assert "https://vi-du.invalid/a" in response.content.decode()

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (pdf("/OpenAction 4 0 R", b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
            (b"MZ\x90\0\x03", "a.pdf"),
            (archive({"a.txt": b"\0" * 30_000_000}), "a.epub"),
        ],
        ids=["javascript", "svg", "program", "bomb"],
    )
    def test_hostile_files_end_in_a_sentence(self, sender, content, name):
        response = sender.post(START, {"file": sent_file(content, name)})
        (sentence,) = response.context["form"]["file"].errors
        assert sentence.endswith(".")
        assert not Proposal.objects.exists()

    def test_another_file_takes_the_place_of_the_first(
        self, sender, officer, django_capture_on_commit_callbacks
    ):
        proposal = draft(officer)
        old = Path(proposal.file.path)
        with django_capture_on_commit_callbacks(execute=True):
            sender.post(START, {"draft": proposal.pk, "file": sent_file(picture_bytes(), "a.jpg")})
        proposal.refresh_from_db()
        assert proposal.found["form"] == RenditionForm.IMAGE
        assert not old.exists()

    def test_the_draft_of_somebody_else_is_not_touched(self, sender, person):
        theirs = draft(person(Role.VIEWER))
        sender.post(START, {"draft": theirs.pk, "url": "https://vi-du.invalid/a"})
        theirs.refresh_from_db()
        assert theirs.url == ""
        assert Proposal.objects.count() == 2


class TestTheDescription:
    def test_the_fields_are_filled_in(self, sender, officer):
        form = sender.get(address(draft(officer))).context["form"]
        assert form["title"].value() == "Kế hoạch khuyến học"
        assert form["language"].value() == "vie"
        assert form["page_count"].value() == 2
        assert form["licence"].value() == "unknown"

    def test_sending_it_makes_a_resource_that_no_reader_sees(self, sender, client, officer, indexed):
        proposal = draft(officer)
        sender.post(address(proposal), confirmed(creators="Người Một; Người Hai", note="Cho bà con xóm."))
        proposal.refresh_from_db()
        resource = proposal.resource
        assert (proposal.state, proposal.note, resource.proposed) == ("waiting", "Cho bà con xóm.", True)
        assert [each.name for each in resource.contributions.all()] == ["Người Một", "Người Hai"]
        assert resource.renditions.get().form == RenditionForm.PDF
        assert not proposal.file
        indexed()
        assert "Kế hoạch khuyến học" not in client.get("/thu-vien/").content.decode()

    def test_link_and_file_together_become_two_ways_to_have_it(self, sender, officer):
        proposal = draft(officer, url="https://khong-co.invalid/trang")
        sender.post(address(proposal), confirmed())
        proposal.refresh_from_db()
        forms = [(each.form, each.url) for each in proposal.resource.renditions.all()]
        assert forms == [("pdf", ""), ("link", "https://khong-co.invalid/trang")]

    def test_bad_values_are_named_and_nothing_typed_is_lost(self, sender, officer):
        proposal = draft(officer)
        response = sender.post(
            address(proposal),
            confirmed(title="", page_count="-3", note="Giữ lại lời này.", creators="Bà Mẫu"),
        )
        page = response.content.decode()
        assert set(response.context["form"].errors) == {"title", "page_count"}
        assert "Giữ lại lời này." in page
        assert "Bà Mẫu" in page
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.DRAFT

    def test_what_may_be_there_already_is_shown_before_it_is_sent(self, sender, officer, indexed):
        known = ResourceFactory(title="Nuôi ong lấy mật")
        indexed()
        proposal = proposing.begin(officer, file=sent_file(picture_bytes(), "IMG_1.jpg"))
        assert sender.get(address(proposal)).context["alike"] == []
        first = sender.post(address(proposal), confirmed(title="Nuoi ong lay mat"))
        assert [each.resource for each in first.context["alike"]] == [known]
        assert "Nuoi ong lay mat" in first.content.decode()
        sender.post(address(proposal), confirmed(title="Nuoi ong lay mat", seen=first.context["alike_ids"]))
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.WAITING

    def test_the_button_pressed_twice_sends_it_once(self, sender, officer):
        proposal = draft(officer)
        sender.post(address(proposal), confirmed())
        assert sender.post(address(proposal), confirmed(title="Khác")).status_code == 200
        assert Resource.objects.count() == 1

    def test_a_draft_can_be_thrown_away(self, sender, officer, django_capture_on_commit_callbacks):
        proposal = draft(officer)
        path = Path(proposal.file.path)
        with django_capture_on_commit_callbacks(execute=True):
            sender.post(address(proposal), {"action": "discard"})
        assert not Proposal.objects.exists()
        assert not path.exists()

    def test_drafts_that_nobody_sends_go_after_two_weeks(self, officer):
        old, new = draft(officer), draft(officer)
        since = timezone.now() - datetime.timedelta(days=15)
        Proposal.objects.filter(pk=old.pk).update(created_at=since)
        kept = handed_in(officer)
        Proposal.objects.filter(pk=kept.pk).update(created_at=since)
        proposing.forget_drafts(timezone.localdate())
        assert set(Proposal.objects.all()) == {new, kept}


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
