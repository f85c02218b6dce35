"""The librarian teaches the search: synonyms, and what stands first."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from portal.search.models import SynonymGroup

LISTS = ["search_synonyms", "search_picks"]


@pytest.mark.parametrize("name", LISTS)
def test_a_librarian_opens_the_lists_of_the_search(sign_in, name):
    client = sign_in(Role.LIBRARIAN)
    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:add")).status_code == 200
    assert reverse(f"{name}:index") in client.get("/admin/").content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_who_is_no_librarian_does_not(sign_in, name, role):
    client = sign_in(role)
    assert client.get(reverse(f"{name}:index")).status_code == 302
    assert client.get(reverse(f"{name}:add")).status_code == 302


def test_a_librarian_writes_a_group_of_synonyms(sign_in):
    client = sign_in(Role.LIBRARIAN)
    form = {"terms": " ngô \r\n\r\nbắp\r\nngô", "hidden": "", "kind": "regional"}
    assert client.post(reverse("search_synonyms:add"), form).status_code == 302
    assert SynonymGroup.objects.get().shown_terms == ["ngô", "bắp"]
    edit = reverse("search_synonyms:edit", args=[SynonymGroup.objects.get().pk])
    html = client.get(reverse("search_synonyms:index")).content.decode()
    assert "ngô, bắp" in html
    assert f'href="{edit}"' in html
    assert client.post(edit, form | {"terms": "ngô\r\nbẹ", "hidden": "mẹ"}).status_code == 302
    assert SynonymGroup.objects.get().shown_terms == ["ngô", "bẹ"]
    assert "mẹ" not in client.get(reverse("search_synonyms:index")).content.decode()


def test_a_group_of_one_word_is_sent_back(sign_in):
    client = sign_in(Role.LIBRARIAN)
    form = {"terms": "ngô", "hidden": "", "kind": "regional"}
    assert client.post(reverse("search_synonyms:add"), form).status_code == 200
    assert not SynonymGroup.objects.exists()
