"""`python -m bench` (or `make bench`): every measurement of this folder in turn, each against a floor in the same run.

A benchmark prints ratios and judges nothing; the exact gates (statements, bytes) are tests.
"""

from __future__ import annotations

import runpy
from contextlib import suppress

MEASUREMENTS = ("bench.rules", "bench.hostile", "bench.jobs", "bench.engine", "bench.inbox", "bench.forms")


def main() -> None:
    """Run them one after the other."""
    for name in MEASUREMENTS:
        print(f"\n== {name}")
        with suppress(SystemExit):  # each says for itself how it ended; the next one is measured all the same
            runpy.run_module(name, run_name="__main__")


if __name__ == "__main__":
    main()
