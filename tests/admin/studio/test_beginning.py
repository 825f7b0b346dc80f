"""An empty draft, forms that begin like ready ones, names of steps in English, and what the draft's page says comes next."""

from __future__ import annotations

import json
import re
from datetime import datetime

import forms
from engine import actions, procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Session, Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor

NAMES = {"name_id": "Izin kios", "name_en": "Kiosk permit"}
STUDIO = "/admin/studio"


def test_an_empty_draft_lacks_only_what_is_drawn_and_asked(session: Session, now: datetime) -> None:
    procedures.new_procedure(session, "kios", {"id": "Izin “kios” & lapak", "en": "Kiosk"}, empty=True, by="rina", at=now)
    files = procedures.draft_files(session, "kios")
    assert {name.partition("/")[0] for name in files} == {"procedure.toml", "process.bpmn", "letters", "texts"}
    assert 'name="Izin “kios” &amp; lapak"' in files["process.bpmn"].decode()
    found = procedures.draft_findings(session, "kios", actions=actions.actions())
    assert {each.place.partition("#")[0] for each in procedures.stopping(found)} == {"process.bpmn"}


def test_the_studio_begins_from_nothing_and_says_what_comes_next(boss: Visitor, app_store: Store) -> None:
    assert boss.send(f"{STUDIO}/new", {**NAMES, "key": "kios", "begin": "empty"}, page=f"{STUDIO}/new").status_code == 303
    page = boss.get(f"{STUDIO}/kios/?lang=en").text
    here = re.search(r'aria-current="step">.*?</li>', page, re.S)
    assert here is not None
    assert "Build the forms" in here[0] and "comes next" in here[0]
    form = {**NAMES, "key": "periksa", "like": "verify"}
    assert boss.send(f"{STUDIO}/kios/forms/new", form, page=f"{STUDIO}/kios/forms/new").status_code == 303
    with app_store.reading() as db:
        made = json.loads(procedures.draft_file(db, "kios", "forms/periksa.json")[0])
    assert (made["key"], made["title"]["en"]) == ("periksa", "Kiosk permit")
    assert made["pages"][0]["fields"][1]["show_when"] == 'periksa.result = "return"'


def test_every_ready_form_can_be_read_under_any_key() -> None:
    for ready in procedures.ready_forms():
        made = procedures.ready_form(ready, "lain", {"id": "Lain", "en": "Other"})
        assert forms.read(json.dumps(made).encode()).key == "lain"


def test_a_form_is_added_from_the_drawing_and_offered_at_once(send: Send, draft: str, rina: Person) -> None:
    title = {"id": "Telaah", "en": "Review"}
    assert send("POST", f"{STUDIO}/reklame/process/forms", {"key": "telaah", "like": "review", "title": title}).status_code == 200
    assert send("POST", f"{STUDIO}/reklame/process/forms", {"key": "telaah", "like": "", "title": title}).status_code == 412
    for wrong in ({"key": "../x", "title": title}, {"key": "lain", "title": {}}, {"key": "lain", "like": "none", "title": title}, []):
        assert send("POST", f"{STUDIO}/reklame/process/forms", wrong).status_code == 422, wrong
    known = send("GET", f"{STUDIO}/reklame/process/known").json
    (form,) = (one for one in known["forms"] if one["key"] == "telaah")
    assert [one["key"] for one in form["fields"]] == ["result", "reason"]
    assert {one["key"]: one["title"] for one in known["tables"]}["tax"]


def test_a_step_is_called_in_english_where_somebody_said_how(send: Send, bundle: Bundle, draft: str, app_store: Store) -> None:
    words = {"id": "", "en": "Put initials"}
    assert send("PUT", f"{STUDIO}/reklame/words", {"kind": "names", "key": "initial", "words": words}).status_code == 200
    with app_store.reading() as db:
        made = procedures.draft_bundle(db, "reklame")
        assert procedures.draft_findings(db, "reklame") == ()
    assert (made.step_name("initial", "id"), made.step_name("initial", "en")) == ("Paraf konsep", "Put initials")
    (step,) = (each for each in procedures.plain_text(made) if each.id == "initial")
    assert step.title == {"id": "Paraf konsep", "en": "Paraf konsep (Put initials)"}
