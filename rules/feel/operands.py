"""Reading the smallest parts of an expression: literals, names, lists, contexts, ranges, functions and types."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules.feel.ast import Node
from rules.feel.text import IDENTIFIER, KEYWORDS, NUMBER, Scanner

COMPARISON_SIGNS = ("<=", ">=", "!=", "<", ">", "=")
_TWO_WORD_TYPES = ("date and time", "days and time duration", "years and months duration")
_ARGUMENT_NAME = re.compile(r'[^\W\d][^():,"{}\[\]<>=@?!]*?:')
_BLOCKS = ("if", "for", "some", "every")


class Operands(Scanner):
    """The lower half of the parser; `expression` and `sum` belong to the upper half."""

    builtin_names: tuple[str, ...] = ()
    type_names: tuple[str, ...] = ()

    def __init__(self, text: str, names: Iterable[str] = (), members: Iterable[str] = ()) -> None:
        super().__init__(text, names, members)
        self.inside_range = 0

    def expression(self) -> Node:
        raise NotImplementedError

    def sum(self) -> Node:
        raise NotImplementedError

    def operand(self) -> Node:
        """A literal, a name, or something in brackets."""
        sign = self.text[self.at : self.at + 1]
        if sign == '"':
            return ["str", self.string()]
        if (sign.isdigit() and sign.isascii()) or (sign == "." and self.text[self.at + 1 : self.at + 2].isdigit()):
            return self._number()
        if sign == "@":
            self.at += 1
            return ["at", self.string()]
        if sign == "?":
            self.takes("?")
            return ["?"]
        if sign == "{":
            return self.context()
        if sign and sign in "[(]":
            return self.bracket()
        return self._word()

    def _number(self) -> Node:
        match = NUMBER.match(self.text, self.at)
        if not match:
            self.fail("a number")
        self.at = match.end()
        self.skip_space()
        return ["num", match[0]]

    def _word(self) -> Node:
        if self.sees_word("function"):
            return self.function()
        if any(self.sees_word(word) for word in _BLOCKS):
            return self.expression()
        for word in ("true", "false", "null"):
            if self.takes_word(word):
                return [word]
        return self._variable()

    def _variable(self) -> Node:
        end, name = max(self.longest(self.odd), self.longest(self.builtin_names))
        match = IDENTIFIER.match(self.text, self.at)
        if not match or end < match.end():
            if not match or match[0] in KEYWORDS:
                self.fail("a value")
            end, name = match.end(), match[0]
        self.last_name = (name, self.at)
        self.at = end
        self.skip_space()
        return ["var", name]

    def member_name(self) -> str:
        """The name after a dot."""
        end, name = self.longest(self.members)
        if end < 0:
            match = IDENTIFIER.match(self.text, self.at)
            if not match:
                self.fail("a name after the dot")
            end, name = match.end(), match[0]
        self.last_name = (name, self.at)
        self.at = end
        self.skip_space()
        return name

    def context(self) -> Node:
        """`{key: value, …}`; later entries know the earlier ones."""
        self.needs("{")
        entries: list[Node] = []
        known = list(self.odd)
        while not self.sees("}"):
            key = self.string() if self.sees('"') else self.new_name()
            self.needs(":")
            entries.append([key, self.expression()])
            self.declare(key)
            if not self.takes(","):
                break
        self.needs("}")
        self.odd = known
        return ["ctx", entries]

    def bracket(self) -> Node:
        """A list, a range, a one-sided range, or an expression in brackets."""
        opening = self.text[self.at]
        self.takes(opening)
        if opening == "(":
            for sign in COMPARISON_SIGNS:
                if self.takes(sign):
                    return self._one_sided(sign)
        if opening == "[" and self.takes("]"):
            return ["list", []]
        first = self.expression()
        if self.takes(".."):
            return self.rest_of_range(opening, first)
        if opening == "]":
            self.fail("`..`")
        if opening == "(":
            self.needs(")")
            return first
        return self._rest_of_list(first)

    def _one_sided(self, sign: str) -> Node:
        bound = self.sum()
        self.needs(")")
        return ["urange", sign, bound]

    def rest_of_range(self, opening: str, low: Node) -> Node:
        self.inside_range += 1
        high = self.expression()
        self.inside_range -= 1
        closing = self.text[self.at : self.at + 1]
        if not closing or closing not in "])[":
            self.fail("`]` or `)` at the end of the range")
        self.takes(closing)
        return ["range", opening == "[", low, high, closing == "]"]

    def _rest_of_list(self, first: Node) -> Node:
        items = [first]
        while self.takes(","):
            items.append(self.expression())
        self.needs("]")
        return ["list", items]

    def arguments(self, function: Node) -> Node:
        """`f(a, b)` or `f(name: a)`, the opening bracket standing here."""
        self.needs("(")
        plain: list[Node] = []
        named: list[Node] = []
        while not self.sees(")"):
            match = _ARGUMENT_NAME.match(self.text, self.at)
            if match:
                self.at = match.end()
                self.skip_space()
                named.append([" ".join(match[0][:-1].split()), self.expression()])
            else:
                plain.append(self.expression())
            if not self.takes(","):
                break
        if plain and named:
            self.fail("arguments either all with names or all without")
        self.needs(")")
        return ["named", function, named] if named else ["call", function, plain]

    def function(self) -> Node:
        """`function(a: number, b) body`. External bodies are read and mean null: nothing outside FEEL is ever run."""
        self.needs_word("function")
        self.needs("(")
        parameters: list[Node] = []
        known = list(self.odd)
        while not self.sees(")"):
            name = self.new_name()
            parameters.append([name, self.type() if self.takes(":") else None])
            self.declare(name)
            if not self.takes(","):
                break
        self.needs(")")
        external = self.takes_word("external")
        body = self.expression()
        self.odd = known
        return ["null"] if external else ["fn", parameters, body]

    def type(self) -> Node:
        """The name of a type, after `instance of` or in a parameter."""
        self.deeper()
        try:
            end, name = max(self.longest(_TWO_WORD_TYPES), self.longest(self.type_names))
            if end >= 0:
                self.at = end
                self.skip_space()
                return ["T", name]
            match = IDENTIFIER.match(self.text, self.at)
            if not match:
                self.fail("a type")
            self.at = match.end()
            self.skip_space()
            return self._generic(match[0]) if self.sees("<") else ["T", self._dotted(match[0])]
        finally:
            self.depth -= 1

    def _dotted(self, name: str) -> str:
        while self.sees(".") and not self.sees("..") and IDENTIFIER.match(self.text, self.at + 1):
            self.takes(".")
            name += "." + self.member_name()
        return name

    def _generic(self, name: str) -> Node:
        if name not in ("list", "range", "context", "function"):
            return ["T", name]
        self.needs("<")
        if name in ("list", "range"):
            inner = self.type()
            self.needs(">")
            return [name, inner]
        return self._context_type() if name == "context" else self._function_type()

    def _context_type(self) -> Node:
        members: list[Node] = []
        while True:
            name = self.new_name()
            self.needs(":")
            members.append([name, self.type()])
            if not self.takes(","):
                break
        self.needs(">")
        return ["context", members]

    def _function_type(self) -> Node:
        parameters = []
        while not self.sees(">"):
            parameters.append(self.type())
            if not self.takes(","):
                break
        self.needs(">")
        self.needs("->")
        return ["function", parameters, self.type()]

    depth = 0

    def deeper(self) -> None:
        raise NotImplementedError
