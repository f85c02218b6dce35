"""The lists of a catalogue (OPDS 1.2) for the tests of its reader."""

ATOM = 'xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"'
LIST = "application/atom+xml;profile=opds-catalog;kind=acquisition"


def feed(*entries: str, links: str = "") -> str:
    return f"<feed {ATOM}><id>urn:f</id><title>Kho sách</title>{links}{''.join(entries)}</feed>"


def book(number: int, *, updated: str = "2020-01-01T00:00:00Z", extra: str = "") -> str:
    return (
        f"<entry><id>urn:book:{number}</id><title>Trồng ngô {number}</title><updated>{updated}</updated>{extra}"
        f'<link rel="http://opds-spec.org/acquisition" href="/tai/{number}.epub" type="application/epub+zip"/></entry>'
    )


def shelf(path: str) -> str:
    return (
        f"<entry><id>urn:shelf:{path}</id><title>Kệ</title>"
        f'<link rel="subsection" href="{path}" type="{LIST}"/></entry>'
    )


def following(path: str) -> str:
    return f'<link rel="next" href="{path}" type="{LIST}"/>'
