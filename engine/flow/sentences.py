"""An English line for every finding of this room, with the way out. The doors have catalogues for the readers' languages."""

from __future__ import annotations

from rules import Finding

_UNSUPPORTED = {
    "complexGateway": "use an exclusive or a parallel gateway",
    "transaction": "use an ordinary sub-process",
    "adHocSubProcess": "use an ordinary sub-process with a gateway",
    "multiInstanceLoopCharacteristics": "only a task or a sub-process can be done several times",
    "standardLoopCharacteristics": "only a task or a sub-process can be done again",
    "signalEventDefinition": "a case begins with its application: use a start event without meaning, and a signal later",
    "errorEventDefinition": "end a sub-process with it and catch it on its boundary",
    "escalationEventDefinition": "throw it in a sub-process and catch it on its boundary",
    "conditionalEventDefinition": "use it where something waits: an intermediate event, a boundary, a sub-process beside",
    "compensateEventDefinition": "put it on the boundary of the step that is undone, or throw it; a sub-process cannot be started by it",
    "cancelEventDefinition": "draw the undoing as ordinary steps",
    "linkEventDefinition": "links are a throw and a catch event of one name; elsewhere draw the sequence flow",
    "messageEventDefinition": "a case begins with its application: use a start event without meaning",
    "timerEventDefinition": "put the timer on an intermediate catch event or on a boundary",
    "startQuantity": "let a parallel gateway wait for the branches",
    "completionQuantity": "let a parallel gateway begin the branches",
    "eventGatewayType": "where all the events must happen, use a parallel gateway",
    "behavior": "throw the event in a step behind it",
    "timeCycle": "a timer rings again (R3/P7D) only on a boundary that does not interrupt; elsewhere use a duration",
}

_SENTENCES = {
    "process.not_xml": "This is not a readable XML file: {reason}.",
    "process.doctype": "The file declares a document type; save it again without the <!DOCTYPE …> line.",
    "process.not_bpmn": "This is no BPMN 2.0 file: it begins with {element} and not with bpmn:definitions.",
    "process.misplaced": "The {element} {id} is not directly in a process or sub-process; draw it again.",
    "process.too_large": "The file has {size} bytes; at most {limit} are read.",
    "process.none": "The file has no process; draw one with a start event.",
    "process.too_deep": "{name} ({id}) lies in more than {limit} sub-processes; draw flatter, or end one sub-process before the next.",
    "process.several": "More than one process could be the main one ({keys}); only one may not be called by another.",
    "process.not_executable": "The process {key} is marked as only drawn, not run; mark it as executable (isExecutable) in the "
    "tool that drew it.",
    "process.no_id": "A {element} has no id; give it one.",
    "process.duplicate_id": "The id {id} is used twice; ids must be unique over the process and its parts.",
    "process.reserved_id": "The id {id} is used by the engine itself; choose another one.",
    "process.bad_id": "The id {id} may only have letters, digits, '_', '-' and '.', and begin with a letter or '_'.",
    "process.unsupported": "{name} ({id}): {element} is not supported; {cure}.",
    "process.foreign": "{name} ({id}) carries {element} of another engine, which nobody would read; remove it or use the Zeebe element.",
    "process.zeebe_unknown": "{name} ({id}): zeebe:{element} is not supported here; remove it.",
    "process.zeebe_attribute": "{name} ({id}): {element} {attribute} is not supported; {cure}.",
    "process.expression_not_allowed": "{name} ({id}): {attribute} must be a plain word here, not an expression.",
    "process.code": "{name} ({id}) contains a script; nothing but a FEEL expression (zeebe:script) is run.",
    "process.no_expression": "{name} ({id}) works something out, and does not say what, or what the result is called; write "
    "both in its panel.",
    "process.no_decision": "{name} ({id}) has no table. In the designer, choose this step and answer “Which decision table?”.",
    "process.no_action": "{name} ({id}) is automatic, and does not say what happens. In the designer, choose this step and "
    "answer “What happens?”.",
    "process.no_message": "{name} ({id}) waits for a message that has no name; give it one.",
    "process.no_signal": "{name} ({id}) has a signal without a name; give it one.",
    "process.no_link": "{name} ({id}) has a link without a name; give the throwing and the catching event the same one.",
    "process.link_target": "{name} ({id}): the link {link} needs exactly one catching event in the same (sub-)process.",
    "process.link_flow": "{name} ({id}) is a link: flows only lead to the throwing one and only from the catching one.",
    "process.no_condition": "{name} ({id}) waits for a condition that is not there; write one.",
    "process.no_code": "{name} ({id}): the {event} has no code; give it one.",
    "process.not_caught": "{name} ({id}) throws {code}, and nothing around it catches that; put an event on the boundary of a sub-process.",
    "process.never_thrown": "{name} ({id}) catches {code}, which nothing inside {host} throws; remove it, or throw it there.",
    "process.no_start_event": "{name} ({id}) starts a sub-process beside, by no event; say by which one.",
    "process.flow_beside": "{name} ({id}) is started by an event; no flow may lead to it or from it.",
    "process.race_of_one": "{name} ({id}) is an event-based gateway with fewer than two ways out; remove it.",
    "process.race_target": "{name} ({id}): an event-based gateway leads to events and receive tasks, alone; not so to {target}.",
    "process.no_collection": "{name} ({id}) is done several times, but for what? Give it a list, with '=', like = application.points.",
    "process.loop_result": "{name} ({id}) has one of outputCollection and outputElement; it needs both or none.",
    "process.loop_not_feel": "{name} ({id}): the text '{text}' of its loop must begin with '='.",
    "process.loop_name": "{name} ({id}): {word} cannot be the name of something; use letters, digits and '_'.",
    "process.loop_limit": "{name} ({id}): loopMaximum is {limit}; it must be a number from 1 to 999.",
    "process.loop_endless": "{name} ({id}) is done again and again, and it is not said how long; give it a condition or a maximum.",
    "process.event_not_feel": "{name} ({id}): the text '{text}' of its event must begin with '='.",
    "process.undo_nothing": "{name} ({id}) says that its step can be undone, and not by which one; draw one association to that.",
    "process.undo_host": "{name} ({id}) hangs on {host}, which cannot be undone: only a step that is done once can, by one other step.",
    "process.undo_handler": "{name} ({id}) undoes another step: it must be a task or a sub-process, and no flow may lead to it or from it.",
    "process.undo_alone": "{name} ({id}) is meant to undo another step, and no event on the boundary of one leads to it.",
    "process.undo_several": "{name} ({id}) undoes what is done once for each of several members; draw that inside the repeated part.",
    "process.undo_unknown": "{name} ({id}) undoes {what}, which is not there, or which nothing undoes.",
    "process.no_event": "{name} ({id}) does not say what happens; give it a time, a message or another event.",
    "process.no_time": "{name} ({id}) has no time; give it a duration or a date.",
    "process.several_events": "{name} ({id}) has more than one event; one is allowed.",
    "process.no_part": "{name} ({id}) calls the process {part}, which is not in the bundle.",
    "process.part_calls_itself": "{name} ({id}) calls {part}, which calls it again; a part may not contain itself.",
    "process.start": "{name} ({id}) has {count} start events; it needs exactly one.",
    "process.end": "{name} ({id}) has no end event; draw one.",
    "process.flow_ends": "The flow {id} leads from {source} to {target}, and one of them is no step of the same (sub-)process; draw it "
    "between two steps of one, or remove it.",
    "process.flow_loose": "The flow {id} begins or ends at nothing; draw it from one step to another, or remove it.",
    "process.same_flow": "Two flows lead from {source} to {target}; keep one.",
    "process.into_start": "A flow leads into the start event {id}; use a gateway after it.",
    "process.out_of_end": "A flow leaves the end event {id}; remove it.",
    "process.into_boundary": "A flow leads into the boundary event {id}; remove it.",
    "process.dead_end": "{name} ({id}) leads nowhere; draw a flow to the next step or to an end event.",
    "process.fork": "{name} ({id}) has {count} ways out; put a gateway behind it that says which one is taken.",
    "process.condition_ignored": "The flow {id} has a condition, but {source} is not an exclusive gateway; put one in front of it.",
    "process.condition_missing": "The flow {id} leaves {source} without a condition; give it one or make it the otherwise.",
    "process.condition_not_feel": "The condition of the flow {id} must begin with '=' and be FEEL, like {like}.",
    "process.default_unknown": "{name} ({id}) names {flow} as its otherwise, which does not leave it.",
    "process.default_condition": "The flow {id} is the otherwise and has a condition; remove the condition.",
    "process.join_and_split": "{name} ({id}) is a parallel gateway with one way in and one way out; remove it.",
    "process.bad_host": "{name} ({id}) hangs on {host}, which never waits; put it on a task that someone completes.",
    "process.no_host": "{name} ({id}) hangs on {host}, which is no step of the same (sub-)process; put it on one that someone completes.",
    "process.bad_expression": "{name} ({id}): the expression '{text}' cannot be read: {reason}",
    "process.bad_time": "{name} ({id}): '{text}' is no time; write P14D, 2026-12-31, or FEEL with '='.",
    "process.stops_time": "{name} ({id}): its time always comes to nothing; write P14D, 2026-12-31, or FEEL with '='.",
    "process.stops_list": "{name} ({id}): what it is done for is no list; write FEEL that gives one, like = application.points.",
    "process.stops_key": "{name} ({id}): what tells its message from others always comes to nothing; write FEEL that reads a fact.",
    "process.stops_round": "{name} ({id}) lies in a round of steps that all run by themselves and never end; draw a way out.",
    "process.stops_unsaid": "{name} ({id}) chooses by {facts}, which no step of the diagram gives: the case would go round for ever. Name "
    "the form that asks it (form.question), or draw another otherwise.",
    "process.stops_text": "The expression '{text}' cannot be worked out: {reason}",
    "process.stops_waiting": "{name} ({id}) waits for {said}, which has been sent before it waits or never is; draw it the "
    "other way round.",
    "import.pool": "{name} ({id}) is taken for the procedure; the other pools ({others}) are left out.",
    "import.by_hand": "{name} ({id}) does not say how it is done ({element}): somebody does it by hand.",
    "import.once": "{name} ({id}) is marked as done several times, without saying how often: it is done once.",
    "import.each": "{name} ({id}) is done for each of {list}, which nothing in the diagram writes: once, as long as there is none.",
    "import.start": "{name} ({id}): a case begins by hand; the {element} is left out.",
    "import.starts": "{name} ({id}) has {count} starts: one start leads to them, and an answer says which it is.",
    "import.begin": "{name} ({id}) has no start: one is put before what no flow leads to.",
    "import.milestone": "{name} ({id}) waits for nothing: it is passed at once.",
    "import.told": "{name} ({id}) does not say when it happens in a way that can be run ({said}): it waits until somebody says so.",
    "import.stops": "{name} ({id}) throws an error that nothing catches: it stops everything.",
    "import.fork": "{name} ({id}) has {count} ways out: a gateway behind it takes them all, or all that hold.",
    "import.choice": "{name} ({id}) does not say by what it chooses: the answer {answer} must name the way, or the last is taken.",
    "import.unreachable": "{name} ({id}) can never be reached.",
    "import.left_out": "{name} ({id}): {what} means nothing here and is left out.",
    "move.no_step": "The case stands at {name} ({id}), which the other version does not have; say which of its steps takes the place.",
    "move.elsewhere": "The case stands at {name} ({id}), which lies elsewhere in the other version; choose a step at the same place.",
    "move.other_kind": "The case stands at {name} ({id}), a {kind}; {other} in the other version is a {now}, done another way.",
    "move.join": "In the other version {name} ({id}) would wait for ever for what comes from {other}; the case is past that.",
    "move.race": "The case waits at {name} ({id}) for the first of several events; in the other version they are not the same ones.",
    "process.library": "The diagram cannot be read: {reason}",
}


def sentence(finding: Finding) -> str:
    """One plain English line with the cure."""
    text = _SENTENCES.get(finding.code, finding.code)
    facts = {"cure": cure_of(str(finding.facts.get("element"))), **finding.facts}
    try:
        return text.format(**facts)
    except (KeyError, IndexError):
        return f"{text} {dict(finding.facts)}"


def text_of(code: str) -> str | None:
    """The English sentence of a code, its facts in braces."""
    return _SENTENCES.get(code)


def cure_of(element: str) -> str:
    """What to draw instead of an element that is not supported."""
    return _UNSUPPORTED.get(element, "draw it another way")


def codes() -> frozenset[str]:
    """Every code a finding of this room can have."""
    return frozenset(_SENTENCES)
