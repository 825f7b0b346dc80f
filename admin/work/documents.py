"""Documents the office has issued, and revoking one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from wtforms import Form, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.beside import Beside, look
from admin.cells import case, day, link, moment, tag
from admin.deed import Deed, ask
from admin.frame import Answer, found, me, readable
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine import documents
from engine.documents import Document
from engine.store import Session
from hall import now, reading, today, unit


class Reason(Form):
    """Why a document is revoked."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [
            DataRequired(lazy_gettext("Enter the reason; everybody who checks the document reads it.")),
            Length(max=500, message=lazy_gettext("Use at most 500 letters.")),
        ],
    )


def number_cell(row: Document, beside: Beside) -> object:
    """The document's number, linked to its page."""
    return link(url_for("back_documents.show", document=row.id), row.number)


def state_of(row: Document) -> tuple[str, str]:
    """The state today, in words, and the kind of its tag."""
    return {
        "valid": (_("Valid"), "done"),
        "not_yet": (_("Not valid yet"), "waiting"),
        "expired": (_("Expired"), "closed"),
        "revoked": (_("Revoked"), "refused"),
    }[row.status(today())]


class Documents(Listing):
    """Documents, newest first."""

    model = Document
    title, group, address = lazy_gettext("Documents"), lazy_gettext("Work"), "documents"
    order = Order((Document.id,))
    shows = (
        Show("all", lazy_gettext("All")),
        Show("revoked", lazy_gettext("Revoked"), (Document.revoked_at.is_not(None),)),
    )
    search_text = lazy_gettext("Document number, or the code on it")
    nothing = lazy_gettext("No document like this.")
    columns = (
        Column(lazy_gettext("Number"), number_cell),
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("Issued"), moment("issued_at")),
        Column(lazy_gettext("Valid until"), day("valid_until")),
        Column(lazy_gettext("State"), lambda row, beside: tag(*state_of(row))),
    )

    def query(self) -> Select[Any]:
        return select(Document)

    def found(self, db: Session, text: str) -> Sequence[Any]:
        """By the code on the paper, else by the beginning of the number; both over an index."""
        known = documents.by_code(db, text)
        return (Document.id == known.id,) if known else (Document.number >= text, Document.number < text + "\U0010ffff")

    def beside(self, db: Session, rows: Sequence[Document]) -> Beside:
        return look(db, cases={row.case_id for row in rows})

    @expose("/<document>")
    def show(self, document: str) -> Answer:
        """One document."""
        with reading() as db:
            row = self._one(db, document)
            beside = look(db, cases=[row.case_id], people=[row.issued_by])
        return self.page("document", document=row, beside=beside, state=state_of(row), case=case()(row, beside))

    @expose("/<document>/revoke", methods=("GET", "POST"))
    def revoke(self, document: str) -> Answer:
        """Revoke it for a reason that the public check shows."""
        with reading() as db:
            row = self._one(db, document)

        def do(form: Any) -> Answer:
            with unit() as db:
                documents.revoke(db, row.id, reason=form.reason.data.strip(), by=me(), at=now())
            return self.done(_("%(number)s is revoked. Whoever checks it reads your reason.", number=row.number), ".show", document=row.id)

        says = (_("This cannot be undone. From now on the public check says that the document is revoked, when and why."),)
        words = Deed(_("Revoke %(number)s?", number=row.number), _("Revoke"), url_for(".show", document=row.id), says, grave=True)
        return ask(self, words, do, Reason(request.form))

    def _one(self, db: Session, ident: str) -> Document:
        row: Document = found(db.get(Document, readable(ident)))
        return row
