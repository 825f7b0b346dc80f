"""`for … return`, `some … satisfies`, `every … satisfies` (DMN 1.5, 10.3.2.14 and 10.3.2.16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from rules.feel.ast import Node, mentions, walk, weight
from rules.feel.bounds import Budget
from rules.feel.code import Types, code_of, makes
from rules.feel.compare import every_of
from rules.feel.paths import Code
from rules.feel.values import Range, Scope, Value, is_number

Turn = tuple[str, Code, Code | None]


def counted(low: Value, high: Value, budget: Budget) -> list[Value] | None:
    """`low..high` as a list, upwards or downwards; null for anything but whole numbers and dates."""
    if is_number(low) and is_number(high):
        first, last = int(low), int(high)
        step = 1 if first <= last else -1
        budget.spend(abs(last - first) + 1)
        return [Decimal(number) for number in range(first, last + step, step)]
    if type(low) is date and type(high) is date:
        days = (high - low).days
        step = 1 if days >= 0 else -1
        budget.spend(abs(days) + 1)
        return [low + timedelta(days=step * number) for number in range(abs(days) + 1)]
    return None


def items_of(value: Value, budget: Budget) -> list[Value] | None:
    """What a loop goes through: a list, a closed range, or the one value itself; null goes through nothing and gives null."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Range):
        return None if value is None else [value]
    if value.low is None or value.high is None or value.op:
        return None
    items = counted(value.low, value.high, budget)
    if items is None:
        return None
    return items[0 if value.low_in else 1 : len(items) if value.high_in else -1]


def _go(turns: list[Turn], index: int, scope: Scope, budget: Budget, cost: int, body: Callable[[Scope], None]) -> bool:
    """Run the body for every combination; False as soon as one domain is null. The scope is changed in place."""
    if index == len(turns):
        body(scope)
        return True
    name, low, high = turns[index]
    first = low(scope, budget)
    items = counted(first, high(scope, budget), budget) if high else items_of(first, budget)
    if items is None:
        return False
    for item in items:
        budget.spend(cost)
        scope[name] = item
        if not _go(turns, index + 1, scope, budget, cost, body):
            return False
    return True


def _turns(node: Node, types: Types) -> list[Turn]:
    return [(name, code_of(low, types), code_of(high, types) if high else None) for name, low, high in node[1]]


def _keeps_scope(node: Node) -> bool:
    """A function made in the body remembers its scope, so each turn needs a scope of its own."""
    return any(one[0] == "fn" for one in walk(node[2]))


@makes("for")
def _for(node: Node, types: Types) -> Code:
    turns, body, cost, copies = _turns(node, types), code_of(node[2], types), weight(node[2]), _keeps_scope(node)
    partial = mentions(node[2], ["var", "partial"])

    def run(scope: Scope, budget: Budget) -> Value:
        made: list[Value] = []

        def turn(inner: Scope) -> None:
            if partial:
                budget.spend(len(made) // 8)
                inner["partial"] = list(made)
            made.append(body(dict(inner) if copies else inner, budget))

        start = _scope(scope, budget)
        return made if _go(turns, 0, start, budget, cost + (len(scope) // 4 if copies else 0), turn) else None

    return run


def _scope(scope: Scope, budget: Budget) -> Scope:
    budget.spend(1 + len(scope) // 8)
    return dict(scope)


@makes("some", "every")
def _quantified(node: Node, types: Types) -> Code:
    turns, body, cost, copies = _turns(node, types), code_of(node[2], types), weight(node[2]), _keeps_scope(node)
    wanted = node[0] == "some"

    def run(scope: Scope, budget: Budget) -> Value:
        answers: list[Value] = []

        def turn(inner: Scope) -> None:
            answers.append(body(dict(inner) if copies else inner, budget))

        if not _go(turns, 0, _scope(scope, budget), budget, cost + (len(scope) // 4 if copies else 0), turn):
            return None
        if any(answer is wanted for answer in answers):
            return wanted
        return None if every_of(isinstance(answer, bool) for answer in answers) is False else not wanted

    return run
