"""Reading a letter's source into parts, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, pairwise

from .inline import marked_nodes, plain_nodes
from .tables import DELIMITER, table_at
from .tokens import BRANCHING, CLOSING, GATES, OPENING, Held, Node, held

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
ITEM = re.compile(r" {0,3}(?:([-+*])|(\d{1,9})[.)])[ \t]+(?=\S)(.*)\Z")
SUBJECT = re.compile(r"\A(\s*subject:[ \t]*)([^\n]*)(\n(?:[ \t]*\n)*|\Z)", re.IGNORECASE)


def parts_of(source: str, *, plain: bool = False) -> Node:
    """The letter as a tree: `subject`, then blocks. `plain`: a notice, which is no Markdown. Nothing of the source is lost."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    taken = held(source)
    if taken is None:
        return {"type": "doc", "content": [subject_of("", held("") or Held("", ())), {"type": "raw", "attrs": {"src": source, "gap": ""}}]}
    found = SUBJECT.match(taken.text)
    subject = subject_of(found[2] if found else "", taken)
    if found:
        subject["attrs"] |= {"src": taken.back(found[1] + found[2]), "gap": found[3]}
    reader = Reader(taken, plain)
    lines = taken.text[found.end() if found else 0 :].splitlines(keepends=True) if source else []
    blocks = reader.blocks(_unfolded(lines))
    return {"type": "doc", "content": [subject, *(blocks or [{"type": "paragraph", "attrs": {"src": None, "gap": ""}}])]}


def subject_of(text: str, taken: Held) -> Node:
    """The line that becomes the title of the paper and of the mail."""
    return {"type": "subject", "attrs": {"src": None, "gap": ""}, "content": plain_nodes(text, taken)}


def _unfolded(lines: list[str]) -> list[str]:
    """Lines that end with a line feed only: splitlines knows other ends, which are text."""
    made: list[str] = []
    for line in lines:
        if made and not made[-1].endswith("\n"):
            made[-1] += line
        else:
            made.append(line)
    return made


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class Reader:
    """Reads lines without their Liquid into blocks."""

    def __init__(self, taken: Held, plain: bool) -> None:
        self.taken, self.plain, self.numbers = taken, plain, count(1)

    def blocks(self, lines: list[str]) -> list[Node]:
        """The blocks of these lines, in order; blank lines are the gap behind the block before them."""
        made: list[Node] = []
        at = 0
        while at < len(lines):
            if not lines[at].strip():
                until = at + 1
                if made:
                    made[-1]["attrs"]["gap"] += lines[at]
                else:
                    made.append({"type": "blank", "attrs": {"gap": lines[at]}})
            else:
                nodes, until = self.block(lines, at)
                made += nodes
            at = until
        return self.numbered(made)

    def numbered(self, nodes: list[Node]) -> list[Node]:
        """Blocks know which stood behind which: numbers follow one another only within one list."""
        if nodes and nodes[0]["type"] == "blank":
            lead = nodes.pop(0)["attrs"]["gap"]
            if nodes:
                nodes[0]["attrs"]["src"] = lead + (nodes[0]["attrs"].get("src") or "") if nodes[0]["type"] != "frame" else None
                if nodes[0]["type"] == "frame":
                    nodes[0]["attrs"]["open"] = lead + nodes[0]["attrs"]["open"]
        for node in nodes:
            node["attrs"]["n"] = next(self.numbers)
        next(self.numbers)
        return nodes

    def block(self, lines: list[str], at: int) -> tuple[list[Node], int]:
        """The block (of a condition: its branches) that begins here, and the line behind it."""
        tag = self.taken.tag(lines[at])
        if tag is not None:
            return self.frames(lines, at, tag)
        if not self.plain:
            line = lines[at].rstrip("\n")
            if heading := HEADING.match(line):
                return [self.made("heading", lines, at, at + 1, heading[2], level=min(len(heading[1]), 3))], at + 1
            if RULE.match(line):
                return [self.kept("rule", lines, at, at + 1)], at + 1
            if ITEM.match(line):
                return self.listed(lines, at)
            if table := table_at(self, lines, at):
                return [table[0]], table[1]
        until = at + 1
        while until < len(lines) and not self.ends(lines, until):
            until += 1
        return [self.made("paragraph", lines, at, until, "".join(lines[at:until]).strip("\n"))], until

    def ends(self, lines: list[str], at: int) -> bool:
        """Whether a paragraph ends before this line."""
        line = lines[at].rstrip("\n")
        if not line.strip() or self.taken.tag(line) is not None:
            return True
        if self.plain:
            return False
        item = ITEM.match(line)
        begins = bool(HEADING.match(line) or RULE.match(line)) or (item is not None and item[2] in (None, "1"))
        return begins or (at + 1 < len(lines) and "|" in line and DELIMITER.match(lines[at + 1]) is not None)

    def made(self, kind: str, lines: list[str], at: int, until: int, text: str, **attrs: object) -> Node:
        """A block of one line of words."""
        read = plain_nodes if self.plain else marked_nodes
        node = self.kept(kind, lines, at, until)
        node["attrs"] |= attrs
        return {**node, "content": read(text, self.taken)}

    def kept(self, kind: str, lines: list[str], at: int, until: int) -> Node:
        """A block with the text it was read from."""
        text = self.taken.back("".join(lines[at:until]))
        bare = text.rstrip("\n")
        return {"type": kind, "attrs": {"src": bare, "gap": text[len(bare) :]}}

    def listed(self, lines: list[str], at: int) -> tuple[list[Node], int]:
        """Items of one kind, one line each; a list with more in its items is raw."""
        until, ordered = at, None
        items: list[re.Match[str]] = []
        while until < len(lines) and (item := ITEM.match(lines[until].rstrip("\n"))) and (ordered is None or ordered == bool(item[2])):
            if items and _indent(lines[until]) > _indent(lines[at]) + 1:
                break
            ordered = bool(item[2])
            items.append(item)
            until += 1
        more = until
        if more < len(lines) and self.continues(lines, at, more):
            while more < len(lines) and lines[more].strip() and self.taken.tag(lines[more]) is None:
                more += 1
        if more > until:
            return [self.kept("raw", lines, at, more)], more
        node = self.kept("numbers" if ordered else "bullets", lines, at, until)
        node["content"] = [
            {"type": "item", "attrs": {"src": self.taken.back(item[3])}, "content": marked_nodes(item[3], self.taken)} for item in items
        ]
        if ordered:
            node["attrs"]["start"] = int(items[0][2])
        return [node], until

    def continues(self, lines: list[str], at: int, until: int) -> bool:
        """Whether a line belongs to the last item of the list that began at `at`."""
        line = lines[until].rstrip("\n")
        if not line.strip() or self.taken.tag(line) is not None:
            return False
        return _indent(line) > _indent(lines[at]) + 1 or (not self.ends(lines, until) and not ITEM.match(line))

    def frames(self, lines: list[str], at: int, tag: tuple[str, str]) -> tuple[list[Node], int]:
        """What is there only sometimes, or once for each row: its branches; a tag that is none of these is raw."""
        spots = self.branches(lines, at) if tag[0] in OPENING else None
        if spots is None:
            return [self.kept("raw", lines, at, at + 1)], at + 1
        nodes = []
        for place, (since, until) in enumerate(pairwise(spots)):
            name, text = self.taken.tag(lines[since]) or ("", "")
            body = since + 1
            while body < until and not lines[body].strip():
                body += 1
            inner = self.blocks(lines[body:until])
            last = place == len(spots) - 2
            close = self.taken.back(lines[until]) if last else ""
            gap = close[len(close.rstrip("\n")) :]
            attrs = {
                "tag": name, "text": text, "open": self.taken.back("".join(lines[since:body])), "close": close.rstrip("\n"), "gap": gap,
            }  # fmt: skip
            nodes.append({"type": "frame", "attrs": attrs, "content": inner or [{"type": "paragraph", "attrs": {"src": "", "gap": ""}}]})
        return nodes, spots[-1] + 1

    def branches(self, lines: list[str], at: int) -> list[int] | None:
        """The lines of the tag, of its else's and of its end; None when it does not end."""
        found, deep = [at], list[str]()
        for place, name in self.tags(lines, at):
            if name in OPENING:
                deep.append(name)
            elif name in BRANCHING:
                if len(deep) == 1 and place != at:
                    found.append(place)
            elif not deep or deep.pop() != CLOSING[name]:
                return None
            if not deep:
                return [*found, place]
        return None

    def tags(self, lines: list[str], at: int) -> Iterator[tuple[int, str]]:
        """The gates that stand alone on their lines, from a line on."""
        for place in range(at, len(lines)):
            tag = self.taken.tag(lines[place])
            if tag is not None and tag[0] in GATES:
                yield place, tag[0]
