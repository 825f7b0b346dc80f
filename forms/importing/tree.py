"""A form between two formats: what was read from elsewhere, before it has keys and pages of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from forms.importing.wording import MARKS

Path = tuple[str, ...]
Tree = list[Any]  # FEEL's syntax tree, as rules.Expression.ast has it


@dataclass(frozen=True)
class Condition:
    """When something is asked, in the names of the file it came from. `hides`: true means not asked. `text`: as it stood there."""

    tree: Tree
    text: str
    hides: bool = False


@dataclass(frozen=True)
class Question:
    """One question. `path`: where its answer stood in the data of the other format; `values`: its values there -> ours.

    `part`: the member of our answer that the other format's name means (`agreed`). `fields`: those of a repeating group.
    `trees`: options that are FEEL in the names of the file.
    """

    place: str
    path: Path
    kind: str
    label: Mapping[str, str]
    help: Mapping[str, str] | None = None
    required: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    show: tuple[Condition, ...] = ()
    required_when: tuple[Condition, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    fields: tuple[Question, ...] = ()
    trees: Mapping[str, Condition] = field(default_factory=dict)
    rules: tuple[tuple[Condition, Mapping[str, str]], ...] = ()

    @property
    def name(self) -> str:
        """What the report calls it."""
        return said_there(self.label) or ".".join(self.path)


@dataclass(frozen=True)
class Section:
    """Questions that belong together, with a title or without."""

    place: str
    title: Mapping[str, str] | None
    parts: tuple[Part, ...]
    show: tuple[Condition, ...] = ()
    help: Mapping[str, str] | None = None


def said_there(words: Mapping[str, str]) -> str:
    """The text as the file has it: the one without the mark that it is to be translated."""
    return next((text for lang, text in words.items() if not text.startswith(MARKS.get(lang, "\n"))), "")


Part: TypeAlias = Question | Section


@dataclass(frozen=True)
class Read:
    """A file as read: the key and title it gives itself (empty: none), and what it asks."""

    key: str
    title: Mapping[str, str] | None
    parts: tuple[Part, ...]
