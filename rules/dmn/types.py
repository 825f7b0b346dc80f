"""The types of a model: whether a value is of one, and the implicit conversions (DMN 1.5, 7.3.2, 10.3.2.9.4)."""

from __future__ import annotations

from collections.abc import Iterable

from rules.dmn.model import ItemType, Model
from rules.errors import RuleError
from rules.feel.bounds import Budget
from rules.feel.calls import converted
from rules.feel.expression import compile_text
from rules.feel.kinds import Test, named
from rules.feel.text import odd_names
from rules.feel.values import Function, Value, kind_of

_ALIASES = {
    "dateTime": "date and time",
    "yearMonthDuration": "years and months duration",
    "dayTimeDuration": "days and time duration",
}
_BASIC = {
    "number", "string", "boolean", "date", "time", "date and time", "years and months duration",
    "days and time duration", "Any", "context",
}  # fmt: skip


class Types:
    """The named types of a model and of those it imports (by dotted name)."""

    def __init__(self, model: Model) -> None:
        self.items: dict[str, ItemType] = {}
        self.tests: dict[str, Test] = {}
        self.kinds: dict[str, Test] = {}
        self.known: dict[str, str | None] = {}
        self.odd = odd_names(names_of(model.types))
        for item in model.types:
            self.items[item.name] = item
            self.tests[item.name] = self.test_of(item, allowed=True)
            self.kinds[item.name] = self.test_of(item, allowed=False)
        for name, imported in model.imports:
            inner = Types(imported)
            self.items.update({f"{name}.{key}": item for key, item in inner.items.items()})
            self.tests.update({f"{name}.{key}": test for key, test in inner.tests.items()})
            self.kinds.update({f"{name}.{key}": test for key, test in inner.kinds.items()})

    def name_of(self, type_ref: str) -> str:
        """The name behind a reference, without prefix and alias; "" for one that is unknown or says nothing."""
        name = type_ref.strip().rpartition(":")[2]
        name = _ALIASES.get(name, name)
        return name if name in _BASIC or name in self.tests else ""

    def simple(self, type_ref: str) -> str | None:
        """The one kind of FEEL value that a reference stands for; "" where it takes everything, None where values must be looked at."""
        if type_ref not in self.known:  # `known`: of those that were asked for
            name = self.name_of(type_ref)
            self.known[type_ref] = None if name in self.tests else "" if name == "Any" else name
        return self.known[type_ref]

    def fits(self, value: Value, type_ref: str, budget: Budget) -> bool:
        """Whether a value is of a type; null is of every type, and an unknown type takes everything."""
        name = self.name_of(type_ref)
        if value is None or not name or name == "Any":
            return True
        return self.tests[name](value, budget) if name in self.tests else named(name, {})(value, budget)

    def coerce(self, value: Value, type_ref: str, budget: Budget) -> Value:
        """The value as one of this type: a list of one as its item and the reverse, a date as its midnight; otherwise null."""
        if not type_ref or self.fits(value, type_ref, budget):
            return value
        return converted(value, lambda one: self.fits(one, type_ref, budget))

    def test_of(self, item: ItemType, *, allowed: bool) -> Test:
        """The test of an item definition or component; `instance of` does not look at the allowed values. Types are looked up
        when used, since they may name each other."""
        single = self._members_test(item, allowed) if item.members else self._simple_test(item, allowed)
        constraint = self._unary(item.constraint) if item.constraint and allowed else None

        def test(value: Value, budget: Budget) -> bool:
            budget.spend(1 + len(value) // 4 if isinstance(value, list) else 1)
            if item.collection:
                fitting = isinstance(value, list) and all(one is None or single(one, budget) for one in value)
            else:
                fitting = single(value, budget)
            return fitting and (constraint is None or constraint(value, budget))

        return test

    def _members_test(self, item: ItemType, allowed: bool) -> Test:
        members = [(member.name, self.test_of(member, allowed=allowed)) for member in item.members]

        def test(value: Value, budget: Budget) -> bool:
            return isinstance(value, dict) and all(
                name in value and (value[name] is None or inner(value[name], budget)) for name, inner in members
            )

        return test

    def _simple_test(self, item: ItemType, allowed: bool) -> Test:
        unary = self._unary(item.allowed) if item.allowed and allowed else None
        tests = self.tests if allowed else self.kinds

        def test(value: Value, budget: Budget) -> bool:
            if item.function:
                return isinstance(value, Function)
            name = self.name_of(item.type_ref)
            fitting = not name or name == "Any" or (tests[name] if name in tests else named(name, {}))(value, budget)
            return fitting and (unary is None or unary(value, budget))

        return test

    def _unary(self, text: str) -> Test:
        try:
            cell = compile_text(text, cell=True)
        except RuleError:
            return lambda value, budget: False
        return lambda value, budget: cell.run({"?": value}, budget) is True

    def kind(self, value: Value) -> str:
        """What a value is, for a sentence."""
        return kind_of(value)


def names_of(items: Iterable[ItemType]) -> list[str]:
    """The names of types and all their components."""
    return [name for item in items for name in (item.name, *names_of(item.members))]
