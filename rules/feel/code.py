"""From the tree to Python closures `code(scope, budget) -> value`: nothing is ever handed to Python's own compiler.
Each kind of node has one maker; makers for calls, loops and tests live in the files beside this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from rules.feel.arithmetic import ARITHMETIC, negate
from rules.feel.ast import Node, weight
from rules.feel.bounds import Budget
from rules.feel.compare import COMPARISONS, at_most, between, both, either, equal
from rules.feel.paths import Code, filtered, item_at, member
from rules.feel.signature import BUILTINS
from rules.feel.temporal import read_literal
from rules.feel.values import NUMBERS, Range, Scope, Value, is_number, kind_of

Types = Mapping[str, Callable[[Value, Budget], bool]]
Maker = Callable[[Node, Types], Code]
MAKERS: dict[str, Maker] = {}


def makes(*ops: str) -> Callable[[Maker], Maker]:
    """Register the maker of these kinds of nodes."""

    def register(maker: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(ops, maker))
        return maker

    return register


def code_of(node: Node, types: Types) -> Code:
    """The closure of one node."""
    return MAKERS[node[0]](node, types)


def constant(value: Value) -> Code:
    return lambda scope, budget: value


@makes("num")
def _number(node: Node, types: Types) -> Code:
    try:
        return constant(NUMBERS.create_decimal(node[1]))
    except DecimalException:
        return constant(None)


@makes("str")
def _string(node: Node, types: Types) -> Code:
    return constant(node[1])


@makes("true", "false", "null")
def _word(node: Node, types: Types) -> Code:
    return constant({"true": True, "false": False, "null": None}[node[0]])


@makes("at")
def _literal(node: Node, types: Types) -> Code:
    return constant(read_literal(node[1]))


@makes("?")
def _tested(node: Node, types: Types) -> Code:
    return lambda scope, budget: scope.get("?")


@makes("var")
def _variable(node: Node, types: Types) -> Code:
    name = node[1]
    builtin = BUILTINS.get(name)
    return lambda scope, budget: scope.get(name, builtin)


_OF_NUMBERS: Mapping[str, Callable[[Value, Value], Value]] = {"+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply}


@makes(*ARITHMETIC)
def _arithmetic(node: Node, types: Types) -> Code:
    operate, left, right = ARITHMETIC[node[0]], code_of(node[1], types), code_of(node[2], types)
    with_numbers, join = _OF_NUMBERS.get(node[0], operate), node[0] == "+"

    def run(scope: Scope, budget: Budget) -> Value:
        try:
            a, b = left(scope, budget), right(scope, budget)
            if type(a) is Decimal and type(b) is Decimal:
                return with_numbers(a, b)
            result = a + b if join and type(a) is str and type(b) is str else operate(a, b)
        except (DecimalException, OverflowError, ValueError):
            return None
        if type(result) is str and len(result) > 50:
            budget.spend(len(result) // 50)
        return result

    return run


@makes(*COMPARISONS)
def _comparison(node: Node, types: Types) -> Code:
    compare, left, right = COMPARISONS[node[0]], code_of(node[1], types), code_of(node[2], types)
    if node[0] == "=" and node[2][0] in ("str", "num", "null"):
        return _is_constant(left, right({}, Budget()))
    if node[2][0] in _LITERALS:
        fixed = right({}, Budget())
        return lambda scope, budget: compare(left(scope, budget), fixed)
    return lambda scope, budget: compare(left(scope, budget), right(scope, budget))


def _is_constant(left: Code, known: Value) -> Code:
    """`= "a word"`, `= 5`, `= null`: the commonest question of all."""
    kind = type(known)

    def run(scope: Scope, budget: Budget) -> Value:
        value = left(scope, budget)
        return bool(value == known) if type(value) is kind else equal(value, known)

    return run


@makes("and")
def _and(node: Node, types: Types) -> Code:
    left, right = code_of(node[1], types), code_of(node[2], types)

    def run(scope: Scope, budget: Budget) -> Value:
        first = left(scope, budget)
        return False if first is False else both(first, right(scope, budget))

    return run


@makes("or")
def _or(node: Node, types: Types) -> Code:
    left, right = code_of(node[1], types), code_of(node[2], types)

    def run(scope: Scope, budget: Budget) -> Value:
        first = left(scope, budget)
        return True if first is True else either(first, right(scope, budget))

    return run


@makes("if")
def _choice(node: Node, types: Types) -> Code:
    condition, yes, no = (code_of(part, types) for part in node[1:])
    return lambda scope, budget: yes(scope, budget) if condition(scope, budget) is True else no(scope, budget)


@makes("neg")
def _negation(node: Node, types: Types) -> Code:
    inner = code_of(node[1], types)
    return lambda scope, budget: negate(inner(scope, budget))


@makes("between")
def _between(node: Node, types: Types) -> Code:
    value, low, high = (code_of(part, types) for part in node[1:])
    return lambda scope, budget: between(value(scope, budget), low(scope, budget), high(scope, budget))


@makes(".")
def _member(node: Node, types: Types) -> Code:
    if node[1][0] == "var":
        return _member_of(node[1][1], node[2])
    inner, name = code_of(node[1], types), node[2]

    def run(scope: Scope, budget: Budget) -> Value:
        value = inner(scope, budget)
        return value.get(name) if type(value) is dict else member(value, name, budget)

    return run


def _member_of(variable: str, name: str) -> Code:
    """A member of a variable: the commonest of all."""
    builtin = BUILTINS.get(variable)

    def run(scope: Scope, budget: Budget) -> Value:
        value = scope.get(variable, builtin)
        return value.get(name) if type(value) is dict else member(value, name, budget)

    return run


@makes("[]")
def _filter(node: Node, types: Types) -> Code:
    inner, condition, cost = code_of(node[1], types), code_of(node[2], types), weight(node[2])
    if node[2][0] == "num":
        return _item(inner, condition)
    return lambda scope, budget: filtered(inner(scope, budget), condition, scope, budget, cost)


def _item(inner: Code, number: Code) -> Code:
    def run(scope: Scope, budget: Budget) -> Value:
        items, index = inner(scope, budget), number(scope, budget)
        if items is None or index is None:
            return None
        return item_at(items if isinstance(items, list) else [items], index)

    return run


@makes("list")
def _list(node: Node, types: Types) -> Code:
    items = [code_of(item, types) for item in node[1]]

    def run(scope: Scope, budget: Budget) -> Value:
        budget.spend(1 + len(items) // 8)
        return [item(scope, budget) for item in items]

    return run


@makes("ctx")
def _context(node: Node, types: Types) -> Code:
    entries = [(key, code_of(value, types)) for key, value in node[1]]
    doubled = len({key for key, _ in entries}) < len(entries)

    def run(scope: Scope, budget: Budget) -> Value:
        budget.spend(2 + (len(entries) + len(scope)) // 4)
        if doubled:
            return None
        made: dict[str, Any] = {}
        inner = dict(scope)
        for key, value in entries:
            made[key] = inner[key] = value(inner, budget)
        return made

    return run


@makes("range")
def _range(node: Node, types: Types) -> Code:
    low_in, low, high, high_in = node[1], code_of(node[2], types), code_of(node[3], types), node[4]

    def run(scope: Scope, budget: Budget) -> Value:
        first, last = low(scope, budget), high(scope, budget)
        return Range(first, last, low_in, high_in) if _can_bound(first, last) else None

    return _once(run, node[2], node[3])


def _once(code: Code, *parts: Node) -> Code:
    """The code, run now where all its parts are literals: nothing changes a range that is made."""
    return constant(code({}, Budget())) if all(part[0] in _LITERALS for part in parts) else code


_LITERALS = ("num", "str", "at")


def _can_bound(low: Value, high: Value) -> bool:
    """Two bounds of one kind, or one; only of numbers may the higher come first (`for i in 3..1`)."""
    if low is None or high is None:
        return low is not high
    return kind_of(low) == kind_of(high) and (at_most(low, high) is not False or is_number(low))


@makes("urange")
def _one_sided(node: Node, types: Types) -> Code:
    sign, bound = node[1], code_of(node[2], types)
    if sign in ("=", "!="):
        return lambda scope, budget: _exactly(bound(scope, budget), sign)
    if sign[0] == "<":
        return _once(lambda scope, budget: Range(None, bound(scope, budget), False, sign == "<=", sign), node[2])
    return _once(lambda scope, budget: Range(bound(scope, budget), None, sign == ">=", False, sign), node[2])


def _exactly(value: Value, sign: str) -> Range:
    return Range(value, value, sign == "=", sign == "=", sign)
