"""What every page of the back office is: a Flask-Admin view in our own frame, for administrators, whose deeds call verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_admin import BaseView
from werkzeug.wrappers import Response

from hall import administrator, person

Answer = Response | str | tuple[str, int]


class Part(BaseView):
    """One part of the back office: `title` in the menu under `group`, `address` below /admin; its endpoints begin with `back_<address>`."""

    title: str = ""
    group: str | None = None
    address: str = ""

    def __init__(self) -> None:
        super().__init__(**self.placed())

    @classmethod
    def placed(cls) -> dict[str, Any]:
        """Where Flask-Admin puts it."""
        return {"name": cls.title, "category": cls.group, "endpoint": f"back_{cls.address}", "url": cls.address}

    def is_accessible(self) -> bool:
        """Administrators only; the guard of the hall has asked before, this asks again."""
        return administrator.admits(person())

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # Flask-Admin's own calls a view a second time after a TypeError, in another way, and so hides where it came from
        return fn(self, *args, **kwargs)

    def page(self, template: str, **more: Any) -> str:
        """A page of ours inside the frame."""
        return str(self.render(f"back/{template}.html", part=self, **more))

    def done(self, text: str, where: str, **values: Any) -> Response:
        """Say that it was done, on the page one comes to."""
        flash(text, "done")
        return redirect(url_for(where, **values), 303)


def me() -> str:
    """The id of the administrator who asks."""
    who = person()
    if who is None:
        abort(401)
    return str(who.id)


def readable(text: str) -> str:
    """An id or a key from an address, or 404: what cannot be one must not reach the database."""
    if not text.isprintable() or len(text) > 200:
        abort(404)
    return text


def found(row: Any) -> Any:
    """The row, or 404."""
    if row is None:
        abort(404)
    return row


def rendered(template: str, **values: Any) -> str:
    """A small part of a page, e.g. a table's cell."""
    return render_template(template, **values)


Facts = Mapping[str, Any]
