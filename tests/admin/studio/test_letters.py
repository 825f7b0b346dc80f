"""Letters over HTTP: the list, opening and saving without noise, what is wrong at which part, the preview, beginning, renaming, texts."""

from __future__ import annotations

import copy
import html
import io
import json
import re
from typing import Any

import pytest
from pypdf import PdfReader

from admin.studio.letter_words import WORDS
from engine import procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

STUDIO = "/admin/studio/reklame"
PERMIT = f"{STUDIO}/letters/permit"


def opened(boss: Visitor, path: str) -> dict[str, Any]:
    """What the page hands to its script."""
    page = boss.get(f"{path}/").text
    found: dict[str, Any] = json.loads(re.search(r'id="letter-data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    return found


def file(send: Send, name: str) -> str:
    return send("GET", f"{STUDIO}/files/{name}").data.decode()


def part(doc: dict[str, Any], words: str) -> dict[str, Any]:
    """The part of a letter that says these words."""
    return next(one for one in doc["content"] if words in json.dumps(one, ensure_ascii=False))


def paragraph(*nodes: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": one} if isinstance(one, str) else one for one in nodes]
    return {"type": "paragraph", "attrs": {"src": None, "gap": "", "n": None}, "content": content}


def field(path: str, written: str = "") -> dict[str, Any]:
    return {"type": "field", "attrs": {"path": path, "format": written, "otherwise": "", "src": None}}


def gate(tag: str, text: str = "") -> dict[str, Any]:
    return {"type": "gate", "attrs": {"tag": tag, "text": text, "src": None}}


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_every_letter_is_listed_opens_and_is_saved_unchanged(boss: Visitor, send: Send, bundle: Bundle) -> None:
    listed = boss.get(f"{STUDIO}/letters/").text
    for name in bundle.letters:
        path = f"{STUDIO}/letters/{name}"
        assert f'href="{path}/"' in listed
        data = opened(boss, path)
        assert send("PUT", f"{path}/parts", data["parts"], rev=data["rev"]).json == {"rev": 1}, name
        assert file(send, f"letters/{name}.id.md").encode() == bundle.files[f"letters/{name}.id.md"]
    assert "Terbitkan izin" in listed
    assert "outcome issued" in listed or "hasil issued" in listed
    for path in ("letters/nothing/", "letters/no.such/"):
        assert boss.get(f"{STUDIO}/{path}").status_code == 404


def test_a_changed_sentence_is_one_changed_line(boss: Visitor, send: Send, bundle: Bundle) -> None:
    data = opened(boss, PERMIT)
    parts = copy.deepcopy(data["parts"])
    numbers = next(one for one in parts["en"]["content"] if one["type"] == "numbers")
    numbers["content"][2]["content"][0]["text"] = "keeps the advertisement safe;"
    parts["en"]["content"].insert(
        -1, paragraph("Paid: ", field("tax.amount", "rupiah"), gate("if", "tax.amount > 100"), ", {{ not a field }} *", gate("endif"), ".")
    )
    assert send("PUT", f"{PERMIT}/parts", parts, rev=data["rev"]).json == {"rev": 2}
    before, after = bundle.files["letters/permit.en.md"].decode().split("\n"), file(send, "letters/permit.en.md").split("\n")
    assert [line for line in after if line not in before] == [
        "3. keeps the advertisement safe;",
        'Paid: {{ tax.amount | rupiah }}{% if tax.amount > 100 %}, {{ "{" }}{ not a field }} \\*{% endif %}.',
    ]
    assert [line for line in before if line not in after] == ["3. keeps the advertisement sound, clean and safe;"]
    assert file(send, "letters/permit.id.md").encode() == bundle.files["letters/permit.id.md"]
    assert send("POST", f"{PERMIT}/review", {"document": opened(boss, PERMIT)["parts"]}).json == {"problems": []}


def test_what_is_wrong_is_told_at_its_part(boss: Visitor, send: Send) -> None:
    parts = opened(boss, PERMIT)["parts"]

    def problems(*blocks: Any) -> list[Any]:
        tried = copy.deepcopy(parts)
        tried["id"]["content"] = [tried["id"]["content"][0], *blocks]
        found = send("POST", f"{PERMIT}/review", {"document": tried}).json["problems"]  # type: ignore[index]
        return [(one["lang"], one["part"], one["code"]) for one in found]

    assert problems(paragraph("a"), paragraph(field("application.nothing"))) == [("id", 2, "letter.unknown_field")]
    assert problems(paragraph("a", gate("if", "tax.amount"), "b")) == [("id", 1, "letter.unclosed")]
    assert problems(paragraph("a"), paragraph(gate("if", ""), "b", gate("endif"))) == [("id", 2, "letter.unfinished")]
    raw = {"type": "raw", "attrs": {"src": "{% include 'other' %}", "gap": "", "n": None}}
    assert problems(paragraph("a"), raw) == [("id", 2, "letter.unreadable")]


def test_the_preview_is_the_real_letter_with_sample_answers(boss: Visitor, send: Send) -> None:
    data = opened(boss, PERMIT)
    parts = data["parts"]
    parts["id"]["content"].append(paragraph("Kalimat yang baru untuk ", field("applicant.name"), "."))
    shown = send("POST", f"{PERMIT}/preview", {"document": parts, "lang": "id", "story": ""}).json
    assert shown is not None
    assert all(page.startswith("data:image/png;base64,") for page in shown["pages"])
    paper = boss.post(f"{PERMIT}/paper", data={"document": json.dumps(parts), "in": "id", "story": "", "csrf_token": data["token"]})
    assert paper.headers["Content-Type"] == "application/pdf"
    text = pdf_text(paper.data)
    name = re.search(r"Kalimat yang baru untuk ([A-Z]\w+ \w+)\.", text)
    assert name
    assert text.count(name[1]) > 1
    assert "Donor darah bersama" in text, "the answers are those of the first story"
    assert "PRATINJAU" in text
    assert "CONTOH/SAMPLE" in text
    assert "0000-0000-0000-0000" in text
    notice = opened(boss, f"{STUDIO}/letters/notice-issued")["parts"]
    told = send("POST", f"{STUDIO}/letters/notice-issued/preview", {"document": notice, "lang": "en", "story": ""}).json
    assert told is not None
    assert told["subject"] == "Advertisement permit CONTOH/SAMPLE is issued"
    assert f"Dear {name[1]}," in told["body"]


HOSTILE = (
    "{% for a in (1..100000000) %}{{ a }}{% endfor %}",
    "{% for a in (1..4000) %}{% for b in (1..4000) %}x{% endfor %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% render 'x' %}",
    "{{ applicant.__class__.__mro__ }}",
    "{{ applicant.name.__class__ }}",
    "{{ ''.__class__ }}",
    "{{ case | map: '__class__' }}",
    "{% capture a %}xxxxxxxx{% endcapture %}{% for i in (1..4000) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}",
    '#read("/etc/passwd") #import "@preview/x:1.0.0"',
    "<script>alert(1)</script> ![x](http://example.org/x.png)",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_is_written_can_run(boss: Visitor, send: Send, hostile: str) -> None:
    parts = opened(boss, PERMIT)["parts"]
    parts["en"]["content"] = [parts["en"]["content"][0], {"type": "raw", "attrs": {"src": hostile, "gap": "", "n": None}}]
    answer = send("POST", f"{PERMIT}/preview", {"document": parts, "lang": "en", "story": ""})
    if answer.status_code != 200:
        assert answer.status_code == 422
        assert answer.json["detail"]  # type: ignore[index]
        return
    token = opened(boss, PERMIT)["token"]
    paper = boss.post(f"{PERMIT}/paper", data={"document": json.dumps(parts), "in": "en", "story": "", "csrf_token": token})
    text = pdf_text(paper.data)
    assert "root:" not in text
    assert "<class" not in text
    assert hostile.startswith(("#", "<")) or "{{" in hostile


def both(*parts: Any) -> dict[str, Any]:
    return {lang: {"type": "doc", "content": [{"type": "subject"}, *parts]} for lang in ("id", "en")}


def atom(kind: str, **attrs: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": kind, "attrs": attrs}]}


TREES = (
    [], "x", {}, {"id": {}, "en": {}}, {"id": {"type": "doc", "content": []}}, both({"type": "nothing"}),
    both(atom("field", path="a }}{% x")),
    both(atom("gate", tag="include", text="'x'")), both(atom("code", src="x")), both(atom("field", path="a", format="map: 'x'")),
    both({"type": "frame", "attrs": {"tag": "if", "text": "a %}{% include 'x'"}, "content": [{"type": "paragraph"}]}),
    both({"type": "heading", "content": [{"type": "paragraph"}]}),
)  # fmt: skip


@pytest.mark.parametrize("tree", TREES)
def test_a_tree_that_is_no_letter_is_refused_and_changes_nothing(boss: Visitor, send: Send, bundle: Bundle, tree: Any) -> None:
    assert send("PUT", f"{PERMIT}/parts", tree, rev=1).status_code == 422
    assert send("POST", f"{PERMIT}/preview", {"document": tree, "lang": "id"}).status_code == 422
    assert file(send, "letters/permit.id.md").encode() == bundle.files["letters/permit.id.md"]


def test_of_two_who_write_the_second_is_told_and_strangers_are_kept_out(boss: Visitor, send: Send, sari: Person) -> None:
    data = opened(boss, PERMIT)
    mine = copy.deepcopy(data["parts"])
    mine["id"]["content"].append(paragraph("Satu."))
    assert send("PUT", f"{PERMIT}/parts", mine, rev=data["rev"]).status_code == 200
    theirs = copy.deepcopy(data["parts"])
    theirs["id"]["content"].append(paragraph("Dua."))
    late = send("PUT", f"{PERMIT}/parts", theirs, rev=data["rev"])
    assert (late.status_code, late.json["who"]) == (412, "Rina")  # type: ignore[index]
    assert send("PUT", f"{PERMIT}/parts", theirs).status_code == 428
    assert send("PUT", f"{PERMIT}/parts", theirs, rev=2, token="no").status_code in (400, 403)
    assert "Satu." in file(send, "letters/permit.id.md")
    boss.send("/sign-out", {})
    boss.sign_in("sari@example.org")
    for path in (f"{PERMIT}/", f"{STUDIO}/letters/", f"{STUDIO}/texts/"):
        assert boss.get(path).status_code == 403, path


def test_conditions_are_rows(send: Send) -> None:
    def told(body: Any) -> Any:
        return send("POST", f"{PERMIT}/condition", body).json

    assert told({"text": 'application.kelas == "insidentil"'})["rows"] == [
        {"field": "application.kelas", "operator": "=", "value": "insidentil"}
    ]
    assert told({"text": "a.b or c.d"})["join"] == "any"
    assert told({"text": "a and b or c"})["fits"] is False
    rows = [
        {"field": "tax.amount", "operator": ">=", "value": {"$": "number", "v": "1.5"}},
        {"field": "a.b", "operator": "is empty", "value": None},
    ]
    assert told({"join": "all", "rows": rows})["text"] == "tax.amount >= 1.5 and a.b == nil"
    for bad in ({"join": "all", "rows": []}, {"join": "all", "rows": [{"field": "a }}", "operator": "=", "value": "x"}]},
                {"join": "all", "rows": [{"field": "a", "operator": "=", "value": "%} {% x"}]}, {}, []):  # fmt: skip
        assert send("POST", f"{PERMIT}/condition", bad).status_code == 422


def test_an_empty_draft_gets_usable_letters_by_one_press_each(boss: Visitor, app_store: Store, rina: Person, now: Any, send: Send) -> None:
    with app_store.unit() as db:
        procedures.new_procedure(db, "izin_kios", {"id": "Izin kios", "en": "Kiosk permit"}, by=rina.id, at=now)
    kios = "/admin/studio/izin_kios"
    for start, key, name in (("permit", "surat", "surat"), ("refusal", "tolak", "tolak"), ("request", "lengkapi", "notice-lengkapi"),
                             ("received", "diterima", "notice-diterima"), ("empty", "kosong", "kosong"),
                             ("empty_notice", "pesan", "notice-pesan"),
                             ("sent_back", "", "notice-sent-back"), ("suspended", "", "notice-suspended")):  # fmt: skip
        made = boss.send(f"{kios}/letters/new", {"key": key, "start": start})
        assert (made.status_code, made.headers["Location"]) == (303, f"{kios}/letters/{name}/"), start
        data = opened(boss, f"{kios}/letters/{name}")
        review = send("POST", f"{kios}/letters/{name}/review", {"document": data["parts"]}).json["problems"]  # type: ignore[index]
        assert [one for one in review if one["code"] != "unused.letter"] == [], start
        for lang in ("id", "en"):
            shown = send("POST", f"{kios}/letters/{name}/preview", {"document": data["parts"], "lang": lang, "story": ""})
            assert shown.status_code == 200, (start, shown.json)
    assert boss.send(f"{kios}/letters/new", {"key": "surat", "start": "permit"}).status_code == 422


def test_a_letter_that_is_renamed_is_followed_and_one_that_is_taken_out_is_missed(boss: Visitor, send: Send, app_store: Store) -> None:
    def codes() -> set[str]:
        with app_store.reading() as db:
            return {one.code for one in procedures.draft_findings(db, "reklame")}

    clean = codes()
    assert boss.send(f"{PERMIT}/rename", {"key": "izin"}).status_code == 303
    assert boss.send(f"{STUDIO}/letters/notice-returned/rename", {"key": "kembali"}).status_code == 303
    assert codes() == clean
    assert boss.get(f"{PERMIT}/").status_code == 404
    assert 'issued = "izin"' in file(send, "procedure.toml")
    assert 'value="kembali"' in file(send, "process.bpmn")
    assert boss.send(f"{STUDIO}/letters/izin/rename", {"key": "refusal"}).status_code == 422
    assert boss.send(f"{STUDIO}/letters/izin/remove", {}).status_code == 303
    assert "letter.missing" in codes()


def test_texts_are_changed_on_one_page_without_noise(boss: Visitor, send: Send, bundle: Bundle) -> None:
    page = boss.get(f"{STUDIO}/texts/").text
    assert 'name="desks.verifikator.en"' in page
    rev = re.search(r'name="rev" value="(\d+)"', page)[1]  # type: ignore[index]
    typed = dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    typed = {name: html.unescape(value).strip() for name, value in typed.items()}
    changed = {**typed, "steps.verify.en": "Checking the papers at the desk", "fees.reklame_tax.en": "", "rev": rev}
    assert boss.send(f"{STUDIO}/texts/", changed).status_code == 303
    before, after = bundle.files["texts/en.toml"].decode().split("\n"), file(send, "texts/en.toml").split("\n")
    assert [line for line in after if line not in before] == ['verify = "Checking the papers at the desk"']
    assert [line for line in before if line not in after] == [
        next(line for line in before if line.startswith("verify =")), next(line for line in before if line.startswith("reklame_tax")),
    ]  # fmt: skip
    assert file(send, "texts/id.toml").encode() == bundle.files["texts/id.toml"]
    assert "a language is missing" in boss.get(f"{STUDIO}/texts/").text
    late = boss.send(f"{STUDIO}/texts/", {**changed, "steps.verify.en": "Mine"})
    assert late.status_code == 422
    assert "Rina" in late.text
    assert ">Mine</textarea>" in late.text
    assert boss.send(f"{STUDIO}/texts/", {**changed, "steps.verify.en": "x" * 1001}).status_code == 422


def test_the_script_says_only_words_that_its_page_hands_over() -> None:
    source = ROOT / "frontend" / "src"
    said = set[str]()
    for path in (*(source / "letter-editor").glob("*.js*"), *(source / "studio").glob("*.js*"), source / "form-builder" / "Condition.jsx"):
        said |= set(re.findall(r"(?<![\w.])(?:store\.)?t\('((?:[^'\\]|\\.)*)'", path.read_text("utf-8")))
    assert said == set(WORDS), "admin/studio/letter_words.py must hold exactly what the script says in t('…')"
