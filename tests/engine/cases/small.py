"""A stall permit, as small as a procedure can be and still do everything; each test draws the diagram it is about."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from engine.procedures import Bundle, read_files
from engine.store import Store
from tests.engine.cases.scene import Scene, office
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import SHEET, TABLE, form, question, words

TEXTS = "[steps]\napplication = '{0}'\nverify = '{0}'\n[status]\nverify = '{0}'\n[desks]\napplicant = '{0}'\n" + "".join(
    f"{desk} = '{desk}'\n" for desk in ("verifikator", "kabid", "bendahara", "kepala_dinas")
)
PAID_SHEET = SHEET.replace('["ktp"]', '["area"]')
FREE_SHEET = "\n".join('fee = {kind = "none"}' if line.startswith("fee = ") else line for line in PAID_SHEET.splitlines())
LETTER = b"# Izin\n\nNomor {{ document.number }}\n"
NOTICE = b"subject: {{ case.number }}\n\nYth. {{ applicant.name }}, perkara {{ case.number }}."
STORY = """title = "Begun"
start = 2026-06-02T09:00:00+07:00
[people.sari]
name = "Sari"
desks = ["applicant"]
[[steps]]
as = "sari"
task = "application"
"""
YES_NO = [{"value": "yes", "label": words("y")}, {"value": "no", "label": words("n")}]


def choice(key: str) -> bytes:
    """A form with one question: yes or no."""
    return form(key, question("result", "choice", choices=YES_NO))


def straight() -> Drawing:
    """application, receive, verify, then issued or refused."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def stall(pen: Drawing | None = None, **changes: bytes | str | None) -> Bundle:
    """The bundle with this diagram; a change by file name, None takes a file away."""
    made: dict[str, bytes | str | None] = {
        "procedure.toml": FREE_SHEET if pen is None or 'type="charge"' not in "".join(pen.parts) else PAID_SHEET,
        "process.bpmn": (pen or straight()).bytes(),
        "forms/application.json": form("application", question("area", "number")),
        "forms/verify.json": choice("verify"),
        "decisions/fee.dmn": TABLE,
        "stories/begun.toml": STORY,
        "texts/id.toml": TEXTS.format("kata"),
        "texts/en.toml": TEXTS.format("word"),
    }
    for lang in ("id", "en"):
        made |= {f"letters/{name}.{lang}.md": LETTER for name in ("permit", "refusal")} | {f"letters/notice-no.{lang}.md": NOTICE}
    made |= changes
    return read_files({name: data.encode() if isinstance(data, str) else data for name, data in made.items() if data is not None})


@cache
def plain_stall() -> Bundle:
    return stall()


def stall_case(store: Store, folder: Path, bundle: Bundle | None = None, **change: Any) -> Scene:
    """An office with the stall permit and an open draft of Sari's."""
    scene = office(store, folder, bundle or plain_stall(), **change)
    scene.open("sari")
    return scene


def begun_with_timer() -> Drawing:
    """application, receive, two working days, verify."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.timer("two_days", "= working days(2)").user("verify", desk="verifikator", days="1", public="verify").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "two_days", "verify", "ok").chain("issue", "issued")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "refused", ident="is_refused")


def with_every_kind_of_file() -> dict[str, bytes]:
    """The stall permit with at least one file of each kind that a bundle may hold, sound enough to be published."""
    pen = (
        Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="shared")
    )
    pen.rule("price", "fee", "fee").service("charge", "charge", amount="= fee", title="stall").call("looked", "look")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("settle", "settle", confirm="verify").service("issue", "issue", letter="permit").service("tell", "notify", notice="no")
    pen.end("issued").end("refused").chain("begin", "application", "receive", "price", "charge", "looked", "verify", "ok")
    pen.chain("settle", "issue", "issued").chain("tell", "refused")
    pen.flow("ok", "settle", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")
    look = (
        Drawing("look")
        .start("look_begin")
        .user("seen", "look", desk="kabid", days="1")
        .end("look_end")
        .chain("look_begin", "seen", "look_end")
    )
    street = question("street", "lookup", list="streets")
    group = {"format": "loket-fields/1", "title": words("person"), "fields": [question("who", "text")]}
    page = {"key": "one", "title": words("x"), "fields": [question("area", "number"), street, {"include": "person"}]}
    asked = {"format": "loket-form/1", "key": "application", "title": words("x"), "pages": [page]}
    more = {f"shared/letters/notice-shared.{lang}.md": NOTICE for lang in ("id", "en")}
    made = stall(
        pen,
        **{
            "forms/application.json": json.dumps(asked),
            "forms/look.json": choice("look"),
            "lists/streets.csv": "value,id,en\nmawar,Mawar,Rose Street\n",
            "decisions/fee.tests.toml": '[[tests]]\ntable = "fee"\ngiven = {"application.area" = 3}\nexpect = 25000\n',
            "shared/forms/person.json": json.dumps(group),
            "shared/parts/look.bpmn": look.bytes(),
            "README.md": "# Lapak\n",
            "stories/begun.toml": STORY + 'answers = {area = "3", street = "mawar", who = "Sari"}\n',
            **more,
        },
    )
    return dict(made.files)
