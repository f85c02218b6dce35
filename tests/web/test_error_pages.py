import pytest

from django.db import InterfaceError, OperationalError

from portal.web import views


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.permission_denied, 403),
        (views.page_not_found, 404),
        (views.server_error, 500),
    ],
)
def test_error_page_needs_no_database(rf, view, status):
    response = view(rf.get("/khong-co/"))  # without the db fixture any query fails
    assert response.status_code == status
    assert 'lang="vi"' in body(response)
    assert "<h1" in body(response)


def test_error_page_speaks_the_language_of_the_address(rf):
    assert 'lang="en"' in body(views.page_not_found(rf.get("/en/missing/")))


@pytest.mark.parametrize(
    "view", [views.bad_request, views.permission_denied, views.page_not_found, views.server_error]
)
def test_programs_get_a_sentence_as_json(rf, view):
    response = view(rf.get("/api/v1/missing/"))
    assert response["Content-Type"] == "application/json"
    assert response.content.decode().endswith('."}')


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_unreachable_database_is_a_pause_and_says_when_to_come_back(rf, error):
    try:
        raise error("connection refused")
    except error:
        response = views.server_error(rf.get("/"))
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "connection refused" not in body(response)


def test_other_errors_stay_500(rf):
    try:
        raise ValueError
    except ValueError:
        assert views.server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_page_served_while_the_database_is_down_is_a_503(client, monkeypatch):
    client.raise_request_exception = False

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    response = client.get("/")
    assert response.status_code == 503
    assert "Retry-After" in response
