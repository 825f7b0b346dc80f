"""Procedures, every version of one, and everything that a version is made of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, func, select
from wtforms import Form, TextAreaField
from wtforms.validators import DataRequired, Length

from admin import plain
from admin.beside import Beside, look
from admin.cells import NONE, link, tag, time_tag
from admin.deed import Deed, ask
from admin.frame import Answer, found, me, readable
from admin.keyset import Order
from admin.listing import Column, Link, Listing
from engine import cases, people, procedures
from engine.cases import Case
from engine.people.tables import Desk
from engine.procedures import Bundle, Version
from engine.procedures.tables import Procedure
from engine.store import Session
from hall import formats, now, reading, unit

from .folders import findings_of, written


class Why(Form):
    """Why an earlier version is offered again."""

    note = TextAreaField(
        lazy_gettext("Why"),
        [DataRequired(lazy_gettext("Say why.")), Length(max=500, message=lazy_gettext("Use at most 500 letters."))],
    )


def running(db: Session, versions: Iterable[str]) -> dict[str, int]:
    """How many cases run on each version (drafts too). Reads the small index of running cases only."""
    asked = select(Case.version_id, func.count()).where(Case.ended_at.is_(None), Case.version_id.in_(set(versions)))
    return dict(db.execute(asked.group_by(Case.version_id)).all())


def name_cell(row: Procedure, beside: Beside) -> object:
    """The procedure's name, linked to its versions."""
    bundle = beside.bundles.get(row.current_version_id or "")
    name = formats.words(dict(bundle.about.name)) if bundle else row.key
    return link(url_for("back_procedures.show", key=row.key), name)


def version_cell(row: Procedure, beside: Beside) -> object:
    """The number of the current version."""
    current = beside.more["current"].get(row.current_version_id)
    return link(url_for("back_procedures.version", key=row.key, number=current.number), current.number) if current else NONE


def published_cell(row: Procedure, beside: Beside) -> object:
    """When the current version was published."""
    current = beside.more["current"].get(row.current_version_id)
    return time_tag(current.published_at, formats.brief) if current else NONE


def state_cell(row: Procedure, beside: Beside) -> object:
    """Whether new applications can be made."""
    return tag(_("Withdrawn"), "closed") if row.withdrawn_at else tag(_("Offered"), "done")


def _empty(db: Session, bundle: Bundle) -> list[Desk]:
    """Desks of a procedure at which nobody sits."""
    named = {desk for step in bundle.process.steps.values() for desk in step.desks} - {people.APPLICANT}
    return list(people.empty_desks(db, named))


class Procedures(Listing):
    """Procedures with their current version."""

    model = Procedure
    title, group, address = lazy_gettext("Procedures"), lazy_gettext("Procedures"), "procedures"
    about = lazy_gettext("A published version never changes, and every application keeps the version it began with.")
    nothing = lazy_gettext("No procedure was published yet.")
    order = Order((Procedure.key,), last_first=False)
    links = (Link("back_publish.index", lazy_gettext("Publish a folder")),)
    columns = (
        Column(lazy_gettext("Procedure"), name_cell),
        Column(lazy_gettext("Version"), version_cell),
        Column(lazy_gettext("Published"), published_cell),
        Column(lazy_gettext("Running applications"), lambda row, beside: formats.number(beside.more["running"].get(row.key, 0))),
        Column(lazy_gettext("State"), state_cell),
    )

    def query(self) -> Select[Any]:
        return select(Procedure)

    def beside(self, db: Session, rows: Sequence[Procedure]) -> Beside:
        """Current versions with their bundles, and the running cases of all versions of these procedures."""
        keys, ids = [row.key for row in rows], [row.current_version_id for row in rows if row.current_version_id]
        current = {each.id: each for each in db.scalars(select(Version).where(Version.id.in_(ids)))}
        owned = select(Version.id, Version.procedure_key).where(Version.procedure_key.in_(keys))
        owners = dict(db.execute(owned).all())
        counts: dict[str, int] = {}
        for version, count in running(db, owners).items():
            counts[owners[version]] = counts.get(owners[version], 0) + count
        return look(db, versions=ids, more={"current": current, "running": counts})

    @expose("/<key>")
    def show(self, key: str) -> Answer:
        """One procedure: every version, newest first, with the cases that run on it."""
        with reading() as db:
            procedure = found(db.get(Procedure, readable(key)))
            versions = procedures.versions(db, key)
            beside = look(db, people={each.published_by for each in versions}, versions=[each.id for each in versions[:1]])
            cases_on = running(db, [each.id for each in versions])
            current = next((each for each in versions if each.id == procedure.current_version_id), None)
            return self.page(
                "procedure",
                procedure=procedure,
                versions=versions,
                running=cases_on,
                current=current,
                others=sum(count for version, count in cases_on.items() if version != procedure.current_version_id),
                moves=cases.moves_of(db, key),
                numbers={each.id: each.number for each in versions},
                bundle=beside.bundles.get(versions[0].id) if versions else None,
                beside=beside,
                empty=_empty(db, procedures.bundle_of(db, current.id)) if current and not procedure.withdrawn_at else [],
                draft=any(each.procedure_key == key for each in procedures.drafts(db)),
            )

    @expose("/<key>/<int:number>")
    def version(self, key: str, number: int) -> Answer:
        """One version: who published it, its fingerprint, its files, and what today's checks say of it."""
        with reading() as db:
            asked = select(Version).where(Version.procedure_key == readable(key), Version.number == min(number, 2**31 - 1))
            version = found(db.scalar(asked))
            bundle = procedures.bundle_of(db, version.id)
            current = procedures.current(db, key)
            return self.page(
                "version",
                version=version,
                bundle=bundle,
                is_current=current is not None and current.id == version.id,
                running=running(db, [version.id]).get(version.id, 0),
                files=[(name, len(content)) for name, content in sorted(bundle.files.items())],
                findings=findings_of(bundle),
                sentence=procedures.sentence,
                level=procedures.level,
                beside=look(db, people=[version.published_by]),
            )

    @expose("/<key>/<int:number>/send")
    def send_out(self, key: str, number: int) -> Answer:
        """One version as the file that offices exchange."""
        with reading() as db:
            version = found(next((each for each in procedures.versions(db, readable(key)) if each.number == number), None))
            data = procedures.export_pack(procedures.bundle_of(db, version.id))
        name = f"{key}-{version.fingerprint[:8]}.loket.zip"
        return send_file(io.BytesIO(data), mimetype="application/zip", as_attachment=True, download_name=name)  # type: ignore[return-value]

    @expose("/<key>/compare")
    def compare(self, key: str) -> Answer:
        """What version `?to=` differs in from version `?from=` (by default: the current one from the one before it)."""
        with reading() as db:
            known = {each.number: each for each in procedures.versions(db, readable(key))}
            newest = max(known, default=0)
            new = found(known.get(request.args.get("to", newest, type=int)))
            old = found(known.get(request.args.get("from", max(new.number - 1, 1), type=int)))
            before, now_ = procedures.bundle_of(db, old.id), procedures.bundle_of(db, new.id)
            differs = procedures.differences(before, now_)
            return self.page("compare", key=key, old=old, new=new, numbers=sorted(known, reverse=True), bundle=now_, differs=differs)

    @expose("/<key>/<int:number>/again", methods=("GET", "POST"))
    def again(self, key: str, number: int) -> Answer:
        """Go back: an earlier version is what new applications begin with again."""
        with reading() as db:
            version = found(next((each for each in procedures.versions(db, readable(key)) if each.number == number), None))
            bundle = procedures.bundle_of(db, version.id)
        form = Why(request.form)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                procedures.publish(db, bundle, by=me(), at=now(), note=form.note.data or "", actions=written())
            return self.done(_("New applications begin with version %(number)s again.", number=number), ".show", key=key)

        says = (
            _("New applications begin with it from now on. Today's checks must still find it sound."),
            _("Applications that run keep the version they began with; those of the mistaken version can be moved afterwards."),
        )
        title = _("Go back to version %(number)s?", number=number)
        return ask(self, Deed(title, _("Go back to it"), url_for(".show", key=key), says), do, form)

    @expose("/<key>/take-back", methods=("GET", "POST"))
    def take_back(self, key: str) -> Answer:
        """Take back what was announced for later."""
        self._known(key)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                procedures.take_back(db, key, by=me(), at=now())
            return self.done(_("It will not take effect."), ".show", key=key)

        says = (_("New applications go on beginning with the version that is offered now. The announced version stays in the list."),)
        return ask(self, Deed(_("Take the announced version back?"), _("Take it back"), url_for(".show", key=key), says), do)

    @expose("/<key>/<int:number>/plain")
    def plain(self, key: str, number: int) -> Answer:
        """A version as plain text."""
        with reading() as db:
            asked = select(Version).where(Version.procedure_key == readable(key), Version.number == min(number, 2**31 - 1))
            bundle = procedures.bundle_of(db, found(db.scalar(asked)).id)
            return plain.told(self, bundle, leave=url_for(".version", key=key, number=number), name=bundle.about.name)

    @expose("/<key>/withdraw", methods=("GET", "POST"))
    def withdraw(self, key: str) -> Answer:
        """Offer it to nobody any more."""
        self._known(key)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                procedures.withdraw(db, key, by=me(), at=now())
            return self.done(_("%(key)s is withdrawn. Running applications go on.", key=key), ".show", key=key)

        says = (
            _("Nobody can make a new application any more. Applications that run go on in the version they began with."),
            _("You can offer it again later."),
        )
        return ask(self, Deed(_("Withdraw %(key)s?", key=key), _("Withdraw"), url_for(".show", key=key), says, grave=True), do)

    @expose("/<key>/offer", methods=("GET", "POST"))
    def offer(self, key: str) -> Answer:
        """Offer a withdrawn one again."""
        self._known(key)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                procedures.offer_again(db, key, by=me(), at=now())
            return self.done(_("%(key)s is offered again.", key=key), ".show", key=key)

        says = (_("From now on people can apply for it again, in the version that was current."),)
        return ask(self, Deed(_("Offer %(key)s again?", key=key), _("Offer again"), url_for(".show", key=key), says), do)

    def _known(self, key: str) -> None:
        with reading() as db:
            found(db.get(Procedure, readable(key)))
