"""Reading a source of OAI-PMH as it should be."""

from .oai_server import Repository, records


def test_every_page_is_read_to_the_end(harvest):
    got = harvest(Repository(records(95)))
    assert len(got.found) == 95
    assert not got.failed
    assert got.pages[-1].next is None
    assert got.pages[0].total == 95
