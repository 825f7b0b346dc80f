"""The studio over HTTP: files with their state, two administrators at once, findings, drawing, conditions, pages, publishing."""

from __future__ import annotations

import json
import re

import pytest

from admin.studio.words import WORDS
from engine import procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

STUDIO = "/admin/studio/reklame"
FILE = "forms/verify.json"


def test_every_page_of_the_studio_opens(boss: Visitor, draft: str) -> None:
    for path in ("", "reklame/", "new", "reklame/copy", "reklame/discard", "reklame/forms/new", "reklame/publish", "reklame/forms/verify/"):
        assert boss.get(f"/admin/studio/{path}").status_code == 200, path
    for path in ("nothing/", "reklame/forms/nothing/", "reklame/files/../procedure.toml", "reklame/files/code.py"):
        assert boss.get(f"/admin/studio/{path}").status_code == 404, path


def test_a_file_is_written_only_in_the_state_it_was_read_in(send: Send, app_store: Store, rina: Person, bundle: Bundle, now) -> None:
    read = send("GET", f"{STUDIO}/files/{FILE}")
    assert (read.data, read.headers["ETag"]) == (bundle.files[FILE], '"1"')
    assert send("PUT", f"{STUDIO}/files/{FILE}", b"{}").status_code == 428
    assert send("PUT", f"{STUDIO}/files/{FILE}", b"{}", rev=1, token="wrong").status_code == 400
    first = send("PUT", f"{STUDIO}/files/{FILE}", b"{}", rev=1)
    assert (first.json, first.headers["ETag"]) == ({"rev": 2}, '"2"')
    second = send("PUT", f"{STUDIO}/files/{FILE}", b'{"mine": 1}', rev=1)
    assert (second.status_code, second.headers["ETag"], second.json["who"]) == (412, '"2"', "Rina")
    assert "Rina" in second.json["detail"]
    assert send("GET", f"{STUDIO}/files/{FILE}").data == b"{}"
    assert [each["rev"] for each in send("GET", f"{STUDIO}/history/{FILE}").json] == [2, 1]
    assert send("GET", f"{STUDIO}/files/{FILE}?rev=1").data == bundle.files[FILE]
    assert send("PUT", f"{STUDIO}/files/code.py", b"", **{"If-None-Match": "*"}).status_code == 422
    assert send("DELETE", f"{STUDIO}/files/{FILE}", rev=2).json == {"rev": 3}
    assert send("GET", f"{STUDIO}/files/{FILE}").status_code == 404


def test_saving_a_form_keeps_its_layout_and_takes_along_what_it_shares(send: Send, app_store: Store, bundle: Bundle) -> None:
    document = json.loads(bundle.files[FILE])
    assert send("PUT", f"{STUDIO}/documents/{FILE}", document, rev=1).json == {"rev": 1}, "unchanged is no new state"
    document["pages"][0]["fields"].append({"include": "kuasa"})
    document["title"]["en"] = "Verify it"
    assert send("PUT", f"{STUDIO}/documents/{FILE}", document, rev=1).json == {"rev": 2}
    with app_store.reading() as db:
        files = procedures.draft_files(db, "reklame")
    assert b'"Verify it"' in files[FILE]
    assert "shared/forms/kuasa.json" in files
    assert send("PUT", f"{STUDIO}/documents/procedure.toml", document, rev=1).status_code == 422
    assert send("PUT", f"{STUDIO}/documents/{FILE}", b"{", rev=2).status_code == 400


def test_findings_are_told_in_the_readers_language(send: Send) -> None:
    assert send("GET", f"{STUDIO}/findings").json == []
    send("PUT", f"{STUDIO}/files/{FILE}", b"{", rev=1)
    english = send("GET", f"{STUDIO}/findings").json[0]
    assert (english["place"], english["level"]) == (f"{FILE}#", "error")
    assert "not readable JSON" in english["text"]


def test_a_page_is_drawn_as_applicants_get_it_also_half_made(send: Send, bundle: Bundle) -> None:
    document = json.loads(bundle.files["forms/application.json"])
    whole = send("POST", f"{STUDIO}/forms/application/preview", {"document": document, "page": 6, "lang": "en"}).json
    assert whole["problems"] == [] == whole["broken"]
    assert [len(names) for names in whole["items"]] == [6, 3], "a shared group is drawn with all its questions"
    assert "Identity number (NIK)" in whole["html"]
    fields = document["pages"][0]["fields"]
    del fields[0]["label"]["en"], fields[1]["max_length"]
    fields[1]["kind"] = "nonsense"
    fields.append(7)
    half = send("POST", f"{STUDIO}/forms/application/preview", {"document": document, "page": 0, "lang": "en"}).json
    assert "Jenis permohonan" in half["html"], "a text that is missing in one language is shown in the other"
    assert {each["place"].split("#")[1] for each in half["problems"]} >= {"/pages/0/fields/0/label", "/pages/0/fields/1/kind"}
    for nonsense in (None, [], {"pages": [[]]}, {"pages": [{"fields": [{}, {"include": 5}, [1]]}]}):
        answer = send("POST", f"{STUDIO}/forms/application/preview", {"document": nonsense, "page": 0, "lang": "id"})
        assert answer.status_code == 200, answer.text
        assert answer.json["problems"]


def test_conditions_go_there_and_back_and_only_the_server_writes_them(send: Send) -> None:
    text = 'application.kelas in ("insidentil", "permanen_kecil")'
    told = send("POST", f"{STUDIO}/condition", {"text": text}).json
    assert told == {
        "text": text,
        "join": "all",
        "fits": True,
        "rows": [{"field": "application.kelas", "operator": "is one of", "value": ["insidentil", "permanen_kecil"]}],
    }
    assert send("POST", f"{STUDIO}/condition", {"join": "all", "rows": told["rows"]}).json["text"] == text
    assert send("POST", f"{STUDIO}/condition", {"text": "count(application.x) > 1"}).json["fits"] is False
    for wrong in ({}, [], {"join": "all", "rows": [{"field": "a b", "operator": "=", "value": 1}]}, {"join": "x", "rows": []}, {"rows": 1}):
        assert send("POST", f"{STUDIO}/condition", wrong).status_code == 422


@pytest.mark.sql
def test_a_draft_is_begun_changed_tried_and_published_by_pages(boss: Visitor, app_store: Store) -> None:
    names = {"name_id": "Izin kios", "name_en": "Kiosk permit"}
    assert boss.send("/admin/studio/new", {"key": "Kiosk", **names}).status_code == 422
    assert boss.send("/admin/studio/new", {"key": "kiosk", **names}).status_code == 303
    assert "already being changed" in boss.send("/admin/studio/new", {"key": "kiosk", **names}).text
    assert "Kiosk permit" in boss.get("/admin/studio/kiosk/").text
    tried = boss.get("/admin/studio/kiosk/forms/application/try?in=id")
    assert "Nama lengkap" in tried.text
    assert "frame-ancestors 'self'" in tried.headers["Content-Security-Policy"]
    state = {"page": "permohonan", "_state": "{}"}
    where = "/admin/studio/kiosk/forms/application/try?in=id"
    assert boss.send(where, {**state, "_step": "next"}).status_code == 422
    assert "wajib" in boss.send(where, {**state, "_step": "next", "nama": ""}).text
    done = boss.send(where, {**state, "_step": "next", "nama": "Budi"})
    assert (done.status_code, "Budi" in done.text) == (200, True)
    for odd in ("[", "[1]", '{"_files": [1, {"file": 3}], "nama": {"x": 1}}', "9" * 600_000):
        assert boss.send(where, {"page": "permohonan", "_state": odd, "_step": "sample"}).status_code == 200
    answer = boss.send("/admin/studio/kiosk/publish", {"note": "the first"})
    assert answer.status_code == 303, answer.text
    with app_store.reading() as db:
        assert [each.procedure_key for each in procedures.catalogue(db)] == ["kiosk"]
    assert boss.send("/admin/studio/kiosk/begin", {}).status_code == 303
    assert boss.send("/admin/studio/kiosk/discard", {}).status_code == 303
    assert boss.get("/admin/studio/kiosk/").status_code == 404


def test_nobody_but_administrators_comes_in(visitor: Visitor, sari: Person, draft: str) -> None:
    visitor.sign_in("sari@example.org")
    for path in ("", "reklame/", "reklame/forms/verify/", "reklame/findings", f"reklame/files/{FILE}"):
        assert visitor.get(f"/admin/studio/{path}").status_code == 403, path


def test_every_word_of_the_script_has_a_translation() -> None:
    said = set()
    for path in (ROOT / "frontend" / "src" / "form-builder").glob("*.js*"):
        said |= set(re.findall(r"(?<![\w.])(?:store\.)?t\('((?:[^'\\]|\\.)*)'", path.read_text("utf-8")))
    assert said == set(WORDS), "admin/studio/words.py must hold exactly what the builder's script says in t('…')"
