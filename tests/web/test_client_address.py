import pytest

from portal.web.client_address import client_address

PROXY, VISITOR, FORGED = "10.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.fixture
def seen(rf, settings):
    def _seen(proxies: int, forwarded: str | None, remote: str = PROXY) -> str:
        settings.TRUSTED_PROXIES = proxies
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        return client_address(rf.get("/", REMOTE_ADDR=remote, headers=headers))

    return _seen


@pytest.mark.parametrize("forwarded", [None, FORGED, f"{FORGED}, {VISITOR}"])
def test_without_a_proxy_only_the_line_itself_is_believed(seen, forwarded):
    assert seen(0, forwarded, remote=VISITOR) == VISITOR


@pytest.mark.parametrize(
    ("proxies", "forwarded"),
    [(1, VISITOR), (1, f" {VISITOR} "), (2, f"{VISITOR},10.0.0.2"), (3, f"{VISITOR}, 10.0.0.3, 10.0.0.2")],
)
def test_the_outermost_of_our_proxies_tells_the_visitor(seen, proxies, forwarded):
    assert seen(proxies, forwarded) == VISITOR


@pytest.mark.parametrize(
    ("proxies", "forwarded"), [(1, f"{FORGED}, {VISITOR}"), (2, f"{FORGED}, {FORGED},{VISITOR},10.0.0.2")]
)
def test_what_the_visitor_sent_in_the_header_does_not_help(seen, proxies, forwarded):
    assert seen(proxies, forwarded) == VISITOR


@pytest.mark.parametrize("forwarded", [None, "", FORGED, "unknown, unknown", f"{FORGED}, x, {FORGED}"])
def test_a_header_that_did_not_pass_all_our_proxies_is_not_believed(seen, forwarded):
    assert seen(2, forwarded) == PROXY


def test_an_address_of_the_new_kind_is_read_too(seen):
    assert seen(1, "2001:db8::9") == "2001:db8::9"


def test_nobody_known_at_the_end_of_a_socket(seen):
    assert seen(0, None, remote="") == ""
