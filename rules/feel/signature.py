"""How the built-in functions say what they take: `"string: string, start position: number, length?: number?"`.

A type is a FEEL type, `duration` (either kind), `day` (date, or date and time), `point` (anything but a range, list, context or
function) or `any`. `name?` may be left out, `type?` may be null, `*name` takes all that is left as one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from rules.feel.arithmetic import midnight
from rules.feel.bounds import Budget
from rules.feel.values import KINDS, NUMBERS, Function, Value, kind_of

Call = Callable[..., Value]
_FAMILIES = {
    "duration": ("days and time duration", "years and months duration"),
    "day": ("date", "date and time"),
}
_EXACTLY: dict[str, type] = {"number": Decimal, "string": str, "list": list, "boolean": bool, "context": dict}
_NO_POINT = ("range", "list", "context", "function", "Null")


class _Misfit(Exception):
    """An argument is not of the wanted type."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: `optional` may be left out, `nullable` may be null, `rest` takes all that is left."""

    name: str
    kind: str
    optional: bool = False
    nullable: bool = False
    rest: bool = False

    @cached_property
    def exactly(self) -> type | None:
        """What needs no fitting."""
        return _EXACTLY.get(self.kind)

    def fit(self, value: Value) -> Value:
        """The argument as the function wants it: a lone value as a list, a list of one as its item, a date as its midnight."""
        if self.kind == "any":
            return value
        if value is None:
            if self.nullable:
                return None
            raise _Misfit
        if self.kind == "list":
            return value if isinstance(value, list) else [value]
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        kind = kind_of(value)
        if kind == "number" and self.kind == "number":
            return NUMBERS.create_decimal(value) if type(value) is int else value
        if self.kind == "date and time" and kind == "date":
            return midnight(value)
        if not self.takes(kind):
            raise _Misfit
        return value

    def takes(self, kind: str) -> bool:
        """Whether a value of this FEEL type fits, leaving conversions aside."""
        if self.kind == "point":
            return kind not in _NO_POINT
        if self.kind == "function":
            return kind in ("function", "range")
        return kind in _FAMILIES.get(self.kind, (self.kind,))


def _parameter(text: str) -> Parameter:
    name, kind = (part.strip() for part in text.split(":"))
    bare = name.removeprefix("*").removesuffix("?")
    return Parameter(bare, kind.removesuffix("?"), name.endswith("?"), kind.endswith("?"), name.startswith("*"))


@dataclass(frozen=True)
class Signature:
    """One way of calling a built-in function. `body` takes the arguments; first the budget and `call` when it `asks` for them."""

    parameters: tuple[Parameter, ...]
    body: Callable[..., Value]
    asks: bool
    gives: str

    @cached_property
    def needed(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    @cached_property
    def rest(self) -> bool:
        return bool(self.parameters) and self.parameters[-1].rest

    def bind(self, arguments: list[Value]) -> list[Value]:
        """The arguments in place. Raises _Misfit."""
        if self.rest:
            return self._bind_rest(arguments)
        if not self.needed <= len(arguments) <= len(self.parameters):
            raise _Misfit
        fitted: list[Value] = []
        for parameter, value in zip(self.parameters, arguments, strict=False):
            fitted.append(value if type(value) is parameter.exactly else parameter.fit(value))
        return fitted

    def _bind_rest(self, arguments: list[Value]) -> list[Value]:
        first = len(self.parameters) - 1
        if len(arguments) <= first:
            raise _Misfit
        rest = arguments[first:]
        if self.parameters[-1].kind == "list" and len(rest) == 1 and isinstance(rest[0], list):
            rest = rest[0]
        return [parameter.fit(value) for parameter, value in zip(self.parameters, arguments[:first], strict=False)] + [rest]

    def by_place(self, named: dict[str, Value]) -> list[Value]:
        """Named arguments in the order of the parameters. Raises _Misfit."""
        names = [parameter.name for parameter in self.parameters]
        missing = any(parameter.name not in named for parameter in self.parameters if not parameter.optional)
        if missing or set(named) - set(names):
            raise _Misfit
        last = max((number for number, name in enumerate(names) if name in named), default=-1)
        values = [named.get(name) for name in names[: last + 1]]
        if self.rest and isinstance(values[-1], list):
            return values[:-1] + list(values[-1])
        return values


class Builtin(Function):
    """A built-in function: its signatures are tried in order, and what fits none gives null."""

    __slots__ = ("name", "signatures")

    def __init__(self, name: str) -> None:
        super().__init__((), lambda: None)
        self.name = name
        self.signatures: list[Signature] = []

    def apply(self, arguments: list[Value] | dict[str, Value], budget: Budget, call: Call) -> Value:
        """Run the first signature that fits."""
        for signature in self.signatures:
            try:
                places = signature.by_place(arguments) if isinstance(arguments, dict) else arguments
                fitted = signature.bind(places)
            except _Misfit:
                continue
            cost = 0
            for value in fitted:
                if isinstance(value, list | str):
                    cost += len(value) if isinstance(value, list) else len(value) // 100
            if cost:
                budget.spend(cost)
            return signature.body(budget, call, *fitted) if signature.asks else signature.body(*fitted)
        return None


KINDS[Builtin] = "function"
BUILTINS: dict[str, Builtin] = {}


def builtin(name: str, *takes: str, gives: str = "any", asks: bool = False) -> Callable[[Any], Any]:
    """Register a built-in function under its FEEL name, once for each way it is called. `gives` is the type of its answer."""

    def register(body: Callable[..., Value]) -> Callable[..., Value]:
        function = BUILTINS.setdefault(name, Builtin(name))
        for spec in takes:
            parameters = tuple(_parameter(text) for text in spec.split(",")) if spec else ()
            function.signatures.append(Signature(parameters, body, asks, gives))
        function.names = tuple(parameter.name for parameter in function.signatures[0].parameters)
        return body

    return register
