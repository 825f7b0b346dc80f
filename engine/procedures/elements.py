"""What the tables of a bundle are made of, and what its expressions call things."""

from __future__ import annotations

from rules import model

from .bundle import Bundle
from .formula_words import Name
from .naming import Words, both


def elements(bundle: Bundle) -> dict[str, tuple[str, model.Decision | model.Knowledge]]:
    """Decisions and knowledge models by id, each with its file."""
    found: dict[str, tuple[str, model.Decision | model.Knowledge]] = {}
    for ident, decisions in bundle.decisions.items():
        place = bundle.places.get(f"decision {ident}", "decisions/")
        for element in decisions.model.elements:
            if isinstance(element, model.Decision | model.Knowledge):
                found.setdefault(element.id, (place, element))
    return found


def table_in(element: model.Element) -> model.Table | None:
    """The table of a decision, or of a function that decisions share."""
    logic = getattr(element, "logic", None)
    body = logic.body if isinstance(logic, model.FunctionDefinition) else logic
    return body if isinstance(body, model.Table) else None


def names_in(bundle: Bundle) -> Name:
    """What a path of an expression is called: a question by its label, a result by the name of its table."""
    found: dict[str, Words] = {}
    for _place, element in elements(bundle).values():
        if element.label:
            found[element.name] = both(element.label, element.label)
    for key, form in bundle.forms.items():
        for path, field in form.fields():
            found[f"{key}.{path}"] = {lang: field.label.get(lang) or field.label["id"] for lang in ("id", "en")}
    return found.get
