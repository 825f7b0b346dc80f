"""Titles and descriptions of a JSON Schema, in one language or in several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.importing.wording import both, human

LANGUAGES = ("id", "en")


def said(schema: Any, member: str, language: str) -> tuple[str, dict[str, str]]:
    """(the text of `title` or `description`, the same in other languages).

    Understood are `{"title": {"id", "en"}}`, `x-title-en`, `x-title: {"id", "en"}`, and `x-translations` by language or by member.
    """
    if not isinstance(schema, Mapping):
        return "", {}
    given = schema.get(member)
    others: dict[str, str] = {}
    for lang in LANGUAGES:
        for found in _places(schema, member, lang):
            if isinstance(found, str) and found.strip():
                others[lang] = found
                break
    text = given if isinstance(given, str) else others.get(language, "")
    if isinstance(given, str) and given.strip():
        others.pop(language, None)
    return text, others


def _places(schema: Mapping[str, Any], member: str, lang: str) -> list[Any]:
    translated, whole, named = schema.get("x-translations"), schema.get(member), schema.get(f"x-{member}")
    found = [schema.get(f"x-{member}-{lang}"), schema.get(f"x-{member}_{lang}")]
    found += [one.get(lang) for one in (named, whole) if isinstance(one, Mapping)]
    if isinstance(translated, Mapping):
        by_lang, by_member = translated.get(lang), translated.get(member)
        found.append(by_lang.get(member) if isinstance(by_lang, Mapping) else by_lang if member == "title" else None)
        found.append(by_member.get(lang) if isinstance(by_member, Mapping) else None)
    return found


def title(schema: Any, name: str, language: str) -> dict[str, str]:
    """The title in both languages, or one made from the name."""
    text, others = said(schema, "title", language)
    return both(text if text.strip() else "" if others else human(name) or name.strip() or "–", language, others)


def description(schema: Any, language: str) -> dict[str, str] | None:
    """The description in both languages; None without one."""
    text, others = said(schema, "description", language)
    return both(text, language, others) if text.strip() or others else None
