"""The other side of `run`: takes on its limits, then calls the job. Arguments: job, megabytes, seconds of CPU."""

import json
import os
import resource
import sys
from importlib import import_module

from . import Refused

LARGEST_FILE = 256 * 1024 * 1024  # bytes that a job may write into one file


def main(job: str, megabytes: str, seconds: str) -> None:
    limit = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    arguments = json.load(sys.stdin)
    module, _, name = job.partition(":")
    try:
        given = {"answer": getattr(import_module(module), name)(*arguments)}
    except Refused as refusal:
        given = {"refused": refusal.code}
    json.dump(given, answers)
    answers.close()


main(*sys.argv[1:])
