"""No body whatever, honest or not, makes anything but `Invalid`; and what was refused can always be shown again."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import forms
from forms import FileRef, Form, Invalid, Upload
from forms.fields._samples import JPEG, PDF, PNG

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEPT = {"ktp-1": FileRef("ktp-1", "a.jpg", "image/jpeg", 9, "0" * 64)}
RELAXED = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

KEYS = [
    "name",
    "nik",
    "npwp",
    "phone",
    "email",
    "home",
    "ktp",
    "kind",
    "area",
    "value",
    "points",
    "start",
    "finish",
    "note",
    "lit",
    "sides",
]
KEYS += ["photos", "agree", "why"]
PARTS = [
    "0",
    "1",
    "7",
    "day",
    "month",
    "year",
    "province",
    "regency",
    "district",
    "keep",
    "new",
    "remove",
    "agreed",
    "version",
    "road_class",
]
PARTS += ["reason", "photo", "file", "code", "x", ""]
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["yes", "no", "billboard", "video", "1.234,5", "-0", "9" * 30, "2026-12-01", "35.25", "3525015708900002", "ktp-1", "\ud800", "\x00"]
    ),
)
uploads = st.builds(
    Upload,
    st.text(max_size=20),
    st.one_of(st.binary(max_size=60), st.sampled_from([JPEG, PNG, PDF, JPEG[:90], PNG[:60], PDF[:200], PDF + PNG])),
)
names = st.one_of(
    st.builds(lambda key, rest: ".".join([key, *rest]), st.sampled_from(KEYS), st.lists(st.sampled_from(PARTS), max_size=4)),
    st.text(alphabet=string.ascii_lowercase + "._0 9é", max_size=30),
)
tame = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30),
    st.sampled_from(["yes", "no", "billboard", "video", "1.234,5", "2026-12-01", "35.25", "3525015708900002", "ktp-1", "one"]),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(-1e6, 1e6),
    uploads,
)
honest = st.recursive(
    tame,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(PARTS + KEYS), inner, max_size=4)),
    max_leaves=8,
)
leaves = st.one_of(texts, st.none(), st.booleans(), st.integers(), st.just(10**400), st.floats(), st.decimals(), st.dates(), uploads)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(PARTS + KEYS), texts), inner, max_size=4)
    ),
    max_leaves=12,
)
bodies = st.one_of(
    st.dictionaries(st.sampled_from(KEYS), honest, max_size=12),
    st.dictionaries(st.one_of(st.sampled_from(KEYS), texts), trees, max_size=12),
    trees,
)


def show_again(form: Form, refused: Invalid) -> None:
    """Every fault has a sentence, and every page can be drawn."""
    assert refused.errors
    for lang in ("id", "en"):
        assert all(line["text"] for line in forms.error_summary(form, refused.errors, lang=lang))
        for page in form.pages:
            forms.render(form, page.key, raw=refused.raw, lang=lang, errors=refused.errors, kept=KEPT, at=AT)


def survive(form: Form, raw: Any, **more: Any) -> None:
    """Check, and show what was refused, in both languages."""
    if isinstance(raw, dict):
        forms.with_fine_files(form, raw)
    try:
        answers = form.check(raw, at=AT, kept=KEPT, **more)
    except Invalid as refused:
        show_again(form, refused)
    else:
        forms.summary(form, answers.values, lang="id", context={})


@RELAXED
@given(body=bodies)
@example(body={"points": [{"road_class": "one", "photo": {"new": [Upload("a", b"%PDF-")]}}]})
@example(body={"home": {"province": "35", "regency": ["35.25"]}, "lit": "yes", "sides": {"0": {}}})
@example(body={"start": {"day": "9" * 5000, "month": "1", "year": "2026"}})
@example(body={"area": "9" * 90_000, "value": "1" + ".000" * 9_000, "phone": "0" * 90_000, "email": "a@" * 40_000})
def test_any_body_of_a_machine_is_answered_or_refused(form: Form, body: Any) -> None:
    survive(form, body)


@RELAXED
@given(body=st.dictionaries(st.sampled_from(KEYS), honest, max_size=8), before=st.dictionaries(st.sampled_from(KEYS), honest, max_size=8))
def test_any_body_is_answered_or_refused_on_a_page_and_in_a_correction_too(form: Form, body: Any, before: Any) -> None:
    survive(form, body, page="site", before=before)
    survive(form, body, only=["ktp", "lit"], before=before)
    survive(form, body, only=["points"], before=before, page="site")


@RELAXED
@given(pairs=st.lists(st.tuples(names, texts), max_size=30), files=st.lists(st.tuples(names, uploads), max_size=4))
def test_any_names_of_a_browser_are_decoded_or_refused(form: Form, pairs: Any, files: Any) -> None:
    try:
        raw = forms.decode(pairs, files)
    except Invalid as refused:
        show_again(form, refused)
    else:
        survive(form, raw)
        button = forms.pressed([("_add", "points"), *pairs])
        assert button is not None
        pressed = forms.press(form, raw, button)
        forms.render(form, "site", raw=pressed, lang="id", at=AT)


@RELAXED
@given(body=bodies)
def test_the_journey_never_fails(form: Form, body: Any) -> None:
    if isinstance(body, dict):
        try:
            forms.journey.pages_shown(form, body, {}, AT)
            forms.journey.first_unanswered(form, body, {}, AT)
        except Invalid:
            pass  # beyond the bounds of any honest draft


@pytest.mark.parametrize(
    "body",
    [
        {"points": [{}] * 5000},
        {"name": "x" * 200_000},
        {"points": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}},
        {f"k{n}": "x" for n in range(20_000)},
        {"x" * 1000: "y"},
        {("a", "b"): 1},
        {"name": object()},
        [],
        None,
        "text",
    ],
)
def test_bodies_beyond_the_bounds_are_refused_as_a_whole(form: Form, body: Any) -> None:
    with pytest.raises(Invalid) as caught:
        form.check(body, at=AT)
    assert {one.code for one in caught.value.errors} <= {"size", "name", "required", "undeclared", "type", "text.long"}
