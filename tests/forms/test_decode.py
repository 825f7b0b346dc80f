"""Names of a browser become nested values, and nothing else gets through."""

from __future__ import annotations

import pytest

import forms
from forms import Invalid, Pressed, Upload


def test_dotted_names_nest_and_rows_become_lists() -> None:
    pairs = [("points.1.road_class", "two"), ("points.0.road_class", "one"), ("start.day", "1"), ("name", "Siti")]
    assert forms.decode(pairs) == {"points": [{"road_class": "one"}, {"road_class": "two"}], "start": {"day": "1"}, "name": "Siti"}


def test_rows_are_ordered_by_number_and_gaps_close() -> None:
    assert forms.decode([("p.10.a", "ten"), ("p.9.a", "nine")]) == {"p": [{"a": "nine"}, {"a": "ten"}]}


def test_a_name_sent_more_than_once_is_a_list() -> None:
    assert forms.decode([("sides", "north"), ("sides", "south")]) == {"sides": ["north", "south"]}


def test_what_belongs_to_the_page_is_left_out() -> None:
    assert forms.decode([("csrf_token", "x"), ("_add", "points"), ("name", "Siti")]) == {"name": "Siti"}


def test_an_empty_file_box_is_no_file() -> None:
    assert forms.decode([], [("ktp.new", Upload("", b"")), ("map.new", Upload("a.pdf", b"x"))]) == {"map": {"new": Upload("a.pdf", b"x")}}


@pytest.mark.parametrize(
    "name",
    ["", ".", "a.", ".a", "a..b", "A", "a b", "a[b]", "__proto__", "0", "0.a", "a.b.c.d.e.f", "é", "a" * 300, "a\x00", "a.-1", "a.1234"],
)
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    if name.startswith("_"):
        assert forms.decode([(name, "x")]) == {}
        return
    with pytest.raises(Invalid) as caught:
        forms.decode([(name, "x")])
    assert caught.value.errors[0].code == "name"


@pytest.mark.parametrize("pairs", [[("a", "x"), ("a.b", "y")], [("a.b", "y"), ("a", "x")], [("a.0", "x"), ("a.b", "y")]])
def test_a_name_cannot_be_both_a_value_and_a_box_of_values(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid):
        forms.decode(pairs)


def test_there_are_bounds() -> None:
    for pairs in ([(f"a{n}", "") for n in range(4000)], [(f"p.{n}.a", "x") for n in range(300)], [("a", "x" * 200_000)]):
        with pytest.raises(Invalid) as caught:
            forms.decode(pairs)
        assert caught.value.errors[0].code == "size"


def test_buttons_add_and_remove_rows_and_leave_the_rest(form: forms.Form) -> None:
    raw = {"name": "Siti", "points": [{"road_class": "one"}]}
    assert forms.press(form, raw, Pressed("add", "points")) == {"name": "Siti", "points": [{"road_class": "one"}, {}]}
    assert forms.press(form, {}, Pressed("add", "points")) == {"points": [{}, {}]}
    assert forms.press(form, raw, Pressed("remove", "points.0")) == {"name": "Siti", "points": []}
    assert forms.press(form, raw, Pressed("remove", "points.9")) == raw
    assert forms.press(form, raw, Pressed("add", "name")) == raw
    full = {"points": [{"road_class": "one"}] * 3}
    assert forms.press(form, full, Pressed("add", "points")) == full
    assert forms.pressed([("a", "b"), ("_remove", "points.1")]) == Pressed("remove", "points.1")
    assert forms.pressed([("a", "b")]) is None


def test_the_next_list_of_a_place_forgets_what_no_longer_fits(form: forms.Form) -> None:
    posted = {"home": {"province": "32", "regency": "35.25", "district": "35.25.01"}}
    assert forms.press(form, posted, Pressed("refresh", "home")) == {"home": "32"}
