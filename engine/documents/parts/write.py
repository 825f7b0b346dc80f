"""Writing a letter's parts as its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .inline import marked_nodes, marked_text, plain_text
from .read import parts_of
from .shape import judged
from .tables import table_text
from .tokens import BRANCHING, Node, atom, held, same


def source_of(parts: Any, *, plain: bool = False) -> str:
    """The source of a letter. Raises BadParts for a tree that is none."""
    subject, *blocks = judged(parts)["content"]
    return _subject(subject, blocks) + _written(blocks, plain)


def places_of(parts: Any, *, plain: bool = False) -> list[tuple[int, int]]:
    """(line of the source, place in the tree's content) for every part that is written, in order. Raises BadParts."""
    subject, *blocks = judged(parts)["content"]
    line, made = 1 + _subject(subject, blocks).count("\n"), [(1, 0)]
    for place, text in _pieces(blocks, plain):
        made.append((line, place + 1))
        line += text.count("\n")
    return made


def _subject(node: Node, blocks: Sequence[Node]) -> str:
    src = node["attrs"].get("src")
    if isinstance(src, str) and same(parts_of(f"{src}\n")["content"][0], node):
        return src + (node["attrs"]["gap"] or ("\n\n" if any(_is_there(one) for one in blocks) else ""))
    text = plain_text([one if one["type"] != "break" else {"type": "text", "text": " "} for one in node["content"]]).strip()
    return f"subject: {text}\n\n" if text or _misread(blocks) else ""


def _misread(blocks: Sequence[Node]) -> bool:
    """Whether the first block would be taken for the subject."""
    there = next((one for one in blocks if _is_there(one)), None)
    first: Node = next(iter(there["content"]), {}) if there is not None and there["type"] == "paragraph" else {}
    return str(first.get("text", "")).lstrip().lower().startswith("subject:")


def _written(blocks: Sequence[Node], plain: bool) -> str:
    return "".join(text for _place, text in _pieces(blocks, plain))


def _pieces(blocks: Sequence[Node], plain: bool) -> Iterator[tuple[int, str]]:
    """The source of each block that says something, with its place among all."""
    root = ""
    kept = [(place, node) for place, node in enumerate(blocks) if _is_there(node)]
    for at, (place, node) in enumerate(kept):
        after = kept[at + 1][1] if at + 1 < len(kept) else None
        if node["type"] == "frame":
            first = node["attrs"]["tag"] not in BRANCHING or root not in ("if", "unless")
            root = _root(node, root)
            text = _frame(node, root, plain, ends=not _continues(root, after), first=first)
        else:
            root, text = "", _block(node, plain)
        yield place, text + ("" if _continues(root, after) else _gap(node, after))


def _root(node: Node, root: str) -> str:
    """The tag that ends a frame: of the condition that it branches off, else its own. What branches off nothing begins anew."""
    tag = node["attrs"]["tag"]
    return root if tag in BRANCHING and root in ("if", "unless") else "if" if tag in BRANCHING else str(tag)


def _is_there(node: Node) -> bool:
    """Whether there is anything to write: an empty line says nothing."""
    kind = node["type"]
    if kind == "paragraph":
        return _is_said(node["content"])
    return kind not in ("bullets", "numbers") or any(_is_said(item["content"]) for item in node["content"])


def _is_said(line: Sequence[Node]) -> bool:
    return any(node["type"] != "break" and node.get("text", "x").strip() for node in line)


def _gap(node: Node, after: Node | None) -> str:
    """The blank lines behind a block: as they were where the same block follows, else one; none at the end."""
    gap, number = node["attrs"]["gap"], node["attrs"].get("n")
    if after is None:
        return gap or ("" if node["attrs"].get("src") or node["attrs"].get("close") else "\n")
    follows = number is not None and after["attrs"].get("n") == number + 1
    return gap if gap and follows else "\n\n"


def _continues(root: str, after: Node | None) -> bool:
    """Whether what follows is another branch of the same condition."""
    return bool(root in ("if", "unless") and after and after["type"] == "frame" and after["attrs"]["tag"] in BRANCHING)


def _block(node: Node, plain: bool) -> str:
    kind, attrs, content = node["type"], node["attrs"], node.get("content", [])
    src = attrs.get("src")
    if kind == "raw" or (isinstance(src, str) and _says(src, node, plain)):
        return str(src or "")
    match kind:
        case "heading":
            return f"{'#' * attrs['level']} {marked_text(content, cell=True)}"
        case "rule":
            return "---"
        case "bullets" | "numbers":
            return "\n".join(_items(node))
        case "table":
            return table_text(node)
        case _:
            return plain_text(content).strip() if plain else marked_text(content)


def _says(src: str, node: Node, plain: bool) -> bool:
    again = parts_of(f"subject: x\n\n{src}\n", plain=plain)["content"][1:]
    return len(again) == 1 and same(again[0], node)


def _items(node: Node) -> Iterator[str]:
    there = [item for item in node["content"] if _is_said(item["content"])]
    for number, item in enumerate(there, node["attrs"].get("start", 1)):
        src = item["attrs"].get("src")
        taken = held(src) if isinstance(src, str) else None
        kept = taken is not None and same(marked_nodes(taken.text, taken), item["content"])
        text = src if kept else marked_text(item["content"], cell=True)
        yield f"{f'{number}.' if node['type'] == 'numbers' else '-'} {text}"


def _frame(node: Node, root: str, plain: bool, *, ends: bool, first: bool) -> str:
    """A part that is not always there."""
    attrs = node["attrs"]
    tag, text = attrs["tag"], attrs["text"]
    if first and tag in BRANCHING:
        tag, text = "if", text or "false"
    opening, close = attrs.get("open"), attrs.get("close")
    if not isinstance(opening, str) or not _is_tag(opening, tag, text):
        opening = f"{{% {tag} {text} %}}\n" if text else f"{{% {tag} %}}\n"
    body = _written(node["content"], plain)
    body += "" if not body or body.endswith("\n") else "\n"
    if not ends:
        return opening + body
    return opening + body + (close if isinstance(close, str) and _is_tag(close, f"end{root}", "") else f"{{% end{root} %}}")


def _is_tag(src: str, tag: str, text: str) -> bool:
    """Whether this is a line with nothing but that tag."""
    again = atom(src.strip())
    return bool(again["type"] == "gate" and again["attrs"]["tag"] == tag and again["attrs"]["text"] == text)
