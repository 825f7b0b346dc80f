"""Every step can be reached from the start, and from every step an end can be reached (along the drawn flows alone)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.unreachable": {
        "id": "{step} tidak pernah dapat dicapai; gambar jalan ke sana, atau keluarkan.",
        "en": "{step} can never be reached; draw a way to it, or take it out.",
    },
    "step.no_end": {
        "id": "Dari {step} tidak ada akhir yang dapat dicapai: perkara berputar terus{round}. Gambar jalan keluar.",
        "en": "From {step} no end can be reached: the case goes round for ever{round}. Draw a way out.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    process = seen.bundle.process
    forth = ways(seen)
    begun = _begun(seen, forth)
    lost = {step.id for step in seen.steps if step.id not in begun}
    for ident in first_of(lost, _back(forth)):
        yield seen.at(process.steps[ident], "step.unreachable")
    for group in _rounds(caught(seen), forth):
        named = [each for each in group if process.steps[each].name and process.steps[each].kind in {"user", "service", "part"}] or group
        others = [seen.called.step(each) for each in named[1:4]]
        around = {"id": f" lewat {_list(others, 'id', ' dan ')}", "en": f" through {_list(others, 'en', ' and ')}"} if others else _NOTHING
        yield seen.at(process.steps[named[0]], "step.no_end", round=around)


def caught(seen: Seen) -> list[str]:
    """The steps that can be reached and from which no end can, in reading order."""
    forth = ways(seen)
    ends = [step.id for step in seen.steps if step.kind == "end" or step.undoes]
    begun, ending = _begun(seen, forth), reach(ends, _back(forth))
    return [step.id for step in seen.steps if step.id in begun and step.id not in ending]


def _begun(seen: Seen, forth: Mapping[str, list[str]]) -> set[str]:
    return reach([step.id for step in seen.steps if step.kind == "start"], forth)


def _back(forth: Mapping[str, list[str]]) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {}
    for source, targets in forth.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    return back


_NOTHING = {"id": "", "en": ""}


def _list(words: list[dict[str, str]], lang: str, last: str) -> str:
    texts = [each[lang] for each in words]
    return last.join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def first_of(lost: set[str], back: Mapping[str, list[str]]) -> list[str]:
    """The steps of a set to which nothing of the set leads; of a circle one. What comes after them is not told again."""
    heads = sorted(each for each in lost if not any(source in lost for source in back.get(each, ())))
    forth: dict[str, list[str]] = {}
    for target in lost:
        for source in back.get(target, ()):
            if source in lost:
                forth.setdefault(source, []).append(target)
    left = lost - reach(heads, forth)
    while left:
        head = min(left)
        heads.append(head)
        left -= reach([head], forth)
    return heads


def _rounds(caught: list[str], forth: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The steps from which there is no way out, those that belong together as one list in reading order: the round itself."""
    left = list(caught)
    while left:
        inside = min((reach([each], forth) for each in left), key=len)
        yield [each for each in caught if each in inside]
        leading = {each for each in left if reach([each], forth) & inside}
        left = [each for each in left if each not in leading]


def ways(seen: Seen) -> dict[str, list[str]]:
    """Where one can go from each step; an event on a boundary can be reached from its step, and a sub-process
    that an event starts from the step or the start around it; what undoes a step, from that."""
    found: dict[str, list[str]] = {}
    for link in seen.bundle.process.links:
        found.setdefault(link.source, []).append(link.target)
    for step in seen.steps:
        if step.host:
            found.setdefault(step.host, []).append(step.id)
        if step.undoes:
            found.setdefault(step.undoes, []).append(step.id)
        if step.beside:
            around = {each.part: each.id for each in seen.steps if each.kind == "part" and each.id != step.id}
            start = next(each.id for each in seen.steps if each.kind == "start" and each.inside == step.inside)
            found.setdefault(around.get(step.inside, start), []).append(step.id)
            found.setdefault(step.id, []).extend(each.id for each in seen.steps if each.kind == "start" and each.inside == step.id)
    return found


def reach(starts: list[str], graph: Mapping[str, list[str]]) -> set[str]:
    """Everything that can be reached."""
    seen, todo = set(starts), list(starts)
    while todo:
        for following in graph.get(todo.pop(), ()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen
