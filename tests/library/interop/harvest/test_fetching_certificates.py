"""Sources by https: they show who they are, or are not read."""

import ssl
import subprocess
from contextlib import ExitStack

import pytest

from django.utils.translation import override

from library.interop.page import SourceProblem
from tests.services.machine import program
from tests.web import loopback

from .oai_server import Reply, serving

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A root, one below it, and a certificate for 127.0.0.1 that the second has signed; gives their folder."""
    folder, openssl = tmp_path_factory.mktemp("ca"), program("openssl", missing="no openssl")

    def made(name, *more, signer=None, extensions):
        (folder / f"{name}.ext").write_text(extensions)
        run = {"check": True, "capture_output": True, "cwd": folder}
        subject = [
            "-subj",
            f"/CN={name}",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            f"{name}.key",
        ]
        subprocess.run([openssl, "req", "-new", *subject, "-out", f"{name}.csr"], **run)
        by = (
            ["-CA", f"{signer}.pem", "-CAkey", f"{signer}.key", "-CAcreateserial"]
            if signer
            else ["-signkey", f"{name}.key"]
        )
        subprocess.run([openssl, "x509", "-req", "-in", f"{name}.csr", *by, "-days", "2", "-extfile", f"{name}.ext",
                        "-out", f"{name}.pem"], **run)  # fmt: skip

    made("root", extensions="basicConstraints=critical,CA:TRUE")
    made("middle", signer="root", extensions="basicConstraints=critical,CA:TRUE")
    made("leaf", signer="middle", extensions="subjectAltName=IP:127.0.0.1")
    made("other", signer="middle", extensions="subjectAltName=DNS:khac.example")
    return folder


@pytest.fixture
def over_tls(authority, monkeypatch):
    """over_tls("leaf", "middle") -> the address of a server that shows these certificates."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "root.pem"))
    with ExitStack() as servers:

        def started(*names):
            chain = authority / f"{'-'.join(names)}.chain"
            chain.write_text("".join((authority / f"{name}.pem").read_text() for name in names))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(chain, authority / f"{names[0]}.key")
            server = loopback.serving(lambda handler: loopback.reply(handler, body=b"xin"), tls=context)
            url, _asked = servers.enter_context(server)
            return f"{url}/"

        yield started


def test_a_whole_chain_of_certificates(fetcher, over_tls):
    assert fetcher.get(over_tls("leaf", "middle")).content == b"xin"


def test_incomplete_certificate_chain_is_told_and_never_passed_over(fetcher, rests, over_tls):
    with pytest.raises(SourceProblem, match="intermediate certificate"):
        fetcher.get(over_tls("leaf"))
    assert rests == []
    with override("vi"), pytest.raises(SourceProblem, match="chứng thư trung gian"):
        fetcher.get(over_tls("leaf"))


def test_a_certificate_for_another_name(fetcher, over_tls):
    with pytest.raises(SourceProblem, match="another name"):
        fetcher.get(over_tls("other", "middle"))


def test_a_redirect_from_http_to_https(fetcher, over_tls):
    secure = over_tls("leaf", "middle")
    with serving(lambda path: Reply(status=301, headers={"Location": f"{secure}{path[1:]}"})) as url:
        assert fetcher.get(f"{url}?verb=Identify").url == f"{secure}oai?verb=Identify"
