"""An English line for every finding of this room, with the way out. The doors have catalogues for the readers' languages."""

from __future__ import annotations

from rules import Finding

_UNSUPPORTED = {
    "complexGateway": "take it out and put a “Choice between ways” or “Several things at once” in its place",
    "transaction": "take it out and draw its steps in the procedure itself",
    "adHocSubProcess": "take it out and draw its steps in the procedure itself, with “Several things at once” where their order does not "
    "matter",
    "multiInstanceLoopCharacteristics": "only a step can be done several times, and in one way; take that out under “Only in the file”",
    "standardLoopCharacteristics": "only a step can be done again, and in one way; take that out under “Only in the file”",
    "signalEventDefinition": "a case begins with its application; put a plain “Start” in its place, and what is waited for behind it",
    "errorEventDefinition": "an error ends a part of the procedure and is caught at the edge of that part; put a way to an end in its "
    "place",
    "escalationEventDefinition": "it is sent in a part of the procedure and caught at the edge of that part; put an ordinary step in its "
    "place",
    "conditionalEventDefinition": "a condition is waited for on the way; put a plain one in its place, with a “Choice between ways” "
    "behind it",
    "compensateEventDefinition": "what is undone is said at the edge of its step; draw the undoing as steps of their own",
    "cancelEventDefinition": "take it out and draw the undoing as steps of their own",
    "linkEventDefinition": "take it out and let the step before it lead straight to the step behind it",
    "messageEventDefinition": "a case begins with its application; put a plain “Start” in its place, and “Wait for a message” behind it",
    "timerEventDefinition": "only “Wait for a time”, and “When it is late” at a step, have a time; put one of them, or a plain one, in "
    "its place",
    "startQuantity": "it waits for several branches unseen; take that out under “Only in the file”, and put “Several things at once” "
    "before it",
    "completionQuantity": "it begins several branches unseen; take that out under “Only in the file”, and put “Several things at once” "
    "behind it",
    "eventGatewayType": "where all of it must happen, put “Several things at once” in its place",
    "behavior": "what each one sends, a step of its own must send; take that out under “Only in the file”, and draw the step behind it",
    "timeCycle": "a time that comes again and again stands only at the edge of a step that stays open; say once how long",
}

_SENTENCES = {
    "process.not_xml": "The drawing cannot be read. This is not a readable XML file: {reason}. Save it again in the tool that drew it, "
    "and take it in again.",
    "process.doctype": "The drawing cannot be read: its file declares a document type. Save it again without that (the line <!DOCTYPE …>).",
    "process.not_bpmn": "This file is no drawing of a procedure: it begins with {element}. Choose a BPMN 2.0 file (bpmn:definitions).",
    "process.misplaced": "“{name}” lies inside something that is no part of the procedure; take it out and draw it again ({element} {id}).",
    "process.too_large": "The drawing has {size} bytes; at most {limit} are read. Make it smaller, or cut it into several procedures.",
    "process.none": "The file has no process: there is nothing drawn in it. Begin with a “Start”.",
    "process.too_deep": "“{name}” lies in more than {limit} sub-processes; draw flatter, or end one part before the next.",
    "process.several": "More than one process could be the procedure ({keys}); keep the one that is meant, or let it use the others as "
    "parts.",
    "process.not_executable": "The drawing “{name}” is marked as only drawn, not run; mark it as executable in the tool that drew it "
    "(isExecutable of {key}).",
    "process.no_id": "Something in the drawing has no key; take it out and draw it again ({element} without an id).",
    "process.duplicate_id": "The id {id} is used twice: “{name}” shares it with something else. Take one of the two out and draw it again.",
    "process.reserved_id": "“{name}” has a key that the engine keeps for itself; take it out and draw it again (id {id}).",
    "process.bad_id": "“{name}” has a key with other signs than letters, digits, “_”, “-” and “.”; take it out and draw it again (id "
    "{id}).",
    "process.unsupported": "“{name}” cannot be run as it is drawn: {cure} ({element} is not supported).",
    "process.foreign": "“{name}” carries something for another engine, which nobody here would read. In the designer, choose it and take "
    "that out under “Only in the file” ({element}).",
    "process.zeebe_unknown": "“{name}” carries something that nobody here would read. In the designer, choose it and take that out under "
    "“Only in the file” (zeebe:{element}).",
    "process.zeebe_attribute": "“{name}” says something in a way that is not read here: {cure} ({element} {attribute}).",
    "process.expression_not_allowed": "“{name}” works out what must be said plainly here: {cure} ({attribute}).",
    "process.code": "“{name}” contains a script, and no program is ever run here. Put an “Automatic step” or a “Decision table” in its "
    "place (script).",
    "process.no_expression": "“{name}” works something out, and it is not said what. Put a “Decision table” in its place (zeebe:script "
    "with expression and resultVariable).",
    "process.no_decision": "“{name}” has no table. In the designer, choose this step and answer “Which decision table?”.",
    "process.no_action": "“{name}” is automatic, and does not say what happens. In the designer, choose this step and answer “What "
    "happens?”.",
    "process.no_message": "“{name}” waits for a message, or sends one, that has no name. In the designer, choose it and answer “Which "
    "message is awaited?”; where that is not asked, put “Wait for a message” in its place.",
    "process.no_signal": "“{name}” waits for something, or sends it, that has no name. Name it in the tool that drew it, or put “Wait for "
    "a message” in its place (signal).",
    "process.no_link": "“{name}” jumps to another place that is not said. Take it out and let the step before it lead there (link event).",
    "process.link_target": "“{name}” jumps to “{link}”, which must be there exactly once in the same part of the procedure. Take it out "
    "and let the step before it lead there (link event).",
    "process.link_flow": "“{name}” jumps, and a way is drawn on its wrong side. Take it out and draw the way itself (link event).",
    "process.no_condition": "“{name}” waits until something holds, and it is not said what. Put a “Choice between ways” in its place, "
    "with that as a condition (conditional event).",
    "process.no_code": "“{name}” ends or catches something that has no name. Give it a code in the tool that drew it, or put a way to an "
    "end in its place ({event} event).",
    "process.not_caught": "“{name}” stops a part of the procedure ({code}), and nothing around it goes on from there. Put a way to an end "
    "in its place, or catch it at the edge of the part.",
    "process.never_thrown": "“{name}” waits for {code}, which nothing inside “{host}” ever sends. Take it out, or send it there.",
    "process.no_start_event": "“{name}” begins something beside the case, and it is not said when. Take it out, or say when in the tool "
    "that drew it.",
    "process.flow_beside": "“{name}” begins by itself when something happens, so no way may lead to it or from it. Take that way out.",
    "process.race_of_one": "“{name}” waits for whatever happens first, and fewer than two things can. Take it out, or add a way "
    "(event-based gateway).",
    "process.race_target": "“{name}” waits for whatever happens first, and “{target}” is nothing that happens. Let it lead only to “Wait "
    "for a time” and “Wait for a message” that nothing else leads to (event-based gateway).",
    "process.no_collection": "“{name}” is done several times, and it is not said for what. In the designer, choose it and take that out "
    "under “Only in the file”; in a file, give it a list, like = application.points (inputCollection).",
    "process.loop_result": "“{name}” is done several times, and what comes out of it is only half said. In the designer, choose it and "
    "take that out under “Only in the file”; in a file, say both or none (outputCollection, outputElement).",
    "process.loop_not_feel": "“{name}” is done several times, and “{text}” is no formula: it must begin with “=”. In the designer, choose "
    "it and take that out under “Only in the file”.",
    "process.loop_name": "“{name}” is done several times, and “{word}” cannot be a name: it has other signs than letters, digits and “_”. "
    "In the designer, choose it and take that out under “Only in the file”.",
    "process.loop_limit": "“{name}” is done again and again, at most {limit} times; that must be a number from 1 to 999. In the designer, "
    "choose it and take that out under “Only in the file” (loopMaximum).",
    "process.loop_endless": "“{name}” is done again and again, and it is not said how long. In the designer, choose it and take that out "
    "under “Only in the file”; in a file, give it a condition or a maximum (loopCondition, loopMaximum).",
    "process.event_not_feel": "“{name}” waits for “{text}”, which is no formula: it must begin with “=”. Put a “Choice between ways” or "
    "“Wait for a message” in its place.",
    "process.undo_nothing": "“{name}” says that its step can be undone, and not by which step. Take it out, or draw one dotted line to "
    "that step (association).",
    "process.undo_host": "“{name}” hangs on “{host}”, which cannot be undone: only a step that is done once can, by one other step. Take "
    "it out.",
    "process.undo_handler": "“{name}” undoes another step, so it must be a step, and no way may lead to it or from it. Take that way out.",
    "process.undo_alone": "“{name}” is meant to undo another step, and nothing says which. Take it out, or draw the undoing as a step on "
    "the way.",
    "process.undo_several": "“{name}” undoes what is done once for each of several. Take it out, or draw it inside the part that is "
    "repeated.",
    "process.undo_unknown": "“{name}” undoes {what}, which is not there, or which nothing undoes. Take it out, or draw the undoing as a "
    "step.",
    "process.no_event": "“{name}” waits, and it is not said for what. Put “Wait for a time” or “Wait for a message” in its place; at a "
    "step, “When it is late”.",
    "process.no_time": "“{name}” waits for a time that is not said. In the designer, choose it and say how long: at “Wait for”, or at "
    "“When there is no answer for”.",
    "process.several_events": "“{name}” waits for, or sends, more than one thing at once. Put one step for each in its place.",
    "process.no_part": "“{name}” stands for another process, which is not there. Take it out and draw the steps that are meant "
    "(callActivity {part}).",
    "process.part_calls_itself": "“{name}” stands for another process, which stands for it again and would never end. Take it out, and "
    "let a way lead back instead (callActivity {part}).",
    "process.start": "“{name}” has {count} starts and needs exactly one “Start”. Put one there, or take the others out.",
    "process.end": "“{name}” has no end event. In the designer, add an “End” behind its last step.",
    "process.flow_ends": "One of its ends is no step of the same part of the procedure; draw it between two steps of one part, or take it "
    "out.",
    "process.flow_loose": "A way begins or ends at nothing; draw it from one step to another, or take it out (sequence flow {id}).",
    "process.same_flow": "Two ways lead from “{source}” to “{target}”; take one of them out.",
    "process.into_start": "A way leads back to the start “{name}”. Let it lead to the step behind the start.",
    "process.out_of_end": "“{name}” is an end, and a way leads on from it. Take that way out, or put a step in place of the end.",
    "process.into_boundary": "“{name}” hangs on a step and begins by itself, so no way may lead to it. Let that way lead elsewhere.",
    "process.dead_end": "“{name}” leads nowhere. In the designer, choose it and say where it goes on: at “Then goes on to”, or, at a "
    "choice, at “One more way to”.",
    "process.fork": "“{name}” has {count} ways out, and it is not said which is taken. Put a “Choice between ways” behind it, or “Several "
    "things at once” when all are, and draw the ways from there.",
    "process.condition_ignored": "It has a condition, and “{source}” is no choice, so nobody would look at it. Take this way out and draw "
    "it again, or put a “Choice between ways” behind “{source}”.",
    "process.condition_missing": "It leaves “{source}” without a condition. In the designer, choose this way and “Add a condition”, or "
    "mark it “Otherwise: when no other way fits”.",
    "process.condition_not_feel": "Its condition is no formula of this house. In the designer, choose this way and “Add a condition”, or "
    "write it under “Advanced: as a formula”; in a file it must begin with '=', like {like}.",
    "process.default_unknown": "“{name}” has an otherwise that is none of its ways. In the designer, choose it and mark one of its ways "
    "“Otherwise: when no other way fits” (default {flow}).",
    "process.default_condition": "It is the otherwise, and has a condition that nobody would look at. In the designer, choose this way, "
    "turn “Otherwise: when no other way fits” off, and on again.",
    "process.bad_host": "“{name}” hangs on “{host}”, which is over at once, so that it can never happen. Take it out; at a step that "
    "somebody does, choose “Something happens when it is late”.",
    "process.no_host": "“{name}” hangs on “{host}”, which is no step of the same part of the procedure. Take it out; at a step that "
    "somebody does, choose “Something happens when it is late”.",
    "process.bad_expression": "“{name}”: the formula “{text}” cannot be read: {reason}",
    "process.stops_time": "“{name}”: its time always comes to nothing. Say how long: at “Wait for”, or in a file P14D, 2026-12-31, or "
    "FEEL with '='.",
    "process.stops_list": "“{name}”: what it is done for is no list; write FEEL that gives one, like = application.points.",
    "process.stops_key": "“{name}”: what tells its message from others always comes to nothing; write FEEL that reads an answer.",
    "process.stops_round": "“{name}” lies in a round of steps that all run by themselves and never end; draw a way out.",
    "process.stops_unsaid": "“{name}” chooses by {facts}, which no step of the drawing gives: the case would go round for ever. Name the "
    "form that asks it (form.question), or mark another way as the otherwise.",
    "process.stops_text": "The formula “{text}” cannot be worked out: {reason}",
    "process.stops_waiting": "“{name}” waits for {said}, which has been sent before it waits or never is; draw it the other way round.",
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
    "process.library": "The drawing cannot be run: {reason}. Take out what was drawn last, and draw it another way.",
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
    return _UNSUPPORTED.get(element, "take it out and draw it another way")


def codes() -> frozenset[str]:
    """Every code a finding of this room can have."""
    return frozenset(_SENTENCES)
