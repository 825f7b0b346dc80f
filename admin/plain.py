"""The page of a procedure as plain text: of a draft in the studio, of a version in the back office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import force_locale

from admin.frame import Answer, Part
from engine import actions, procedures
from engine.procedures import Bundle
from hall.language import LANGUAGES, language
from rules import Finding


def told(part: Part, bundle: Bundle | None, *, leave: str, name: Any, findings: Iterable[Finding] = ()) -> Answer:
    """The bundle in words, in the language `?in=` or the reader's; without a bundle what is wrong with it."""
    lang = request.args.get("in", "")
    lang = lang if lang in LANGUAGES else language()
    steps = procedures.plain_text(bundle, actions=actions.actions()) if bundle else ()
    tables = procedures.plain_tables(bundle) if bundle else ()
    wrong = [procedures.sentence(each, lang) for each in findings]
    with force_locale(lang):
        return part.page("plain", bundle=bundle, steps=steps, tables=tables, lang=lang, leave=leave, name=name, findings=wrong)
