"""Differences of what is written: letters and notices, the words of `texts/`, choice tables, stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from engine.procedures.bundle import Bundle

from .difference import NONE, Difference, both

_LANG = {"id": both("bahasa Indonesia", "Indonesian"), "en": both("bahasa Inggris", "English")}
_KINDS = {
    "names": both("nama langkah", "name of a step"),
    "steps": both("langkah", "step"),
    "status": both("pelacakan", "tracking"),
    "desks": both("meja", "desk"),
    "fees": both("tagihan", "bill"),
}


def papers(old: Bundle, new: Bundle) -> Iterator[Difference]:
    """Everything that is worded otherwise."""
    yield from _letters(old, new)
    yield from _texts(old, new)
    yield from _lists(old, new)
    yield from _stories(old, new)


def _changed(old: Bundle, new: Bundle, is_one: Callable[[str], bool]) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    for name in sorted({*old.files, *new.files}):
        was, now = old.files.get(name), new.files.get(name)
        if was != now and is_one(name):
            yield name, was, now


def _letters(old: Bundle, new: Bundle) -> Iterator[Difference]:
    for name, was, now in _changed(old, new, lambda name: name.endswith(".md") and "letters/" in name):
        key, _, lang = name.rpartition("/")[2].removesuffix(".md").rpartition(".")
        notice = key.removeprefix("notice-")
        letter = both(f"surat “{key}”", f"letter “{key}”")
        if notice != key:
            letter = both(f"pemberitahuan “{notice}”", f"notice “{notice}”")
        known = {"letter": letter, "lang": _LANG.get(lang, lang)}
        if was is None or now is None:
            yield Difference(name, "letter.added" if was is None else "letter.removed", known)
        else:
            added, removed = lines(was, now)
            yield Difference(name, "letter.changed", {**known, "added": added, "removed": removed})


def lines(was: bytes, now: bytes) -> tuple[int, int]:
    """How many lines are new, and how many are gone."""
    before, after = was.decode("utf-8", "replace").splitlines(), now.decode("utf-8", "replace").splitlines()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    return sum(b_end - b for _, _, _, b, b_end in changed), sum(a_end - a for _, a, a_end, _, _ in changed)


def _texts(old: Bundle, new: Bundle) -> Iterator[Difference]:
    for lang in ("id", "en"):
        before, now = _flat(old.texts.get(lang, {})), _flat(new.texts.get(lang, {}))
        for kind, key in dict.fromkeys((*before, *now)):
            was, text = before.get((kind, key)), now.get((kind, key))
            if was != text:
                named = _KINDS.get(kind, both(kind, kind))
                what = {each: f"{named[each]} {key}" for each in named}
                facts = {"old": f"“{was}”" if was else NONE, "new": f"“{text}”" if text else NONE}
                yield Difference(f"texts/{lang}.toml", "text.changed", {"what": what, "lang": _LANG[lang], **facts})


def _flat(texts: Mapping[str, object]) -> dict[tuple[str, str], str]:
    return {(kind, key): str(text) for kind, section in texts.items() if isinstance(section, Mapping) for key, text in section.items()}


def _lists(old: Bundle, new: Bundle) -> Iterator[Difference]:
    for name, was, now in _changed(old, new, lambda name: name.startswith("lists/")):
        known = {"name": f"“{name.removeprefix('lists/').removesuffix('.csv')}”"}
        if was is None or now is None:
            yield Difference(name, "list.added" if was is None else "list.removed", known)
        else:
            added, removed = lines(was, now)
            yield Difference(name, "list.changed", {**known, "added": added, "removed": removed})


def _stories(old: Bundle, new: Bundle) -> Iterator[Difference]:
    for name, was, now in _changed(old, new, lambda name: name.startswith("stories/")):
        key = name.removeprefix("stories/").removesuffix(".toml")
        about = new.stories.get(key) or old.stories.get(key) or {}
        code = "story.added" if was is None else "story.removed" if now is None else "story.changed"
        yield Difference(name, code, {"name": f"“{about.get('title', key)}”"})
