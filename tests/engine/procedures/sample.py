"""A small procedure for tests: complete, and without findings. Each test changes the one thing it is about."""

from __future__ import annotations

import json
from typing import Any

from engine.procedures import Bundle, read_files
from tests.engine.flow.drawing import Drawing

ACTIONS = {"notify": {}, "issue": {"number": "string"}, "charge": {"amount": "number"}, "settle": {"amount": "number"}}

SHEET = """
format = "loket-procedure/1"
key = "stall"
owner = "verifikator"
applicants = ["person"]
name = {id = "Izin lapak", en = "Stall permit"}
summary = {id = "Untuk berjualan di tepi jalan.", en = "For selling at the roadside."}
category = {key = "street", id = "Jalan", en = "Street"}
channels = [{kind = "online", from = 2026-01-02}]
legal_basis = [{title = "Contoh", sample = true}]
time = {days = 5, days_when = [{when = 'application.area < 2', days = 2}]}
fee = {kind = "retribution", decision = "fee", amount = "fee", simulation = "application"}
register = {key = "stall", format = "503/{n:04}/{year}", restart = "year"}
validity = {until = 'date("2027-01-01")'}
renewal = {opens_days_before = 60, closes_days_after = 0, ask_again = ["ktp"]}
letters = {issued = "permit", refused = "refusal"}
retention = {issued = "P10Y", refused = "P5Y", withdrawn = "P2Y"}
"""

TEXTS = """
[steps]
application = "{0}"
verify = "{0}"
[status]
verify = "{0}"
[desks]
applicant = "{0}"
verifikator = "{0}"
"""

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<inputData id="i" name="application"><variable name="application"/></inputData>
<decision id="fee" name="fee"><variable name="fee" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>application.area</text></inputExpression></input><output/>
<rule id="r1"><inputEntry><text>&lt; 2</text></inputEntry><outputEntry><text>10000</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>&gt;= 2</text></inputEntry><outputEntry><text>25000</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

STORY = """
title = "Langsung"
start = "2026-06-02T09:00:00+07:00"
[people]
sari = { name = "Sari", desks = ["applicant"] }
[[steps]]
as = "sari"
task = "application"
answers = { area = "1,5" }
expect.open = [{ step = "verify", desk = "verifikator", due = 2026-06-03 }]
"""


def words(text: str) -> dict[str, str]:
    return {"id": text, "en": text}


def question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": words(key), "noun": words(key), **more}


def form(key: str, *questions: dict[str, Any]) -> bytes:
    page = {"key": "one", "title": words(key), "fields": list(questions)}
    return json.dumps({"format": "loket-form/1", "key": key, "title": words(key), "pages": [page]}).encode()


def drawing() -> Drawing:
    """application -> fee -> verify -> charged, settled, issued; or refused."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").rule("price", "fee", "fee")
    pen.user("verify", desk="verifikator", days="1", show="application,fee", public="verify", not_same_as="applicant")
    pen.choice("ok", "is_refused").service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end(
        "refused"
    )
    pen.service("charge", "charge", amount="= fee").service("settle", "settle")
    pen.chain("begin", "application", "price", "verify", "ok").chain("charge", "settle", "issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "charge", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def files(**changes: bytes | str | None) -> dict[str, bytes]:
    """The sample's files; a change by name (`_` for `/` is not needed: use ** with the real name), None takes a file away."""
    letters = {f"letters/{name}.{lang}.md": b"subject: x\n\ntext" for name in ("permit", "refusal", "notice-no") for lang in ("id", "en")}
    made: dict[str, bytes | str | None] = {
        "procedure.toml": SHEET,
        "process.bpmn": drawing().bytes(),
        "forms/application.json": form("application", question("area", "number"), question("ktp", "file", types=["pdf"], max_mb=2)),
        "forms/verify.json": form(
            "verify", question("result", "choice", choices=[{"value": "yes", "label": words("y")}, {"value": "no", "label": words("n")}])
        ),
        "decisions/fee.dmn": TABLE,
        "texts/id.toml": TEXTS.format("kata"),
        "texts/en.toml": TEXTS.format("word"),
        "stories/straight.toml": STORY,
        **letters,
        **changes,
    }
    return {name: data.encode() if isinstance(data, str) else data for name, data in made.items() if data is not None}


def bundle(**changes: bytes | str | None) -> Bundle:
    return read_files(files(**changes))
