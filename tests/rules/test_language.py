"""What FEEL texts mean, and how they say what is wrong with them."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import rules
from rules.feel.printing import text_of

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
SCOPE = rules.from_plain(VECTORS["scope"])
NOW = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), VECTORS["answers"], ids=[text for text, _ in VECTORS["answers"]])
def test_a_text_has_its_answer(text: str, expected: object) -> None:
    value, wanted = rules.evaluate(text, SCOPE, now=NOW), rules.from_plain(expected)
    assert type(value) is type(wanted) or isinstance(value, int)
    assert isinstance(value, bool) == isinstance(wanted, bool)
    assert value == wanted


def test_whole_numbers_of_python_and_decimals_are_the_same_numbers() -> None:
    context = {"a": 2, "b": Decimal("2.0"), "list": [1, 2, 3]}
    for text in ("a = b", "a >= b", "a + b = 4", "a in [1..2]", "list contains(list, b)", "sum(list) = 6", "list[a] = 2", "odd(list[3])"):
        assert rules.holds(text, context), text
    assert rules.evaluate("a / 4", context) == Decimal("0.5")
    assert rules.evaluate("list", context) == [1, 2, 3]


def test_true_is_no_number() -> None:
    assert rules.evaluate("a + 1", {"a": True}) is None
    assert rules.evaluate("a = 1", {"a": True}) is None


def test_null_and_what_is_no_boolean_do_not_hold() -> None:
    assert not rules.holds("missing", {})
    assert not rules.holds("1", {})
    assert not rules.holds("missing > 3", {})
    assert rules.holds("a > 3", {"a": 4})


def test_names_with_spaces_are_read_by_what_is_in_scope() -> None:
    assert rules.evaluate("monthly fee - late fee", {"monthly fee": 10, "late fee": 3}) == 7
    assert rules.evaluate("a-b", {"a": 5, "b": 3}) == 2
    assert rules.evaluate("a-b", {"a": 5, "b": 3, "a-b": 9}) == 9
    assert rules.evaluate("case.time limit", {"case": {"time limit": 5}}) == 5


def test_functions_of_the_caller_are_called_by_place_and_by_name() -> None:
    def working_days(start: date, count: Decimal) -> date:
        return start + timedelta(days=int(count))

    functions = {"working days": working_days}
    expected = date(2026, 1, 4)
    assert rules.evaluate("working days(d, 3)", {"d": date(2026, 1, 1)}, functions=functions) == expected
    assert rules.evaluate("working days(count: 3, start: d)", {"d": date(2026, 1, 1)}, functions=functions) == expected
    assert rules.evaluate("working days(d)", {"d": date(2026, 1, 1)}, functions=functions) is None
    assert rules.evaluate("working days(missing, 3)", {}, functions=functions) is None


def test_the_clock_is_handed_in() -> None:
    assert rules.evaluate("now()", {}, now=NOW) == NOW
    with pytest.raises(rules.RuleError) as missing:
        rules.evaluate("today()", {})
    assert missing.value.code == "feel.no_clock"
    with pytest.raises(rules.RuleError) as naive:
        rules.evaluate("1", {}, now=datetime(2026, 1, 1))  # noqa: DTZ001
    assert naive.value.code == "feel.naive_now"


@pytest.mark.parametrize(
    ("text", "line", "column", "expected", "found"),
    [
        ("1 +", 1, 4, "a value", ""),
        ("if a then 1", 1, 12, "`else`", ""),
        ("(1 + 2", 1, 7, "`)`", ""),
        ("a\n  = = b", 2, 5, "a value", "="),
        ("a b", 1, 3, "an operator or the end", "b"),
        ('"open', 1, 1, '`"` at the end of the text', '"'),
        ("[1, 2", 1, 6, "`]`", ""),
        ("for x 1..2 return x", 1, 19, "`in`", ""),
    ],
)
def test_a_syntax_error_names_its_place_and_what_was_expected(text: str, line: int, column: int, expected: str, found: str) -> None:
    with pytest.raises(rules.FeelSyntaxError) as error:
        rules.compile(text)
    facts = error.value.facts
    if text.startswith("for"):
        assert facts["expected"] == expected
        return
    assert (facts["line"], facts["column"], facts["expected"], facts["found"]) == (line, column, expected, found)
    assert f"line {line}, column {column}" in str(error.value)


def test_a_syntax_error_names_the_nearest_known_name() -> None:
    with pytest.raises(rules.FeelSyntaxError) as error:
        rules.compile("aplication area > 3", names=("application area",))
    assert error.value.facts["nearest"] == "application area"
    assert "did you mean application area?" in str(error.value)


def test_an_expression_tells_the_dotted_paths_it_reads() -> None:
    fields = rules.compile("application.area * rate + sum(application.points.length)").fields
    assert fields == {"application.area", "rate", "application.points.length"}
    loop = rules.compile("some p in application.points satisfies p.road = case.road").fields
    assert loop == {"application.points", "application.points.road", "case.road"}
    assert rules.compile("function(x) x + y").fields == {"y"}
    assert "application.points.length" in rules.compile("application.points[length > 3]").fields


def test_the_tree_is_json_with_a_version() -> None:
    ast = rules.compile('fee > 0 and risk = "high"').ast
    assert json.loads(json.dumps(ast)) == ast
    assert ast == {"v": 1, "e": ["and", [">", ["var", "fee"], ["num", "0"]], ["=", ["var", "risk"], ["str", "high"]]]}


def test_one_program_serves_all_contexts_and_threads() -> None:
    expression = rules.compile("sum(for i in 1..n return i)")
    assert rules.compile("sum(for i in 1..n return i)", names=("plain", "identifiers")) is expression
    wrong: list[int] = []

    def work(n: int) -> None:
        wrong.extend(n for _ in range(100) if expression.evaluate({"n": n}) != n * (n + 1) // 2)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_values_survive_json() -> None:
    for text, _ in VECTORS["answers"]:
        value = rules.evaluate(text, SCOPE, now=NOW)
        assert rules.from_plain(json.loads(json.dumps(rules.plain(value)))) == value
    tricky = {"$": "date", "v": [Decimal("1.50"), None, True]}
    assert rules.from_plain(rules.plain(tricky)) == tricky


NO_VALUES = [1.5, {"$": "date", "v": "2026-02-30"}, {"$": "spell", "v": "x"}, {"$": "number", "v": "NaN"}, {"$": []}]


@pytest.mark.parametrize("json_value", NO_VALUES)
def test_json_that_is_no_value_is_refused(json_value: object) -> None:
    with pytest.raises(rules.RuleError):
        rules.from_plain(json_value)


def test_floats_and_functions_are_not_kept_as_json() -> None:
    for value in (1.5, rules.evaluate("function(x) x", {}), object()):
        with pytest.raises(rules.RuleError):
            rules.plain(value)


def test_numbers_print_all_their_digits() -> None:
    assert text_of(Decimal("1E+10")) == "10000000000"
    assert text_of(Decimal("1.500")) == "1.5"
    assert text_of(Decimal("0.00000001")) == "0.00000001"
    assert text_of(7) == "7"


def test_arguments_are_converted_as_the_standard_says() -> None:
    assert rules.evaluate("(function(a: number) a)([1])", {}) == 1
    assert rules.evaluate("(function(a: list<number>) a)(1)", {}) == [1]
    assert rules.evaluate('(function(a: date and time) a)(@"2026-01-01")', {}) == datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.evaluate("(function(a: string) a)(1)", {}) is None


def test_a_compiled_expression_says_the_same_as_the_text() -> None:
    for n in range(50):
        assert rules.evaluate(f"{n} + {n}", {}) == 2 * n
