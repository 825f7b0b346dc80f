"""Comparing engines on a machine that others use: resident processes, turns in random order, processor time, ratios within a round.

Each contestant is a process of its own (`python -m bench.contestants NAME`) that does one case per line it reads. A round gives every
contestant a turn of six cases, the first of which is dropped; what counts is the ratio to the floor of the same round, and their median.
A second floor is the control: outside 0.93-1.07 the machine was too restless, and the run says INCONCLUSIVE.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from statistics import median

CASES, STEADY = 6, (0.93, 1.07)


class Resident:
    """A contestant that waits for its turn."""

    def __init__(self, name: str) -> None:
        self.name = name
        command = [sys.executable, "-m", "bench.contestants", name]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say("ready")

    def turn(self) -> float:
        """Processor seconds of one completion, the median of the cases of a turn without the first."""
        return median([self._say("case") for _ in range(CASES)][1:])

    def _say(self, word: str) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"the contestant {self.name} has stopped")
        return float(json.loads(answer))

    def stop(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def compare(names: Sequence[str], *, floor: str, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """(median ratio to the floor, median milliseconds of a completion), by contestant."""
    residents = {name: Resident(name) for name in (*names, floor)}
    ratios: dict[str, list[float]] = {name: [] for name in residents}
    times: dict[str, list[float]] = {name: [] for name in residents}
    try:
        for _ in range(rounds):
            order = random.sample(sorted(residents), len(residents))
            took = {name: residents[name].turn() for name in order}
            for name, seconds in took.items():
                ratios[name].append(seconds / took[floor])
                times[name].append(seconds * 1000)
    finally:
        for resident in residents.values():
            resident.stop()
    return {name: median(each) for name, each in ratios.items()}, {name: median(each) for name, each in times.items()}


def steady(control: float) -> bool:
    """Whether two equal contestants came out as equal."""
    return STEADY[0] <= control <= STEADY[1]
