"""Diagrams of other tools (the BPMN Model Interchange Working Group's): each is refused by element, or runs to an end."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from engine import flow

from .test_moves import NOW, Answer

FOLDER = Path(os.environ.get("LOKET_MIWG") or Path(__file__).parents[3].parent / "shared/cases/miwg")
FILES = sorted(FOLDER.rglob("*.bpmn"))


def test_there_are_diagrams_of_other_tools() -> None:
    if not FILES:
        pytest.skip(f"no .bpmn files in {FOLDER}; name the folder of the MIWG's test cases in LOKET_MIWG")


def outcome(data: bytes, name: str) -> str:
    """How it went: refused (by what is in it), or ended."""
    try:
        process = flow.load(data, file=name)
    except flow.BadProcess as bad:
        for finding in bad.findings:
            assert finding.place.startswith(name)
            assert "{" not in flow.sentence(finding)
            assert finding.code != "process.library", flow.sentence(finding)
        return "refused"
    return run(process)


def run(process: flow.Process) -> str:
    """Complete every task, answer nothing; let time pass and send the messages that are waited for."""
    now, decide = NOW, lambda *_: Answer(None)
    moved = flow.start(process, facts={}, env=flow.Env(now=now, decide=decide))
    for _ in range(300):
        if moved.ended:
            return "ended"
        opened = flow.snapshot(process, moved.state).open
        if opened:
            moved = flow.complete(process, moved.state, opened[0].task, {}, env=flow.Env(now=now, decide=decide))
        else:
            assert moved.timers, "it waits for nothing that could happen"
            now = max(moved.timers[0].at, now) + timedelta(minutes=1)
            moved = flow.wake(process, moved.state, env=flow.Env(now=now, decide=decide))
    raise AssertionError("it does not end")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_diagram_of_another_tool_is_refused_by_element_or_runs_to_an_end(file: Path) -> None:
    assert outcome(file.read_bytes(), file.name) in {"refused", "ended"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_same_diagram_marked_as_executable(file: Path) -> None:
    told = outcome(file.read_bytes().replace(b'isExecutable="false"', b'isExecutable="true"'), file.name)
    assert told == ("ended" if file.name == "A.1.0.bpmn" else told)
