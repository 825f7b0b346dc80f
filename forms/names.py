"""Do the expressions of a form parse, and do they read only what stands before them? Names of others are the bundle's to check."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import rules
from forms.form import Field, Form
from rules import Finding


def check_names(form: Form, broken: frozenset[str]) -> Iterator[Finding]:
    """Findings for every expression; `broken` are keys of questions that could not be read, whose type is unknown."""
    order = [one.key for one in form.questions() if one.kind.answered]
    names: dict[str, Any] = {**dict.fromkeys(broken, "any"), **form.scope()}
    checking = _Checking(form, names, order)
    for page in form.pages:
        first = page.fields[0].key if page.fields else ""
        if page.show_when is not None:
            yield from checking.check(f"{page.place}/show_when", page.show_when, checking.before(first), None)
        for one in page.fields:
            yield from checking.question(one)


class _Checking:
    def __init__(self, form: Form, names: dict[str, Any], order: list[str]) -> None:
        self.key, self.functions, self.names, self.order = form.key, form.functions, names, order

    def before(self, key: str) -> set[str]:
        """The keys asked before `key`, and those that could not be read."""
        unread = set(self.names) - set(self.order)
        return unread | set(self.order[: self.order.index(key)] if key in self.order else self.order)

    def question(self, one: Field) -> Iterator[Finding]:
        everything = set(self.names)
        for path, text in one.expressions():
            yield from self.check(f"{one.place}/{path}", text, self.before(one.key) if path in one.kind.early else everything, None)
        row = {inner.key: inner.kind.scope(inner) for inner in one.fields if inner.kind.answered}
        done: set[str] = set()
        for inner in one.fields:
            for path, text in inner.expressions():
                early = path in inner.kind.early
                yield from self.check(
                    f"{inner.place}/{path}", text, self.before(one.key) if early else everything, done if early else set(row), row
                )
            done.add(inner.key)

    def check(
        self, place: str, text: str, earlier: set[str], row: set[str] | None, whole: dict[str, Any] | None = None
    ) -> Iterator[Finding]:
        """Syntax, unknown and later names, types."""
        try:
            read = rules.compile(text, names=self.functions).fields
        except rules.RuleError as error:
            yield Finding(place, "form.expression", {"text": text[:200], "why": str(error)[:300], **_facts(error)})
            return
        wrong = [*self._names(place, read, self.key, self.names, earlier)]
        wrong += self._names(place, read, "row", whole or {}, row) if row is not None else ()
        yield from wrong
        if not wrong:
            scope = {path.split(".")[0]: "any" for path in read} | {self.key: self.names}
            scope |= {"row": whole} if whole is not None else {}
            yield from (Finding(place, one.code, one.facts) for one in rules.check(text, scope, functions=self.functions))

    def _names(self, place: str, read: frozenset[str], root: str, names: dict[str, Any], earlier: set[str]) -> Iterator[Finding]:
        for key in sorted({path.split(".")[1] for path in read if path.startswith(f"{root}.")}):
            if key not in names:
                near = get_close_matches(key, list(names), 1)
                yield Finding(place, "form.unknown_name", {"name": f"{root}.{key}", **({"near": f"{root}.{near[0]}"} if near else {})})
            elif key not in earlier:
                yield Finding(place, "form.later", {"name": f"{root}.{key}"})


def _facts(error: rules.RuleError) -> dict[str, object]:
    return dict(getattr(error, "facts", {}))
