"""docs/field-kinds.md, made from what the kinds say of themselves: `loket kinds > docs/field-kinds.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from forms.common import common, properties
from forms.fields import kinds
from forms.files import Upload
from forms.kind import SHELVES, Kind
from forms.property import Property

HEAD = """# The kinds of questions

Made from the kinds themselves by `loket kinds > docs/field-kinds.md`; do not edit it. How a form is written: `docs/forms.md`.

Setiap jenis pertanyaan di bawah ini memakai dua nama: Indonesia / English. The word in brackets is what a form's file says (`"kind"`).
"""


def kinds_page() -> str:
    """The page in Markdown."""
    parts = [
        HEAD,
        "## Every question / Setiap pertanyaan\n",
        *_table(list({one.key: one for k in kinds().values() for one in common(k)}.values())),
    ]
    for shelf, title in SHELVES.items():
        parts.append(f"\n## {title['id']} / {title['en']}\n")
        for kind in kinds().values():
            if kind.shelf == shelf:
                parts += _kind(kind)
    return "\n".join(parts) + "\n"


def _kind(kind: Kind) -> Iterator[str]:
    yield f"\n### {kind.title['id']} / {kind.title['en']} (`{kind.word}`)\n"
    yield f"{kind.about['id']} / {kind.about['en']}\n"
    if own := properties(kind):
        yield from _table(list(own))
        yield ""
    if kind.good:
        yield "| posted / dikirim | with / dengan | kept / disimpan |\n|---|---|---|"
        yield from (f"| {_code(one.raw)} | {_options(one.options)} | {_code(one.value)} |" for one in kind.good[:4])
        yield ""
    if kind.bad:
        yield "Refused / ditolak: " + ", ".join(f"{_code(one.raw)} (`{one.code}`)" for one in kind.bad[:5]) + "\n"


def _table(found: list[Property]) -> Iterator[str]:
    yield "| option | Indonesia | English | editor | default |\n|---|---|---|---|---|"
    for one in found:
        name = f"`{one.key}`" + (" *" if one.required else "")
        said = [": ".join(filter(None, (one.label[lang], one.help.get(lang, "")))) for lang in ("id", "en")]
        default = "" if one.default is None or isinstance(one.default, list | dict) else _code(one.default)
        yield f"| {name} | {' | '.join(_cell(text) for text in said)} | {one.editor.replace('_', ' ')} | {default} |"


def _options(options: object) -> str:
    return _code(options) if options else ""


def _code(value: object) -> str:
    text = json.dumps(_told(value), ensure_ascii=False, default=str)
    text = text.encode("unicode_escape").decode() if not text.isprintable() else text
    text = text if len(text) <= 90 else f"{text[:87]}..."
    return f"`{_cell(text)}`"


def _told(value: object) -> object:
    if isinstance(value, Upload):
        return {"upload": value.name[:40]}
    if isinstance(value, Mapping):
        return {key: _told(one) for key, one in value.items()}
    return [_told(one) for one in value] if isinstance(value, list | tuple) else value


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")
