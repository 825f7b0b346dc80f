"""Where forms, tables, letters and desks are used: in every offered procedure, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.frame import Answer, Part
from engine import notices, people, procedures
from engine.procedures import Bundle, Version
from engine.store import Session
from hall import formats, reading
from hall.language import language

LONGEST = 80


@dataclass(frozen=True)
class Use:
    """One thing used at one place: `kind` and `name` say what, `procedure` and `where` at which place; `href` leads to the version."""

    kind: str
    name: str
    key: str
    procedure: str
    where: str
    href: str


class Used(Part):
    """Where-used."""

    title, group, address = lazy_gettext("Where used"), lazy_gettext("Procedures"), "used"

    @expose("/")
    def index(self) -> Answer:
        """Everything, or what `?q=` finds: in names, keys and places."""
        wanted = request.args.get("q", "")[:LONGEST].strip().lower()
        with reading() as db:
            rows = [each for each in uses(db) if wanted in f"{each.kind} {each.name} {each.key} {each.procedure} {each.where}".lower()]
        rows.sort(key=lambda each: (each.kind, each.name.lower(), each.procedure))
        return self.page("used", rows=rows, q=request.args.get("q", "")[:LONGEST])


def uses(db: Session) -> Iterator[Use]:
    """Every use in what is offered now, and every desk that nothing uses."""
    seen: set[str] = set()
    for version in procedures.catalogue(db):
        bundle = procedures.bundle_of(db, version.id)
        for kind, key, name, where in (*_steps(bundle), *_whole(bundle)):
            seen.add(key if kind == _("Desk") else "")
            yield Use(kind, name, key, formats.words(dict(bundle.about.name)), where, _href(version))
    for desk in people.desks(db):
        if desk.key not in seen and desk.key not in (people.APPLICANT, people.ADMINISTRATOR):
            yield Use(
                _("Desk"), desk.name(language()), desk.key, "–", _("not used by any offered procedure"), url_for("back_desks.index_view")
            )


def _href(version: Version) -> str:
    return url_for("back_procedures.version", key=version.procedure_key, number=version.number)


def _steps(bundle: Bundle) -> Iterator[tuple[str, str, str, str]]:
    for step in (bundle.process.steps[key] for key in bundle.process.order):
        where = step.name or step.id
        yield from ((_("Desk"), desk, bundle.text("desks", desk, language()), where) for desk in step.desks)
        if step.form:
            form = bundle.forms.get(step.form)
            yield _("Form"), step.form, formats.words(dict(form.title)) if form else step.form, where
        if step.decision:
            yield _("Table"), step.decision, _table(bundle, step.decision), where
        if "letter" in step.headers:
            yield _("Letter"), step.headers["letter"], step.headers["letter"], where
        if "notice" in step.headers:
            yield _("Notice"), step.headers["notice"], notices.name_of(step.headers["notice"], bundle.letters, language()), where


def _whole(bundle: Bundle) -> Iterator[tuple[str, str, str, str]]:
    """What the procedure as a whole uses: its leading desk, its fee, the questions it shares with others."""
    about = bundle.about
    yield _("Desk"), about.owner, bundle.text("desks", about.owner, language()), _("leads the service")
    if about.fee.decision:
        yield _("Table"), about.fee.decision, _table(bundle, about.fee.decision), _("the fee")
    if about.fee.simulation and about.fee.simulation in bundle.forms:
        form = bundle.forms[about.fee.simulation]
        yield _("Form"), form.key, formats.words(dict(form.title)), _("the estimate of the fee")
    for name in bundle.files:
        if name.startswith("shared/forms/"):
            group = name.removeprefix("shared/forms/").removesuffix(".json")
            yield _("Shared questions"), group, group, _("in its forms")


def _table(bundle: Bundle, decision: str) -> str:
    found = bundle.decisions.get(decision)
    return found.names.get(decision, decision) if found else decision
