"""The small renderer of diagrams, and which step may be the last."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from engine import flow, procedures
from hall.diagram import Way, draw, wrap
from portal.desk.last import is_last

REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"
NOWHERE = Way((), ())


@pytest.fixture(scope="module")
def bundle() -> procedures.Bundle:
    return procedures.read_folder(REKLAME)


def drawn(bpmn: bytes, process: flow.Process, way: Way = NOWHERE) -> etree._Element:
    text = draw(bpmn, process, way, title="Way", desc="Now")
    return etree.fromstring(text)


def test_every_step_and_every_arrow_of_the_diagram_is_drawn(bundle: procedures.Bundle) -> None:
    svg = drawn(bundle.files["process.bpmn"], bundle.process)
    shapes = {each.get("id").removeprefix("bpmn-") for each in svg.iter("{*}g") if each.get("id")}
    assert shapes == set(bundle.process.steps)
    assert len(list(svg.iter("{*}polyline"))) == len(bundle.process.links)


def test_only_arrows_that_were_surely_gone_are_tinted(bundle: procedures.Bundle) -> None:
    passed = ("start", "application", "receive", "to_verify", "verify", "verified")
    svg = drawn(bundle.files["process.bpmn"], bundle.process, Way(("revise",), (*passed, "notify_returned")))
    gone = [each for each in svg.iter("{*}g") if each.get("class") == "loket-bpmn__edge is-passed"]
    assert len(gone) == len(passed) + 1  # each step's one way on, and the way out of "verified" that was taken


def test_names_are_text_and_never_markup(bundle: procedures.Bundle) -> None:
    bpmn = bundle.files["process.bpmn"].replace(b'name="Periksa berkas"', b'name="&lt;script&gt;alert(1)&lt;/script&gt;"')
    text = draw(bpmn, flow.load(bpmn), NOWHERE, title="</svg><script>", desc="<b>")
    assert "<script" not in text
    assert "<b>" not in text


def test_a_diagram_without_a_drawing_gives_nothing(bundle: procedures.Bundle) -> None:
    root = etree.fromstring(bundle.files["process.bpmn"])
    for each in root.findall("{*}BPMNDiagram"):
        root.remove(each)
    assert draw(etree.tostring(root), bundle.process, NOWHERE, title="", desc="") == ""


def test_labels_break_between_words_and_a_long_word_stays_whole() -> None:
    assert wrap("Beri tahu: permohonan gugur", 88) == ["Beri tahu:", "permohonan", "gugur"]
    assert wrap("Pertanggungjawaban", 30) == ["Pertanggungjawaban"]
    assert wrap("", 30) == []


def test_the_steps_after_which_nobody_follows_are_known(bundle: procedures.Bundle) -> None:
    people = [step.id for step in bundle.process.steps.values() if step.kind == "user"]
    assert {step for step in people if is_last(bundle.process, step)} == {"approve", "decide_refusal"}
