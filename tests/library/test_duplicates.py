"""Resources that may be one: found, decided by a librarian, never twice proposed."""

import datetime

import pytest

from django.core.files.base import ContentFile
from django.urls import reverse

from library.domain.duplicates import Described, alike, find, find_all, keep_apart, likeness
from library.domain.withdrawal import withdraw
from library.enums import DuplicateReason, DuplicateState
from library.models import Duplicate, Identifier, Merge, Rendition, Resource
from portal.accounts.domain.groups import sync
from portal.accounts.enums import Role
from portal.web import daily
from tests.factories.accounts import UserFactory
from tests.factories.library import ResourceFactory

MAIZE = Described(1, "ky thuat trong ngo lai", "nguyen van mau", 2019)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (MAIZE._replace(pk=2), True),
        (MAIZE._replace(pk=2, title="ky thuat trong ngo lai."), True),
        (MAIZE._replace(pk=2, title="ki thuat trong ngo lai"), True),
        (MAIZE._replace(pk=2, creator="mau nguyen van"), True),
        (MAIZE._replace(pk=2, creator="", year=None), True),
        (MAIZE._replace(pk=2, year=2020), False),
        (MAIZE._replace(pk=2, creator="tran thi khac"), False),
        (MAIZE._replace(pk=2, title="ky thuat nuoi lon"), False),
        (MAIZE._replace(pk=2, title="ky thuat trong ngo lai 2"), False),
    ],
)
def test_title_first_creator_and_year_tell_whether_two_are_alike(other, same):
    assert bool(likeness(MAIZE, other)) is same
    assert bool(alike([MAIZE, other])) is same


def test_what_is_not_known_makes_it_less_sure():
    assert likeness(MAIZE, MAIZE) == 100
    assert likeness(MAIZE, MAIZE._replace(year=None)) < 100


@pytest.mark.django_db
class TestFinding:
    def pairs(self):
        return [(each.first, each.second, each.reason) for each in Duplicate.objects.waiting()]

    def two(self, **changes):
        return ResourceFactory(title="Trồng ngô", **changes), ResourceFactory(title="Nuôi lợn", **changes)

    def test_the_same_number_in_two_ways_of_writing(self):
        first, second = self.two()
        for resource, value in ((first, "9780306406157"), (second, "0-306-40615-2")):
            number = Identifier(resource=resource, scheme="isbn", value=value)
            number.full_clean()
            number.save()
        assert find() == 1
        assert self.pairs() == [(first, second, DuplicateReason.IDENTIFIER)]

    def test_articles_of_one_journal_are_not_one(self):
        for resource in self.two():
            Identifier.objects.create(resource=resource, scheme="issn", value="0378-5955")
        assert find() == 0

    def test_the_same_address(self):
        first, second = self.two()
        for resource, url in (
            (first, "https://vi-du.example/ngo"),
            (second, "http://www.vi-du.example/ngo/"),
        ):
            link = Rendition.objects.get(resource=resource)
            link.url = url
            link.save()
        find()
        assert self.pairs() == [(first, second, DuplicateReason.LINK)]

    def test_a_page_that_lists_many_things_makes_none_of_them_one(self):
        for number in range(6):
            ResourceFactory(title=f"Quyển số {number}", link="https://vi-du.example/kho")
        assert find() == 0

    def test_the_same_file(self):
        first, second = self.two()
        for resource in (first, second):
            file = Rendition(resource=resource, form="pdf", checksum="ab" * 32)
            file.file.save("ngo.pdf", ContentFile(b"%PDF-1.4 mau"))
        find()
        assert self.pairs() == [(first, second, DuplicateReason.FILE)]

    def test_the_same_title_typed_otherwise(self):
        first = ResourceFactory(
            title="Kỹ thuật trồng ngô lai", creators=["Nguyễn Văn Mẫu", "Ai Khác"], year=2019
        )
        second = ResourceFactory(title="KĨ THUẬT TRỒNG NGÔ LAI", creators=["Nguyễn Văn Mẫu"], year=2019)
        ResourceFactory(title="Kỹ thuật trồng ngô lai", creators=["Nguyễn Văn Mẫu"], year=1999)
        find()
        assert self.pairs() == [(first, second, DuplicateReason.TITLE)]

    def test_only_what_is_asked_for_is_compared(self):
        old = [ResourceFactory(title="Nuôi ong lấy mật") for _ in range(2)]
        new = ResourceFactory(title="Nuôi ong lấy mật")
        assert find([new.pk]) == 2
        assert (*old, DuplicateReason.TITLE) not in self.pairs()

    def test_what_was_decided_is_not_proposed_again(self, person):
        for _ in range(2):
            ResourceFactory(title="Nuôi ong lấy mật")
        find()
        keep_apart(Duplicate.objects.get(), person(Role.LIBRARIAN))
        assert find() == 0
        assert not Duplicate.objects.waiting().exists()

    def test_a_corrected_title_takes_the_proposal_back(self):
        _first, second = ResourceFactory(title="Nuôi ong lấy mật"), ResourceFactory(title="Nuôi ong lấy mật")
        find()
        Resource.objects.filter(pk=second.pk).update(title="Trồng rừng")
        find()
        assert not Duplicate.objects.exists()

    def test_what_left_the_library_is_nobodys_duplicate(self):
        _first, second = ResourceFactory(title="Nuôi ong lấy mật"), ResourceFactory(title="Nuôi ong lấy mật")
        withdraw(second, "Nhầm")
        assert find() == 0

    def test_it_is_looked_for_every_day(self):
        assert "library-duplicates" in daily.names()
        for _ in range(2):
            ResourceFactory(title="Nuôi ong lấy mật")
        find_all(datetime.date(2026, 11, 25))
        assert Duplicate.objects.waiting().count() == 1

    def test_the_number_of_queries_does_not_grow(self, django_assert_max_num_queries):
        for number in range(12):
            ResourceFactory(title=f"Nuôi ong lấy mật {number // 2}", creators=["A"])
        with django_assert_max_num_queries(16):
            assert find() == 6


@pytest.fixture
def pair(db):
    first = ResourceFactory(title="Kỹ thuật trồng ngô", year=2019)
    second = ResourceFactory(title="Kĩ thuật trồng ngô", year=2019, publisher="Nhà in mẫu")
    find()
    return Duplicate.objects.get(first=first, second=second)


@pytest.fixture
def librarian(client, person):
    sync()
    user = person(Role.LIBRARIAN)
    client.force_login(user)
    return user


def decide(client, pair, **data):
    return client.post(reverse("library_duplicates:edit", args=[pair.pk]), data)


class TestDeciding:
    def test_the_list_shows_the_pairs_and_the_page_both_sides(self, client, librarian, pair):
        listing = client.get(reverse("library_duplicates:index")).content.decode()
        assert "Kỹ thuật trồng ngô" in listing
        assert "Giống tên, tác giả và năm" in listing
        page = client.get(reverse("library_duplicates:edit", args=[pair.pk])).content.decode()
        assert "Kĩ thuật trồng ngô" in page
        assert "Nhà in mẫu" in page

    def test_the_dashboard_of_the_librarian_counts_them(self, client, librarian, pair):
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("library_duplicates:index") in html.split('class="todo"')[1]
        keep_apart(pair, librarian)
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "cặp học liệu có thể là một" not in html

    def test_the_librarian_chooses_what_comes_from_the_other_one(self, client, librarian, pair):
        decide(client, pair, action="merge", keep=pair.first_id, take=["publisher", "withdrawn_reason"])
        kept = Resource.objects.get(pk=pair.first_id)
        assert (kept.title, kept.publisher) == ("Kỹ thuật trồng ngô", "Nhà in mẫu")
        assert Merge.objects.get().merged_by == librarian
        assert client.get(f"/r/{pair.second_id}").url == f"/r/{pair.first_id}"

    def test_the_younger_one_can_stay(self, client, librarian, pair):
        page = client.get(reverse("library_duplicates:edit", args=[pair.pk]) + f"?keep={pair.second_id}")
        assert page.context["kept"].pk == pair.second_id
        decide(client, pair, action="merge", keep=pair.second_id)
        assert Resource.objects.get(pk=pair.first_id).merged_into_id == pair.second_id

    def test_it_is_taken_back_from_the_list_of_merges(self, client, librarian, pair):
        decide(client, pair, action="merge", keep=pair.first_id)
        assert "Kĩ thuật trồng ngô" in client.get(reverse("library_duplicates:merges")).content.decode()
        undo = {"merge": Merge.objects.get().pk}
        client.post(reverse("library_duplicates:merges"), undo)
        assert client.get(f"/r/{pair.second_id}").status_code == 200
        again = client.post(reverse("library_duplicates:merges"), undo, follow=True)
        assert "đã được hoàn tác rồi" in again.content.decode()

    def test_they_stay_two(self, client, librarian, pair):
        decide(client, pair, action="apart")
        pair.refresh_from_db()
        assert (pair.state, pair.decided_by) == (DuplicateState.APART, librarian)
        assert "Kỹ thuật trồng ngô" not in client.get(reverse("library_duplicates:index")).content.decode()

    def test_a_merge_that_has_become_impossible_says_why(self, client, librarian, pair):
        withdraw(pair.second, "Nhầm")
        answer = client.post(
            reverse("library_duplicates:edit", args=[pair.pk]), {"action": "merge"}, follow=True
        )
        assert "phải còn trong thư viện" in answer.content.decode()

    def test_a_librarian_names_two_that_no_rule_finds(self, client, librarian, db):
        one, other = ResourceFactory(title="Ngô"), ResourceFactory(title="Bắp")
        url = reverse("library_duplicates:name")
        assert "Ngô" in client.get(f"{url}?hoc-lieu={one.pk}").content.decode()
        same = client.post(url, {"one": one.pk, "other": one.pk})
        assert "hai học liệu khác nhau" in same.content.decode()
        answer = client.post(url, {"one": other.pk, "other": one.pk})
        named = Duplicate.objects.get()
        assert answer.url == reverse("library_duplicates:edit", args=[named.pk])
        find()
        assert Duplicate.objects.filter(pk=named.pk).exists(), (
            "a search does not take back what a person named"
        )

    @pytest.mark.parametrize("role", [None, Role.OFFICER, Role.EDITOR, Role.VIEWER])
    def test_nobody_but_a_librarian_decides(self, client, pair, role):
        sync()
        client.force_login(UserFactory(role=role))
        for name, args in (("edit", [pair.pk]), ("merges", []), ("name", []), ("look", [])):
            client.post(reverse(f"library_duplicates:{name}", args=args), {"action": "merge"})
        assert not Merge.objects.exists()
        pair.refresh_from_db()
        assert pair.state == DuplicateState.OPEN
