"""Reading FEEL text into the syntax tree: operators by precedence, blocks, unary tests. A hand-written parser, because names with
spaces depend on what is known where they stand; with bounds on nesting and on work, because the texts come from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules.errors import FeelSyntaxError
from rules.feel.ast import Node, deeper_than
from rules.feel.bounds import BOUNDS, Bounds, limit
from rules.feel.operands import COMPARISON_SIGNS, Operands

_NOT = re.compile(r"not\s*\(")
# Lower binds looser. All are read left to right, `**` too, as the grammar of DMN 1.5 has it.
_SIGNS = (("**", 6), ("+", 4), ("-", 4), ("*", 5), ("/", 5), *((sign, 3) for sign in COMPARISON_SIGNS))
_WORDS = (("or", 1), ("and", 2), ("between", 3), ("in", 3), ("instance", 3))
_SUM = 4


class Parser(Operands):
    """One text being read. `names`: what is known where it stands, variables and members alike."""

    def __init__(self, text: str, names: Iterable[str] = (), members: Iterable[str] = (), bounds: Bounds = BOUNDS) -> None:
        if len(text) > bounds.text:
            raise limit("text")
        super().__init__(text, names, members)
        self.bounds = bounds

    def deeper(self) -> None:
        """One level of nesting more; the work left bounds what going back and reading again may cost."""
        self.depth += 1
        self.work -= 1
        if self.depth > self.bounds.nesting:
            raise limit("nesting")
        if self.work < 0:
            raise limit("reading")

    def whole(self) -> Node:
        """The text as one expression."""
        return self._ended(self.expression())

    def _ended(self, node: Node) -> Node:
        if self.at < self.end:
            self.fail("an operator or the end")
        return node

    def expression(self) -> Node:
        self.deeper()
        try:
            if self.takes_word("if"):
                return self._choice()
            for word in ("for", "some", "every"):
                if self.takes_word(word):
                    return self._loop(word)
            return self._binary(1)
        finally:
            self.depth -= 1

    def _choice(self) -> Node:
        condition = self.expression()
        self.needs_word("then")
        yes = self.expression()
        self.needs_word("else")
        return ["if", condition, yes, self.expression()]

    def _loop(self, word: str) -> Node:
        known = list(self.odd)
        turns: list[Node] = []
        while True:
            name = self.new_name(before_in=True)
            self.needs_word("in")
            low = self.expression()
            turns.append([name, low, self.expression() if self.takes("..") else None])
            self.declare(name)
            if not self.takes(","):
                break
        self.needs_word("return" if word == "for" else "satisfies")
        body = self.expression()
        self.odd = known
        return [word, turns, body]

    def sum(self) -> Node:
        return self._binary(_SUM)

    def _binary(self, lowest: int) -> Node:
        left = self._signed()
        while True:
            operator, level = self._operator(lowest)
            if not operator:
                return left
            if operator in ("between", "in", "instance"):
                left = self._special(operator, left)
            else:
                left = [operator, left, self._binary(level + 1)]

    def _operator(self, lowest: int) -> tuple[str, int]:
        """The operator that stands here and binds at least this tightly, stepped over; ("", 0) for none."""
        for sign, level in _SIGNS:
            if self.sees(sign):
                return (sign, level) if level >= lowest and self.takes(sign) else ("", 0)
        for word, level in _WORDS:
            if level >= lowest and self.takes_word(word):
                return word, level
        return "", 0

    def _special(self, operator: str, left: Node) -> Node:
        if operator == "instance":
            self.needs_word("of")
            return ["is", left, self.type()]
        if operator == "in":
            return ["in", left, self._in_tests()]
        low = self.sum()
        self.needs_word("and")
        return ["between", left, low, self.sum()]

    def _in_tests(self) -> list[Node]:
        """After `in`: a test, several in brackets, or a range that begins with a round bracket."""
        if not self.sees("("):
            return [self.test(whole=False)]
        begin = self.at
        self.takes("(")
        tests = [self.test()]
        if tests[0][0] == "e" and self.takes(".."):
            return [["e", self.rest_of_range("(", tests[0][1])]]
        while self.takes(","):
            tests.append(self.test())
        self.needs(")")
        if len(tests) == 1 and tests[0][0] == "e" and self.text[self.at : self.at + 1] in ("[", ".", "+", "-", "*", "/"):
            self.at = begin
            return [["e", self.sum()]]
        return tests

    def tests(self) -> list[Node]:
        tests = [self.test()]
        while self.takes(","):
            tests.append(self.test())
        return tests

    def test(self, whole: bool = True) -> Node:
        """One positive unary test: `< 10`, or a value, range or list. Outside brackets (not `whole`) it ends before `and`."""
        for sign in COMPARISON_SIGNS:
            if self.takes(sign):
                return [sign, self.sum()]
        return ["e", self.expression() if whole else self.sum()]

    def _signed(self) -> Node:
        minuses = 0
        while self.takes("-"):
            minuses += 1
            if minuses > self.bounds.nesting:
                raise limit("nesting")
        node = self._postfixed()
        for _ in range(minuses):
            if node[0] == "num":
                node = ["num", node[1][1:] if node[1][0] == "-" else "-" + node[1]]
            else:
                node = ["neg", node]
        return node

    def _postfixed(self) -> Node:
        node = self.operand()
        while True:
            if self.sees(".") and not self.sees(".."):
                self.takes(".")
                node = [".", node, self.member_name()]
            elif self.sees("("):
                node = self.arguments(node)
            elif self.sees("["):
                condition = self._filter()
                if condition is None:
                    return node
                node = ["[]", node, condition]
            else:
                return node

    def _filter(self) -> Node | None:
        """The condition in square brackets; None when the bracket is the end of a range such as `[a..b[`."""
        begin = self.at
        known = list(self.odd)
        self.odd = [*known, *sorted(self.members.difference(known))]
        depth, inside = self.depth, self.inside_range
        try:
            self.takes("[")
            self.inside_range = 0
            condition = self.expression()
            self.needs("]")
        except FeelSyntaxError:
            if not inside:
                raise
            self.at, self.depth = begin, depth
            return None
        finally:
            self.odd, self.inside_range = known, inside
        return condition

    def cell(self) -> Node:
        """The text as an input entry of a decision table: tests, `not(tests)`, or `-` for any value."""
        if self.text.strip() in ("-", ""):
            return ["cell", False, []]
        begin, match = self.at, _NOT.match(self.text, self.at)
        if match:
            try:
                self.at = match.end()
                self.skip_space()
                tests = self.tests()
                self.needs(")")
                return self._ended(["cell", True, tests])
            except FeelSyntaxError:
                self.at, self.depth, self.inside_range = begin, 0, 0
        return self._ended(["cell", False, self.tests()])


def parse(
    text: str,
    names: Iterable[str] = (),
    *,
    members: Iterable[str] = (),
    cell: bool = False,
    types: Iterable[str] = (),
    bounds: Bounds = BOUNDS,
) -> Node:
    """FEEL text to its tree. `names` are known as variables and after a dot, `members` after a dot and in filters only; `types` are
    the named types of the model. Raises FeelSyntaxError, or FeelLimit for a text that is too long, too deep or too hard to read."""
    parser = Parser(text, names, members, bounds)
    parser.type_names = tuple(types)
    try:
        node = parser.cell() if cell else parser.whole()
    except RecursionError:
        raise limit("nesting") from None
    if deeper_than(node, bounds.depth):
        raise limit("depth")
    return node
