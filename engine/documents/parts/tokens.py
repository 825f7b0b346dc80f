"""The Liquid in a text, taken out as single characters, so that lines and Markdown can be read around it; and put back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]
BASE, MOST = 0xF000, 0x800
HELD = re.compile("[\uf000-\uf7ff]")
TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
OPENING = frozenset({"if", "unless", "for"})
BRANCHING = frozenset({"else", "elsif"})
CLOSING = {"endif": "if", "endunless": "unless", "endfor": "for"}
GATES = OPENING | BRANCHING | CLOSING.keys()
FORMATS = ("", "long_date", "moment", "hari", "rupiah", "terbilang", "number", "yes_no", "roman", "size", "upcase", "capitalize")
PATH = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
LITERAL = r"\"[^\"]*\"|'[^']*'"
_FIELD = re.compile(rf"({PATH})(?:\s*\|\s*default:\s*({LITERAL}|{PATH}))?(?:\s*\|\s*(\w+))?")
_TAG = re.compile(r"\{%-?\s*(\w+|#)\s*(.*?)\s*-?%\}\Z", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}\Z", re.DOTALL)


@dataclass(frozen=True)
class Held:
    """A text without its Liquid: `text` has a character of the private use area for each of `tokens`."""

    text: str
    tokens: tuple[str, ...]

    def back(self, text: str) -> str:
        """A piece of the text with its Liquid."""
        return HELD.sub(lambda found: self.tokens[ord(found[0]) - BASE], text)

    def node(self, char: str) -> Node:
        """What stands for a character."""
        return atom(self.tokens[ord(char) - BASE])

    def tag(self, line: str) -> tuple[str, str] | None:
        """Name and rest of a tag that stands alone on a line."""
        bare = line.strip()
        found = _TAG.match(self.tokens[ord(bare) - BASE]) if len(bare) == 1 and HELD.match(bare) else None
        return (found[1], found[2]) if found else None


def held(source: str) -> Held | None:
    """The text without its Liquid; None when it has too much of it, or characters of its own where ours would stand."""
    tokens: list[str] = []
    if HELD.search(source):
        return None

    def hold(found: re.Match[str]) -> str:
        tokens.append(found[0])
        return chr(BASE + (len(tokens) - 1) % MOST)

    text = TOKEN.sub(hold, source)
    return Held(text, tuple(tokens)) if len(tokens) <= MOST else None


def atom(src: str) -> Node:
    """A field, a gate (the begin, the turn or the end of a part that is not always there), a literal, or what somebody wrote by hand."""
    tag, output = _TAG.match(src), _OUTPUT.match(src)
    if tag and tag[1] in GATES:
        return {"type": "gate", "attrs": {"tag": tag[1], "text": tag[2], "src": src}}
    if output and re.fullmatch(LITERAL, output[1]):
        return {"type": "text", "text": output[1][1:-1]} if len(output[1]) > 2 else {"type": "code", "attrs": {"src": src}}
    field = _FIELD.fullmatch(output[1]) if output else None
    if field and (field[3] or "") in FORMATS:
        return {"type": "field", "attrs": {"path": field[1], "format": field[3] or "", "otherwise": field[2] or "", "src": src}}
    return {"type": "code", "attrs": {"src": src}}


def liquid(node: Node) -> str:
    """The Liquid of an atom, as it was written where it still says the same."""
    given = node.get("attrs", {})
    src = given.get("src")
    if isinstance(src, str) and TOKEN.fullmatch(src) and same(atom(src), node):
        return src
    if node["type"] == "field":
        default = f" | default: {given['otherwise']}" if given.get("otherwise") else ""
        written = f" | {given['format']}" if given.get("format") else ""
        return f"{{{{ {given['path']}{default}{written} }}}}"
    return f"{{% {given['tag']} {given['text']} %}}" if given.get("text") else f"{{% {given['tag']} %}}"


KEPT = frozenset({"src", "gap", "n", "open", "close"})


def same(one: Any, other: Any) -> bool:
    """Whether two parts say the same, wherever they were read from."""
    return bool(said(one) == said(other))


def said(node: Any) -> Any:
    """A part without what only tells where it was read from; of what was written by hand that is all."""
    if isinstance(node, list):
        return [said(one) for one in node]
    if not isinstance(node, dict):
        return node
    hidden = frozenset[str]() if node.get("type") in ("code", "raw") else KEPT
    made = {key: said(value) for key, value in node.items() if key != "attrs" and value not in ([], None)}
    attrs = {key: value for key, value in (node.get("attrs") or {}).items() if key not in hidden and value not in (None, "")}
    if node.get("type") in ("code", "raw"):
        attrs = {"src": attrs.get("src")}
    return {**made, **({"attrs": attrs} if attrs else {})}
