"""What is wrong with a letter while it is written, at its parts; and its preview, set by the press with sample answers."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, jsonify, request
from flask_babel import gettext

from admin.procedures.folders import written as actions
from engine import documents, procedures, texts
from engine.documents import BadParts
from engine.procedures import LANGS, NOTICE
from engine.store import EngineError
from hall import N_, now, office, sentence
from hall.language import language
from rules import Finding

from . import letter_fields
from .asked import readable_bundle
from .files import problem
from .letter_samples import Sampling, facts_of, filled, issued

Json = dict[str, Any]
CLOSES = {"endif": "if", "endunless": "unless", "endfor": "for"}
MAY_BE_EMPTY = N_(
    "%(field)s may be unanswered, and then this letter cannot be set. Choose what is written then, or let it depend on a condition."
)
LONGEST = 1_000_000
SMALL = 72
"""Dots an inch of the pictures in the page."""


def problems(files: Mapping[str, bytes], letter: str, document: Json, made: Mapping[str, bytes | None]) -> list[Json]:
    """Everything that is wrong: parts without an end, what cannot be read, fields that nothing asks."""
    found = [one for lang in LANGS for one in _unclosed(document[lang], lang)]
    found += [one for lang in LANGS for one in _unfinished(document[lang], lang)]
    if found:
        return found
    known = letter_fields.fields(files, letter)
    found += [one for lang in LANGS for one in _empty(document[lang], lang, known)]
    whole = {name: data for name, data in {**files, **made}.items() if data is not None}
    places = {lang: documents.places_of(document[lang], plain=letter.startswith(NOTICE)) for lang in LANGS}
    for finding in _findings(whole, letter):
        lang = finding.place.partition("#")[0].rpartition(".md")[0].rpartition(".")[2]
        found.append(
            {
                "lang": lang,
                "part": _part(places.get(lang, []), finding.facts.get("line")),
                "code": finding.code,
                "level": procedures.level(finding),
                "text": _said(finding),
            }
        )
    return found


def _findings(files: Mapping[str, bytes], letter: str) -> Iterator[Finding]:
    """What the rules of procedures have against this letter; of a draft that cannot be read only what its own text tells."""
    procedures.rules_of_the_house()
    own = {f"{place}/{letter}.{lang}.md" for place in ("letters", "shared/letters") for lang in LANGS}
    bundle = readable_bundle(files)
    if bundle is not None:
        yield from (one for one in procedures.check(bundle, actions=actions()) if one.place.partition("#")[0] in own)
        return
    for name in sorted(own & files.keys()):
        try:
            texts.read(files[name].decode("utf-8", "replace"))
        except texts.BadText as wrong:
            yield Finding(name, "letter.unreadable", {"line": wrong.facts["line"], "reason": wrong.facts["reason"]})


def _said(finding: Finding) -> str:
    """The finding's sentence, without the lines of the file where its part is shown anyway."""
    if finding.code == "letter.unknown_field":
        return gettext("Nothing asks or works out %(field)s. Choose another field here.", field=finding.facts["field"])
    if finding.code == "letter.unreadable":
        return gettext("This part cannot be read (%(reason)s). Undo, or take it out.", reason=finding.facts["reason"])
    return procedures.sentence(finding, language())


def _part(places: list[tuple[int, int]], line: object) -> int | None:
    """The part in which a line of the source is."""
    return max((place for since, place in places if isinstance(line, int) and since <= line), default=None)


def _unclosed(doc: Json, lang: str) -> Iterator[Json]:
    """Parts of a line that begin and do not end in it, or the other way round."""
    for place, part in enumerate(doc.get("content") or ()):
        if any(_is_open(line) for line in _lines(part)):
            text = gettext("Something begins or ends here whose other end is missing. Take out the mark, or undo.")
            yield {"lang": lang, "part": place, "code": "letter.unclosed", "level": "error", "text": text}


def _unfinished(doc: Json, lang: str) -> Iterator[Json]:
    """Conditions that nobody has chosen yet."""
    for place, part in enumerate(doc.get("content") or ()):
        attrs = [one.get("attrs") or {} for one in _nodes(part)]
        if any(one.get("tag") in ("if", "unless", "elsif") and not one.get("text") for one in attrs):
            text = gettext("Choose when this is there: the condition is still empty.")
            yield {"lang": lang, "part": place, "code": "letter.unfinished", "level": "error", "text": text}


def _empty(doc: Json, lang: str, known: list[Json]) -> Iterator[Json]:
    """Fields that may be unanswered and stand where no condition asks for them: then the letter could not be set."""
    unsure = {one["path"]: one["label"][language()] for one in known if not one["sure"]}
    told: set[tuple[str, int]] = set()
    for place, part in enumerate(doc.get("content") or ()):
        for path in _bare(part):
            if path in unsure and (path, place) not in told:
                told.add((path, place))
                text = gettext(MAY_BE_EMPTY, field=unsure[path])
                yield {"lang": lang, "part": place, "code": "letter.may_be_empty", "level": "warning", "text": text}


def _bare(part: Json, guarded: bool = False) -> Iterator[str]:
    """The paths that are written or gone through outside of every condition."""
    attrs = part.get("attrs") or {}
    if part.get("type") in ("frame", "row") and attrs.get("tag") == "for" and not guarded:
        yield attrs["text"].rpartition(" ")[2].removeprefix("shown.")
    inside = guarded or attrs.get("tag") in ("if", "unless", "elsif", "else")
    deep = 0
    for one in part.get("content") or ():
        own, tag = one.get("attrs") or {}, (one.get("attrs") or {}).get("tag", "")
        if one.get("type") == "gate":
            deep += (tag in ("if", "unless")) - (tag in ("endif", "endunless"))
            if tag == "for" and not inside and not deep:
                yield own["text"].rpartition(" ")[2].removeprefix("shown.")
        elif one.get("type") == "field":
            if not inside and not deep and not own.get("otherwise"):
                yield own["path"].removeprefix("shown.")
        else:
            yield from _bare(one, inside)


def _nodes(part: Json) -> Iterator[Json]:
    yield part
    for one in part.get("content") or ():
        yield from _nodes(one)


def _lines(part: Json) -> Iterator[list[Json]]:
    content = part.get("content") or []
    if part.get("type") in ("subject", "paragraph", "heading", "item", "cell"):
        yield content
    else:
        for one in content:
            yield from _lines(one)


def _is_open(line: list[Json]) -> bool:
    deep: list[str] = []
    for node in line:
        tag = node.get("attrs", {}).get("tag", "") if node.get("type") == "gate" else ""
        if tag in ("if", "unless", "for"):
            deep.append(tag)
        elif (tag in ("else", "elsif") and not deep) or (tag in CLOSES and (not deep or deep.pop() != CLOSES[tag])):
            return True
    return bool(deep)


def posted() -> Json:
    """What the form of the paper holds: `document` as JSON, `lang`, `story`."""
    text = request.form.get("document", "")
    try:
        document = json.loads(text) if len(text) < LONGEST else None
    except (ValueError, RecursionError):
        document = None
    return {"document": document, "lang": request.form.get("in", ""), "story": request.form.get("story", "")}


def previewed(files: Mapping[str, bytes], letter: str, given: Json, *, paper: bool) -> Response:
    """The letter in a language with sample answers: pictures of its pages, a PDF, or the text of a message; what is wrong with its part."""
    lang = given.get("lang") if given.get("lang") in LANGS else LANGS[0]
    plain = letter.startswith(NOTICE)
    places: list[tuple[int, int]] = []
    try:
        tree = (given.get("document") or {}).get(lang)
        source, places = documents.source_of(tree, plain=plain), documents.places_of(tree, plain=plain)
        return _set(files, letter, source, str(lang), str(given.get("story") or "")[:80], paper)
    except (BadParts, AttributeError):
        return _refused(gettext("This cannot be written as a letter. Undo the last step, or reload the page."), paper)
    except EngineError as error:
        return _refused(sentence(error.code, error.facts), paper, part=_part(places, error.facts.get("line")), lang=lang)


def _refused(text: str, paper: bool, **more: object) -> Response:
    """Why there is no preview: for the script, or in the window where the paper would have been."""
    return Response(text, 422, content_type="text/plain; charset=utf-8") if paper else problem(422, text, **more)


def _set(files: Mapping[str, bytes], letter: str, source: str, lang: str, story: str, paper: bool) -> Response:
    sampling = Sampling(readable_bundle(files), office(), now(), story)
    known = letter_fields.fields(files, letter)
    labels = {one["path"]: one["label"][lang] for one in known}
    facts = filled(facts_of(sampling, lang), documents.parts_of(source, plain=letter.startswith(NOTICE)), labels)
    zone = sampling.office.calendar.zone
    if letter.startswith(NOTICE):
        subject, body = documents.render_text(source, facts, lang=lang, zone=zone)
        return jsonify({"subject": subject, "body": body})
    made = issued(sampling, signed_by(sampling), lang)
    qr = f"{sampling.office.address}/v/{made.code}"
    if paper:
        pdf = documents.render_letter(source, facts, lang=lang, qr=qr, layout=sampling.office.layout, issued=made, zone=zone)
        return as_pdf(pdf, f"{letter}.{lang}.pdf")
    pages = documents.preview_letter(source, facts, lang=lang, qr=qr, layout=sampling.office.layout, issued=made, zone=zone, ppi=SMALL)
    return jsonify({"pages": [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pages]})


def signed_by(sampling: Sampling) -> str:
    """The desk that decides last."""
    steps = [sampling.bundle.process.steps[one] for one in sampling.bundle.process.order] if sampling.bundle else []
    desks = [desk for step in steps if step.kind == "user" for desk in step.desks if desk != procedures.APPLICANT]
    return desks[-1] if desks else ""


def as_pdf(content: bytes, name: str) -> Response:
    """A paper that is shown and not kept."""
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
