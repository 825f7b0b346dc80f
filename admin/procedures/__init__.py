"""Procedures, their versions, and publishing a folder."""

from .publishing import Publishing
from .versions import Procedures

VIEWS = (Procedures, Publishing)
