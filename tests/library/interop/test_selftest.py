"""The self-test: the portal asks itself over the network, as another library would."""

import datetime
import json
from io import StringIO

import pytest

from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.domain import self_testing
from library.domain.self_testing import NotOurs, begin, checked_address, latest, run, under_way
from library.interop.fetching import Fetched
from library.interop.page import SourceProblem
from library.interop.self_test import oai, programs, sru
from library.interop.self_test.examining import examine
from library.interop.self_test.visiting import Check, Failed, Visitor, checked
from library.models import SelfTest, SelfTestCheck
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db

BASE = "http://testserver"


class Through:
    """A fetcher that asks the site of the test without a network; `changed` {part of an address: content instead}."""

    def __init__(self, **changed):
        self.client, self.changed, self.asked = Client(), changed, []

    def get(self, url, *, accept="*/*", any_status=False, whole=None):
        self.asked.append(url)
        response = self.client.get(url.removeprefix(BASE), headers={"accept": accept})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        for part, instead in self.changed.items():
            if part in url:
                content = instead(content)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(
            url if response.status_code == 200 else response.get("Location", url),
            response.status_code,
            content,
            headers,
        )

    def note(self, sentence):
        pass

    def take_notes(self):
        return []

    def close(self):
        pass


@pytest.fixture
def library_of_three(indexed):
    subject = SubjectFactory(name="Trồng trọt", slug="trong-trot")
    for number in range(3):
        ResourceFactory(title=f"Trồng ngô {number}", subjects=[subject])
    indexed()


@pytest.fixture
def offered(library_of_three):
    """What harvesters read is written."""
    from library.domain.offering import keeping_up

    keeping_up.run_once()


def found(part, inspections) -> dict[str, Check]:
    return {check.name: check for check in checked(part, inspections)}


def told(check: Check) -> tuple[bool, str]:
    return check.passed, check.sentence


def test_the_site_as_it_is_passes_every_check(offered):
    checks = list(examine(Visitor(BASE, Through())))
    assert [f"{each.part} {each.name}: {each.sentence}" for each in checks if not each.passed] == []
    assert {each.part for each in checks} >= {"OAI-PMH", "SRU", "OPDS", "API"}
    assert [each.name for each in checks if each.name.startswith("DCAT")] == [
        "DCAT (JSON-LD)",
        "DCAT (RDF/XML)",
    ]


def test_an_empty_library_passes_too(indexed):
    indexed()
    checks = list(examine(Visitor(BASE, Through())))
    assert [f"{each.part} {each.name}: {each.sentence}" for each in checks if not each.passed] == []


def test_all_verbs_and_formats_are_asked_for(offered):
    through = Through()
    list(examine(Visitor(BASE, through)))
    asked = " ".join(through.asked)
    for verb in (
        "Identify",
        "ListMetadataFormats",
        "ListSets",
        "ListIdentifiers",
        "ListRecords",
        "GetRecord",
    ):
        assert f"verb={verb}" in asked
    for prefix in oai.FORMATS:
        assert f"metadataPrefix={prefix}" in asked
    assert all(each.startswith(f"{BASE}/") for each in through.asked)


@pytest.mark.parametrize(
    ("place", "change", "name"),
    [
        ("verb=Identify", lambda content: b"<html></html>", "Identify"),
        ("verb=Identify", lambda content: content[:-20], "Identify"),
        (
            "verb=Identify",
            lambda content: content.replace(b"<protocolVersion>2.0", b"<protocolVersion>1.1"),
            "Identify",
        ),
        ("verb=Identify", lambda content: content.replace(b"<baseURL>http:", b"<baseURL>https:"), "Identify"),
        (
            "verb=ListMetadataFormats",
            lambda content: content.replace(b"oai_dc<", b"dc<"),
            "ListMetadataFormats",
        ),
        ("verb=ListSets", lambda content: content.replace(b"chude:", "chủ đề:".encode()), "ListSets"),
        (
            "verb=ListIdentifiers",
            lambda content: content.replace(b"Z</datestamp>", b"</datestamp>"),
            "ListIdentifiers",
        ),
        ("verb=GetRecord", lambda content: content.replace(b"metadata>", b"about>"), "GetRecord"),
    ],
)
def test_what_is_wrong_with_the_provider_is_told_and_the_rest_is_still_checked(offered, place, change, name):
    checks = found(oai.PART, oai.inspections(Visitor(BASE, Through(**{place: change}))))
    assert not checks[name].passed
    assert checks[name].sentence
    assert sum(each.passed for each in checks.values()) >= 4


def test_a_record_that_comes_twice_is_told(offered):
    def twice(content):
        if b"<record>" not in content:
            return content
        start, end = content.index(b"<record>"), content.index(b"</record>") + len(b"</record>")
        return content[:end] + content[start:end] + content[end:]

    checks = found(
        oai.PART, oai.inspections(Visitor(BASE, Through(**{"ListRecords&metadataPrefix=oai_dc": twice})))
    )
    assert not checks["ListRecords oai_dc"].passed


def test_a_search_that_finds_another_number_is_told(offered):
    wrong = Through(
        **{"rec.id": lambda content: content.replace(b"<numberOfRecords>1<", b"<numberOfRecords>2<")}
    )
    assert not found(sru.PART, sru.inspections(Visitor(BASE, wrong)))["searchRetrieve"].passed


def test_interfaces_that_count_differently_are_told(offered):
    fewer = Through(
        **{"allRecords": lambda content: content.replace(b"<numberOfRecords>3<", b"<numberOfRecords>2<")}
    )
    *_others, together = examine(Visitor(BASE, fewer))
    assert not together.passed
    assert "OAI-PMH: 3" in together.sentence


def test_a_catalogue_that_is_not_json_is_told(offered):
    broken = Through(
        **{"/opds/v2": lambda content: b"{", "/api/v1/resources/": lambda content: json.dumps([]).encode()}
    )
    assert not found("OPDS", programs.of_opds(Visitor(BASE, broken)))["OPDS 2.0"].passed
    assert not all(each.passed for each in found("API", programs.of_api(Visitor(BASE, broken))).values())


def test_an_answer_from_another_address_is_none_of_ours():
    class Elsewhere(Through):
        def get(self, url, **options):
            return Fetched("https://vi-du.example/oai", 200, b"<OAI-PMH/>", {})

    with pytest.raises(Failed, match=r"vi-du\.example"):
        Visitor(BASE, Elsewhere()).get("/oai")


def test_a_site_that_does_not_answer_fails_every_check_with_a_sentence():
    class Silent(Through):
        def get(self, url, **options):
            raise SourceProblem("Máy chủ không trả lời.")

    checks = list(examine(Visitor(BASE, Silent())))
    assert checks
    assert not any(each.passed for each in checks if each.part in ("OAI-PMH", "SRU", "OPDS", "API"))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "http://localhost:8000/",
        "http://cong.example",
        "http://kho.noi-bo:8080",
        "https://ten-khac.example",
    ],
)
def test_the_site_by_any_of_its_names_this_machine_and_allowed_hosts_may_be_asked(settings, url):
    settings.WAGTAILADMIN_BASE_URL = "http://cong.example"
    settings.ALLOWED_HOSTS = ["ten-khac.example"]
    settings.HARVEST_ALLOWED_HOSTS = ["kho.noi-bo:8080"]
    assert checked_address(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://vi-du.example",
        "http://169.254.169.254/latest",
        "http://10.0.0.1",
        "file:///etc/passwd",
        "ftp://localhost",
        "http://user:pass@localhost",
        "http://localhost:99999999",
        "localhost",
        "",
    ],
)
def test_nothing_else_may_be_asked(settings, url):
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(NotOurs):
        checked_address(url)


def test_the_visitor_lets_nobody_into_the_network_but_the_host_it_visits():
    visitor = Visitor("http://127.0.0.1:8000")
    assert visitor._is_ours("127.0.0.1", 8000)
    assert not visitor._is_ours("127.0.0.1", 5432)
    assert not visitor._is_ours("10.0.0.1", 8000)


@pytest.fixture
def examined(monkeypatch):
    """examined(True, False): what the next run finds."""

    def examined(*passed):
        checks = [Check("SRU", f"Mục {number}", each, "Câu.") for number, each in enumerate(passed, start=1)]
        monkeypatch.setattr(self_testing, "examine", lambda visitor: iter(checks))

    return examined


def test_a_run_keeps_what_was_found(examined):
    examined(True, False)
    run(begin(self_testing.own_address()))
    kept = latest()
    assert kept.passed is False
    assert kept.started_at <= kept.finished_at
    assert [(each.number, each.name, each.passed) for each in kept.checks.all()] == [
        (1, "Mục 1", True),
        (2, "Mục 2", False),
    ]


def test_the_result_is_that_of_the_last_run_of_this_site(examined):
    examined(True)
    run(begin(self_testing.own_address()))
    examined(False)
    run(begin("http://localhost:9"))
    assert latest().passed is True


def test_only_one_run_of_a_site_is_done_at_a_time(examined):
    assert begin(BASE)
    assert begin(BASE) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfTest.objects.create(base_url=BASE)


def test_a_run_whose_worker_was_stopped_does_not_bar_the_way_for_ever():
    broken = begin(self_testing.own_address())
    SelfTest.objects.filter(pk=broken.pk).update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    assert not under_way()
    assert begin(self_testing.own_address())
    broken.refresh_from_db()
    assert broken.passed is False


def test_only_the_last_runs_are_kept(examined, monkeypatch):
    monkeypatch.setattr(self_testing, "KEPT", 2)
    examined(True)
    for _turn in range(4):
        run(begin(BASE))
    assert SelfTest.objects.count() == 2


def test_a_run_is_judged_at_its_end_and_not_before():
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfTest.objects.create(base_url=BASE, passed=True)


def command(*arguments) -> str:
    out = StringIO()
    call_command("interop_selftest", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_each_check_and_ends_well(examined):
    examined(True, True)
    out = command()
    assert "OK   SRU - Mục 1: Câu." in out
    assert "2" in out.splitlines()[-1]


def test_the_command_ends_with_an_error_when_a_check_did_not_pass(examined):
    examined(True, False)
    with pytest.raises(CommandError, match="1"):
        command()
    assert SelfTestCheck.objects.filter(passed=False).exists()


def test_the_command_asks_no_site_of_others(examined):
    examined(True)
    with pytest.raises(CommandError, match=r"vi-du\.example"):
        command("--url", "http://vi-du.example")
    assert not SelfTest.objects.exists()


def test_the_command_asks_another_name_of_this_site(examined):
    examined(True)
    command("--url", "http://localhost:8123/")
    assert SelfTest.objects.get().base_url == "http://localhost:8123"


def test_a_librarian_starts_it_with_a_button_and_waits(client, person, examined):
    examined(True)
    client.force_login(person(Role.LIBRARIAN))
    address = reverse("library:self_test")
    assert f'action="{address}"' in client.get("/ket-noi/").content.decode()
    response = client.post(address)
    assert response.url == "/ket-noi/#tu-kiem-tra"
    asked = SelfTest.objects.get()
    assert asked.base_url == self_testing.own_address()
    assert asked.asked_by is not None


def test_the_page_waits_while_it_is_done(client, person):
    client.force_login(person(Role.LIBRARIAN))
    begin(self_testing.own_address())
    html = client.get("/ket-noi/").content.decode()
    assert 'http-equiv="refresh"' in html
    assert reverse("library:self_test") not in html
    client.post(reverse("library:self_test"))
    assert SelfTest.objects.count() == 1


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_nobody_else_starts_it(client, person, role):
    if role:
        client.force_login(person(role))
    assert reverse("library:self_test") not in client.get("/ket-noi/").content.decode()
    assert client.post(reverse("library:self_test")).status_code == 403
    assert not SelfTest.objects.exists()


def test_an_address_from_outside_is_never_asked(client, person):
    client.force_login(person(Role.LIBRARIAN))
    client.post(reverse("library:self_test"), {"url": "http://10.0.0.1", "base_url": "http://10.0.0.1"})
    assert SelfTest.objects.get().base_url == self_testing.own_address()


def test_it_is_not_started_by_following_a_link(client, person):
    client.force_login(person(Role.LIBRARIAN))
    assert client.get(reverse("library:self_test")).status_code == 405
