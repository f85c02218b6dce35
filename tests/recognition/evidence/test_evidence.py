"""Evidence as the functions keep it: photos without the place, files once, one document for many, and the sheets judged anew."""

import datetime
import io

import pytest
from PIL import Image

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent
from portal.cms.uploads import UploadRefused
from portal.web import daily
from recognition.domain import evidence as keeping
from recognition.domain import registration, sheets
from recognition.domain.evidence import files
from recognition.domain.workflow import HOUSEHOLD
from recognition.enums import AssessmentState, EvidenceKind, Stage
from recognition.models import Assessment, Evidence, EvidenceCover, EvidenceFile, Subject
from tests.factories import files as made
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, points_set, scored

pytestmark = pytest.mark.django_db
GPS_IFD, LATITUDE, MAKER, ORIENTATION = 0x8825, 2, 0x010F, 0x0112
UPRIGHT_WHEN_TURNED_RIGHT = 6


@pytest.fixture
def round():
    return RoundFactory(criteria_set=points_set(evidence=True))


@pytest.fixture
def officer(round):
    return UserFactory(role=Role.OFFICER, place=round.place)


@pytest.fixture
def row(round):
    return AssessmentFactory(round=round, state=AssessmentState.REGISTERED)


def phone_photo(size=(4000, 3000), kind="JPEG") -> ContentFile:
    """A picture whose left half is black, with the place, the maker and the turn that a phone writes into it."""
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Máy mẫu", UPRIGHT_WHEN_TURNED_RIGHT
    exif.get_ifd(GPS_IFD)[LATITUDE] = (22.0, 50.0, 0.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return ContentFile(out.getvalue(), f"IMG_0001.{kind.lower()}")


def piece(row, code="1.1", **values) -> Evidence:
    criterion = sheets.criteria_by_code(row.round.criteria_set)[code]
    return Evidence(round=row.round, commune=row.commune, criterion=criterion, **values)


def test_a_photo_loses_its_place_and_its_camera_stands_upright_and_is_small():
    kept, kind, name = files.keep(phone_photo())
    assert (kind, name, kept.content_type) == (EvidenceKind.PHOTO, "IMG_0001.jpeg", "image/jpeg")
    with kept.file.open("rb") as file, Image.open(file) as picture:
        assert not picture.getexif()
        assert not picture.getexif().get_ifd(GPS_IFD)
        assert (picture.format, picture.size) == ("JPEG", (1200, 1600))
        assert picture.getpixel((600, 100))[0] < 20  # what was left is on top now
        assert picture.getpixel((600, 1500))[0] > 235


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_pictures_of_other_kinds_become_photos_too(kind):
    kept, _kind, _name = files.keep(phone_photo((900, 600), kind))
    with kept.file.open("rb") as file, Image.open(file) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()


def test_what_is_transparent_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    kept, _kind, _name = files.keep(ContentFile(out.getvalue(), "trong.png"))
    with kept.file.open("rb") as file, Image.open(file) as picture:
        assert picture.getpixel((10, 10)) == (255, 255, 255)


def test_a_file_is_kept_once_however_often_it_is_sent():
    first, kind, _name = files.keep(ContentFile(made.text_pdf(), "giay-khen.pdf"))
    again, _kind, name = files.keep(ContentFile(first.file.read(), "Bản sao.pdf"))
    assert (kind, name, again.pk) == (EvidenceKind.FILE, "Bản sao.pdf", first.pk)
    assert EvidenceFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "rỗng"),
        (b"MZ" + b"\0" * 500, "chương trình"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<html><body><script>alert(1)</script></body></html>", "không dùng ở đây"),
        (made.pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "JavaScript"),
        (made.archive({"word/vbaProject.bin": b"x", "[Content_Types].xml": b"x"}), "chương trình"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "hỏng"),
        (made.recording(), "không dùng ở đây"),
    ],
    ids=["empty", "program", "svg", "html", "pdf that runs", "macro", "broken photo", "sound"],
)
def test_what_could_harm_or_proves_nothing_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UploadRefused) as refused:
        files.keep(ContentFile(content, "minh-chung.pdf"))
    assert sentence in refused.value.messages[0]
    assert not EvidenceFile.objects.exists()


def test_files_that_nothing_uses_go_by_themselves_after_a_day(
    row, officer, django_capture_on_commit_callbacks
):
    kept, kind, name = files.keep(ContentFile(made.text_pdf(), "giay-khen.pdf"))
    unused, _kind, _name = files.keep(phone_photo((80, 60)))
    keeping.add(piece(row, file=kept, kind=kind, file_name=name), [row], officer)
    today = timezone.localdate()
    daily.run("recognition-evidence", today)
    assert EvidenceFile.objects.count() == 2  # the one may still be tied to something
    EvidenceFile.objects.update(used_at=timezone.now() - datetime.timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        daily.run("recognition-evidence", today)
    assert list(EvidenceFile.objects.all()) == [kept]
    assert not unused.file.storage.exists(unused.file.name)
    assert kept.file.storage.exists(kept.file.name)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"link": "https://vi-du.vn/giay-khen"}, EvidenceKind.LINK),
        ({"document_number": "12/GK-UBND", "note": "Giấy khen"}, EvidenceKind.DOCUMENT_NUMBER),
        ({"note": "Trưởng xóm xác nhận"}, EvidenceKind.ATTESTATION),
    ],
)
def test_what_is_given_says_of_what_kind_it_is(row, officer, values, kind):
    assert keeping.add(piece(row, **values), [row], officer).kind == kind


def test_the_sheet_is_judged_anew_when_evidence_comes_and_goes(row, officer):
    scored(row, stages=[Stage.SELF])
    found = [
        keeping.add(piece(row, code, note="Xác nhận"), [row], officer)
        for code in ("1.1", "1.2", "2.1", "2.2")
    ]
    row.refresh_from_db()
    assert (row.total, row.passed) == (100, True)
    keeping.uncover(found[0], [row], officer)
    row.refresh_from_db()
    assert (row.total, row.passed) == (75, False)
    assert not Evidence.objects.filter(pk=found[0].pk).exists()


def test_each_change_has_its_line_in_the_audit_trail(row, officer):
    found = keeping.add(piece(row, note="Xác nhận"), [row], officer)
    keeping.attach(found, *files.keep(phone_photo((80, 60))), officer)
    keeping.uncover(found, [row], officer)
    events = AuditEvent.objects.filter(object=row.audit_name).order_by("number")
    assert list(events.values_list("action", "role", "actor")) == [
        (f"evidence.{done}", "officer", officer.pk) for done in ("added", "attached", "removed")
    ]
    assert audit.verify(AuditChain.objects.get()) is None


def test_one_document_covers_three_hundred_families_in_few_queries(
    round, officer, django_assert_max_num_queries
):
    village = VillageFactory(parent=round.place)
    families = [Subject(kind="family", name=f"Hộ mẫu {number:03}", place=village) for number in range(300)]
    for each in families:
        each.fill_keys()
    rows = registration.put_on_list(round, Subject.objects.bulk_create(families), officer)
    Assessment.objects.update(state=AssessmentState.REGISTERED, registered_at=timezone.now())
    found = keeping.add(piece(rows[0], note="Danh sách của trường"), [], officer)
    with django_assert_max_num_queries(40):
        assert keeping.cover(found, rows, officer) == 300
    assert keeping.cover(found, rows, officer) == 0
    assert EvidenceCover.objects.count() == AuditEvent.objects.count() == 300


@pytest.mark.parametrize(
    "state", [AssessmentState.VERIFIED, AssessmentState.IN_NOTICE, AssessmentState.RECOGNISED]
)
def test_evidence_stays_as_it_is_once_the_sheet_is_closed(round, officer, state):
    row = AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    found = keeping.add(piece(row, note="Xác nhận"), [row], officer)
    closed = AssessmentFactory(round=round, state=state)
    for attempt in (
        lambda: keeping.add(piece(closed, note="Muộn"), [closed], officer),
        lambda: keeping.cover(found, [closed], officer),
        lambda: keeping.add(piece(row, note="Cả hai"), [row, closed], officer),
    ):
        with pytest.raises(keeping.NotNow, match=str(closed.subject)):
            attempt()
    assert EvidenceCover.objects.count() == 1
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("role", [each for each in Role if each not in (Role.OFFICER,)])
def test_nobody_but_the_officer_changes_the_evidence_of_an_own_sheet(row, role):
    user = UserFactory(role=role, place=row.commune)
    with pytest.raises(keeping.NotNow):
        keeping.add(piece(row, note="Xác nhận"), [row], user)


def test_the_verifier_adds_what_was_seen_on_the_spot_unless_the_sheet_is_their_own(round):
    verifier = UserFactory(role=Role.VERIFIER, place=round.place)
    handed_in = AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED)
    keeping.add(piece(handed_in, note="Đã xem tại nhà"), [handed_in], verifier)
    assert AuditEvent.objects.get().role == "verifier"
    own = AssessmentFactory(
        round=round, state=AssessmentState.SELF_SCORED, submitted_by=verifier, submitted_as="officer"
    )
    with pytest.raises(keeping.NotNow):
        keeping.add(piece(own, note="Đã xem tại nhà"), [own], verifier)


def test_a_household_adds_to_its_own_sheet_until_it_is_handed_in(row):
    keeping.add(piece(row, note="Giấy khen của con"), [row], hand=HOUSEHOLD)
    assert AuditEvent.objects.get().role == HOUSEHOLD
    closed = AssessmentFactory(round=row.round, state=AssessmentState.SELF_SCORED)
    with pytest.raises(keeping.NotNow):
        keeping.add(piece(closed, note="Muộn"), [closed], hand=HOUSEHOLD)


def test_a_document_covers_nobody_of_another_round_or_commune(round, officer):
    row = AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    found = keeping.add(piece(row, note="Danh sách"), [row], officer)
    elsewhere = AssessmentFactory(
        round=RoundFactory(place=round.place, criteria_set=round.criteria_set),
        state=AssessmentState.REGISTERED,
    )
    assert keeping.cover(found, [elsewhere], officer) == 0
