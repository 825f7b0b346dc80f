"""Rules that keep the engine one engine: data is data, and a transaction ends in one place."""

from __future__ import annotations

import ast

from tests.house.sources import FLOORS, files, shown, tree

DATA = {".toml", ".bpmn", ".json", ".dmn", ".md", ".pdf", ".png", ".jpg", ".svg", ".txt"}


def test_a_procedure_is_data() -> None:
    code = [shown(path) for path in files("workflows", ending=("",)) if path.suffix not in DATA]
    assert not code, "workflows/ holds data only: whoever may edit a permit must not thereby run code on the server:\n" + "\n".join(code)


def test_nobody_imports_a_procedure() -> None:
    found = [shown(path) for path in files(*FLOORS) if "import workflows" in path.read_text() or "from workflows" in path.read_text()]
    assert not found, "A procedure is read by its path (engine.procedures.read_folder), never imported:\n" + "\n".join(found)


def test_only_the_store_ends_a_transaction() -> None:
    found = [
        f"{shown(path)}:{node.lineno} .{node.func.attr}()"
        for path in files(*FLOORS)
        if not shown(path).startswith("engine/store/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("commit", "rollback")
    ]
    assert not found, "One unit, one commit: take the session you are given, or open `with store.unit()` at the door:\n" + "\n".join(found)


def test_nothing_below_the_doors_reads_the_clock() -> None:
    words = {"now", "utcnow", "today"}
    found = [
        f"{shown(path)}:{node.lineno} {ast.unparse(node)}"
        for path in files("engine", "forms", "rules")
        if not shown(path).startswith("engine/jobs/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in words
        if isinstance(node.func.value, ast.Name) and node.func.value.id in ("datetime", "date")
    ]
    assert not found, "Time is handed in as `at` or `now`, so that tests and stories can jump to the next deadline:\n" + "\n".join(found)
