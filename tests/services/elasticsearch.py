"""A real Elasticsearch, started from its jars on Maven Central: no archive, no container image.

The jars hold the core only: no custom analysers, no scripts, no delete-by-query, no `GET /`.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .machine import Missing, cache_folder, program

VERSION = "8.19.21"
NEXT_VERSION = "9.5.3"
JDK = {VERSION: 17, NEXT_VERSION: 21}  # the oldest that runs it
SECONDS_TO_START = 240  # a machine under load is no reason to fail
MEGABYTES = 512  # enough for tests
JAVA_FOLDER = Path(__file__).with_name("java")
PUBLISHED = re.compile(r"AbstractHttpServerTransport\] .*publish_address \{127\.0\.0\.1:(\d+)\}")
CONFIG = """\
cluster.name: portal-tests
discovery.type: single-node
http.host: 127.0.0.1
http.port: {port}
transport.host: 127.0.0.1
transport.port: 0
# A nearly full disk would otherwise make every index read-only.
cluster.routing.allocation.disk.threshold_enabled: false
# Garbage that waits for this collector would otherwise count as memory in use, and every request be refused.
indices.breaker.total.use_real_memory: false
"""
LOGGING = """\
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%c{1}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


@contextmanager
def running() -> Iterator[str]:
    """Yields the address of the server; TEST_ELASTICSEARCH_URL names one that runs already. Raises Missing."""
    if given := os.environ.get("TEST_ELASTICSEARCH_URL"):
        yield given
        return
    with own() as server:
        yield server.url


@contextmanager
def own(version: str = VERSION, megabytes: int = MEGABYTES) -> Iterator["Server"]:
    """A server that nobody else uses, with that much memory for its objects. Raises Missing."""
    java = Path(compiler(version)).with_name("java")
    jars = _jars(version)
    with tempfile.TemporaryDirectory(prefix="portal-elasticsearch-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), java, megabytes)
        _lay_out(server.home, jars, version)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Server:
    """One that can hang and die, and start again with its data at its old address."""

    def __init__(self, home: Path, java: Path, megabytes: int):
        self.home = home
        self.url = ""
        memory = [f"-Xms{megabytes}m", f"-Xmx{megabytes}m", "-XX:+UseSerialGC", f"-Des.path.home={home}"]
        self._command = [java, *memory, "-cp", f"{home}/lib/*", home / "Launcher.java"]
        self._process: subprocess.Popen | None = None
        self._port = 0  # any that is free, and then always this one

    def start(self) -> None:
        (self.home / "config" / "elasticsearch.yml").write_text(CONFIG.format(port=self._port))
        log = self.home / "logs" / "console.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(self._command, stdout=output, stderr=output, cwd=self.home)
        self._port = _port(self._process, log)
        self.url = f"http://127.0.0.1:{self._port}"

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(SECONDS_TO_START)

    def stop(self) -> None:
        self.go_on()
        self._process.terminate()
        self._process.wait(SECONDS_TO_START)


def compiler(version: str = VERSION) -> str:
    """Java's compiler, which a JDK has and a bare runtime lacks: the launcher runs from its source. Raises Missing."""
    least = JDK[version]
    missing = f"no Java (a JDK of {least} or newer)"
    found = [Path(program("javac", missing=missing, folders="/usr/lib/jvm/*/bin")).resolve()]
    found += sorted(Path("/usr/lib/jvm").glob("*/bin/javac"))
    for javac in found:
        if _jdk_version(javac) >= least:
            return str(javac)
    raise Missing(missing)


def _jdk_version(javac: Path) -> int:
    """ "javac 17.0.15" -> 17."""
    told = subprocess.run([javac, "-version"], capture_output=True, text=True, check=True)
    return int(re.search(r"javac (\d+)", told.stdout + told.stderr)[1])


def downloader(version: str = VERSION) -> str | None:
    """Maven; None when the jars are here already. Raises Missing."""
    return None if _jar_folder(version).exists() else program("mvn", missing="no Maven")


def _jar_folder(version: str) -> Path:
    return cache_folder("elasticsearch") / version


def _jars(version: str) -> Path:
    """The folder of the server's jars, downloaded once; it appears only when complete."""
    target = _jar_folder(version)
    if target.exists():
        return target
    maven = downloader(version)
    with tempfile.TemporaryDirectory(dir=target.parent) as partial:
        shutil.copy(JAVA_FOLDER / "pom.xml", partial)
        goal = ["dependency:copy-dependencies", "-DoutputDirectory=jars", f"-Delasticsearch={version}"]
        done = subprocess.run([maven, "-q", "-B", *goal], cwd=partial, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing(f"its jars cannot be downloaded: {done.stdout.strip()[:200]}")
        if not target.exists():  # another worker was faster
            Path(partial, "jars").rename(target)
    return target


def _lay_out(home: Path, jars: Path, version: str) -> None:
    """The folders that the server expects; the network layer must be a module of its own."""
    network = home / "modules" / "transport-netty4"
    for folder in (home / "lib", network, *(home / name for name in ("config", "data", "logs", "plugins"))):
        folder.mkdir(parents=True)
    for jar in jars.glob("*.jar"):
        is_network = jar.name.startswith(("netty-", "transport-netty4-"))
        (network if is_network else home / "lib").joinpath(jar.name).symlink_to(jar)
    with zipfile.ZipFile(next(jars.glob("transport-netty4-*.jar"))) as plugin:
        for name in ("plugin-descriptor.properties", "entitlement-policy.yaml"):
            text = plugin.read(f"META-INF/es-plugins/transport-netty4/{name}").decode()
            # The server runs from the class path, not as a Java module
            lines = [line for line in text.splitlines() if not line.startswith("modulename=")]
            (network / name).write_text("\n".join(lines) + "\n")
    (home / "config" / "log4j2.properties").write_text(LOGGING)
    launcher = (JAVA_FOLDER / "Launcher.java").read_text()
    if version == NEXT_VERSION:  # there each of the two takes a second argument
        launcher = launcher.replace("Dir()),", "Dir(), false),")
    (home / "Launcher.java").write_text(launcher)


def _port(server: subprocess.Popen, log: Path) -> int:
    deadline = time.monotonic() + SECONDS_TO_START
    while not (published := PUBLISHED.search(log.read_text(errors="replace"))):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"it does not start: {log.read_text(errors='replace')[-300:]}")
        time.sleep(0.1)
    return int(published[1])
