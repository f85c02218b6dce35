"""Targets of the plans, set by the association."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.models import Target
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory
from tests.factories.recognition import TargetFactory

from .entering import text_of

pytestmark = pytest.mark.django_db


class TestTargets:
    NEW = {
        "indicator": "family",
        "year": 2026,
        "percent": 75,
        "place": "",
        "legal_document": "KH 1/KH-HKH",
        "source_url": "",
    }

    def test_the_association_sets_one_and_corrects_it(self, client, organiser):
        client.force_login(organiser)
        client.post("/can-bo/chi-tieu/", self.NEW)
        row = Target.objects.get()
        assert (row.percent, row.set_by) == (75, organiser)
        client.post(reverse("recognition:target", args=[row.pk]), self.NEW | {"percent": 76})
        assert Target.objects.get().percent == 76
        client.post(reverse("recognition:target", args=[row.pk]), {"action": "withdraw"})
        assert not Target.objects.exists()

    @pytest.mark.parametrize(
        "change", [{"percent": 0}, {"percent": 101}, {"legal_document": ""}, {"year": 20}]
    )
    def test_what_cannot_be_is_refused(self, client, organiser, change):
        client.force_login(organiser)
        assert client.post("/can-bo/chi-tieu/", self.NEW | change).status_code == 200
        assert not Target.objects.exists()

    def test_the_same_twice_is_told(self, client, organiser):
        TargetFactory(year=2026)
        client.force_login(organiser)
        assert "Đã có chỉ tiêu này" in text_of(client.post("/can-bo/chi-tieu/", self.NEW))

    def test_an_organiser_of_one_commune_sets_its_own_only(self, client, commune):
        client.force_login(UserFactory(role=Role.ORGANISER, place=commune))
        everywhere = TargetFactory()
        assert client.post("/can-bo/chi-tieu/", self.NEW).status_code == 403
        assert client.post("/can-bo/chi-tieu/", self.NEW | {"place": CommuneFactory().pk}).status_code == 200
        assert client.get(reverse("recognition:target", args=[everywhere.pk])).status_code == 403
        client.post("/can-bo/chi-tieu/", self.NEW | {"place": commune.pk})
        assert Target.objects.filter(place=commune).count() == 1
        assert AuditEvent.objects.filter(action="target.set").count() == 1

    def test_an_officer_reads_them(self, client, officer):
        TargetFactory()
        client.force_login(officer)
        response = client.get("/can-bo/chi-tieu/")
        assert "70 %" in text_of(response)
        assert client.post("/can-bo/chi-tieu/", self.NEW).status_code == 403
        client.force_login(UserFactory())
        assert client.get("/can-bo/chi-tieu/").status_code == 403
