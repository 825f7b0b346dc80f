"""The conformance kit of the standard as a ratchet: what passed once must go on passing. The kit itself is third-party data."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from bench.tck import LEVELS, Result, report, run
from tests.fixtures.kits import kit

KIT = kit("LOKET_TCK", "tck")
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


MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
<inputData id="i" name="a"/><decision id="d" name="D"><informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>a + 1</text></literalExpression></decision></definitions>"""
CASE = """<testCase id="{id}"><inputNode name="a"><value xsi:type="xsd:decimal">1</value></inputNode>
<resultNode name="{name}"><expected><value xsi:type="xsd:decimal">{expected}</value></expected></resultNode></testCase>"""
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>{model}</modelName>{cases}</testCases>"""


def write_suite(folder: Path, model: str, *cases: str) -> None:
    folder.mkdir(parents=True)
    (folder / "m.dmn").write_text(MODEL)
    (folder / "test.xml").write_text(CASES.format(model=model, cases="".join(cases)))


def test_the_runner_takes_any_tree_and_counts_what_it_cannot_read_as_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = CASE.format(id="1", name="D", expected=2), CASE.format(id="2", name="D", expected=3)
    write_suite(tmp_path / "compliance-level-9" / "0001-good", "m.dmn", good, bad)
    write_suite(tmp_path / "0002-no-level", "m.dmn", good)
    write_suite(tmp_path / "0003-no-model", "other.dmn", good, bad)
    odd = CASE.format(id="3", name="", expected="two")
    write_suite(tmp_path / "0004-odd-cases", "m.dmn", odd, "<testCase><resultNode/></testCase>", good)
    (tmp_path / "0004-odd-cases" / "broken.dmn").write_text("<definitions")
    (tmp_path / "broken.xml").write_text("<testCases")
    (tmp_path / "other.xml").write_text("<other/>")
    (tmp_path / "0005.xml").mkdir()
    report(run(tmp_path), 0)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["non-null 3/10", "3/10"]
