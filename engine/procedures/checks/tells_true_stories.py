"""Stories speak of steps, ends, desks and stories that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "story.step": "There is no task {step} of a person in the diagram.",
    "story.end": "There is no end event {end} in the diagram.",
    "story.like": "There is no story {like}.",
    "story.letter": "There is no letter notice-{what}.",
}


def check(seen: Seen) -> Iterator[Finding]:
    tasks = {step.id for step in seen.of_kind("user")}
    ends = {step.id for step in seen.of_kind("end")} | {"withdrawn"}
    for key, story in seen.bundle.stories.items():
        file = f"stories/{key}.toml"
        if story.get("like", key) not in seen.bundle.stories:
            yield Finding(f"{file}#/like", "story.like", {"like": story["like"]})
        for number, step in enumerate(story.get("steps", ())):
            yield from _step(seen, f"{file}#/steps/{number}", step, tasks, ends)


def _step(seen: Seen, place: str, step: Mapping[str, Any], tasks: set[str], ends: set[str]) -> Iterator[Finding]:
    expect = step.get("expect", {})
    named = [step["task"]] if "task" in step else []
    for task in (*named, *(each["step"] for each in expect.get("open", ()))):
        if task not in tasks:
            yield Finding(place, "story.step", {"step": task})
    if "ended" in expect and expect["ended"] not in ends:
        yield Finding(place, "story.end", {"end": expect["ended"]})
    for sent in expect.get("sent", ()):
        if f"notice-{sent['what']}" not in seen.bundle.letters:
            yield Finding(place, "story.letter", {"what": sent["what"]})
