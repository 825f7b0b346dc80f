"""Downloads: only of one's own case, never kept by a browser or a proxy, never opened inside the page."""

from __future__ import annotations

import io

from flask import send_file
from werkzeug.wrappers import Response

from engine import documents
from engine.cases import CaseFile
from engine.store import NotFound
from hall import office, reading, signed_in
from hall.filling import me

from .door import blueprint, own_file


@blueprint.get("/<case>/files/<file>")
@signed_in
def file(case: str, file: str) -> Response:
    """A file the applicant has sent with this case. Raises NotFound for any other."""
    with reading() as db:
        found = own_file(db, case)
        stored = found.files.get(file)
        if stored is None or stored.added_by != me(db).id:
            raise NotFound(what="file")
        ref, content = documents.open_file(db, office().cabinet, stored.id)
    return download(content, ref.name, ref.type)


@blueprint.get("/<case>/documents/<document>/<language>")
@signed_in
def document(case: str, document: str, language: str) -> Response:
    """A letter or permit issued in this case, in one of its languages. Raises NotFound."""
    with reading() as db:
        id = _file_of(own_file(db, case), document, language)
        ref, content = documents.open_file(db, office().cabinet, id)
    return download(content, ref.name, ref.type)


def download(content: bytes, name: str, kind: str) -> Response:
    """The bytes as an attachment that nobody keeps."""
    response = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file_of(found: CaseFile, document: str, language: str) -> str:
    for each in found.documents:
        if each.id == document and language in each.files:
            return each.files[language]
    raise NotFound(what="document")
