"""Conditions of another format as ours: turned round where they said when to hide, in our names, with our values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import rules
from forms.importing.tree import Condition, Path, Question, Tree

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_LITERALS = ("str", "num", "true", "false")
TRUE: Tree = ["true"]
NULL: Tree = ["null"]


def parsed(text: str) -> Tree | None:
    """The tree of a FEEL text, or None."""
    try:
        tree: Tree = rules.compile(text).ast["e"]
    except rules.RuleError:
        return None
    return tree


def literal(text: str) -> Any:
    """The value of a FEEL text that reads nothing, as plain JSON; None for every other."""
    try:
        program = rules.compile(text)
        return None if program.fields else rules.plain(program.evaluate({}))
    except rules.RuleError:
        return None


def opposite(tree: Tree) -> Tree:
    """The tree that is true whenever this one is not: also when a null makes this one null."""
    op = tree[0]
    if op in ("and", "or"):
        return ["or" if op == "and" else "and", opposite(tree[1]), opposite(tree[2])]
    if op in ("=", "!="):
        return [_OPPOSITE[op], tree[1], tree[2]]
    if op in _OPPOSITE and _is_path(tree[1]) and tree[2][0] in _LITERALS:
        return ["or", [_OPPOSITE[op], tree[1], tree[2]], ["=", tree[1], NULL]]
    if op == "call" and tree[1] == ["var", "not"] and len(tree[2]) == 1:
        inner: Tree = tree[2][0]
        return inner
    if op == "in" or (op == "call" and tree[1] == ["var", "list contains"]):
        return ["call", ["var", "not"], [tree]] if op == "in" else ["!=", tree, TRUE]
    return [{"true": "false", "false": "true"}[op]] if op in ("true", "false") else ["!=", tree, TRUE]


def joined(trees: Iterable[Tree], word: str = "and") -> Tree | None:
    """All of them (or any); None for none."""
    found: Tree | None = None
    for tree in trees:
        found = tree if found is None else [word, found, tree]
    return found


def _is_path(tree: Tree) -> bool:
    while tree[0] == ".":
        tree = tree[1]
    return bool(tree[0] == "var")


@dataclass(frozen=True)
class Names:
    """Where the answers of the other format stand in ours: path -> (key, question). `rows`: of the group by its key."""

    form: str
    root: Mapping[Path, tuple[str, Question]]
    rows: Mapping[str, Mapping[Path, tuple[str, Question]]]

    def resolved(self, condition: Condition, group: str | None = None) -> Tree | None:
        """The condition in our names; None when it reads something that this form does not ask."""
        try:
            tree = self._fitted(rules.renamed(condition.tree, self._other(group)), group)
            tree = opposite(tree) if condition.hides else tree
            read = rules.compile(rules.text_of_tree(tree)).fields
        except (rules.RuleError, ValueError):
            return None
        known = {f"{self.form}.{key}" for key, _ in self.root.values()}
        known |= {f"row.{key}" for key, _ in self.rows.get(group or "", {}).values()}
        return tree if all(".".join(path.split(".")[:2]) in known for path in read) else None

    def _other(self, group: str | None) -> Callable[[Path], Tree | None]:
        def other(path: Path) -> Tree | None:
            outer = path[0] == "parent"
            bare = path[1:] if path[0] in ("this", "parent") else path
            inside = self.rows.get(group or "", {})
            if not outer and bare in inside:
                return _tree("row", *inside[bare])
            return _tree(self.form, *self.root[bare]) if bare in self.root else None

        return other

    def _fitted(self, tree: Tree, group: str | None) -> Tree:
        """The tree with the values that became others (`food stall` -> `food_stall`), and an unticked box understood as no answer."""
        if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
            return [self._fitted(one, group) for one in tree] if isinstance(tree, list) else tree
        op = tree[0]
        if op in ("ctx", "named", "for", "some", "every", "fn"):
            return tree
        if op in ("=", "!="):
            return self._compared(op, tree[1], tree[2], group)
        if op == "in" and (asked := self._question(tree[1], group)):
            return [op, tree[1], [[kind, _values(one, asked)] for kind, one in tree[2]]]
        if op == "call" and tree[1] == ["var", "list contains"] and (asked := self._question(tree[2][0], group)):
            return [op, tree[1], [tree[2][0], *(_values(one, asked) for one in tree[2][1:])]]
        return [op, *(self._fitted(one, group) if isinstance(one, list) else one for one in tree[1:])]

    def _compared(self, op: str, left: Tree, right: Tree, group: str | None) -> Tree:
        if left[0] in _LITERALS:
            left, right = right, left
        asked = self._question(left, group)
        if asked is not None and asked.kind in ("yes_no", "declaration") and right[0] == "false":
            return [_OPPOSITE[op], left, TRUE]
        if asked is not None and asked.kind in ("date", "time", "datetime") and right[0] == "str" and asked.kind != "time":
            return [op, left, ["call", ["var", "date" if asked.kind == "date" else "date and time"], [right]]]
        return [op, left, _values(right, asked) if asked is not None else right]

    def _question(self, tree: Tree, group: str | None) -> Question | None:
        """The question whose answer a tree is."""
        if tree[0] == "." and tree[2] == "agreed":
            tree = tree[1]
        if tree[0] != "." or tree[1][0] != "var":
            return None
        found = self.rows.get(group or "", {}) if tree[1][1] == "row" else self.root if tree[1][1] == self.form else {}
        return next((one for key, one in found.values() if key == tree[2]), None)


def _tree(root: str, key: str, asked: Question) -> Tree:
    made: Tree = [".", ["var", root], key]
    return [".", made, asked.part] if asked.part else made


def _values(tree: Tree, asked: Question) -> Tree:
    """A literal as our value of the question; lists of literals too."""
    if tree[0] == "list":
        return ["list", [_values(one, asked) for one in tree[1]]]
    if tree[0] in _LITERALS and asked.values:
        told = str(tree[1]) if len(tree) > 1 else tree[0]
        return ["str", asked.values[told]] if told in asked.values else tree
    return tree
