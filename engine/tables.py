"""Every table of the house, by importing the drawers that hold them: for migrations and for tests."""

from engine.calendar import tables as _calendar  # noqa: F401
from engine.cases import tables as _cases  # noqa: F401
from engine.documents import tables as _documents  # noqa: F401
from engine.fees import tables as _fees  # noqa: F401
from engine.jobs import tables as _jobs  # noqa: F401
from engine.people import tables as _people  # noqa: F401
from engine.procedures import tables as _procedures  # noqa: F401
from engine.store import Base
from engine.timeline import tables as _timeline  # noqa: F401

metadata = Base.metadata
