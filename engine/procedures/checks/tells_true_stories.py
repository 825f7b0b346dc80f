"""There are stories, and they speak of steps, people, answers, ends and letters that exist. Whether they hold is found by playing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from engine.procedures.checking import Seen
from engine.procedures.letters import NOTICE
from forms import Field
from rules import Finding

SENTENCES = {
    "story.none": {
        "id": "Layanan ini belum punya cerita. Di studio, pilih “Coba”, jalani dari permohonan sampai selesai, lalu “Simpan sebagai "
        "cerita” (di folder: stories/).",
        "en": "There is no story yet. In the studio, choose “Try it”, go through it from the application to its end, and “Keep as a "
        "story” (in a folder: stories/).",
    },
    "story.step": {
        "id": "Diagram tidak punya tugas “{step}” untuk seseorang; perbaiki namanya. Maksudnya {near}?",
        "en": "There is no task “{step}” of a person in the diagram; correct its name. Did you mean {near}?",
    },
    "story.end": {
        "id": "Diagram tidak punya akhir “{end}”; perbaiki namanya. Maksudnya {near}?",
        "en": "There is no end event “{end}” in the diagram; correct its name. Did you mean {near}?",
    },
    "story.like": {
        "id": "Tidak ada cerita “{like}”; perbaiki namanya. Maksudnya {near}?",
        "en": "There is no story “{like}”; correct its name. Did you mean {near}?",
    },
    "story.letter": {
        "id": "Tidak ada surat notice-{what}; perbaiki namanya atau tulis suratnya.",
        "en": "There is no letter notice-{what}; correct its name or write the letter.",
    },
    "story.person": {
        "id": "“{who}” tidak ada di [people]; tambahkan, atau perbaiki namanya. Maksudnya {near}?",
        "en": "There is no “{who}” in [people]; add them, or correct the name. Did you mean {near}?",
    },
    "story.question": {
        "id": "{task} tidak menanyakan “{key}”; hapus jawabannya atau perbaiki namanya. Maksudnya {near}?",
        "en": "{task} does not ask “{key}”; remove the answer or correct its name. Did you mean {near}?",
    },
    "story.answer": {
        "id": "“{value}” bukan pilihan untuk “{key}”; yang ada: {known}. Pilih salah satunya.",
        "en": "“{value}” is no choice for “{key}”; there are {known}. Take one of them.",
    },
}
WARNINGS = frozenset({"story.none"})


def check(seen: Seen) -> Iterator[Finding]:
    stories = seen.bundle.stories
    if not stories:
        yield Finding("stories", "story.none", {})
    for key, story in stories.items():
        file = f"stories/{key}.toml"
        if story.get("like", key) not in stories:
            yield Finding(f"{file}#/like", "story.like", {"like": story["like"], "near": _near(story["like"], stories)})
            continue
        people = _people(stories, key)
        for number, step in enumerate(story.get("steps", ())):
            yield from _step(seen, f"{file}#/steps/{number}", step, people)


def _near(word: str, known: Any) -> str:
    return next(iter(get_close_matches(word, [str(each) for each in known], 1)), "")


def _people(stories: Mapping[str, Mapping[str, Any]], key: str) -> set[str]:
    """The people of a story, those of the ones it is like included."""
    found, seen = set[str](), set[str]()
    while key in stories and key not in seen:
        seen.add(key)
        found |= {*stories[key].get("people", {})}
        key = stories[key].get("like", key)
    return found


def _step(seen: Seen, place: str, step: Mapping[str, Any], people: set[str]) -> Iterator[Finding]:
    tasks = {each.id for each in seen.of_kind("user")}
    ends = {each.id for each in seen.of_kind("end")} | {"withdrawn"}
    expect = step.get("expect", {})
    for task in (*([step["task"]] if "task" in step else []), *(each["step"] for each in expect.get("open", ()))):
        if task not in tasks:
            yield Finding(place, "story.step", {"step": task, "near": _near(task, tasks)})
    if "as" in step and step["as"] not in people:
        yield Finding(place, "story.person", {"who": step["as"], "near": _near(step["as"], people)})
    if "ended" in expect and expect["ended"] not in ends:
        yield Finding(place, "story.end", {"end": expect["ended"], "near": _near(expect["ended"], ends)})
    for sent in expect.get("sent", ()):
        if f"{NOTICE}{sent['what']}" not in seen.bundle.letters:
            yield Finding(place, "story.letter", {"what": sent["what"]})
    if step.get("task") in tasks and "errors" not in expect:
        yield from _answers(seen, place, step)


def _answers(seen: Seen, place: str, step: Mapping[str, Any]) -> Iterator[Finding]:
    """Answers to questions that are asked, choices that can be chosen."""
    task = seen.bundle.process.steps[step["task"]]
    form = seen.bundle.forms.get(task.form or "")
    if form is None:
        return
    asked = {field.key: field for field in form.questions()}
    for key in (*step.get("answers", {}), *(path.partition(".")[0] for path in step.get("files", {}))):
        if key not in asked:
            yield Finding(place, "story.question", {"task": seen.called.step(task.id), "key": key, "near": _near(key, asked)})
    for key, value in step.get("answers", {}).items():
        known = _choices(asked[key]) if key in asked else []
        if known and isinstance(value, str) and value not in known:
            yield Finding(place, "story.answer", {"value": value, "key": key, "known": known})


def _choices(field: Field) -> list[str]:
    choices = field.options.get("choices")
    return [str(each["value"]) for each in choices] if isinstance(choices, list | tuple) else []
