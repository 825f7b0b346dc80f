"""What single kinds do beyond their samples."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

import forms
from forms import Form, Invalid, Upload
from forms.fields.file import named
from forms.fields.nik import born
from forms.fields.number import kept, parse, written

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def one(kind: str, **options: Any) -> dict[str, Any]:
    words = {"id": "Tanya", "en": "Ask"}
    return {"key": kind, "kind": kind, "label": words, "noun": words, **options}


def form_of(*questions: dict[str, Any]) -> Form:
    words = {"id": "F", "en": "F"}
    page = {"key": "p", "title": words, "fields": list(questions)}
    return forms.read(json.dumps({"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}).encode())


def photo(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, kind, **more)
    return written.getvalue()


@given(st.decimals(-(10**15), 10**15, places=4), st.sampled_from(["id", "en"]))
def test_a_number_survives_being_written_and_kept_in_any_language(number: Decimal, lang: str) -> None:
    assert parse(str(kept(number)), lang) == number
    assert parse(written(number, lang), lang) == number
    assert parse(written(number, lang, grouped=False), lang) in {number, number * 1000}


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("1.234", "id", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "id", "1.234"),
        ("1,234", "en", "1234"),
        ("0.5", "id", "0.5"),
        ("1 000", "id", "1000"),
    ],
)
def test_a_lone_mark_is_read_in_the_language_of_the_page(text: str, lang: str, number: str) -> None:
    assert parse(text, lang) == Decimal(number)


def test_a_picture_loses_where_and_with_what_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Secret Camera"
    exif[0x8825] = {1: "S", 2: (7.0, 9.0, 12.0)}
    form = form_of(one("file"))
    taken = photo("JPEG", exif=exif.tobytes(), comment=b"at home")
    assert b"Secret Camera" in taken
    upload = form.check({"file": Upload("a.jpg", taken)}, at=AT).uploads["file"]
    assert b"Secret Camera" not in upload.content
    assert b"at home" not in upload.content
    with Image.open(io.BytesIO(upload.content)) as picture:
        assert picture.size == (20, 40)
        assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("kind", ["file", "files", "photo"])
def test_a_photo_stays_as_large_as_it_is_or_keeps_its_place_only_when_the_question_says_so(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    exif[0x8825] = {1: "S", 2: (7.0, 9.0, 12.0), 3: "E", 4: (112.0, 39.0, 4.0)}
    taken = Upload("a.jpg", photo("JPEG", (4000, 30), exif=exif))

    def sent(**options: Any) -> tuple[Image.Image, str]:
        form = form_of(one(kind, **options))
        (upload,) = form.check({kind: taken}, at=AT).uploads.values()
        assert b"Secret Camera" not in upload.content
        return Image.open(io.BytesIO(upload.content)), str(forms.render(form, "p", raw={}, lang="en", at=AT))

    for options, size, place, shrinks in (
        ({}, (30, 4000), False, True),
        ({"original": True}, (30, 4000), False, False),
        ({"place": True}, (15, 2000), True, False),
        ({"place": True, "original": True}, (30, 4000), True, False),
    ):
        picture, html = sent(**options)
        with picture:
            assert picture.size == size, "upright in any case"
            assert picture.getexif().get_ifd(0x8825).get(2) == ((7.0, 9.0, 12.0) if place else None)
            assert set(picture.getexif()) == ({0x8825} if place else set())
        assert ("data-downscale" in html) == shrinks
        assert ("is kept with it" in html) == place


@pytest.mark.parametrize(
    ("options", "most"),
    [({}, 5), ({"place": True}, 15), ({"original": True}, 15), ({"place": True, "max_mb": 8}, 8), ({"max_mb": 0.5}, 0.5)],
)
def test_a_photo_that_the_phone_may_not_shrink_fits_and_the_limit_is_told_before_one_chooses(options: dict[str, Any], most: float) -> None:
    form = form_of(one("photo", **options))
    html = str(forms.render(form, "p", raw={}, lang="en", at=AT))
    assert f"at most {most} MB" in html
    assert f'data-max-bytes="{int(most * 1_000_000)}"' in html
    taken = Upload("IMG_0001.jpg", photo("JPEG") + bytes(9_000_000))  # what follows the picture belongs to no picture
    if most > 9:
        assert form.check({"photo": taken}, at=AT).uploads["photo"].size < 100_000
        return
    with pytest.raises(Invalid) as caught:
        form.check({"photo": taken}, at=AT)
    assert [(fault.code, fault.facts["max"]) for fault in caught.value.errors] == [("file.large", most)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_written_anew(mode: str) -> None:
    upload = form_of(one("file")).check({"file": Upload("a.png", photo("PNG", mode=mode))}, at=AT).uploads["file"]
    assert upload.type == "image/png"


def test_a_small_file_that_unpacks_into_a_huge_picture_is_refused_unpacked() -> None:
    bomb = photo("PNG", (20_000, 20_000), "1")
    with pytest.raises(Invalid) as caught:
        form_of(one("file")).check({"file": Upload("a.png", bomb)}, at=AT)
    assert caught.value.errors[0].code in {"file.pixels", "file.broken"}
    with pytest.raises(Invalid) as caught:
        form_of(one("file")).check({"file": Upload("a.png", photo("PNG", (8000, 6000), "1"))}, at=AT)
    assert caught.value.errors[0].code == "file.pixels"


def test_pages_are_counted_and_passwords_refused() -> None:
    writer, plain, secret = PdfWriter(), io.BytesIO(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    writer.write(plain)
    form = form_of(one("file", max_pages=2))
    with pytest.raises(Invalid) as caught:
        form.check({"file": Upload("a.pdf", plain.getvalue())}, at=AT)
    assert (caught.value.errors[0].code, caught.value.errors[0].facts["pages"]) == ("file.pages", 3)
    writer.encrypt("x", algorithm="RC4-128")
    writer.write(secret)
    with pytest.raises(Invalid) as caught:
        form.check({"file": Upload("a.pdf", secret.getvalue())}, at=AT)
    assert caught.value.errors[0].code == "file.locked"


@pytest.mark.parametrize(
    ("given", "word", "name"),
    [
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\a\\b.JPG", "jpg", "b.JPG"),
        ("x\u202egpj.exe", "jpg", "xgpj.jpg"),
        ("", "png", "file.png"),
        ("a" * 300 + ".pdf", "pdf", "a" * 95 + ".pdf"),
    ],
)
def test_the_name_of_a_file_cannot_mislead(given: str, word: str, name: str) -> None:
    assert named(given, word) == name


def test_a_nik_is_of_somebody_born_already() -> None:
    today = date(2026, 11, 23)
    assert born("3525012311260001", today) == date(2026, 11, 23)
    assert born("3525016411260001", today) == date(1926, 11, 24)
    assert born("3525012902000001", today) == date(2000, 2, 29)
    assert born("3525012902010001", today) is None


def test_a_nik_that_disagrees_with_the_date_of_birth_is_doubted() -> None:
    form = form_of(one("nik", born="application.date"), one("date", required=False))
    nik = "3525015708900002"
    assert [found.code for found in form.check({"nik": nik, "date": "1990-08-17"}, at=AT).warnings] == []
    assert [found.code for found in form.check({"nik": nik, "date": "1990-08-18"}, at=AT).warnings] == ["nik.born"]
    assert form.check({"nik": nik}, at=AT).warnings == ()


def test_places_come_with_names_codes_and_post_code() -> None:
    value = (
        form_of(one("region", within="35.25"))
        .check({"region": {"district": "35.25.14", "village": "35.25.14.1006"}}, at=AT)
        .values["region"]
    )
    assert value["code"] == "35.25.14.1006"
    assert value["digits"] == "3525141006"
    assert (value["village"], value["district"], value["regency"]) == ("Gulomantung", "Kebomas", "Kabupaten Gresik")
    assert value["post_code"] == "61124"
    assert ("35", "Jawa Timur") in forms.regions()
    assert forms.regions("x; drop") == ()


def test_a_limit_may_depend_on_another_answer() -> None:
    form = form_of(one("date"), one("number", max="if application.date > today() then 10 else 5"))
    assert form.check({"date": "2027-01-01", "number": "9"}, at=AT).values["number"] == 9
    with pytest.raises(Invalid) as caught:
        form.check({"date": "2026-01-01", "number": "9"}, at=AT)
    assert caught.value.errors[0].facts == {"max": Decimal(5)}
