"""What a kind of question is. Each kind is one file in `forms/fields/`, found by being there, that says everything about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import marshmallow as ma

import rules
from forms.errors import Fault
from forms.files import FileRef
from forms.property import FEEL, UNSEEN, WORDS, Json, Property
from forms.words import Words

if TYPE_CHECKING:
    from forms.form import Field, Form
    from forms.stencil import Typed
    from forms.view import View

Raw = Any  # what was posted or kept in a draft: text, numbers, truth values, lists, dicts, an Upload
SHELVES: dict[str, Words] = {
    "basic": {"id": "Dasar", "en": "Basic"},
    "choice": {"id": "Pilihan", "en": "Choices"},
    "time": {"id": "Waktu", "en": "Time"},
    "indonesia": {"id": "Nomor dan tempat", "en": "Numbers and places"},
    "evidence": {"id": "Bukti", "en": "Evidence"},
    "layout": {"id": "Susunan", "en": "Layout"},
}
__all__ = ["FEEL", "SHELVES", "WORDS", "Asked", "Bad", "Good", "Json", "Kind", "Property", "Raw", "tidy"]


@dataclass(frozen=True)
class Good:
    """A sample that must pass: what is posted, the value it becomes, the options of the question."""

    raw: Raw
    value: object
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bad:
    """A sample that must be refused with `code`, at `path` below the question."""

    raw: Raw
    code: str
    options: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class Asked:
    """What a kind may know while it checks an answer."""

    at: datetime | None = None
    lang: str = "id"
    facts: Mapping[str, Any] = field(default_factory=dict)  # the names of expressions; grows while the questions are walked through
    kept: Mapping[str, FileRef] | None = None  # None: the ids of files are trusted (a journey), else any other id is refused
    beside: Mapping[str, Form] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)  # path -> shown, hidden, unsure
    path: str = ""  # of the question being checked
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  # the caller's own, by FEEL name
    form: str = ""  # the key of the form, under which its own answers stand
    names: tuple[str, ...] = ()  # of those functions, as the form was read with
    settled: bool = False  # the answer was accepted before and cannot change now: bounds that move with time do not count

    def evaluate(self, text: str) -> Any:
        """The value of a FEEL text; null when it cannot be worked out within the limits."""
        try:
            return self.program(text).evaluate(self.facts, now=self.at, functions=self.functions)
        except rules.RuleError:
            return None

    def program(self, text: str) -> rules.Expression:
        """The compiled text. Raises FeelSyntaxError, which a form that was read cannot."""
        return rules.compile(text, names=self.names)

    def holds(self, text: str) -> bool:
        """Whether a FEEL condition is true; null and faults are not."""
        return self.evaluate(text) is True


class Kind:
    """The base of all kinds: a kind without own words here is a line of text.

    Class attributes say what the kind is, methods what it does with one question (`field`) of a form.
    """

    word: ClassVar[str] = ""  # how forms name it
    title: ClassVar[Words] = {}
    about: ClassVar[Words] = {}  # one sentence for the builder's palette
    icon: ClassVar[str] = ""  # letters that every font has, or the lines of a drawing of 24 by 24 (SVG path data)
    shelf: ClassVar[str] = "basic"  # one of SHELVES
    template: ClassVar[str] = "input"  # forms/templates/ask/<template>.html
    properties: ClassVar[tuple[Property, ...]] = ()  # what can be said of its questions besides forms/common.py
    fresh: ClassVar[Json] = {}  # what a new question has besides required properties with a default
    says: ClassVar[dict[str, str]] = {}  # code -> English sentence
    answered: ClassVar[bool] = True  # False: only shows something
    buttons: ClassVar[bool] = False  # has buttons of its own inside the page
    computed: ClassVar[bool] = False  # the server works the answer out; whatever is posted does not count
    unique: ClassVar[bool] = False  # one text that can be looked up in the register: the property `unique` makes sense
    nests: ClassVar[bool] = True  # may stand in a repeating group
    stencil: ClassVar[str] = ""  # how an answer changes its HTML (forms/stencil.py); empty: in another way, so it is always drawn
    cell: ClassVar[bool] = False  # has one small box: may stand in a table of rows
    privacy: ClassVar[str] = "ordinary"
    secret: ClassVar[bool] = False  # what is typed is never kept in the browser, whatever its privacy
    prefilled: ClassVar[bool] = True  # an earlier answer may stand in it before it is asked
    account: ClassVar[tuple[str, ...]] = ()  # what else may: sources of forms/prefill.py that give a value of this kind
    feel: ClassVar[Any] = "string"
    browser: ClassVar[str] = "text"  # how the browser reads its value, docs/forms.md
    good: ClassVar[tuple[Good, ...]] = ()
    bad: ClassVar[tuple[Bad, ...]] = ()

    @cached_property
    def options(self) -> Json:
        """JSON Schema of each option of its own."""
        return {one.key: one.shape for one in self.properties}

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The options that must be there."""
        return tuple(one.key for one in self.properties if one.required)

    @cached_property
    def expressions(self) -> tuple[str, ...]:
        """The options that hold FEEL when they are text."""
        return tuple(one.key for one in self.properties if one.feel)

    @cached_property
    def early(self) -> frozenset[str]:
        """The expressions that may read earlier answers only."""
        return frozenset(one.key for one in self.properties if one.early) | {"show_when"}

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        """What the JSON Schema of the options cannot say: (path below the question, code, facts)."""
        return ()

    def scope(self, field: Field) -> Any:
        """The FEEL type of the answer, for `rules.check`."""
        return self.feel

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """What was posted, brought to one shape; None when it says nothing. Never fails: odd shapes pass to the schema, which refuses."""
        return tidy(raw)

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        """A marshmallow field for this question; its error texts are `Fault`s."""
        raise NotImplementedError

    def peek(self, raw: Raw, field: Field, asked: Asked) -> Any:
        """The value for conditions, cheaply; raises ValidationError like the field itself."""
        return self.marshal(field, asked).deserialize(raw)

    def compute(self, field: Field, asked: Asked) -> Any:
        """The answer of a `computed` kind from what was answered before; None when it cannot be worked out."""
        raise NotImplementedError

    def same(self, one: Any, other: Any) -> bool:
        """Whether two checked answers say the same."""
        return bool(one == other)

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        """Doubts that do not stop anybody."""
        yield from ()

    def raw(self, value: Any, field: Field) -> Raw:
        """The inverse of the check: what a draft keeps, readable in any language."""
        return value

    def text(self, value: Any, field: Field, lang: str) -> str:
        """The answer in one line for a summary."""
        return str(value)

    def masked(self, value: Any, field: Field, lang: str) -> str:
        """The answer for a reader who may not see it."""
        return "••••••"

    def drawing(self, value: Any) -> str:
        """The lines drawn as part of the answer, as SVG path data (forms/strokes.py)."""
        return ""

    def files(self, value: Any) -> tuple[FileRef, ...]:
        """The kept files among the answer."""
        return ()

    def json_schema(self, field: Field, lang: str) -> Json:
        """The JSON Schema of the answer as a machine may send it (the shape that `raw` gives)."""
        return {"type": "string"}

    def ask(self, view: View) -> Mapping[str, Any]:
        """What the template needs to ask this question."""
        raise NotImplementedError

    def typed(self, view: View) -> Typed:
        """What an answer without faults puts into the holes of its `stencil`; `ask` gives the same to its template."""
        return view.text

    def anchor(self, path: str) -> str:
        """The id that a link in the error summary goes to."""
        return f"f-{path}"


_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # Unicode has none beyond
_UNSEEN = UNSEEN + _BLANKS


def tidy(raw: Raw) -> Raw:
    """Text without outer blanks; None for what says nothing (a text of blanks or unseen signs, an empty list, a dict of blanks)."""
    if isinstance(raw, str):
        text = raw.strip()
        return (text if text.isascii() or text.strip(_UNSEEN) else None) or None
    if isinstance(raw, list):
        return [one for one in map(tidy, raw) if one is not None] or None
    if isinstance(raw, dict):
        return {key: one for key, value in raw.items() if (one := tidy(value)) is not None} or None
    return raw
