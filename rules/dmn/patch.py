"""One table of a DMN file written anew, without noise: rows, columns and cells that did not change keep their bytes, and so do remarks,
the diagram and everything else in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from rules.dmn import model as m
from rules.dmn.read import read_model
from rules.dmn.spots import Spot, indent_of, lead_of, replaced, spots_in, with_attributes
from rules.dmn.write import write_decisions
from rules.errors import DecisionError

_Column: TypeAlias = m.Input | m.Output | m.Rule


def table_in(element: m.Element) -> m.Table | None:
    """The table of a decision or of a knowledge model; None when its logic is something else."""
    logic = element.logic.body if isinstance(element, m.Knowledge) else getattr(element, "logic", None)
    return logic if isinstance(logic, m.Table) else None


def with_table(xml: bytes, id: str, table: m.Table, *, label: str | None = None, requires: Iterable[str] = ()) -> bytes:
    """The file with this table in its decision or knowledge model `id`. `label`: what the element is called; `requires`: ids of
    decisions and input data that it requires from now on too. Raises DecisionError when there is no such table."""
    model = read_model(xml)
    element = next((one for one in model.elements if one.id == id), None)
    old = table_in(element) if element else None
    if element is None or old is None:
        raise DecisionError("dmn.no_decision", f"there is no table {id!r} in this file", place=id, known=[])
    label = element.label if label is None else label
    more = [one for one in requires if isinstance(element, m.Decision) and one not in element.requires]
    root = spots_in(xml)
    here = _spot(root, element) if root else None
    if here is None:
        return write_decisions(_changed(model, element, table, label, more))
    edits = [*_labelled(xml, here, element, label), *_required(xml, here, id, more)]
    spot = next(one for one in here.all() if one.tag == "decisionTable")
    return replaced(xml, [*edits, *_table(xml, spot, old, table)])


def formula_in(element: m.Element) -> str | None:
    """The FEEL text of a decision that is worked out by one; None when its logic is something else."""
    logic = element.logic if isinstance(element, m.Decision) else None
    return logic.text if isinstance(logic, m.Literal) else None


def with_formula(xml: bytes, id: str, text: str, *, label: str | None = None, requires: Iterable[str] = ()) -> bytes:
    """The file with this FEEL text in its decision `id`; the rest as in `with_table`. Raises DecisionError when there is none."""
    model = read_model(xml)
    element = next((one for one in model.elements if one.id == id), None)
    if not isinstance(element, m.Decision) or not isinstance(element.logic, m.Literal):
        raise DecisionError("dmn.no_decision", f"there is no formula {id!r} in this file", place=id, known=[])
    label = element.label if label is None else label
    more = [one for one in requires if one not in element.requires]
    root = spots_in(xml)
    here = _spot(root, element) if root else None
    box = here.of("literalExpression") if here else []
    texts = box[0].of("text") if box else []
    if here is None or not texts or texts[0].inside == texts[0].close:
        made = replace(element, label=label, logic=replace(element.logic, text=text), requires=(*element.requires, *more))
        return write_decisions(replace(model, elements=tuple(made if one is element else one for one in model.elements)))
    fresh = [] if text == element.logic.text else [(texts[0].inside, texts[0].close, escape(text).encode())]
    return replaced(xml, [*_labelled(xml, here, element, label), *_required(xml, here, id, more), *fresh])


def _spot(root: Spot, element: m.Element) -> Spot | None:
    known = [one for one in root.of("decision", "businessKnowledgeModel") if one.attributes.get("id") == element.id]
    return known[0] if len(known) == 1 else None


def _changed(model: m.Model, element: m.Element, table: m.Table, label: str, more: Sequence[str]) -> m.Model:
    if isinstance(element, m.Knowledge):
        made: m.Element = replace(element, label=label, logic=replace(element.logic, body=table))
    else:
        assert isinstance(element, m.Decision)
        made = replace(element, label=label, logic=table, requires=(*element.requires, *more))
    return replace(model, elements=tuple(made if one is element else one for one in model.elements))


_Edit: TypeAlias = tuple[int, int, bytes]


def _labelled(xml: bytes, here: Spot, element: m.Element, label: str) -> list[_Edit]:
    if label == element.label:
        return []
    return [(here.start, here.inside, with_attributes(xml[here.start : here.inside], label=label or None))]


def _required(xml: bytes, here: Spot, id: str, more: Sequence[str]) -> list[_Edit]:
    """Requirements after those that are there."""
    after = [*here.of("variable"), *here.of("informationRequirement")]
    if not more or not after:
        return []
    p, last, made = here.prefix, after[-1], []
    taken = {one.attributes.get("id") for one in here.all()}
    inputs = {one.attributes.get("id") for one in (here.parent.of("inputData") if here.parent else ())}
    for number, target in enumerate(more, len(here.of("informationRequirement")) + 1):
        name = _free(f"{id}_r{number}", taken)
        kind = "requiredInput" if target in inputs else "requiredDecision"
        inner = f"<{p}{kind} href={quoteattr('#' + target)} />"
        made.append(f"<{p}informationRequirement id={quoteattr(name)}>{inner}</{p}informationRequirement>".encode())
    lead = indent_of(xml, last)
    return [(last.end, last.end, b"".join(lead + one for one in made))]


def _free(name: str, taken: set[str | None]) -> str:
    while name in taken:
        name += "_2"
    taken.add(name)
    return name


def _table(xml: bytes, spot: Spot, old: m.Table, new: m.Table) -> list[_Edit]:
    if new == old:
        return []
    edits: list[_Edit] = []
    if (new.hit, new.aggregation) != (old.hit, old.aggregation):
        tag = with_attributes(xml[spot.start : spot.inside], hitPolicy=new.hit, aggregation=new.aggregation or None)
        edits.append((spot.start, spot.inside, tag))
    ins, outs = _matched(old.inputs, new.inputs), _matched(old.outputs, new.outputs)
    names = _named(old.annotation_names, new.annotation_names)
    pad = _pad(xml, spot)
    spots = spot.of("input"), spot.of("output"), spot.of("annotation"), spot.of("rule")
    parts: list[tuple[Spot | None, bytes]] = [(one, xml[one.start : one.end]) for one in spot.kids if one.tag not in _TAGS]
    for number, column in enumerate(new.inputs):
        parts.append(_part(xml, spots[0], old.inputs, ins[number], column, _input(column, spot.prefix, pad)))
    for number, output in enumerate(new.outputs):
        parts.append(_part(xml, spots[1], old.outputs, outs[number], output, _output(output, spot.prefix, pad)))
    for number, name in enumerate(new.annotation_names):
        parts.append(_part(xml, spots[2], old.annotation_names, names[number], name, _annotation(name, spot.prefix)))
    rules = _matched(old.rules, new.rules)
    columns = (ins, outs, _shift(names, new))
    for number, rule in enumerate(new.rules):
        was = rules[number]
        text = _rule(rule, spot.prefix, pad)
        if was is not None:
            text = _patched(xml, spots[3][was], old.rules[was], rule, columns, text)
        parts.append(_part(xml, spots[3], old.rules, was, rule, text))
    return [*edits, (spot.inside, spot.close, _joined(xml, spot, parts, pad))]


_TAGS = ("input", "output", "annotation", "rule")


def _shift(names: list[int | None], new: m.Table) -> list[int | None]:
    """Annotations of a rule: as many as it has, even where the columns have no names."""
    most = max((len(rule.annotations) for rule in new.rules), default=0)
    return names if names or not most else list(range(most))


def _matched(old: Sequence[_Column], new: Sequence[_Column]) -> list[int | None]:
    """For each new one the number of the old one it was: the one with its id, or the same one without an id."""
    left = dict(enumerate(old))
    found: list[int | None] = []
    for one in new:
        number = next((n for n, each in left.items() if (each.id == one.id if one.id else each == one)), None)
        if number is not None:
            del left[number]
        found.append(number)
    return found


def _named(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    if len(old) == len(new):
        return list(range(len(new)))
    return [old.index(one) if one in old else None for one in new]


def _part(xml: bytes, spots: list[Spot], old: Sequence[object], was: int | None, new: object, text: bytes) -> tuple[Spot | None, bytes]:
    if was is None:
        return None, text
    spot = spots[was]
    return spot, xml[spot.start : spot.end] if old[was] == new else text


def _joined(xml: bytes, parent: Spot, parts: Sequence[tuple[Spot | None, bytes]], pad: bytes) -> bytes:
    """The content of an element: each part behind what stood before it, new ones on a line of their own."""
    made = [part for spot, text in parts for part in (pad if spot is None else lead_of(xml, spot), text)]
    return b"".join(made) + xml[parent.kids[-1].end if parent.kids else parent.inside : parent.close]


def _pad(xml: bytes, parent: Spot) -> bytes:
    return indent_of(xml, parent.kids[0]) if parent.kids else indent_of(xml, parent) + b"  "


def _patched(xml: bytes, spot: Spot, old: m.Rule, new: m.Rule, columns: tuple[list[int | None], ...], fresh: bytes) -> bytes:
    """A rule with other texts in its entries; entries that stay keep what they are."""
    if old.description != new.description or not spot.kids:
        return fresh
    parts: list[tuple[Spot | None, bytes]] = [(one, xml[one.start : one.end]) for one in spot.kids if not one.tag.endswith("Entry")]
    before = (old.inputs, old.outputs, old.annotations)
    for tag, texts, was, numbers in zip(_ENTRIES, (new.inputs, new.outputs, new.annotations), before, columns, strict=True):
        entries = spot.of(tag)
        for place, text in enumerate(texts):
            number = numbers[place] if place < len(numbers) else None
            if number is None or number >= len(entries):
                parts.append((None, _entry(tag, text, spot.prefix)))
            else:
                parts.append((entries[number], _entry_again(xml, entries[number], was[number], text)))
    return xml[spot.start : spot.inside] + _joined(xml, spot, parts, _pad(xml, spot)) + xml[spot.close : spot.end]


_ENTRIES = ("inputEntry", "outputEntry", "annotationEntry")


def _entry_again(xml: bytes, spot: Spot, old: str, new: str) -> bytes:
    inner = spot.of("text")
    if old == new:
        return xml[spot.start : spot.end]
    if not inner or inner[0].close == inner[0].end:
        return _entry(spot.tag, new, spot.prefix)
    return xml[spot.start : inner[0].inside] + escape(new).encode() + xml[inner[0].close : spot.end]


def _entry(tag: str, text: str, p: str) -> bytes:
    return f"<{p}{tag}><{p}text>{escape(text)}</{p}text></{p}{tag}>".encode()


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def _lines(pad: bytes, *lines: str) -> bytes:
    """Lines of an element that stands behind `pad`; each says its own depth by leading spaces."""
    return (pad.decode() if b"\n" in pad else "").join(lines).encode()


def _input(column: m.Input, p: str, pad: bytes) -> bytes:
    allowed = [f"  <{p}inputValues><{p}text>{escape(column.allowed)}</{p}text></{p}inputValues>"] if column.allowed else []
    expression = f"<{p}inputExpression{_attributes(typeRef=column.type_ref)}><{p}text>{escape(column.text)}</{p}text></{p}inputExpression>"
    return _lines(pad, f"<{p}input{_attributes(id=column.id, label=column.label)}>", f"  {expression}", *allowed, f"</{p}input>")


def _output(output: m.Output, p: str, pad: bytes) -> bytes:
    start = f"<{p}output{_attributes(id=output.id, label=output.label, name=output.name, typeRef=output.type_ref)}"
    inner = [
        f"  <{p}{tag}><{p}text>{escape(text)}</{p}text></{p}{tag}>"
        for tag, text in (("outputValues", output.allowed), ("defaultOutputEntry", output.default))
        if text
    ]
    return _lines(pad, f"{start}>", *inner, f"</{p}output>") if inner else f"{start} />".encode()


def _annotation(name: str, p: str) -> bytes:
    return f"<{p}annotation{_attributes(name=name)} />".encode()


def _rule(rule: m.Rule, p: str, pad: bytes) -> bytes:
    said = [f"  <{p}description>{escape(rule.description)}</{p}description>"] if rule.description else []
    entries = [
        "  " + _entry(tag, text, p).decode()
        for tag, texts in zip(_ENTRIES, (rule.inputs, rule.outputs, rule.annotations), strict=True)
        for text in texts
    ]
    return _lines(pad, f"<{p}rule{_attributes(id=rule.id)}>", *said, *entries, f"</{p}rule>")
