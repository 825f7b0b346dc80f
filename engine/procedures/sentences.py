"""What a finding says, in the reader's language: what is wrong, where, and how to cure it. Whether it stops publishing.

Sentences stand beside each rule in `checks/` and, for the floors below, in `sayings/`. A fact may itself be words in two languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from string import Formatter
from typing import Literal

from engine import flow
from rules import Finding

from .sayings import bundle, forms, rules
from .sayings.flow import CURES, INDONESIAN
from .sayings.words import TOLD

Level = Literal["error", "warning"]
Words = Mapping[str, str]
NEAR = {"id": " Maksudnya ", "en": " Did you mean "}
_WORDS = ("expected", "found", "left", "right", "why", "reason", "limit")
_NOTHING = {"id": "akhir", "en": "the end"}
_AND = {"id": " dan ", "en": " and "}
_MORE = {"id": "Hal yang sama juga di {}.", "en": "The same at {}."}

_known: dict[str, Words] = {**bundle.SENTENCES, **forms.SENTENCES, **rules.SENTENCES}
_warnings: set[str] = set()


def teach(sentences: Mapping[str, Words], warnings: Iterable[str] = ()) -> None:
    """Add the sentences of a check and the codes that do not stop publishing; called once for each, when it is found."""
    _known.update(sentences)
    _warnings.update(warnings)


def level(finding: Finding) -> Level:
    """`error`: it stops publishing. `warning`: it may be meant."""
    return "warning" if finding.code in _warnings else "error"


def stopping(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop publishing."""
    return tuple(each for each in findings if level(each) == "error")


def text_of(code: str, lang: str) -> str | None:
    """The sentence of a code with its `{facts}`, or None when there is none in this language."""
    if code in flow.codes():
        return INDONESIAN.get(code) if lang == "id" else flow.text_of(code)
    return _known.get(code, {}).get(lang)


def sentence(finding: Finding, lang: str = "en") -> str:
    """What is wrong, where in words, and how to cure it; never fails, whatever the code."""
    code = _said_as(finding)
    text = text_of(code, lang) or text_of(code, "en")
    facts = {name: _shown(name, value, lang) for name, value in finding.facts.items()}
    if text is None:
        return next((str(finding.facts[name]) for name in ("sentence", "message") if name in finding.facts), _fallback(code, facts))
    if code.startswith("process."):
        facts["cure"] = _cure(finding, lang)
    if isinstance(finding.facts.get("name"), Mapping):  # what it is called by its neighbours needs no quotation marks
        text = text.replace("“{name}”", "{name}")
    if not facts.get("near") and not facts.get("nearest"):
        text = text.partition(NEAR[lang])[0]
    try:
        said = Formatter().vformat(text, (), facts)
    except (KeyError, IndexError, ValueError):
        return _fallback(code, facts)
    return _around(said, text, finding, facts, lang)


def _said_as(finding: Finding) -> str:
    """The code whose sentence fits: one code of the lower floors may say two things."""
    if finding.code == "feel.wrong_type" and "found" in finding.facts:
        return "feel.wrong_operand"
    return "feel.syntax" if finding.code == "form.expression" and "expected" in finding.facts else finding.code


def _around(said: str, text: str, finding: Finding, facts: Mapping[str, str], lang: str) -> str:
    """The sentence with the place in words before it, unless it names it itself, and the other places after it."""
    ident, where = facts.get("id", ""), facts.get("where")
    said = said.replace(f"{ident} ({ident})", ident) if ident else said
    named = text.startswith(("{what}", "{step}", "{name}"))
    if where and where not in said:
        said, named = f"{where}: {said}", True
    said = said[:1].upper() + said[1:] if named else said
    return f"{said} {_MORE[lang].format(facts['also'])}" if finding.facts.get("also") else said


def line(finding: Finding, lang: str = "en") -> str:
    """`process.bpmn#verify: …`: one finding as `loket check` prints it."""
    return f"{finding.place}: {sentence(finding, lang)}" if finding.place else sentence(finding, lang)


def _cure(finding: Finding, lang: str) -> str:
    cure = str(finding.facts.get("cure") or flow.cure_of(str(finding.facts.get("element"))))
    return CURES.get(cure, cure) if lang == "id" else cure


def _fallback(code: str, facts: Mapping[str, str]) -> str:
    return f"{code} ({', '.join(f'{name}: {value}' for name, value in facts.items())})" if facts else code


def _shown(name: str, value: object, lang: str) -> str:
    if isinstance(value, Mapping):
        return str(value[lang]) if lang in value else _pairs(value, lang)
    if isinstance(value, list | tuple | set | frozenset):
        parts = [_shown("", each, lang) for each in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
        return _AND[lang].join(parts) if len(parts) == 2 else ", ".join(parts)
    if name == "found" and value == "":
        return _NOTHING[lang]
    return TOLD[lang](str(value)) if name in _WORDS and lang in TOLD else str(value)


def _pairs(values: Mapping[object, object], lang: str) -> str:
    """An example row: `application.area = 3, application.kind = "x"`."""
    if not values:
        return {"id": "jawaban yang kosong", "en": "empty answers"}[lang]
    return ", ".join(f"{name} = {_value(value)}" for name, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower() if value is not None else "null"
    return f"“{value}”" if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)
