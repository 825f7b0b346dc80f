"""What a phone fetches for a page of questions: the sheet, the script and the parts that its questions wake, as small as they are sent."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

import forms
from hall import assets

MOST = 50_000
BASE, CONDITIONS = "src/site.js", "src/islands/conditions.js"
WAKES = {  # what a question wakes (frontend/src/site.js), by what stands in its HTML
    'data-island="region"': "src/islands/region.js",
    'data-island="combobox"': "src/islands/combobox.js",
    'data-island="point"': "src/islands/point.js",
    "data-downscale": "src/islands/shrink.js",
    'type="file"': "src/islands/upload.js",
    "data-show-when": CONDITIONS,
    "data-figure": CONDITIONS,
}
LATER = "src/islands/map.js"  # fetched when a map comes near, not before
NEAR = "src/islands/signature.js"  # the same with a box to draw in
ALWAYS = (BASE, "src/islands/keep.js")


def fetched(entries: set[str]) -> int:
    """The bytes of the compressed files of these parts and of what they import."""
    known, files, todo = assets.manifest(), set[str](), list(entries)
    while todo:
        one = known[todo.pop()]
        names = {str(one["file"]), *one.get("css", [])}  # type: ignore[misc]
        todo += [name for name in one.get("imports", []) if str(known[name]["file"]) not in files]  # type: ignore[attr-defined]
        files |= names
    return sum((assets.DIST / f"{name}.gz").stat().st_size for name in files)


def page_of(*words: str) -> str:
    """The questions of a page with these kinds, and one that comes and goes."""
    texts = {"id": "Halaman", "en": "Page"}
    questions = [{**forms.fresh(word), "key": f"q{number}"} for number, word in enumerate(words)]
    questions.append({**forms.fresh("text"), "key": "last", "show_when": "application.q0 != null"})
    whole = {"format": "loket-form/1", "key": "application", "title": texts, "pages": [{"key": "p", "title": texts, "fields": questions}]}
    form = forms.read(json.dumps(whole).encode(), lists={"contoh": b"value,id,en\npadi,Padi,Rice\n"})
    return str(forms.render(form, "p", raw={}, lang="id", at=datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.mark.parametrize(
    "words",
    [
        ["text"] * 30,
        ["text", "nik", "address", "phone", "email", "file", "photo"],
        ["text", "lookup", "point", "signature", "declaration", "table", "calculated"],
        [word for word, kind in forms.kinds().items() if kind.answered and word != "marks"],
    ],
    ids=["thirty", "person", "site", "all"],
)
def test_the_first_load_of_a_page_is_light(words: list[str]) -> None:
    html = page_of(*words)
    woken = {part for mark, part in WAKES.items() if mark in html}
    size = fetched({*ALWAYS, *woken}) + len(gzip.compress(html.encode()))
    assert size <= MOST, f"{size} bytes with {sorted(woken)}"


def test_parts_are_fetched_only_where_they_are_used() -> None:
    known = assets.manifest()
    apart = {*WAKES.values(), LATER, NEAR, "src/islands/keep.js"}
    assert apart <= set(known), "an island is missing from the build"
    assert not apart & set(known[BASE].get("imports", [])), "an island became part of every page"  # type: ignore[arg-type]
    assert "src/islands/map.js" in known["src/islands/point.js"]["dynamicImports"]  # type: ignore[operator]
    assert fetched({LATER}) > MOST - fetched({BASE}), "the map alone would break the limit, so it must stay apart"
    html = page_of("text")
    assert {part for mark, part in WAKES.items() if mark in html} == {CONDITIONS}
