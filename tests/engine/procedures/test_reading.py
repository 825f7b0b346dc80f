"""Reading folders and files: everything wrong at once, nothing that is not allowed, and one fingerprint for one content."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from engine.procedures import BadBundle, check, fingerprint, line, pack, read_files, read_folder, unpack
from tests.engine.flow.drawing import Drawing

from .sample import ACTIONS, SHEET, STORY, TEXTS, bundle, drawing, files, form, question


def lay(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def found(contents: dict[str, bytes]) -> dict[str, str]:
    with pytest.raises(BadBundle) as caught:
        read_files(contents)
    for each in caught.value.findings:
        assert "{" not in line(each), line(each)
    return {each.code: each.place for each in caught.value.findings}


def test_a_folder_and_its_files_are_the_same_bundle(tmp_path: Path) -> None:
    folder = lay(tmp_path / "stall", files())
    assert read_folder(folder).fingerprint == bundle().fingerprint
    assert dict(read_folder(folder).files) == files()


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    folder = lay(tmp_path / "stall", {**files(), ".DS_Store": b"x", ".git/config": b"x"})
    assert read_folder(folder).fingerprint == bundle().fingerprint


def test_the_fingerprint_does_not_depend_on_order_and_depends_on_every_byte() -> None:
    contents = files()
    assert fingerprint(dict(reversed(contents.items()))) == fingerprint(contents)
    for name in contents:
        assert fingerprint({**contents, name: contents[name] + b" "}) != fingerprint(contents)
    assert fingerprint({"a": b"bc"}) != fingerprint({"ab": b"c"})
    assert fingerprint({"a": b"", "b": b""}) != fingerprint({"a": b""})


def test_the_fingerprint_is_what_it_says() -> None:
    expected = hashlib.sha256(b"loket-bundle/1\n" + b"1 2 a\nxy" + b"1 0 b\n").hexdigest()
    assert fingerprint({"b": b"", "a": b"xy"}) == expected


def test_packing_is_deterministic_and_comes_back() -> None:
    contents = files()
    assert pack(contents) == pack(dict(reversed(contents.items())))
    assert unpack(pack(contents)) == contents


def test_everything_is_read_and_typed() -> None:
    read = bundle()
    assert (read.key, read.days, read.about.register.format) == ("stall", 5, "503/{n:04}/{year}")
    assert (list(read.forms), list(read.decisions), read.process.key) == (["application", "verify"], ["fee"], "stall")
    assert read.letter("permit", "en").startswith("subject")
    assert read.texts["en"]["desks"] == {"applicant": "word", "verifikator": "word"}
    assert read.stories["straight"]["title"] == "Langsung"
    assert [channel.kind for channel in read.about.channels] == ["online"]


def test_days_depend_on_the_answers() -> None:
    assert bundle().days_for({"application": {"area": 1}}) == 2
    assert bundle().days_for({"application": {"area": 3}}) == 5
    assert bundle().days_for({}) == 5


def test_a_decision_is_made_by_its_id() -> None:
    decided = bundle().decide("fee", {"application": {"area": 3}})
    assert (decided.value, [row.number for row in decided.fired]) == (25000, [2])


@pytest.mark.parametrize(
    "name",
    [
        "run.py",
        "forms/x.py",
        "process2.bpmn",
        "letters/permit.de.md",
        "forms/../x.json",
        "/etc/passwd",
        "stories/x.sh",
        "lib.so",
        "forms/a/b.json",
        "forms/-x.json",
    ],
)
def test_a_bundle_has_no_place_for_other_files(name: str) -> None:
    assert found({**files(), name: b"{}"}) == {"bundle.not_allowed": name}


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    folder = lay(tmp_path / "stall", files(**{"texts/en.toml": None}))
    (folder / "texts/en.toml").symlink_to(secret)
    with pytest.raises(BadBundle) as caught:
        read_folder(folder)
    assert "bundle.link" in {each.code for each in caught.value.findings}
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", ["procedure.toml", "process.bpmn", "texts/id.toml", "texts/en.toml"])
def test_a_needed_file_that_is_missing_is_named(name: str) -> None:
    assert found(files(**{name: None}))["bundle.missing"] == name


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadBundle, match="no folder"):
        read_folder(tmp_path / "none")


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"procedure.toml": "= nothing"}, "bundle.not_toml", "procedure.toml"),
        ({"procedure.toml": b"\xff"}, "bundle.not_toml", "procedure.toml"),
        ({"procedure.toml": SHEET + 'colour = "red"\n'}, "bundle.unknown_key", "procedure.toml#/colour"),
        ({"procedure.toml": SHEET.replace('owner = "verifikator"\n', "")}, "bundle.missing_key", "procedure.toml#"),
        ({"procedure.toml": SHEET.replace(', en = "Stall permit"', "")}, "bundle.language", "procedure.toml#/name"),
        ({"procedure.toml": SHEET.replace(', en = "Stall permit"', ', en = " \u00a0"')}, "bundle.language", "procedure.toml#/name"),
        ({"procedure.toml": SHEET.replace("days = 5", "days = 0")}, "bundle.value", "procedure.toml#/time/days"),
        ({"procedure.toml": SHEET.replace("from = 2026-01-02", 'from = "2026-99-02"')}, "bundle.value", "procedure.toml"),
        ({"procedure.toml": SHEET.replace('key = "stall"\nowner', 'key = "stal"\nowner')}, "bundle.process_key", "procedure.toml"),
        ({"texts/id.toml": TEXTS + "[colours]\nred = 'x'\n"}, "bundle.unknown_key", "texts/id.toml#/colours"),
        ({"stories/straight.toml": STORY + 'wait = "3 days"\n'}, "bundle.one_of", "stories/straight.toml#/steps/0"),
        ({"forms/verify.json": "{"}, "form.json", "forms/verify.json#"),
        ({"forms/verify.json": form("verfy", question("result", "text"))}, "bundle.form_key", "forms/verify.json#/key"),
        ({"decisions/fee.dmn": "<x"}, "dmn.unreadable", "decisions/fee.dmn#"),
        ({"letters/permit.id.md": b"\xff\xfe"}, "bundle.not_utf8", "letters/permit.id.md"),
        ({"process.bpmn": drawing().add("complexGateway", "x").bytes()}, "process.unsupported", "process.bpmn#x"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(change: dict[str, bytes | str], code: str, place: str) -> None:
    assert found(files(**change)).get(code, "").startswith(place)


def test_two_tables_with_one_id_are_refused() -> None:
    contents = files()
    assert "bundle.decision_twice" in found({**contents, "decisions/more.dmn": contents["decisions/fee.dmn"]})


def test_everything_wrong_in_every_file_is_told_at_once() -> None:
    codes = found(files(**{"procedure.toml": "x", "forms/verify.json": "{", "process.bpmn": "<", "evil.py": "x"}))
    assert {"bundle.not_toml", "form.json", "process.not_xml", "bundle.not_allowed"} <= set(codes)


def shared(tmp_path: Path) -> Path:
    """A procedure that takes a group, a group in it, a part and a letter from `_shared`."""
    part = Drawing("payment").start("pay_begin").service("bill", "charge", letter="bill").end("paid").chain("pay_begin", "bill", "paid")
    pen = drawing().call("paying", "payment")
    pen.parts = [item.replace('targetRef="verify"', 'targetRef="paying"') for item in pen.parts]
    contents = files(
        **{
            "process.bpmn": pen.flow("paying", "verify").bytes(),
            "forms/application.json": form("application", question("area", "number"), {"include": "identity"}),
        }
    )
    group = b'{"format": "loket-fields/1", "fields": [{"include": "papers"}]}'
    papers = b'{"format": "loket-fields/1", "fields": [%b]}' % _json(question("ktp", "file", types=["pdf"], max_mb=2))
    lay(
        tmp_path / "_shared",
        {
            "forms/identity.json": group,
            "forms/papers.json": papers,
            "forms/unused.json": group,
            "parts/payment.bpmn": part.bytes(),
            "letters/bill.id.md": b"a",
            "letters/bill.en.md": b"b",
        },
    )
    return lay(tmp_path / "stall", contents)


def _json(tree: object) -> bytes:
    import json

    return json.dumps(tree).encode()


def test_what_is_shared_is_frozen_into_the_bundle(tmp_path: Path) -> None:
    read = read_folder(shared(tmp_path))
    assert {name for name in read.files if name.startswith("shared/")} == {
        "shared/forms/identity.json",
        "shared/forms/papers.json",
        "shared/parts/payment.bpmn",
        "shared/letters/bill.id.md",
        "shared/letters/bill.en.md",
    }
    assert [each.name for each in read.requirements("id")] == ["ktp"]
    assert "bill" in read.process.steps
    assert read.letter("bill", "en") == "b"
    assert read_files(read.files).fingerprint == read.fingerprint


def test_a_change_in_shared_changes_the_fingerprint(tmp_path: Path) -> None:
    folder = shared(tmp_path)
    before = read_folder(folder).fingerprint
    (tmp_path / "_shared/letters/bill.id.md").write_bytes(b"c")
    assert read_folder(folder).fingerprint != before


def test_the_public_page_is_derived() -> None:
    read = bundle()
    (paper,) = read.requirements("en")
    assert (paper.path, paper.name, paper.always) == ("ktp", "ktp", True)
    assert [(step.key, step.name, step.desks, step.days, step.clock) for step in read.steps("en")] == [
        ("application", "word", ("word",), None, "applicant"),
        ("verify", "word", ("word",), 1, "office"),
    ]


def test_a_paper_that_depends_on_answers_is_not_always_needed() -> None:
    asked = form(
        "application", question("area", "number"), question("ktp", "file", types=["pdf"], max_mb=2, show_when="application.area > 2")
    )
    (paper,) = bundle(**{"forms/application.json": asked}).requirements("id")
    assert paper.always is False


def test_photos_and_several_files_are_papers_too() -> None:
    asked = form(
        "application", question("area", "number"), question("stnk", "files", types=["pdf"], min=1, max=3), question("pasfoto", "photo")
    )
    assert [paper.path for paper in bundle(**{"forms/application.json": asked}).requirements("id")] == ["stnk", "pasfoto"]


DAMAGE = (
    b"{",
    b"}",
    b'"',
    b"null",
    b"[]",
    b"1e999",
    b"-1",
    b"[[",
    b"= ",
    b"\n",
    b"\xff",
    b"x" * 50,
    b"2026-13-01",
    b"9" * 20,
    b"<",
    b"&x;",
)


def damage(contents: dict[str, bytes], rnd: random.Random) -> dict[str, bytes]:
    name = rnd.choice(sorted(each for each in contents if not each.startswith("letters/")))
    data = bytearray(contents[name])
    begin = rnd.randrange(len(data) + 1)
    data[begin : begin + rnd.choice([0, 1, 3, 20])] = rnd.choice(DAMAGE)
    return {**contents, name: bytes(data)}


@pytest.mark.parametrize("batch", range(5))
def test_a_damaged_file_gives_findings_and_never_a_crash(batch: int) -> None:
    refused = 0
    for seed in range(batch * 60, batch * 60 + 60):
        try:
            read = read_files(damage(files(), random.Random(seed)))
        except BadBundle as bad:
            refused += 1
            told = [line(each) for each in bad.findings]
        else:
            told = [line(each) for each in check(read, actions=ACTIONS)]
            read.days_for({})
        assert all(told)
    assert refused > 30
