"""Our own site, asked by our own readers without a network."""

from urllib.parse import urlsplit

from django.test import Client

from library.interop.fetching import Fetched

BASE = "http://testserver"


class OwnSite:
    """A fetcher. `asked` keeps the addresses; `notes` what a reader finds odd; `changed` {part of an address: what
    becomes of the content there}."""

    def __init__(self, **changed):
        self.client, self.changed = Client(), changed
        self.asked: list[str] = []
        self.notes: list[str] = []

    def get(self, url, *, accept="*/*", any_status=False, whole=lambda _content: True):
        self.asked.append(url)
        response = self.client.get(url, headers={"accept": accept, "host": urlsplit(url).netloc})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert whole(content), url
        for part, change in self.changed.items():
            if part in url:
                content = change(content)
        headers = {name.lower(): value for name, value in response.headers.items()}
        came_from = url if response.status_code == 200 else response.get("Location", url)
        return Fetched(came_from, response.status_code, content, headers)

    def note(self, sentence):
        self.notes.append(sentence)

    def take_notes(self):
        taken, self.notes = self.notes, []
        return taken

    def close(self):
        """Nothing is kept open."""
