"""Asking /sru in tests, and reading the answer without a client of ours."""

from lxml import etree

ONE = "{http://www.loc.gov/zing/srw/}"
TWO = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
OLD_DIAGNOSTICS = "{http://www.loc.gov/zing/srw/diagnostic/}"
NEW_DIAGNOSTICS = "{http://docs.oasis-open.org/ns/search-ws/diagnostic}"
ZEEREX = "{http://explain.z3950.org/dtd/2.0/}"
MARC = "{http://www.loc.gov/MARC21/slim}"
DC = "{http://purl.org/dc/elements/1.1/}"
SRW_DC = "{info:srw/schema/1/dc-schema}"


def answer(client, parameters=None, *, post=False) -> etree._Element:
    response = (client.post if post else client.get)("/sru", parameters or {})
    assert response.status_code == 200
    return etree.fromstring(response.content)


def search(client, query: str, **parameters) -> etree._Element:
    """In version 1.2, unless `version` says otherwise."""
    return answer(client, {"operation": "searchRetrieve", "version": "1.2", "query": query, **parameters})


def names(element, namespace: str) -> list[str]:
    """Of what stands in it, all of one namespace."""
    assert all(each.tag.startswith(namespace) for each in element)
    return [etree.QName(each).localname for each in element]


def count(root) -> int:
    return int(root.findtext("{*}numberOfRecords"))


def told(root) -> tuple[int, str] | None:
    """(number, details) of the diagnostic, None without one."""
    found = root.find("{*}diagnostics/{*}diagnostic")
    if found is None:
        return None
    uri = found.findtext("{*}uri")
    assert uri.startswith("info:srw/diagnostic/1/")
    assert found.findtext("{*}message")
    return int(uri.rpartition("/")[2]), found.findtext("{*}details") or ""


def titles(root) -> list[str]:
    """Of MARC records."""
    return [each.text for each in root.iterfind(f".//{MARC}datafield[@tag='245']/{MARC}subfield[@code='a']")]


def positions(root) -> list[int]:
    return [int(each.text) for each in root.iter("{*}recordPosition")]
