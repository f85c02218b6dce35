"""Learning paths: steps in order, questions to check oneself, and what is only for officers."""

import json

import pytest

from django.urls import reverse

from library.models import LearningPath
from portal.accounts.domain.groups import sync
from portal.accounts.enums import Role
from portal.search.entry import OFFICER, PUBLIC
from portal.search.query import search
from tests.cms.sitemap import addresses_of_the_site
from tests.factories.accounts import UserFactory
from tests.factories.home import StandardPageFactory
from tests.factories.library import (
    LearningPathFactory,
    LearningPathIndexFactory,
    ResourceFactory,
    question,
    resource_step,
    text_step,
)

pytestmark = pytest.mark.django_db

SECRET = "Tập huấn kín"


@pytest.fixture
def training():
    return LearningPathFactory(
        title=SECRET,
        summary="Chỉ cho cán bộ",
        officers_only=True,
        steps=[text_step("Bước kín")],
        quiz=[question()],
    )


def html_of(client, page, query=""):
    return client.get(page.get_url() + query).content.decode()


def test_the_steps_stand_in_the_order_of_the_editor_with_notes_and_time(client):
    resource = ResourceFactory(title="Trồng ngô")
    path = LearningPathFactory(
        steps=[text_step("Nghĩ trước khi đọc", 5), resource_step(resource, "Chú ý trang 3", 80)]
    )
    html = html_of(client, path).split("<main")[1]
    assert html.index("Nghĩ trước khi đọc") < html.index("Trồng ngô") < html.index("Chú ý trang 3")
    assert f"/r/{resource.pk}" in html
    assert path.minutes == 85
    assert "khoảng 1 giờ 25 phút" in html


def test_a_step_whose_resource_is_hidden_says_so_and_not_more(client):
    path = LearningPathFactory(
        steps=[resource_step(ResourceFactory(title="Bí mật", officers_only=True), "Lời dặn")]
    )
    html = html_of(client, path)
    assert "Bí mật" not in html
    assert "hiện không có trong thư viện" in html
    assert "Lời dặn" in html


def test_an_officers_path_shows_what_is_kept_for_officers(client, officer):
    path = LearningPathFactory(
        officers_only=True, steps=[resource_step(ResourceFactory(title="Bí mật", officers_only=True))]
    )
    client.force_login(officer)
    assert "Bí mật" in html_of(client, path)


@pytest.mark.parametrize("signed_in", [False, True])
def test_who_is_no_officer_does_not_learn_of_a_training(client, person, training, indexed, signed_in):
    page = StandardPageFactory(
        body=[
            {"type": "learning_path", "value": training.pk},
            {"type": "page_list", "value": {"title": "", "parent": training.get_parent().pk, "count": 5}},
        ]
    )
    indexed()
    if signed_in:
        client.force_login(person())
    answer = client.get(training.get_url())
    assert answer.status_code == 403
    assert SECRET not in answer.content.decode()
    assert "Bước kín" not in answer.content.decode()
    places = [
        "/thu-vien/",
        "/tim-kiem/?q=tap+huan+kin",
        "/api/v1/search/?q=tap+huan+kin",
        training.get_parent().url,
    ]
    for address in [*places, page.url]:
        assert SECRET not in client.get(address).content.decode(), address


def test_the_sitemap_does_not_name_a_training(client, training):
    public = LearningPathFactory(title="Cho mọi người")
    addresses = addresses_of_the_site(client)
    assert any(public.slug in each for each in addresses)
    assert not any(training.slug in each for each in addresses)


def test_without_the_full_index_a_training_does_not_show_either(training):
    from portal.cms.search_source import PageSource

    LearningPathFactory(title="Tập huấn cho mọi người")
    assert [entry.title for entry in PageSource().title_lookup("Tập huấn", 10)] == ["Tập huấn cho mọi người"]


def test_officers_find_a_training(client, officer, training, indexed):
    indexed()
    assert not search("tap huan kin", audience=PUBLIC).hits
    assert [hit.title for hit in search("tap huan kin", audience=OFFICER).hits] == [SECRET]
    client.force_login(officer)
    assert SECRET in html_of(client, training)
    assert SECRET in client.get(training.get_parent().url).content.decode()
    assert SECRET in client.get("/thu-vien/").content.decode()


def test_a_training_is_not_kept_for_other_readers(client, officer, training):
    client.force_login(officer)
    assert "private" in client.get(training.get_url())["Cache-Control"]


class TestQuestions:
    @pytest.fixture
    def path(self):
        return LearningPathFactory(
            quiz=[
                question("Một cộng một?", right=["Hai"], wrong=["Ba"], explanation="Đếm ngón tay."),
                question("Số chẵn?", right=["Hai", "Bốn"], wrong=["Ba"], explanation="Chia hết cho hai."),
            ]
        )

    def test_nothing_is_marked_before_the_answers_are_handed_in(self, client, path):
        html = html_of(client, path)
        assert "Một cộng một?" in html
        assert "Đếm ngón tay." not in html
        assert 'type="radio" name="c1"' in html
        assert 'type="checkbox" name="c2"' in html

    def test_the_learner_sees_what_was_right_and_why(self, client, path):
        html = html_of(client, path, "?c1=0&c2=0&c2=1&tra-loi=1")
        assert "Đúng 2 trên 2 câu." in html
        assert "Đếm ngón tay." in html

    def test_half_of_several_right_answers_is_not_right(self, client, path):
        html = html_of(client, path, "?c1=1&c2=0&tra-loi=1")
        assert "Đúng 0 trên 2 câu." in html
        assert html.count("Chưa đúng") == 2

    def test_a_question_left_out_keeps_its_answer_for_the_next_try(self, client, path):
        html = html_of(client, path, "?c1=0&tra-loi=1")
        assert "Chưa trả lời" in html
        assert "Chia hết cho hai." not in html

    def test_nothing_of_it_is_kept(self, client, path):
        html_of(client, path, "?c1=0&tra-loi=1")
        assert not path.attempts.exists()
        assert not client.cookies

    def test_nonsense_in_the_address_is_taken_for_no_answer(self, client, path):
        assert "Đúng 0 trên 2 câu." in html_of(client, path, "?c1=99&c2=<x>&c7=1&tra-loi=1")


def test_programs_read_a_course_with_its_time_and_parts(client):
    resource = ResourceFactory(title="Trồng ngô")
    html = html_of(client, LearningPathFactory(steps=[resource_step(resource, minutes=30)]))
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Course"
    assert data["provider"]["name"] == "Hội Khuyến học mẫu"
    assert data["hasCourseInstance"]["courseWorkload"] == "PT30M"
    assert data["timeRequired"] == "PT30M"
    assert data["hasPart"][0]["url"] == f"http://testserver/r/{resource.pk}"


def test_programs_read_the_steps_in_their_order_without_a_hidden_one(client):
    shown, hidden = ResourceFactory(title="Trồng ngô"), ResourceFactory(title=SECRET, officers_only=True)
    steps = [text_step("Trước hết"), resource_step(hidden), resource_step(shown)]
    html = html_of(client, LearningPathFactory(steps=steps))
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    listed = data["mainEntity"]
    assert (listed["@type"], listed["numberOfItems"]) == ("ItemList", 2)
    assert [(each["position"], each["item"]["name"]) for each in listed["itemListElement"]] == [
        (1, "Trước hết"),
        (2, "Trồng ngô"),
    ]


def test_the_front_page_of_the_library_leads_to_the_paths(client):
    path = LearningPathFactory(title="Học dùng điện thoại")
    html = client.get("/thu-vien/").content.decode()
    assert path.get_url() in html
    assert "/thu-vien/lo-trinh/" in html


def test_any_page_can_show_a_path(client):
    path = LearningPathFactory(title="Học dùng điện thoại")
    page = StandardPageFactory(body=[{"type": "learning_path", "value": path.pk}])
    html = html_of(client, page)
    assert "Học dùng điện thoại" in html
    assert "2 bước" in html


def test_the_number_of_queries_does_not_grow_with_the_steps(client, django_assert_max_num_queries):
    small = LearningPathFactory(steps=[resource_step(ResourceFactory())])
    large = LearningPathFactory(steps=[resource_step(ResourceFactory(creators=["A"])) for _ in range(6)])
    client.get(small.get_url())
    with django_assert_max_num_queries(16) as few:
        client.get(small.get_url())
    with django_assert_max_num_queries(len(few)):
        client.get(large.get_url())


def form(resource, **changes):
    """What the editor's form sends for a new path of one step and one question."""
    data = {
        "title": "Lộ trình mới",
        "slug": "lo-trinh-moi",
        "summary": "Một câu.",
        "body-count": "0",
        "steps-count": "1",
        "steps-0-deleted": "",
        "steps-0-order": "0",
        "steps-0-type": "resource",
        "steps-0-id": "",
        "steps-0-value-resource": str(resource.pk),
        "steps-0-value-note": "Đọc kỹ",
        "steps-0-value-minutes": "15",
        "quiz-count": "1",
        "quiz-0-deleted": "",
        "quiz-0-order": "0",
        "quiz-0-type": "question",
        "quiz-0-id": "",
        "quiz-0-value-question": "Hiểu chưa?",
        "quiz-0-value-explanation": "",
        "quiz-0-value-answers-count": "2",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    for number, text in enumerate(["Rồi", "Chưa"]):
        data |= {
            f"quiz-0-value-answers-{number}-deleted": "",
            f"quiz-0-value-answers-{number}-order": str(number),
            f"quiz-0-value-answers-{number}-id": "",
            f"quiz-0-value-answers-{number}-value-text": text,
        }
    return data | {"quiz-0-value-answers-0-value-correct": "on"} | changes


@pytest.fixture
def editor_client(client):
    index = LearningPathIndexFactory()
    sync()
    client.force_login(UserFactory(role=Role.EDITOR))
    return client, reverse("wagtailadmin_pages:add", args=["library", "learningpath", index.pk])


def test_an_editor_makes_a_path(editor_client):
    client, url = editor_client
    assert client.get(url).status_code == 200
    response = client.post(url, form(ResourceFactory()))
    assert response.status_code == 302, response.context["form"].errors
    path = LearningPath.objects.get().get_latest_revision_as_object()
    assert [step.value["minutes"] for step in path.steps] == [15]
    assert path.quiz[0].value["answers"][0]["correct"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quiz-0-value-answers-0-value-correct": ""}, "Hãy đánh dấu ít nhất một câu trả lời đúng."),
        ({"steps-0-value-minutes": "999999"}, "6000"),
    ],
)
def test_a_path_that_nobody_could_follow_is_refused(editor_client, changes, sentence):
    client, url = editor_client
    response = client.post(url, form(ResourceFactory(), **changes))
    assert response.status_code == 200
    assert json.dumps(sentence)[1:-1] in response.content.decode(), (
        "the mistakes stand in the data of the form"
    )
    assert not LearningPath.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_list_of_paths(client, django_assert_max_num_queries):
    counts = []
    for number in (3, 6):
        for _ in range(number):
            LearningPathFactory(steps=[resource_step(ResourceFactory())])
        client.get("/thu-vien/lo-trinh/")
        with django_assert_max_num_queries(15) as queries:
            client.get("/thu-vien/lo-trinh/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
