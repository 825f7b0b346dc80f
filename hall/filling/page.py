"""One page of a form: showing it, and taking what was typed on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

import forms
from engine import cases, documents
from engine.cases import NotUnique, Prefilled
from engine.store import Session
from forms import Answers, FieldError, Invalid, Page
from hall import identity
from hall.guard import unsent
from hall.sentences import sentence

from .check import finish
from .scene import Scene, Start, scene_of, texts
from .typed import sent, uploads, with_page, without_uploads

BACK_TO_CHECK = "check"
Answer = Response | str | tuple[str, int]


def show_page(start: Start, key: str) -> Answer:
    """The page with what was typed so far; a page that is not asked leads to the first one that is."""
    with start.ground.reading() as db:
        scene = start.scene(db)
        page = scene.page(key)
        if page not in scene.pages and scene.pages:
            return redirect(scene.frame.page((scene.unfinished() or scene.pages[0]).key), 303)
        raw, errors = _given_back(scene, page)
        known = _prefilled(db, scene, page, raw)
        return drawn(scene, page, {**{key: one.raw for key, one in known.items()}, **raw}, errors, known=known)


def _prefilled(db: Session, scene: Scene, page: Page, raw: Mapping[str, Any]) -> Mapping[str, Prefilled]:
    """What is known of a page that the applicant has not seen yet; what they have kept once is theirs, also when it is blank."""
    keys = {one.key for one in page.fields}
    if scene.frame.desks is not None or page.key in scene.task.pages_kept or keys & set(raw):
        return {}
    return cases.prefilled(db, scene.task, keys, by=scene.task.by)


def _given_back(scene: Scene, page: Page) -> tuple[Mapping[str, Any], list[FieldError]]:
    """What was typed so far; or what was sent after the session had ended, to be looked at and sent again."""
    pairs = unsent()
    try:
        posted = forms.decode(pairs) if pairs else None
    except Invalid:
        posted = None
    if posted is None:
        return scene.raw, []
    flash(_("What you had typed before you were signed out is back. Look it over and send it again."), "note")
    return with_page(scene.form, page.key, scene.raw, posted), []


def take_page(start: Start, key: str) -> Answer:
    """Keep what was typed and go on; or the same page with what is wrong (422). One unit, so both is kept or neither.

    When somebody else sends the same unique answer between the check and the sending, the page is taken once more: now its check knows.
    """
    try:
        posted: Mapping[str, Any] | Invalid = sent()
    except Invalid as wrong:
        posted = wrong
    try:
        return _taken(start, key, posted)
    except NotUnique:
        return _taken(start, key, posted)


def _taken(start: Start, key: str, posted: Mapping[str, Any] | Invalid) -> Answer:
    with start.ground.unit() as db:
        scene = start.scene(db)
        frame, page = scene.frame, scene.page(key)
        if isinstance(posted, Invalid):
            return drawn(scene, page, scene.raw, posted.errors)
        button = forms.pressed(request.form.items(multi=True))
        if over := _over_quota(db, scene, posted):
            raw = with_page(scene.form, key, scene.raw, without_uploads(posted))
            keep(db, scene, page, raw)
            return drawn(scene, page, raw, over)
        raw = with_page(scene.form, key, scene.raw, posted)
        if button is not None:
            keep(db, scene, page, forms.press(scene.form, raw, button))
            return redirect(frame.page(key, **_back()) + f"#f-{button.path}", 303)
        if "_shared" in request.form:
            keep(db, scene, page, raw)
            shared_device(request.form["_shared"] == "yes")
            return redirect(frame.page(key, **_back()), 303)
        if "_later" in request.form:
            keep(db, scene, page, raw)
            flash(_("Your answers are kept. You can go on whenever you like."), "done")
            return redirect(frame.leave, 303)
        return _checked(db, scene, page, posted, raw)


def shared_device(yes: bool) -> None:
    """What the person says of this phone or computer, and what follows from it."""
    identity.share(yes)
    flash(
        _("This is a shared device now: nothing you type stays in this browser. Sign out when you have finished.")
        if yes
        else _("This is your own device now: what you type and have not sent yet is kept in this browser."),
        "done",
    )


def _over_quota(db: Session, scene: Scene, posted: Mapping[str, Any]) -> list[FieldError]:
    """A fault at every file when they are together more than this person may still upload today."""
    size, ground = sum(each.size for each in uploads(posted)), scene.frame.ground
    try:
        if size:
            documents.ask_for_room(db, ground.office().cabinet, size, by=ground.me(), at=ground.now())
    except documents.QuotaUsed as used:
        said = sentence(used.code, used.facts)
        return [FieldError(name, "quota", {"say": {"id": said, "en": said}}) for name, value in posted.items() if any(uploads(value))]
    return []


def _checked(db: Session, scene: Scene, page: Page, posted: Mapping[str, Any], raw: Mapping[str, Any]) -> Answer:
    found = _correct(db, scene, page, posted, raw) if scene.corrects else _save(db, scene, page, posted, raw)
    db.flush()
    scene = scene_of(db, scene.frame, cases.task_page(db, scene.task.by, scene.frame.task))
    if not isinstance(found, Answers) and found:
        return drawn(scene, page, scene.raw, found)
    if isinstance(found, Answers) and not forms.confirms(request.form.items(multi=True), found):
        return drawn(scene, page, scene.raw, [], doubted=found)
    return _onward(db, scene, page)


def _save(db: Session, scene: Scene, page: Page, posted: Mapping[str, Any], raw: Mapping[str, Any]) -> Sequence[FieldError] | Answers:
    try:
        answers = scene.check(posted, page=page.key)
    except Invalid as wrong:
        keep(db, scene, page, raw)
        return wrong.errors
    ground = scene.frame.ground
    cases.save_page(db, ground.office(), scene.frame.task, page.key, answers, by=scene.task.by, at=ground.now())
    return answers


def _correct(db: Session, scene: Scene, page: Page, posted: Mapping[str, Any], raw: Mapping[str, Any]) -> Sequence[FieldError]:
    """In a correction the whole form is checked against what it was, so that nothing but the marked answers can change."""
    own = {one.key for one in page.fields}
    strange = [FieldError(key, "undeclared") for key in posted if key not in own]
    fixed = {key: value for key, value in (scene.task.before or {}).items() if key in own and not scene.may_change(key)}
    try:
        scene.check({**fixed, **raw})
        wrong: tuple[FieldError, ...] = ()
    except Invalid as refused:
        wrong = refused.errors
    keep(db, scene, page, {**raw, **fixed})
    return (*(error for error in wrong if _is_here(scene, page, error)), *strange)


def _is_here(scene: Scene, page: Page, error: FieldError) -> bool:
    place = scene.page_of(error.path)
    return place is None or place.key == page.key


def _onward(db: Session, scene: Scene, page: Page) -> Response:
    frame = scene.frame
    if request.args.get("back") == BACK_TO_CHECK and frame.check:
        open_page = scene.unfinished()
        return redirect(frame.page(open_page.key, back=BACK_TO_CHECK) if open_page else frame.check, 303)
    following = scene.following(page)
    if following is not None:
        return redirect(frame.page(following.key), 303)
    if frame.check:
        return redirect(frame.check, 303)
    open_page = scene.unfinished()
    return redirect(frame.page(open_page.key), 303) if open_page else finish(db, scene)


def keep(db: Session, scene: Scene, page: Page, raw: Mapping[str, Any]) -> None:
    """Keep what was typed as it is, and the files that are fine by themselves."""
    ground, typed = scene.frame.ground, forms.fine(scene.form, raw)
    cases.keep_typed(db, ground.office(), scene.frame.task, typed, page=page.key, by=scene.task.by, at=ground.now())


def drawn(
    scene: Scene,
    page: Page,
    raw: Mapping[str, Any],
    errors: Sequence[FieldError],
    *,
    doubted: Answers | None = None,
    known: Mapping[str, Prefilled] | None = None,
) -> Answer:
    """The page as HTML: 422 when something on it is wrong; with the warnings of `doubted`, to be confirmed.

    The officer's reasons stand beside their questions until there is an error.
    """
    said = {error.path for error in errors}
    reasons = [reason for reason in scene.reasons(page) if reason.path not in said]
    number, steps = scene.place(page)
    html = render_template(
        scene.frame.page_template,
        frame=scene.frame,
        scene=scene,
        page=page,
        number=number,
        steps=steps,
        questions=questions(scene, page, raw, [*errors, *reasons], doubted.warnings if doubted else (), known or {}),
        doubts=texts(scene, doubted.warnings) if doubted else [],
        doubt=doubted.doubt if doubted else "",
        errors=texts(scene, errors),
        reasons=[] if errors else texts(scene, reasons),
        back=_before(scene, page),
        action=scene.frame.page(page.key, **_back()),
        last=scene.following(page) is None and not scene.frame.check,
        **scene.frame.around,
    )
    return (html, 422) if errors else html


def questions(
    scene: Scene,
    page: Page,
    raw: Mapping[str, Any],
    errors: Sequence[FieldError],
    warnings: Sequence[FieldError] = (),
    known: Mapping[str, Prefilled] | None = None,
) -> Markup:
    """The questions of a page with what was typed."""
    task = scene.task
    return forms.render(
        scene.form,
        page.key,
        raw=raw,
        lang=scene.lang,
        context=task.context,
        errors=errors,
        kept=task.kept,
        beside=task.beside,
        only=sorted(task.only) if task.only is not None else None,
        before=task.before,
        file_url=scene.frame.file,
        at=scene.at,
        warnings=warnings,
        desks=scene.frame.desks,
        prefilled={key: one.source for key, one in (known or {}).items()},
    )


def _before(scene: Scene, page: Page) -> str | None:
    frame = scene.frame
    if request.args.get("back") == BACK_TO_CHECK and frame.check:
        return frame.check
    previous = scene.previous(page)
    return frame.page(previous.key) if previous else frame.overview or frame.before


def _back() -> dict[str, str]:
    return {"back": BACK_TO_CHECK} if request.args.get("back") == BACK_TO_CHECK else {}
