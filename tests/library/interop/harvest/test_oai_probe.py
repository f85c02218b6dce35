"""What somebody is shown of a source of OAI-PMH before it is added."""

import pytest

from library.interop.page import SourceProblem

from .oai_server import Reply, Repository, records

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_probe_shows_who_the_source_is_and_five_records(reading):
    source = Repository(records(30), sets=[("a", "Nông nghiệp")])
    source.name = "Th&amp;#432; viện &amp;amp; kho"
    with reading(source) as reader:
        probe = reader.probe()
    assert probe.name == "Thư viện & kho"
    assert len(probe.examples) == 5
    assert probe.sets == [("a", "Nông nghiệp")]
    assert (probe.prefix, probe.keeps_deletions) == ("oai_dc", "persistent")
    assert probe.contact == "thu.vien@kho.example"
    assert dict(probe.facts)["Number of records"] == "30"


@pytest.mark.parametrize("wrong", [Reply("x", status=404), Reply("<html><body>Trang chủ</body></html>")])
def test_a_probe_of_a_wrong_address_tells_the_right_one_on_the_same_host(reading, wrong):
    source = Repository(records(3))

    def answer(path):
        return source(path) if path.startswith("/server/oai/request") else wrong

    with reading(answer) as reader, pytest.raises(SourceProblem, match="/server/oai/request"):
        reader.probe()


def test_a_probe_of_an_empty_source(reading):
    with reading(Repository([])) as reader:
        assert reader.probe().examples == []
