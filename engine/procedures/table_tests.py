"""Test rows of decision tables (`decisions/<name>.tests.toml`): read, played, written. What a clerk works out by hand, kept beside the
table, so that whoever changes a row sees what else it changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import Float, Trivia

import rules
from rules import Decisions, RuleError

from .names import FUNCTIONS
from .naming import Words, both

ENDING = ".tests.toml"
Value = Any


@dataclass(frozen=True)
class TableTest:
    """One row: the table, what is given (by dotted path, as the table reads it), what must come out (None: nothing), on which day."""

    table: str
    given: Mapping[str, Value]
    expect: Value = None
    title: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Tested:
    """A test row after it was played: what came out, the numbers of the rows that fired, and why nothing did (a code)."""

    test: TableTest
    value: Value
    fired: tuple[int, ...]
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether it came as expected; of several outputs only those that the row names are looked at."""
        return not self.problem and same(self.test.expect, self.value)


def tests_in(tree: Mapping[str, Any]) -> tuple[TableTest, ...]:
    """The rows of a file that its schema has passed."""
    return tuple(
        TableTest(str(one["table"]), {key: _value(each) for key, each in one["given"].items()}, _value(one.get("expect")),
                  str(one.get("title", "")), one.get("on"))
        for one in tree.get("tests", ())
    )  # fmt: skip


def read_tests(data: bytes) -> tuple[TableTest, ...]:
    """The rows of a file; none of one that cannot be read (whose findings the reader of bundles tells)."""
    try:
        return tests_in(tomllib.loads(data.decode("utf-8"), parse_float=Decimal))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def play(decisions: Decisions, test: TableTest) -> Tested:
    """Play one row against its table alone (`rules.alone`). Raises nothing: what goes wrong is the row's problem."""
    now = datetime.combine(test.on, time(12), UTC) if test.on else None
    try:
        decided = decisions.decide(test.table, rules.nested(test.given), now=now, functions=_NO_CALENDAR)
    except RuleError as error:
        return Tested(test, None, (), error.code)
    fired = tuple(each.number for each in decided.fired if each.table == test.table)
    return Tested(test, decided.value, fired, decided.problems[0].code if decided.problems and decided.value is None else "")


_NO_CALENDAR = dict.fromkeys(FUNCTIONS, lambda *_: None)


def same(wanted: Value, was: Value) -> bool:
    """Whether a value is the wanted one; of a context the wanted members."""
    if isinstance(wanted, Mapping) and isinstance(was, Mapping):
        return all(key in was and same(each, was[key]) for key, each in wanted.items())
    if isinstance(wanted, list) and isinstance(was, list):
        return len(wanted) == len(was) and all(same(a, b) for a, b in zip(wanted, was, strict=True))
    if isinstance(wanted, bool) or isinstance(was, bool):
        return wanted is was
    return bool(wanted == was)


def _value(value: Any) -> Value:
    """A value of TOML as FEEL has it."""
    if isinstance(value, Mapping):
        return {str(key): _value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_value(each) for each in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


def write_tests(before: bytes | None, table: str, tests: Sequence[TableTest]) -> bytes | None:
    """The file with these rows of one table in the place of those it had; the rows of other tables keep their text. Equal rows change
    nothing; a file without any row is none (None). Raises ValueError for a value that TOML has no word for."""
    old = read_tests(before or b"")
    if [one for one in old if one.table == table] == list(tests):
        return before
    try:
        sheet = tomlkit.parse((before or b"").decode("utf-8"))
    except (ValueError, UnicodeDecodeError):
        sheet = tomlkit.document()
    kept = list(sheet.get("tests", ()))
    made = [item for item, one in zip(kept, old, strict=False) if one.table != table]
    fresh = tomlkit.aot()
    for item in (*made, *(_item(one) for one in tests)):
        fresh.append(item)
    if not len(fresh):
        return None
    sheet["tests"] = fresh
    return tomlkit.dumps(sheet).encode()


def _item(test: TableTest) -> Any:
    item = tomlkit.table()
    item["table"] = test.table
    if test.title:
        item["title"] = test.title
    if test.on:
        item["on"] = test.on
    item["given"] = _inline(test.given)
    if test.expect is not None:
        item["expect"] = _written(test.expect)
    item.add(tomlkit.nl())
    return item


def _inline(values: Mapping[str, Value]) -> Any:
    made = tomlkit.inline_table()
    for key, value in values.items():
        made[key] = _written(value)
    return made


def _written(value: Value) -> Any:
    if isinstance(value, Mapping):
        return _inline({key: each for key, each in value.items() if each is not None})
    if isinstance(value, list):
        return [_written(each) for each in value if each is not None]
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("no number")
        return int(value) if value == value.to_integral_value() else Float(float(value), Trivia(), format(value, "f"))
    if isinstance(value, bool | int | str | date | datetime | time):
        return value
    raise ValueError(f"{type(value).__name__} cannot stand in a test row")


def outcome_told(played: Tested) -> Words:
    """What came out, or why nothing did."""
    if not played.problem:
        return value_told(played.value)
    why = _PROBLEMS.get(played.problem)
    return why or both(f"galat {played.problem}", f"the error {played.problem}")


_PROBLEMS = {
    "dmn.several_rules": both(
        "beberapa baris sekaligus, padahal hanya satu yang boleh berlaku", "several rows at once, and only one may hold"
    ),
    "dmn.outputs_differ": both("beberapa baris dengan hasil yang berbeda", "several rows with different results"),
    "dmn.not_allowed": both(
        "galat: jawaban itu tidak termasuk nilai kolomnya", "an error: that answer is not among the values of its column"
    ),
    "feel.no_clock": both("galat: baris uji ini perlu menyebut harinya", "an error: the test row has to say the day"),
}


def rows_told(fired: Iterable[int]) -> Words:
    """Which rows fired."""
    rows = ", ".join(map(str, fired))
    if not rows:
        return both("tidak ada baris yang berlaku", "no row holds")
    return both(f"baris {rows}", f"row {rows}")


def value_told(value: object) -> Words:
    """A value as a sentence shows it."""
    if value is None:
        return both("tidak ada hasil", "nothing")
    if isinstance(value, bool):
        return both("ya", "yes") if value else both("tidak", "no")
    if isinstance(value, dict):
        parts = [(key, value_told(each)) for key, each in value.items()]
        return both(*(", ".join(f"{key} = {each[lang]}" for key, each in parts) for lang in ("id", "en")))
    if isinstance(value, list):
        each = [value_told(one) for one in value]
        return both(*(", ".join(one[lang] for one in each) for lang in ("id", "en")))
    return both(str(value), str(value))


def of_table(tests: Iterable[TableTest], table: str) -> Iterator[TableTest]:
    """The rows of one table, in their order."""
    return (one for one in tests if one.table == table)
