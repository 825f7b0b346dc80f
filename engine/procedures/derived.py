"""What the public page says about a procedure, worked out from its diagram and forms so that it is never written twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.flow import Step
from forms import Form

from .names import APPLICANT

if TYPE_CHECKING:
    from .bundle import Bundle

_PAPERS = frozenset({"file", "files", "photo"})


@dataclass(frozen=True)
class Requirement:
    """A paper. `always` is false when it depends on other answers."""

    path: str
    name: str
    help: str
    always: bool


@dataclass(frozen=True)
class PublicStep:
    """A step as the public sees it: its key and name, who does it, and working days (None: no deadline of its own)."""

    key: str
    name: str
    desks: tuple[str, ...]
    days: int | None
    clock: str


def application(bundle: Bundle) -> Form | None:
    """The form of the applicant's first step."""
    for step in _user_steps(bundle):
        form = bundle.forms.get(step.form or "")
        if APPLICANT in step.desks and form is not None:
            return form
    return None


def requirements(bundle: Bundle, lang: str) -> tuple[Requirement, ...]:
    """The files that the application asks for, in its order."""
    form = application(bundle)
    if form is None:
        return ()
    return tuple(
        Requirement(
            path=path,
            name=field.label.get(lang) or field.label["id"],
            help=(field.help or {}).get(lang) or (field.help or {}).get("id", ""),
            always=bool(field.required) and field.show_when is None and not _hidden(form, path),
        )
        for path, field in form.fields()
        if field.kind.word in _PAPERS
    )


def _hidden(form: Form, path: str) -> bool:
    """Whether the page or the group around a question may be left out."""
    top = path.partition(".")[0]
    page = next((page for page in form.pages if any(field.key == top for field in page.fields)), None)
    group = next((field for each, field in form.fields() if each == top), None)
    return bool((page and page.show_when) or (group and path != top and (group.show_when or not group.required)))


def steps(bundle: Bundle, lang: str) -> tuple[PublicStep, ...]:
    """The steps that have a public name, those with one name as one, in the order of the diagram.

    Days are the longest of those that share a name: they run beside each other or one of them is not taken.
    """
    grouped: dict[str, list[Step]] = {}
    for step in _user_steps(bundle):
        key = step.properties.get("public")
        if key:
            grouped.setdefault(key, []).append(step)
    return tuple(_public(bundle, key, group, lang) for key, group in grouped.items())


def _public(bundle: Bundle, key: str, group: list[Step], lang: str) -> PublicStep:
    days = [int(step.properties["days"]) for step in group if step.properties.get("days", "").isdigit()]
    desks = tuple(dict.fromkeys(bundle.text("desks", desk, lang) for step in group for desk in step.desks))
    return PublicStep(key, bundle.text("steps", key, lang, group[0].name), desks, max(days, default=None), clock(group[0]))


def clock(step: Step) -> str:
    """Whose clock runs while the step is open: `office` unless the diagram says otherwise; the applicant's for their own steps."""
    return step.properties.get("clock") or ("applicant" if step.desks == (APPLICANT,) else "office")


def _user_steps(bundle: Bundle) -> Iterator[Step]:
    return (bundle.process.steps[ident] for ident in bundle.process.order if bundle.process.steps[ident].kind == "user")
