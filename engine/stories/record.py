"""From a trial to a story: what was done becomes its steps, and what came of it, played once more, its expectations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

import rules
from engine import documents, fees, notices, timeline
from engine.cases import Case, Submission, Task
from engine.procedures import Bundle
from engine.store import EngineError, Session
from forms import Form

from .expect import open_now
from .read import Do, Story, Wait
from .run import Stage, play_step, prepare
from .stage import throw_away
from .trial import Trial

SENDABLE = ("jpg", "jpeg", "png", "pdf")


class NothingTried(EngineError):
    """Nothing was sent in the trial yet: there is nothing to tell."""

    code = "trial.nothing"


class GoesOtherwise(EngineError):
    """Played once more, step {step} was refused: {why}."""

    code = "trial.otherwise"


def told_as_story(session: Session, trial: Trial, bundle: Bundle, *, key: str, title: str) -> Story:
    """The trial as a story without expectations. Raises NothingTried."""
    names = {ident: each for each, ident in trial.cast.items()}
    deeds = list(_deeds(session, trial, bundle, names))
    steps: list[Do | Wait] = []
    for since, step in trial.turns:
        while deeds and deeds[0][0] <= since:
            steps.append(deeds.pop(0)[1])
        _wait(steps, step)
    steps += [deed for _, deed in deeds]
    people = {each: actor for each, actor in trial.actors.items() if any(isinstance(step, Do) and step.who == each for step in steps)}
    if not people:
        raise NothingTried()
    return Story(key, title, trial.begun, people, tuple(steps))


def _wait(steps: list[Do | Wait], step: Wait) -> None:
    """Two turns of the same kind in a row are one."""
    last = steps[-1] if steps else None
    if isinstance(last, Wait) and last.unit == step.unit:
        steps[-1] = replace(last, count=last.count + step.count)
    else:
        steps.append(step)


def _deeds(session: Session, trial: Trial, bundle: Bundle, names: Mapping[str, str]) -> Iterator[tuple[Any, Do]]:
    """Everything that was sent, and the end if the applicant withdrew, in order, each with its moment."""
    tasks = {each.id: each.step for each in session.scalars(select(Task).where(Task.case_id == trial.case))}
    sent = session.scalars(select(Submission).where(Submission.case_id == trial.case).order_by(Submission.id))
    before: dict[str, Mapping[str, Any]] = {}
    for each in sent:
        step, given = tasks[each.task_id], each.given
        if bundle.process.steps[step].properties.get("revises"):  # what a correction did not change, it need not say
            given = {key: value for key, value in given.items() if before.get(each.form, {}).get(key) != value}
        answers, files = _answers(bundle.forms[each.form], {key: rules.from_plain(value) for key, value in given.items()})
        before[each.form] = each.given
        yield each.at, Do(names[each.by or ""], "complete", step, answers, files)
    for event in timeline.of_case(session, trial.case):
        if event.what == "case.withdrawn":
            yield event.at, Do(names[event.by or ""], "withdraw", "")


def _answers(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers as a machine would send them, and the files beside them by their path."""
    raw = form.raw_of(values)
    files: dict[str, str] = {}
    left = {key: kept for key, value in values.items() if key in raw and (kept := _without_files(raw[key], value, key, files)) is not None}
    return left, files


def _without_files(raw: Any, value: Any, path: str, files: dict[str, str]) -> Any:
    sent = [
        one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping) and {"file", "name", "sha256"} <= {*one}
    ]
    if sent:
        ending = PurePath(str(sent[0]["name"])).suffix[1:].lower()
        files[path] = f"{path.rpartition('.')[2]}.{ending if ending in SENDABLE else 'pdf'}"
        return None
    if isinstance(value, list) and isinstance(raw, list) and value and isinstance(value[0], Mapping):
        return [_members(one, inner, f"{path}.{number}", files) for number, (one, inner) in enumerate(zip(raw, value, strict=False))]
    return raw


def _members(raw: Mapping[str, Any], value: Mapping[str, Any], path: str, files: dict[str, str]) -> dict[str, Any]:
    kept = {key: _without_files(one, value.get(key), f"{path}.{key}", files) for key, one in raw.items()}
    return {key: one for key, one in kept.items() if one is not None}


def recorded(bundle: Bundle, story: Story) -> Story:
    """The story with what comes after each step as its expectations. Raises GoesOtherwise when it cannot be played as it was tried."""
    steps = []
    with throw_away() as (store, office):
        stage = Stage(store, office, bundle, story.start)
        prepare(stage, story)
        for number, step in enumerate(story.steps, 1):
            play_step(stage, step)
            if stage.refusal is not None:
                raise GoesOtherwise(step=number, why=stage.refusal) from stage.refused
            with store.reading() as session:
                steps.append(replace(step, expect=came(session, stage, step)))
    return replace(story, steps=tuple(steps))


def came(session: Session, stage: Stage, step: Do | Wait) -> dict[str, Any]:
    """What is open and was sent after a step; what was charged, decided and issued where the step changed it."""
    case = session.get_one(Case, stage.case)
    told = notices.of_case(session, case.id)
    names = {person: key for key, person in stage.cast.items()}
    sent = [{"to": names.get(each.to, each.to), "what": each.what} for each in told[stage.notices_seen :]]
    stage.notices_seen = len(told)
    came: dict[str, Any] = {"open": [{name: each[name] for name in each if each[name]} for each in open_now(session, stage, case)]}
    if sent:
        came["sent"] = sent
    charged = [each for each in fees.fees_of(session, case.id) if each.replaced_at is None]
    if any(each.charged_at == stage.now for each in charged):
        came["fee"] = sum(each.amount for each in charged)
        came["fee_rows"] = sorted({f"{row['table']} {row['row']}" for each in charged for row in each.rows})
    if case.outcome:
        came["ended"] = case.outcome
    issued = documents.of_case(session, case.id)
    if issued and isinstance(step, Do) and case.outcome:
        came["number"] = issued[-1].number
    return came
