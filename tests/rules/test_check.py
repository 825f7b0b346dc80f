"""What is wrong with an expression is found before it runs, and nothing is said about expressions that are right."""

from __future__ import annotations

import pytest

import rules

SCOPE = {
    "application": {
        "luas": "number",
        "kind": "string",
        "start": "date",
        "agree": "boolean",
        "points": ["list", {"road_class": "string", "length": "number"}],
        "tags": ["list", "string"],
        "extra": "any",
    },
    "case": {"number": "string", "received": "date and time"},
}

WRONG = [
    ("application.lus > 3", "feel.unknown_name", {"name": "application.lus", "nearest": "application.luas"}),
    ("aplication.luas > 3", "feel.unknown_name", {"name": "aplication", "nearest": "application"}),
    ("application.points[lenght > 3]", "feel.unknown_name", {"name": "lenght", "nearest": "length"}),
    ("for p in application.points return p.lenth", "feel.unknown_name", {"name": "p.lenth", "nearest": "p.length"}),
    ("application.start.yeer", "feel.unknown_name", {"nearest": "application.start.year"}),
    ("substrin(application.kind, 1)", "feel.unknown_function", {"nearest": "substring"}),
    ('application.luas > "3"', "feel.wrong_type", {"operator": ">", "left": "number", "right": "string"}),
    ('application.luas in ["a"]', "feel.wrong_type", {"right": "string"}),
    ("application.kind in [1..3]", "feel.wrong_type", {"left": "string"}),
    ("application.agree > true", "feel.wrong_type", {"operator": ">"}),
    ("application.kind + 1", "feel.wrong_type", {"operator": "+"}),
    ("application.start + application.start", "feel.wrong_type", {"operator": "+"}),
    ("application.luas and true", "feel.wrong_type", {"operator": "and", "found": "number"}),
    ("if application.kind then 1 else 2", "feel.wrong_type", {"operator": "if"}),
    ("some t in application.tags satisfies t > 1", "feel.wrong_type", {"left": "string"}),
    ("string length(application.luas)", "feel.wrong_argument", {"function": "string length", "found": "number"}),
    ("substring(application.kind)", "feel.wrong_number_of_arguments", {"given": 1, "expected": "2 to 3"}),
    ("round half up(n: 1, scal: 2)", "feel.unknown_argument", {"argument": "scal"}),
    ('@"2026-02-30"', "feel.bad_literal", {"text": "2026-02-30"}),
    ("1 +", "feel.syntax", {"line": 1, "column": 4}),
    ("-application.kind", "feel.wrong_type", {"operator": "-"}),
]


@pytest.mark.parametrize(("text", "code", "facts"), WRONG, ids=[text for text, _, _ in WRONG])
def test_a_mistake_is_found(text: str, code: str, facts: dict[str, object]) -> None:
    (finding,) = rules.check(text, SCOPE)
    assert finding.code == code
    assert {key: finding.facts[key] for key in facts} == facts
    assert isinstance(finding.facts["line"], int)


RIGHT = [
    "application.luas > 3 and application.agree",
    'application.points[road_class = "main"].length',
    "sum(application.points.length) * 2 > application.luas",
    "count(application.points) = 0",
    "application.points[1].length + 1",
    "max(application.points.length) > 3",
    'application.start + @"P14D" < today()',
    '(application.start - @"2026-01-01") / @"P1D" > 3',
    'application.extra > 3 or application.extra = "x" or application.extra.anything',
    "application.start = null",
    "if application.agree then application.luas else null",
    "string length(application.kind) between 1 and 10",
    'application.tags = ["a"]',
    'list contains(application.tags, "a")',
    "working days(application.start, 3) > application.start",
    "{total: application.luas * 2, tax: total * 0.1}.tax",
    "every p in application.points satisfies p.length > 0",
    "date(case.received).year = 2026",
    "(function(x, y) x + y)(1, 2)",
    'application.kind in ("a", "b")',
    "application.luas in (< 3, > 10)",
    'duration("P1D") * 3',
    "for i in 1..3 return i * 2",
    'get value(application, "luas")',
]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_about_what_is_right(text: str) -> None:
    assert rules.check(text, SCOPE, functions=("working days",)) == ()


def test_the_place_is_that_of_the_name() -> None:
    (finding,) = rules.check("application.luas > 1 and\n  application.lus > 3", SCOPE)
    assert (finding.facts["line"], finding.facts["column"]) == (2, 3)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(rules.check("lus > 1 and application.knd = 2 and substrin(1)", SCOPE)) == 3


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("application.luas * 2 > 3", True),
        ('matches(application.kind, "a")', False),
        ('time("08:00:00")', False),
        ("working days(d, 3)", False),
        ('date("2026-01-01") + @"P1M"', True),
        ("round half up(n: 1, scale: 2)", False),
        ("now()", False),
        ("today()", True),
    ],
)
def test_it_is_known_what_browsers_can_run(text: str, inside: bool) -> None:
    expression = rules.compile(text, names=("working days",))
    assert rules.in_browser(expression, frozenset(("working days",))) is inside


ROWS = [
    ('a.kind = "x" and a.area >= 10.5', "all", [("a.kind", "=", "x"), ("a.area", ">=", "10.5")]),
    ('a.kind in ["x", "y"] or not(a.kind in ["z"])', "any", [("a.kind", "is one of", "['x', 'y']"), ("a.kind", "is none of", "['z']")]),
    ("a.area in [1..5]", "all", None),
    ("a.date = null and a.other != null", "all", [("a.date", "is empty", "None"), ("a.other", "is filled", "None")]),
    ('contains(a.name, "CV \\"Maju\\"")', "all", [("a.name", "contains", 'CV "Maju"')]),
    ('list contains(a.kinds, "x")', "all", [("a.kinds", "includes", "x")]),
    ('a.start > @"2026-01-01"', "all", None),
    ('a.kind in ("x", "y")', "all", [("a.kind", "is one of", "['x', 'y']")]),
    ("a.agree", "all", [("a.agree", "=", "True")]),
    ("not(a.agree)", "all", [("a.agree", "=", "False")]),
    ("5 < a.area", "all", [("a.area", ">", "5")]),
]


@pytest.mark.parametrize(("text", "join", "rows"), ROWS, ids=[text for text, _, _ in ROWS])
def test_a_condition_of_rows_goes_there_and_back(text: str, join: str, rows: list[tuple[str, str, str]] | None) -> None:
    read = rules.rows_of(text)
    assert (read.fits, read.join) == (True, join)
    if rows:
        assert [(row.field, row.operator, str(row.value)) for row in read.rows] == rows
    assert rules.rows_of(rules.text_of_rows(read)) == read


@pytest.mark.parametrize("text", ["a + b > 3", "a = b", "count(a.list) > 1", "a = 1 and (b = 2 or c = 3)", "a[1] = 2", "1 +"])
def test_what_does_not_fit_rows_is_said_so(text: str) -> None:
    assert rules.rows_of(text).fits is False


def test_rows_that_make_no_text_are_refused() -> None:
    for row in (rules.Row("a b", "=", 1), rules.Row("a", "resembles", 1), rules.Row("a", "=", {"x": 1})):
        with pytest.raises(ValueError, match=r"."):
            rules.text_of_rows(rules.Rows("all", (row,)))
