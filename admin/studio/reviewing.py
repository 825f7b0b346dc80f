"""What is wrong with a table while it is being changed, at its rows: names, types, rows that overlap, cases without a row, test rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

import rules
from admin.procedures.folders import written
from engine import procedures
from engine.procedures import TableTest, reviewed
from hall.language import language
from rules import DecisionError, Decisions, Finding, model

from . import asked

Json = dict[str, Any]
_ROW = re.compile(r"#rule (\d+)\Z")
_COLUMN = re.compile(r"#input (\d+)\Z")


def problems(files: Mapping[str, bytes], file: str, id: str) -> list[Json]:
    """Everything that the floors below have against the table `id` of a file (and against what else in the file it breaks)."""
    procedures.rules_of_the_house()  # which teach what their findings say
    try:
        decisions = rules.read_decisions(files[file])
    except DecisionError as wrong:
        return [_told(Finding(f"{file}#{wrong.facts.get('place', '')}", wrong.code, dict(wrong.facts)), files)]
    found = [
        Finding(f"{file}#{each.place}", each.code, each.facts)
        for each in decisions.check(asked.scope_of(files, written()))
        if each.code != "dmn.overlap"
    ]
    forms = asked.forms_of(files)
    found += [each for each in reviewed(forms, decisions, file) if f"{each.place}#".startswith(f"{file}#{id}#")]
    return [_told(each, files) for each in found]


def _told(finding: Finding, files: Mapping[str, bytes]) -> Json:
    """A finding for the grid: its row and column (from 1), other rows it speaks of, level, code, sentence."""
    said = procedures.told([finding], files)[0]
    row, facts = _ROW.search(finding.place), finding.facts
    column = _COLUMN.search(finding.place)
    others = facts.get("rules") or [facts[name] for name in ("rule", "hidden_by") if isinstance(facts.get(name), int)]
    return {
        "place": finding.place,
        "row": int(row[1]) if row else None,
        "input": int(column[1]) if column else facts.get("input"),
        "output": facts.get("output"),
        "rows": [one for one in others if isinstance(one, int)] if isinstance(others, list) else [],
        "level": procedures.level(finding),
        "code": finding.code,
        "text": procedures.sentence(said, language()),
    }


def table_of(decisions: Decisions, id: str) -> model.Table | None:
    """The table of an element, if it has one."""
    element = next((one for one in decisions.model.elements if one.id == id), None)
    return rules.table_in(element) if element else None


def reads(decisions: Decisions, id: str) -> list[Json]:
    """What a test row has to say: every path that the table reads, as (text, type)."""
    table = table_of(decisions, id)
    kinds = {column.text: column.type_ref for column in table.inputs} if table else {}
    paths = rules.alone(decisions.model, id).reads(id) if table else frozenset()
    ordered = sorted(paths, key=lambda path: ([*kinds, path].index(path), path))
    return [{"text": path, "type": kinds.get(path, "")} for path in ordered if path.partition(".")[0] not in _functions(decisions)]


def _functions(decisions: Decisions) -> set[str]:
    return {one.name for one in decisions.model.elements if isinstance(one, rules.model.Knowledge)}


def played(decisions: Decisions, id: str, tests: Sequence[TableTest]) -> list[Json]:
    """How each test row goes: ok, the rows that fired, what came out, and a sentence."""
    if table_of(decisions, id) is None or not tests:
        return []
    alone = rules.alone(decisions.model, id)
    return [_played(alone, test) for test in tests]


def _played(alone: Decisions, test: TableTest) -> Json:
    done = procedures.play(alone, test)
    was, rows = procedures.outcome_told(done), procedures.rows_told(done.fired)
    lang = language()
    return {"ok": done.ok, "fired": list(done.fired), "value": _plain(done.value), "text": f"{was[lang]} ({rows[lang]})"}


def _plain(value: Any) -> Any:
    try:
        return rules.plain(value)
    except rules.RuleError:
        return None


def unfinished(row: int | None) -> Json:
    """The problem of a sheet that is no table."""
    text = gettext("Row %(row)s is not finished: fill in each of its cells.", row=row)
    said = text if row else gettext("This table cannot be read. Load the page again.")
    return {"place": "", "row": row, "level": "error", "code": "sheet.unfinished", "text": said, "rows": []}


def rows_in_order(found: Sequence[Json]) -> Iterator[Json]:
    """Problems in the order of the rows, those of the whole table last."""
    yield from sorted(found, key=lambda one: (one["row"] is None, one["row"] or 0))
