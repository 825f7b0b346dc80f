"""Diagrams broken as people, tools and enemies break them: what is mutilated at random, by a seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from lxml import etree

from engine.flow import source

from .test_mutants import ODD

MEANINGS = ("timer", "message", "signal", "error", "escalation", "conditional", "compensate", "cancel", "link", "terminate", "foo")
TAGS = (
    *sorted(source.NODES), *(f"{each}EventDefinition" for each in MEANINGS), "complexGateway", "transaction", "adHocSubProcess",
    "choreographyTask", "globalTask", "process", "collaboration", "participant", "laneSet", "lane", "messageFlow", "sequenceFlow",
    "association", "group", "textAnnotation", "dataObjectReference", "ioSpecification", "message", "signal", "error", "escalation",
    "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "conditionExpression", "script", "documentation",
    "extensionElements",
)  # fmt: skip
FOREIGN = ("{http://unknown/ns}thing", *(f"{{{source.ZEEBE}}}{name}" for name in ("taskDefinition", "weird", "loopCharacteristics")))
WORDS = (
    *ODD, "= unknown", "= unknown > 3", "${x}", "= items", "PT1S", "R3/PT1H", "2020-01-01", "= if", "=", "a" * 300, "tns:x", "{u}y", "-1",
    "<", '= duration("P1D")', "= [1, 2]", "= 5", "= null", "\N{GRINNING FACE}", '= cycle(3, duration("PT1H"))', "= f(x)",
)  # fmt: skip
KEYS = (
    "default", "sourceRef", "targetRef", "attachedToRef", "triggeredByEvent", "isForCompensation", "cancelActivity", "isInterrupting",
    "processRef", "isExecutable", "calledElement", "messageRef", "signalRef", "errorRef", "escalationRef", "id", "name", "instantiate",
    "isSequential", "testBefore", "loopMaximum", "language", "activityRef", "inputCollection", "correlationKey",
)  # fmt: skip
Element = Any


class _Hand:
    """Breaks one element at a time."""

    def __init__(self, root: Element, rnd: random.Random) -> None:
        self.root, self.rnd = root, rnd
        self.all = [each for each in root.iter() if isinstance(each.tag, str) and "/DI" not in each.tag and "/DC" not in each.tag]
        self.ids = [each.get("id") for each in self.all if each.get("id")] or ["x"]

    def _take_out(self, one: Element) -> None:
        if one.getparent() is not None:
            one.getparent().remove(one)

    def _call_otherwise(self, one: Element) -> None:
        one.tag = self.rnd.choice(self.all).tag

    def _say(self, one: Element) -> None:
        one.text = self.rnd.choice(WORDS)

    def _double(self, one: Element) -> None:
        if (other := self.rnd.choice(self.all)) is not self.root:
            one.append(copy.deepcopy(other))

    def _forget(self, one: Element) -> None:
        if one.attrib:
            del one.attrib[self.rnd.choice(list(one.attrib))]

    def _change(self, one: Element) -> None:
        if one.attrib:
            one.set(self.rnd.choice(list(one.attrib)), self.rnd.choice([*WORDS, *self.ids, ""]))

    def _claim(self, one: Element) -> None:
        one.set(self.rnd.choice(KEYS), self.rnd.choice([*self.ids, *WORDS, ""]))

    def _put_in(self, one: Element) -> None:
        tag = self.rnd.choice([*map(source.bpmn, TAGS), *FOREIGN])
        one.insert(self.rnd.randrange(len(one) + 1), etree.Element(tag, {"id": f"new{self.rnd.randrange(9)}"}))

    def _move(self, one: Element) -> None:
        other = self.rnd.choice(self.all)
        if one is not self.root and other is not one and one not in other.iterancestors():
            other.append(one)

    def _lead(self, one: Element) -> None:
        ends = {"sourceRef": self.rnd.choice(self.ids), "targetRef": self.rnd.choice(self.ids)}
        flow = etree.SubElement(one, source.bpmn("sequenceFlow"), {"id": f"nf{self.rnd.randrange(99)}", **ends})
        if self.rnd.random() < 0.4:
            etree.SubElement(flow, source.bpmn("conditionExpression")).text = self.rnd.choice(WORDS)

    def once(self) -> None:
        acts: list[Callable[[Element], None]] = [
            self._take_out, self._call_otherwise, self._say, self._double, self._forget, self._change, self._claim, self._put_in,
            self._move, self._lead,
        ]  # fmt: skip
        self.rnd.choice(acts)(self.rnd.choice(self.all))


def mangled(data: bytes, seed: int) -> bytes:
    """The file with one to five things broken in it."""
    rnd = random.Random(seed)
    root = etree.fromstring(data)
    hand = _Hand(root, rnd)
    for _ in range(rnd.choice([1, 1, 1, 2, 3, 5])):
        hand.once()
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
