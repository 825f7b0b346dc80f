"""The designer over HTTP: its page, checks of a drawing that is not saved, texts beside it, the procedure as plain text."""

from __future__ import annotations

import json
import re

from admin.studio.drawn_words import DRAWN
from admin.studio.words import WORDS
from engine import procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

STUDIO = "/admin/studio/reklame"
SAID = re.compile(r"(?<![\w.])(?:store\.)?t\('((?:[^'\\]|\\.)*)'")


def test_the_designers_page_brings_what_its_panel_offers(boss: Visitor, draft: str) -> None:
    page = boss.get(f"{STUDIO}/process/").text
    data = json.loads(re.search(r'id="designer-data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["xml"].startswith("<?xml") and data["rev"] == 1
    assert {"applicant", "verifikator"} <= {each["key"] for each in data["desks"]}
    assert {field["key"] for form in data["forms"] if form["key"] == "application" for field in form["fields"]} >= {"kelas", "isi_naskah"}
    assert {each["key"]: [one["key"] for one in each["results"]] for each in data["tables"]}["tax"]
    assert {each["key"] for each in data["actions"]} >= {"receive", "issue", "notify"}
    assert data["keeping"]["lapsed"] == 2 and "notice-lapsed" in data["letters"]
    assert boss.get("/admin/studio/nothing/process/").status_code == 404


def test_a_drawing_is_checked_before_it_is_saved(send: Send, bundle: Bundle, app_store: Store) -> None:
    xml = bundle.files["process.bpmn"].decode()
    fine = send("POST", f"{STUDIO}/process/check", {"xml": xml, "conditions": ['verify.result = "complete"', "1 +"]}).json
    assert fine["findings"] == []
    assert fine["rows"]['verify.result = "complete"']["rows"] == [{"field": "verify.result", "operator": "=", "value": "complete"}]
    assert not fine["rows"]["1 +"]["fits"]
    body = {"xml": xml.replace('candidateGroups="kabid"', ""), "conditions": []}
    (wrong,) = send("POST", f"{STUDIO}/process/check", body).json["findings"]
    assert (wrong["place"], wrong["level"]) == ("process.bpmn#initial", "error")
    assert "Paraf konsep" in wrong["text"] and wrong["href"].endswith("/process/#initial")
    assert send("POST", f"{STUDIO}/process/check", {"xml": 1}).status_code == 400
    assert send("POST", f"{STUDIO}/process/check", {"xml": "<no", "conditions": []}).json["findings"][0]["code"] == "process.not_xml"
    with app_store.reading() as db:
        assert procedures.draft_of(db, "reklame").rev == 1


def test_texts_beside_the_drawing_are_written_and_the_file_keeps_its_comments(send: Send, app_store: Store) -> None:
    words = {"id": "Periksa dua kali.", "en": "Check twice."}
    answer = send("PUT", f"{STUDIO}/words", {"kind": "instructions", "key": "verify", "words": words}).json
    assert answer["texts"]["en"]["instructions"] == {"verify": "Check twice."}
    assert send("PUT", f"{STUDIO}/words", {"end": "lapsed", "years": 7}).json["keeping"]["lapsed"] == 7
    bad = ({"kind": "code", "key": "a", "words": words}, {"kind": "steps", "key": "../a", "words": words}, {"end": "x", "years": True})
    for wrong in ({}, *bad):
        assert send("PUT", f"{STUDIO}/words", wrong).status_code == 422, wrong
    with app_store.reading() as db:
        files = procedures.draft_files(db, "reklame")
        assert procedures.draft_findings(db, "reklame") == ()
    assert files["texts/en.toml"].startswith(b"# Words") and b'lapsed = "P7Y"' in files["procedure.toml"]
    send("PUT", f"{STUDIO}/words", {"kind": "instructions", "key": "verify", "words": {}})
    with app_store.reading() as db:
        assert b"Check twice" not in procedures.draft_file(db, "reklame", "texts/en.toml")[0]


def test_a_draft_and_a_version_can_be_read_as_plain_text(boss: Visitor, send: Send) -> None:
    page = boss.get(f"{STUDIO}/plain?in=en").text
    assert "Within 1 working day." in page and "when Class of advertisement" in page
    assert "Dalam 1 hari kerja." in boss.get(f"{STUDIO}/plain?in=id").text
    send("PUT", f"{STUDIO}/files/process.bpmn", b"<no", rev=1)
    assert "not a readable XML" in boss.get(f"{STUDIO}/plain?in=en").text


def test_everything_the_designers_script_says_is_in_the_catalogues() -> None:
    said: set[str] = set()
    for path in (ROOT / "frontend" / "src" / "procedure-designer").glob("*.js*"):
        text = path.read_text("utf-8")
        said |= set(SAID.findall(text)) | set(re.findall(r"word: '([^']+)'", text))
    missing = said - {*WORDS, *DRAWN}
    assert not missing, f"admin/studio/drawn_words.py lacks {sorted(missing)}"
