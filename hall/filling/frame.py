"""Where a filling stands: its addresses, its words, and what is shown around the questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.cases import Case
from hall.ground import HERE, Ground
from hall.sentences import N_


@dataclass(frozen=True)
class Frame:
    """One task at one door.

    `page` gives the address of a page by its key (and takes `back`), `upload` where its files go one by one, `file` that of a kept file;
    `overview` is the list of parts; `check` the address of "check your answers" (None: the last page sends at once); `leave` is where "save
    and come back later" leads; `done` says where one lands after sending. `desks`: those of an officer, who sees only what these may see
    (None: an applicant, who sees everything). `around` goes to the templates, which a door may replace. `ground` is whose database and
    clock it is.
    """

    task: str
    page: Callable[..., str]
    upload: Callable[[str], str]
    file: Callable[[str], str]
    leave: str
    done: Callable[[Case], str]
    overview: str | None = None
    check: str | None = None
    before: str | None = None
    service: str = ""
    send_text: str = N_("Send")
    page_template: str = "filling/page.html"
    check_template: str = "filling/check.html"
    desks: Collection[str] | None = None
    around: Mapping[str, Any] = field(default_factory=dict)
    ground: Ground = HERE
