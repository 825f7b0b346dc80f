"""Whether everything is well: the worker, late timers, errands that gave up, the database, the disk."""

from __future__ import annotations

from flask_admin import expose
from flask_babel import lazy_gettext

from admin.frame import Answer, Part

from .health import findings


class System(Part):
    """The health of the house on one page."""

    title, group, address = lazy_gettext("System"), lazy_gettext("House"), "system"

    @expose("/")
    def index(self) -> Answer:
        """Every measurement with its state."""
        found = findings()
        return self.page("system", findings=found, well=all(each.well for each in found))
