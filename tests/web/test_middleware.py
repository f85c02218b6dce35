import pytest

from django.http import HttpResponse

from portal.web.middleware import ContentSecurityPolicyMiddleware, RequestGuardMiddleware, policy_header


@pytest.fixture
def headers(rf):
    def _headers(path: str, **own: str) -> dict[str, str]:
        return ContentSecurityPolicyMiddleware(lambda request: HttpResponse(headers=own))(
            rf.get(path)
        ).headers

    return _headers


@pytest.fixture
def guarded(rf):
    def _guarded(address: str) -> int:
        return RequestGuardMiddleware(lambda request: HttpResponse())(rf.get(address)).status_code

    return _guarded


def test_policy_is_written_like_the_header():
    assert policy_header({"img-src": ["'self'", "data:"], "object-src": ["'none'"]}) == (
        "img-src 'self' data:; object-src 'none'"
    )


def test_public_pages_allow_nothing_inline(headers):
    policy = headers("/tin-tuc/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_admin_has_a_policy_of_its_own(headers):
    assert "'unsafe-inline'" in headers("/admin/pages/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in headers("/administrator/")["Content-Security-Policy"]


def test_stricter_policy_of_a_view_is_kept(headers):
    policy = {"Content-Security-Policy": "default-src 'none'"}
    assert headers("/tep/1/", **policy)["Content-Security-Policy"] == "default-src 'none'"


def test_devices_are_closed_to_every_page(headers):
    assert "camera=()" in headers("/")["Permissions-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/thu-vien/?q=%00",
        "/thu-vien/?q=%ff",
        "/thu-vien/?%c3%28=1",
        "/%00/",
        "/tin-tuc/%ff/",
        "/?q=" + "a" * 8 * 1024,
    ],
)
def test_malformed_address_is_refused(guarded, address):
    assert guarded(address) == 400


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/thu-vien/?q=h%E1%BB%8Dc+t%E1%BA%ADp",
        "/thu-vien/?q=học",
        "/tin-tuc/%C4%91%E1%BA%A1i-h%E1%BB%99i/",
        "/?q=100%25",
        "/?q=%F0%9F%93%9A",
        "/?q=" + "a" * 8000,
    ],
)
def test_ordinary_address_passes(guarded, address):
    assert guarded(address) == 200
