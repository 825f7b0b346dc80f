"""What is worked out by a formula: in words, and where it is simple arithmetic as rows of questions and numbers, without FEEL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from flask import abort, request
from flask_admin import expose
from flask_babel import gettext as _

import rules
from admin.frame import Answer, me, readable
from admin.procedures.folders import written
from engine import procedures
from engine.store import EngineError
from hall import now, reading, sentence, unit
from hall.formats import number
from hall.language import language
from rules import DecisionError, Decisions, RuleError, Term, Terms, model

from . import asked
from .files import Files
from .naming import name_of

Json = dict[str, Any]
SPARE, LONGEST, MOST = 2, 2000, 30


class BadTermsError(Exception):
    """Rows that no formula can be made of; `str()` is the reader's sentence."""


@dataclass(frozen=True)
class Worked:
    """One decision of a draft that is no table: the files, its file, what it is, and what it may reckon with."""

    files: Mapping[str, bytes]
    file: str
    rev: int
    decisions: Decisions
    element: model.Decision
    known: tuple[Json, ...]

    @property
    def text(self) -> str | None:
        """Its FEEL, when one formula gives it."""
        return rules.formula_in(self.element)

    def named(self, path: str) -> dict[str, str] | None:
        """What a path of the formula is called."""
        found = next((one for one in self.known if one["text"] == path), None)
        return dict(found["label"]) if found else None

    def terms(self) -> Terms | None:
        """Its rows, when rows can say it."""
        terms = rules.terms_of(self.text or "")
        paths = [each.value for each in terms.terms if isinstance(each.value, str)]
        return terms if terms.fits and all(self.named(path) for path in paths) else None


class Formulas(Files):
    """Changing what is worked out."""

    @expose("/<key>/tables/<file>/<id>/formula", methods=("GET", "POST"))
    def formula(self, key: str, file: str, id: str) -> Answer:
        """The formula in words, and its rows; POST writes it when it can be read and everything in it is known."""
        worked, refusal = self.worked(key, file, id), ""
        if request.method == "POST" and worked.text is not None:
            try:
                return self._rewritten(key, worked, sent_text(worked))
            except BadTermsError as wrong:
                refusal = str(wrong)
            except EngineError as error:
                refusal = sentence(error.code, error.facts)
        with reading() as db:
            name = name_of(db, key)
        page = self.page(
            "studio_formula",
            key=key,
            name=name,
            worked=worked,
            title=worked.element.label or worked.element.name,
            parts=list(parts(worked)),
            rows=rows_of(worked),
            rounding=request.form.get("rounding") or getattr(worked.terms(), "rounding", ""),
            refusal=refusal,
        )
        return (page, 422) if refusal else page

    def worked(self, key: str, file: str, id: str) -> Worked:
        """One decision that is no table, or 404."""
        name = f"decisions/{readable(file)}.dmn"
        with reading() as db:
            try:
                files = procedures.draft_files(db, readable(key))
                decisions = rules.read_decisions(files[name])
            except (procedures.NoDraft, KeyError, DecisionError):
                abort(404)
            rev = procedures.draft_revs(db, key).get(name, 0)
        element = next((one for one in decisions.model.elements if one.id == readable(id)), None)
        if not isinstance(element, model.Decision) or rules.table_in(element) is not None:
            abort(404)
        known = tuple(one for one in asked.candidates(files, decisions, element) if one["type"] == "number")
        return Worked(files, name, rev, decisions, element, known)

    def _rewritten(self, key: str, worked: Worked, text: str) -> Answer:
        content = rules.with_formula(worked.files[worked.file], worked.element.id, text, requires=needed(worked, text))
        if trouble := wrong_with(worked, content):
            raise BadTermsError(trouble)
        rev = request.form.get("rev", type=int)
        with unit() as db:
            procedures.write_draft(db, key, {worked.file: content}, revs={worked.file: rev or 0}, by=me(), at=now())
        return self.done(_("The formula is saved."), ".tables", key=key)


def needed(worked: Worked, text: str) -> list[str]:
    """Ids of the decisions and input data that the formula reads and does not require yet."""
    roots = {path.partition(".")[0] for path in rules.compile(text).fields}
    found = (one for one in worked.decisions.model.elements if isinstance(one, model.Decision | model.InputData))
    return [one.id for one in found if one.name in roots and one.id not in (worked.element.id, *worked.element.requires)]


def wrong_with(worked: Worked, content: bytes) -> str:
    """What the checks have against the formula, as a sentence; nothing when it is sound."""
    procedures.rules_of_the_house()
    decisions = rules.read_decisions(content)
    scope = asked.scope_of(worked.files, written())
    found = [each for each in decisions.check(scope) if each.place.partition("#")[0] == worked.element.id]
    told = [procedures.sentence(type(each)(f"{worked.file}#{each.place}", each.code, each.facts), language()) for each in found]
    return " ".join(told)


def sent_text(worked: Worked) -> str:
    """FEEL of what was sent: of the rows, or typed. Raises BadTermsError."""
    if request.form.get("how") == "text":
        text = request.form.get("text", "")[:LONGEST].strip().removeprefix("=").strip()
        try:
            return rules.compile(text).text
        except RuleError as wrong:
            raise BadTermsError(sentence_of(worked, wrong)) from wrong
    terms = tuple(sent_terms(worked))
    try:
        return rules.text_of_terms(Terms(terms, request.form.get("rounding", "")))  # type: ignore[arg-type]
    except ValueError:
        if not terms:
            raise BadTermsError(_("Choose at least one question, or write a number.")) from None
        raise BadTermsError(
            _("Multiply and divide in one formula, or add and take away in one. Make a second formula for the rest.")
        ) from None


def sentence_of(worked: Worked, wrong: RuleError) -> str:
    """Why a typed formula cannot be read."""
    procedures.rules_of_the_house()
    return procedures.sentence(rules.Finding(f"{worked.file}#{worked.element.id}", wrong.code, wrong.facts), language())


def sent_terms(worked: Worked) -> Iterator[Term]:
    """The rows that say something."""
    first = True
    for place in range(MOST):
        what, typed = request.form.get(f"what.{place}", ""), request.form.get(f"number.{place}", "").strip()
        if what and worked.named(what) is None:
            raise BadTermsError(_("Choose one of the questions in the list."))
        if not what and not typed:
            continue
        yield Term(None if first else request.form.get(f"sign.{place}", "*"), what or typed_number(typed))  # type: ignore[arg-type]
        first = False


def typed_number(typed: str) -> Decimal:
    """A number as the reader's language writes it. Raises BadTermsError."""
    try:
        return Decimal(parse_decimal(typed, locale=language(), strict=True))
    except NumberFormatError:
        example = "13.225 atau 0,25" if language() == "id" else "13,225 or 0.25"
        raise BadTermsError(_("Write a number, for example %(example)s.", example=example)) from None


def rows_of(worked: Worked) -> list[Json]:
    """The rows of the form: as they were sent, else as the formula has them, and two empty ones; none when rows cannot say it."""
    terms = worked.terms()
    if terms is None:
        return []
    if request.method == "POST" and "what.0" in request.form:
        sent = (place for place in range(MOST) if f"what.{place}" in request.form)
        return [{part: request.form.get(f"{part}.{place}", "") for part in ("sign", "what", "number")} for place in sent]
    rows = [
        {
            "sign": each.operator or "*",
            "what": each.value if isinstance(each.value, str) else "",
            "number": "" if isinstance(each.value, str) else number(each.value),
        }
        for each in terms.terms
    ]
    sign = rows[-1]["sign"] if len(rows) > 1 else "*"
    return [*rows, *({"sign": sign, "what": "", "number": ""} for _row in range(SPARE))]


def parts(worked: Worked) -> Iterator[tuple[str, str]]:
    """What gives the result, in words: one formula, or the named parts of it."""
    logic = worked.element.logic
    if isinstance(logic, model.Context):
        for entry in logic.entries:
            yield entry.variable.name if entry.variable else _("the result"), in_words(worked, entry.value)
    else:
        yield "", in_words(worked, logic)


def in_words(worked: Worked, logic: Any) -> str:
    """One part in the reader's language."""
    if isinstance(logic, model.Literal):
        return procedures.formula(logic.text, worked.named)[language()]
    if isinstance(logic, model.Table):
        return _("a table of %(rows)s rows", rows=len(logic.rules))
    return _("worked out in several steps")
