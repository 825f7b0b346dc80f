"""Every page that can be opened without knowing a number, as each kind of reader opens it: it comes, and axe finds nothing."""

from __future__ import annotations

import pytest

from loket.app import create_app
from loket.settings import read_settings
from tests.fixtures.browser import sign_in

pytestmark = pytest.mark.browser

READERS = {
    "a visitor": None,
    "an applicant": "081234567801",
    "a verifier": "verifikator@contoh.test",
    "an administrator": "administrator@contoh.test",
}
SKIP = ("/assets", "/service-worker.js", "/favicon", "/healthz", "/regions", "/sign-out", "/v", "/openapi", "/api")


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The addresses of all pages without a number in them."""
    app = create_app(read_settings({}, home=str(tmp_path_factory.mktemp("paths"))))
    app.extensions["loket"].store.close()
    rules = (rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods and not rule.arguments)
    return sorted({rule.rule for rule in rules if not rule.rule.startswith(SKIP) or rule.rule == "/verify"})


WAYS = {"on a phone": (360, True, "id"), "at a desk without script, in English": (1280, False, "en")}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("login", READERS.values(), ids=READERS.keys())
def test_every_page_is_good_for_everybody(demo_server, new_page, axe, paths, login, way) -> None:
    width, script, lang = way
    page = new_page(width=width, script=script)
    page.goto(f"{demo_server.url}/?lang={lang}")
    if login:
        sign_in(page, demo_server.url, login)
    troubles, seen = [], 0
    for path in paths:
        answer = page.goto(demo_server.url + path)
        if answer.status in (403, 404):  # not for this reader, or not begun yet
            continue
        seen += 1
        try:
            assert answer.status == 200, f"{path}: {answer.status}"
            axe(page)
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert seen >= 3
    assert not troubles, "\n\n".join(troubles)
