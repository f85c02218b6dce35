"""An officer hands in material in three minutes."""

import datetime
from pathlib import Path

import pytest

from django.utils import timezone

from library.domain import proposing
from library.enums import ProposalState, RenditionForm
from library.models import Proposal, Resource
from portal.accounts.enums import Role
from tests.factories.cms import picture_bytes
from tests.factories.files import archive, pdf, text_pdf
from tests.factories.library import ResourceFactory
from tests.library.proposals import START, TITLED, address, confirmed, draft, handed_in, sent_file
from tests.web.loopback import reply, serving

pytestmark = pytest.mark.django_db


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
