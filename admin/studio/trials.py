"""Try it: a draft worked through as the applicant and as each desk, in one window, on a throw-away office with a turned clock.

The pages of its forms are those that applicants and desks get (hall.filling), on the ground of the trial instead of the office's own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from flask import Response, flash, redirect, request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext as _

import forms
from admin.frame import Answer, Part, me, readable
from engine import cases, documents, people, procedures, stories
from engine.cases import Case
from engine.office import Office
from engine.people import APPLICANT
from engine.procedures import BadBundle, NoDraft
from engine.store import EngineError, NotFound, Store
from engine.stories import Trial, Wait
from engine.stories import trial as trial_room
from forms import Invalid, Upload
from hall import N_, filling, now, reading, sentence, unit
from hall.filling import Frame
from hall.ground import Ground

from . import told
from .begun import chosen_start, root
from .naming import name_of
from .samples import of_kinds, of_stories
from .scenes import scene_of
from .telling import NewStory, key_of

TURNS = {"day": Wait(1, "day"), "working_day": Wait(1, "working day"), "week": Wait(7, "day")}


@dataclass(frozen=True)
class Stand:
    """An open trial: its database and office, and its sheet."""

    trial: Trial
    store: Store
    office: Office

    def ground(self, who: str) -> Ground:
        """Where its forms are filled, by one of its cast."""
        return Ground(self.store.unit, self.store.reading, lambda: self.office, lambda: self.trial.now, lambda: self.trial.cast[who])


def why_told(error: EngineError) -> str:
    """A refusal with the one behind it, both in the reader's words."""
    cause = error.__cause__
    why = {"why": sentence(cause.code, cause.facts)} if isinstance(cause, EngineError) else {}
    return sentence(error.code, {**error.facts, **why})


class Trials(Part):
    """Trials of a draft."""

    @expose("/<key>/try", methods=("GET", "POST"))
    def try_it(self, key: str) -> Answer:
        """What a trial is, and beginning one; what stops publishing stops it."""
        with reading() as db:
            name = name_of(db, readable(key))
            try:
                findings = told.findings(db, key)
            except NoDraft:
                raise NotFound(what="draft") from None
        stopping, refusal = procedures.stopping(findings), ""
        trial_room.sweep(root(), before=now() - trial_room.LASTS)
        if request.method == "POST" and not stopping:
            try:
                with reading() as db:
                    bundle = procedures.draft_bundle(db, key)
                begun = trial_room.begin(root(), bundle, owner=me(), start=chosen_start(), at=now())
                return redirect(url_for(".trial_page", key=key, trial=begun.id), 303)
            except BadBundle as bad:
                stopping = bad.findings
            except EngineError as error:
                refusal = sentence(error.code, error.facts)
        mine = [each for each in trial_room.mine(root(), owner=me()) if each.key == key]
        page = self.page("trial_begin", key=key, name=name, findings=told.plain(stopping), refusal=refusal, mine=mine, place=self.place_of)
        return (page, 422) if request.method == "POST" else page

    @expose("/<key>/try/<trial>/")
    def trial_page(self, key: str, trial: str) -> Answer:
        """The trial as it stands."""
        with self.standing(key, trial) as at, at.store.reading() as db:
            bundle = procedures.bundle_of(db, at.trial.version)
            return self.page("trial", key=key, scene=scene_of(db, at.trial, bundle), changed=self.is_changed(key, at.trial))

    @expose("/<key>/try/<trial>/turn", methods=("POST",))
    def trial_turn(self, key: str, trial: str) -> Answer:
        """Turn the clock: a day, a working day, a week, or to the next thing that rings or is late."""
        with self.standing(key, trial) as at:
            one, to = at.trial, request.form.get("to", "")
            with at.store.reading() as db:
                until = trial_room.next_moment(db, one)
        steps = trial_room.up_to(one.now, until) if to == "deadline" and until else (TURNS.get(to, TURNS["day"]),)
        trial_room.turn(one, steps)
        return self.onward(one)

    @expose("/<key>/try/<trial>/tasks/<task>")
    def trial_task(self, key: str, trial: str, task: str) -> Answer:
        """To the first page of a task that is not answered yet, or to the check of its answers."""
        with self.filling(key, trial, task) as (_at, frame):
            with frame.ground.reading() as db:
                scene = filling.scene_of(db, frame)
                page = scene.unfinished()
            return redirect(frame.page(page.key) if page else frame.check, 303)

    @expose("/<key>/try/<trial>/tasks/<task>/pages/<page>", methods=("GET", "POST"))
    def trial_fill(self, key: str, trial: str, task: str, page: str) -> Answer:
        """One page of a task's form."""
        with self.filling(key, trial, task) as (at, frame):
            if request.method == "GET":
                return filling.show_page(filling.start(frame), readable(page))
            answer = filling.take_page(filling.start(frame), readable(page))
            trial_room.carry_on(at.trial, at.store, at.office)
            return answer

    @expose("/<key>/try/<trial>/tasks/<task>/pages/<page>/files", methods=("POST",))
    def trial_upload(self, key: str, trial: str, task: str, page: str) -> Answer:
        """One file by itself."""
        with self.filling(key, trial, task) as (_at, frame):
            return filling.take_file(filling.start(frame), readable(page))  # type: ignore[return-value]

    @expose("/<key>/try/<trial>/tasks/<task>/check", methods=("GET", "POST"))
    def trial_check(self, key: str, trial: str, task: str) -> Answer:
        """Everything once more, then send."""
        with self.filling(key, trial, task) as (at, frame):
            if request.method == "GET":
                return filling.show_check(filling.start(frame))
            answer = filling.send(filling.start(frame))
            trial_room.carry_on(at.trial, at.store, at.office)
            return answer

    @expose("/<key>/try/<trial>/tasks/<task>/sample", methods=("POST",))
    def trial_sample(self, key: str, trial: str, task: str) -> Answer:
        """Fill the whole task with sample answers; nothing is sent yet."""
        with self.filling(key, trial, task) as (at, frame):
            ground = frame.ground
            with ground.unit() as db:
                scene = filling.scene_of(db, frame)
                told_ = of_stories(scene.task.bundle, scene.task.step.id, start=at.trial.begun)
                at.trial.like = request.form.get("story") or next(iter(told_), "")
                kinds = of_kinds(scene.form, at=scene.at, lang=scene.lang, context=scene.task.context)
                found = told_[at.trial.like][1] if at.trial.like in told_ else kinds
                typed = forms.fine(scene.form, {**scene.raw, **_fitting(scene, found)})
                cases.keep_typed(db, at.office, frame.task, typed, page=None, by=scene.task.by, at=at.trial.now)
            trial_room.save(at.trial)
            return redirect(url_for(".trial_task", key=key, trial=trial, task=task), 303)

    @expose("/<key>/try/<trial>/withdraw", methods=("POST",))
    def trial_withdraw(self, key: str, trial: str) -> Answer:
        """The applicant withdraws."""
        with self.standing(key, trial) as at:
            try:
                with at.store.unit() as db:
                    who = people.by_id(db, at.trial.cast[APPLICANT])
                    cases.withdraw(db, at.office, at.trial.case, by=who, at=at.trial.now)
                trial_room.carry_on(at.trial, at.store, at.office)
            except EngineError as error:
                flash(sentence(error.code, error.facts), "note")
            return self.onward(at.trial)

    @expose("/<key>/try/<trial>/files/<file>")
    def trial_file(self, key: str, trial: str, file: str) -> Answer:
        """A file that was sent in the trial, or a letter that was set in it."""
        with self.standing(key, trial) as at, at.store.reading() as db:
            ref, content = documents.open_file(db, at.office.cabinet, readable(file))
        response: Response = send_file(io.BytesIO(content), mimetype=ref.type, as_attachment=True, download_name=ref.name)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @expose("/<key>/try/<trial>/story", methods=("GET", "POST"))
    def trial_story(self, key: str, trial: str) -> Answer:
        """Keep what was done as a story of the draft."""
        form, refusal = NewStory(request.form), ""
        with self.standing(key, trial) as at:
            one = at.trial
            if request.method == "POST" and form.validate():
                try:
                    return self._kept(one, at.store, form)
                except EngineError as error:
                    refusal = why_told(error)
        page = self.page("trial_story", key=key, trial=one, form=form, refusal=refusal)
        return (page, 422) if request.method == "POST" else page

    def _kept(self, one: Trial, store: Store, form: NewStory) -> Answer:
        bundle = trial_room.procedures_of(store, one)
        title = form.title.data or ""
        with store.reading() as db:
            story = stories.told_as_story(db, one, bundle, key="tried", title=title)
        content = stories.written(stories.recorded(bundle, story))
        with unit() as db:
            name = key_of(title, procedures.draft_revs(db, one.key))
            procedures.write_draft(db, one.key, {f"stories/{name}.toml": content}, revs={}, by=me(), at=now())
        return self.done(_("The story “%(title)s” is kept with the draft.", title=title), ".stories", key=one.key)

    @expose("/<key>/try/<trial>/erase", methods=("POST",))
    def trial_erase(self, key: str, trial: str) -> Answer:
        """End the trial; nothing of it stays."""
        with self.standing(key, trial) as at:
            one = at.trial
        trial_room.erase(one)
        flash(_("The trial is erased."), "done")
        return redirect(url_for(".draft", key=key) if self.is_open(key) else url_for(".index"), 303)

    @contextmanager
    def standing(self, key: str, ident: str) -> Iterator[Stand]:
        """An open trial of mine. Raises NotFound."""
        one = trial_room.find(root(), readable(ident), owner=me(), at=now())
        if one.key != key:
            raise NotFound(what="trial")
        with trial_room.opened(one) as (store, office):
            yield Stand(one, store, office)

    @contextmanager
    def filling(self, key: str, ident: str, task: str) -> Iterator[tuple[Stand, Frame]]:
        """A task of a trial, and where its form stands; it is filled by whom of the cast a story would let do it."""
        with self.standing(key, ident) as at:
            with at.store.reading() as db:
                who = trial_room.who_may(db, at.trial, readable(task))
                if who is None:
                    raise NotFound(what="task")
                page = cases.task_page(db, people.account(db, at.trial.cast[who]), task)
            yield at, self.frame(at, who, page)

    def frame(self, at: Stand, who: str, page: cases.TaskPage) -> Frame:
        """Where the forms of a trial stand."""
        address = {"key": at.trial.key, "trial": at.trial.id, "task": page.task.id}
        window = url_for(".trial_page", key=at.trial.key, trial=at.trial.id)
        actor = at.trial.actors[who]
        likes = {key: title for key, (title, _answers) in of_stories(page.bundle, page.step.id, start=at.trial.begun).items()}
        return Frame(
            task=page.task.id,
            page=partial(_page_address, address),
            upload=lambda each: url_for("back_studio.trial_upload", page=each, **address),
            file=lambda file: url_for("back_studio.trial_file", key=at.trial.key, trial=at.trial.id, file=file),
            leave=window,
            done=partial(self._sent, window),
            check=url_for(".trial_check", **address),
            before=window,
            service=page.step.name or page.step.id,
            send_text=N_("Send"),
            page_template="back/trial_fill.html",
            check_template="back/trial_check.html",
            desks=None if who == APPLICANT else frozenset(actor.desks),
            around={"trial": at.trial, "actor": actor, "sample": url_for(".trial_sample", **address), "likes": likes},
            ground=at.ground(who),
        )

    def _sent(self, window: str, _case: Case) -> str:
        return window

    def onward(self, one: Trial) -> Response:
        """Back to the window of the trial."""
        return redirect(url_for(".trial_page", key=one.key, trial=one.id), 303)  # type: ignore[return-value]

    def is_open(self, key: str) -> bool:
        """Whether the draft is still open."""
        with reading() as db:
            return any(each.procedure_key == key for each in procedures.drafts(db))

    def is_changed(self, key: str, one: Trial) -> bool:
        """Whether the draft is another one now than what is tried."""
        with reading() as db:
            try:
                return procedures.fingerprint(procedures.draft_files(db, key)) != one.fingerprint
            except NoDraft:
                return True


def _page_address(address: dict[str, str], page: str, **more: str) -> str:
    return url_for("back_studio.trial_fill", page=page, **address, **more)


def _fitting(scene: filling.Scene, found: dict[str, object]) -> dict[str, object]:
    """Those answers that may be given here; an upload is judged as one that is sent."""
    fitting = {key: value for key, value in found.items() if scene.form.find(key) is not None and scene.may_change(key)}
    for key, value in list(fitting.items()):
        if isinstance(value, Upload):
            try:
                fitting[key] = forms.judged_upload(scene.form, key, value)
            except Invalid:
                del fitting[key]
    return fitting
