"""`make test`: installs and starts what the tests need, lints, and runs the tests on both databases.

Every step runs, whatever the one before said. At the end one line tells how each went, and one line names each
thing that could not be tested; with CI=true that is a failure too.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from tests.services import chromium, elasticsearch, gettext, packages, postgres
from tests.services.machine import Missing

# One site and one browser are enough: the tests of a group go to one worker.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-rs", "--durations=20"]


class Report:
    def __init__(self):
        self.steps: dict[str, bool] = {}
        self.not_tested: list[str] = []

    def step(self, name: str, command: list[str], **variables: str) -> None:
        print(f"== {name}", flush=True)
        self.steps[name] = subprocess.run(command, env=os.environ | variables).returncode == 0

    def close(self) -> int:
        print("\n== Summary")
        for name, passed in self.steps.items():
            print(f"{name}: {'ok' if passed else 'FAILED'}")
        for line in self.not_tested:
            print(f"NOT TESTED: {line}")
        complete = not self.not_tested or os.environ.get("CI") != "true"
        return 0 if complete and all(self.steps.values()) else 1


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the services are stopped on the way out
    report = Report()
    packages.install_missing()
    for name, find in {"Chromium": chromium.path, "translations": gettext.path}.items():
        try:
            find()
        except Missing as reason:
            report.not_tested.append(f"{name} - {reason}")
    report.step("lint", ["make", "--no-print-directory", "lint"])
    with ExitStack() as services:
        search = started(services, report, "Elasticsearch", elasticsearch)
        variables = {"TEST_ELASTICSEARCH_URL": search} if search else {}
        report.step("tests on SQLite", PYTEST, DATABASE_URL="", **variables)
        if database := started(services, report, "PostgreSQL", postgres):
            report.step("tests on PostgreSQL", [*PYTEST, "--database"], DATABASE_URL=database, **variables)
    return report.close()


def started(services: ExitStack, report: Report, name: str, service) -> str | None:
    """The address of the service, which runs until `services` closes; None, and a line in the report, without it."""
    try:
        return services.enter_context(service.running())
    except Missing as reason:
        report.not_tested.append(f"{name} - {reason}")
        return None


if __name__ == "__main__":
    sys.exit(main())
