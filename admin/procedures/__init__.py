"""Procedures, their versions, and publishing a folder."""

from .moving import Moving
from .publishing import Publishing
from .used import Used
from .versions import Procedures

VIEWS = (Procedures, Publishing, Moving, Used)
