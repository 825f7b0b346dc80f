"""What holds for every permit folder, whatever engine reads it: data only, two languages, nothing named that is not there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import rules

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
FOLDERS = sorted(path for path in WORKFLOWS.iterdir() if path.is_dir() and not path.name.startswith("_"))
KINDS_OF_FILE = {".toml", ".bpmn", ".json", ".dmn", ".md"}
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/",
}
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)

folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def xml(path: Path) -> Any:
    return etree.parse(path, SAFE).getroot()


def forms_of(folder: Path) -> dict[str, Any]:
    """The forms by name, each included group of questions in its place."""
    return {path.stem: whole(json.loads(path.read_text(encoding="utf-8"))) for path in (folder / "forms").glob("*.json")}


def whole(form: Any) -> Any:
    for page in form["pages"]:
        page["fields"] = [field for item in page["fields"] for field in questions(item)]
    return form


def questions(item: dict[str, Any]) -> list[dict[str, Any]]:
    if "include" not in item:
        return [item]
    group = json.loads((WORKFLOWS / "_shared" / "forms" / f"{item['include']}.json").read_text(encoding="utf-8"))
    return [field for inner in group["fields"] for field in questions(inner)]


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


def headers(process: Any, key: str) -> set[str]:
    return set(process.xpath(f"//zeebe:header[@key='{key}']/@value", namespaces=NS))


def properties(process: Any, name: str) -> set[str]:
    return set(process.xpath(f"//zeebe:property[@name='{name}']/@value", namespaces=NS))


def test_there_is_a_permit() -> None:
    assert FOLDERS


def test_no_code_lives_in_workflows() -> None:
    files = [path for path in WORKFLOWS.rglob("*") if path.is_file()]
    strange = [path.name for path in files if path.suffix not in KINDS_OF_FILE or path.stat().st_mode & 0o111]
    assert strange == [], "workflows/ holds data only: put code into engine/actions or forms/fields"


@folder
def test_every_text_in_the_forms_is_there_in_both_languages(folder: Path) -> None:
    words = [part for form in forms_of(folder).values() for part in parts(form) if "id" in part or "en" in part]
    assert words
    assert [part for part in words if set(part) != {"id", "en"} or not all(str(text).strip() for text in part.values())] == []


@folder
def test_every_question_has_a_label_and_a_noun_for_messages(folder: Path) -> None:
    fields = [part for form in forms_of(folder).values() for part in parts(form) if "kind" in part]
    assert [part["key"] for part in fields if "label" not in part or ("noun" not in part and part["kind"] != "information")] == []


@folder
def test_a_form_is_named_like_its_file_and_its_keys_are_unique(folder: Path) -> None:
    for name, form in forms_of(folder).items():
        assert form["key"] == name
        keys = [field["key"] for page in form["pages"] for field in page["fields"]]
        assert sorted(keys) == sorted(set(keys)), name


@folder
def test_the_diagram_names_only_what_the_folder_has(folder: Path) -> None:
    process, forms, words = xml(folder / "process.bpmn"), forms_of(folder), toml(folder / "texts" / "id.toml")
    users = {node.get("id") for node in process.iter(f"{{{NS['bpmn']}}}userTask")}
    desks = {one.strip() for text in process.xpath("//@candidateGroups") for one in text.split(",")}
    decisions = {one for path in (folder / "decisions").glob("*.dmn") for one in xml(path).xpath("//dmn:decision/@id", namespaces=NS)}
    shown = {one.strip() for text in properties(process, "show") for one in text.split(",")}
    assert set(process.xpath("//zeebe:formDefinition/@formId", namespaces=NS)) <= set(forms)
    assert len(process.xpath("//bpmn:userTask//zeebe:formDefinition", namespaces=NS)) == len(users)
    assert set(process.xpath("//zeebe:calledDecision/@decisionId", namespaces=NS)) <= decisions
    assert properties(process, "revises") <= set(forms)
    assert shown <= set(forms) | decisions
    assert {one.strip() for text in properties(process, "not_same_as") for one in text.split(",")} <= users | {"applicant"}
    assert desks <= set(words["desks"])
    assert properties(process, "public") <= set(words["steps"])
    assert users - {"revise"} | set(process.xpath("//bpmn:process/bpmn:endEvent/@id", namespaces=NS)) <= set(words["status"])


@folder
def test_every_letter_that_the_diagram_sends_is_written_in_both_languages(folder: Path) -> None:
    process = xml(folder / "process.bpmn")
    wanted = headers(process, "letter") | {f"notice-{one}" for one in headers(process, "notice")}
    there = {path.name for path in (folder / "letters").iterdir()}
    assert wanted
    assert {f"{one}.{lang}.md" for one in wanted for lang in ("id", "en")} == there
    for name in there:
        first, empty, *rest = (folder / "letters" / name).read_text(encoding="utf-8").splitlines()
        assert first.startswith("subject: "), name
        assert empty == "", name
        assert "".join(rest).strip(), name


def members(value: Any, path: str = "") -> Iterator[str]:
    for key, inner in value.items():
        yield f"{path}{key}"
        if isinstance(inner, dict):
            yield from members(inner, f"{path}{key}.")


@folder
def test_both_languages_have_the_same_words(folder: Path) -> None:
    one, other = (toml(folder / "texts" / f"{lang}.toml") for lang in ("id", "en"))
    assert set(members(one)) == set(members(other))


@folder
def test_the_drawing_is_complete(folder: Path) -> None:
    process = xml(folder / "process.bpmn")
    nodes = set(process.xpath("//bpmn:process//*[bpmn:incoming or bpmn:outgoing]/@id", namespaces=NS))
    flows = set(process.xpath("//bpmn:sequenceFlow/@id", namespaces=NS))
    assert nodes == set(process.xpath("//bpmndi:BPMNShape/@bpmnElement", namespaces=NS))
    assert flows == set(process.xpath("//bpmndi:BPMNEdge/@bpmnElement", namespaces=NS))


def touches(box: tuple[float, ...], point: tuple[float, float]) -> bool:
    x, y, width, height = box
    return x - 1 <= point[0] <= x + width + 1 and y - 1 <= point[1] <= y + height + 1


@folder
def test_every_arrow_is_drawn_from_its_source_to_its_target(folder: Path) -> None:
    process = xml(folder / "process.bpmn")
    boxes = {
        shape.get("bpmnElement"): tuple(float(shape[0].get(name)) for name in ("x", "y", "width", "height"))
        for shape in process.iter(f"{{{NS['bpmndi']}}}BPMNShape")
    }
    for edge in process.iter(f"{{{NS['bpmndi']}}}BPMNEdge"):
        (flow,) = process.xpath("//bpmn:sequenceFlow[@id=$id]", id=edge.get("bpmnElement"), namespaces=NS)
        points = [(float(one.get("x")), float(one.get("y"))) for one in edge if one.tag.endswith("waypoint")]
        assert touches(boxes[flow.get("sourceRef")], points[0]), flow.get("id")
        assert touches(boxes[flow.get("targetRef")], points[-1]), flow.get("id")


@folder
def test_a_task_has_one_way_in_and_every_split_has_an_otherwise(folder: Path) -> None:
    process = xml(folder / "process.bpmn")
    for task in process.xpath("//bpmn:userTask | //bpmn:serviceTask | //bpmn:businessRuleTask | //bpmn:subProcess", namespaces=NS):
        assert len(task.findall("bpmn:incoming", NS)) == 1, f"{task.get('id')}: put an exclusive gateway in front of it"
    for gateway in process.iter(f"{{{NS['bpmn']}}}exclusiveGateway"):
        if len(gateway.findall("bpmn:outgoing", NS)) > 1:
            assert gateway.get("default"), f"{gateway.get('id')} has no otherwise"


def expressions(folder: Path) -> Iterator[tuple[str, str]]:
    process = xml(folder / "process.bpmn")
    for node in process.iter(f"{{{NS['bpmn']}}}conditionExpression", f"{{{NS['bpmn']}}}timeDuration"):
        yield f"process.bpmn#{node.getparent().get('id')}", node.text.removeprefix("=")
    for value in process.xpath("//zeebe:header/@value[starts-with(., '=')]", namespaces=NS):
        yield "process.bpmn header", value.removeprefix("=")
    for name, form in forms_of(folder).items():
        for part in parts(form):
            yield from ((f"{name}.{key}", part[key]) for key in ("show_when", "required_when", "check") if key in part)
    about = toml(folder / "procedure.toml")
    yield from (("time", rule["when"]) for rule in about["time"].get("days_when", ()))
    yield from (("validity", text) for text in about.get("validity", {}).values())


@folder
def test_every_expression_can_be_read(folder: Path) -> None:
    found = list(expressions(folder))
    assert found
    for place, text in found:
        try:
            rules.compile(text, names=("working days",))
        except rules.RuleError as error:
            pytest.fail(f"{folder.name}/{place}: {text}: {error}")


def public_days(folder: Path) -> int:
    return int(toml(folder / "procedure.toml")["time"]["days"])


@folder
def test_the_sheet_names_the_folder_and_says_what_is_only_a_sample(folder: Path) -> None:
    about, process = toml(folder / "procedure.toml"), xml(folder / "process.bpmn")
    assert about["key"] == folder.name == process.find("bpmn:process", NS).get("id")
    assert about["legal_basis"]
    assert all({"title", "number"} <= set(one) for one in about["legal_basis"])
    assert all(set(about[name]) >= {"id", "en"} for name in ("name", "summary", "category"))
    assert public_days(folder) >= 1
    ends = set(process.xpath("//bpmn:process/bpmn:endEvent/@id", namespaces=NS))
    assert set(about["retention"]) == ends | {"withdrawn"}
    assert set(about["letters"]) <= ends
