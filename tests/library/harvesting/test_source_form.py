"""Adding a collection: looked at first, kept afterwards, and nothing that was typed is lost."""

import re

import pytest

from django.urls import reverse

from library.domain.harvesting import probing
from library.interop import readers
from library.interop.page import Found, Probe, SourceProblem
from library.models import Source
from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.harvesting import SourceFactory, SubjectMappingFactory
from tests.factories.library import SourceRecordFactory, SubjectFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/thu-vien/kho/them/"
TYPED = {
    "protocol": "oai",
    "url": "https://kho-mau.example/oai",
    "schedule": "weekly",
    "pause": "1.5",
    "sweep_days": "30",
    "needs_review": "on",
    "active": "on",
}
PROBE = Probe(
    name="Kho <b>mẫu</b>",
    facts=[("Ngày đầu", "2019-01-01")],
    formats=[("oai_dc", "http://dc.example/"), ("marc21", "http://marc.example/")],
    sets=[("nong", "Nông nghiệp"), ("y", "Y tế")],
    contact="kho@mau.example",
    prefix="marc21",
    granularity="YYYY-MM-DD",
    keeps_deletions="persistent",
    notes=["Trả lời có ký tự lạ."],
    examples=[
        Found("oai:mau:1", values={"title": "<i>Trồng ngô</i>"}, subject_words=["Nông nghiệp"]),
        Found("oai:mau:2", problem="Không có nhan đề."),
    ],
)


@pytest.fixture
def asked(monkeypatch):
    """What readers were made with; they answer with PROBE, or with what `answer` is set to."""
    made = []

    class Reader:
        def __init__(self, settings):
            made.append(settings)

        def probe(self):
            if isinstance(answers[0], Exception):
                raise answers[0]
            return answers[0]

    answers = [PROBE]
    monkeypatch.setitem(readers.READERS, "oai", Reader)
    made_of = type("Asked", (), {"settings": made, "answer": lambda self, it: answers.__setitem__(0, it)})
    return made_of()


def looked(client, typed=TYPED, url=ADD):
    return client.post(url, typed | {"action": "look"})


def sealed(answer) -> str:
    return re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]


def test_a_look_shows_what_is_there_and_keeps_nothing(librarian_client, asked):
    answer = looked(librarian_client)
    page = answer.content.decode()
    assert not Source.objects.exists()
    for text in ("Kho &lt;b&gt;mẫu", "2019-01-01", "kho@mau.example", "&lt;i&gt;Trồng ngô", "Nông nghiệp"):
        assert text in page
    for text in ("Không có nhan đề.", "Trả lời có ký tự lạ.", "oai:mau:2", 'value="keep"'):
        assert text in page
    assert "<b>mẫu" not in page
    assert "<i>Trồng" not in page
    assert f"{probing.SECONDS:.0f}" in page


def test_a_new_one_cannot_be_kept_before_somebody_has_looked(librarian_client, asked):
    page = librarian_client.get(ADD).content.decode()
    assert 'value="keep"' not in page
    answer = librarian_client.post(ADD, TYPED | {"name": "Kho mẫu", "action": "keep"})
    assert not Source.objects.exists()
    assert 'value="keep"' in answer.content.decode()


def test_what_was_looked_at_is_kept_with_one_button(librarian_client, asked):
    answer = looked(librarian_client)
    form = answer.context["form"]
    assert form["name"].value() == PROBE.name
    wish = TYPED | {
        "action": "keep",
        "seen": sealed(answer),
        "name": "Kho mẫu",
        "ticked": ["nong"],
        "contact": form["contact"].value(),
        "keeps_deletions": form["keeps_deletions"].value(),
    }
    kept = librarian_client.post(ADD, wish)
    source = Source.objects.get()
    assert kept.url == reverse("library_sources:edit", args=[source.pk])
    assert (source.name, source.sets, source.prefix) == ("Kho mẫu", ["nong"], "")
    assert (source.contact, source.keeps_deletions) == ("kho@mau.example", "persistent")
    assert (source.granularity, source.schedule, source.pause) == ("YYYY-MM-DD", "weekly", 1.5)
    assert source.needs_review


def test_another_address_is_looked_at_before_it_is_kept(librarian_client, asked):
    seen = sealed(looked(librarian_client))
    wish = TYPED | {"name": "Kho mẫu", "seen": seen, "url": "https://noi-khac.example/oai", "action": "keep"}
    answer = librarian_client.post(ADD, wish)
    assert not Source.objects.exists()
    assert asked.settings[-1].url == "https://noi-khac.example/oai"
    librarian_client.post(ADD, wish | {"seen": sealed(answer)})
    assert Source.objects.get().url == "https://noi-khac.example/oai"


def test_what_we_did_not_seal_counts_as_not_seen(librarian_client, asked):
    wish = TYPED | {"name": "Kho mẫu", "seen": "gia-mao:abc", "action": "keep"}
    librarian_client.post(ADD, wish)
    assert not Source.objects.exists()


def test_a_source_that_cannot_be_read_is_told_in_a_sentence_and_nothing_typed_is_lost(
    librarian_client, asked
):
    asked.answer(SourceProblem("Máy chủ <không> trả lời."))
    answer = looked(librarian_client, TYPED | {"name": "Tên đã gõ", "other_sets": "nong\ny", "query": "a=b"})
    page = answer.content.decode()
    assert "Máy chủ &lt;không&gt; trả lời." in page
    for text in ("Tên đã gõ", "https://kho-mau.example/oai", "nong\ny", "a=b", "1.5"):
        assert text in page
    assert not Source.objects.exists()


def test_a_wrong_address_is_told_at_its_field_and_nobody_is_asked(librarian_client, asked):
    answer = looked(librarian_client, TYPED | {"url": "kho mẫu", "name": "Tên đã gõ"})
    assert answer.context["form"].errors["url"]
    assert "Tên đã gõ" in answer.content.decode()
    assert not asked.settings


def test_sets_that_were_typed_become_ticks_when_the_collection_names_them(librarian_client, asked):
    answer = looked(librarian_client, TYPED | {"other_sets": "nong\nla\n"})
    form = answer.context["form"]
    assert form["ticked"].value() == ["nong"]
    assert form["other_sets"].value() == "la"
    assert list(asked.settings[-1].sets) == ["nong", "la"]


def test_records_are_shown_as_the_library_would_show_them(librarian_client, asked):
    SubjectMappingFactory(word="nong nghiep", subject=SubjectFactory(name="Trồng trọt mẫu"))
    page = looked(librarian_client, TYPED | {"language": "tyz"}).content.decode()
    assert "Trồng trọt mẫu" in page.split("source-example")[1]
    assert "Tày" in page.split("source-example")[1].split("<form")[0]


def test_a_name_that_sheets_have_used_is_refused(librarian_client, asked):
    SourceRecordFactory(source="Sổ mẫu")
    answer = looked(librarian_client, TYPED | {"name": "Sổ mẫu"})
    assert answer.context["form"].errors["name"]


def test_settings_are_changed_without_a_look_while_the_address_stays(librarian_client, asked):
    source = SourceFactory(name="Kho mẫu", url=TYPED["url"], sets=["nong"])
    address = reverse("library_sources:settings", args=[source.pk])
    page = librarian_client.get(address).content.decode()
    assert "nong" in page
    librarian_client.post(address, TYPED | {"action": "keep", "name": "Tên khác", "other_sets": "y"})
    source.refresh_from_db()
    assert (source.name, source.sets, source.schedule) == ("Kho mẫu", ["y"], "weekly")
    assert not asked.settings
    librarian_client.post(address, TYPED | {"action": "keep", "url": "https://noi-khac.example/oai"})
    source.refresh_from_db()
    assert source.url == TYPED["url"]
    assert asked.settings


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER, Role.EDITOR])
def test_nobody_else_makes_us_ask_another_server(client, asked, role):
    client.force_login(UserFactory(role=role))
    assert looked(client).status_code in (302, 403)
    assert not asked.settings
    client.post(ADD, TYPED | {"name": "Kho mẫu", "action": "keep"})
    assert not Source.objects.exists()


def test_a_visitor_makes_us_ask_nobody(client, asked):
    assert looked(client).status_code == 302
    assert not asked.settings
