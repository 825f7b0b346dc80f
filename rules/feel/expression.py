"""Compiled expressions: text in, a program out that any thread may run any number of times."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from rules.errors import FeelSyntaxError
from rules.feel import calls, loops, tests
from rules.feel.ast import VERSION, Node
from rules.feel.bounds import BOUNDS, Bounds, Budget, limit
from rules.feel.builtins import BUILTINS
from rules.feel.builtins.ranges import RANGE_TEXT, in_order
from rules.feel.code import Types, code_of
from rules.feel.operands import Operands
from rules.feel.parser import parse
from rules.feel.reads import fields_of
from rules.feel.signature import Call, builtin
from rules.feel.text import odd_names
from rules.feel.values import Range, Scope, Value

Functions = Mapping[str, Callable[..., Value]]
_CACHE_CHARACTERS = 1_000_000
_HOLLOW = (list, dict)
_NAMES_DEPTH, _NAMES_ITEMS = 6, 3
_SCALARS = frozenset({str, int, bool, Decimal, type(None), date, datetime, time, timedelta})  # no names in these


class Expression:
    """One FEEL text, ready to run. Immutable; made by `compile`."""

    def __init__(self, text: str, node: Node, types: Types | None = None) -> None:
        self.text = text
        self.node = node
        self.code = code_of(node, types or {})

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    @property
    def ast(self) -> dict[str, Any]:
        """The syntax tree as JSON-able value, with its version: `{"v": 1, "e": […]}`."""
        return {"v": VERSION, "e": self.node}

    @cached_property
    def fields(self) -> frozenset[str]:
        """The dotted paths it reads: `application.area`."""
        return fields_of(self.node)

    def run(self, scope: Scope, budget: Budget) -> Value:
        """Evaluate on a budget that several expressions share. Raises FeelLimit."""
        try:
            return self.code(scope, budget)
        except RecursionError:
            raise limit("nesting") from None

    def evaluate(
        self, context: Mapping[str, Value], *, now: datetime | None = None, functions: Functions | None = None, bounds: Bounds = BOUNDS
    ) -> Value:
        """The value in this context; None is FEEL's null. `now` (aware) is what now() and today() give; `functions` are the
        caller's own, by FEEL name. Raises FeelLimit; RuleError when now() is asked and none was given."""
        scope: Scope = {**calls.given(functions), **context} if functions else dict(context)
        with Budget(now, bounds) as budget:
            value = self.run(scope, budget)
            if type(value) in (list, dict):
                measure(value, budget)
            return value

    def holds(self, context: Mapping[str, Value], *, now: datetime | None = None, functions: Functions | None = None) -> bool:
        """Whether it is true in this context: null and anything that is no boolean is False."""
        return self.evaluate(context, now=now, functions=functions) is True


def measure(value: Value, budget: Budget) -> None:
    """Raises FeelLimit for an answer that is larger than what it cost: parts of it may be the same list a thousand times over."""
    todo = [value]
    while todo:
        one = todo.pop()
        parts = one if isinstance(one, list) else list(one.values())
        budget.spend(1 + len(parts) // 8)
        for part in parts:
            if type(part) in _HOLLOW:
                todo.append(part)


Operands.builtin_names = odd_names(BUILTINS)


class _Cache:
    """Programs by text and odd names, the latest used last; bounded by the characters of their texts, which is what they weigh."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, bool, tuple[str, ...]], Expression] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, key: tuple[str, bool, tuple[str, ...]]) -> Expression | None:
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, bool, tuple[str, ...]], made: Expression) -> None:
        with self._lock:
            if key not in self._kept:
                self._characters += len(key[0]) + 10
            self._kept[key] = made
            while self._characters > _CACHE_CHARACTERS:
                old, _ = self._kept.popitem(last=False)
                self._characters -= len(old[0]) + 10


_cache = _Cache()


def compile_text(text: str, names: Iterable[str] = (), *, cell: bool = False) -> Expression:
    """The program of a text. Only names that are no plain identifiers change how it is read, so they and the text are the key of
    the one cache. Raises FeelSyntaxError and FeelLimit."""
    names = tuple(names)
    key = (text, cell, odd_names(names) if names else ())
    found = _cache.get(key)
    if found is None:
        found = Expression(text, parse(text, names, cell=cell))
        _cache.put(key, found)
    return found


def names_in(value: Value, depth: int = _NAMES_DEPTH) -> set[str]:
    """The names in a context that are no plain identifiers, so that its expressions can be read."""
    found: set[str] = set()
    level = [value]
    for _ in range(depth):
        nested: list[Value] = []
        for one in level:
            if type(one) is list:
                nested += one[:_NAMES_ITEMS]
            elif type(one) is dict or isinstance(one, Mapping):
                found.update(_odd_keys(tuple(one)))
                nested += one.values()
        if not nested:
            break
        level = []
        for one in nested:
            if type(one) not in _SCALARS:
                level.append(one)
    return found


@lru_cache(maxsize=1024)
def _odd_keys(keys: tuple[Any, ...]) -> tuple[str, ...]:
    return odd_names([key for key in keys if isinstance(key, str)])


@builtin("range", "from: string", gives="range", asks=True)
def range_from_text(budget: Budget, call: Call, text: str) -> Value:
    """A range from its text; literals only, in the right order."""
    if len(text) > 1000 or not RANGE_TEXT.fullmatch(text):
        return None
    budget.spend(20 + len(text) // 4)
    try:
        made = Expression(text, parse(text)).run({}, budget)
    except FeelSyntaxError:
        return None
    return made if isinstance(made, Range) and in_order(made) else None


__all__ = ["Expression", "compile_text", "loops", "names_in", "tests"]
