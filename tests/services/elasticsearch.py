"""A real Elasticsearch 8, started from its jars on Maven Central: no archive, no container image.

The jars hold the core only: no custom analysers, no scripts, no delete-by-query, no `GET /`.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .machine import Missing, cache_folder, program

VERSION = "8.19.21"
SECONDS_TO_START = 90
JAVA_FOLDER = Path(__file__).with_name("java")
PUBLISHED = re.compile(r"AbstractHttpServerTransport\] .*publish_address \{127\.0\.0\.1:(\d+)\}")
CONFIG = """\
cluster.name: portal-tests
discovery.type: single-node
http.host: 127.0.0.1
http.port: 0
transport.host: 127.0.0.1
transport.port: 0
# A nearly full disk would otherwise make every index read-only.
cluster.routing.allocation.disk.threshold_enabled: false
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
    java = Path(compiler()).with_name("java")
    jars = _jars()
    with tempfile.TemporaryDirectory(prefix="portal-elasticsearch-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        _lay_out(home, jars)
        log = home / "logs" / "console.log"
        memory = ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", f"-Des.path.home={home}"]
        command = [java, *memory, "-cp", f"{home}/lib/*", JAVA_FOLDER / "Launcher.java"]
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output, cwd=home)
        try:
            yield f"http://127.0.0.1:{_port(server, log)}"
        finally:
            server.terminate()
            server.wait(SECONDS_TO_START)


def compiler() -> str:
    """Java's compiler, which a JDK has and a bare runtime lacks: the launcher runs from its source. Raises Missing."""
    return program("javac", missing="no Java (a JDK of 17 or newer)")


def downloader() -> str | None:
    """Maven; None when the jars are here already. Raises Missing."""
    return None if _jar_folder().exists() else program("mvn", missing="no Maven")


def _jar_folder() -> Path:
    return cache_folder("elasticsearch") / VERSION


def _jars() -> Path:
    """The folder of the server's jars, downloaded once; it appears only when complete."""
    target = _jar_folder()
    if target.exists():
        return target
    maven = downloader()
    with tempfile.TemporaryDirectory(dir=target.parent) as partial:
        shutil.copy(JAVA_FOLDER / "pom.xml", partial)
        goal = ["dependency:copy-dependencies", "-DoutputDirectory=jars", f"-Delasticsearch={VERSION}"]
        done = subprocess.run([maven, "-q", "-B", *goal], cwd=partial, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing(f"its jars cannot be downloaded: {done.stdout.strip()[:200]}")
        Path(partial, "jars").rename(target)
    return target


def _lay_out(home: Path, jars: Path) -> None:
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
    (home / "config" / "elasticsearch.yml").write_text(CONFIG)
    (home / "config" / "log4j2.properties").write_text(LOGGING)


def _port(server: subprocess.Popen, log: Path) -> int:
    deadline = time.monotonic() + SECONDS_TO_START
    while not (published := PUBLISHED.search(log.read_text(errors="replace"))):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"it does not start: {log.read_text(errors='replace')[-300:]}")
        time.sleep(0.1)
    return int(published[1])
