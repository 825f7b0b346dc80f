"""Earlier states of a draft's files: every state that was ever saved can be looked at, and had back."""

from __future__ import annotations

from flask import url_for
from flask_admin import expose
from flask_babel import gettext as _

from admin.deed import Deed, ask
from admin.frame import Answer, Part, me, readable
from engine import procedures
from engine.procedures import NoDraft, NoFile, Revision
from engine.store import NotFound, Session
from hall import formats, now, reading, unit

from .naming import name_of

MOST = 200


class Earlier(Part):
    """The history of a draft."""

    @expose("/<key>/earlier/")
    def earlier(self, key: str) -> Answer:
        """Every file there ever was in the draft: who changed it last, and whether it was taken out."""
        with reading() as db:
            try:
                files = procedures.draft_newest(db, readable(key))
            except NoDraft:
                raise NotFound(what="draft") from None
            return self.page("studio_earlier", key=key, name=name_of(db, key), files=files, names=_names(db, files))

    @expose("/<key>/earlier/<path:file>")
    def earlier_states(self, key: str, file: str) -> Answer:
        """Every state of one file, the newest first."""
        with reading() as db:
            states = _states(db, key, file)
            shown = states[:MOST]
            return self.page("studio_states", key=key, file=file, states=shown, names=_names(db, shown), more=len(states) - len(shown))

    @expose("/<key>/earlier/<int:rev>/<path:file>", methods=("GET", "POST"))
    def have_back(self, key: str, rev: int, file: str) -> Answer:
        """Write an earlier state again, as a new one."""
        with reading() as db:
            state = next((each for each in _states(db, key, file) if each.rev == rev and not each.gone), None)
        if state is None:
            raise NotFound(what="file")
        says = (_("The file is as it was then. Every state in between stays in the history, too."),)
        title = _("Have %(file)s of %(when)s back?", file=file, when=formats.moment(state.at))
        deed = Deed(title, _("Have it back"), url_for(".earlier_states", key=key, file=file), says)

        def do(_form: object) -> Answer:
            with unit() as db:
                procedures.undo_draft(db, key, file, to=rev, by=me(), at=now())
            return self.done(_("The earlier state is back."), ".draft", key=key)

        return ask(self, deed, do)


def _states(db: Session, key: str, file: str) -> tuple[Revision, ...]:
    """Raises NotFound for a file that was never there."""
    try:
        states = procedures.draft_history(db, readable(key), readable(file))
    except (NoDraft, NoFile):
        states = ()
    if not states:
        raise NotFound(what="file")
    return states


def _names(db: Session, states: tuple[Revision, ...]) -> dict[str, str]:
    """Who changed what, by id."""
    return {each: procedures.who(db, each) for each in {state.by for state in states}}
