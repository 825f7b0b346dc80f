"""What protects every page."""

from __future__ import annotations

import pytest

from engine.people import Person
from hall.security import LARGEST_REQUEST

OUTSIDE = "https://izin.example.org"


def test_a_page_may_only_use_what_comes_from_this_site(visitor) -> None:
    policy = visitor.get("/privacy").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_answer_carries_the_protecting_headers(visitor) -> None:
    for path in ("/privacy", "/nothing-here", "/sign-in"):
        headers = visitor.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_a_form_without_its_token_is_refused_with_a_cure(visitor, budi: Person) -> None:
    answer = visitor.post("/sign-in", data={"login": "081234567890", "password": "x"})
    assert answer.status_code == 400
    assert "Halaman ini terlalu lama terbuka" in answer.text


def test_what_is_too_large_is_refused_with_a_cure(visitor) -> None:
    told = {"CONTENT_LENGTH": str(LARGEST_REQUEST + 1)}
    answer = visitor.post("/sign-in", content_type="multipart/form-data; boundary=x", environ_overrides=told)
    assert answer.status_code == 413
    assert "25 MB" in answer.text


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 5_000, b"[" * 61 + b"]" * 61, b'["\\ud800"]', b'{"\\u0000": 1}', b"\xff", b"9" * 5_000]
)
def test_json_that_nothing_of_ours_looks_like_is_a_bad_request_on_every_page(app, visitor, body: bytes) -> None:
    for path in ("/sign-in", "/privacy", "/nothing-here"):
        answer = visitor.post(path, data=body, content_type="application/json")
        assert answer.status_code in {400, 404, 405}, answer.status_code
    with pytest.raises(ValueError, match=r"NUL|deep|JSON|utf|digits|surrogates|value"):
        app.json.loads(body)
    assert app.json.loads(b'{"name": "Siti \\ud83d\\ude00", "rows": [[1], null]}') == {"name": "Siti \U0001f600", "rows": [[1], None]}


def test_cookies_are_only_for_this_site_and_not_for_scripts(visitor) -> None:
    cookies = visitor.get("/sign-in").headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_over_https_cookies_are_secure_and_browsers_stay_there(furnished) -> None:
    visitor = furnished(address=OUTSIDE).test_client()
    answer = visitor.get("/sign-in", base_url=OUTSIDE)
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert answer.headers["Set-Cookie"].startswith("__Host-loket=")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_pages_of_a_person_stay_in_no_cache(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    assert visitor.get("/privacy").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/assets/../.vite/manifest.json", "/assets/..%2f..%2fpackage.json", "/assets/nothing.js"])
def test_only_built_files_are_served(visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/permits/x%00", "/track?number=%00", "/v/%00", "/?a%00b=1"])
def test_an_address_with_a_nul_is_refused_before_it_reaches_the_database(visitor, path: str) -> None:
    assert visitor.get(path).status_code == 400


def test_a_form_with_a_nul_is_refused(visitor) -> None:
    sent = visitor.send("/track", {"number": "REKLAME\x00", "digits": "1234"}, page="/track")
    assert sent.status_code == 400
    assert "<title>Kiriman" in sent.text
