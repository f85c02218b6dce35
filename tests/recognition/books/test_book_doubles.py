"""What was entered twice: pairs for a person to decide on, and merging them."""

import pytest

from recognition.domain.books import keeping
from recognition.domain.history import history
from recognition.enums import SubjectKind, SubjectState
from tests.factories.places import VillageFactory
from tests.factories.recognition import SubjectFactory
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db


class TestEnteredTwice:
    def test_names_that_differ_by_an_accent_or_a_letter_are_proposed(self, desk, commune, family, village):
        alike = SubjectFactory(place=village, name="Hoang Van Mau")
        near = SubjectFactory(place=village, name="Hoàng Văn Mẫuu")
        SubjectFactory(place=village, name="Nông Thị Khác")
        SubjectFactory(place=village, name="Hoàng Văn Mẫu 1")
        SubjectFactory(place=village, name="Hoàng Văn Mẫu 2")
        SubjectFactory(place=VillageFactory(parent=commune), name="Hoàng Văn Mẫu")
        told_apart = SubjectFactory(place=village, name="Hoàng Văn Mẫu", distinction="tổ 2")
        SubjectFactory(place=village, name="Hoàng Văn Mẫu", kind=SubjectKind.CITIZEN)
        page = desk.get(address("book_doubles", commune.pk))
        pairs = {frozenset([pair.first.pk, pair.second.pk]) for pair in page.context["pairs"]}
        proposed = [(family, alike), (family, near), (alike, near), (alike, told_apart), (near, told_apart)]
        assert pairs == {frozenset([first.pk, second.pk]) for first, second in proposed}

    def test_one_leads_to_the_other_afterwards(self, desk, commune, family, village):
        other = SubjectFactory(place=village, name="Hoang Van Mau")
        older = SubjectFactory(place=village, name="Cũ hơn", state=SubjectState.MERGED, merged_into=other)
        desk.post(address("book_doubles", commune.pk), {"kept": family.pk, "other": other.pk})
        for each in (other, older):
            each.refresh_from_db()
            assert (each.state, each.merged_into) == (SubjectState.MERGED, family)
        assert address("book_subject", family.pk) in desk.get(address("book_subject", other.pk)).text
        assert [done.what for done in history(other)] == ["gộp"]

    @pytest.mark.parametrize("why", ["itself", "another kind", "another commune", "closed"])
    def test_what_is_not_the_same_is_not_merged(self, officer, family, stranger, why):
        other = {
            "itself": lambda: family,
            "another kind": lambda: SubjectFactory(place=family.place, kind=SubjectKind.CLAN),
            "another commune": lambda: stranger,
            "closed": lambda: SubjectFactory(
                place=family.place, state=SubjectState.CLOSED, closed_reason="Chuyển đi"
            ),
        }[why]()
        with pytest.raises(keeping.NotInTheBooks):
            keeping.merge(other, family, officer)
        family.refresh_from_db()
        assert family.state == SubjectState.LIVE
