import pytest

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.accounts.enums import Role
from recognition.models import Subject
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        "state = 'merged'",
        "state = 'closed'",
        "closed_reason = 'x'",
        "merged_into_id = id, state = 'merged'",
        "merged_into_id = id",
        "name = ''",
        "kind = 'village'",
        "state = 'gone'",
    ],
)
def test_the_database_refuses_an_impossible_subject(change):
    subject = SubjectFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE recognition_subject SET {change} WHERE id = %s", [subject.pk])


def test_one_name_stands_once_in_a_village():
    subject = SubjectFactory(name="Nhà Hoà")
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectFactory(name="nhà Hòa", place=subject.place)
    SubjectFactory(name="nhà Hòa", place=subject.place, distinction="tổ 2")
    SubjectFactory(name="nhà Hòa")
    assert Subject.objects.count() == 3


@pytest.mark.parametrize(
    "name", ["Nhà 004012345678", "Nhà 012.345.678", "012345678 Nhà", "Nhà 004 012 345 678"]
)
def test_the_form_refuses_numbers_of_identity_cards(name):
    with pytest.raises(ValidationError):
        SubjectFactory.build(name=name, place=VillageFactory()).full_clean()


class TestWhoSeesTheBooks:
    @pytest.fixture
    def commune(self):
        return CommuneFactory()

    @pytest.fixture
    def own(self, commune):
        return SubjectFactory(place=VillageFactory(parent=commune))

    @pytest.fixture(autouse=True)
    def stranger(self):
        return SubjectFactory(name="Nhà xã khác")

    @pytest.mark.parametrize(
        "role", [Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.VIEWER, Role.AUDITOR]
    )
    def test_a_role_over_a_commune_sees_that_commune_alone(self, commune, own, role):
        user = UserFactory(role=role, place=commune)
        assert list(Subject.objects.visible_to(user)) == [own]

    def test_a_role_over_a_village_sees_that_village_alone(self, commune, own):
        SubjectFactory(place=VillageFactory(parent=commune))
        user = UserFactory(role=Role.OFFICER, place=own.place)
        assert list(Subject.objects.visible_to(user)) == [own]

    def test_a_viewer_without_a_place_sees_all(self, own, stranger):
        user = UserFactory(role=Role.VIEWER, place=None)
        assert set(Subject.objects.visible_to(user)) == {own, stranger}

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.LIBRARIAN, Role.ADMINISTRATOR])
    def test_other_roles_see_nothing(self, own, role):
        assert not Subject.objects.visible_to(UserFactory(role=role)).exists()

    def test_a_superuser_has_no_books_by_technical_right(self, own):
        assert not Subject.objects.visible_to(UserFactory(is_superuser=True)).exists()

    def test_nobody_and_the_locked_see_nothing(self, commune, own):
        from django.contrib.auth.models import AnonymousUser

        locked = UserFactory(role=Role.OFFICER, place=commune, is_active=False)
        assert not Subject.objects.visible_to(locked).exists()
        assert not Subject.objects.visible_to(AnonymousUser()).exists()


def test_a_name_is_found_without_accents():
    subject = SubjectFactory(name="Hoàng Thị Mẫu")
    assert list(Subject.objects.named_like("hoang thi")) == [subject]
