"""What became of each part of a file that was taken over: kept, changed or dropped, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.fields import kinds
from forms.importing.sentences import SENTENCES
from forms.words import N_, pick, say

OUTCOMES = {"kept": N_("kept"), "changed": N_("changed"), "dropped": N_("dropped")}
MOST = 20_000


@dataclass(frozen=True)
class Note:
    """One line of the report. `place` is where it stands in the file, `name` what it is called there."""

    place: str
    name: str
    outcome: str  # kept, changed, dropped
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """What became of it, for people."""
        facts = dict(self.facts)
        if "kind" in facts:
            facts["kind"] = pick(kinds()[str(facts["kind"])].title, lang)
        return say(SENTENCES[self.code], lang, **facts)

    def line(self, lang: str) -> str:
        """`changed  components/3 “Name”: …`."""
        named = f" “{self.name}”" if self.name else ""
        return f"{say(OUTCOMES[self.outcome], lang):<8} {self.place}{named}: {self.sentence(lang)}"


class Notes:
    """The report while it is written. It ends after `MOST` lines."""

    def __init__(self) -> None:
        self.all: list[Note] = []

    def kept(self, place: str, name: str, kind: str) -> None:
        self._add("kept", place, name, "kept", {"kind": kind})

    def kept_as(self, place: str, name: str, code: str) -> None:
        """Kept, but not as a question: a page, a heading."""
        self._add("kept", place, name, code, {})

    def changed(self, place: str, name: str, code: str, **facts: object) -> None:
        self._add("changed", place, name, code, facts)

    def dropped(self, place: str, name: str, code: str, **facts: object) -> None:
        self._add("dropped", place, name, code, facts)

    def _add(self, outcome: str, place: str, name: str, code: str, facts: Mapping[str, object]) -> None:
        made = Note(place[:200], name[:80], outcome, code, {key: _short(value) for key, value in facts.items()})
        if len(self.all) < MOST and made not in self.all[-20:] and not (place == "#" and made in self.all):
            self.all.append(made)

    def ordered(self) -> tuple[Note, ...]:
        """The notes about one place together, in the order in which the places came up."""
        places: dict[str, int] = {}
        for note in self.all:
            places.setdefault(note.place, len(places))
        return tuple(sorted(self.all, key=lambda note: (places[note.place], note.outcome != "kept")))


def _short(value: object) -> object:
    return value[:200] + "…" if isinstance(value, str) and len(value) > 200 else value
