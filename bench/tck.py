"""Run the OMG DMN Technology Compatibility Kit (github.com/dmn-tck/tck) against `rules`.

    python -m bench.tck DIR [--show N] [--only WORD]     DIR: the kit, a level, a suite, or any folder with such files

Prints the results by level and, in the last two lines, `non-null passed/total` and `passed/total`. One "result" is one result node of
one test case; what cannot be read counts as failed. The kit is third-party data and no part of this repository."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rules import Decisions, Months, RuleError, read_decisions
from rules.dmn.model import Decision, Literal, Model, Service, Table
from rules.dmn.xml import kid, kids, name_of, parse_xml, tag
from rules.feel.printing import text_of
from rules.feel.temporal import read_date, read_duration, read_moment, read_time

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
LEVELS = ("compliance-level-2", "compliance-level-3")


@dataclass(frozen=True)
class Impossible:
    """An expected value outside what `rules` represents on purpose (years beyond 9999, nanoseconds), or one that cannot be read."""

    text: str


@dataclass(frozen=True)
class Result:
    """One expected result and what came of it. `kind` is expression, table or graph."""

    level: str
    suite: str
    file: str
    case: str
    node: str
    kind: str
    expected: Any
    got: Any
    problems: str
    text: str

    @property
    def passed(self) -> bool:
        return same(self.got, self.expected)

    @property
    def name(self) -> str:
        return f"{self.suite}/{self.file}/{self.case}/{self.node}"


def value_of(element: Any) -> Any:
    """A TCK value element as a FEEL value."""
    if element is None:
        return None
    items, content, components = kid(element, "list"), kid(element, "value"), kids(element, "component")
    if items is not None:
        return None if items.get(NIL) == "true" else [value_of(item) for item in kids(items, "item")]
    if components:
        if len(components) == 1 and components[0].get(NIL) == "true" and not components[0].get("name"):
            return None
        return {name_of(one): None if one.get(NIL) == "true" else value_of(one) for one in components}
    if content is None or content.get(NIL) == "true":
        return None
    return simple_value((content.get(TYPE) or "").rpartition(":")[2], content.text or "")


def simple_value(kind: str, text: str) -> Any:
    if kind == "string":
        return text
    text = text.strip()
    if kind == "boolean":
        return text == "true"
    readers = {"date": read_date, "time": read_time, "dateTime": read_moment, "duration": read_duration}
    if kind in readers:
        fraction = text.partition(".")[2][6:9]
        found = None if fraction.isdigit() and int(fraction) else readers[kind](text)
        return Impossible(text) if found is None else found
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def same(got: Any, expected: Any) -> bool:
    """Numbers to eight digits, everything else exactly; durations of nothing are all alike."""
    if isinstance(got, bool) or isinstance(expected, bool):
        return got is expected
    if isinstance(got, int | Decimal) and isinstance(expected, Decimal):
        return got == expected or abs(got - expected) <= max(abs(got), abs(expected), 1) * Decimal("1e-8")
    if isinstance(expected, list):
        return isinstance(got, list) and len(got) == len(expected) and all(map(same, got, expected))
    if isinstance(expected, dict):
        return isinstance(got, dict) and got.keys() == expected.keys() and all(same(got[key], expected[key]) for key in expected)
    if isinstance(expected, timedelta | Months) and isinstance(got, timedelta | Months):
        return got == expected or (got in (timedelta(0), Months(0)) and expected in (timedelta(0), Months(0)))
    if isinstance(expected, date | time):
        return type(got) is type(expected) and _moment_text(got) == _moment_text(expected)
    return type(got) is type(expected) and got == expected


def _moment_text(value: Any) -> str:
    text = text_of(value)
    for zone in ("@Etc/UTC", "@UTC", "@Z"):
        text = text.replace(zone, "Z")
    return text


def test_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """All XML files below a folder with their level: the part of the path that says compliance-level, or "no level"."""
    for path in sorted(folder.resolve().rglob("*.xml")):
        yield next((part for part in reversed(path.parts) if part.startswith("compliance-level-")), "no level"), path


def load_model(path: Path) -> Decisions:
    """A model and those beside it that it may import."""
    others = {}
    for file in sorted(path.parent.glob("*.dmn")):
        try:
            others[parse_xml(file.read_bytes()).get("namespace") or ""] = file.read_bytes()
        except RuleError:
            continue
    return read_decisions(path.read_bytes(), imports=others)


def inputs_of(case: Any, model: Model) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in kids(case, "inputNode"):
        namespace = node.get("namespace") or model.namespace
        for path in [path for path, one in model.models() if one.namespace == namespace] or [""]:
            inner = found
            for part in path.split(".") if path else ():
                inner = inner.setdefault(part, {})
            inner[name_of(node)] = value_of(node)
    return found


def kind_of_node(model: Model, name: str) -> str:
    element = model.element(name)
    if not isinstance(element, Decision):
        return "graph"
    if isinstance(element.logic, Table):
        return "table"
    needs_more = any(isinstance(found[1], Decision) for ref in element.requires if (found := model.find(ref)))
    return "expression" if isinstance(element.logic, Literal) and not needs_more and not element.knowledge else "graph"


def run_node(decisions: Decisions, name: str, node: str, inputs: dict[str, Any], expected: Any) -> tuple[Any, str]:
    """What a decision gives, and its problems in words."""
    try:
        decided = decisions.decide(name, inputs, now=NOW)
    except RuleError as error:
        return None, str(error)
    got = decided.value
    is_service = isinstance(decisions.model.element(name), Service)
    if is_service and isinstance(got, dict) and node in got and not same(got, expected):
        got = got[node]
    return got, "; ".join(f"{one.place} {one.code} {dict(one.facts)}" for one in decided.problems)


def run_file(level: str, path: Path) -> list[Result]:
    """All results of one test file; one failed result for a file that cannot be read, none for XML that is no test file."""
    try:
        root = parse_xml(path.read_bytes())
    except (RuleError, OSError) as error:
        return [_unreadable(level, path, "", "", error)]
    if tag(root) != "testCases":
        return []
    cases = [(case, node) for case in kids(root, "testCase") for node in kids(case, "resultNode")]
    try:
        decisions = load_model(path.parent / (kid(root, "modelName").text or "").strip())
    except Exception as error:  # whatever is wrong with a strange file, the others are run
        return [_unreadable(level, path, case.get("id"), node.get("name"), error) for case, node in cases or [(root, root)]]
    return [_safe_result(level, path, decisions, case, node) for case, node in cases]


def _unreadable(level: str, path: Path, case: str | None, node: str | None, error: Exception) -> Result:
    reason = f"{type(error).__name__}: {error}"
    return Result(level, path.parent.name, path.stem, case or "", node or "", "graph", Impossible("?"), None, reason, "")


def _safe_result(level: str, path: Path, decisions: Decisions, case: Any, node: Any) -> Result:
    try:
        return _result(level, path, decisions, case, node)
    except Exception as error:
        return _unreadable(level, path, case.get("id"), node.get("name"), error)


def _result(level: str, path: Path, decisions: Decisions, case: Any, node: Any) -> Result:
    name = " ".join((case.get("invocableName") or node.get("name")).split())
    expected = value_of(kid(node, "expected"))
    got, problems = run_node(decisions, name, name_of(node), inputs_of(case, decisions.model), expected)
    logic = getattr(decisions.model.element(name), "logic", None)
    text = logic.text if isinstance(logic, Literal) else ""
    kind = kind_of_node(decisions.model, name)
    return Result(level, path.parent.name, path.stem, case.get("id") or "", name_of(node), kind, expected, got, problems, text)


def run(folder: Path, only: str = "") -> list[Result]:
    """All results of all test files below a folder."""
    return [result for level, path in test_files(folder) if only in str(path) for result in run_file(level, path)]


def share(results: list[Result]) -> str:
    return f"{sum(result.passed for result in results)}/{len(results)}"


def report(results: list[Result], show: int) -> None:
    for result in [result for result in results if not result.passed][:show]:
        print(f"{result.name} | {result.text[:110]} | expected {result.expected!r} | got {result.got!r} | {result.problems[:160]}")
    for level in sorted({result.level for result in results}):
        for kind in ("expression", "table", "graph"):
            found = [result for result in results if result.level == level and result.kind == kind]
            percent = 100 * sum(result.passed for result in found) / len(found) if found else 100
            print(f"{level} {kind:11} {share(found):>10} {percent:7.2f} %")
    print("non-null", share([result for result in results if result.expected is not None]))
    print(share(results))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print this many failures")
    parser.add_argument("--only", default="", help="only files with this word in their path")
    options = parser.parse_args()
    results = run(options.folder, options.only) if options.folder.is_dir() else []
    if not results:
        print(f"no TCK test files under {options.folder}", file=sys.stderr)
        return 2
    report(results, options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
