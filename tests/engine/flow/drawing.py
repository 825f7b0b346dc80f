"""A small pen for BPMN files in tests: `Drawing("p").start().user("verify").end()` and so on. Positions are left out."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="defs" targetNamespace="test">'
)
FORMAL = 'xsi:type="bpmn:tFormalExpression"'


def z(name: str, inner: str = "", /, **attributes: str) -> str:
    """A Zeebe element."""
    return f"<zeebe:{name}{_attributes(attributes)}>{inner}</zeebe:{name}>"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {key.rstrip('_')}={quoteattr(value)}" for key, value in attributes.items())


LATER = z("properties", z("property", name="async_before", value="true"))


class Drawing:
    """One process (or the inside of a sub-process)."""

    def __init__(self, key: str = "p", **attributes: str) -> None:
        self.key, self.attributes = key, {"isExecutable": "true", **attributes}
        self.parts: list[str] = []
        self.messages: dict[str, str] = {}
        self.flows = 0

    def add(self, tag: str, ident: str, inner: str = "", extra: str = "", **attributes: str) -> Drawing:
        box = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" if extra else ""
        self.parts.append(f"<bpmn:{tag} id={quoteattr(ident)}{_attributes(attributes)}>{box}{inner}</bpmn:{tag}>")
        return self

    def start(self, ident: str = "begin") -> Drawing:
        return self.add("startEvent", ident)

    def end(self, ident: str = "done", inner: str = "") -> Drawing:
        return self.add("endEvent", ident, inner)

    def user(self, ident: str, form: str = "", desk: str = "officer", **properties: str) -> Drawing:
        inner = "".join(z("property", name=key, value=value) for key, value in properties.items())
        extra = z("formDefinition", formId=form or ident) + z("assignmentDefinition", candidateGroups=desk)
        return self.add("userTask", ident, extra=extra + (z("properties", inner) if inner else ""), name=ident.title())

    def service(self, ident: str, action: str = "notify", **headers: str) -> Drawing:
        inner = "".join(z("header", key=key, value=value) for key, value in headers.items())
        return self.add("serviceTask", ident, extra=z("taskDefinition", type=action) + z("taskHeaders", inner))

    def rule(self, ident: str, decision: str, result: str = "", *, later: bool = False) -> Drawing:
        more = {"resultVariable": result} if result else {}
        return self.add("businessRuleTask", ident, extra=z("calledDecision", decisionId=decision, **more) + LATER * later)

    def script(self, ident: str, expression: str, result: str) -> Drawing:
        return self.add("scriptTask", ident, extra=z("script", expression=expression, resultVariable=result))

    def receive(self, ident: str, message: str, tag: str = "receiveTask") -> Drawing:
        self.messages[f"m_{message}"] = message
        if tag == "receiveTask":
            return self.add(tag, ident, messageRef=f"m_{message}")
        return self.add(tag, ident, f'<bpmn:messageEventDefinition messageRef="m_{message}"/>')

    def timer(self, ident: str, text: str, kind: str = "timeDuration") -> Drawing:
        return self.add("intermediateCatchEvent", ident, time(text, kind))

    def boundary(self, ident: str, host: str, text: str, kind: str = "timeDuration", *, interrupting: bool = True) -> Drawing:
        return self.add("boundaryEvent", ident, time(text, kind), attachedToRef=host, cancelActivity=str(interrupting).lower())

    def on_message(self, ident: str, host: str, message: str, *, interrupting: bool = True) -> Drawing:
        self.messages[f"m_{message}"] = message
        inner = f'<bpmn:messageEventDefinition messageRef="m_{message}"/>'
        return self.add("boundaryEvent", ident, inner, attachedToRef=host, cancelActivity=str(interrupting).lower())

    def fork(self, ident: str) -> Drawing:
        return self.add("parallelGateway", ident)

    def choice(self, ident: str, otherwise: str = "") -> Drawing:
        more = {"default": otherwise} if otherwise else {}
        return self.add("exclusiveGateway", ident, **more)

    def sub(self, ident: str, inside: Drawing, loop: str = "") -> Drawing:
        self.messages.update(inside.messages)
        return self.add("subProcess", ident, loop + "".join(inside.parts))

    def call(self, ident: str, process: str) -> Drawing:
        return self.add("callActivity", ident, extra=z("calledElement", processId=process))

    def flow(self, source: str, target: str, condition: str = "", ident: str = "") -> Drawing:
        self.flows += 1
        inner = f"<bpmn:conditionExpression {FORMAL}>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
        ident = ident or f"f_{self.key}_{self.flows}"
        self.parts.append(f'<bpmn:sequenceFlow id="{ident}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>')
        return self

    def chain(self, *idents: str) -> Drawing:
        for source, target in pairwise(idents):
            self.flow(source, target)
        return self

    def process(self) -> str:
        return f"<bpmn:process id={quoteattr(self.key)}{_attributes(self.attributes)}>{''.join(self.parts)}</bpmn:process>"

    def bytes(self, more: str = "") -> bytes:
        messages = "".join(f'<bpmn:message id="{ident}" name="{name}"/>' for ident, name in self.messages.items())
        return f"{HEAD}{messages}{self.process()}{more}</bpmn:definitions>".encode()


def time(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind} {FORMAL}>{escape(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"
