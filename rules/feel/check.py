"""What is wrong with an expression before it ever runs: syntax, names that do not exist (null in FEEL, so a silent mistake),
operations between types that can only give null."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from rules.errors import FeelLimit, FeelSyntaxError, Finding
from rules.feel import kinship as k
from rules.feel.ast import LOOPS, Node
from rules.feel.check_calls import call_problem, result_of
from rules.feel.check_scope import OpenScope, RangeOf, dotted
from rules.feel.parser import parse
from rules.feel.signature import BUILTINS
from rules.feel.temporal import read_literal
from rules.feel.text import nearest, place_in
from rules.feel.values import kind_of

Scope = Mapping[str, k.Type]
_ARITHMETIC = ("+", "-", "*", "/", "**")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_SEARCHES, _MOST = 10, 50
_LITERALS = {"num": "number", "str": "string", "true": "boolean", "false": "boolean", "null": "Null"}


def check(text: str, scope: Scope, *, functions: Iterable[str] = ()) -> tuple[Finding, ...]:
    """All that is wrong with an expression in a scope of types; `functions` are the caller's own names. Empty when nothing is.
    Facts: `line` and `column` (from 1), and by code: `name`, `nearest`, `operator`, `left`, `right`, `function`, `expected`, `found`."""
    return check_text(text, {**dict.fromkeys(functions, "function"), **scope})[0]


def check_text(text: str, scope: Scope, *, cell: bool = False, tested: k.Type = "any") -> tuple[tuple[Finding, ...], k.Type]:
    """The findings of a text and the type of its value. For a cell `tested` is the type of what it tests."""
    try:
        node = parse(text, names_of(scope), cell=cell)
    except (FeelSyntaxError, FeelLimit) as error:
        return (Finding("", error.code, error.facts),), "any"
    checker = Checker(text)
    kind = checker.type_of(node, {**scope, "?": tested})
    return tuple(checker.findings), kind


def names_of(kind: k.Type) -> list[str]:
    """All names in a scope of types, those of members included."""
    if isinstance(kind, Mapping):
        return [name for key, inner in kind.items() for name in (key, *names_of(inner))]
    return names_of(kind[1]) if isinstance(kind, list | tuple) and len(kind) > 1 else []


class Checker:
    """One text being checked; `findings` grow as its nodes are given types."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []
        self.searches = _SEARCHES

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name most like this one; looked for a few times only, since looking is slow."""
        self.searches -= 1
        return nearest(name, list(known)[:1000]) if self.searches >= 0 else ""

    def find(self, code: str, spot: str, **facts: object) -> None:
        """Note a finding at the first place where `spot` stands."""
        match = re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, spot.split(" "))), self.text) if spot else None
        line, column = place_in(self.text, match.start() if match else 0)
        finding = Finding("", code, {"line": line, "column": column, **facts})
        if finding not in self.findings and len(self.findings) < _MOST:
            self.findings.append(finding)

    def type_of(self, node: Node, scope: Scope) -> k.Type:
        """The type of a node's value in a scope; "any" when it cannot be known."""
        op = node[0]
        if op in _LITERALS:
            return _LITERALS[op]
        if op in _ARITHMETIC:
            return self._arithmetic(node, scope)
        if op in _COMPARISONS:
            self._compared(op, self.type_of(node[1], scope), self.type_of(node[2], scope))
            return "boolean"
        if op in LOOPS:
            return self._loop(node, scope)
        return _RULES[op](self, node, scope)

    def _arithmetic(self, node: Node, scope: Scope) -> k.Type:
        left, right = self.type_of(node[1], scope), self.type_of(node[2], scope)
        made = k.result(node[0], left, right)
        if made is None:
            self._mismatch(node[0], left, right)
        return "any" if made is None else made

    def _mismatch(self, operator: str, left: k.Type, right: k.Type) -> None:
        self.find("feel.wrong_type", operator, operator=operator, left=k.word(left), right=k.word(right))

    def _compared(self, operator: str, left: k.Type, right: k.Type) -> None:
        if not k.comparable(left, right, ordered=operator not in ("=", "!=")):
            self._mismatch(operator, left, right)

    def wants(self, operator: str, kind: k.Type, expected: str) -> None:
        """A finding unless the type may be the expected one."""
        found = k.kinds(kind)
        if found and expected not in found and not found & {"Null", "list"}:
            self.find("feel.wrong_type", operator, operator=operator, expected=expected, found=k.word(kind))

    def logic(self, node: Node, scope: Scope) -> k.Type:
        for part in node[1:]:
            self.wants(node[0], self.type_of(part, scope), "boolean")
        return "boolean"

    def choice(self, node: Node, scope: Scope) -> k.Type:
        self.wants("if", self.type_of(node[1], scope), "boolean")
        return k.joined(self.type_of(node[2], scope), self.type_of(node[3], scope))

    def negation(self, node: Node, scope: Scope) -> k.Type:
        kind = self.type_of(node[1], scope)
        found = k.kinds(kind)
        if found and not found & {"number", k.DAYS, k.MONTHS, "list"}:
            self.find("feel.wrong_type", "-", operator="-", expected="number", found=k.word(kind))
        return kind

    def between(self, node: Node, scope: Scope) -> k.Type:
        value = self.type_of(node[1], scope)
        for bound in node[2:]:
            self._compared("between", value, self.type_of(bound, scope))
        return "boolean"

    def literal(self, node: Node, scope: Scope) -> k.Type:
        value = read_literal(node[1])
        if value is None:
            self.find("feel.bad_literal", "", text=node[1])
        return kind_of(value)

    def variable(self, node: Node, scope: Scope) -> k.Type:
        name = node[1]
        if name in scope:
            return scope[name]
        if name in BUILTINS:
            return "function"
        self.find("feel.unknown_name", name, name=name, nearest=self.nearest(name, [*scope, *BUILTINS]))
        return "any"

    def member(self, node: Node, scope: Scope) -> k.Type:
        kind = self.type_of(node[1], scope)
        return ["list", self._part(node, k.item(kind))] if k.kinds(kind) == {"list"} else self._part(node, kind)

    def _part(self, node: Node, kind: k.Type) -> k.Type:
        known, name = k.parts(kind), node[2]
        if known is None or name in known:
            return known[name] if known else "any"
        owner = dotted(node[1])
        near = self.nearest(name, known)
        full = f"{owner}.{name}" if owner else name
        near = f"{owner}.{near}" if owner and near else near
        self.find("feel.unknown_name", full if full in self.text else name, name=full, nearest=near)
        return "any"

    def filter(self, node: Node, scope: Scope) -> k.Type:
        kind = self.type_of(node[1], scope)
        inner = k.item(kind)
        known = inner if isinstance(inner, dict) else {}
        open_scope = {**scope, "item": inner, **known}
        condition = self.type_of(node[2], OpenScope(open_scope) if inner == "any" else open_scope)
        if k.kinds(condition) == {"number"}:
            return inner
        self.wants("[", condition, "boolean")
        return ["list", inner]

    def in_test(self, node: Node, scope: Scope) -> k.Type:
        value = self.type_of(node[1], scope)
        for test in node[2]:
            self._test(test, value, scope)
        return "boolean"

    def cell(self, node: Node, scope: Scope) -> k.Type:
        for test in node[2]:
            self._test(test, scope["?"], scope)
        return "boolean"

    def _test(self, test: Node, value: k.Type, scope: Scope) -> None:
        expected = self.type_of(test[1], {**scope, "?": value})
        if test[0] != "e":
            self._compared(test[0], value, expected)
        elif isinstance(expected, RangeOf):
            self._compared("in", value, expected.bound)
        elif k.kinds(expected) == {"list"}:
            self._compared("=", value, k.item(expected))
        elif k.kinds(expected) - {"boolean", "function", "range"}:
            self._compared("=", value, expected)

    def instance(self, node: Node, scope: Scope) -> k.Type:
        self.type_of(node[1], scope)
        return "boolean"

    def listed(self, node: Node, scope: Scope) -> k.Type:
        found = [self.type_of(part, scope) for part in node[1]]
        kind = found[0] if found else "any"
        for other in found[1:]:
            kind = k.joined(kind, other)
        return ["list", kind]

    def context(self, node: Node, scope: Scope) -> k.Type:
        made: dict[str, k.Type] = {}
        for key, value in node[1]:
            made[key] = self.type_of(value, {**scope, **made})
        return made

    def range(self, node: Node, scope: Scope) -> k.Type:
        low, high = self.type_of(node[2], scope), self.type_of(node[3], scope)
        self._compared("..", low, high)
        return RangeOf(k.joined(low, high))

    def one_sided(self, node: Node, scope: Scope) -> k.Type:
        return RangeOf(self.type_of(node[2], scope))

    def function(self, node: Node, scope: Scope) -> k.Type:
        types = {name: kind[1] if kind and kind[0] == "T" and kind[1] in k.ORDERED | {"boolean"} else "any" for name, kind in node[1]}
        self.type_of(node[2], {**scope, **types})
        return "function"

    def _loop(self, node: Node, scope: Scope) -> k.Type:
        inner: dict[str, k.Type] = {**scope}
        for name, low, high in node[1]:
            domain = self.type_of(low, inner)
            if high:
                self._compared("..", domain, self.type_of(high, inner))
            inner[name] = domain if high else domain.bound if isinstance(domain, RangeOf) else k.item(domain)
        inner.setdefault("partial", ["list", "any"])
        body = self.type_of(node[2], inner)
        if node[0] == "for":
            return ["list", body]
        self.wants("satisfies", body, "boolean")
        return "boolean"

    def call(self, node: Node, scope: Scope) -> k.Type:
        arguments = node[2] if node[0] == "call" else [value for _, value in node[2]]
        types = [self.type_of(value, scope) for value in arguments]
        if node[1][0] != "var" or node[1][1] in scope:
            self.type_of(node[1], scope)
            return "any"
        name = node[1][1]
        if name not in BUILTINS:
            functions = [*BUILTINS, *(key for key, kind in scope.items() if kind == "function")]
            self.find("feel.unknown_function", name, name=name, nearest=self.nearest(name, functions))
            return "any"
        named = [key for key, _ in node[2]] if node[0] == "named" else None
        problem = call_problem(BUILTINS[name], types, named)
        if problem:
            self.find(problem.code, name, function=name, **problem.facts)
        return result_of(BUILTINS[name], types, named)


_RULES: dict[str, Callable[[Checker, Node, Scope], k.Type]] = {
    "and": Checker.logic,
    "or": Checker.logic,
    "if": Checker.choice,
    "neg": Checker.negation,
    "between": Checker.between,
    "at": Checker.literal,
    "var": Checker.variable,
    "?": lambda checker, node, scope: scope.get("?", "any"),
    ".": Checker.member,
    "[]": Checker.filter,
    "in": Checker.in_test,
    "cell": Checker.cell,
    "is": Checker.instance,
    "list": Checker.listed,
    "ctx": Checker.context,
    "range": Checker.range,
    "urange": Checker.one_sided,
    "fn": Checker.function,
    "call": Checker.call,
    "named": Checker.call,
}
