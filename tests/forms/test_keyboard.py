"""Every kind of question is answered with the keyboard alone, with JavaScript and without: Tab, Space, arrows, Enter and letters."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image
from werkzeug import Request, Response
from werkzeug.serving import make_server

import forms
from forms import Form, Invalid, Upload
from hall import assets
from tests.fixtures.browser import choose_file
from tests.forms.test_in_a_browser import AT, POLICY, Desk, form_of, question

pytestmark = pytest.mark.browser
FILES = {"file": "ktp.pdf", "files": "denah.pdf", "photo": "lokasi.jpg"}
ROWS: dict[str, Any] = {
    "group": [{"street": "Jalan Veteran"}, {"street": "Jalan Melati"}],
    "table": [{"what": "Meja", "count": "2"}, {"what": "Kursi", "count": "8"}],
}
OTHER = form_of(question("ktp", "text"), question("plan", "text"))
BESIDE = {"application": (OTHER, {"ktp": "Siti", "plan": "Denah"})}
NOW = """() => {
  const at = document.activeElement;
  return { tag: at.localName, type: at.type ?? '', name: at.name ?? '', value: at.value ?? '', checked: Boolean(at.checked),
    question: at.closest('[data-question]')?.dataset.question ?? '', role: at.getAttribute('role') ?? '', files: at.files?.length ?? 0,
    chooses: at.matches('.govuk-file-upload-button'), seen: at.getClientRects().length > 0, html: at.outerHTML.slice(0, 200),
    options: at.options ? [...at.options].map((one) => one.value) : [],
    offered: [...document.forms[0].elements].map((one) => [one.name, one.options ? [...one.options].map((each) => each.value) : null]) };
}"""


class Counter(Desk):
    """The desk behind a real server, so that files arrive too."""

    enctype = "multipart/form-data"

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        with Request(environ) as request:  # closes the files of the body
            return self.answered(request)(environ, start)

    def answered(self, request: Request) -> Response:
        if request.path.startswith("/assets/"):
            file = Path(assets.DIST, request.path.removeprefix("/assets/"))
            return Response(file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
        if request.path == "/regions":
            found = [{"value": code, "label": name} for code, name in forms.regions(request.args.get("parent", ""))]
            return Response(json.dumps(found), content_type="application/json")
        if request.method == "POST":
            self.posted(request)
        return Response(self.page(), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    def posted(self, request: Request) -> None:
        pairs = [*request.form.items(multi=True)]
        files = [(name, Upload(one.filename, one.read())) for name, one in request.files.items(multi=True) if one.filename]
        raw, button, self.errors = forms.decode(pairs, files), forms.pressed(pairs), ()
        try:
            if button:
                self.raw = dict(forms.press(self.form, raw, button))
            else:
                self.values = self.form.check(raw, at=AT, lang=self.lang, beside={"application": OTHER}).values
        except Invalid as wrong:
            self.raw, self.errors = dict(wrong.raw), wrong.errors

    def asked(self) -> str:
        return str(forms.render(self.form, "one", raw=self.raw, lang=self.lang, errors=self.errors, at=AT, beside=BESIDE))


@contextmanager
def served(desk: Counter) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, desk, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        server.server_close()


def everything() -> tuple[Form, dict[str, Any], dict[str, Any]]:
    """A form that asks every kind, files last; answers as they are typed; what they become."""
    questions, typed, wanted = [], {}, {}
    for word, kind in sorted(forms.kinds().items(), key=lambda each: each[0] in FILES):
        sample = next(iter(kind.good), None)
        questions.append(question(f"q_{word}", word, **dict(sample.options if sample else {})))
        if sample and not kind.computed and word not in FILES:
            typed[f"q_{word}"], wanted[f"q_{word}"] = ROWS.get(word, sample.raw), sample.value
    form = form_of(question("q_large", "lookup", list="besar"), *questions)
    return form, {**typed, "q_large": "k77"}, {**wanted, "q_large": "k77", **dict.fromkeys(("q_group", "q_table"))}


class Boxes(HTMLParser):
    """What stands in the boxes of a page: (name, value) of each tick, name -> text of each other box."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.ticks: set[tuple[str, str]] = set()
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag in ("textarea", "select"):
            self.inside = got["name"]
        elif tag == "option" and "selected" in got:
            self.texts[self.inside] = got["value"]
        elif tag == "input" and got.get("type") in ("radio", "checkbox"):
            self.ticks |= {(got["name"], got["value"])} if "checked" in got else set()
        elif tag == "input" and got.get("type") not in ("hidden", "file") and got.get("name") and got.get("value"):
            self.texts[got["name"]] = got["value"]

    def handle_data(self, data: str) -> None:
        if self.inside and self.lasttag == "textarea":
            self.texts[self.inside] = self.texts.get(self.inside, "") + data

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag in ("textarea", "select") else self.inside


class Hands:
    """Somebody without a mouse who wants these answers in the boxes."""

    def __init__(self, page: Any, wanted: Boxes, papers: dict[str, Path]) -> None:
        self.page, self.keys, self.wanted, self.papers = page, page.keyboard, wanted, papers
        self.texts, self.ticks, self.files = dict(wanted.texts), set(wanted.ticks), dict(papers)

    def begin(self) -> None:
        """A page was loaded, with every part of it: what the server has kept need not be typed again."""
        self.page.wait_for_load_state("networkidle")
        there = Boxes(self.page.locator("form").evaluate("form => form.outerHTML"))
        self.texts = {name: text for name, text in self.wanted.texts.items() if there.texts.get(name) != text}
        self.ticks = self.wanted.ticks - there.ticks

    def fill(self) -> None:
        """From box to box with Tab until nothing is left, then the button forward with Enter."""
        self.begin()
        for _ in range(600):
            self.keys.press("Tab")
            now = self.page.evaluate(NOW)
            assert now["seen"] or now["tag"] == "body", f"Tab comes to what cannot be seen: {now['html']}"
            if self.act(now) == "sent":
                return
        raise AssertionError(f"Left over: {self.texts} {self.ticks} {self.files}")

    def act(self, now: dict[str, Any]) -> str:
        name, left = now["name"], {*self.texts, *(each for each, _ in self.ticks)}
        if now["tag"] == "button" and name:
            return self.press(now, left)
        if now["chooses"] or now["type"] == "file":
            self.choose_file(now)
        elif now["role"] == "combobox" and now["question"] in self.texts:
            self.combobox(self.texts.pop(now["question"]))
        elif now["type"] in ("radio", "checkbox"):
            self.tick(now)
        elif now["tag"] == "select" and self.texts.get(name) in now["options"]:
            self.select(name, self.texts.pop(name), now["options"])
        elif name in self.texts and now["tag"] != "select":
            self.type(now, self.texts.pop(name))
        elif now["type"] == "submit" and not left and not self.files:
            self.leave()
            return "sent"
        return ""

    def press(self, now: dict[str, Any], left: set[str]) -> str:
        """A button inside the page, when something is wanted that only comes after it."""
        below = {each for each in left if each.startswith(f"{now['value'].removesuffix('.region')}.") and not each.endswith(".search")}
        offered = dict(now["offered"])
        missing = {each for each in below if each not in offered or (offered[each] and self.texts.get(each) not in offered[each])}
        if now["name"] in ("_add", "_refresh") and missing:
            with self.page.expect_navigation():
                self.keys.press("Enter")
            self.begin()
        return ""

    def type(self, now: dict[str, Any], text: str) -> None:
        if now["type"] == "time":
            self.keys.type(text.replace(":", "") + "a")  # where the clock has twelve hours, in the morning
            return
        self.keys.press("Control+A")
        self.keys.type(text)

    def tick(self, now: dict[str, Any]) -> None:
        if now["type"] == "checkbox":
            if (now["name"], now["value"]) in self.ticks:
                self.keys.press("Space")
                self.ticks.discard((now["name"], now["value"]))
            return
        for _ in range(60):
            if (now["name"], now["value"]) in self.ticks:
                self.keys.press("Space")
                self.ticks.discard((now["name"], now["value"]))
                return
            if now["name"] not in {name for name, _ in self.ticks}:
                return
            self.keys.press("ArrowDown")
            now = self.page.evaluate(NOW)

    def select(self, name: str, value: str, options: list[str]) -> None:
        steps = options.index(value) - options.index(self.page.evaluate("() => document.activeElement.value"))
        for _ in range(abs(steps)):
            self.keys.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.page.wait_for_timeout(0)
        below = name.rpartition(".")[0] + "."
        if any(each.startswith(below) for each in self.texts):  # the next list comes from the office
            self.page.locator("select[aria-busy]").wait_for(state="detached")

    def combobox(self, value: str) -> None:
        self.keys.type(value)
        self.keys.press("ArrowDown")
        self.keys.press("Enter")

    def choose_file(self, now: dict[str, Any]) -> None:
        paper = self.files.pop(now["question"], None)
        if paper is not None:
            choose_file(self.page, lambda: self.keys.press("Space"), paper)

    def leave(self) -> None:
        """Back with Shift and Tab, forward again, and send: nothing holds the focus."""
        before = self.page.evaluate(NOW)["html"]
        self.keys.press("Shift+Tab")
        assert self.page.evaluate(NOW)["html"] != before
        self.keys.press("Tab")
        assert self.page.evaluate(NOW)["html"] == before
        with self.page.expect_navigation(wait_until="networkidle"):
            self.keys.press("Enter")


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """A file for each question that asks for one."""
    made = {f"q_{word}": tmp_path / name for word, name in FILES.items()}
    for path in made.values():
        Image.new("RGB", (40, 30), "#eef3f0").save(path)
    return made


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_every_kind_is_answered_with_the_keyboard_alone(new_page: Callable[..., Any], papers: dict[str, Path], script: bool) -> None:
    form, typed, wanted = everything()
    shown = {**typed, "q_marks": [{"field": "ktp", "reason": "Buram"}]}
    boxes = Boxes(str(forms.render(form, "one", raw=shown, lang="id", at=AT, beside=BESIDE)))
    boxes.texts |= {"q_large.search": "nomor 77"}
    assert {name.split(".")[0] for name in {*boxes.texts, *(each for each, _ in boxes.ticks)}} >= set(typed), "a kind without a box"
    desk = Counter(form, script=script)
    with served(desk) as address:
        page = new_page(width=1280)
        page.goto(address)
        if script:
            page.locator("input[role=combobox]").wait_for()
        Hands(page, boxes, papers).fill()
    assert desk.errors == (), [(one.path, one.code, desk.raw.get(one.path)) for one in desk.errors]
    assert desk.values is not None
    wanted |= {"q_group": ROWS["group"], "q_table": [{"what": "Meja", "count": 2}, {"what": "Kursi", "count": 8}]}
    assert {key: desk.values[key] for key in wanted} == wanted
    assert {key: str(each[0].name if isinstance(each, list) else each.name) for key, each in desk.values.items() if key in papers} == {
        key: path.name for key, path in papers.items()
    }
