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
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 60_000


def take(page: Any, name: str) -> None:
    """One picture of what is in sight, small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / f"builder-{name}.webp", "WEBP", quality=60, method=6)


def test_the_tour_of_the_builder_can_be_walked(
    office: Office, at_work: Callable[..., Builder], bundle: procedures.Bundle, pytestconfig: pytest.Config
) -> None:
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(name)
        if pytestconfig.getoption("--pictures"):
            take(one.page, name)

    with office.store.unit() as db:
        procedures.begin_draft(db, "reklame", files=dict(bundle.files), by=office.rina.id, at=datetime.now(UTC))
    one = at_work("reklame", lang="en")
    one.page.goto(f"{office.url}/admin/studio/reklame/")
    expect(one.page.locator("h1")).to_contain_text("Draft")
    look("draft")
    one.page.get_by_role("link", name="Billboard").first.click()
    one.page.locator(".fb-canvas").wait_for()
    one.turn(1)
    one.choose(0)
    expect(one.page.locator(".fb-item__drawn:empty")).to_have_count(0)
    one.page.locator(".fb-pages").scroll_into_view_if_needed()
    look("canvas")
    one.panel.locator('[data-prop="choices"]').scroll_into_view_if_needed()
    look("choices")
    one.choose(1)
    add = one.panel.locator('[data-prop="show_when"] .fb-condition > .fb-add')
    add.click()
    add.scroll_into_view_if_needed()
    look("condition")
    one.write("label.en", "")
    one.page.locator(".fb-problems summary").click()
    expect(one.page.locator(".fb-item__wrong")).not_to_have_count(0)
    one.page.locator(".fb-bar").scroll_into_view_if_needed()
    look("problems")
    one.page.locator("[data-view=texts]").click()
    one.page.locator(".fb-texts .fb-missing").first.scroll_into_view_if_needed()
    look("texts")
    one.page.locator("[data-view=texts]").click()
    one.write("label.en", "The words on it")
    one.saved()
    one.page.locator("[data-try]").click()
    expect(one.page.frame_locator("iframe").locator("h1")).to_be_visible()
    look("try")
    one.page.keyboard.press("Escape")
    other = at_work("reklame", "budi", lang="en")
    other.choose(0)
    other.write("label.en", "Which kind of application?")
    other.saved()
    one.write("label.en", "Its words")
    expect(one.page.locator(".fb-conflict")).to_be_visible()
    one.page.locator(".fb-bar").scroll_into_view_if_needed()
    look("conflict")
    told = re.findall(r"pictures/builder-([a-z]+)\.webp", (ROOT / "docs" / "builder.md").read_text("utf-8"))
    assert told == seen, "docs/builder.md shows each picture of this walk, in its order"


def test_every_picture_is_there_and_small() -> None:
    told = set(re.findall(r"pictures/([a-z-]+\.webp)", (ROOT / "docs" / "builder.md").read_text("utf-8")))
    assert told == {path.name for path in PICTURES.glob("builder-*.webp")}, "take them anew: pytest tests/browser/test_tour.py --pictures"
    assert all((PICTURES / name).stat().st_size <= LARGEST for name in told)
