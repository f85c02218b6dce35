"""Fetching the files of the open data."""

PAGE = "/du-lieu-mo/"


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)
