"""SpiffWorkflow as its documentation shows it: parsed diagram, Python conditions, its own serializer, one JSON text per workflow."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.stories import read_story
from tests.engine.cases.scene import reklame

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
WRITES = {"charge": 'charge = {"amount": 1}', "tax": 'tax = {"amount": 1}'}
WAY = ("application", "verify", "survey", "road_check", "pay", "confirm", "initial", "approve")
FORMS = {"pay": "payment"}


def diagram() -> bytes:
    """The reklame permit with Python in the places of FEEL; automatic steps do nothing but write what a gateway reads."""
    root = fromstring(reklame().files["process.bpmn"])
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{BPMN}extensionElements" or "bpmndi" in child.tag or child.tag.endswith("BPMNDiagram"):
                parent.remove(child)
    for node in root.iter():
        if node.tag in (f"{BPMN}serviceTask", f"{BPMN}businessRuleTask"):
            _script(node)
        elif node.tag == f"{BPMN}conditionExpression":
            node.text = re.sub(r"(\w+)\.(\w+)", r'\1["\2"]', (node.text or "").lstrip("= ")).replace(" = ", " == ")
        elif node.tag == f"{BPMN}timeDuration":
            node.text = '"P14D"'
    return tostring(root)


def _script(node: Element) -> None:
    node.tag = f"{BPMN}scriptTask"
    SubElement(node, f"{BPMN}script").text = WRITES.get(node.get("id", ""), "pass")


def case_in(folder: Path) -> Callable[[], float]:
    """One case through it; the workflow is read from the database before each completion and written back after it."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(BytesIO(diagram())))
    spec, parts = parser.get_spec("reklame"), parser.get_subprocess_specs("reklame")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    database = sqlite3.connect(folder / "stock.sqlite", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT)")
    told = read_story("straight_through", reklame().stories)
    answers = {each.task: dict(each.answers) for each in told.steps if getattr(each, "answers", None)}

    def case() -> float:
        workflow = BpmnWorkflow(spec, parts)
        workflow.do_engine_steps()
        ident = database.execute("INSERT INTO workflow (state) VALUES (?)", (serializer.serialize_json(workflow),)).lastrowid
        took = 0.0
        for step in WAY:
            data = json.loads(json.dumps(answers[step], default=str))
            began = process_time()
            database.execute("BEGIN IMMEDIATE")
            (text,) = database.execute("SELECT state FROM workflow WHERE id = ?", (ident,)).fetchone()
            workflow = serializer.deserialize_json(text)
            task = next(each for each in workflow.get_tasks(state=TaskState.READY) if each.task_spec.name == step)
            task.data[FORMS.get(step, step)] = data
            task.run()
            workflow.do_engine_steps()
            database.execute("UPDATE workflow SET state = ? WHERE id = ?", (serializer.serialize_json(workflow), ident))
            database.execute("COMMIT")
            took += process_time() - began
        return took / len(WAY)

    return case
