"""Taking a task for oneself, and giving it back to the desk."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases
from hall import now, staff, unit
from hall.filling import me

from .door import blueprint


@blueprint.post("/tasks/<task>/claim")
@staff
def claim(task: str) -> Response:
    """The task is the reader's; of two at once one wins. Raises TaskTaken, NotAllowed."""
    with unit() as db:
        cases.claim(db, task, by=me(db), at=now())
    return redirect(url_for("desk.task", task=task), 303)


@blueprint.post("/tasks/<task>/release")
@staff
def release(task: str) -> Response:
    """Back to the desk; what was typed stays with the task. Raises NotAllowed."""
    with unit() as db:
        cases.release(db, task, by=me(db), at=now())
    flash(_("You gave the task back. Your colleagues can take it now; what was typed is kept."), "done")
    return redirect(url_for("desk.index"), 303)
