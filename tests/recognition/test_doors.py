"""A list of doors: every address of the titles, tried by somebody who holds every role over another commune.

What could leak is there: a family of the other commune with sheets, evidence, minutes, votes, a notice and papers. A new
address has to be entered here, or the first test fails.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZipFile, is_zipfile

import pytest

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from portal.accounts.enums import Role
from portal.search import sources
from recognition import urls
from recognition.domain import sheets
from recognition.domain.evidence import files
from recognition.models import Appeal, BookUpload, Evidence, NoticeFeedback, VillageMeeting
from recognition.models.subject import READERS
from tests.factories import files as made
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AwardFactory, DenominatorFactory, RoundFactory, SubjectFactory

from .council.year import Year

pytestmark = pytest.mark.django_db
NAME, NAME_OF_PLACE = "Lò Thị Bí Mật", "Khuổi Kín"
SECRETS = (NAME, "Bí Mật", "Khuổi Kín", "Lời Riêng Tư")


@dataclass
class World:
    """What the other commune has."""

    year: Year

    def __post_init__(self):
        year = self.year
        self.round, self.commune, self.village = year.round, year.commune, year.village
        self.assessment = year.family(NAME)
        self.subject = self.assessment.subject
        self.notice = year.notice()
        self.session = self.round.sessions.get()
        self.feedback = NoticeFeedback.objects.create(notice=self.notice, text="Lời Riêng Tư")
        self.meeting = VillageMeeting.objects.create(
            round=self.round,
            place=self.village,
            held_on=timezone.localdate(),
            attending=1,
            households=1,
            chair=NAME,
            secretary=NAME,
            written_by=year.officer,
        )
        self.upload = BookUpload.objects.create(
            commune=self.commune,
            day=timezone.localdate(),
            name="Bí Mật.xlsx",
            rows=[[2, {"Tên": NAME}]],
            uploaded_by=year.officer,
        )
        DenominatorFactory(place=self.commune)
        self.award = AwardFactory(subject=self.subject, name=NAME, place=self.village, publication_basis="")
        self.evidence = self._evidence()
        self.decision, self.form = year.drafted(), "pdf"
        self.appeal = Appeal.objects.create(
            assessment=self.assessment,
            against="refused",
            ground="Lời Riêng Tư",
            filed_on=timezone.localdate(),
        )

    def _evidence(self):
        kept, kind, name = files.keep(ContentFile(made.text_pdf(body=NAME), "Bí Mật.pdf"))
        criterion = sheets.criteria_by_code(self.round.criteria_set)["1.1"]
        return self._covered(
            Evidence.objects.create(
                round=self.round,
                commune=self.commune,
                criterion=criterion,
                file=kept,
                kind=kind,
                file_name=name,
                added_by=self.year.officer,
            )
        )

    def _covered(self, piece):
        piece.covers.create(assessment=self.assessment)
        return piece


@pytest.fixture
def world():
    commune = CommuneFactory()
    return World(Year(place=commune))


@pytest.fixture
def stranger():
    """Holds every role over a commune with a round and a family of its own, and none over the other."""
    round = RoundFactory()
    SubjectFactory(place=VillageFactory(parent=round.place))
    user = UserFactory()
    for role in READERS:
        GrantFactory(user=user, role=role, place=round.place)
    return user


def of(**names: str) -> Callable:
    """The arguments of an address: {its name: attribute of the world, dotted}."""

    def arguments(world):
        found = {}
        for argument, path in names.items():
            value = world
            for part in path.split("."):
                value = getattr(value, part)
            found[argument] = value
        return found

    return arguments


ROUND, ASSESSMENT, COMMUNE = of(pk="round.pk"), of(pk="assessment.pk"), of(commune_pk="commune.pk")
ROUND_OF_COMMUNE = of(pk="round.pk", commune_pk="commune.pk")
ROUND_IN_COMMUNE = of(round_pk="round.pk", commune_pk="commune.pk")
NOTICE, SESSION, SUBJECT = of(pk="notice.pk"), of(pk="session.pk"), of(pk="subject.pk")
EVIDENCE, DECISION, MEETING = of(pk="evidence.pk"), of(pk="decision.pk"), of(pk="meeting.pk")
VILLAGE_OF_ROUND = of(pk="round.pk", village_pk="village.pk")
TOKEN = of(token="assessment.household_token")


def all_names(patterns=urls.urlpatterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif isinstance(pattern, URLResolver):
            yield from all_names(pattern.url_patterns)


NAMES = frozenset(all_names())
# Not even a word that there is something: as for what does not exist.
HIDDEN = {
    "round": ROUND,
    "round_edit": ROUND,
    "round_open": ROUND,
    "round_close": ROUND,
    "round_discard": ROUND,
    "round_postpone": ROUND,
    "round_list": ROUND,
    "round_list_sheet": ROUND,
    "round_list_step": ROUND,
    "registration_forms": VILLAGE_OF_ROUND,
    "enlist": VILLAGE_OF_ROUND,
    "assessment": ASSESSMENT,
    "assessment_figures": ASSESSMENT,
    "registration_form": ASSESSMENT,
    "why_not": ASSESSMENT,
    "grid": VILLAGE_OF_ROUND,
    "grid_cells": VILLAGE_OF_ROUND,
    "gaps": ROUND,
    "gap": ROUND_OF_COMMUNE,
    "gap_sheet": ROUND_OF_COMMUNE,
    "why_not_all": ROUND_OF_COMMUNE,
    "evidence_add": ASSESSMENT,
    "evidence": EVIDENCE,
    "evidence_file": EVIDENCE,
    "evidence_take_off": EVIDENCE,
    "evidence_cover": EVIDENCE,
    "round_evidence": ROUND_OF_COMMUNE,
    "round_evidence_add": ROUND_OF_COMMUNE,
    "round_evidence_sheet": ROUND_OF_COMMUNE,
    "round_commune": ROUND_IN_COMMUNE,
    "meeting_write": of(round_pk="round.pk", place_pk="village.pk"),
    "meeting": MEETING,
    "meeting_correct": MEETING,
    "council_prepare": ROUND_IN_COMMUNE,
    "council": SESSION,
    "council_votes": of(pk="session.pk", place_pk="village.pk"),
    "council_act": SESSION,
    "notice_hang_out": ROUND_IN_COMMUNE,
    "notice": NOTICE,
    "notice_prolong": NOTICE,
    "notice_answer": of(pk="notice.pk", feedback_pk="feedback.pk"),
    "notice_poster": NOTICE,
    "notice_loudspeaker": NOTICE,
    "decision_draft": ROUND_IN_COMMUNE,
    "decision": DECISION,
    "decision_act": DECISION,
    "decision_revoke": DECISION,
    "decision_document": of(pk="decision.pk", form="form"),
    "appeal_file": ASSESSMENT,
    "appeal": of(pk="appeal.pk"),
    "appeal_amend": of(pk="appeal.pk"),
    "books": COMMUNE,
    "book_add": COMMUNE,
    "villages": COMMUNE,
    "book_doubles": COMMUNE,
    "book_sheet": COMMUNE,
    "book_hand_in": COMMUNE,
    "book_upload": of(pk="upload.pk"),
    "book_subject": SUBJECT,
    "book_consents": SUBJECT,
    "book_state": SUBJECT,
    "areas": COMMUNE,
    "area_take_back": of(commune_pk="commune.pk", pk="village.pk"),
    "denominators": COMMUNE,
    "denominators_check": COMMUNE,
    "denominator_sheet": COMMUNE,
}
# Lists for those who sign in: only what their roles reach.
LISTS = ("rounds", "work", "all_books", "all_areas", "all_denominators")
# For everybody: nobody is named without a recorded basis.
PUBLIC = {
    "criteria": of(),
    "honour_roll": of(),
    "honour_roll_sheet": of(),
    "award_ask": of(),
    "award": of(serial="award.serial"),
    "numbers": of(),
    "numbers_sheet": of(),
    "public_notice": NOTICE,
}
# Those of no commune: what is shown is not about anybody, or the address itself is the key.
OF_NOBODY = {"criteria_set", "round_new", "targets", "target", "grid_worker"}
KEYS = {
    "household": TOKEN,
    "household_figures": TOKEN,
    "household_evidence": TOKEN,
    "household_evidence_file": of(token="assessment.household_token", pk="evidence.pk"),
    "household_evidence_take_off": of(token="assessment.household_token", pk="evidence.pk"),
}


def test_every_address_of_the_titles_is_in_this_list():
    assert {*HIDDEN, *LISTS, *PUBLIC, *OF_NOBODY, *KEYS} == NAMES


def words_of(response) -> str:
    """All that an answer says, in the parts of a workbook too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return f"{content.decode(errors='replace')} {response.headers}"


def assert_silent(response):
    words = words_of(response)
    assert not [secret for secret in SECRETS if secret in words]


def test_the_doors_are_open_to_those_they_are_for(client, world):
    """So that the tests below do not pass because nothing is there."""
    for role in (Role.OFFICER, Role.CLERK, Role.ORGANISER):
        client.force_login(world.year.people[role])
        for name in ("assessment", "round_list", "evidence", "books", "book_subject", "notice", "council"):
            address = reverse(f"recognition:{name}", kwargs=HIDDEN[name](world))
            assert client.get(address).status_code == 200, name
    assert NAME in client.get(world.assessment.get_absolute_url()).content.decode()


def test_who_holds_roles_elsewhere_finds_nothing_behind_any_door(client, world, stranger):
    client.force_login(stranger)
    for name, arguments in HIDDEN.items():
        address = reverse(f"recognition:{name}", kwargs=arguments(world))
        for response in (
            client.get(address),
            client.post(address, {"action": "save", "ho": world.assessment.pk}),
        ):
            assert response.status_code in (400, 404, 405), (name, response.status_code)
            assert_silent(response)


def test_lists_of_others_hold_nothing_of_it(client, world, stranger):
    client.force_login(stranger)
    for name in LISTS:
        response = client.get(reverse(f"recognition:{name}"), {"q": "bi mat"}, follow=True)
        assert response.status_code == 200, name
        assert_silent(response)


@pytest.mark.parametrize("signed_in", [True, False])
def test_public_pages_name_nobody_without_a_basis(client, world, stranger, signed_in):
    if signed_in:
        client.force_login(stranger)
    for name, arguments in PUBLIC.items():
        response = client.get(reverse(f"recognition:{name}", kwargs=arguments(world)))
        assert response.status_code == 200, name
        words = words_of(response)
        assert not [secret for secret in (NAME, "Lời Riêng Tư") if secret in words], name


def test_who_is_not_signed_in_is_asked_to_and_told_nothing(client, world):
    for name, arguments in (HIDDEN | dict.fromkeys(LISTS, of())).items():
        address = reverse(f"recognition:{name}", kwargs=arguments(world))
        for response in (client.get(address), client.post(address)):
            assert response.status_code in (302, 401, 405), (name, response.status_code)
            assert_silent(response)


def test_a_wrong_key_opens_nothing(client, world):
    right = world.assessment.household_token
    for name, arguments in KEYS.items():
        for wrong in (right.swapcase(), right[:-1], "x" * len(right)):
            address = reverse(f"recognition:{name}", kwargs=arguments(world) | {"token": wrong})
            for response in (client.get(address), client.post(address)):
                assert response.status_code in (404, 405), (name, response.status_code)
                assert_silent(response)


def test_what_does_not_exist_looks_as_what_may_not_be_seen(client, world, stranger):
    client.force_login(stranger)
    for name in ("assessment", "evidence_file", "round", "book_subject", "notice", "council"):
        hidden = client.get(reverse(f"recognition:{name}", kwargs=HIDDEN[name](world)))
        missing = client.get(reverse(f"recognition:{name}", args=[999_999]))
        assert (hidden.status_code, missing.status_code) == (404, 404), name


def test_neither_the_site_search_nor_its_api_knows_of_anybody_in_the_books(client, world):
    """Subjects, sheets, holders without a basis and holders with one: none has an entry (R2.30)."""
    AwardFactory(name=NAME, place=world.village, year=2020, publication_basis="Có đồng ý")
    for source in sources.registered():
        entries = list(source.entries(list(source.ids())))
        words = " ".join(f"{each.title} {each.summary} {each.body} {each.subjects}" for each in entries)
        assert NAME not in words, source.prefix
        if isinstance(source, sources.TitleLookup):
            assert not list(source.title_lookup("bi mat", 20)), source.prefix
    for address in (
        "/api/v1/search/?q=bi+mat",
        "/api/v1/search/suggest/?q=bi+mat",
        f"{reverse('search')}?q=bi+mat",
    ):
        assert NAME not in client.get(address).content.decode(), address
