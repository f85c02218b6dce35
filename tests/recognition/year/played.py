"""A commune, its seven people and what each does at the pages in a year; citizens have no account."""

import datetime
import json
from collections import Counter
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.accounts.enums import Role
from recognition.enums import AppealState, AssessmentState, DecisionState, DenominatorKind, SubjectKind
from recognition.models import (
    Appeal,
    Assessment,
    CouncilSession,
    Decision,
    Denominator,
    NoticeFeedback,
    PublicNotice,
    Round,
    Subject,
)
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import points_set
from tests.recognition.addresses import address

YEAR = 2026
FAMILIES, CLANS, VILLAGES, UNITS = 2000, 40, 12, 30
KINDS = {
    SubjectKind.FAMILY: ("Gia đình", FAMILIES),
    SubjectKind.CLAN: ("Dòng họ", CLANS),
    SubjectKind.COMMUNITY: ("Cộng đồng", VILLAGES),
    SubjectKind.UNIT: ("Đơn vị", UNITS),
}
CODES = ("1.1", "2.1")
GOOD, POOR = 45, 30  # points of fifty for each of two criteria; eighty of a hundred are needed
ONE_IN = 10  # every tenth is poor
PAPER = {"as_of": f"30/11/{YEAR}", "source_document": "Báo cáo mẫu", "reason": ""}
HOUSEHOLDS = 2500  # that the commune has, of which 2,000 stand in its books


class Calendar:
    """What day it is for the portal."""

    def __init__(self, monkeypatch):
        self.at = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.at)

    def turn_to(self, day: datetime.date) -> None:
        noon = datetime.time(12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        self.at = datetime.datetime.combine(day, noon)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database does by itself between two days, but not within a test


class Desk:
    """A person at the pages; whoever they are, a page that fails is a failure of the portal."""

    def __init__(self, user=None):
        self.user, self.client = user, Client()

    def get(self, name: str, *args, status: int = 200) -> str:
        return self._checked(self._client().get(address(name, *args)), status)

    def post(self, to: str, data=None, *, status: int = 200, **kwargs) -> str:
        """-> the page that it leads to."""
        return self._checked(self._client().post(to, data or {}, follow=True, **kwargs), status)

    def made(self, to: str, data=None) -> str:
        """-> the address of what was made."""
        response = self._client().post(to, data or {})
        assert response.status_code == 302, response.text
        return response.url

    def _client(self) -> Client:
        if self.user:
            self.client.force_login(self.user)  # a year is longer than a session
        return self.client

    def _checked(self, response, status: int) -> str:
        assert response.status_code == status, response.text[:2000]
        return response.text


class Year:
    """The commune and its people."""

    def __init__(self, calendar: Calendar):
        self.calendar = calendar
        self.commune = CommuneFactory(name="Mẫu")
        self.villages = [VillageFactory(parent=self.commune, name=f"Mẫu {n:02}") for n in range(VILLAGES)]
        self.organiser = Desk(UserFactory(role=Role.ORGANISER))
        self.secretary = Desk(UserFactory(role=Role.OFFICER, place=self.villages[0]))
        self.officer = Desk(UserFactory(role=Role.OFFICER, place=self.commune))
        self.verifier = Desk(UserFactory(role=Role.VERIFIER, place=self.commune))
        self.clerk = Desk(UserFactory(role=Role.CLERK, place=self.commune))
        self.issuer = Desk(UserFactory(role=Role.ISSUER, place=self.commune))
        self.auditor = Desk(UserFactory(role=Role.AUDITOR, place=self.commune))
        self.citizen = Desk()
        self.rounds: dict[SubjectKind, Round] = {}

    def rows(self, kind: SubjectKind, village=None):
        rows = self.rounds[kind].assessments.all()
        return rows.filter(place=village) if village else rows

    def january_the_books_and_the_rounds(self):
        self.calendar.turn_to(datetime.date(YEAR, 1, 12))
        lines = ["Loại,Tên,Xóm,Phân biệt"]
        for word, count in KINDS.values():
            lines += [f"{word},{word} mẫu {n:04},Mẫu {n % VILLAGES:02}," for n in range(count)]
        sheet = SimpleUploadedFile("so.csv", "\n".join(lines).encode())
        page = self.officer.made(address("book_hand_in", self.commune.pk), {"file": sheet})
        self.officer.post(page, {"action": "enter"})
        assert Subject.objects.count() == FAMILIES + CLANS + VILLAGES + UNITS
        for kind in KINDS:
            self._open(kind)

    def _open(self, kind: SubjectKind):
        draft = {
            "title": f"{kind.label} {YEAR}",
            "year": YEAR,
            "place": self.commune.pk,
            "criteria_set": points_set(kind=kind, criteria=2, most=50).pk,
            "register_by": f"31/03/{YEAR}",
            "self_score_by": f"31/10/{YEAR}",
            "verify_by": f"15/11/{YEAR}",
            "council_by": f"30/11/{YEAR}",
            "notice_days": 7,
            "appeal_days": 10,
            "decided_by": "Chủ tịch Ủy ban nhân dân xã mẫu",
            "legal_bases": "Căn cứ văn bản mẫu;",
        }
        if kind == SubjectKind.FAMILY:
            draft["village_meeting"] = "on"
        self.organiser.made(address("round_new", kind.slug), draft)
        self.rounds[kind] = Round.objects.get(subject_kind=kind)
        self.organiser.post(address("round_open", self.rounds[kind].pk))

    def march_registration(self):
        self.calendar.turn_to(datetime.date(YEAR, 3, 2))
        for kind, round in self.rounds.items():
            for village in self.villages:
                whose = self.secretary if village == self.villages[0] else self.officer
                whose.post(address("enlist", round.pk, village.pk), {"everybody": "on", "register": "on"})
            assert self.rows(kind).registered().count() == KINDS[kind][1]

    def october_own_sheets(self):
        """One family fills in its own on the phone; the secretary of a village and the officer fill in the others."""
        self.calendar.turn_to(datetime.date(YEAR, 10, 5))
        own = self.rows(SubjectKind.FAMILY, self.villages[0]).order_by("pk")[0]
        sheet = {"version": own.version, "action": "submit"} | {f"{code}-points": GOOD for code in CODES}
        self.citizen.post(address("household", own.household_token), sheet)
        for kind in KINDS:
            for village in self.villages:
                whose = self.secretary if village == self.villages[0] else self.officer
                self._fill_in(kind, village, whose)
        handed_in = Counter(Assessment.objects.values_list("submitted_as", flat=True))
        assert handed_in == {"household": 1, "officer": FAMILIES + CLANS + VILLAGES + UNITS - 1}

    def _fill_in(self, kind: SubjectKind, village, whose: Desk):
        round, rows = self.rounds[kind], self.rows(kind, village).awaiting_self_score().order_by("pk")
        cells = [
            {"row": row.pk, "code": code, "text": str(POOR if row.pk % ONE_IN == 0 else GOOD), "seen": ""}
            for row in rows
            for code in CODES
        ]
        if not cells:
            return
        sent = {"user": whose.user.pk, "stage": "self", "cells": cells}
        to = address("grid_cells", round.pk, village.pk)
        answer = json.loads(whose.post(to, json.dumps(sent), content_type="application/json"))
        assert {cell["state"] for cell in answer["cells"]} == {"saved"}
        versions = json.dumps(dict(rows.values_list("pk", "version")))
        grid = f"{address('grid', round.pk, village.pk)}?phieu=tu-cham"
        whose.post(grid, {"action": "submit", "versions": versions})

    def october_the_villages_meet(self):
        self.calendar.turn_to(datetime.date(YEAR, 10, 20))
        round = self.rounds[SubjectKind.FAMILY]
        for village in self.villages:
            whose = self.secretary if village == self.villages[0] else self.officer
            ticked = {f"in_{row.pk}": "on" for row in self.rows(SubjectKind.FAMILY, village)}
            minutes = {
                "held_on": f"18/10/{YEAR}",
                "households": len(ticked),
                "attending": len(ticked) // 2,
                "chair": "Chủ trì mẫu",
                "secretary": "Thư ký mẫu",
            }
            whose.made(address("meeting_write", round.pk, village.pk), minutes | ticked)

    def november_verification(self):
        """Of one family the verifier thinks otherwise, and says why; with the others they agree."""
        self.calendar.turn_to(datetime.date(YEAR, 11, 3))
        doubtful = self.doubtful()
        sheet = {
            "version": doubtful.version,
            "action": "agree",
            "1.1-points": 20,
            "1.1-note": "Thiếu minh chứng",
        }
        self.verifier.post(doubtful.get_absolute_url(), sheet)
        for kind, round in self.rounds.items():
            self.verifier.post(address("round_list_step", round.pk), {"step": "agree", "everybody": "on"})
            assert set(self.rows(kind).values_list("state", flat=True)) == {AssessmentState.VERIFIED}
        doubtful.refresh_from_db()
        assert (doubtful.total, doubtful.passed) == (20 + GOOD, False)

    def doubtful(self) -> Assessment:
        return next(row for row in self.rows(SubjectKind.FAMILY).order_by("pk")[5:] if row.pk % ONE_IN)

    def november_the_council(self):
        self.calendar.turn_to(datetime.date(YEAR, 11, 25))
        for round in self.rounds.values():
            page = self.clerk.made(address("council_prepare", round.pk, self.commune.pk))
            session = CouncilSession.objects.get(round=round)
            facts = {"held_on": f"25/11/{YEAR}", "chair": "Chủ tịch mẫu", "secretary": "Thư ký mẫu"}
            seats = {"seats-TOTAL_FORMS": 5, "seats-INITIAL_FORMS": 5, "seats-0-of_association": "on"}
            for number in range(5):
                seats |= {f"seats-{number}-name": f"Người mẫu {number}", f"seats-{number}-present": "on"}
            self.clerk.post(page, facts | seats)
            for action in ("fill", "close"):
                self.clerk.post(address("council_act", session.pk), {"action": action})

    def december_public_notice(self):
        """A citizen speaks up; nothing is decided before the answer."""
        self.calendar.turn_to(datetime.date(YEAR, 12, 1))
        for round in self.rounds.values():
            days = {"opens_on": f"01/12/{YEAR}", "closes_on": f"07/12/{YEAR}"}
            self.clerk.made(address("notice_hang_out", round.pk, self.commune.pk), days)
        notice = PublicNotice.objects.get(round=self.rounds[SubjectKind.FAMILY])
        self.citizen.post(notice.get_absolute_url(), {"text": "Tôi đồng ý với danh sách."})
        opinion = NoticeFeedback.objects.get()
        self.clerk.post(address("notice_answer", notice.pk, opinion.pk), {"reply": "Xin cảm ơn."})

    def december_the_decisions(self):
        self.calendar.turn_to(datetime.date(YEAR, 12, 10))
        for number, (kind, round) in enumerate(self.rounds.items(), 5):
            page = self.clerk.made(address("decision_draft", round.pk, self.commune.pk))
            self.clerk.made(page, self._signed(number))
            decision = Decision.objects.get(round=round)
            act = address("decision_act", decision.pk)
            self.clerk.post(act, {"action": "issue"}, status=403)
            self.issuer.post(act, {"action": "issue"})
            decision.refresh_from_db()
            assert (decision.state, len(decision.rows)) == (DecisionState.ISSUED, KINDS[kind][1])

    def _signed(self, number: int) -> dict:
        return {
            "number": str(number),
            "issued_on": f"{self.calendar.at:%d/%m/%Y}",
            "issuer": "Ủy ban nhân dân xã mẫu",
            "signer_title": "Chủ tịch",
            "signer_name": "Người Ký Mẫu",
            "articles": "Công nhận danh hiệu.\n\nQuyết định có hiệu lực từ ngày ký.",
            "recipients": "Lưu: VT",
        }

    def december_an_appeal(self):
        """The doubtful family has its evidence now; the association upholds it, and another decision amends the first."""
        self.calendar.turn_to(datetime.date(YEAR, 12, 15))
        row = self.doubtful()
        filed = {"ground": "Đã có giấy xác nhận", "version": row.version}
        page = self.officer.made(address("appeal_file", row.pk), filed)
        self.organiser.post(page, {"outcome": "Minh chứng đầy đủ", "action": "uphold"})
        appeal = Appeal.objects.get()
        assert appeal.state == AppealState.UPHELD
        draft = self.clerk.made(address("appeal_amend", appeal.pk))
        self.clerk.made(draft, self._signed(9))
        amendment = Decision.objects.get(amends__isnull=False)
        self.issuer.post(address("decision_act", amendment.pk), {"action": "issue"})
        row.refresh_from_db()
        assert (row.state, row.decision) == (AssessmentState.RECOGNISED, amendment)

    def december_the_figures(self):
        self.calendar.turn_to(datetime.date(YEAR, 12, 20))
        page = f"{address('denominators', self.commune.pk)}?nam={YEAR}"
        households = {f"n-{self.commune.pk}-{DenominatorKind.HOUSEHOLDS}": str(HOUSEHOLDS)}
        self.officer.post(page, PAPER | households)
        entered = Denominator.objects.get()
        check = f"{address('denominators_check', self.commune.pk)}?nam={YEAR}"
        self.organiser.post(check, {"so": [f"{entered.pk}:{entered.value}"]})
        entered.refresh_from_db()
        assert entered.is_locked
        for round in self.rounds.values():
            self.organiser.post(address("round_close", round.pk))
