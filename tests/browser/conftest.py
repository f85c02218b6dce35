"""A whole site as `make run` starts it, and one real Chromium; both once a session."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from django.conf import settings

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
SECONDS_TO_START = 180  # migrations and seed content included
# No sandbox: CI runs as root in a container. The rest keeps the browser from calling home.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))  # one site and one browser are enough


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(var_dir, chromium_path) -> str:
    """The address of a running, seeded site with files of its own: "http://127.0.0.1:51234"."""
    port = _free_port()
    log = var_dir / "serve.log"
    environment = _environment(var_dir) | {"PORT": str(port)}
    with log.open("wb") as output:
        server = subprocess.Popen([*MANAGE, "serve"], env=environment, stdout=output, stderr=output)
    try:
        _wait_until_up(server, f"http://127.0.0.1:{port}", log)
        manage(var_dir, "from tests.browser.content import add; add()")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def browser(chromium_path) -> Browser:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser) -> BrowserContext:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


@pytest.fixture
def plain_page(browser) -> Page:
    """A phone's browser with JavaScript off."""
    context = browser.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def officer(context, site, var_dir) -> BrowserContext:
    """A context in which the sample commune officer has signed in."""
    return _sign_in(context, site, var_dir, "canboxa")


@pytest.fixture
def plain_officer(plain_page, site, var_dir) -> Page:
    """The sample commune officer, signed in on a phone with JavaScript off."""
    _sign_in(plain_page.context, site, var_dir, "canboxa")
    return plain_page


@pytest.fixture
def administrator(context, site, var_dir) -> BrowserContext:
    """A context in which the sample administrator has signed in."""
    return _sign_in(context, site, var_dir, "quantri")


def manage(var_dir: Path, code: str) -> str:
    """Run `code` in the site's own process; what it prints."""
    command = [*MANAGE, "shell", "-v", "0", "-c", code]
    done = subprocess.run(command, env=_environment(var_dir), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _environment(var_dir: Path) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "VAR_DIR": str(var_dir), "DATABASE_URL": ""}
    own["HARVEST_ALLOWED_HOSTS"] = "127.0.0.1"  # the site reads its own catalogue
    return os.environ | own


def _sign_in(context: BrowserContext, site: str, var_dir: Path, username: str) -> BrowserContext:
    lines = (var_dir / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    passwords = dict(line.split(" ", 1) for line in lines)
    page = context.new_page()
    page.goto(f"{site}/can-bo/dang-nhap/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(passwords[username])
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{site}/can-bo/")
    return context


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


def _wait_until_up(server: subprocess.Popen, site: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not _answers(site):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the site does not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


def _answers(site: str) -> bool:
    try:
        with urlopen(f"{site}/san-sang/", timeout=5):
            return True
    except OSError:  # refused, or no answer while the site is still preparing itself
        return False
