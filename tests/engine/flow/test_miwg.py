"""Diagrams of other tools (the BPMN Model Interchange Working Group's): each is refused by element, or runs to an end."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from engine import flow
from tests.fixtures.kits import kit

from .test_moves import NOW, Answer
from .test_mutants import mutilate

# A condition in the language of another engine.
CONDITION = re.compile(r"conditionExpression[^>]*>(<!\[CDATA\[)?[^<=\s][^<]*[({=]")


def in_utf_16(data: bytes) -> bytes:
    return re.sub(r"encoding=.[\w-]+.", 'encoding="UTF-16"', text_of(data), count=1).encode("utf-16")


def after_a_blank_line(data: bytes) -> bytes:
    return b"\n  " + text_of(data).encode()


def with_a_mark_in_front(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + text_of(data).encode()


def without_a_picture(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for each in root.findall("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"):
        root.remove(each)
    return bytes(etree.tostring(root))


def with_prefixed_references(data: bytes) -> bytes:
    return re.sub(r'(Ref|calledElement)="(?!http)([^":]+)"', r'\1="tns:\2"', text_of(data)).encode()


def with_flows_first(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for flow_ in list(root.iter("{*}sequenceFlow")):
        parent = flow_.getparent()
        parent.remove(flow_)
        parent.append(flow_)
    return bytes(etree.tostring(root))


def without_names(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for each in root.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}*"):
        if not str(each.tag).endswith("EventDefinition"):
            each.attrib.pop("name", None)
    return bytes(etree.tostring(root))


def text_of(data: bytes) -> str:
    return etree.tostring(etree.fromstring(data), encoding="UTF-8", xml_declaration=True).decode()


ODD = (in_utf_16, after_a_blank_line, with_a_mark_in_front, without_a_picture, with_prefixed_references, with_flows_first, without_names)
FOLDER = kit("LOKET_MIWG", "miwg")
FILES = sorted(FOLDER.rglob("*.bpmn"))


def test_there_are_diagrams_of_other_tools() -> None:
    if not FILES:
        pytest.skip(f"the BPMN MIWG's test cases (*.bpmn) are not at {FOLDER}: set LOKET_MIWG to the folder that holds them")


def outcome(data: bytes, name: str) -> str:
    """How it went: refused (by what is in it), or ended."""
    try:
        adopted = flow.adopt(data, file=name)
    except flow.BadProcess as bad:
        wrong = [each for each in bad.findings if not each.place.startswith(name) or "{" in flow.sentence(each)]
        wrong += [each for each in bad.findings if each.code == "process.library"]
        if wrong or not bad.findings:
            raise
        return "refused"
    assert all("{" not in flow.sentence(note) and note.place.startswith(name) for note in adopted.notes)
    return run(flow.load(adopted.bpmn, file=name))


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
    told = outcome(file.read_bytes(), file.name)
    assert told == ("refused" if CONDITION.search(file.read_text(errors="replace")) else told)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("other", ODD, ids=lambda other: other.__name__)
def test_another_tool_may_write_it_otherwise(file: Path, other: Callable[[bytes], bytes]) -> None:
    assert outcome(other(file.read_bytes()), file.name) == outcome(file.read_bytes(), file.name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_diagram_of_another_tool_that_was_mutilated_is_refused_or_runs(file: Path) -> None:
    told = Counter[str]()
    for seed in range(10):
        with suppress(flow.NoWayOut, flow.NoTime, flow.NoList, flow.Endless, flow.BadExpression, flow.NoKey):
            told[outcome(mutilate(file.read_bytes(), random.Random(seed)), file.name)] += 1
    assert told["refused"] + told["ended"] > 5
