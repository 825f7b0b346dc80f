"""A property of a question: told as data, so that the builder can draw its panel from it and the reader can check by it.

Each function below makes one for an editor, the way in which the builder lets it be changed: docs/forms.md lists the editors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.words import Words

Json = dict[str, Any]

WORDS: Json = {"$ref": "#/$defs/words"}
FEEL: Json = {"$ref": "#/$defs/feel"}
# Signs that draw nothing and are no blanks either: a text says something when one sign of it can be seen.
UNSEEN = "\u00ad\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff\uffa0"
SEEN = r"[^\s" + "".join(f"\\u{ord(sign):04x}" for sign in UNSEEN) + "]"
KEY: Json = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
PARTS: dict[str, Words] = {
    "question": {"id": "Pertanyaan", "en": "Question"},
    "answer": {"id": "Jawaban", "en": "Answer"},
    "when": {"id": "Kapan ditanyakan", "en": "When it is asked"},
    "who": {"id": "Siapa yang melihat", "en": "Who sees it"},
}


@dataclass(frozen=True)
class Property:
    """One thing that can be said of a question.

    `shape` is the JSON Schema of its value; `default` what holds while it is not said; `fixed`: not to be changed once the form was
    published; `part`: where in the panel; `early`: a FEEL text that may read earlier answers only; `details`: what its editor needs.
    """

    key: str
    label: Words
    editor: str
    shape: Json
    help: Words = field(default_factory=dict)
    default: Any = None
    required: bool = False
    fixed: bool = False
    part: str = "answer"
    advanced: bool = False
    feel: bool = False
    early: bool = False
    details: Json = field(default_factory=dict)

    def plain(self, speak: Any) -> Json:
        """JSON-able; `speak` makes of words what the reader wants."""
        told: Json = {"key": self.key, "label": speak(self.label), "editor": self.editor, "part": self.part, "schema": self.shape}
        told |= {"help": speak(self.help)} if self.help else {}
        told |= {"default": self.default} if self.default is not None else {}
        told |= {name: True for name in ("required", "fixed", "advanced", "early") if getattr(self, name)}
        choices = [{**one, "label": speak(one["label"])} for one in self.details.get("choices", ())]
        return told | self.details | ({"choices": choices} if choices else {})


def text(key: str, label: Words, *, most: int, least: int = 1, pattern: str = "", **more: Any) -> Property:
    """One line of text."""
    shape: Json = {"type": "string", "minLength": least, "maxLength": most} | ({"pattern": pattern} if pattern else {})
    return Property(key, label, "text", shape, details={"limits": {"min_length": least, "max_length": most}}, **more)


def words(key: str, label: Words, *, long: bool = False, **more: Any) -> Property:
    """A text in every language, of one line or (`long`) of several."""
    return Property(key, label, "long_words" if long else "words", WORDS, details={"limits": {"max_length": 5000}}, **more)


def count(key: str, label: Words, *, least: int = 0, most: int = 1_000_000, **more: Any) -> Property:
    """A whole number."""
    shape: Json = {"type": "integer", "minimum": least, "maximum": most}
    return Property(key, label, "number", shape, details={"limits": {"min": least, "max": most, "step": 1}}, **more)


def size(key: str, label: Words, *, above: float, most: float, **more: Any) -> Property:
    """A number with decimals."""
    shape: Json = {"type": "number", "exclusiveMinimum": above, "maximum": most}
    return Property(key, label, "number", shape, details={"limits": {"min": above, "max": most, "step": "any"}}, **more)


def degrees(key: str, label: Words, *, least: int, most: int, **more: Any) -> Property:
    """A latitude or longitude."""
    shape: Json = {"type": "number", "minimum": least, "maximum": most}
    return Property(key, label, "number", shape, details={"limits": {"min": least, "max": most, "step": "any"}}, **more)


def yes_no(key: str, label: Words, **more: Any) -> Property:
    """A tick."""
    return Property(key, label, "yes_no", {"type": "boolean"}, default=more.pop("default", False), **more)


def one_of(key: str, label: Words, choices: Mapping[Any, Words], **more: Any) -> Property:
    """One of a few values."""
    return Property(key, label, "one_of", {"enum": list(choices)}, details={"choices": _choices(choices)}, **more)


def some_of(key: str, label: Words, choices: Mapping[Any, Words], **more: Any) -> Property:
    """Some of a few values."""
    shape: Json = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(choices)}}
    return Property(key, label, "some_of", shape, details={"choices": _choices(choices)}, **more)


def limit(key: str, label: Words, **more: Any) -> Property:
    """A number, or FEEL that gives one."""
    return Property(key, label, "limit", {"oneOf": [{"type": "number"}, FEEL]}, feel=True, details={"type": "number"}, **more)


def day(key: str, label: Words, **more: Any) -> Property:
    """A day as ISO text, or FEEL that gives one (`today()`)."""
    return Property(key, label, "day", FEEL, feel=True, details={"type": "date"}, **more)


def feel(key: str, label: Words, type_: str, **more: Any) -> Property:
    """A FEEL text that gives a value of a type."""
    return Property(key, label, "feel", FEEL, feel=True, details={"type": type_}, **more)


def condition(key: str, label: Words, **more: Any) -> Property:
    """A FEEL text that is true or false: rows of drop-downs over questions."""
    return Property(key, label, "condition", FEEL, feel=True, details={"type": "boolean"}, **more)


def question(key: str, label: Words, kinds: Sequence[str], **more: Any) -> Property:
    """The answer to another question of the form, as FEEL (`application.birth_date`)."""
    return Property(key, label, "question", FEEL, feel=True, details={"kinds": list(kinds)}, **more)


def names(key: str, label: Words, editor: str, *, most: int = 30, item: Json | None = None, **more: Any) -> Property:
    """A list of texts: `examples`, or keys of `desks`."""
    shape: Json = {"type": "array", "minItems": 1, "maxItems": most, "uniqueItems": True, "items": item or KEY}
    return Property(key, label, editor, shape, details={"limits": {"max_items": most}}, **more)


def _choices(choices: Mapping[Any, Words]) -> list[Json]:
    return [{"value": value, "label": label} for value, label in choices.items()]
