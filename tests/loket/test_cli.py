"""The command line: what it does, what it refuses, and that it ends as it says."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from sqlalchemy import select

import forms
from engine import people
from engine.timeline import Event
from loket.cli import run
from loket.demo import WORKFLOWS
from loket.hands import open_hands
from loket.settings import settings_here

REKLAME = WORKFLOWS / "reklame"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty office in a folder of its own."""
    for name in ("PORT", "DATABASE", "KEY", "DEMO", "LOG"):
        monkeypatch.delenv(f"LOKET_{name}", raising=False)
    monkeypatch.setenv("LOKET_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_wrong_settings_end_with_sentences(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LOKET_PORT", "eighty")
    monkeypatch.setenv("LOKET_ZONE", "Mars")
    assert run(["migrate"]) == 1
    assert [line.split(" is ")[0] for line in capsys.readouterr().err.splitlines()[:2]] == ["LOKET_PORT", "LOKET_ZONE"]


def test_migrate_makes_the_tables_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["migrate"]) == 0
    assert run(["migrate"]) == 0
    assert capsys.readouterr().out == "The database is up to date.\nThere was nothing to do.\n"


def test_a_database_that_cannot_be_reached_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOKET_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing")
    assert run(["migrate"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The database cannot be used: ")
    assert "LOKET_DATABASE" in told


def test_the_first_administrator_is_made_with_a_password_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["administrator", "Ratna Puspita", "ratna@contoh.test"]) == 0
    password = capsys.readouterr().out.splitlines()[-1]
    hands = open_hands(settings_here())
    with hands.store.unit() as session:
        person = people.check_password(session, "ratna@contoh.test", password, at=hands.now())
        assert people.ADMINISTRATOR in person.desks
    hands.store.close()


def test_the_same_login_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["administrator", "Ratna Puspita", "ratna@contoh.test"]) == 0
    assert run(["administrator", "Ratna Puspita", "ratna@contoh.test"]) == 1
    assert "already an account" in capsys.readouterr().err


def test_a_good_permit_has_nothing_to_find(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(REKLAME)]) == 0
    assert "nothing is wrong" in capsys.readouterr().out


def test_a_broken_permit_is_told_with_file_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = shutil.copytree(REKLAME, tmp_path / "workflows" / "reklame")
    shutil.copytree(WORKFLOWS / "_shared", tmp_path / "workflows" / "_shared")
    diagram = broken / "process.bpmn"
    diagram.write_text(diagram.read_text().replace("verify.result", "verify.rseult"))
    assert run(["check", str(broken)]) == 1
    assert f"{broken}/process.bpmn#" in capsys.readouterr().out


def with_two_stories(tmp_path: Path, fee: str = "3_325_000") -> Path:
    """Reklame with two of its stories, of which one expects this fee."""
    folder = shutil.copytree(REKLAME, tmp_path / "workflows" / "reklame")
    shutil.copytree(WORKFLOWS / "_shared", tmp_path / "workflows" / "_shared")
    story = folder / "stories" / "tax_ten_banners.toml"
    for other in (folder / "stories").iterdir():
        if other.stem not in ("small_insidentil_without_survey", story.stem):
            other.unlink()
    story.write_text(story.read_text().replace("expect.fee = 3_325_000", f"expect.fee = {fee}"))
    return folder


def test_publishing_plays_the_stories_and_twice_gives_one_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = with_two_stories(tmp_path)
    assert run(["publish", str(folder)]) == 1
    assert "loket administrator" in capsys.readouterr().err
    assert run(["administrator", "Ratna Puspita", "ratna@contoh.test"]) == 0
    assert run(["publish", str(folder)]) == 0
    assert run(["publish", str(folder), "--by", "ratna@contoh.test"]) == 0
    out = capsys.readouterr().out
    assert out.count("reklame: version 1 ") == 2
    assert out.count("as told  ") == 2  # what is offered already is not played again


def test_a_folder_whose_story_does_not_go_as_told_is_published_only_if_asked_for_and_the_event_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_two_stories(tmp_path, fee="3_325_001")
    assert run(["administrator", "Ratna Puspita", "ratna@contoh.test"]) == 0
    assert run(["publish", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "NOT AS TOLD" in out
    assert "--without-stories" in out
    assert "version 1" not in out
    assert run(["publish", str(folder), "--without-stories"]) == 0
    hands = open_hands(settings_here())
    with hands.store.reading() as session:
        (event,) = session.scalars(select(Event).where(Event.what == "procedure.published"))
        assert event.facts["untold"] is True
    hands.store.close()


def test_only_an_administrator_publishes(capsys: pytest.CaptureFixture[str]) -> None:
    hands = open_hands(settings_here())
    assert run(["migrate"]) == 0
    with hands.store.unit() as session:
        people.sign_up(session, name="Budi", phone="081234567890", email=None, password="kopi tubruk enak", at=hands.now())
    hands.store.close()
    assert run(["publish", str(REKLAME), "--by", "081234567890"]) == 1


def test_a_port_that_is_taken_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("LOKET_PORT", str(port))
        assert run(["serve"]) == 1
    assert f"LOKET_PORT={port + 1}" in capsys.readouterr().err


def test_a_database_of_before_is_not_changed_unasked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    hands = open_hands(settings_here())
    with hands.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE person (id TEXT)")
    hands.store.close()
    assert run(["serve"]) == 1
    assert "loket migrate" in capsys.readouterr().err


def test_a_diagram_alone_is_checked_and_refused_by_element(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diagram = (REKLAME / "process.bpmn").read_text()
    good, bad = tmp_path / "good.bpmn", tmp_path / "bad.bpmn"
    good.write_text(diagram)
    bad.write_text(diagram.replace("exclusiveGateway", "complexGateway"))
    assert run(["check", str(good)]) == 0
    assert capsys.readouterr().out == f"{good}: nothing is wrong\n"
    assert run(["check", str(bad), str(tmp_path / "none.bpmn")]) == 1
    told = capsys.readouterr().out
    assert f"{bad}#" in told
    assert "complexGateway is not supported" in told
    assert "No such file" in told


def test_findings_are_said_in_the_language_that_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = shutil.copytree(REKLAME, tmp_path / "workflows" / "reklame")
    shutil.copytree(WORKFLOWS / "_shared", tmp_path / "workflows" / "_shared")
    diagram = broken / "process.bpmn"
    diagram.write_text(diagram.read_text().replace('= verify.result = "refuse"', '= approve.result = "reject"'))
    assert run(["check", str(broken), "--lang", "id"]) == 1
    told = capsys.readouterr().out
    assert "membaca approve.result, yang baru ada sesudah “Putuskan izin”" in told
    assert "pilihan pertanyaan itu." in told
    assert f"{broken}: 2 temuan" in told
    assert run(["check", str(broken)]) == 1
    assert "reads approve.result, which only “Putuskan izin” gives, later" in capsys.readouterr().out


def test_what_may_be_meant_is_a_warning_and_the_permit_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spare = shutil.copytree(REKLAME, tmp_path / "workflows" / "reklame")
    shutil.copytree(WORKFLOWS / "_shared", tmp_path / "workflows" / "_shared")
    for lang in ("id", "en"):
        (spare / "letters" / f"notice-old.{lang}.md").write_text("subject: x\n\nx\n")
    assert run(["check", str(spare), "--lang", "id"]) == 0
    assert ": peringatan: " in capsys.readouterr().out


def test_a_diagram_alone_that_can_get_stuck_is_told_with_the_way_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diagram = (REKLAME / "process.bpmn").read_text()
    stuck = tmp_path / "stuck.bpmn"
    stuck.write_text(
        diagram.replace('<bpmn:parallelGateway id="review_join">', '<bpmn:exclusiveGateway id="review_join">').replace(
            "</bpmn:parallelGateway>\n      <bpmn:endEvent", "</bpmn:exclusiveGateway>\n      <bpmn:endEvent"
        )
    )
    assert run(["check", str(stuck)]) == 1
    told = capsys.readouterr().out
    assert f"{stuck}#review_join: After " in told
    assert "would be open twice at once" in told
    assert "“Survei titik reklame”" in told


STALL = Path("tests/forms/importing/samples/stall.json")


def test_a_form_of_others_is_written_and_the_report_says_what_became_of_each_part(tmp_path, capsys) -> None:
    target = tmp_path / "application.json"
    assert run(["import-form", str(STALL), "--to", str(target), "--key", "application"]) == 0
    told = capsys.readouterr().out
    assert forms.read(target.read_bytes()).key == "application"
    assert "kept     components/1 “Name of the owner”: asked as “Short text”" in told
    assert "dropped  components/8 “Send”: every page has its own buttons" in told
    assert "the missing Indonesian is marked" in told


def test_a_form_of_others_goes_to_standard_output_without_a_file_to_write(capsys) -> None:
    assert run(["import-form", str(STALL)]) == 0
    said = capsys.readouterr()
    assert forms.read(said.out.encode()).title["en"] == "Stall permit"
    assert "asked as" in said.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"<xml/>", "This is no JSON file"),
        (b"{}", "neither a Camunda form"),
        (b'{"$ref": "https://example.org/form.json"}', "stands in another file (https://example.org/form.json)"),
        (b'{"components": [{"type": "button", "label": "Send"}]}', "components/0 \u201cSend\u201d: every page has its own buttons"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_two(content, said, tmp_path, capsys) -> None:
    file = tmp_path / "what.json"
    if content is not None:
        file.write_bytes(content)
    assert run(["import-form", str(file), "--to", str(tmp_path / "made.json")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "made.json").exists()
