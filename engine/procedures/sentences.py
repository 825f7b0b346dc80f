"""A plain English line for every finding a bundle can have, of whichever floor; the doors have catalogues for other languages."""

from __future__ import annotations

from collections.abc import Mapping

from engine import flow
from rules import Finding

_BUNDLE = {
    "bundle.none": "There is no folder {folder}.",
    "bundle.not_allowed": "A bundle has no place for {file}; it may have procedure.toml, process.bpmn, forms/*.json, decisions/*.dmn, "
    "letters/*.id.md, letters/*.en.md, texts/id.toml, texts/en.toml, stories/*.toml and README.md. Code is never part of a procedure.",
    "bundle.link": "{file} is a link; put the file itself there.",
    "bundle.too_large": "{file} has {size} bytes; at most {limit} are read.",
    "bundle.too_many": "The bundle has {count} files; at most {limit} are read.",
    "bundle.missing": "The file {file} is missing.",
    "bundle.not_toml": "This is not readable TOML: {reason}.",
    "bundle.not_utf8": "This text is not UTF-8; save it as UTF-8.",
    "bundle.unknown_key": "The key {key} is not known here. Did you mean {near}?",
    "bundle.missing_key": "The key {key} is missing.",
    "bundle.language": "The words in the language {key} are missing.",
    "bundle.value": "This value is not right: {reason}.",
    "bundle.one_of": "This must have exactly one of: {shapes}.",
    "bundle.form_key": "The form in {file} has the key {key}; file name and key must be the same.",
    "bundle.decision_twice": "The decision {decision} is in {file} and in {other}; ids must be unique.",
    "bundle.process_key": "The process has the id {process} and the procedure the key {key}; they must be the same.",
}
_FORM = {
    "form.json": "This is not readable JSON: {why}.",
    "form.large": "The form is larger than {max} bytes.",
    "form.twice": "{what} is there twice.",
    "form.unknown_key": "The key {key} is not known here. Did you mean {near}?",
    "form.missing": "The key {key} is missing.",
    "form.language": "The words in the language {key} are missing.",
    "form.unknown_kind": "There is no kind of question {kind}. Did you mean {near}?",
    "form.value": "This value is not right: {why}.",
    "form.unknown_group": "There is no shared group {group}. Did you mean {near}?",
    "form.too_deep": "Shared groups include each other too deeply ({group}).",
}
_RULES = {
    "feel.syntax": "The expression cannot be read: line {line}, column {column}: {found} is not expected; expected: {expected}.",
    "feel.unknown_name": "The name {name} is not known here. Did you mean {nearest}?",
    "feel.unknown_function": "There is no function {name}. Did you mean {nearest}?",
    "feel.limit": "The expression asks for more than an expression may use ({limit}).",
    "dmn.unreadable": "The decision table cannot be read: {why}.",
}
_own: dict[str, str] = {}


def teach(sentences: Mapping[str, str]) -> None:
    """Add the sentences of a check; called once for each, when it is found."""
    _own.update(sentences)


def sentence(finding: Finding) -> str:
    """What is wrong and how to cure it, in English; never fails, whatever the code."""
    if finding.code in flow.codes():
        return flow.sentence(finding)
    told = {"sentence", "message"} & finding.facts.keys()
    text = _own.get(finding.code) or _BUNDLE.get(finding.code) or _FORM.get(finding.code) or _RULES.get(finding.code)
    facts = {name: _shown(value) for name, value in finding.facts.items()}
    if text is None:
        return str(finding.facts[told.pop()]) if told else _fallback(finding.code, facts)
    if not facts.get("near") and not facts.get("nearest"):
        text = text.partition(" Did you mean ")[0]
    try:
        return text.format(**facts)
    except (KeyError, IndexError):
        return _fallback(finding.code, facts)


def line(finding: Finding) -> str:
    """`process.bpmn#verify: …`: one finding as `loket check` prints it."""
    return f"{finding.place}: {sentence(finding)}"


def _fallback(code: str, facts: Mapping[str, str]) -> str:
    return f"{code} ({', '.join(f'{name}: {value}' for name, value in facts.items())})" if facts else code


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)
