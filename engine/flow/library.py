"""SpiffWorkflow's parser, taught our task specifications. The diagram has been checked and stripped before it comes here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.exceptions import SpiffWorkflowException

from rules import Finding

from . import specs
from .errors import BadProcess
from .joins import look_ahead
from .model import Step
from .scene import EACH, LISTENER
from .source import Element


class _Repeating(TaskParser):
    """A step that is done several times gets a specification around the one that does it once."""

    def parse_node(self) -> Any:
        self.step = self.process_parser.parser.steps[self.bpmn_id]
        return super().parse_node()

    def _add_loop_task(self, loop_characteristics: Element) -> None:
        self._repeat(specs.StandardLoop)

    def _add_multiinstance_task(self, loop_characteristics: Element) -> None:
        self._repeat(specs.MultiInstance)

    def _repeat(self, kind: Any) -> None:
        once = self.spec.task_specs.pop(self.bpmn_id)
        self.task = kind(self.spec, self.bpmn_id, **self.bpmn_attributes)
        once.name = f"{self.bpmn_id}{EACH}"
        once.inputs = [self.task]
        self.spec.task_specs[once.name] = once


class _Gateway(_Repeating, GatewayParser):
    pass


class _Choice(_Repeating, ConditionalGatewayParser):
    pass


class _Sub(_Repeating, SubWorkflowParser):
    pass


class _Catch(_Repeating):
    """What waits for an event; the event has been read already."""

    def create_task(self) -> Any:
        if self.step.kind == "pass":
            return specs.PassEvent(self.spec, self.bpmn_id, **self.bpmn_attributes)
        event = specs.definition(self.step.event, self.bpmn_id)
        return self.spec_class(self.spec, self.bpmn_id, event, **self.bpmn_attributes)


class _Boundary(_Catch):
    def create_task(self) -> Any:
        event = specs.definition(self.step.event, self.bpmn_id)
        return self.spec_class(self.spec, self.bpmn_id, event, self.step.interrupting, **self.bpmn_attributes)


class _Call(_Repeating):
    """A call activity: the called process stands in the Zeebe element, which has been read already."""

    def create_task(self) -> Any:
        part = self.step.part
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=part, **self.bpmn_attributes)


class _Process(ProcessParser):
    def create_spec(self) -> specs.ProcessSpec:
        return specs.ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def add_tasks(self) -> None:
        """The flow from the start event, and the sub-processes that an event starts beside it."""
        for node in self.xpath("./bpmn:startEvent"):
            self.parse_node(node)
        for node in self.xpath("./bpmn:subProcess[@triggeredByEvent='true']"):
            self._listen(node, self.parse_node(node))

    def _listen(self, node: Element, beside: Any) -> None:
        start = next(each for each in self.parser.steps.values() if each.kind == "start" and each.inside == node.get("id"))
        listener = specs.Listener(self.spec, f"{start.id}{LISTENER}", specs.definition(start.event, start.id))
        listener.inputs = [self.spec.start]
        listener.connect(beside)
        beside.connect(self.spec.end)
        self.spec.listeners.append(listener)


class _Parser(BpmnParser):
    PROCESS_PARSER_CLASS = _Process
    OVERRIDE_PARSER_CLASSES = {
        full_tag("userTask"): (_Repeating, specs.UserTask),
        full_tag("manualTask"): (_Repeating, specs.UserTask),
        full_tag("task"): (_Repeating, specs.UserTask),
        full_tag("receiveTask"): (_Catch, specs.ReceiveTask),
        full_tag("serviceTask"): (_Repeating, specs.ServiceTask),
        full_tag("sendTask"): (_Repeating, specs.ServiceTask),
        full_tag("businessRuleTask"): (_Repeating, specs.RuleTask),
        full_tag("scriptTask"): (_Repeating, specs.ScriptTask),
        full_tag("intermediateThrowEvent"): (_Repeating, specs.PassEvent),
        full_tag("exclusiveGateway"): (_Choice, specs.ExclusiveGateway),
        full_tag("parallelGateway"): (_Gateway, specs.ParallelGateway),
        full_tag("inclusiveGateway"): (_Choice, specs.InclusiveGateway),
        full_tag("eventBasedGateway"): (_Gateway, specs.EventGateway),
        full_tag("endEvent"): (EndEventParser, specs.EndEvent),
        full_tag("subProcess"): (_Sub, specs.SubProcess),
        full_tag("callActivity"): (_Call, specs.CallActivity),
        full_tag("intermediateCatchEvent"): (_Catch, specs.CatchEvent),
        full_tag("boundaryEvent"): (_Boundary, specs.BoundaryEvent),
    }

    def __init__(self, steps: Mapping[str, Step]) -> None:
        super().__init__()
        self.steps = steps


def build(roots: list[tuple[Element, str]], key: str, steps: Mapping[str, Step], file: str) -> tuple[Any, dict[str, Any]]:
    """The library's specification of the main process and of every (sub-)process it uses.

    Raises BadProcess with what the library itself refuses; `load` should have found it before.
    """
    parser = _Parser(steps)
    try:
        for root, name in roots:
            parser.add_bpmn_xml(root, name)
        spec, parts = parser.get_spec(key), parser.get_subprocess_specs(key)
    except (SpiffWorkflowException, ValidationException) as wrong:
        raise BadProcess((Finding(file, "process.library", {"reason": str(wrong)}),)) from wrong
    for each in (spec, *parts.values()):
        look_ahead(each)
    return spec, parts
