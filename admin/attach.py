"""Opening this door: every part of the back office in the order of its menu, for administrators only."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Flask
from flask_admin import Admin
from flask_admin.base import BaseView
from flask_admin.theme import Theme

from hall import N_, Entry, administrator, cover, offer

from . import home, house, people, procedures, studio, work

THEME = Theme(folder="bootstrap4", base_template="back/frame.html")


def parts() -> Iterator[BaseView]:
    """Every part of the back office, in the order of its menu."""
    for room in (studio, procedures, work, people, house):
        for view in room.VIEWS:
            yield view()


def attach(app: Flask) -> None:
    """Mount the back office at /admin."""
    app.register_blueprint(Blueprint("back", __name__, template_folder="templates"))
    with app.app_context():  # the names of the menu are lazy texts
        admin = Admin(app, name="Loket", index_view=home.Home(), theme=THEME)
        admin.add_views(*parts())
    for view in admin._views:
        cover(app, view.endpoint, administrator)
    offer(app, Entry("admin.index", N_("Back office"), administrator, order=80))
