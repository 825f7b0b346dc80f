"""One question as it is about to be asked: what a kind needs to fill its template."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from forms.files import FileRef
from forms.words import N_, pick, say

if TYPE_CHECKING:
    from forms.form import Field, Form

N_("(optional)")
PREFILLED = {
    "account": N_("Taken from your account. Check it, and change it if it is not right."),
    "earlier": N_("Taken from your earlier application. Check it, and change it if it is not right."),
    "permit": N_("Taken from the permit you renew. Check it, and change it if it is not right."),
}


class Nested(Protocol):
    """Renders a question inside another one."""

    def __call__(self, one: Field, path: str, raw: Any, *, compact: bool = False) -> Markup: ...


@dataclasses.dataclass(frozen=True)
class View:
    """A question, its place among the answers, and the words for it.

    `raw` is what was posted or kept for it, `errors` the sentences by path, `nested` renders a question inside this one.
    """

    field: Field
    path: str
    raw: Any
    lang: str
    required: bool = True
    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    kept: Mapping[str, FileRef] = dataclasses.field(default_factory=dict)
    file_url: Callable[[str], str] | None = None
    region_url: str = "/regions"
    beside: Mapping[str, tuple[Form, Mapping[str, Any]]] = dataclasses.field(default_factory=dict)
    nested: Nested | None = None
    doubts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    now: Any = None  # the answer as expressions read it: of a calculation, its result
    desks: Collection[str] | None = None  # of the reader
    prefilled: Mapping[str, str] = dataclasses.field(default_factory=dict)  # by path: where an answer came from that nobody gave yet
    compact: bool = False  # in a cell of a table: the label is for screen readers

    @property
    def id(self) -> str:
        """The id of the question's box: `f-points.0.road_class`."""
        return f"f-{self.path}"

    @property
    def error(self) -> str | None:
        """The sentence beside this question, if any."""
        return self.errors.get(self.path)

    @property
    def label_text(self) -> str:
        """The question, marked when it need not be answered."""
        text = pick(self.field.label, self.lang)
        return text if self.required else f"{text} {self.say('(optional)')}"

    @property
    def label(self) -> dict[str, Any]:
        """The `label` of a govuk component."""
        return {"text": self.label_text, "classes": "govuk-visually-hidden" if self.compact else "govuk-label--s"}

    @property
    def fieldset(self) -> dict[str, Any]:
        """The `fieldset` of a govuk component, for questions with more than one box."""
        return {"legend": {"text": self.label_text, "classes": "govuk-fieldset__legend--s"}}

    @property
    def common(self) -> dict[str, Any]:
        """What every single box has: id, name, label, hint, error message."""
        return {"id": self.id, "name": self.path, "label": self.label, **self.notes}

    @property
    def notes(self) -> dict[str, Any]:
        """Hint and error message, where there are any."""
        found: dict[str, Any] = {}
        hints = [pick(self.field.help, self.lang)] if self.field.help else []
        if self.path in self.prefilled:
            hints.append(self.say(PREFILLED[self.prefilled[self.path]]))
        if hints:
            found["hint"] = {"text": " ".join(hints)}
        if self.error:
            found["errorMessage"] = {"text": self.error, "visuallyHiddenText": self.say("Error")}
        return found

    @property
    def text(self) -> str:
        """The raw answer as text for a box; anything but text or a number shows as nothing."""
        if isinstance(self.raw, str):
            return self.raw
        return str(self.raw) if isinstance(self.raw, int) and not isinstance(self.raw, bool) else ""

    def inside(self, name: str, raw: Any) -> View:
        """A part of this question, with its own place and answer: the start of a period."""
        return dataclasses.replace(self, path=f"{self.path}.{name}", raw=raw)

    def part(self, name: str) -> str:
        """The raw text of one box of several (`day` of a date)."""
        inner = self.raw.get(name) if isinstance(self.raw, dict) else None
        return inner if isinstance(inner, str) else str(inner) if isinstance(inner, int) else ""

    def pick(self, words: Mapping[str, str] | None) -> str:
        """A text of the form in the reader's language."""
        return pick(words, self.lang)

    def say(self, text: str, **facts: object) -> str:
        """A word of the house in the reader's language."""
        return say(text, self.lang, **facts)


N_("Error")
