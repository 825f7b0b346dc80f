"""One line of a letter: words in bold and italic, fields, gates, breaks; read with the reader that the press uses, and written for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from markdown_it.token import Token

from engine.documents.markdown import line_of

from .tokens import HELD, Held, Node, held, liquid, same

ATOMS = frozenset({"field", "gate", "code"})
_SPECIAL = re.compile(r"[\\*_|]|&(?=#?\w+;)")
_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|-(?=[-\s]+$))|^(\d{1,9})([.)])(?=\s|$)")
_OPENING = re.compile(r"\{(?=[{%]|\Z)")


def plain_nodes(text: str, held: Held) -> list[Node]:
    """A line that is no Markdown (a subject, a notice): a new line is a break."""
    made: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        made += [{"type": "break"}] if number else []
        made += _pieces(line, held, ())
    return joined(made)


def marked_nodes(text: str, held: Held) -> list[Node]:
    """A line of Markdown."""
    return joined(_walked(line_of(text), held))


def _walked(tokens: Iterable[Token], held: Held) -> Iterator[Node]:
    strong = emph = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emph += token.nesting
            case "hardbreak":
                yield {"type": "break"}
            case _:
                marks = (("strong",) if strong else ()) + (("em",) if emph else ())
                yield from _pieces(" " if token.type == "softbreak" else token.content, held, marks)


def _pieces(text: str, held: Held, marks: Sequence[str]) -> Iterator[Node]:
    worn = {"marks": [{"type": mark} for mark in marks]} if marks else {}
    for piece in re.split(f"({HELD.pattern})", text):
        if piece:
            made = held.node(piece) if HELD.fullmatch(piece) else {"type": "text", "text": piece}
            yield {**made, **worn}


def joined(nodes: Iterable[Node]) -> list[Node]:
    """Texts that look alike are one."""
    made: list[Node] = []
    for node in nodes:
        before = made[-1] if made else None
        if before and before["type"] == node["type"] == "text" and before.get("marks") == node.get("marks"):
            made[-1] = {**before, "text": before["text"] + node["text"]}
        else:
            made.append(node)
    return made


def plain_text(nodes: Sequence[Node]) -> str:
    """The source of a line that is no Markdown."""
    return "".join("\n" if node["type"] == "break" else liquid(node) if node["type"] in ATOMS else guarded(node["text"]) for node in nodes)


def marked_text(nodes: Sequence[Node], *, cell: bool = False) -> str:
    """The source of a line of Markdown. Stars that Markdown would read otherwise give way: on signs, then all of a kind."""
    text = ""
    for marks, loose in ((("strong", "em"), False), (("strong", "em"), True), (("strong",), False), (("strong",), True), ((), False)):
        settled = _settled(list(nodes), marks, loose=loose)
        text = _line(settled, cell=cell)
        again = held(text)
        if again is not None and same(_bare(marked_nodes(again.text, again)), _bare(settled)):
            break
    return text


def _bare(nodes: Sequence[Node]) -> list[Node]:
    """The line without its breaks and without spaces at the edges of what lies between them."""
    made = list(nodes)
    for place, node in enumerate(made):
        if node["type"] == "text":
            text = node["text"]
            text = text.lstrip() if place == 0 or made[place - 1]["type"] == "break" else text
            text = text.rstrip() if place == len(made) - 1 or made[place + 1]["type"] == "break" else text
            made[place] = {**node, "text": re.sub(r"\s", " ", text)}
    return joined(node for node in made if node["type"] != "break" and node.get("text") != "")


def _line(nodes: Sequence[Node], *, cell: bool) -> str:
    around = [place for place, node in enumerate(nodes) if node["type"] != "break"]  # a break at the edge of a line breaks nothing
    inner = list(nodes)[around[0] : around[-1] + 1] if around else []
    lines = [line.strip(" \t") for line in "".join(_runs(inner)).split("\n")]
    if cell:
        return " ".join(line.removesuffix("\\") for line in lines).strip()
    return "\n".join(_START.sub(_shielded, line) for line in lines)


def _shielded(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


def _runs(nodes: list[Node]) -> Iterator[str]:
    worn: tuple[str, ...] = ()
    for marks, run in groupby(nodes, lambda node: tuple(mark["type"] for mark in node.get("marks") or ())):
        yield _turned(worn, marks)
        worn = marks
        for node in run:
            if node["type"] == "break":
                yield "\\\n"
            else:
                yield liquid(node) if node["type"] in ATOMS else guarded(_SPECIAL.sub(r"\\\g<0>", node["text"]))
    yield _turned(worn, ())


def _turned(worn: tuple[str, ...], marks: tuple[str, ...]) -> str:
    """The stars between two runs."""
    signs = {"strong": "**", "em": "*"}
    kept = tuple(one for one in worn if one in marks) if worn[: len(marks)] == marks or marks[: len(worn)] == worn else ()
    return "".join(signs[one] for one in reversed(worn[len(kept) :])) + "".join(signs[one] for one in marks[len(kept) :])


Char = tuple[Any, tuple[str, ...]]


def _settled(nodes: list[Node], kept: Sequence[str], *, loose: bool = False) -> list[Node]:
    """The line with marks only where stars can stand: not on spaces and breaks at the edge of what is bold; `loose`: nor on signs."""
    chars: list[Char] = []
    for node in nodes:
        marks = tuple(one for mark in node.get("marks") or () if (one := mark["type"]) in kept)
        if node["type"] == "text":
            chars += [(char, marks) for char in node["text"]]
        else:
            chars.append(({key: value for key, value in node.items() if key != "marks"}, () if node["type"] == "break" else marks))
    for mark in kept:
        chars = _trimmed(chars, mark, loose)
    return joined(_worn(what, marks) for what, marks in chars)


def _worn(what: Any, marks: Sequence[str]) -> Node:
    node = what if isinstance(what, dict) else {"type": "text", "text": what}
    return {**node, "marks": [{"type": one} for one in marks]} if marks else node


def _trimmed(chars: list[Char], mark: str, loose: bool) -> list[Char]:
    made: list[Char] = []
    for worn, run in groupby(chars, lambda one: mark in one[1]):
        piece = list(run)
        solid = [place for place, one in enumerate(piece) if not _edge(one[0], loose)] if worn else []
        first, last = (solid[0], solid[-1]) if solid else (len(piece), -1)
        made += [one if first <= place <= last else (one[0], tuple(m for m in one[1] if m != mark)) for place, one in enumerate(piece)]
    return made


def _edge(what: Any, loose: bool) -> bool:
    """Whether stars had better not stand beside it."""
    if isinstance(what, dict):
        return bool(what["type"] == "break")
    return bool(what.isspace()) or (loose and not what.isalnum())


def guarded(text: str) -> str:
    """Text in which a brace is only a brace: `{{` that somebody typed is written as a value."""
    return _OPENING.sub('{{ "{" }}', text)
