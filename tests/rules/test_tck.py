"""The conformance kit of the standard as a ratchet: what passed once must go on passing. The kit itself is third-party data."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

from bench.tck import LEVELS, Result, run

ROOT = Path(__file__).parents[2]
KIT = Path(os.environ.get("LOKET_TCK") or ROOT.parent / "shared" / "cases" / "tck")
EXCLUSIONS = Path(__file__).with_name("tck_exclusions.txt")
COUNTS = json.loads(Path(__file__).with_name("tck_counts.json").read_text())  # suite: [passed, passed with an answer that is not null]


def exclusions() -> set[str]:
    """Cases that will not pass, by name: suite/file/case/node. Lines that begin with # say why."""
    lines = EXCLUSIONS.read_text().splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


@pytest.fixture(scope="module")
def results() -> list[Result]:
    if not any((folder / level).exists() for folder in (KIT, KIT / "TestCases") for level in LEVELS):
        pytest.skip(f"the DMN TCK is not at {KIT}: set LOKET_TCK to the folder that holds compliance-level-2 and -3")
    return run(KIT)


def test_tck_results_do_not_get_fewer(results: list[Result]) -> None:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for result in results:
        found[result.suite][0] += result.passed
        found[result.suite][1] += result.passed and result.expected is not None
    fewer = {suite: (found[suite], counts) for suite, counts in COUNTS.items() if suite in found and found[suite] < counts}
    assert fewer == {}


def test_tck_level_two_passes_whole(results: list[Result]) -> None:
    assert [result.name for result in results if result.level == LEVELS[0] and not result.passed] == []


def test_tck_failures_are_the_named_exclusions_only(results: list[Result]) -> None:
    assert [result.name for result in results if result.suite in COUNTS and not result.passed and result.name not in exclusions()] == []


def test_tck_exclusions_are_all_still_needed(results: list[Result]) -> None:
    present = {result.name for result in results}
    passing = {result.name for result in results if result.passed}
    assert exclusions() & present & passing == set()
