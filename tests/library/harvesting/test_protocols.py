"""Every protocol from `add_source` to the catalogue, through the doors for programs, over loopback."""

from io import StringIO

import pytest

from django.core.management import CommandError, call_command

from library.models import Resource, SourceRecord
from tests.library.interop.harvest import sites
from tests.library.interop.harvest.catalogues import book, feed, following, shelf
from tests.library.interop.harvest.described_sites import book as page_of_book
from tests.library.interop.harvest.described_sites import page, urlset
from tests.library.interop.harvest.ledgers import ledger
from tests.library.interop.harvest.news import item, rss
from tests.library.interop.harvest.oai_server import Reply
from tests.library.interop.harvest.sites import Site, online
from tests.library.interop.harvest.sru_server import Server, explain, marc
from tests.library.samples import sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]
NAME = "Kho mẫu"


def add(site: Site, protocol: str, path: str) -> None:
    call_command("add_source", NAME, protocol=protocol, url=site.base + path, stdout=StringIO())


def harvest(*options: str) -> dict[str, int]:
    """The numbers of the last line."""
    out = StringIO()
    call_command("harvest", NAME, *options, stdout=out, stderr=StringIO())
    return numbers(out)


def numbers(out: StringIO) -> dict[str, int]:
    told = dict(each.split() for each in out.getvalue().splitlines()[-1].split(", "))
    counts = {name: int(number) for name, number in told.items()}
    assert counts["offered"] == counts["read"] + counts["failed"]
    assert counts["read"] == sum(counts[name] for name in ("created", "updated", "unchanged", "deleted"))
    return counts


def said(counts: dict[str, int]) -> dict[str, int]:
    """Those that are not 0."""
    return {name: number for name, number in counts.items() if number}


def test_sru_is_read_to_its_end_and_one_broken_record_is_listed():
    payloads = [marc(number) for number in range(1, 8)]
    payloads[3] = payloads[3].replace("</record>", "</rekord>")
    with online(Site({"/sru": Server(payloads, explained=explain(most=3))})) as site:
        add(site, "sru", "/sru")
        assert said(harvest()) == {"offered": 7, "read": 6, "failed": 1, "created": 6}
        assert said(harvest("--full")) == {"offered": 7, "read": 6, "failed": 1, "unchanged": 6}
    assert Resource.objects.get(records__key="7").title == "Trồng ngô 7"


def test_a_catalogue_is_read_list_by_list_and_goes_on_when_run_again():
    site = Site(
        {
            "/opds": feed(shelf("/ke/1"), shelf("/ke/2")),
            "/ke/1": feed(book(1), links=following("/ke/1/2")),
            "/ke/2": feed(book(3)),
        }
    )
    with online(site):
        add(site, "opds", "/opds")
        with pytest.raises(CommandError, match="/ke/1/2"):
            harvest()
        assert set(SourceRecord.objects.values_list("key", flat=True)) == {"urn:book:1", "urn:book:3"}
        site.paths["/ke/1/2"] = feed(book(2))
        assert said(harvest()) == {"offered": 3, "read": 3, "created": 3}
        assert said(harvest("--full")) == {"offered": 3, "read": 3, "unchanged": 3}
    assert Resource.objects.filter(proposed=True).count() == 3


def test_what_a_catalogue_does_not_list_any_more_is_hidden():
    site = Site({"/opds": feed(book(1), book(2))})
    with online(site):
        add(site, "opds", "/opds")
        harvest()
        site.paths["/opds"] = feed(book(2))
        harvest("--full")
    assert Resource.objects.get(records__key="urn:book:1").is_withdrawn
    assert not Resource.objects.get(records__key="urn:book:2").is_withdrawn


def test_a_feed_is_read_and_what_has_left_it_stays():
    site = Site({"/rss": Reply(rss(item(1), item(2), "<item><link>/3</link></item>"), headers=sites.DATE)})
    with online(site):
        add(site, "feed", "/rss")
        assert said(harvest()) == {"offered": 3, "read": 2, "failed": 1, "created": 2}
        site.paths["/rss"] = Reply(rss(item(2), item(4)), headers=sites.DATE)
        assert said(harvest()) == {"offered": 2, "read": 2, "created": 1, "unchanged": 1}
        harvest("--full")
    assert not Resource.objects.filter(withdrawn_on__isnull=False).exists()


def test_a_website_is_read_by_its_sitemap_and_only_what_changed_the_next_time():
    site = Site(
        {
            "/sitemap.xml": Reply(urlset("/gioi-thieu", sach="2026-11-20"), headers=sites.DATE),
            "/gioi-thieu": page(),
            "/sach": page_of_book(),
        }
    )
    with online(site):
        add(site, "sitemap", "/sitemap.xml")
        assert said(harvest()) == {"offered": 2, "read": 1, "failed": 1, "created": 1}
        assert said(harvest()) == {"offered": 1, "failed": 1}
        site.paths |= {
            "/sitemap.xml": Reply(urlset(sach="2026-11-26"), headers=sites.DATE),
            "/sach": page_of_book("Trồng ngô lai"),
        }
        assert said(harvest()) == {"offered": 1, "read": 1, "updated": 1}
        site.paths["/sach"] = Reply("", 410)
        assert said(harvest()) == {"offered": 1, "read": 1, "deleted": 1}
    resource = Resource.objects.get()
    assert (resource.title, resource.is_withdrawn) == ("Trồng ngô lai", True)


def test_a_sheet_is_read_again_only_when_it_has_changed():
    site = Site({"/so.csv": ledger("1;Trồng ngô;;2019;;;ngô", "2;;;;;;", "3;Nuôi ong;;20019;;;")})
    with online(site):
        add(site, "sheet", "/so.csv")
        assert said(harvest()) == {"offered": 3, "read": 1, "failed": 2, "created": 1}
        assert said(harvest()) == {}
        site.paths["/so.csv"] = ledger("1;Trồng ngô lai;;2019;;;ngô", "3;Nuôi ong;;2019;;;")
        assert said(harvest()) == {"offered": 2, "read": 2, "created": 1, "updated": 1}
    resource = Resource.objects.get(records__key="1")
    assert (resource.title, resource.year, resource.kind, list(resource.tags.names())) == (
        "Trồng ngô lai",
        2019,
        "book",
        ["ngô"],
    )


@pytest.mark.parametrize("protocol", ["sru", "opds", "feed", "sitemap", "sheet"])
def test_a_page_to_sign_in_ends_the_command_with_a_reason_and_counts(protocol):
    out = StringIO()
    with online(Site({"/": sites.LOGIN})) as site:
        add(site, protocol, "/")
        with pytest.raises(CommandError) as stopped:
            call_command("harvest", NAME, stdout=out, stderr=StringIO())
    assert stopped.value.returncode == 1
    assert str(stopped.value).endswith(".")
    assert said(numbers(out)) == {}


@pytest.mark.parametrize(
    ("protocol", "name", "count"),
    [
        ("opds", "opds/gutenberg_content_server.opds", 76),
        ("opds", "opds/readium_opds2_feed.json", 5),
        ("feed", "opds/spec_acquisition_opds1.opds", 2),
        ("sheet", "tabular/vn_hcmut_library_mini.xlsx", 3),
    ],
)
def test_real_files_fill_the_catalogue(protocol, name, count):
    content = sample(name).replace(b'rel="next"', b'rel="later"')
    with online(Site({"/": content})) as site:
        add(site, protocol, "/")
        assert said(harvest()) == {"offered": count, "read": count, "created": count}
        assert said(harvest("--full")) == {"offered": count, "read": count, "unchanged": count}
    assert Resource.objects.count() == count
