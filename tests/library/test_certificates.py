"""The certificate of a completed training: what stands on it, who gets it, and how anybody who holds it checks it."""

import datetime

import pypdfium2
import pytest
import segno

from django.db import IntegrityError, transaction
from django.urls import reverse

from library.models import Completion
from portal.accounts.enums import Role
from portal.cms.models import SiteDetails
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.library import text_step
from tests.factories.places import CommuneFactory, VillageFactory
from tests.library.learner import complete, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def completion(client, nga, training):
    complete(client, training)
    return Completion.objects.get()


def sheet_of(client, completion):
    pdf = client.get(reverse("library:certificate", args=[completion.code]))
    assert pdf["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(pdf.content)
    assert len(document) == 1
    return document[0]


def text_of(client, completion):
    return sheet_of(client, completion).get_textpage().get_text_range().replace("\r\n", " ")


def qr_modules(sheet, side):
    """The code at the foot of the sheet as a camera sees it: rows of dark or not."""
    paper = sheet.render(scale=6).to_pil().convert("L")
    corner = paper.crop((int(paper.width * 0.8), int(paper.height * 0.7), *paper.size))
    code = corner.crop(
        corner.point(lambda light: 255 if light < 20 else 0).getbbox()
    )  # the frame is no ink of its own
    module = code.width / side
    middles = [int((place + 0.5) * module) for place in range(side)]
    return [[code.getpixel((column, row)) < 128 for column in middles] for row in middles]


def test_it_names_person_training_day_number_and_where_to_check_it(client, completion):
    text = text_of(client, completion)
    day = completion.completed_on.strftime("%d/%m/%Y")
    for part in ("Nguyễn Thị Nga", "Tập huấn mẫu", "Hội Khuyến học mẫu", f"Số: {completion.number}", day):
        assert part in text
    assert f"/thu-vien/chung-nhan/{completion.code}" in text.replace(" ", "")


def test_its_qr_code_leads_to_the_page_that_proves_it(client, completion):
    address = f"http://testserver/thu-vien/chung-nhan/{completion.code}"
    expected = segno.make(address, error="m", micro=False).matrix
    sheet = sheet_of(client, completion)
    assert qr_modules(sheet, len(expected)) == [[bool(dark) for dark in row] for row in expected]


def test_nobody_guesses_the_address_from_the_number_or_the_person(completion, client, training):
    client.force_login(UserFactory(role=Role.OFFICER))
    complete(client, training)
    codes = Completion.objects.values_list("code", flat=True)
    assert len(set(codes)) == 2
    assert all(len(code) == 10 and code.isalnum() for code in codes)
    for guess in (completion.serial, completion.pk, completion.number.replace("/", "-")):
        assert client.get(f"/thu-vien/chung-nhan/{guess}").status_code == 404


class TestCommune:
    """The certificate says where the person served on that day."""

    @pytest.fixture
    def commune(self):
        return CommuneFactory(name="Đàm Thuỷ")

    def completion_of(self, client, training, person):
        client.force_login(person)
        complete(client, training)
        return Completion.objects.get(user=person)

    def test_it_names_the_commune_also_of_who_serves_a_village_of_it(self, client, training, commune):
        for place in (commune, VillageFactory(parent=commune)):
            person = UserFactory(role=Role.OFFICER, place=place)
            completion = self.completion_of(client, training, person)
            assert "Xã Đàm Thuỷ" in text_of(client, completion)
            assert "Xã Đàm Thuỷ" in client.get(completion.get_absolute_url()).content.decode()

    def test_it_stays_where_the_person_served_then(self, client, training, commune):
        person = UserFactory(role=Role.OFFICER, place=commune)
        completion = self.completion_of(client, training, person)
        person.grants.all().update(place=CommuneFactory(name="Cao Thăng"))
        commune.versions.update(name="Tên Mới")
        assert "Xã Đàm Thuỷ" in text_of(client, completion)

    def test_who_serves_everywhere_has_none(self, client, training):
        completion = self.completion_of(client, training, UserFactory(role=Role.EDITOR))
        assert completion.commune_name == ""
        assert "Xã" not in text_of(client, completion)

    def test_a_role_that_has_ended_or_a_wider_place_gives_none(self, client, training, commune):
        above = commune.versions.get().parent
        person = UserFactory(role=Role.OFFICER, place=above)
        GrantFactory(user=person, place=commune, valid_to=datetime.date(2025, 12, 31))
        assert self.completion_of(client, training, person).commune_name == ""


def test_the_page_that_proves_it_shows_what_stands_on_the_paper_and_nothing_else_of_the_person(
    client, nga, completion
):
    client.logout()
    html = client.get(completion.get_absolute_url()).content.decode()
    day = completion.completed_on.strftime("%d/%m/%Y")
    for part in ("Nguyễn Thị Nga", "Tập huấn mẫu", "Hội Khuyến học mẫu", completion.number, day):
        assert part in html
    for private in (nga.username, nga.email or "không-có"):
        assert private not in html


def test_it_stays_as_it_was_whatever_changes(client, nga, training, completion):
    before = text_of(client, completion)
    nga.full_name = "Tên Khác"
    nga.save()
    training.title = "Tên khóa khác"
    training.steps.append(text_step("Ba"))
    training.save_revision().publish()
    SiteDetails.objects.update(association_name="Hội khác")
    assert text_of(client, completion) == before
    training.delete()
    assert text_of(client, completion) == before


def test_it_is_given_once_even_when_the_training_is_done_again(client, training, completion):
    tick(client, training, 0, "not-done")
    complete(client, training)
    assert Completion.objects.get() == completion


def test_the_numbers_of_a_year_follow_each_other(client, training, completion):
    client.force_login(UserFactory(role=Role.OFFICER))
    complete(client, training)
    assert sorted(Completion.objects.values_list("serial", flat=True)) == [1, 2]


def test_markup_in_a_name_is_printed_not_run(client, training):
    client.force_login(UserFactory(full_name='#read("/etc/passwd") *Đỗ* $x$', role=Role.OFFICER))
    complete(client, training)
    assert '#read("/etc/passwd") *Đỗ* $x$' in text_of(client, Completion.objects.get())


def test_nobody_else_gets_it(client, completion):
    url = reverse("library:certificate", args=[completion.code])
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    assert client.get(url).status_code == 404
    client.logout()
    assert "/can-bo/dang-nhap/" in client.get(url).url


def test_who_holds_the_paper_checks_it_without_signing_in(client, completion):
    client.logout()
    answer = client.get(completion.get_absolute_url())
    assert "Nguyễn Thị Nga" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    wrong = client.get(reverse("library:certificate_check", args=["aaaaaaaaaa"]))
    assert wrong.status_code == 404
    assert "Không có giấy chứng nhận này" in wrong.content.decode()


def test_who_is_no_officer_any_more_keeps_it(client, nga, completion):
    nga.grants.update(valid_to=datetime.date(2025, 12, 31))
    assert text_of(client, completion)
    assert "Tập huấn mẫu" in client.get(reverse("library:training")).content.decode()


@pytest.mark.parametrize("wrong", [{"serial": 0}, {"year": 2026, "serial": 1}])
def test_the_database_gives_each_number_once(training, wrong):
    fields = {"path_title": "x", "person_name": "y", "completed_on": datetime.date(2026, 1, 1), "year": 2026}
    Completion.objects.create(**fields, serial=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(**fields | wrong)
