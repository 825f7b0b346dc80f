"""A deed: one page that says what will happen, asks what must be asked, and calls one verb when it is confirmed.

GET shows it; POST does it and leads on, or shows the page again with the refusal (422).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Form

from engine.store import EngineError
from hall import sentence

from .frame import Answer, Part


@dataclass(frozen=True)
class Deed:
    """The words of such a page. `back` is where "Cancel" leads; `grave` colours the button as a warning."""

    title: str
    button: str
    back: str
    says: tuple[str, ...] = ()
    grave: bool = False


def ask(part: Part, deed: Deed, do: Callable[[Any], Answer], form: Form | None = None, *, hints: dict[str, str] | None = None) -> Answer:
    """The page of a deed, or what `do(form)` answers. `do` opens the one unit and calls the verb; its refusal is shown on the page."""
    refusal = ""
    if request.method == "POST" and (form is None or form.validate()):
        try:
            return do(form)
        except EngineError as error:
            refusal = _beside(form, error)
    page = part.page("deed", deed=deed, form=form, refusal=refusal, hints=hints or {})
    return (page, 422) if refusal or (form is not None and form.errors) else page


def _beside(form: Form | None, error: EngineError) -> str:
    """Put a refusal beside the question it is about; one about none is given back to stand on top."""
    said = sentence(error.code, error.facts)
    wanted = {"people.weak_password": "password", "people.desk_taken": "key"}.get(error.code) or str(error.facts.get("what"))
    name = {"phone_or_email": "phone"}.get(wanted, wanted)
    if form is None or name not in form:
        return said
    form[name].errors = [*form[name].errors, said]
    return ""
