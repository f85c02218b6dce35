"""A commune in the middle of its year, brought there by the functions that the pages call."""

import datetime

from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain.council import agenda, drafting, notices, sessions
from recognition.domain.council.sessions import Seat
from recognition.enums import AssessmentState
from recognition.models import PublicNotice
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, scored

FIVE = (
    Seat("Người Mẫu Một", "Phó Chủ tịch Ủy ban nhân dân"),
    Seat("Người Mẫu Hai", "Hội Khuyến học", of_association=True),
    Seat("Người Mẫu Ba"),
    Seat("Người Mẫu Bốn"),
    Seat("Người Mẫu Năm", present=False),
)


class Year:
    """An open round over one commune with one village, its people, and families that a verifier has confirmed."""

    def __init__(self, **values):
        self.round = RoundFactory(**values)
        self.commune = self.round.place
        self.village = VillageFactory(parent=self.commune, name="Bản Mẫu")
        roles = (Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.ORGANISER)
        self.people = {role: UserFactory(role=role, place=self.commune) for role in roles}
        self.clerk, self.issuer = self.people[Role.CLERK], self.people[Role.ISSUER]
        self.officer, self.organiser = self.people[Role.OFFICER], self.people[Role.ORGANISER]

    def family(self, name, points=25, state=AssessmentState.VERIFIED):
        subject = SubjectFactory(place=self.village, name=name, kind=self.round.subject_kind)
        row = AssessmentFactory(round=self.round, place=self.village, subject=subject, state=state)
        scored(row, points)
        row.refresh_from_db()
        return row

    def session(self, seats=FIVE):
        """Prepared, with everybody on the agenda."""
        session = sessions.prepare(self.round, self.commune, self.clerk)
        session.chair, session.secretary = "Chủ tịch mẫu", "Thư ký mẫu"
        sessions.write(session, seats)
        agenda.fill(session)
        return session

    def proposed(self):
        """The session is held and closed."""
        session = self.session()
        sessions.close(session, self.clerk)
        return session

    def notice(self):
        """The list hangs out from today on."""
        self.proposed()
        return self.hang_out()

    def hang_out(self):
        today = timezone.localdate()
        notice = PublicNotice(round=self.round, commune=self.commune, opens_on=today)
        notice.closes_on = notices.earliest_end(self.round, today)
        return notices.hang_out(notice, self.clerk)

    def notice_over(self):
        """It hung out long enough and ended yesterday."""
        notice = self.notice()
        days = datetime.timedelta(days=self.round.notice_days)
        PublicNotice.objects.filter(pk=notice.pk).update(
            opens_on=notice.opens_on - days, closes_on=notice.closes_on - days
        )
        notice.refresh_from_db()
        return notice

    def drafted(self, **values):
        """The draft of the recognition, with all that it needs."""
        draft = drafting.recognition(self.round, self.commune, self.clerk)
        return self.fill_in(draft, **values)

    def fill_in(self, draft, **values):
        facts = {
            "number": "5",
            "issued_on": timezone.localdate(),
            "signer_title": "KT. Chủ tịch; Phó Chủ tịch",
            "signer_name": "Người Ký Mẫu",
        }
        for name, value in (facts | values).items():
            setattr(draft, name, value)
        drafting.write(draft, self.clerk)
        return draft
