"""A diagram is written by someone who must not thereby own the server: nothing in it is executed except FEEL."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import flow
from engine.flow.run import NoPython
from rules import RuleError

from .drawing import HEAD, Drawing
from .test_moves import env, task

CODE = "__import__('pathlib').Path({path!r}).touch()"


def hostile(code: str) -> dict[str, bytes]:
    """The code in every place where some BPMN engine would run it."""
    spiff = "xmlns:s='http://spiffworkflow.org/bpmn/schema/1.0/core'"

    def middle(tag: str, inner: str = "", extra: str = "", **more: str) -> bytes:
        return Drawing().start().add(tag, "x", inner, extra, **more).end().chain("begin", "x", "done").bytes()

    choice = Drawing().start().choice("how", "b").user("a").end().flow("begin", "how").chain("a", "done").flow("how", "done", ident="b")
    zeebe = choice.flow("how", "a", f"= {code}").bytes()
    bare = Drawing().start().choice("how", "b").user("a").end().flow("begin", "how").chain("a", "done").flow("how", "done", ident="b")
    correlation = (
        f'<bpmn:correlationProperty id="c"><bpmn:correlationPropertyRetrievalExpression messageRef="m_go"><bpmn:messagePath>{code}'
        "</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
        '<bpmn:correlationKey name="k"><bpmn:correlationPropertyRef>c</bpmn:correlationPropertyRef></bpmn:correlationKey>'
    )
    return {
        "script": middle("scriptTask", f"<bpmn:script>{code}</bpmn:script>", scriptFormat="python"),
        "script without format": middle("scriptTask", f"<bpmn:script>{code}</bpmn:script>"),
        "script beside feel": middle(
            "scriptTask", f"<bpmn:script>{code}</bpmn:script>", '<zeebe:script expression="=1" resultVariable="x"/>'
        ),
        "script in feel": middle("scriptTask", "", f'<zeebe:script expression="= {code}" resultVariable="x"/>'),
        "script on a user task": middle("userTask", f"<bpmn:script>{code}</bpmn:script>"),
        "pre script": middle("userTask", "", f"<s:preScript {spiff}>{code}</s:preScript>"),
        "service operator": middle("serviceTask", "", f'<s:serviceTaskOperator {spiff} id="{code}"/>'),
        "condition": bare.flow("how", "a", code).bytes(),
        "feel condition": zeebe,
        "timer": Drawing().start().timer("x", code).end().chain("begin", "x", "done").bytes(),
        "feel timer": Drawing().start().timer("x", f"= {code}").end().chain("begin", "x", "done").bytes(),
        "loop condition": middle(
            "userTask",
            f'<bpmn:standardLoopCharacteristics loopMaximum="3"><bpmn:loopCondition>{code}</bpmn:loopCondition>'
            "</bpmn:standardLoopCharacteristics>",
        ),
        "cardinality": middle(
            "userTask",
            f"<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{code}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>",
        ),
        "conditional event": middle(
            "intermediateCatchEvent",
            f"<bpmn:conditionalEventDefinition><bpmn:condition>{code}</bpmn:condition></bpmn:conditionalEventDefinition>",
        ),
        "ad hoc": middle("adHocSubProcess", f"<bpmn:completionCondition>{code}</bpmn:completionCondition>"),
        "output": middle(
            "serviceTask",
            "",
            f'<zeebe:taskDefinition type="a"/><zeebe:ioMapping><zeebe:output source="= {code}" target="y"/></zeebe:ioMapping>',
        ),
        "correlation": Drawing().start().receive("x", "go").end().chain("begin", "x", "done").bytes(correlation),
        "header": Drawing().start().service("x", "a", amount=f"= {code}").end().chain("begin", "x", "done").bytes(),
    }


@pytest.mark.parametrize("place", hostile("x"))
def test_no_code_in_a_diagram_is_ever_run(place: str, tmp_path: Path) -> None:
    canary = tmp_path / "owned"
    data = hostile(CODE.format(path=str(canary)))[place]
    try:
        process = flow.load(data)
        moved = flow.start(process, facts={}, env=env())
        if place == "correlation":
            moved = flow.send(process, moved.state, "go", {"a": 1}, env=env())
        for opened in moved.opened:
            flow.complete(process, moved.state, opened.task, {}, env=env())
    except (flow.FlowError, RuleError):
        pass
    assert not canary.exists()


@pytest.mark.parametrize("verb", ["evaluate", "execute", "call_service", "validate"])
def test_the_librarys_own_python_is_gone(verb: str) -> None:
    with pytest.raises(PermissionError):
        getattr(NoPython(), verb)("1 + 1", {})


@pytest.mark.parametrize("verb", ["evaluate", "execute", "call_service"])
def test_the_librarys_environment_is_gone_too(verb: str) -> None:
    with pytest.raises(PermissionError):
        getattr(NoPython().environment, verb)("1 + 1", {})


def test_files_of_the_server_cannot_be_read_through_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    body = Drawing().start().add("userTask", "a", name="&x;").end().chain("begin", "a", "done").bytes().decode().partition("?>")[2]
    data = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>{body}'.encode()
    with pytest.raises(flow.BadProcess) as caught:
        flow.load(data)
    assert "hunter2" not in str(caught.value)


def test_entities_do_not_explode() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(flow.BadProcess):
        flow.load(f'<!DOCTYPE d [<!ENTITY a0 "x">{entities}]><d>&a11;</d>'.encode())


def test_deep_nesting_is_a_finding_and_no_crash() -> None:
    deep = "<bpmn:subProcess id='s{n}'>"
    body = "".join(deep.format(n=n) for n in range(2000)) + "</bpmn:subProcess>" * 2000
    with pytest.raises(flow.BadProcess):
        flow.load(f'{HEAD}<bpmn:process id="p">{body}</bpmn:process></bpmn:definitions>'.encode())


def test_a_forged_state_cannot_name_a_step_that_is_not_there() -> None:
    process = flow.load(
        Drawing().start().user("a").end().chain("begin", "a", "done").boundary("l", "a", "P1D").end("e").flow("l", "e").bytes()
    )
    moved = flow.start(process, facts={}, env=env())
    with pytest.raises(flow.BadState):
        flow.snapshot(process, moved.state.replace(b'"a"', b'"zz"'))
    assert task(moved.state, process, "a")
