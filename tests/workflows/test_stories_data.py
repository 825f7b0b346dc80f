"""Stories are read by clerks and run by the engine: here only that each is written as `workflows/README.md` says, and names what exists."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
STORIES = sorted(WORKFLOWS.glob("[!_]*/stories/*.toml"))
NS = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL", "zeebe": "http://camunda.org/schema/zeebe/1.0"}
EXPECTATIONS = {"open", "ended", "fee", "fee_rows", "decided", "sent", "tracking", "number", "letter_contains", "refused", "errors"}

story = pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def base_of(path: Path) -> dict[str, Any]:
    """The story that this one borrows from, else itself."""
    like = read(path).get("like")
    return read(path.with_name(f"{like}.toml")) if like else read(path)


def people_of(path: Path) -> dict[str, Any]:
    return base_of(path)["people"] | read(path).get("people", {})


def form_of(path: Path, task: str) -> str | None:
    tree = etree.parse(path.parents[1] / "process.bpmn", etree.XMLParser(resolve_entities=False, no_network=True))
    found = tree.xpath("//bpmn:userTask[@id=$task]//zeebe:formDefinition/@formId", task=task, namespaces=NS)
    return str(found[0]) if found else None


def questions(path: Path, task: str) -> dict[str, str]:
    """Question key -> kind, of the form of a task."""
    form = read_json(path.parents[1] / "forms" / f"{form_of(path, task)}.json")
    return {field["key"]: field["kind"] for page in form["pages"] for item in page["fields"] for field in unfolded(item)}


def unfolded(item: dict[str, Any]) -> list[dict[str, Any]]:
    """A question, or those of a shared group and of the groups inside it."""
    if "include" not in item:
        return [item]
    group = read_json(WORKFLOWS / "_shared" / "forms" / f"{item['include']}.json")
    return [field for inner in group["fields"] for field in unfolded(inner)]


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_stories() -> None:
    assert len(STORIES) >= 10


@story
def test_a_story_has_a_title_people_and_a_beginning(path: Path) -> None:
    told, base = read(path), base_of(path)
    assert told["title"].strip()
    assert set(told) <= {"title", "about", "start", "people", "like", "steps"}
    assert "like" not in base or base is told, "a story that is borrowed from may not borrow itself"
    assert datetime.fromisoformat(base["start"]).utcoffset() is not None
    assert all(set(person) <= {"name", "desks", "phone", "email"} and person["desks"] for person in people_of(path).values())


@story
def test_every_step_is_done_by_somebody_known_or_lets_time_pass(path: Path) -> None:
    for step in read(path)["steps"]:
        if "wait" in step:
            assert set(step) <= {"wait", "expect"}
            count, unit = step["wait"].split(" ", 1)
            assert count.isdigit()
            assert unit.removesuffix("s") in {"working day", "day", "hour"}
        else:
            assert set(step) <= {"as", "do", "task", "answers", "files", "without", "expect"}
            assert step["as"] in people_of(path)
            assert step.get("do", "complete") in {"complete", "claim", "release", "withdraw"}
            assert step.get("do") == "withdraw" or form_of(path, step["task"]), f"no task {step.get('task')}"


@story
def test_answers_and_files_belong_to_questions_of_the_form(path: Path) -> None:
    for step in read(path)["steps"]:
        if "task" not in step:
            continue
        asked = questions(path, step["task"])
        assert set(step.get("answers", {})) | set(step.get("without", ())) <= set(asked), step["task"]
        for key, sample in step.get("files", {}).items():
            assert asked[key.split(".")[0]] in {"file", "files", "photo", "group"}
            assert sample in {"sample.pdf", "sample.jpg"}


@story
def test_expectations_are_known_and_every_story_has_some(path: Path) -> None:
    expected = [step["expect"] for step in read(path)["steps"] if "expect" in step]
    assert expected
    for one in expected:
        assert set(one) <= EXPECTATIONS
        for task in one.get("open", ()):
            assert form_of(path, task["step"])
            assert set(task) <= {"step", "desk", "due"}
            assert isinstance(task.get("due", date.min), date)
        for notice in one.get("sent", ()):
            assert notice["to"] in people_of(path)
            assert (path.parents[1] / "letters" / f"notice-{notice['what']}.id.md").is_file()
