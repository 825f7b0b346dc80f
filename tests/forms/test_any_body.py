"""No body whatever makes an exception or slips past the check: every kind at once, fed with what other kinds expect and with rubbish."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forms
import rules
from forms import FileRef, Form, Invalid, Upload

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEPT = {"kept-1": FileRef("kept-1", "a.jpg", "image/jpeg", 9, "0" * 64)}
LISTS = {"contoh": b"value,id,en\npadi,Padi,Rice\ntebu,Tebu,Sugar cane\n"}
CONTEXT: dict[str, Any] = {"application": {}}
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def every() -> Form:
    """One question of each kind, every one with a row of small ones in a group and a table beside it; none must be answered."""
    questions = []
    for word, kind in forms.kinds().items():
        options = dict(kind.good[0].options) if kind.good else {}
        demand = {} if kind.computed or not kind.answered else {"required": False}
        questions.append({**forms.fresh(word), **options, "key": f"q_{word}", **demand})
    nested = [{**forms.fresh(word), "key": f"n_{word}"} for word, kind in forms.kinds().items() if kind.nests]
    for number in range(0, len(nested), 20):
        questions.append({**forms.fresh("group"), "key": f"rows_{number}", "required": False, "fields": nested[number : number + 20]})
    words = {"id": "F", "en": "F"}
    pages = [{"key": f"p{n}", "title": words, "fields": questions[n : n + 30]} for n in range(0, len(questions), 30)]
    whole = {"format": "loket-form/1", "key": "sample", "title": words, "pages": pages}
    return forms.read(json.dumps(whole).encode(), lists=LISTS)


def seeds() -> Iterator[Any]:
    """Everything any kind's samples post."""
    for kind in forms.kinds().values():
        yield from (one.raw for one in (*kind.good, *kind.bad))


KEYS = [f"q_{word}" for word in forms.kinds()] + ["rows_0", "rows_20", "rows_40"]
PARTS = ["0", "1", "day", "month", "year", "time", "start", "end", "street", "rt", "region", "village", "lat", "lon", "name", "drawn"]
PARTS += ["search", "value", "keep", "new", "remove", "agreed", "version", "at", "tick", "reason", "file", "code", "n_text", "n_files", ""]
nasty = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "9" * 400,
        "-0",
        "NaN",
        "1e9",
        "٣",
        "\u202e",
        "<svg d='M1 1'>",
        "M1 1" * 3000,
        "M" + "9 " * 9000,
        "2026-02-31",
    ]
)
leaves = st.one_of(
    nasty,
    st.text(max_size=20),
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.builds(Upload, st.text(max_size=9), st.binary(max_size=40)),
)
trees = st.recursive(
    st.one_of(leaves, st.sampled_from(list(seeds()))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(PARTS), inner, max_size=4)),
    max_leaves=8,
)
bodies = st.dictionaries(st.sampled_from(KEYS), trees, min_size=1, max_size=14)


def only_plain(value: Any) -> bool:
    """Whether a checked value holds nothing but what can be kept."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and only_plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(only_plain, value))
    return value is None or isinstance(value, str | int | Decimal | date | datetime | Upload) or type(value).__name__ == "time"


def told(form: Form, refused: Invalid) -> None:
    """Something is said, in a sentence without gaps."""
    lines = forms.error_summary(form, refused.errors, lang="id")
    assert lines
    assert all(line["text"] and "{" not in line["text"] for line in lines)


@RELAXED
@given(body=bodies, page=st.sampled_from([None, "p0", "p30"]))
def test_whatever_is_posted_to_any_kind_is_checked_or_refused_in_words(every: Form, body: Any, page: str | None) -> None:
    more = {"page": page, "before": {}} if page else {}
    try:
        answers = every.check(body, at=AT, kept=KEPT, context=CONTEXT, **more)
    except Invalid as refused:
        told(every, refused)
        forms.render(every, page or "p0", raw=refused.raw, lang="id", errors=refused.errors, kept=KEPT, context=CONTEXT, at=AT)
        return
    known = {one.key for one in every.questions()}
    assert set(answers.values) <= known
    assert only_plain(answers.values)
    kept = answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"]))
    json.dumps(rules.plain(kept.values)).encode()
    forms.summary(every, kept.values, lang="en")
    again = every.check(kept.raw, at=AT, kept=KEPT, context=CONTEXT, **({**more, "before": {}} if page else {}))
    assert again.values.keys() == kept.values.keys(), "what was accepted once is accepted again"


@RELAXED
@given(
    pairs=st.lists(
        st.tuples(
            st.builds(lambda key, rest: ".".join([key, *rest]), st.sampled_from(KEYS), st.lists(st.sampled_from(PARTS), max_size=5)),
            st.one_of(nasty, st.text(max_size=20)),
        ),
        max_size=25,
    )
)
def test_whatever_names_a_browser_sends_no_button_and_no_page_fails(every: Form, pairs: list[tuple[str, str]]) -> None:
    try:
        raw = forms.decode(pairs)
    except Invalid as refused:
        told(every, refused)
        return
    for button in ("q_group", "q_table.0", "q_address.region", "q_lookup", "nothing.9"):
        for name in ("_add", "_remove", "_refresh"):
            pressed = forms.pressed([(name, button)])
            assert pressed is not None
            raw_after = forms.press(every, raw, pressed)
    forms.render(every, "p30", raw=raw_after, lang="en", kept=KEPT, at=AT, context=CONTEXT)
    forms.fine(every, raw)
    try:
        every.check(raw, at=AT, kept=KEPT, context=CONTEXT)
    except Invalid as refused:
        told(every, refused)


@pytest.mark.parametrize("bracket", [{"q_address": None}, {"q_period": None}, {"q_group": [None] * 150}])
def test_depth_and_number_are_bounded(every: Form, bracket: dict[str, Any]) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = {"a": [deep]}
    with pytest.raises(Invalid):
        every.check({**bracket, "q_text": deep}, at=AT)
    with pytest.raises(Invalid):
        every.check({**bracket, **{f"k{n}": "x" for n in range(12_000)}}, at=AT)
