"""The tour of docs/builder.md is walked here, so that every picture shows what is there; `pytest --pictures` takes them anew."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine import procedures
from tests.admin.studio.hand import Builder, expect
from tests.browser.offices import Office

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "builder.md"
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 60_000
LANGS = ("id", "en")
Look = Callable[..., None]


def told() -> list[str]:
    """The pictures of the page, in its order."""
    return re.findall(r"\(pictures/([a-z-]+\.webp)\)", PAGE.read_text("utf-8"))


def of(lang: str) -> list[str]:
    """Those in one language."""
    return [name for name in told() if name.endswith(f"-{lang}.webp")]


def take(page: Any, name: str) -> None:
    """One picture of what is in sight, small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / name, "WEBP", quality=55, method=6)


def top(one: Builder, place: str = ".fb-bar") -> None:
    """The page so that this stands at the upper edge."""
    one.page.locator(place).first.evaluate("one => one.scrollIntoView({ block: 'start' })")


def walk(office: Office, at_work: Callable[..., Builder], key: str, lang: str, look: Look) -> None:
    """The tour, stop by stop."""
    one = at_work(key, lang=lang)
    one.page.goto(f"{office.url}/admin/studio/{key}/")
    top(one, "main h1")
    look("draft", one)
    one.page.locator(f'main a[href*="/studio/{key}/forms/application/"]').first.click()
    one.page.locator(".fb-canvas").wait_for()
    one.turn(1)
    one.choose(1)
    expect(one.page.locator(".fb-item__drawn:empty")).to_have_count(0)
    top(one)
    look("canvas", one)
    one.choose(0)
    top(one, '[data-prop="choices"]')
    look("choices", one)
    one.choose(1)
    add = one.panel.locator('[data-prop="show_when"] .fb-condition > .fb-add')
    add.click()
    row = one.panel.locator('[data-prop="show_when"] .fb-row')
    row.locator(".fb-row__field").select_option("application.jenis_reklame")
    row.locator(".fb-row__operator").select_option("is one of")
    row.locator("input").first.check()
    expect(one.panel.locator('[data-prop="show_when"] .fb-feel')).not_to_have_value("")
    top(one, '[data-prop="show_when"]')
    look("condition", one)
    one.page.locator("[data-do=undo]").click()
    one.write("label.en", "")
    one.page.locator(".fb-problems summary").click()
    expect(one.page.locator(".fb-item__wrong")).not_to_have_count(0)
    top(one)
    look("problems", one)
    one.page.locator("[data-view=texts]").click()
    one.page.locator("[data-do=gaps]").wait_for()
    top(one, ".fb-texts")
    look("texts", one)
    one.page.locator("[data-view=texts]").click()
    one.write("label.en", "The words on it")
    one.saved()
    one.page.locator("[data-try]").click()
    frame = one.page.frame_locator("iframe")
    frame.locator("button[value=sample]").click()
    expect(frame.locator("input[type=radio]:checked").first).to_be_attached()
    look("try", one)
    one.page.keyboard.press("Escape")
    other = at_work(key, "budi", lang=lang)
    other.choose(0)
    other.write("label.en", "Which kind of application?")
    other.saved()
    one.write("label.en", "Its words")
    expect(one.page.locator(".fb-conflict")).to_be_visible()
    top(one)
    look("conflict", one)
    phone = at_work(key, lang=lang, width=360)
    phone.turn(1)
    phone.choose(0)
    expect(phone.panel).to_be_visible()
    top(phone)
    look("phone", phone)


def test_the_tour_of_the_builder_can_be_walked(office: Office, at_work: Callable[..., Builder], pytestconfig: pytest.Config) -> None:
    pictures = pytestconfig.getoption("--pictures")
    bundle, now = procedures.read_folder(ROOT / "workflows" / "reklame"), datetime.now(UTC)
    with office.store.unit() as db:
        procedures.publish(db, bundle, by=office.rina.id, at=now)
        procedures.begin_draft(db, bundle.key, by=office.rina.id, at=now)
    for lang in LANGS if pictures else LANGS[:1]:
        seen: list[str] = []

        def look(stop: str, one: Builder, lang: str = lang, seen: list[str] = seen) -> None:
            seen.append(f"builder-{stop}-{lang}.webp")
            if pictures:
                take(one.page, seen[-1])

        walk(office, at_work, bundle.key, lang, look)
        assert of(lang) == seen, "docs/builder.md shows each stop of this walk, in its order"
        with office.store.unit() as db:
            procedures.write_draft(db, bundle.key, dict(bundle.files), by=office.rina.id, at=datetime.now(UTC))


def test_every_picture_is_there_and_small_and_both_languages_show_the_same_stops() -> None:
    stops = {lang: [name.removesuffix(f"-{lang}.webp") for name in of(lang)] for lang in LANGS}
    assert stops["id"] == stops["en"]
    kept = {path.name for path in PICTURES.glob("builder-*.webp")}
    assert {*told()} == kept, "take them anew: pytest tests/browser/test_tour.py --pictures"
    assert all((PICTURES / name).stat().st_size <= LARGEST for name in told())
