"""Diagrams as administrators draw them wrong: each is refused with a sentence that names the step and the cure, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import actions, procedures
from engine.procedures import BadBundle, Bundle

REKLAME = Path(__file__).parents[3] / "workflows" / "reklame"
ACTIONS = {name: one.WRITES for name, one in actions.actions().items()}
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The shipped permit."""
    return procedures.read_folder(REKLAME)


def swap(old: str, new: str) -> Change:
    """The diagram with one piece of text another."""

    def change(xml: str) -> str:
        assert old in xml, old
        return xml.replace(old, new)

    return change


def flow(ident: str, *, source: str | None = None, target: str | None = None, gone: bool = False) -> Change:
    """The diagram with a way that begins or leads elsewhere, or is not there."""

    def change(xml: str) -> str:
        lines = xml.split("\n")
        at = next(n for n, line in enumerate(lines) if f'<bpmn:sequenceFlow id="{ident}"' in line)
        if gone:
            end = at if lines[at].rstrip().endswith("/>") else next(n for n in range(at, len(lines)) if "</bpmn:sequenceFlow>" in lines[n])
            kept = lines[:at] + lines[end + 1 :]
            return "\n".join(line for line in kept if f">{ident}</bpmn:" not in line)
        for word, fresh in (("sourceRef", source), ("targetRef", target)):
            if fresh:
                old = lines[at].split(f'{word}="')[1].split('"')[0]
                lines[at] = lines[at].replace(f'{word}="{old}"', f'{word}="{fresh}"')
        return "\n".join(lines)

    return change


def meeting(xml: str) -> str:
    """The two surveys meet in a choice, which lets both on."""
    whole = re.compile(r'<bpmn:parallelGateway id="review_join">(.*?)</bpmn:parallelGateway>', re.DOTALL)
    return whole.sub(r'<bpmn:exclusiveGateway id="review_join">\1</bpmn:exclusiveGateway>', xml)


def add(xml: str) -> Change:
    """The diagram with something more in it."""
    return lambda old: old.replace("</bpmn:process>", f"{xml}</bpmn:process>")


def all_of(*changes: Change) -> Change:
    def change(xml: str) -> str:
        for each in changes:
            xml = each(xml)
        return xml

    return change


def way(ident: str, source: str, target: str, condition: str = "") -> str:
    inner = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>' if condition else ""
    return f'<bpmn:sequenceFlow id="{ident}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


AGAIN = '<bpmn:exclusiveGateway id="zero" name="Pajak nol?" default="on"/>' + way("on", "zero", "something_to_pay")
AFTER = '<bpmn:userTask id="file" name="Arsipkan"/><bpmn:endEvent id="over"/>' + way("w1", "issued", "file") + way("w2", "file", "over")
LATE = (
    '<bpmn:boundaryEvent id="late" name="Telat" attachedToRef="tax"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration>'
)
LATE += "</bpmn:timerEventDefinition></bpmn:boundaryEvent>" + way("w1", "late", "to_refusal")
BOTH = '<bpmn:parallelGateway id="two" name="Bersamaan"/>' + way("w1", "two", "accept") + way("w2", "two", "to_refusal")


# what is drawn, how, the step or way that the sentence names, and a piece of the cure in English
WRONG: list[tuple[str, Change, str, str]] = [
    ("nobody does a step", swap('candidateGroups="kabid"', ""), "Paraf konsep", "Who does this?"),
    ("a step without a form", swap('<zeebe:formDefinition formId="initial" />', ""), "Paraf konsep", "choose"),
    ("a form that is not there", swap('formId="initial"', 'formId="initiall"'), "Paraf konsep", "initiall"),
    ("a step leads nowhere", flow("into_issue", gone=True), "Beri nomor izin", "Then goes on to"),
    ("two ways out of a step", flow("from_confirm", source="pay"), "“Bayar pajak” has 2 ways out", "Choice between ways"),
    ("a way without a condition", swap(' default="is_returned"', ""), "Hasil pemeriksaan?", "condition"),
    ("an otherwise with a condition", swap('default="is_returned"', 'default="is_complete"'), "Hasil pemeriksaan?", "off, and on again"),
    ("a condition about nothing", swap('verify.result = "complete"', 'verifi.result = "complete"'), "Hasil pemeriksaan?", "verify"),
    ("a condition nobody can read", swap('verify.result = "complete"', "verify.result = = 1"), "Lengkap", "Hasil pemeriksaan?"),
    ("parallel ways meet in a choice", meeting, "Survei titik reklame", "parallel gateway"),
    ("a time that is none", swap("= working days(14)", "soon"), "14 hari kerja", "soon"),
    ("zero working days", swap('name="days" value="2"', 'name="days" value="0"'), "Survei titik reklame", "from 1 to 999"),
    (
        "four eyes with itself",
        swap('name="not_same_as" value="verify"', 'name="not_same_as" value="initial"'),
        "Paraf konsep",
        "another step",
    ),
    ("an automatic step that does not exist", swap('type="settle"', 'type="setle"'), "Lunasi pajak", "settle"),
    ("a table that does not exist", swap('decisionId="tax"', 'decisionId="taks"'), "Hitung pajak reklame", "taks"),
    (
        "a letter that is not there",
        swap('key="letter" value="refusal"', 'key="letter" value="refusl"'),
        "Terbitkan surat penolakan",
        "refusl",
    ),
    ("two ways with one condition", swap('verify.result = "refuse"', 'verify.result = "complete"'), "Tidak memenuhi syarat", "Lengkap"),
    ("a condition that is a text", swap('= approve.result = "approve"', '= "ya"'), "Setuju", "no yes or no"),
    ("a condition that is an answer", swap('= initial.result = "ok"', "= initial.result"), "Diparaf?", "Compare it"),
    (
        "a sum worked out again and again",
        all_of(flow("from_charge", target="zero"), add(AGAIN + way("back", "zero", "to_tax", "= charge.amount = 0"))),
        "Hitung pajak reklame",
        "through a step of somebody",
    ),
    ("a step after the end", add(AFTER), "“Terbit” is an end", "Take that way out"),
    ("a second start", add('<bpmn:startEvent id="other"/>' + way("w1", "other", "to_verify")), "Reklame", "exactly one"),
    ("a flow out of a sub-process", flow("from_survey", target="to_tax"), "Survei titik reklame", "draw it between two steps"),
    ("a flow into a sub-process", flow("is_sent_back", target="survey"), "Diparaf?", "draw it between two steps"),
    ("a round inside a fork", flow("from_survey", target="review_fork"), "Survei titik reklame", "wait for ever"),
    ("an approval that issues nothing", flow("is_approved", target="notify_issued"), "Beri nomor izin", "draw a way to it"),
    ("a timer on an automatic step", add(LATE), "Telat", "Something happens when it is late"),
    ("going on and refusing at once", all_of(flow("is_complete", target="two"), add(BOTH)), "Tetapkan penolakan", "parallel gateway"),
    (
        "an answer read before it is given",
        swap('name="Dapat diizinkan" sourceRef="reviewed"', 'name="Dapat diizinkan" sourceRef="paid"'),
        "Dapat diizinkan",
        "Survei titik reklame",
    ),
    ("a step that waits for nobody", swap('name="days" value="2"', 'name="days" value="dua"'), "Survei titik reklame", "from 1 to 999"),
    ("a property nobody knows", swap('name="show" value="payment"', 'name="shwo" value="payment"'), "Cocokkan pembayaran", "show"),
]


OF_THE_WHOLE = {"a second start"}  # what is wrong with the drawing as a whole, and at no step of it


def sentences(bundle: Bundle, xml: str) -> dict[str, list[str]]:
    """What stops publishing, in each language."""
    files = {**bundle.files, "process.bpmn": xml.encode()}
    try:
        found = procedures.stopping(procedures.check(procedures.read_files(files), actions=ACTIONS))
    except BadBundle as bad:
        found = procedures.stopping(bad.findings)
    return {lang: [procedures.sentence(each, lang) for each in found] for lang in ("id", "en")}


@pytest.mark.parametrize(("change", "step", "cure"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_a_wrong_diagram_is_refused_with_the_step_and_the_cure(bundle: Bundle, change: Change, step: str, cure: str) -> None:
    said = sentences(bundle, change(bundle.files["process.bpmn"].decode()))
    assert any(step in one and cure in one for one in said["en"]), said["en"]
    assert any(re.split(" has | is ", step)[0] in one for one in said["id"]), said["id"]
    assert not any("Traceback" in one or "{" in one for one in (*said["en"], *said["id"])), said


PASSED = flow("from_accept", target="f1"), way("w1", "f1", "needs_survey")
# what is drawn otherwise, and right all the same
RIGHT: list[tuple[str, Change]] = [
    ("one condition at two choices", swap('= verify.result = "refuse"', '= verify.result = "refuse" and application.kelas != null')),
    ("a condition of one word", swap('= initial.result = "ok"', '= initial.result in ("ok")')),
    (
        "a gateway where ways only meet, with a name",
        swap('<bpmn:exclusiveGateway id="to_tax">', '<bpmn:exclusiveGateway id="to_tax" name="x">'),
    ),
    (
        "a fork of one way",
        all_of(PASSED[0], add('<bpmn:parallelGateway id="f1"/>' + PASSED[1])),
    ),
    (
        "a choice of one way",
        all_of(PASSED[0], add('<bpmn:exclusiveGateway id="f1"/>' + PASSED[1])),
    ),
]


@pytest.mark.parametrize("change", [each[1] for each in RIGHT], ids=[each[0] for each in RIGHT])
def test_what_is_only_drawn_otherwise_is_not_complained_of(bundle: Bundle, change: Change) -> None:
    assert sentences(bundle, change(bundle.files["process.bpmn"].decode())) == {"id": [], "en": []}
