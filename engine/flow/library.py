"""SpiffWorkflow's parser, taught our task specifications. The diagram has been checked and stripped before it comes here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, StartEventParser
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


class _Node(TaskParser):
    """One node, read in three rounds over all nodes of a process: the library goes from node to node, as deep as the drawing is long.

    A step that is done several times gets a specification around the one that does it once.
    """

    def make(self) -> Any:
        """The specification of the node alone."""
        self.step = self.process_parser.parser.steps[self.bpmn_id]
        self.task = self.create_task()
        for loop in self.xpath("./bpmn:standardLoopCharacteristics"):
            self._add_loop_task(loop)
        for loop in self.xpath("./bpmn:multiInstanceLoopCharacteristics"):
            self._add_multiinstance_task(loop)
        return self.task

    def watch(self) -> None:
        """What hangs on its boundary."""
        events = [each for each in self.process_parser.get_boundary_events(self.bpmn_id) if each.get("id") in self.spec.task_specs]
        if not events:
            return
        guard = specs.Guard(self.spec, f"{self.bpmn_id}.BoundaryEventSplit")
        guard.connect(self.task)
        for event in events:
            guard.connect(self.spec.task_specs[event.get("id")])

    def lead(self) -> None:
        """Where it leads, in the order of the file."""
        flows = self.process_parser.get_outgoing_sequence_flows(self.bpmn_id)
        for flow in flows:
            target = flow.get("targetRef")
            entry = self.spec.task_specs.get(f"{target}.BoundaryEventSplit") or self.spec.task_specs[target]
            alone = len(flows) == 1 and self.parse_condition(flow) is None
            self.connect_outgoing(entry, flow, alone or flow.get("id") == self.node.get("default"))

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


class _Start(_Node, StartEventParser):
    pass


class _End(_Node, EndEventParser):
    def create_task(self) -> Any:
        if self.step.event != "compensation":
            return super().create_task()
        task = specs.UndoEvent(self.spec, self.bpmn_id, **self.bpmn_attributes)
        task.connect(self.spec.end)
        return task


class _Gateway(_Node, GatewayParser):
    pass


class _Choice(_Node, ConditionalGatewayParser):
    pass


class _Sub(_Node, SubWorkflowParser):
    pass


class _Rule(_Node):
    def create_task(self) -> Any:
        kind = specs.LaterRuleTask if self.step.comes_later else self.spec_class
        return kind(self.spec, self.bpmn_id, **self.bpmn_attributes)


class _Throw(_Node):
    def create_task(self) -> Any:
        kind = specs.UndoEvent if self.step.event == "compensation" else self.spec_class
        return kind(self.spec, self.bpmn_id, **self.bpmn_attributes)


class _Catch(_Node):
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


class _Call(_Node):
    """A call activity: the called process stands in the Zeebe element, which has been read already."""

    def create_task(self) -> Any:
        part = self.step.part
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=part, **self.bpmn_attributes)


class _Process(ProcessParser):
    def create_spec(self) -> specs.ProcessSpec:
        return specs.ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def add_tasks(self) -> None:
        """All nodes that a token can come to, and the sub-processes that an event starts beside them."""
        reached = self._reached()
        nodes = [self._parser(node) for node in self.node if node.get("id") in reached]
        for each in nodes:
            each.make()
        for each in nodes:
            each.watch()
        for each in nodes:
            each.lead()
        self.spec.handlers = {each.bpmn_id: self.spec.task_specs[each.bpmn_id] for each in nodes if each.step.undoes}
        for handler in self.spec.handlers.values():
            handler.inputs = [self.spec.start]
        for node in self.xpath("./bpmn:subProcess[@triggeredByEvent='true']"):
            self._listen(node, self.spec.task_specs[node.get("id")])

    def _reached(self) -> set[str]:
        steps = self.parser.steps
        todo = [step.id for step in steps.values() if step.inside == self.bpmn_id and (step.kind == "start" or step.beside or step.undoes)]
        seen = set(todo)
        while todo:
            ident = todo.pop()
            targets = [flow.get("targetRef") for flow in self.get_outgoing_sequence_flows(ident)]
            targets += [event.get("id") for event in self.get_boundary_events(ident)]
            todo.extend(each for each in targets if each in steps and each not in seen)
            seen.update(targets)
        return seen

    def _parser(self, node: Element) -> _Node:
        kind, spec = self.parser._get_parser_class(node.tag)
        parser: _Node = kind(self, spec, node, self.nsmap, lane=self.lane)
        return parser

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
        full_tag("userTask"): (_Node, specs.UserTask),
        full_tag("manualTask"): (_Node, specs.UserTask),
        full_tag("task"): (_Node, specs.UserTask),
        full_tag("receiveTask"): (_Catch, specs.ReceiveTask),
        full_tag("serviceTask"): (_Node, specs.ServiceTask),
        full_tag("sendTask"): (_Node, specs.ServiceTask),
        full_tag("businessRuleTask"): (_Rule, specs.RuleTask),
        full_tag("scriptTask"): (_Node, specs.ScriptTask),
        full_tag("startEvent"): (_Start, specs.StartEvent),
        full_tag("intermediateThrowEvent"): (_Throw, specs.PassEvent),
        full_tag("exclusiveGateway"): (_Choice, specs.ExclusiveGateway),
        full_tag("parallelGateway"): (_Gateway, specs.ParallelGateway),
        full_tag("inclusiveGateway"): (_Choice, specs.InclusiveGateway),
        full_tag("eventBasedGateway"): (_Gateway, specs.EventGateway),
        full_tag("endEvent"): (_End, specs.EndEvent),
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
        _fill_in(each, steps)
    return spec, parts


def _fill_in(spec: Any, steps: Mapping[str, Step]) -> None:
    """What a running case asks of its specifications again and again."""
    for each in spec.task_specs.values():
        once = isinstance(each, specs.MultiInstance | specs.StandardLoop)
        each.step = steps.get(each.name.removesuffix(EACH).removesuffix(LISTENER))
        each.waits = each.step is not None and each.step.waits and not once
        each.guard = next((spec.task_specs[name] for name in each._inputs if isinstance(spec.task_specs[name], specs.Guard)), None)
        each.settles = isinstance(each, specs.InclusiveGateway) or isinstance(getattr(each, "event_definition", None), specs.Condition)
