"""All kinds on one page of a real browser: axe, keyboard, phone and desk, with our script and without any."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

import forms
from forms import Form, Invalid
from hall import assets

pytestmark = pytest.mark.browser
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOST = "http://kinds.localhost"  # a place the browser trusts with positions
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
CROPS = [("padi", "Padi", "Rice"), ("tebu", "Tebu", "Sugar cane"), ("ketela", "Ketela", "Cassava")]
LISTS = {
    "contoh": "\n".join(["value,id,en", *(",".join(line) for line in CROPS)]).encode(),
    "besar": "\n".join(["value,id,en", *(f"k{n},Usaha nomor {n},Trade number {n}" for n in range(400))]).encode(),
}
KEPT = {"kept-1": forms.FileRef("kept-1", "ktp.jpg", "image/jpeg", 10, "0" * 64)}


def question(key: str, kind: str, **options: Any) -> dict[str, Any]:
    fresh = forms.fresh(kind)
    told = {lang: f"{text} ({key})" for lang, text in fresh["label"].items()}
    return {**fresh, "key": key, "label": told, **options}


def form_of(*questions: dict[str, Any]) -> Form:
    words = {"id": "Semua jenis", "en": "All kinds"}
    page = {"key": "one", "title": words, "fields": list(questions)}
    whole = {"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}
    return forms.read(json.dumps(whole).encode(), lists=LISTS)


def everything() -> tuple[Form, dict[str, Any]]:
    """A form that asks every kind, and answers that pass as far as no file is needed."""
    questions, answers = [], {}
    for word, kind in forms.kinds().items():
        if word == "marks":
            continue
        sample = kind.good[0] if kind.good else None
        options = dict(sample.options) if sample else {}
        questions.append(
            question(f"q_{word}", word, **options, help={"id": "Petunjuk untuk pertanyaan ini.", "en": "Help for this question."})
        )
        if sample and not kind.computed:
            answers[f"q_{word}"] = "kept-1" if word in {"file", "files", "photo"} else sample.raw
    questions.append(question("q_large", "lookup", list="besar"))
    return form_of(*questions), answers


class Desk:
    """A page with the questions of a form, and what it does with what is sent: as a door would, in a few lines."""

    enctype = "application/x-www-form-urlencoded"

    def __init__(self, form: Form, *, lang: str = "id", script: bool = True) -> None:
        self.form, self.lang, self.script = form, lang, script
        self.raw: dict[str, Any] = {}
        self.errors: tuple[forms.FieldError, ...] = ()
        self.values: dict[str, Any] | None = None

    def answer(self, route: Any) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/assets/"):
            file = Path(assets.DIST, path.removeprefix("/assets/"))
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
            return
        if path.startswith("/regions"):
            found = forms.regions(dict(parse_qsl(path.partition("?")[2])).get("parent", ""))
            route.fulfill(json=[{"value": code, "label": name} for code, name in found])
            return
        if route.request.method == "POST":
            self.take(parse_qsl(route.request.post_data or "", keep_blank_values=True))
        route.fulfill(body=self.page(), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    def take(self, pairs: list[tuple[str, str]]) -> None:
        raw, button, self.errors = forms.decode(pairs), forms.pressed(pairs), ()
        if button:
            self.raw = forms.press(self.form, raw, button)
            return
        try:
            self.values = self.form.check(raw, at=AT, lang=self.lang, kept=KEPT).values
        except Invalid as wrong:
            self.raw, self.errors = dict(wrong.raw), wrong.errors

    def asked(self) -> str:
        """The questions, as the form draws them."""
        given = {"raw": self.raw, "errors": self.errors, "kept": KEPT, "file_url": lambda one: f"/files/{one}"}
        return str(forms.render(self.form, "one", lang=self.lang, at=AT, **given))

    def page(self) -> str:
        known = assets.manifest()
        site = known["src/site.js"]
        sheets = "".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in site["css"])  # type: ignore[attr-defined]
        script = f'<script type="module" src="/assets/{site["file"]}"></script>' if self.script else ""
        lines = "".join(
            f'<li><a href="{one["href"]}">{escape(one["text"])}</a></li>'
            for one in forms.error_summary(self.form, self.errors, lang=self.lang)
        )
        told = f'<div class="govuk-error-summary"><h2>Salah</h2><ul>{lines}</ul></div>' if lines else ""
        done = "Terkirim" if self.values is not None else "Formulir"
        return (
            f'<!doctype html><html lang="{self.lang}" class="govuk-template"><head><meta charset="utf-8"><title>{done}</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{sheets}{script}</head>'
            f'<body class="govuk-template__body"><main class="govuk-width-container"><h1>{done}</h1>{told}'
            f'<form method="post" action="/" enctype="{self.enctype}" novalidate>{self.asked()}'
            '<button class="govuk-button">Lanjut</button></form></main></body></html>'
        )


def opened(page: Any, desk: Desk) -> Any:
    page.context.route(f"{HOST}/**", desk.answer)
    page.goto(f"{HOST}/")
    return page


@pytest.mark.parametrize(("width", "lang", "script"), [(360, "id", True), (1280, "en", True), (360, "en", False)])
def test_every_kind_blank_wrong_and_answered_is_usable_by_everybody(
    new_page: Callable[..., Any], axe: Callable[..., None], width: int, lang: str, script: bool
) -> None:
    form, answers = everything()
    desk = Desk(form, lang=lang, script=script)
    page = opened(new_page(width=width), desk)
    page.locator('[data-kind="point"]').scroll_into_view_if_needed()
    if script:
        page.locator(".app-point__map--open").wait_for()
    axe(page)
    page.get_by_role("button", name="Lanjut").click()
    assert page.locator(".govuk-error-summary li").count() >= len(answers) - 5, "nothing answered: every question says what it wants"
    axe(page)
    desk.raw, desk.errors = answers, ()
    page.goto(f"{HOST}/")
    axe(page)


def test_without_javascript_rows_are_added_lists_searched_places_chosen_and_all_of_it_sent(new_page: Callable[..., Any]) -> None:
    form = form_of(
        question("table", "table", fields=forms.kinds()["table"].good[0].options["fields"]),
        question("trade", "lookup", list="besar"),
        question("crop", "lookup", list="contoh"),
        question("home", "address", level="regency"),
        question("sign", "signature"),
        question("total", "calculated", value="application.table[1].count * 2"),
    )
    desk = Desk(form, script=False)
    page = opened(new_page(width=360), desk)
    page.locator('[name="table.0.what"]').fill("Meja")
    page.locator('[name="table.0.count"]').fill("2")
    page.locator('button[name="_add"]').click()
    page.locator('[name="table.1.what"]').fill("Kursi")
    page.locator('[name="table.1.count"]').fill("8")
    page.locator('button[name="_add"]').click()
    page.locator('button[name="_remove"]').last.click()
    page.locator('[name="trade.search"]').fill("nomor 77")
    page.locator('button[name="_refresh"][value="trade"]').click()
    page.get_by_label("Usaha nomor 77", exact=True).check()
    page.locator('select[name="crop"]').select_option("tebu")
    page.locator('select[name="home.province"]').select_option("35")
    page.locator('button[name="_refresh"][value="home.region"]').click()
    page.locator('select[name="home.regency"]').select_option("35.25")
    page.locator('[name="home.street"]').fill("Jalan Veteran 1")
    page.locator('[name="sign.name"]').fill("Siti Rahma")
    page.get_by_role("button", name="Lanjut").click()
    assert desk.errors == ()
    assert desk.values is not None
    assert desk.values["table"] == [{"what": "Meja", "count": 2}, {"what": "Kursi", "count": 8}]
    assert (desk.values["trade"], desk.values["crop"]) == ("k77", "tebu")
    assert desk.values["home"]["region"]["regency"] == "Kabupaten Gresik"
    assert desk.values["sign"] == {"name": "Siti Rahma", "drawn": None}
    assert desk.values["total"] == 4


def test_the_keyboard_alone_chooses_from_a_list_one_can_type_into(new_page: Callable[..., Any], axe: Callable[..., None]) -> None:
    form = form_of(question("crop", "lookup", list="contoh"), question("why", "text", show_when='application.crop = "tebu"'))
    desk = Desk(form)
    page = opened(new_page(width=360), desk)
    box = page.get_by_role("combobox")
    box.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("te")
    assert page.get_by_role("option").all_inner_texts() == ["Tebu", "Ketela"]
    assert box.get_attribute("aria-expanded") == "true"
    axe(page)
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option", selected=True).get_attribute("id")
    page.keyboard.press("Enter")
    assert (box.input_value(), page.get_by_role("option").count()) == ("Tebu", 0)
    page.keyboard.press("Tab")
    page.keyboard.type("Manis")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert box.input_value() == "Tebu", "looking at the list changes nothing"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Terkirim").wait_for()
    assert desk.values == {"crop": "tebu", "why": "Manis"}


def test_results_follow_what_is_typed_and_the_server_has_the_last_word(new_page: Callable[..., Any]) -> None:
    form = form_of(
        question("long", "number", decimals=2),
        question("wide", "number", decimals=2),
        question("area", "calculated", value="application.long * application.wide", unit={"id": "m2", "en": "m2"}),
        question("big", "information", show_when="application.area > 100"),
    )
    desk = Desk(form)
    page = opened(new_page(), desk)
    page.locator('[name="long"]').fill("12,5")
    page.locator('[name="wide"]').fill("10,1")
    assert page.locator("output").inner_text() == "126,25 m2"
    assert page.locator('[data-question="big"]').is_visible()
    page.locator('[name="wide"]').fill("1")
    assert page.locator("output").inner_text() == "12,5 m2"
    assert page.locator('[data-question="big"]').is_hidden()
    page.evaluate("document.forms[0].append(Object.assign(document.createElement('input'), {name: 'area', value: '1'}))")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Terkirim").wait_for()
    assert str(desk.values["area"] if desk.values else None) == "12.5"


def test_a_point_is_set_on_the_map_or_taken_from_the_phone_and_a_signature_drawn(new_page: Callable[..., Any]) -> None:
    desk = Desk(form_of(question("site", "point"), question("sign", "signature")))
    page = new_page(width=360)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -7.1606, "longitude": 112.6511})
    page = opened(page, desk)
    page.get_by_role("button", name="Gunakan posisi saya").click()
    lat, lon = page.locator('[name="site.lat"]'), page.locator('[name="site.lon"]')
    expect_value(lat, "-7.1606000")
    plan = page.locator(".app-point__map--open")
    plan.wait_for()
    plan.click(position={"x": 100, "y": 100})
    assert lat.input_value() != "-7.1606000"
    before = lon.input_value()
    plan.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert lon.input_value() != before
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Terkirim").wait_for()
    assert desk.values is not None, desk.errors
    assert desk.values["sign"]["drawn"].startswith("M")
    assert len(desk.values["sign"]["drawn"].split()) > 6
    assert 95 < desk.values["site"]["lon"] < 141


def expect_value(box: Any, value: str) -> None:
    from playwright.sync_api import expect  # slow to import, and only these tests need it

    expect(box).to_have_value(value)
