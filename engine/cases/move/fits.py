"""Whether one case fits into another version: everything that stands in the way, and what the move changes for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine import flow
from engine.cases.tables import Task
from engine.flow import Env, Moved, Step
from engine.procedures import Bundle
from forms import Field, Form

from .ahead import names_written, paths_read, steps_ahead


@dataclass(frozen=True)
class Reason:
    """Why a case cannot move, or what it loses: a code and facts for a sentence. Facts that are words are {"id", "en"}."""

    code: str
    facts: Mapping[str, Any]

    @property
    def plain(self) -> dict[str, Any]:
        """For keeping."""
        return {"code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True)
class Verdict:
    """`moved` is None when there are `reasons` against it; `notes` tell what changes."""

    moved: Moved | None
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...] = ()


@dataclass
class Passage:
    """From one version to another. What does not depend on a case is worked out once per set of open steps."""

    old: Bundle
    new: Bundle
    names: Mapping[str, str]
    _ahead: dict[frozenset[str], tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def step(self, ident: str) -> Step | None:
        """The step of the new version that takes the place of one of the old."""
        return self.new.process.steps.get(self.names.get(ident, ident))

    def judge(self, state: bytes, tasks: Sequence[Task], env: Env) -> Verdict:
        """Try the move and look at the open tasks, and at what the rest of the way reads."""
        try:
            moved = flow.move(self.old.process, state, self.new.process, env=env, names=self.names)
        except flow.CannotMove as cannot:
            return Verdict(None, tuple(Reason(each.code, {**each.facts}) for each in cannot.findings))
        except flow.FlowError as wrong:
            return Verdict(None, (Reason("move.failed", {"why": wrong.code}),))
        reasons = [*self._tasks(tasks), *self._lacks(moved, tasks)]
        notes = [*self._lost(tasks), *self._never_asked(moved, tasks)]
        return Verdict(None if reasons else moved, tuple(reasons), tuple(notes))

    def _tasks(self, tasks: Sequence[Task]) -> Iterator[Reason]:
        for task in tasks:
            old, new = self.old.process.steps[task.step], self.step(task.step)
            if new is None:
                continue
            if old.action != new.action:
                yield Reason("move.other_action", {"name": old.name, "was": old.action or "", "now": new.action or ""})
            elif old.form != new.form and task.draft:
                yield Reason(
                    "move.other_form", {"name": old.name, "was": self.title(self.old, old.form), "now": self.title(self.new, new.form)}
                )
            elif task.assignee and not set(old.desks) & set(new.desks):
                yield Reason("move.other_desk", {"name": old.name, "desks": ", ".join(new.desks)})

    def title(self, bundle: Bundle, form: str | None) -> Mapping[str, str]:
        """What a form is called."""
        found = bundle.forms.get(form or "")
        return dict(found.title) if found else {"id": form or "-"}

    def _lacks(self, moved: Moved, tasks: Sequence[Task]) -> Iterator[Reason]:
        """Names that are read on the way ahead, that the case was never asked for and that nothing ahead writes."""
        paths, written = self._on_the_way(moved, tasks)
        asked = {(form, question.key) for form, question in self.new_questions}
        for path in sorted(paths):
            name, _, rest = path.partition(".")
            key = rest.partition(".")[0]
            if name in written:
                continue
            if name in moved.facts and (name, key) in asked and key not in (moved.facts[name] or {}):
                yield Reason("move.answer_lacking", self._question(name, key))
            elif name not in moved.facts and name in self._results - names_written(self.old, self.old.process.steps):
                yield Reason("move.result_lacking", {"name": self._results_of(name)})

    def _never_asked(self, moved: Moved, tasks: Sequence[Task]) -> Iterator[Reason]:
        """New questions of forms that were filled before and are not filled again: nothing ahead reads them, so they are told only."""
        paths, written = self._on_the_way(moved, tasks)
        for form, question in self.new_questions:
            known = form in moved.facts and form not in written and question.key not in (moved.facts[form] or {})
            if known and not any(path == f"{form}.{question.key}" or path.startswith(f"{form}.{question.key}.") for path in paths):
                yield Reason("move.not_asked", self._question(form, question.key))

    def _on_the_way(self, moved: Moved, tasks: Sequence[Task]) -> tuple[frozenset[str], frozenset[str]]:
        at = frozenset(self.names.get(task.step, task.step) for task in tasks) | {timer.step.id for timer in moved.timers}
        if at not in self._ahead:
            ahead = steps_ahead(self.new.process, at)
            self._ahead[at] = paths_read(self.new, ahead), names_written(self.new, ahead)
        return self._ahead[at]

    def _lost(self, tasks: Sequence[Task]) -> Iterator[Reason]:
        """What was typed into open forms and has no question any more."""
        for task in tasks:
            new = self.step(task.step)
            if task.draft and new is not None and new.form in self.new.forms and task.form in self.old.forms:
                old_form = self.old.forms[str(task.form)]
                for key in set(task.draft["raw"]) - set(kept_draft(task.draft, old_form, self.new.forms[str(new.form)])["raw"]):
                    label = next((dict(each.label) for each in old_form.questions() if each.key == key), {"id": key})
                    yield Reason("move.typed_lost", {"question": label, "name": new.name})

    @cached_property
    def new_questions(self) -> tuple[tuple[str, Field], ...]:
        """Questions that a form of both versions has only in the new one, and that are asked (not only shown)."""
        both = [key for key in self.new.forms if key in self.old.forms]
        known = {(key, each.key) for key in both for each in self.old.forms[key].questions()}
        return tuple((key, each) for key in both for each in self.new.forms[key].questions() if (key, each.key) not in known)

    def _question(self, form: str, key: str) -> dict[str, Any]:
        label = next(dict(each.label) for name, each in self.new_questions if (name, each.key) == (form, key))
        return {"question": label, "form": self.title(self.new, form)}

    @cached_property
    def _results(self) -> frozenset[str]:
        return names_written(self.new, self.new.process.steps)

    def _results_of(self, name: str) -> str:
        steps = self.new.process.steps.values()
        return next((step.name for step in steps if name in (step.result, step.id, step.form)), name)


def kept_draft(draft: Mapping[str, Any], old: Form, new: Form) -> dict[str, Any]:
    """A draft as the new form can take it: answers to questions that still are of the same kind; pages that ask nothing new."""
    kinds = {each.key: each.kind.word for each in old.questions()}
    same = {each.key for each in new.questions() if kinds.get(each.key) == each.kind.word}
    asked = {page.key: {each.key for each in page.fields} for page in new.pages}
    pages = [page for page in draft["pages"] if page in asked and asked[page] & {each.key for each in new.questions()} <= same]
    return {**draft, "raw": {key: value for key, value in draft["raw"].items() if key in same}, "pages": pages}
