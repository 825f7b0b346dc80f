"""Moving open applications to a version: choose it, read the plan, confirm, watch it happen, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select
from wtforms import Form

from admin.beside import look
from admin.deed import Deed, ask
from admin.frame import Answer, Part, found, me, readable
from engine import cases, people, procedures
from engine.cases import Move, Plan
from engine.procedures import Version
from engine.procedures.tables import Procedure
from engine.store import EngineError, Session
from hall import now, office, reading, sentence, unit

SHOWN = 50


class Moving(Part):
    """The newest moves, and the pages of each; a new one begins at the versions of its procedure."""

    title, group, address = lazy_gettext("Moves of applications"), lazy_gettext("Procedures"), "moving"

    @expose("/")
    def index(self) -> Answer:
        """The newest moves of the office."""
        with reading() as db:
            rows = cases.moves_of(db, limit=SHOWN)
            versions = {each.version_id: found(db.get(Version, each.version_id)) for each in rows}
            beside = look(db, people={each.by for each in rows}, versions=set(versions))
            return self.page("moves", rows=rows, versions=versions, beside=beside)

    @expose("/<key>/<int:number>")
    def plan(self, key: str, number: int) -> Answer:
        """What would happen to every open application of the other versions; `name.<step>` in the address renames a step."""
        with reading() as db:
            version = _version(db, key, number)
            names = _names(request.args)
            planned = cases.plan_move(db, office(), key, version.id, at=now(), names=names)
            page = min(max(request.args.get("page", 1, type=int), 1), max(-(-len(planned.lines) // SHOWN), 1))
            return self.page(
                "move_plan",
                version=version,
                bundle=procedures.bundle_of(db, version.id),
                plan=planned,
                names=names,
                missing=_missing(planned),
                steps=_steps(db, version),
                lines=planned.lines[(page - 1) * SHOWN : page * SHOWN],
                number=page,
                pages=max(-(-len(planned.lines) // SHOWN), 1),
                said=said,
            )

    @expose("/<key>/<int:number>/go", methods=("GET", "POST"))
    def go(self, key: str, number: int) -> Answer:
        """Move them."""
        with reading() as db:
            version = _version(db, key, number)
        names = _names(request.args)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                going = cases.move(db, key, version.id, names=names, by=people.by_id(db, me()), at=now())
            return redirect(url_for(".progress", move=going.id), 303)

        says = (
            _(
                "Every open application that can, goes on with version %(number)s, with its own number and deadlines.",
                number=number,
            ),
            _("Applications that cannot stay as they are; the list says why. You can take the move back afterwards."),
        )
        title = _("Move the open applications to version %(number)s?", number=number)
        return ask(self, Deed(title, _("Move them"), url_for(".plan", key=key, number=number, **request.args), says), do)

    @expose("/job/<move>")
    def progress(self, move: str) -> Answer:
        """How far it is; a button looks again."""
        with reading() as db:
            try:
                told = cases.progress_of(db, readable(move))
            except EngineError:
                found(None)
            verdict = request.args.get("show", "")
            page = cases.lines_of(db, move, verdict=verdict, after=request.args.get("after"))
            version = found(db.get(Version, told.move.version_id))
            beside = look(db, cases=[line.case_id for line in page.rows], people=[told.move.by])
            bundle = procedures.bundle_of(db, version.id)
            return self.page("move_job", told=told, version=version, bundle=bundle, lines=page, show=verdict, beside=beside, said=said)

    @expose("/job/<move>/undo", methods=("GET", "POST"))
    def undo(self, move: str) -> Answer:
        """Put them back."""
        with reading() as db:
            found(db.get(Move, readable(move)))

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                cases.undo_move(db, move, by=people.by_id(db, me()), at=now())
            return redirect(url_for(".progress", move=move), 303)

        says = (
            _("Every application that nobody has worked on since goes back to the version it had, just as it was."),
            _("Those that somebody has worked on stay in the new version; the list says which."),
        )
        return ask(self, Deed(_("Take the move back?"), _("Take it back"), url_for(".progress", move=move), says, grave=True), do)


def _version(db: Session, key: str, number: int) -> Version:
    found(db.get(Procedure, readable(key)))
    asked = select(Version).where(Version.procedure_key == key, Version.number == min(number, 2**31 - 1))
    version: Version = found(db.scalar(asked))
    return version


def _names(given: Mapping[str, str]) -> dict[str, str]:
    """{old step: new step} of an address or a form."""
    pairs = ((key.removeprefix("name."), readable(value)) for key, value in given.items() if key.startswith("name."))
    return {readable(old): new for old, new in pairs if new}


def _missing(plan: Plan) -> dict[str, str]:
    """Steps at which applications stand and that the version does not have: id and name."""
    lacking = [reason for reason, _times in plan.reasons if reason.code == "move.no_step"]
    return {str(reason.facts["id"]): str(reason.facts["name"]) for reason in lacking}


def _steps(db: Session, version: Version) -> list[tuple[str, str]]:
    process = procedures.bundle_of(db, version.id).process
    return [
        (step, process.steps[step].name or step)
        for step in process.order
        if process.steps[step].waits or process.steps[step].kind == "timer"
    ]


def said(reason: Any) -> str:
    """A reason (or one as it is kept) in the reader's language."""
    plain = reason if isinstance(reason, Mapping) else reason.plain
    return sentence(plain["code"], plain["facts"])
