"""Boxed expressions as closures `logic(scope, tally) -> value`, compiled once for a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rules.dmn import model as m
from rules.dmn.run import Logic, Tally, UndecidedError
from rules.dmn.table import table_logic
from rules.dmn.types import Types
from rules.errors import FeelLimit, FeelSyntaxError, RuleError
from rules.feel.bounds import Budget
from rules.feel.calls import call
from rules.feel.expression import Expression, compile_text
from rules.feel.loops import items_of
from rules.feel.parser import parse
from rules.feel.paths import item_at, within
from rules.feel.tests import NO_CONSTANTS, Constants, constants_of
from rules.feel.text import odd_names
from rules.feel.values import KINDS, Function, Scope, Value, is_number

Known = frozenset[str]


class Logics:
    """Compiles the boxed expressions of one model. `members` are the names that may stand after a dot."""

    def __init__(self, types: Types, members: Iterable[str] = ()) -> None:
        self.types = types
        self.members = odd_names(members)

    def feel(self, text: str, known: Known, *, cell: bool = False) -> Expression:
        """A FEEL text of the model. Raises FeelSyntaxError and FeelLimit."""
        if " instance" not in text and not self.types.tests and not self.members:
            return compile_text(text, known, cell=cell)
        node = parse(text, known, members=self.members, cell=cell, types=self.types.odd)
        return Expression(text, node, self.types.kinds)

    def text(self, text: str, known: Known, place: str, *, cell: bool = False) -> Logic:
        """A FEEL text as logic; one that cannot be read is null and says so."""
        try:
            expression = self.feel(text, known, cell=cell)
        except RuleError as error:
            return _unreadable(place, error)
        return expression.code  # that it goes too deep is caught once for the whole decision

    def constants(self, text: str, known: Known) -> Constants:
        """The values that a cell names, where it names nothing else."""
        try:
            return constants_of(self.feel(text, known, cell=True).node)
        except RuleError:
            return NO_CONSTANTS

    def boxed(self, box: m.Boxed | None, known: Known, place: str) -> Logic:
        """A boxed expression as logic, its type applied to the result."""
        if box is None:
            return lambda scope, tally: None
        make: Callable[[Any, Known, str], Logic] = getattr(self, _MAKERS[type(box)])
        logic = make(box, known, place)
        if isinstance(box, m.FunctionDefinition):
            return logic
        return self.typed(logic, box.type_ref, place)

    def typed(self, logic: Logic, type_ref: str, place: str) -> Logic:
        """The logic with its result brought to a type."""
        simple = self.types.simple(type_ref)
        if simple == "":
            return logic

        def typed(scope: Scope, tally: Tally) -> Value:
            value = logic(scope, tally)
            if value is None or KINDS.get(type(value), "?") == simple:
                return value
            return self.coerce(value, type_ref, place, tally)

        return typed

    def coerce(self, value: Value, type_ref: str, place: str, tally: Tally) -> Value:
        """The value as one of the type; null and a problem when it is none."""
        simple = self.types.simple(type_ref)
        if value is None or simple == "" or KINDS.get(type(value), "?") == simple:
            return value
        made = self.types.coerce(value, type_ref, tally)
        if made is None and value is not None:
            tally.problem(place, "dmn.wrong_type", expected=self.types.name_of(type_ref), found=self.types.kind(value))
        return made

    def literal(self, box: m.Literal, known: Known, place: str) -> Logic:
        return self.text(box.text, known, place) if box.text else lambda scope, tally: None

    def table(self, box: m.Table, known: Known, place: str) -> Logic:
        return table_logic(box, self, known, place)

    def context(self, box: m.Context, known: Known, place: str) -> Logic:
        entries: list[tuple[str | None, Logic]] = []
        for entry in box.entries:
            logic = self.boxed(entry.value, known, place)
            if entry.variable is None:
                entries.append((None, logic))
                continue
            if not isinstance(entry.value, m.FunctionDefinition):
                logic = self.typed(logic, entry.variable.type_ref, place)
            entries.append((entry.variable.name, logic))
            known = known | {entry.variable.name}
        return lambda scope, tally: _context_value(entries, scope, tally, place)

    def invocation(self, box: m.Invocation, known: Known, place: str) -> Logic:
        function = self.boxed(box.function, known, place)
        bindings = [
            (variable.name, self.typed(self.boxed(value, known, place), variable.type_ref, place)) for variable, value in box.bindings
        ]

        def logic(scope: Scope, tally: Tally) -> Value:
            return call(function(scope, tally), {name: value(scope, tally) for name, value in bindings}, tally)

        return logic

    def function(self, box: m.FunctionDefinition, known: Known, place: str, type_ref: str = "") -> Logic:
        if box.kind != "FEEL":
            return lambda scope, tally: None
        names = tuple(one.name for one in box.parameters)
        kinds = [(one.name, self.types.simple(one.type_ref), one.type_ref) for one in box.parameters]
        body = self.typed(self.boxed(box.body, known.union(names), place), type_ref, place)

        def logic(scope: Scope, tally: Tally) -> Function:
            def apply(arguments: list[Value], budget: Budget) -> Value:
                budget.spend(1 + len(scope) // 4)
                inner = dict(scope)
                for (name, kind, type_ref), value in zip(kinds, arguments, strict=True):
                    fits = value is None or kind == "" or KINDS.get(type(value)) == kind
                    inner[name] = value if fits else self.coerce(value, type_ref, place, tally)
                    if inner[name] is None and value is not None:
                        return None
                return body(inner, tally)

            return Function(names, apply)

        return logic

    def relation(self, box: m.Relation, known: Known, place: str) -> Logic:
        names = [column.name for column in box.columns]
        rows = [[self.boxed(cell, known, place) for cell in row] for row in box.rows]

        def logic(scope: Scope, tally: Tally) -> Value:
            tally.spend(len(rows) * len(names))
            return [dict(zip(names, [cell(scope, tally) for cell in row], strict=False)) for row in rows]

        return logic

    def list_of(self, box: m.ListOf, known: Known, place: str) -> Logic:
        items = [self.boxed(item, known, place) for item in box.items]
        return lambda scope, tally: [item(scope, tally) for item in items]

    def conditional(self, box: m.Conditional, known: Known, place: str) -> Logic:
        condition, yes, no = (self.boxed(part, known, place) for part in (box.condition, box.yes, box.no))

        def logic(scope: Scope, tally: Tally) -> Value:
            answer = condition(scope, tally)
            if answer is not None and not isinstance(answer, bool):
                tally.problem(place, "dmn.wrong_type", expected="boolean", found=self.types.kind(answer))
                return None
            return yes(scope, tally) if answer else no(scope, tally)

        return logic

    def iteration(self, box: m.Iteration, known: Known, place: str) -> Logic:
        source = self.boxed(box.source, known, place)
        body = self.boxed(box.body, known | {box.variable, "partial"}, place)

        def logic(scope: Scope, tally: Tally) -> Value:
            items = items_of(source(scope, tally), tally)
            if items is None:
                return None
            answers: list[Value] = []
            for item in items:
                tally.spend(2 + (len(scope) + len(answers)) // 4)
                answers.append(body({**scope, box.variable: item, "partial": list(answers)}, tally))
            return answers if box.kind == "for" else _quantified(answers, box.kind == "some")

        return logic

    def filter(self, box: m.Filter, known: Known, place: str) -> Logic:
        source = self.boxed(box.source, known, place)
        match = self.boxed(box.match, known.union(self.members, ("item",)), place)

        def logic(scope: Scope, tally: Tally) -> Value:
            items = source(scope, tally)
            if items is None:
                return []
            items = items if isinstance(items, list) else [items]
            return _filtered(items, match, scope, tally)

        return logic


_MAKERS: dict[type, str] = {
    m.Literal: "literal",
    m.Table: "table",
    m.Context: "context",
    m.Invocation: "invocation",
    m.FunctionDefinition: "function",
    m.Relation: "relation",
    m.ListOf: "list_of",
    m.Conditional: "conditional",
    m.Iteration: "iteration",
    m.Filter: "filter",
}


def _unreadable(place: str, error: RuleError) -> Logic:
    if isinstance(error, FeelSyntaxError | FeelLimit):
        code, facts = error.code, error.facts
    else:
        raise error

    def logic(scope: Scope, tally: Tally) -> Value:
        tally.problem(place, code, **facts)
        return None

    return logic


def _context_value(entries: list[tuple[str | None, Logic]], scope: Scope, tally: Tally, place: str) -> Value:
    tally.spend(1 + (len(entries) + len(scope)) // 4)
    made: dict[str, Value] = {}
    inner = dict(scope)
    for name, logic in entries:
        value = guarded(logic, inner, tally, place)
        if name is None:
            return value
        made[name] = inner[name] = value
    return made


def guarded(logic: Logic, scope: Scope, tally: Tally, place: str) -> Value:
    """The value, or null and a problem where a table could not be decided."""
    try:
        return logic(scope, tally)
    except UndecidedError as error:
        tally.problem(place, error.code, **error.facts)
        return None


def _quantified(answers: list[Value], wanted: bool) -> Value:
    if any(answer is wanted for answer in answers):
        return wanted
    return None if any(not isinstance(answer, bool) for answer in answers) else not wanted


def _filtered(items: list[Value], match: Logic, scope: Scope, tally: Tally) -> Value:
    kept = []
    for item in items:
        tally.spend(2 + len(scope) // 4)
        answer = match(within(scope, item), tally)
        if is_number(answer):
            return item_at(items, answer)
        if answer is True:
            kept.append(item)
    return kept
