"""A form as read from its file: pages of questions. Immutable; nothing here knows a case, a person or a browser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import rules
from forms.kind import Kind
from forms.words import Words

if TYPE_CHECKING:
    from forms.answers import Answers
    from forms.files import FileRef
    from forms.lists import Entry
    from forms.stencil import Stencils


Taken = Callable[[str, Any, str], bool]
"""Whether another case has this answer already: (path without row numbers, `points.plate`; the checked value; "ever" or "year")."""


@dataclass(frozen=True)
class Rule:
    """A condition of the form's own for an answer: FEEL text, what to say, and whether it stops ("error") or doubts ("warning")."""

    check: str
    say: Words
    level: str = "error"


@dataclass(frozen=True, eq=False)
class Field:
    """One question. `place` is where it stands in the file; `options` belong to the kind; `fields` are those of a repeating group."""

    key: str
    kind: Kind
    place: str
    label: Words
    noun: Words
    help: Words | None = None
    required: bool = True
    required_when: str | None = None
    show_when: str | None = None
    privacy: str = "ordinary"
    seen_by: tuple[str, ...] = ()  # the desks that may see the answer; empty: all that may see the case
    prefill: str | None = None  # from where it is filled in before it is asked (forms/prefill.py)
    unique: str | None = None  # "ever" or "year": no other case of this procedure may have the same answer
    rules: tuple[Rule, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    entries: tuple[Entry, ...] = ()  # the choice table it names

    def seen(self, desks: Collection[str] | None) -> bool:
        """Whether somebody of these desks may see it; None is somebody who may see everything."""
        return desks is None or not self.seen_by or not set(self.seen_by).isdisjoint(desks)

    def expressions(self) -> Iterator[tuple[str, str]]:
        """Every FEEL text of this question itself, as (path below the question, text)."""
        for name, text in (("required_when", self.required_when), ("show_when", self.show_when)):
            if text is not None:
                yield name, text
        for number, rule in enumerate(self.rules):
            yield f"rules/{number}/check", rule.check
        for name in self.kind.expressions:
            if isinstance(self.options.get(name), str):
                yield name, self.options[name]


@dataclass(frozen=True, eq=False)
class Page:
    """Questions asked together."""

    key: str
    title: Words
    place: str
    fields: tuple[Field, ...]
    show_when: str | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """A form: made by `forms.read` only."""

    key: str
    title: Words
    pages: tuple[Page, ...]
    functions: tuple[str, ...] = ()  # the caller's functions that its expressions may name

    def page(self, key: str) -> Page:
        """The page `key`. Raises KeyError."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)

    def fields(self) -> Iterator[tuple[str, Field]]:
        """All questions in reading order with their path; those of a group as `points.road_class`."""
        for one in self.questions():
            yield one.key, one
            for inner in one.fields:
                yield f"{one.key}.{inner.key}", inner

    def questions(self) -> Iterator[Field]:
        """The questions of the pages, without those inside groups."""
        return iter(self._questions)

    @cached_property
    def read_here(self) -> frozenset[str]:
        """The keys of those own answers that its expressions read; all of them when one reads the form as a whole."""
        try:
            paths = {path for _, text, _ in self.expressions() for path in rules.compile(text, names=self.functions).fields}
        except rules.RuleError:
            paths = {self.key}
        if self.key in paths:
            return frozenset(one.key for one in self.questions())
        return frozenset(path.split(".")[1] for path in paths if path.startswith(f"{self.key}."))

    @cached_property
    def always_shown(self) -> bool:
        """Whether every page is shown whatever is answered: it and one of its questions have no condition."""
        return all(page.show_when is None and any(one.show_when is None for one in page.fields) for page in self.pages)

    @cached_property
    def stencils(self) -> Stencils:
        """Its questions as they are drawn without answers."""
        from forms.stencil import Stencils  # only who draws it needs them

        return Stencils()

    @cached_property
    def read(self) -> dict[str, dict[Any, Any]]:
        """What forms/render.py has read of the expressions of each page."""
        return {}

    @cached_property
    def _questions(self) -> tuple[Field, ...]:
        return tuple(one for page in self.pages for one in page.fields)

    def find(self, path: str) -> Field | None:
        """The question at the path of an answer (`points.0.road_class`), or at the nearest one above it; None when there is none."""
        key, _, rest = path.partition(".")
        found = next((one for one in self.questions() if one.key == key), None)
        inner = rest.split(".")
        if found is None or not found.fields or len(inner) < 2:
            return found
        return next((one for one in found.fields if one.key == inner[1]), found)

    def scope(self) -> dict[str, Any]:
        """The types of the answers, for `rules.check`: {"area": "number", "points": ["list", {"road_class": "string"}]}."""
        return {one.key: one.kind.scope(one) for one in self.questions() if one.kind.answered}

    def expressions(self) -> Iterator[tuple[str, str, bool]]:
        """Every FEEL text as (place, text, whether `row` is known there), so that a bundle can check the names of others."""
        for page in self.pages:
            if page.show_when is not None:
                yield f"{page.place}/show_when", page.show_when, False
            for one in page.fields:
                yield from ((f"{one.place}/{path}", text, False) for path, text in one.expressions())
                for inner in one.fields:
                    yield from ((f"{inner.place}/{path}", text, True) for path, text in inner.expressions())

    def check(
        self,
        raw: object,
        *,
        at: datetime,
        lang: str = "id",
        context: Mapping[str, Any] | None = None,
        page: str | None = None,
        kept: Mapping[str, FileRef] | None = None,
        only: Sequence[str] | None = None,
        before: Mapping[str, Any] | None = None,
        beside: Mapping[str, Form] | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        desks: Collection[str] | None = None,
        taken: Taken | None = None,
    ) -> Answers:
        """Check what was posted and give the proof. Raises `Invalid`, and nothing else for whatever body.

        `raw`: what `decode` gives, or the same shape from a machine. `at`: aware; `today()` is its date, so hand it in the office's zone.
        `lang`: in which language the numbers were typed. `page`: only the answers of that page, the others taken from `before` (raw).
        `context`: other forms' answers, `case`, `applicant`. `kept`: the files already stored for this task; any other id is refused.
        `only`: the keys that may change; every other answer must equal `before`. `beside`: other forms, for the kind `marks`.
        `functions`: those of the caller that expressions may call, by FEEL name. `desks`: of whoever answers; questions that only other
        desks may see stay as they are in `before`. None: everything is seen. `taken`: see `Taken`; without it `unique` is not asked.
        """
        from forms.answers import check  # the check is built on the form, and the form is where one looks for it

        return check(
            self,
            raw,
            at=at,
            lang=lang,
            context=context or {},
            page=page,
            kept=kept or {},
            only=only,
            before=before or {},
            beside=beside or {},
            functions=functions or {},
            desks=desks,
            taken=taken,
        )

    def raw_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The inverse of `check`: checked values as a draft keeps them, for editing again."""
        known = {one.key: one for one in self.questions()}
        kept = {key: value for key, value in values.items() if key in known and value is not None and not known[key].kind.computed}
        return {key: known[key].kind.raw(value, known[key]) for key, value in kept.items()}
