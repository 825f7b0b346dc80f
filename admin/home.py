"""The first page of the back office: what needs somebody, and where everything is."""

from __future__ import annotations

from typing import Any

from flask_admin import expose
from flask_babel import lazy_gettext

from .frame import Answer, Part
from .house.health import findings


class Home(Part):
    """/admin"""

    title = lazy_gettext("Back office")

    @classmethod
    def placed(cls) -> dict[str, Any]:
        """Flask-Admin's first page is called `admin`."""
        return {"name": cls.title, "endpoint": "admin", "url": "/admin"}

    @expose("/")
    def index(self) -> Answer:
        """What is not well, then the sections."""
        return self.page("home", troubles=[each for each in findings() if not each.well])
