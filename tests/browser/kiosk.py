"""A kiosk permit with a fee, a return loop and a decision, drawn with positions; and an office that has open applications for it."""

from __future__ import annotations

import json
import re

from tests.engine.cases.small import LETTER, NOTICE, PAID_SHEET, choice
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import TABLE, question

NAME = {"id": "Izin kios", "en": "Kiosk permit"}
DESKS = ("verifikator", "kabid", "bendahara", "kepala_dinas", "tim_teknis")
STEPS = {
    "begin": "Mulai", "application": "Isi permohonan", "receive": "Terima permohonan", "price": "Hitung retribusi",
    "charge": "Tetapkan retribusi", "verify": "Periksa berkas", "ok": "Berkas lengkap?", "fix": "Perbaiki permohonan", "decide": "Putuskan",
    "approved": "Disetujui?", "settle": "Lunasi retribusi", "issue": "Terbitkan izin", "refuse": "Terbitkan penolakan",
    "issued": "Terbit", "refused": "Ditolak",
}  # fmt: skip
ANSWERS = {"area": "3", "street": "Mawar 1"}
VERDICT = ("yes", "back", "no")


STORY = """title = "Diterbitkan"
start = 2026-06-02T09:00:00+07:00
[people]
sari = {name = "Sari", desks = ["applicant"]}
budi = {name = "Budi", desks = ["verifikator"]}
dewi = {name = "Dewi", desks = ["kepala_dinas"]}
[[steps]]
as = "sari"
task = "application"
answers = {area = "3", street = "Mawar 1"}
expect = {fee = 25000}
[[steps]]
as = "budi"
task = "verify"
answers = {result = "yes"}
[[steps]]
as = "dewi"
task = "decide"
answers = {result = "yes"}
expect = {ended = "issued"}
"""
"""From the application to the letter; nothing is told that most changes would touch."""


def kiosk(key: str = "kiosk", name: dict[str, str] = NAME) -> dict[str, bytes]:
    """The files: apply, charge, verify (3 days; back to the applicant, who corrects), decide (2 days), issue or refuse."""
    texts = {lang: _texts(lang) for lang in ("id", "en")}
    made: dict[str, str | bytes] = {
        "procedure.toml": _sheet(key, name),
        "process.bpmn": placed(drawing(key).bytes().decode(), key),
        "forms/application.json": application(),
        "forms/verify.json": verdict("verify", VERDICT),
        "forms/decide.json": choice("decide"),
        "decisions/fee.dmn": TABLE,
        **{f"texts/{lang}.toml": text for lang, text in texts.items()},
    }
    for lang in ("id", "en"):
        made |= {f"letters/{name}.{lang}.md": LETTER for name in ("permit", "refusal")}
        made |= {f"letters/notice-{name}.{lang}.md": NOTICE for name in ("no", "lapsed")}
    return {name: data.encode() if isinstance(data, str) else data for name, data in made.items()}


def _sheet(key: str, name: dict[str, str]) -> str:
    lines = ["time = {days = 9}" if line.startswith("time = ") else line for line in PAID_SHEET.splitlines()]
    return "\n".join(lines).replace("stall", key).replace("Izin lapak", name["id"]).replace("Stall permit", name["en"])


def _texts(lang: str) -> str:
    word = {"id": "Kata", "en": "Word"}[lang]
    said = {
        "steps": ["application", "verify", "decide"],
        "status": ["verify", "fix", "decide"],
        "desks": ["applicant", *DESKS],
        "fees": ["kiosk"],
        "outcomes": ["issued", "refused"],
    }
    return "".join(f"[{part}]\n" + "".join(f'{key} = "{word} {key}"\n' for key in keys) for part, keys in said.items())


def application() -> str:
    """Two pages: how large, and where."""
    asked = {"one": question("area", "number"), "two": question("street", "text")}
    pages = [{"key": key, "title": {"id": f"Halaman {key}", "en": f"Page {key}"}, "fields": [field]} for key, field in asked.items()]
    return json.dumps({"format": "loket-form/1", "key": "application", "title": NAME, "pages": pages})


def verdict(key: str, values: tuple[str, ...]) -> str:
    """A form with one choice."""
    choices = [{"value": value, "label": {"id": value, "en": value}} for value in values]
    words = {"id": "Hasil", "en": "Result"}
    field = {"key": "result", "kind": "choice", "label": words, "noun": words, "choices": choices}
    return json.dumps({"format": "loket-form/1", "key": key, "title": words, "pages": [{"key": "one", "title": words, "fields": [field]}]})


def drawing(key: str) -> Drawing:
    """The diagram without positions."""
    pen = Drawing(key, name="Izin kios").start().user("application", desk="applicant", public="application")
    pen.service("receive", "receive", notice="no").rule("price", "fee", "fee").service("charge", "charge", amount="= fee", title="kiosk")
    pen.user("verify", desk="verifikator", days="3", public="verify", not_same_as="applicant", show="application")
    pen.choice("ok", "is_refused").user("fix", "application", desk="applicant", revises="application")
    pen.user("decide", desk="kepala_dinas", days="2", public="decide", not_same_as="verify", show="application,verify")
    pen.choice("approved", "is_denied").service("settle", "settle", confirm="verify").service("issue", "issue", letter="permit")
    pen.service("refuse", "issue", letter="refusal").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "price", "charge", "verify", "ok").chain("fix", "verify").chain("decide", "approved")
    pen.chain("settle", "issue", "issued").chain("refuse", "refused")
    pen.flow("ok", "decide", '= verify.result = "yes"', "is_ok").flow("ok", "fix", '= verify.result = "back"', "is_back")
    pen.flow("ok", "refuse", ident="is_refused")
    pen.flow("approved", "settle", '= decide.result = "yes"', "is_granted")
    return pen.flow("approved", "refuse", ident="is_denied")


def placed(xml: str, key: str) -> str:
    """The diagram with a position for everything: columns by how far from the start, one below the other in each."""
    xml = re.sub(r' name="(Application|Verify|Fix|Decide)"', "", xml)
    for step, name in STEPS.items():
        xml = xml.replace(f' id="{step}"', f' id="{step}" name="{name}"', 1)
    flows = re.findall(r'<bpmn:sequenceFlow id="(\w+)" sourceRef="(\w+)" targetRef="(\w+)"', xml)
    column = {"begin": 0}
    for _ in flows:
        for _ident, source, target in flows:
            if source in column and target not in column:
                column[target] = column[source] + 1
    rows: dict[int, int] = {}
    shapes, centres = "", {}
    for ident, number in column.items():
        kind = re.search(rf'<bpmn:(\w+) id="{ident}"', xml)[1]  # type: ignore[index]
        width, height = (100, 80) if kind.endswith("Task") else (50, 50) if kind.endswith("Gateway") else (36, 36)
        x, y = 160 + 170 * number, 200 + 150 * rows.get(number, 0)
        rows[number] = rows.get(number, 0) + 1
        centres[ident] = (x, y, width)
        bounds = f'<dc:Bounds x="{x - width // 2}" y="{y - height // 2}" width="{width}" height="{height}"/>'
        shapes += f'<bpmndi:BPMNShape id="{ident}_di" bpmnElement="{ident}">{bounds}</bpmndi:BPMNShape>'
    for ident, source, target in flows:
        (x, y, width), (to_x, to_y, to_width) = centres[source], centres[target]
        points = f'<di:waypoint x="{x + width // 2}" y="{y}"/><di:waypoint x="{to_x - to_width // 2}" y="{to_y}"/>'
        shapes += f'<bpmndi:BPMNEdge id="{ident}_di" bpmnElement="{ident}">{points}</bpmndi:BPMNEdge>'
    plane = f'<bpmndi:BPMNPlane id="plane" bpmnElement="{key}">{shapes}</bpmndi:BPMNPlane>'
    plane = f'<bpmndi:BPMNDiagram id="diagram">{plane}</bpmndi:BPMNDiagram>'
    di = 'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="defs"'
    return xml.replace('id="defs"', di, 1).replace("</bpmn:definitions>", f"{plane}</bpmn:definitions>")
