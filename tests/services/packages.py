"""Installs the Debian packages that the services lack, where we may."""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial

from . import chromium, elasticsearch, gettext, oaipmh_validator, postgres
from .machine import Missing

# What looks for a program, and the packages that bring it, the first that can be installed being enough.
NEEDS: list[tuple[Callable, list[str]]] = [
    (gettext.path, ["gettext"]),
    (postgres.programs, ["postgresql"]),
    (chromium.path, ["chromium"]),
    (elasticsearch.compiler, ["openjdk-17-jdk-headless", "default-jdk-headless"]),
    (elasticsearch.downloader, ["maven"]),
]
if os.environ.get(oaipmh_validator.FOLDER):
    NEEDS += [
        (partial(oaipmh_validator.find, module), [package])
        for module, package in oaipmh_validator.MODULES.items()
    ]
QUIET_INSTALL = [
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "install",
    "-qq",
    "-y",
    "--no-install-recommends",
]


def install_missing() -> None:
    """Installs in vain are no error here: whoever needs the program says that it is missing."""
    wanted = [packages for find, packages in NEEDS if _lacks(find)]
    as_root = _as_root()
    if not wanted or as_root is None or not shutil.which("apt-get"):
        return
    subprocess.run([*as_root, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
    for packages in wanted:
        for package in packages:
            print(f"Installing the Debian package {package} ...", flush=True)
            if subprocess.run([*as_root, *QUIET_INSTALL, package], stdout=subprocess.DEVNULL).returncode == 0:
                break


def _lacks(find: Callable) -> bool:
    try:
        find()
    except Missing:
        return True
    return False


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    allowed = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0
    return sudo if allowed else None
