"""Calling and making functions: user-defined, built in, and those the caller hands in."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from decimal import DecimalException
from functools import lru_cache, partial
from types import CodeType, FunctionType

from rules.feel.arithmetic import midnight
from rules.feel.ast import Node, weight
from rules.feel.bounds import Budget, limit
from rules.feel.code import Types, code_of, makes
from rules.feel.compare import covers
from rules.feel.kinds import tester
from rules.feel.paths import Code
from rules.feel.signature import BUILTINS, Builtin
from rules.feel.values import Function, Range, Scope, Value


def call(function: Value, arguments: list[Value] | dict[str, Value], budget: Budget) -> Value:
    """Apply a function to arguments by place (list) or by name (dict). Null for what is no function or does not fit.
    Raises FeelLimit when calls are nested too deep."""
    if isinstance(function, Range):
        return covers(function, arguments[0]) if isinstance(arguments, list) and len(arguments) == 1 else None
    if not isinstance(function, Function):
        return None
    budget.steps -= 1  # looked at by whatever the function spends itself
    budget.calls -= 1
    if budget.calls < 0:
        raise limit("calls")
    try:
        return function.apply(arguments, budget, call) if isinstance(function, Builtin) else _apply(function, arguments, budget)
    except (DecimalException, OverflowError, ValueError):
        return None
    finally:
        budget.calls += 1


def _apply(function: Function, arguments: list[Value] | dict[str, Value], budget: Budget) -> Value:
    if isinstance(arguments, dict):
        if set(arguments) - set(function.names):
            return None
        arguments = [arguments.get(name) for name in function.names]
    if len(arguments) != len(function.names):
        return None
    fitted = list(arguments)
    for place, (test, value) in enumerate(zip(function.tests, arguments, strict=False)):
        if test and value is not None:
            fitted[place] = converted(value, partial(_passes, test, budget))
            if fitted[place] is None:
                return None
    return function.run(fitted, budget)


def _passes(test: Callable[..., bool], budget: Budget, value: Value) -> bool:
    return test(value, budget)


def converted(value: Value, fits: Callable[[Value], bool]) -> Value:
    """The implicit conversions (DMN 1.5, 10.3.2.9.4): a list of one as its item and the reverse, a date as its midnight in UTC.
    Null when the value fits in none of these ways."""
    if fits(value):
        return value
    if isinstance(value, list):
        return value[0] if len(value) == 1 and fits(value[0]) else None
    if fits([value]):
        return [value]
    return midnight(value) if type(value) is date and fits(midnight(value)) else None


def given(functions: Mapping[str, Callable[..., Value]]) -> dict[str, Function]:
    """The caller's own functions as FEEL values. They take their arguments by place, or by the names of their parameters
    (an underscore reads as a space), and answer with a FEEL value. With a null argument they are not called: the answer is null.
    Numbers come as Decimal or int; a ValueError is null, any other error is the caller's."""
    return {name: value if isinstance(value, Function) else _wrapped(value) for name, value in functions.items()}


def _wrapped(host: Callable[..., Value]) -> Function:
    def run(arguments: list[Value], budget: Budget) -> Value:
        budget.spend(10)
        return None if None in arguments else host(*arguments)

    function = getattr(host, "__wrapped__", host)
    plain = isinstance(function, FunctionType) and not function.__code__.co_flags & _OPEN and not function.__code__.co_kwonlyargcount
    return Function(_names(function.__code__) if plain else _parameters(host), run)


_OPEN = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


@lru_cache(maxsize=256)
def _names(code: CodeType) -> tuple[str, ...]:
    """The parameters of a function that takes just so many: functions are often made anew, for each moment, from the same code."""
    return tuple(name.replace("_", " ") for name in code.co_varnames[: code.co_argcount])


@lru_cache(maxsize=256)
def _parameters(host: Callable[..., Value]) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in inspect.signature(host).parameters)


@makes("call")
def _call(node: Node, types: Types) -> Code:
    function, arguments = code_of(node[1], types), [code_of(value, types) for value in node[2]]
    if node[1][0] == "var" and len(arguments) == 1:
        return _call_with_one(node[1][1], arguments[0])
    return lambda scope, budget: call(function(scope, budget), [value(scope, budget) for value in arguments], budget)


def _call_with_one(name: str, argument: Code) -> Code:
    """`name(argument)`: nearly every call."""
    builtin = BUILTINS.get(name)
    return lambda scope, budget: call(scope.get(name, builtin), [argument(scope, budget)], budget)


@makes("named")
def _named(node: Node, types: Types) -> Code:
    function, arguments = code_of(node[1], types), [(name, code_of(value, types)) for name, value in node[2]]
    return lambda scope, budget: call(function(scope, budget), {name: value(scope, budget) for name, value in arguments}, budget)


@makes("fn")
def _function(node: Node, types: Types) -> Code:
    names = tuple(name for name, _ in node[1])
    tests = tuple(tester(kind, types) if kind else None for _, kind in node[1])
    body, cost = code_of(node[2], types), weight(node[2])

    def make(scope: Scope, budget: Budget) -> Function:
        budget.spend(2)

        def run(arguments: list[Value], inner: Budget) -> Value:
            inner.spend(cost + len(scope) // 4)
            return body({**scope, **dict(zip(names, arguments, strict=True))}, inner)

        return Function(names, run, tests)

    return make
