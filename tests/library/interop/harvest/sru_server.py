"""A server of SRU for the tests of its reader, and what goes wrong with one."""

from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

OLD, NEW = "http://www.loc.gov/zing/srw/", "http://docs.oasis-open.org/ns/search-ws/sruResponse"
DIAGNOSTIC = "http://www.loc.gov/zing/srw/diagnostic/"


def marc(number: int) -> str:
    return (
        '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 c 4500</leader>'
        f'<controlfield tag="001">{number}</controlfield>'
        f'<datafield tag="245" ind1="0" ind2="0"><subfield code="a">Trồng ngô {number}</subfield></datafield></record>'
    )


def dc(number: int) -> str:
    return (
        '<srw_dc:dc xmlns:srw_dc="info:srw/schema/1/dc-schema" xmlns="http://purl.org/dc/elements/1.1/">'
        f"<title>Trồng ngô {number}</title><identifier>urn:{number}</identifier><subject>Ngô</subject></srw_dc:dc>"
    )


def told(code: int, message: str, details: str = "") -> str:
    return (
        f'<diagnostics><diagnostic xmlns="{DIAGNOSTIC}"><uri>info:srw/diagnostic/1/{code}</uri>'
        f"<details>{details}</details><message>{message}</message></diagnostic></diagnostics>"
    )


def explain(*, version: str = "1.1", indexes: str = "", most: int = 10, schemas: str = "") -> str:
    schemas = schemas or (
        '<schema identifier="info:srw/schema/1/dc-v1.1" name="dc"/>'
        '<schema identifier="info:srw/schema/1/marcxml-v1.1" name="marcxml"/>'
    )
    return (
        f'<explainResponse xmlns="{OLD}"><version>{version}</version><record><recordData>'
        '<explain xmlns="http://explain.z3950.org/dtd/2.0/"><databaseInfo><title>Thư viện mẫu</title>'
        "<description>Sách</description><contact>thu.vien@kho.example</contact></databaseInfo>"
        f"<indexInfo>{indexes}</indexInfo><schemaInfo>{schemas}</schemaInfo>"
        f'<configInfo><setting type="maximumRecords">{most}</setting></configInfo></explain></recordData></record>'
        "</explainResponse>"
    )


class Server:
    """Answers by SRU out of `payloads`; `spoil(arguments, answer)` makes it one of the wild."""

    def __init__(self, payloads, *, explained="", namespace=OLD, packing="xml", positions=True, spoil=None):
        self.payloads = list(payloads)
        self.explained = explained or explain()
        self.namespace = namespace
        self.packing = packing
        self.positions = positions
        self.spoil = spoil or (lambda _arguments, answer: answer)
        self.asked = []

    def __call__(self, path):
        arguments = dict(parse_qsl(urlsplit(path).query))
        self.asked.append(arguments)
        if "query" not in arguments:
            return self.explained
        start, size = int(arguments["startRecord"]), int(arguments["maximumRecords"])
        shown = self.payloads[start - 1 : start - 1 + size]
        return self.spoil(arguments, self.answer(shown, start))

    def answer(self, shown, start):
        records = "".join(
            f"<record><recordSchema>x</recordSchema><recordPacking>{self.packing}</recordPacking>"
            f"<recordData>{escape(each) if self.packing == 'string' else each}</recordData></record>"
            for each in shown
        )
        onward = start + len(shown)
        following = (
            f"<nextRecordPosition>{onward}</nextRecordPosition>"
            if self.positions and onward <= len(self.payloads)
            else ""
        )
        return (
            f'<searchRetrieveResponse xmlns="{self.namespace}"><version>1.1</version>'
            f"<numberOfRecords>{len(self.payloads)}</numberOfRecords><records>{records}</records>{following}"
            "</searchRetrieveResponse>"
        )

    @property
    def searches(self):
        return [each for each in self.asked if "query" in each]
