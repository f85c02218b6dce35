"""What a signed-in reader keeps: theirs alone, to be taken along, taken over from a browser, and deleted."""

import csv
import datetime
import json
from io import StringIO

import pytest

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from library.domain import reading
from library.domain.reading import LONGEST, MOST, NotAList
from library.enums import RenditionForm
from library.models import Bookmark, ReadingProgress, Rendition
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db
LIST = "/thu-vien/cua-toi/"


def file_of(resource):
    return Rendition.objects.create(
        resource=resource, form=RenditionForm.PDF, file=ContentFile(b"%PDF", name="mau.pdf")
    )


def act(client, resource, action, **fields):
    return client.post(reverse("library:keep", args=[resource.pk]), {"action": action, **fields})


def kept_by(user):
    return set(Bookmark.objects.filter(user=user).values_list("resource_id", flat=True))


class TestKeeping:
    def test_resource_is_kept_once_and_let_go(self, client, reader):
        resource = ResourceFactory()
        for _twice in range(2):
            response = act(client, resource, "keep", next=resource.get_absolute_url())
        assert response.url == resource.get_absolute_url()
        assert kept_by(reader) == {resource.pk}
        act(client, resource, "let-go")
        assert kept_by(reader) == set()

    def test_page_of_a_resource_tells_whether_it_is_kept_and_where_the_reader_stopped(self, client, reader):
        resource = ResourceFactory()
        page = client.get(resource.get_absolute_url()).content.decode()
        assert 'value="keep"' in page
        reading.keep(reader, resource)
        rendition = file_of(resource)
        reading.stopped_at(reader, rendition, 7)
        page = client.get(resource.get_absolute_url()).content.decode()
        assert 'value="let-go"' in page
        assert f"/r/{resource.pk}/doc/{rendition.pk}/?trang=7" in page

    def test_page_for_who_is_not_signed_in_leaves_keeping_to_the_browser(self, client):
        page = client.get(ResourceFactory().get_absolute_url()).content.decode()
        assert "data-keep-id" in page
        assert 'value="keep"' not in page

    def test_what_is_kept_for_officers_is_not_kept_by_others(self, client, reader):
        resource = ResourceFactory(officers_only=True)
        assert act(client, resource, "keep").status_code == 403
        assert kept_by(reader) == set()

    def test_who_is_not_signed_in_keeps_nothing_on_the_server(self, client):
        resource = ResourceFactory()
        assert act(client, resource, "keep").url.startswith(reverse("account_login"))
        assert not Bookmark.objects.exists()

    def test_reader_is_not_led_to_another_website(self, client, reader):
        response = act(client, ResourceFactory(), "keep", next="https://vi-du.example/")
        assert response.url == LIST

    def test_unknown_action_is_refused(self, client, reader):
        assert act(client, ResourceFactory(), "buy").status_code == 400

    def test_of_several_pages_the_last_one_is_remembered(self, reader):
        resource = ResourceFactory()
        rendition = file_of(resource)
        for page in (1, 2, 9):
            reading.stopped_at(reader, rendition, page)
        assert reading.place_of(reader, resource).page == 9
        reading.forget_place(reader, resource.pk)
        assert reading.place_of(reader, resource) is None


class TestMyList:
    def test_list_shows_what_this_person_keeps_and_nothing_of_another(self, client, reader, person):
        mine, theirs = ResourceFactory(title="Của tôi"), ResourceFactory(title="Của người khác")
        reading.keep(reader, mine)
        other = person()
        reading.keep(other, theirs)
        reading.stopped_at(other, file_of(theirs), 3)
        page = client.get(LIST).content.decode()
        assert "Của tôi" in page
        assert "Của người khác" not in page
        assert "Của người khác" not in client.get(f"{LIST}so-hoc-tap.json").content.decode()

    def test_title_for_officers_is_not_shown_to_who_is_no_officer_any_more(self, client, person):
        user = person(Role.VIEWER)
        reading.keep(user, ResourceFactory(title="Tài liệu nội bộ", officers_only=True))
        client.force_login(user)
        assert "Tài liệu nội bộ" in client.get(LIST).content.decode()
        user.grants.update(valid_from=datetime.date(2020, 1, 1), valid_to=datetime.date(2020, 12, 31))
        assert "Tài liệu nội bộ" not in client.get(LIST).content.decode()

    def test_what_is_out_of_date_or_merged_stays_and_what_is_withdrawn_goes(self, reader):
        outdated = ResourceFactory(valid_until=datetime.date(2020, 1, 1))
        merged = ResourceFactory(withdrawn=True, merged_into=outdated)
        withdrawn = ResourceFactory(withdrawn=True)
        for resource in (outdated, merged, withdrawn):
            reading.keep(reader, resource)
        assert {each.resource for each in reading.log_of(reader).kept} == {outdated, merged}

    def test_place_in_a_file_that_moved_to_another_resource_leads_there(self, reader):
        old, new = ResourceFactory(), ResourceFactory()
        rendition = file_of(old)
        reading.stopped_at(reader, rendition, 5)
        Rendition.objects.filter(pk=rendition.pk).update(resource=new)
        place = reading.log_of(reader).reading[0]
        assert place.get_absolute_url() == f"/r/{new.pk}/doc/{rendition.pk}/?trang=5"

    def test_number_of_queries_does_not_grow_with_the_list(
        self, client, reader, django_assert_max_num_queries
    ):
        for _ in range(8):
            resource = ResourceFactory()
            reading.keep(reader, resource)
            reading.stopped_at(reader, file_of(resource), 2)
        client.get(LIST)
        with django_assert_max_num_queries(9):
            client.get(LIST)

    def test_list_of_a_person_is_kept_by_no_cache(self, client, reader):
        response = client.get(LIST)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_list_of_a_browser_is_the_same_page_for_everybody_and_may_be_shown_without_a_signal(self, client):
        response = client.get(LIST)
        assert response["Cache-Control"] == "private, max-age=3600"
        assert "Cookie" in response["Vary"]
        assert not response.cookies
        assert "data-my-list" in response.content.decode()

    def test_everything_can_be_deleted_and_only_ones_own(self, client, reader, person):
        resource, other = ResourceFactory(), person()
        for user in (reader, other):
            reading.keep(user, resource)
            reading.stopped_at(user, file_of(resource), 1)
        client.post(reverse("library:my_list_forget"))
        assert not reading.log_of(reader)
        assert len(reading.log_of(other).kept) == len(reading.log_of(other).reading) == 1


class TestTakingAlong:
    def test_list_as_data(self, client, reader):
        resource = ResourceFactory(title="Trồng ngô")
        reading.keep(reader, resource)
        rendition = file_of(resource)
        reading.stopped_at(reader, rendition, 4)
        response = client.get(f"{LIST}so-hoc-tap.json")
        assert response["Content-Disposition"] == 'attachment; filename="so-hoc-tap.json"'
        data = json.loads(response.content)
        entry = data["reading"][str(resource.pk)]
        assert (entry["title"], entry["page"], entry["rendition"]) == ("Trồng ngô", 4, rendition.pk)
        assert data["kept"][str(resource.pk)]["address"] == f"http://testserver/r/{resource.pk}"

    def test_list_as_a_table_in_which_no_title_is_a_formula(self, client, reader):
        reading.keep(reader, ResourceFactory(title="=1+1"))
        text = client.get(f"{LIST}so-hoc-tap.csv").content.decode()
        assert text.startswith("\ufeff")
        rows = list(csv.reader(StringIO(text[1:])))
        assert [len(row) for row in rows] == [5, 5]
        assert rows[1][1] == "'=1+1"

    def test_what_was_taken_along_can_be_put_back(self, client, reader):
        resource = ResourceFactory()
        reading.keep(reader, resource)
        reading.stopped_at(reader, file_of(resource), 4)
        text = client.get(f"{LIST}so-hoc-tap.json").content.decode()
        reading.forget_all(reader)
        assert reading.merge(reader, text) == 2
        assert reading.place_of(reader, resource).page == 4


class TestTakingOver:
    def merge(self, user, kept=None, places=None):
        return reading.merge(user, json.dumps({"kept": kept or {}, "reading": places or {}}))

    def test_list_of_the_browser_comes_to_the_account(self, client, reader):
        resource = ResourceFactory()
        rendition = file_of(resource)
        kept = {resource.pk: {"title": "x", "at": "2026-11-01T08:00:00.000Z"}}
        places = {resource.pk: {"rendition": rendition.pk, "page": 12, "at": "2026-11-02T08:00:00.000Z"}}
        sent = json.dumps({"kept": kept, "reading": places})
        client.post(reverse("library:my_list_merge"), {"list": sent})
        assert Bookmark.objects.get(user=reader).at.date() == datetime.date(2026, 11, 1)
        assert ReadingProgress.objects.get(user=reader).page == 12

    def test_later_place_wins(self, reader):
        resource = ResourceFactory()
        rendition = file_of(resource)
        reading.stopped_at(reader, rendition, 5)
        for at, page in (("2020-01-01T00:00:00Z", 5), (timezone.now().isoformat(), 9)):
            self.merge(reader, places={resource.pk: {"rendition": rendition.pk, "page": 9, "at": at}})
            assert reading.place_of(reader, resource).page == page

    def test_clock_that_is_ahead_counts_as_now(self, reader):
        resource = ResourceFactory()
        self.merge(reader, kept={resource.pk: {"at": "2099-01-01T00:00:00Z"}})
        assert Bookmark.objects.get().at <= timezone.now()

    def test_what_the_person_may_not_see_or_is_not_there_is_left_out(self, reader):
        hidden, shown = ResourceFactory(officers_only=True), ResourceFactory()
        foreign = file_of(shown)
        kept = {pk: {} for pk in (hidden.pk, 999999, "abc", str(10**30), "-1")}
        places = {
            hidden.pk: {"rendition": file_of(hidden).pk, "page": 2},
            shown.pk: {"rendition": foreign.pk, "page": 0},
        }
        assert self.merge(reader, kept, places) == 0
        assert not Bookmark.objects.exists()
        assert not ReadingProgress.objects.exists()

    def test_file_of_another_resource_is_left_out(self, reader):
        one, other = ResourceFactory(), ResourceFactory()
        self.merge(reader, places={one.pk: {"rendition": file_of(other).pk, "page": 1}})
        assert not ReadingProgress.objects.exists()

    @pytest.mark.parametrize(
        "sent",
        [
            "",
            "[]",
            "1",
            '{"kept": 5}',
            '{"kept": {"1": 5}}',
            '{"kept": {"1": "a"}}',
            "[" * 100_000,
            " " * (LONGEST + 1),
            json.dumps({"kept": {str(number): {} for number in range(MOST + 1)}}),
        ],
    )
    def test_what_is_no_list_is_refused_with_a_sentence(self, client, reader, sent):
        with pytest.raises(NotAList):
            reading.merge(reader, sent)
        response = client.post(reverse("library:my_list_merge"), {"list": sent}, follow=True)
        assert response.status_code == 200
        assert len(response.context["messages"]) == 1

    @pytest.mark.parametrize("place", [{"rendition": "9" * 5000, "page": 1}, {"page": "x", "at": 5}, {}])
    def test_nonsense_within_a_list_is_left_out(self, reader, place):
        assert self.merge(reader, places={ResourceFactory().pk: place}) == 0


class TestInvariants:
    def test_database_refuses_page_zero(self, reader):
        rendition = file_of(ResourceFactory())
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO library_readingprogress (user_id, resource_id, rendition_id, page, at) "
                "VALUES (%s, %s, %s, 0, %s)",
                [reader.pk, rendition.resource_id, rendition.pk, timezone.now()],
            )

    def test_list_goes_with_the_person(self, reader):
        reading.keep(reader, ResourceFactory())
        reader.delete()
        assert not Bookmark.objects.exists()
