"""A village's connection: what a browser that has never been here must fetch for a page, as it comes over the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fixtures.browser import Served
from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
MOST = 50_000
WEIGHED = ("Document", "Stylesheet", "Script")


def weight(browser: Any, url: str, path: str, state: Any = None, *, heads: bool = True) -> dict[str, int]:
    """The bytes of every HTML, CSS and JavaScript answer (with its head, or not), by address, in a browser without any memory."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="id-ID", storage_state=state)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    begun: dict[str, int] = {}

    def answered(event: Any) -> None:
        kinds[event["requestId"]], names[event["requestId"]] = event["type"], event["response"]["url"]
        begun[event["requestId"]] = 0 if heads else event["response"]["encodedDataLength"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    answer = page.goto(url + path, wait_until="networkidle")
    assert answer.status == 200
    assert page.url == url + path
    context.close()
    return {names[key]: int(size - begun[key]) for key, size in sizes.items() if kinds.get(key) in WEIGHED}


@pytest.fixture
def drafting(hand: Callable[..., Hand]) -> Callable[[str], tuple[str, Any]]:
    """`drafting("reklame")`: the address of that page of a draft, and the cookies of its applicant."""

    def go(until: str) -> tuple[str, Any]:
        joko = hand(width=360, look=False)
        joko.sign_up("Joko Susilo", f"0813 2222 {1000 + ord(until[0])}")
        joko.begin()
        joko.fill(BANNER, start=datetime.now(UTC).date() + timedelta(days=20), days=14, until=until)
        return joko.path, joko.page.context.storage_state()

    return go


def within(found: dict[str, int]) -> None:
    """The page is light enough, and really came with its style and script."""
    assert any(".css" in name for name in found)
    assert any(".js" in name for name in found)
    lines = "\n".join(f"{size:>8} {name}" for name, size in found.items())
    assert sum(found.values()) <= MOST, f"{sum(found.values())} bytes:\n{lines}"


@pytest.mark.parametrize("path", ["/", "/permits/reklame", "/sign-up"])
def test_a_public_page_is_light(browser: Any, office_served: Served, path: str) -> None:
    within(weight(browser, office_served.url, path))


@pytest.mark.parametrize("until", ["reklame", "dokumen"])
def test_a_page_of_the_application_is_light(browser: Any, office_served: Served, drafting: Callable[[str], Any], until: str) -> None:
    path, state = drafting(until)
    within(weight(browser, office_served.url, path, state))
