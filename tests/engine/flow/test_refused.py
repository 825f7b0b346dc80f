"""What a diagram may not have: every finding names the element and the way out."""

from __future__ import annotations

import pytest

from engine import flow

from .drawing import HEAD, Drawing, time


def findings(data: bytes, **parts: bytes) -> dict[str, str]:
    """Code -> place of everything wrong with a diagram."""
    with pytest.raises(flow.BadProcess) as caught:
        flow.load(data, parts=parts)
    for finding in caught.value.findings:
        line = flow.sentence(finding)
        assert line != finding.code, f"{finding.code} has no sentence"
        assert "{" not in line
    return {finding.code: finding.place for finding in caught.value.findings}


def around(tag: str, inner: str = "", extra: str = "", **attributes: str) -> bytes:
    """A process whose middle node is what is tried."""
    return Drawing().start().add(tag, "x", inner, extra, **attributes).end().chain("begin", "x", "done").bytes()


def event(kind: str) -> str:
    return f"<bpmn:{kind}EventDefinition/>"


@pytest.mark.parametrize(
    "tag",
    ["complexGateway", "transaction", "adHocSubProcess", "danceTask"],
)
def test_nodes_that_are_not_supported_are_refused(tag: str) -> None:
    assert findings(around(tag)) == {"process.unsupported": "process.bpmn#x"}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        *(("intermediateCatchEvent", kind) for kind in ("error", "escalation", "compensate", "cancel", "terminate")),
        *(("intermediateThrowEvent", kind) for kind in ("error", "conditional", "cancel", "timer", "terminate")),
        *(("boundaryEvent", kind) for kind in ("cancel", "link", "terminate")),
    ],
)
def test_events_that_are_not_supported_are_refused(tag: str, kind: str) -> None:
    assert "process.unsupported" in findings(around(tag, event(kind)))


@pytest.mark.parametrize("kind", ["timer", "cancel", "link", "conditional"])
def test_ends_that_would_throw_what_is_not_supported_are_refused(kind: str) -> None:
    data = Drawing().start().end("done", event(kind)).chain("begin", "done").bytes()
    assert findings(data)["process.unsupported"] == "process.bpmn#done"


@pytest.mark.parametrize("kind", ["timer", "message", "signal", "error"])
def test_starts_that_wait_are_refused(kind: str) -> None:
    data = Drawing().add("startEvent", "begin", event(kind)).end().chain("begin", "done").bytes()
    assert "process.unsupported" in findings(data)


def many(extra: str = "", inner: str = "", **attributes: str) -> str:
    box = f"<bpmn:extensionElements><zeebe:loopCharacteristics {extra}/></bpmn:extensionElements>" if extra else ""
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<bpmn:multiInstanceLoopCharacteristics{given}>{box}{inner}</bpmn:multiInstanceLoopCharacteristics>"


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        (many(), "process.no_collection"),
        (many('inputCollection="points"'), "process.no_collection"),
        (many('inputCollection="= points" outputCollection="all"'), "process.loop_result"),
        (many('inputCollection="= points" outputCollection="all" outputElement="x"'), "process.loop_not_feel"),
        (many('inputCollection="= points" inputElement="a point"'), "process.loop_name"),
        (many('inputCollection="= points" colour="red"'), "process.zeebe_attribute"),
        (
            many('inputCollection="= points"', "<bpmn:completionCondition>enough</bpmn:completionCondition>"),
            "process.loop_not_feel",
        ),
        ("<bpmn:standardLoopCharacteristics/>", "process.loop_endless"),
        ('<bpmn:standardLoopCharacteristics loopMaximum="many"/>', "process.loop_limit"),
        (
            "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>x</bpmn:loopCondition></bpmn:standardLoopCharacteristics>",
            "process.loop_not_feel",
        ),
    ],
)
def test_a_loop_that_does_not_say_how_often_is_refused(inner: str, code: str) -> None:
    assert findings(around("userTask", inner))[code] == "process.bpmn#x"


def test_a_gateway_is_not_done_several_times() -> None:
    assert findings(around("exclusiveGateway", many('inputCollection="= x"')))["process.unsupported"] == "process.bpmn#x"


@pytest.mark.parametrize(
    ("start", "code"),
    [("", "process.no_start_event"), (event("compensate"), "process.unsupported"), (event("error"), "process.never_thrown")],
)
def test_a_sub_process_beside_needs_an_event_that_can_happen(start: str, code: str) -> None:
    inside = Drawing("i").add("startEvent", "s", start).end("e").chain("s", "e")
    drawing = Drawing().start().user("a").end().chain("begin", "a", "done")
    data = drawing.add("subProcess", "x", "".join(inside.parts), triggeredByEvent="true").bytes()
    assert findings(data)[code] == "process.bpmn#s"


def test_no_flow_leads_to_a_sub_process_beside() -> None:
    inside = Drawing("i").add("startEvent", "s", time("P1D")).end("e").chain("s", "e")
    drawing = Drawing().start().user("a").end().chain("begin", "a", "done").flow("a", "x")
    data = drawing.add("subProcess", "x", "".join(inside.parts), triggeredByEvent="true").bytes()
    assert findings(data)["process.flow_beside"] == "process.bpmn#x"


def link(name: str) -> str:
    return f'<bpmn:linkEventDefinition name="{name}"/>'


def test_links_are_pairs() -> None:
    drawing = Drawing().start().add("intermediateThrowEvent", "out", link("A")).add("intermediateCatchEvent", "in", link("B")).end()
    assert findings(drawing.chain("begin", "out").chain("in", "done").bytes())["process.link_target"] == "process.bpmn#out"
    drawing = Drawing().start().add("intermediateThrowEvent", "out", link("A")).add("intermediateCatchEvent", "in", link("A")).end()
    assert findings(drawing.chain("begin", "out", "in", "done").bytes())["process.link_flow"] == "process.bpmn#in"


def test_behind_an_event_gateway_are_events() -> None:
    drawing = Drawing().start().add("eventBasedGateway", "x").user("a").timer("t", "P1D").end()
    data = drawing.chain("begin", "x", "a", "done").chain("x", "t", "done").bytes()
    assert findings(data) == {"process.race_target": "process.bpmn#x"}
    assert "process.race_of_one" in findings(
        Drawing().start().add("eventBasedGateway", "x").timer("t", "P1D").end().chain("begin", "x", "t", "done").bytes()
    )


def test_an_error_that_nothing_catches_is_refused() -> None:
    error = '<bpmn:error id="err" errorCode="E1"/><bpmn:error id="other" errorCode="E2"/>'
    inside = Drawing("i").start("s").end("e", '<bpmn:errorEventDefinition errorRef="err"/>').chain("s", "e")
    drawing = Drawing().start().sub("part", inside).end().chain("begin", "part", "done").end("e2")
    drawing.add("boundaryEvent", "b", '<bpmn:errorEventDefinition errorRef="other"/>', attachedToRef="part").flow("b", "e2")
    found = findings(drawing.bytes(error))
    assert found == {"process.not_caught": "process.bpmn#e", "process.never_thrown": "process.bpmn#b"}


def test_a_cycle_timer_is_refused() -> None:
    data = Drawing().start().timer("x", "R3/P7D", "timeCycle").end().chain("begin", "x", "done").bytes()
    assert findings(data) == {"process.unsupported": "process.bpmn#x"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "process.not_xml"),
        (b"<a", "process.not_xml"),
        (b"\x00\xff", "process.not_xml"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "process.doctype"),
        (b"<a/>", "process.not_bpmn"),
        (Drawing().start().user("a").end().chain("begin", "a", "done").bytes().replace(b'id="f_p_1" ', b""), "process.no_id"),
        (Drawing().start().user("a").end().flow("begin", "a", ident="x").flow("a", "done", ident="x").bytes(), "process.duplicate_id"),
        (around("userTask", '<bpmn:sequenceFlow id="q" sourceRef="x" targetRef="done"/>'), "process.misplaced"),
        (around("userTask", '<bpmn:userTask id="q"/>'), "process.misplaced"),
        (b" " * 4_000_001, "process.too_large"),
        (Drawing(isExecutable="false").start().end().chain("begin", "done").bytes(), "process.not_executable"),
        (Drawing().end().bytes(), "process.start"),
        (Drawing().start().start("b2").end().chain("begin", "done").flow("b2", "done").bytes(), "process.start"),
        (Drawing().start().user("a").chain("begin", "a").bytes(), "process.end"),
        (Drawing().start().user("a").end().chain("begin", "a").bytes(), "process.dead_end"),
        (Drawing().start().user("a").user("a").end().chain("begin", "a", "done").bytes(), "process.duplicate_id"),
        (Drawing().start("Start").end().chain("Start", "done").bytes(), "process.reserved_id"),
        (Drawing().start().user("a b").end().chain("begin", "a b", "done").bytes(), "process.bad_id"),
        (Drawing().start().user("a").user("b").end().chain("begin", "a", "done").chain("a", "b", "done").bytes(), "process.fork"),
        (Drawing().start().user("a").end().flow("begin", "a").flow("a", "done", "= false").bytes(), "process.condition_ignored"),
        (Drawing().start().user("a").end().chain("begin", "a", "done", "a").bytes(), "process.out_of_end"),
        (Drawing().start().user("a").end().chain("begin", "a", "begin").flow("a", "done").bytes(), "process.into_start"),
        (Drawing().start().user("a").end().chain("begin", "a", "nowhere").bytes(), "process.flow_ends"),
        (Drawing().start().user("a").end().chain("begin", "a", "done").flow("a", "done").bytes(), "process.same_flow"),
        (around("businessRuleTask"), "process.no_decision"),
        (around("serviceTask"), "process.no_action"),
        (around("scriptTask"), "process.no_expression"),
        (around("receiveTask"), "process.no_message"),
        (around("callActivity"), "process.no_part"),
        (around("callActivity", extra='<zeebe:calledElement processId="elsewhere"/>'), "process.no_part"),
        (around("intermediateCatchEvent"), "process.no_event"),
        (around("intermediateCatchEvent", "<bpmn:timerEventDefinition/>"), "process.no_time"),
        (around("intermediateCatchEvent", time("P1D") + event("message")), "process.several_events"),
        (around("userTask", isForCompensation="true"), "process.undo_alone"),
        (around("intermediateCatchEvent", event("signal")), "process.no_signal"),
        (around("intermediateThrowEvent", event("message")), "process.no_message"),
        (around("intermediateThrowEvent", event("escalation")), "process.no_code"),
        (around("intermediateCatchEvent", event("conditional")), "process.no_condition"),
        (around("intermediateCatchEvent", event("link")), "process.no_link"),
        (around("userTask", extra="<zeebe:executionListeners/>"), "process.zeebe_unknown"),
        (around("userTask", extra='<zeebe:taskSchedule dueDate="= x"/>'), "process.zeebe_unknown"),
        (around("userTask", extra='<zeebe:assignmentDefinition assignee="budi"/>'), "process.zeebe_attribute"),
        (around("userTask", extra='<zeebe:formDefinition formKey="camunda-forms:x"/>'), "process.zeebe_attribute"),
        (around("userTask", extra='<zeebe:assignmentDefinition candidateGroups="= x"/>'), "process.expression_not_allowed"),
        (around("userTask", extra="<camunda:formData/>"), "process.foreign"),
        (HEAD.encode() + b"</bpmn:definitions>", "process.none"),
    ],
)
def test_what_cannot_be_run_is_a_finding(data: bytes, code: str) -> None:
    assert code in findings(data)


def choice(*flows: tuple[str, str, str], default: str = "") -> bytes:
    drawing = Drawing().start().choice("how", default).user("a").user("b").end().flow("begin", "how").chain("a", "done").chain("b", "done")
    for target, condition, ident in flows:
        drawing.flow("how", target, condition, ident)
    return drawing.bytes()


def test_conditions_at_an_exclusive_gateway_must_be_clear() -> None:
    assert "process.condition_missing" in findings(choice(("a", "", "f1"), ("b", "= true", "f2")))
    assert "process.condition_not_feel" in findings(choice(("a", "x > 1", "f1"), ("b", "", "f2"), default="f2"))
    assert "process.default_condition" in findings(choice(("a", "= true", "f1"), ("b", "= false", "f2"), default="f2"))
    assert "process.default_unknown" in findings(choice(("a", "= true", "f1"), ("b", "= false", "f2"), default="f9"))


@pytest.mark.parametrize("host", ["gone", "price", "done"])
def test_a_boundary_event_hangs_on_something_that_waits(host: str) -> None:
    drawing = Drawing().start().rule("price", "tax").end().chain("begin", "price", "done").boundary("late", host, "P1D").end("e2")
    code = "process.no_host" if host == "gone" else "process.bad_host"
    assert findings(drawing.flow("late", "e2").bytes())[code] == "process.bpmn#late"


def test_only_an_event_hangs_on_a_step() -> None:
    """What else says so (`attachedToRef`) stands for itself."""
    pen = Drawing().start().add("userTask", "a", attachedToRef="nowhere").end().chain("begin", "a", "done")
    assert flow.load(pen.bytes()).steps["a"].host is None


def test_a_part_may_not_contain_itself() -> None:
    one = Drawing("one").start("b1").call("x1", "two").end("e1").chain("b1", "x1", "e1")
    two = Drawing("two").start("b2").call("x2", "one").end("e2").chain("b2", "x2", "e2")
    drawing = Drawing().start().call("x", "one").end().chain("begin", "x", "done")
    assert "process.part_calls_itself" in findings(drawing.bytes(), one=one.bytes(), two=two.bytes())


def test_ids_are_unique_over_the_process_and_its_parts() -> None:
    part = Drawing("part").start().end("e").chain("begin", "e")
    drawing = Drawing().start().call("x", "part").end().chain("begin", "x", "done")
    assert findings(drawing.bytes(), part=part.bytes()) == {"process.duplicate_id": "part#begin"}


def test_two_processes_of_which_none_calls_the_other_are_refused() -> None:
    other = Drawing("q").start("b2").end("e2").chain("b2", "e2")
    assert "process.several" in findings(Drawing().start().end().chain("begin", "done").bytes(other.process()))


def test_all_findings_come_at_once() -> None:
    drawing = Drawing().start().add("complexGateway", "x").add("serviceTask", "y").timer("t", "R/P1D", "timeCycle").end()
    found = findings(drawing.chain("begin", "x", "y", "t", "done").bytes())
    assert set(found) == {"process.unsupported", "process.no_action"}


def test_what_is_only_drawn_does_no_harm() -> None:
    inner = '<bpmn:dataInputAssociation id="q"><bpmn:sourceRef>ref</bpmn:sourceRef></bpmn:dataInputAssociation>'
    drawing = Drawing().start().add("userTask", "a", inner).end().chain("begin", "a", "done")
    drawing.parts.append('<bpmn:dataObject id="o"/><bpmn:dataObjectReference id="ref" dataObjectRef="o"/>')
    drawing.parts.append('<bpmn:textAnnotation id="n"><bpmn:text>eval(1)</bpmn:text></bpmn:textAnnotation><bpmn:association id="as"/>')
    process = flow.load(drawing.bytes('<bpmn:dataStore id="ds" name="archive"/><bpmn:signal id="s" name="s"/>'))
    assert process.order == ("begin", "a", "done")


def test_a_lane_gives_the_desk_and_a_named_desk_wins() -> None:
    drawing = Drawing().start().add("userTask", "a").user("b", desk="kabid, kasi").end().chain("begin", "a", "b", "done")
    drawing.parts.append(
        '<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="verifikator"><bpmn:flowNodeRef> a </bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    process = flow.load(drawing.bytes())
    assert (process.steps["a"].desks, process.steps["b"].desks) == (("verifikator",), ("kabid", "kasi"))


def test_everything_a_step_says_is_read() -> None:
    drawing = Drawing().start().user("verify", "check", "verifikator", days="2", not_same_as="apply").rule("price", "tax", "fee").end()
    drawing.boundary("late", "verify", "= working days(3)").end("e2").chain("begin", "verify", "price", "done").chain("late", "e2")
    process = flow.load(drawing.bytes())
    step = process.steps["verify"]
    assert (step.kind, step.form, step.desks, step.name) == ("user", "check", ("verifikator",), "Verify")
    assert dict(step.properties) == {"days": "2", "not_same_as": "apply"}
    assert (process.steps["price"].decision, process.steps["price"].result, process.decisions) == ("tax", "fee", {"tax"})
    late = process.steps["late"]
    assert (late.kind, late.host, late.when, late.interrupting) == ("timer", "verify", ("timeDuration", "= working days(3)"), True)
    assert process.order == ("begin", "verify", "price", "done", "late", "e2")


def test_conditions_of_links_are_feel_without_the_sign() -> None:
    process = flow.load(choice(("a", '= x = "y"', "f1"), ("b", "", "f2"), default="f2"))
    links = {link.id: link for link in process.links}
    assert (links["f1"].condition, links["f1"].otherwise, links["f2"].condition, links["f2"].otherwise) == ('x = "y"', False, None, True)
