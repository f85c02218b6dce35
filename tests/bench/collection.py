"""A collection of another library: pages of OAI-PMH in a folder, and a server of its own process that hands them out.

python -m tests.bench.collection FOLDER      prints its address, and serves until it is stopped
"""

import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

PAGE = 100  # records
OAI = "http://www.openarchives.org/OAI/2.0/"
DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}"><responseDate>2026-11-26T01:00:00Z</responseDate>'
IDENTIFY = (
    "<Identify><repositoryName>Kho mẫu</repositoryName><baseURL>http://127.0.0.1/oai</baseURL><protocolVersion>2.0"
    "</protocolVersion><adminEmail>kho@mau.example</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z"
    "</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
)
FORMATS = (
    "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://a.example/x.xsd</schema>"
    "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>"
)
SUBJECTS = [f"chủ đề mẫu {number}" for number in range(200)]


def write_pages(folder: Path, records: int) -> list[Path]:
    """Real Vietnamese syllables, about 1.3 kB a record; always the same."""
    files = []
    for start in range(0, records, PAGE):
        listed = "".join(map(_record, range(start, min(start + PAGE, records))))
        following = start // PAGE + 1 if start + PAGE < records else ""
        token = (
            f'<resumptionToken completeListSize="{records}" cursor="{start}">{following}</resumptionToken>'
        )
        file = folder / f"{start // PAGE}.xml"
        file.write_text(
            f"{HEAD}<request>http://127.0.0.1/oai</request><ListRecords>{listed}{token}</ListRecords></OAI-PMH>"
        )
        files.append(file)
    return files


def _record(number: int) -> str:
    from library.domain.samples import sample

    values, chance = sample(number, []), random.Random(number)
    said: list[tuple[str, str]] = [
        ("title", values["title"]),
        *(("creator", name) for name, _role in values["creators"]),
        *(("subject", word) for word in chance.sample(SUBJECTS, 2)),
        ("description", values["abstract"].partition(".")[0]),
        ("publisher", values["publisher"]),
        ("date", str(values["year"])),
        ("type", "Book"),
        ("language", "vi"),
        ("identifier", values["links"][0]),
        ("identifier", f"https://doi.org/10.9999/mau.{number}"),
        ("rights", "https://creativecommons.org/licenses/by/4.0/"),
    ]
    inside = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in said)
    stamp = f"2020-01-{1 + number // 86400 % 28:02}T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    return (
        f"<record><header><identifier>oai:mau.example:{number}</identifier><datestamp>{stamp}</datestamp></header>"
        f"<metadata><oai_dc:dc {DC}>{inside}</oai_dc:dc></metadata></record>"
    )


def serve(folder: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self):
            asked = parse_qs(urlsplit(self.path).query)
            verb = asked.get("verb", [""])[0]
            if verb == "ListRecords":
                body = (folder / f"{int(asked.get('resumptionToken', ['0'])[0])}.xml").read_bytes()
            else:
                inside = {"Identify": IDENTIFY, "ListMetadataFormats": FORMATS}.get(
                    verb, '<error code="noSetHierarchy"/>'
                )
                body = f"{HEAD}<request>http://127.0.0.1/oai</request>{inside}</OAI-PMH>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=UTF-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}/oai", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
