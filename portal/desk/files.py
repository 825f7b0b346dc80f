"""Downloads at the desk: files and documents of an application the officer works on, never kept by a browser."""

from __future__ import annotations

from werkzeug.wrappers import Response

from engine import documents
from engine.store import NotFound
from hall import office, reading, staff
from portal.applications.files import download

from .door import blueprint, staff_file


@blueprint.get("/cases/<case>/files/<file>")
@staff
def file(case: str, file: str) -> Response:
    """A file of the application, as an attachment. Raises NotFound for a file of another one."""
    with reading() as db:
        stored = staff_file(db, case).files.get(file)
        if stored is None:
            raise NotFound(what="file")
        ref, content = documents.open_file(db, office().cabinet, stored.id)
    return download(content, ref.name, ref.type)
