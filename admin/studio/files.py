"""The files of a draft over HTTP: read with their state as ETag, written when that state is still the newest, and their history.

`PUT` needs `If-Match: "<state>"` (or `If-None-Match: *` for a new file): 428 without, 412 with who wrote and when if somebody did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask import Response, abort, jsonify, request
from flask_admin import expose
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from admin.frame import Answer, Part, me, readable
from engine import procedures
from engine.procedures import NoDraft, NoFile, Stale
from engine.store import EngineError, Session
from hall import formats, now, reading, sentence, unit
from hall.sentences import refusal

from . import told

TYPES: dict[str, str] = {"json": "application/json", "bpmn": "application/xml", "dmn": "application/xml"}
Json = dict[str, Any]


class Files(Part):
    """Reading and writing."""

    csrf_header: ClassVar[str] = "X-CSRFToken"

    @expose("/<key>/files/<path:file>", methods=("GET",))
    def read_file(self, key: str, file: str) -> Answer:
        """One file as it is now, or as it was in the state `?rev=`."""
        rev = request.args.get("rev", type=int)
        try:
            with reading() as db:
                content, state = procedures.draft_file(db, readable(key), readable(file), rev=rev)
        except (NoDraft, NoFile):
            abort(404)
        kind = TYPES.get(file.rpartition(".")[2], "text/plain; charset=utf-8")
        response = Response(content, content_type=kind)
        response.headers["Content-Disposition"] = "attachment"
        response.set_etag(str(state))
        return response

    @expose("/<key>/files/<path:file>", methods=("PUT",))
    def write_file(self, key: str, file: str) -> Answer:
        """Write the body as the file."""
        return self.written(key, file, request.get_data(cache=False))

    @expose("/<key>/files/<path:file>", methods=("DELETE",))
    def take_out(self, key: str, file: str) -> Answer:
        """Take the file out of the draft; its history stays."""
        return self.written(key, file, None)

    @expose("/<key>/history/<path:file>")
    def history(self, key: str, file: str) -> Answer:
        """Every state of a file: who and when, the newest first."""
        with reading() as db:
            states = procedures.draft_history(db, readable(key), readable(file))
            names = {each.by: procedures.who(db, each.by) for each in states}
        return jsonify([{"rev": each.rev, "who": names[each.by], "at": formats.moment(each.at), "gone": each.gone} for each in states])

    @expose("/<key>/findings")
    def findings(self, key: str) -> Answer:
        """Everything that is wrong with the draft, in the reader's language."""
        with reading() as db:
            return jsonify(told.plain(told.findings(db, readable(key))))

    def written(self, key: str, file: str, content: bytes | None, more: dict[str, bytes] | None = None) -> Answer:
        """Write a file (and others that it needs) when nobody wrote since; the new state as ETag and JSON."""
        state = read_state()
        return self.wrote(key, {readable(file): content, **(more or {})}, lambda _db: {file: state}, (file,))

    def kept(self, key: str, files: dict[str, bytes | None]) -> Answer:
        """Write files that are edited as one; their state is the newest of theirs."""
        state = read_state()

        def revs(db: Session) -> dict[str, int]:
            newest = procedures.draft_revs(db, readable(key))
            return {name: min(newest.get(name, 0), state) for name in files}

        return self.wrote(key, files, revs, tuple(files))

    def wrote(
        self, key: str, files: dict[str, bytes | None], revs: Callable[[Session], Mapping[str, int]], edited: tuple[str, ...]
    ) -> Answer:
        """Write files in the states that their writer had read; the state of those that are edited, or why it cannot be."""
        try:
            with unit() as db:
                made = procedures.write_draft(db, readable(key), files, revs=revs(db), by=me(), at=now())
                rev = max(made[name] for name in edited)
        except Stale as stale:
            body = problem(412, sentence(stale.code, stale.facts), code=stale.code, rev=stale.facts["rev"], who=stale.facts["who"])
            body.set_etag(str(stale.facts["rev"]))
            return body
        except EngineError as error:
            return problem(refusal(error.code).status, sentence(error.code, error.facts), code=error.code)
        response = jsonify({"rev": rev})
        response.set_etag(str(rev))
        return response


def read_state() -> int:
    """The state that the writer had read. Raises 428 when they do not say."""
    if "*" in request.if_none_match and not request.if_match:
        return 0
    tags = [tag for tag in request.if_match.as_set() if tag.isdigit() and len(tag) < 10]
    if len(tags) != 1:
        abort(problem(428, _("Say which state of the file you had read (If-Match), so that nobody's work is overwritten.")))
    return int(tags[0])


def problem(status: int, text: str, **more: object) -> Response:
    """A refusal for a script (RFC 9457)."""
    response = jsonify({"status": status, "detail": text, **more})
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


def sent_json() -> Any:
    """The body as JSON. Raises 400 with a sentence."""
    try:
        return request.get_json(force=True)
    except (BadRequest, RecursionError):
        abort(problem(400, _("This is not readable JSON.")))
