"""The way through a form follows from its answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forms import FileRef, Form, journey


def keys(pages: Any) -> list[str]:
    return [one.key for one in pages]


def test_a_page_is_on_the_way_only_when_its_condition_holds(form: Form, raw: dict[str, Any]) -> None:
    assert keys(journey.pages_shown(form, raw, {})) == ["who", "site", "end"]
    assert keys(journey.pages_shown(form, {**raw, "area": "101"}, {})) == ["who", "site", "extra", "end"]


def test_the_next_page_skips_what_is_not_asked(form: Form, raw: dict[str, Any]) -> None:
    def after(page: str, answers: dict[str, Any]) -> str | None:
        found = journey.next_page(form, page, answers, {})
        return found.key if found else None

    assert after("site", raw) == "end"
    assert after("site", {**raw, "area": "101"}) == "extra"
    assert after("extra", raw) == "end"
    assert after("end", raw) is None


def test_the_first_page_that_does_not_pass_is_where_to_go_on(
    form: Form, raw: dict[str, Any], kept: dict[str, FileRef], at: datetime
) -> None:
    def first(answers: dict[str, Any]) -> str | None:
        found = journey.first_unanswered(form, answers, {}, at)
        return found.key if found else None

    draft = form.check(raw, at=at, kept=kept).raw
    assert first({}) == "who"
    assert first(draft) is None
    assert first({**draft, "agree": None}) == "end"
    assert first({**draft, "start": "2020-01-01"}) == "site"
    assert first({**draft, "area": "101", "value": 5}) == "extra"
