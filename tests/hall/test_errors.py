"""Failures are pages that say what to do next."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from engine.store import Conflict, NotFound
from hall import everyone


@pytest.fixture
def breaking(app: Flask) -> Flask:
    """Pages that fail in each way."""

    def fails(error: Exception):
        def view() -> str:
            raise error

        return everyone(view)

    for name, error in {
        "gone": NotFound(what="case"),
        "late": Conflict(what="task"),
        "bug": ValueError("secret detail"),
        "down": ServiceUnavailable(),
    }.items():
        app.add_url_rule(f"/fail/{name}", f"fail_{name}", fails(error))
    app.config["PROPAGATE_EXCEPTIONS"] = app.testing = False
    return app


def test_a_refusal_from_below_is_a_sentence_with_a_status(breaking: Flask, visitor) -> None:
    visitor.get("/?lang=en")
    gone, late = visitor.get("/fail/gone"), visitor.get("/fail/late")
    assert (gone.status_code, late.status_code) == (404, 409)
    assert "This application was not found. Check the number or the address." in gone.text
    assert "Someone else changed this task meanwhile." in late.text


def test_a_refusal_speaks_the_readers_language(breaking: Flask, visitor) -> None:
    assert "Permohonan ini tidak ditemukan" in visitor.get("/fail/gone").text


def test_a_fault_of_ours_shows_a_number_and_no_detail(breaking: Flask, visitor) -> None:
    answer = visitor.get("/fail/bug")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


def test_a_machine_gets_the_same_as_json(breaking: Flask, visitor) -> None:
    answer = visitor.get("/fail/gone", headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert (answer.json["status"], answer.json["code"]) == (404, "engine.not_found")


@pytest.mark.parametrize(
    ("path", "method", "status", "words"),
    [
        ("/nowhere", "GET", 404, "Halaman tidak ditemukan"),
        ("/sign-out", "GET", 405, "Ini tidak bisa dilakukan di sini"),
        ("/fail/down", "GET", 503, "Sedang tidak tersedia"),
    ],
)
def test_each_refusal_of_http_has_its_page(breaking: Flask, visitor, path: str, method: str, status: int, words: str) -> None:
    answer = visitor.open(path, method=method)
    assert answer.status_code == status
    assert words in answer.text
    assert 'id="main-content"' in answer.text


def test_the_allowed_ways_are_told_with_a_405(visitor) -> None:
    assert "POST" in visitor.get("/sign-out").headers["Allow"]


def test_a_body_that_was_cut_off_is_told_as_that_and_not_as_a_page_that_lay_open(visitor) -> None:
    begun = b'--cut\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nabc'
    cut = visitor.post("/sign-in", data=begun, content_type="multipart/form-data; boundary=cut")
    assert cut.status_code == 400
    assert "Tidak sampai dengan utuh" in cut.text
    assert "pilih lagi berkasnya" in cut.text
    whole = begun + b"\r\n--cut--\r\n"
    assert "terlalu lama terbuka" in visitor.post("/sign-in", data=whole, content_type="multipart/form-data; boundary=cut").text
