"""SpiffWorkflow's parser, taught our task specifications. The diagram has been checked and stripped before it comes here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser, IntermediateCatchEventParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.exceptions import SpiffWorkflowException

from rules import Finding

from . import specs
from .errors import BadProcess
from .model import Step
from .source import Element


class _Catch(IntermediateCatchEventParser):
    def parse_timer_event(self, event: Element) -> specs.Timer:
        return specs.Timer(self.bpmn_id, "")


class _Boundary(BoundaryEventParser):
    def parse_timer_event(self, event: Element) -> specs.Timer:
        return specs.Timer(self.bpmn_id, "")


class _Call(TaskParser):
    """A call activity: the called process stands in the Zeebe element, which has been read already."""

    def create_task(self) -> Any:
        part = self.process_parser.parser.steps[self.bpmn_id].part
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=part, **self.bpmn_attributes)


class _Process(ProcessParser):
    def create_spec(self) -> specs.ProcessSpec:
        return specs.ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)


class _Parser(BpmnParser):
    PROCESS_PARSER_CLASS = _Process
    OVERRIDE_PARSER_CLASSES = {
        full_tag("userTask"): (TaskParser, specs.UserTask),
        full_tag("serviceTask"): (TaskParser, specs.ServiceTask),
        full_tag("sendTask"): (TaskParser, specs.ServiceTask),
        full_tag("businessRuleTask"): (TaskParser, specs.RuleTask),
        full_tag("scriptTask"): (TaskParser, specs.ScriptTask),
        full_tag("intermediateThrowEvent"): (TaskParser, specs.PassEvent),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, specs.ExclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, specs.ParallelGateway),
        full_tag("subProcess"): (SubWorkflowParser, specs.SubProcess),
        full_tag("callActivity"): (_Call, specs.CallActivity),
        full_tag("intermediateCatchEvent"): (_Catch, defaults.IntermediateCatchEvent),
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
        return parser.get_spec(key), parser.get_subprocess_specs(key)
    except (SpiffWorkflowException, ValidationException) as wrong:
        raise BadProcess((Finding(file, "process.library", {"reason": str(wrong)}),)) from wrong
