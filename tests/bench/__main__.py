"""`make bench`: runs each group of figures, prints a line a figure and writes var/bench.json.

A group is a module of this folder with `figures() -> Iterable[Figure | NotTested]`. Exit status 1 when any figure is
SHORT or could not be measured.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

from .figure import OK

GROUPS = {  # whether it runs without being named
    "text": True,
    "pages": True,
    "library": True,
    "search": True,
    "recognition": True,
    "provider": True,
    "harvest": True,
    "million": False,
    "start": False,
}
RESULTS = Path(__file__).parents[2] / "var" / "bench.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench NAME=...")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="NAME", help=", ".join(GROUPS))
    names = parser.parse_args().groups or [name for name, by_default in GROUPS.items() if by_default]
    figures = []
    print("name | ours | reference | ratio | ceiling | verdict")
    for name in names:
        for figure in importlib.import_module(f"tests.bench.{name}").figures():
            print(figure, flush=True)
            figures.append(figure)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=1))
    return 1 if any(figure.verdict != OK for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
