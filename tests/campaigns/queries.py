"""Counting what a page asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements(client, url):
    """The statements of a second visit: the first draws pictures and remembers the root paths of the site."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in queries]
