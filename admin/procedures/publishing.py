"""Publishing a folder: its findings, its stories, and the button, in this order. What is red does not pass."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Form, StringField
from wtforms.validators import Length

from admin.frame import Answer, Part, me
from engine import procedures
from engine.procedures import BadBundle, Bundle, Version
from engine.stories import BadStory
from hall import now, reading, unit

from . import folders
from .folders import Folder


class Note(Form):
    """What changed."""

    note = StringField(lazy_gettext("What changed"), [Length(max=500, message=lazy_gettext("Use at most 500 letters."))])


class Publishing(Part):
    """The folders that can be published."""

    title, group, address = lazy_gettext("Publish from a folder"), lazy_gettext("Procedures"), "publish"

    @expose("/")
    def index(self) -> Answer:
        """Every folder with its state."""
        found = list(folders.folders())
        with reading() as db:
            current = {each.bundle.key: procedures.current(db, each.bundle.key) for each in found if each.bundle}
        return self.page("folders", folders=[(each, self._state(each, current)) for each in found])

    def _state(self, folder: Folder, current: dict[str, Version | None]) -> str:
        if folder.stops or folder.bundle is None:
            return "wrong"
        version = current.get(folder.bundle.key)
        if version is None:
            return "new"
        return "same" if version.fingerprint == folder.bundle.fingerprint else "changed"

    @expose("/<folder>")
    def show(self, folder: str) -> Answer:
        """One folder: what is wrong, how its stories went, and publishing."""
        return self._page(self._folder(folder), Note())

    @expose("/<folder>/stories", methods=("POST",))
    def stories(self, folder: str) -> Answer:
        """Play its stories, then show them."""
        bundle = self._sound(self._folder(folder))
        try:
            folders.play(bundle)
        except BadStory as bad:
            flash(str(bad), "note")
        return redirect(url_for(".show", folder=folder) + "#stories", 303)

    @expose("/<folder>/publish", methods=("POST",))
    def publish(self, folder: str) -> Answer:
        """Publish, when the checks and all stories are fine."""
        chosen, form = self._folder(folder), Note(request.form)
        if chosen.stops or chosen.bundle is None or not form.validate():
            return self._page(chosen, form, refused=bool(chosen.stops))
        try:
            if not all(each.ok for each in folders.play(chosen.bundle)):
                return self._page(chosen, form, refused=True)
            with unit() as db:
                version = procedures.publish(db, chosen.bundle, by=me(), at=now(), note=form.note.data or "", actions=folders.written())
        except BadBundle as bad:
            return self._page(Folder(chosen.name, chosen.bundle, tuple(bad.findings)), form, refused=True)
        except BadStory as bad:
            flash(str(bad), "note")
            return self._page(chosen, form, refused=True)
        text = _("Version %(number)s is what new applications begin with from now on.", number=version.number)
        return self.done(text, "back_procedures.show", key=chosen.bundle.key)

    def _page(self, folder: Folder, form: Note, *, refused: bool = False) -> Answer:
        told = folders.told(folder.bundle) if folder.bundle else None
        with reading() as db:
            version = procedures.current(db, folder.bundle.key) if folder.bundle else None
        shown = {"sentence": procedures.sentence, "level": procedures.level}
        page = self.page("folder", folder=folder, form=form, told=told, refused=refused, version=version, **shown)
        return (page, 422) if refused or form.errors else page

    def _folder(self, name: str) -> Folder:
        try:
            return folders.folder(name)
        except KeyError:
            abort(404)

    def _sound(self, folder: Folder) -> Bundle:
        if folder.bundle is None or folder.stops:
            abort(409)
        return folder.bundle
