"""The search of the site with all its rooms."""

import datetime
import re

import pytest

from django.urls import reverse
from django.utils import timezone

from portal.search import sources
from portal.search.drain import run_once
from tests.factories.library import OfficialDocumentFactory, ResourceFactory


@pytest.mark.django_db
def test_the_day_of_a_result_says_what_happened_on_it(client):
    resource = ResourceFactory(title="Trồng ngô trên đất dốc")
    OfficialDocumentFactory(subject="Về trồng ngô", issue_date=datetime.date(2026, 3, 2))
    run_once()
    html = client.get(reverse("search"), {"q": "trong ngo"}).content.decode()
    day = f"{timezone.localdate(resource.created_at):%d/%m/%Y}"
    assert re.search(rf"Đưa vào thư viện ngày <time [^>]+>{day}</time>", html)
    assert 'Ban hành ngày <time datetime="2026-03-02">02/03/2026</time>' in html


@pytest.mark.parametrize("source", list(sources.registered()), ids=lambda source: source.prefix)
def test_every_room_tells_what_the_days_of_its_entries_are(source):
    assert set(source.day_labels) == set(source.kinds)
    assert all(str(label).count("%(day)s") == 1 for label in source.day_labels.values())
