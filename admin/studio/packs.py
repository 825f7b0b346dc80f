"""Procedures as files that offices exchange: sending one out, and taking one in after everything it brings was shown."""

from __future__ import annotations

import io
import re
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from flask import Response, redirect, request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext as _

from admin.frame import Answer, Part, me, readable
from admin.procedures.folders import findings_of
from engine import procedures
from engine.procedures import LARGEST_PACK, BadBundle, NoDraft, Pack
from engine.store import EngineError, NotFound, Session, new_id
from hall import hands, now, reading, sentence, unit

from . import told
from .naming import name_of

LASTS = timedelta(hours=24)
_ID = re.compile(r"[0-9A-Z]{26}\Z")


class Packs(Part):
    """Export and import."""

    @expose("/<key>/export")
    def export(self, key: str) -> Answer:
        """The draft as one file; when it cannot be read, its findings instead."""
        with reading() as db:
            try:
                bundle = procedures.draft_bundle(db, readable(key))
            except NoDraft:
                raise NotFound(what="draft") from None
            except BadBundle:
                return redirect(url_for(".draft", key=key) + "#findings", 303)
        return packed(procedures.export_pack(bundle), f"{key}-{bundle.fingerprint[:8]}")

    @expose("/import", methods=("GET", "POST"))
    def take_in(self) -> Answer:
        """Choose the file; it is judged at once, and nothing of it is written into a procedure."""
        refusal = ""
        if request.method == "POST":
            try:
                data = sent()
                procedures.read_pack(data)
                return redirect(url_for(".brought", pack=kept(data)), 303)
            except EngineError as error:
                refusal = sentence(error.code, error.facts)
        page = self.page("pack_choose", refusal=refusal)
        return (page, 422) if refusal else page

    @expose("/import/<pack>", methods=("GET", "POST"))
    def brought(self, pack: str) -> Answer:
        """What it brings, file by file and in words; POST takes it into a draft."""
        path = place() / f"{readable(pack)}.pack"
        if not _ID.match(pack) or not path.is_file():
            raise NotFound(what="file")
        brings = procedures.read_pack(path.read_bytes())
        refusal = ""
        if request.method == "POST":
            try:
                with unit() as db:
                    keep = frozenset(name.removeprefix("of.") for name, side in request.form.items() if side == "ours")
                    procedures.import_pack(db, brings, keep=keep, by=me(), at=now())
                path.unlink(missing_ok=True)
                return self.done(_("It is taken into the draft. Nothing is published yet."), ".draft", key=brings.key)
            except EngineError as error:
                refusal = sentence(error.code, error.facts)
        with reading() as db:
            page = self.shown(db, brings, refusal)
        return (page, 422) if refusal else page

    def shown(self, db: Session, brings: Pack, refusal: str) -> str:
        """The page of what a pack brings."""
        own = procedures.ours(db, brings.key)
        findings, differs = (), None
        try:
            theirs = procedures.read_files(brings.files)
            findings = findings_of(theirs)
            with suppress(BadBundle):
                differs = procedures.differences(procedures.read_files(own), theirs) if own else None
        except BadBundle as bad:
            findings = tuple(bad.findings)
        return self.page(
            "pack",
            pack=brings,
            files=procedures.brought(brings.files, own),
            has_ours=bool(own),
            name=name_of(db, brings.key),
            findings=told.plain(findings),
            differs=differs,
            refusal=refusal,
            place=lambda _key, _place: None,
        )


def sent() -> bytes:
    """The file of the request, no further than a pack may be large."""
    file = request.files.get("pack")
    if file is None:
        return b""
    with closing(file):
        return file.read(LARGEST_PACK + 1)


def kept(data: bytes) -> str:
    """Lay a pack aside until somebody has looked at it; gives its id. Those nobody has come back to are thrown away."""
    folder = place()
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    for old in folder.glob("*.pack"):
        if old.stat().st_mtime < (now() - LASTS).timestamp():
            old.unlink(missing_ok=True)
    ident = new_id()
    (folder / f"{ident}.pack").write_bytes(data)
    return ident


def place() -> Path:
    """Where packs of the person signed in wait."""
    return hands().settings.home / "packs" / me()


def packed(data: bytes, name: str) -> Response:
    """A pack as a download."""
    response = send_file(io.BytesIO(data), mimetype="application/zip", as_attachment=True, download_name=f"{name}.loket.zip")
    response.headers["Cache-Control"] = "no-store"
    return response
