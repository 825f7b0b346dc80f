"""What the office says about a service (`procedure.toml`) as plain answers of a page, and back: comments and what no page asks stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

Answers = dict[str, Any]
FILE = "procedure.toml"
LANGS = ("id", "en")
WAYS = ("online", "counter", "home_visit")
_NUMBER = re.compile(r"(?P<before>[^{}]*)\{n(?::0(?P<digits>[1-9]))?\}(?P<between>[^{}]*)(?P<year>\{year\})?(?P<after>[^{}]*)\Z")
_LASTS = re.compile(r'today\(\)\s*\+\s*duration\("P(\d{1,3})(Y|M)"\)\Z')
_ANSWER = re.compile(r"[a-z]\w*\.\w+\Z")
_YEARS = re.compile(r"P(\d{1,3})Y\Z")


class Unreadable(ValueError):
    """The file is no TOML."""


def sheet_of(data: bytes) -> tomlkit.TOMLDocument:
    """The file, to be changed. Raises Unreadable."""
    try:
        return tomlkit.parse(data.decode("utf-8"))
    except (TOMLKitError, UnicodeDecodeError) as bad:
        raise Unreadable(str(bad)) from bad


def answers(data: bytes) -> Answers:
    """What the page shows. Raises Unreadable."""
    tree = sheet_of(data).unwrap()
    category, fee, time = _table(tree, "category"), _table(tree, "fee"), _table(tree, "time")
    given: Answers = {f"{name}_{lang}": _table(tree, name).get(lang, "") for name in ("name", "summary") for lang in LANGS}
    given |= {f"category_{lang}": category.get(lang, "") for lang in LANGS}
    given |= {"owner": tree.get("owner", ""), "applicants": tree.get("applicants", [])}
    given |= {"channels": [each.get("kind") for each in tree.get("channels", [])], "laws": tree.get("legal_basis", [])}
    given |= {"days": time.get("days"), "counting": time.get("counting", "exclude_start"), "days_when": len(time.get("days_when", []))}
    given |= {"fee": fee.get("kind", "none"), "amount": fee.get("amount", ""), "lines": fee.get("lines", "")}
    given |= {f"note_{lang}": _table(fee, "note").get(lang, "") for lang in LANGS}
    given |= _numbering(_table(tree, "register")) | _lasting(_table(tree, "validity"))
    letters, kept = _table(tree, "letters"), _YEARS.match(str(_table(tree, "retention").get("withdrawn", "")))
    return given | {"permit": letters.get("issued", ""), "refusal": letters.get("refused", ""), "withdrawn": int(kept[1]) if kept else None}


def _table(tree: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = tree.get(name)
    return found if isinstance(found, Mapping) else {}


def _numbering(register: Mapping[str, Any]) -> Answers:
    """The format of numbers in its parts; one of another shape as it is."""
    text = str(register.get("format", ""))
    found = _NUMBER.match(text)
    parts = found.groupdict("") if found else {"before": "", "digits": "", "between": "", "year": "", "after": ""}
    return {
        "restart": register.get("restart", "year"),
        "before": parts["before"],
        "digits": int(parts["digits"] or 1),
        "between": parts["between"],
        "with_year": bool(parts["year"]),
        "after": parts["after"],
        "format": "" if found else text,
    }


def _lasting(validity: Mapping[str, Any]) -> Answers:
    """How long a permit holds: `always`, `years`, `months`, `answer` or `formula`."""
    until = str(validity.get("until", "")).strip()
    found = _LASTS.match(until)
    if not until:
        return {"lasts": "always", "how_long": 1, "until": ""}
    if found:
        return {"lasts": "years" if found[2] == "Y" else "months", "how_long": int(found[1]), "until": ""}
    return {"lasts": "answer" if _ANSWER.match(until) else "formula", "how_long": 1, "until": until}


def written(data: bytes, given: Answers) -> bytes:
    """The file with these answers. Raises Unreadable."""
    tree = sheet_of(data)
    for name in ("name", "summary", "category"):
        _words(tree, name, given)
    if not _table(tree, "category").get("key"):
        _into(tree, "category")["key"] = "other"
    tree["owner"] = given["owner"]
    tree["applicants"] = list(given["applicants"])
    _channels(tree, given["channels"])
    _laws(tree, given["laws"])
    time = _into(tree, "time")
    time["days"], time["counting"] = given["days"], given["counting"]
    for change in (_fee, _register, _validity, _rest):
        change(tree, given)
    return tomlkit.dumps(tree).encode()


def _into(tree: Any, name: str) -> Any:
    if not isinstance(tree.get(name), Mapping):
        tree[name] = tomlkit.table()
    return tree[name]


def _words(tree: Any, name: str, given: Answers) -> None:
    table = _into(tree, name)
    for lang in LANGS:
        table[lang] = given[f"{name}_{lang}"]


def _channels(tree: Any, wanted: list[str]) -> None:
    """Ways that stay keep their days."""
    had = {each.get("kind"): each for each in tree.get("channels", [])}
    _rows(tree, "channels", [had.get(kind, {"kind": kind}) for kind in WAYS if kind in wanted])


def _laws(tree: Any, wanted: list[Answers]) -> None:
    """A law that was not touched stays an example when it was one."""
    had = {(each.get("title"), each.get("number", ""), each.get("article", "")): each for each in tree.get("legal_basis", [])}
    rows = []
    for each in wanted:
        same = had.get((each["title"], each["number"], each["article"]))
        rows.append(
            same if same is not None and each["sample"] else {key: each[key] for key in ("title", "number", "article") if each[key]}
        )
    _rows(tree, "legal_basis", rows)


def _rows(tree: Any, name: str, rows: list[Mapping[str, Any]]) -> None:
    """Tables of an array; unchanged ones leave the text as it is."""
    before = tree.get(name)
    if before is not None and [dict(each) for each in before] == [dict(each) for each in rows]:
        return
    fresh = tomlkit.aot()
    for row in rows:
        one = tomlkit.table()
        one.update({key: getattr(value, "unwrap", lambda value=value: value)() for key, value in row.items()})
        fresh.append(one)
    if rows:
        tree[name] = fresh
    elif before is not None:
        del tree[name]


def _fee(tree: Any, given: Answers) -> None:
    """A fee of none keeps nothing of the table it was read from."""
    fee = _into(tree, "fee")
    fee["kind"] = given["fee"]
    decision = given["amount"].partition(".")[0]
    known = {"decision": decision, "amount": given["amount"], "lines": given["lines"]} if given["fee"] != "none" else {}
    for name in ("decision", "amount", "lines"):
        _set(fee, name, known.get(name, ""))
    note = {lang: given[f"note_{lang}"] for lang in LANGS if given[f"note_{lang}"]}
    if note:
        _into(fee, "note").update(note)
    elif "note" in fee:
        del fee["note"]


def _register(tree: Any, given: Answers) -> None:
    register = _into(tree, "register")
    digits = f":0{given['digits']}" if given["digits"] > 1 else ""
    year = "{year}" if given["with_year"] else ""
    register["format"] = given["format"] or f"{given['before']}{{n{digits}}}{given['between']}{year}{given['after']}"
    register["restart"] = given["restart"]


def _validity(tree: Any, given: Answers) -> None:
    units = {"years": "Y", "months": "M"}
    if given["lasts"] == "always":
        if "validity" in tree:
            del tree["validity"]
        return
    lasts = given["lasts"]
    text = f'today() + duration("P{given["how_long"]}{units[lasts]}")' if lasts in units else given["until"]
    _set(_into(tree, "validity"), "until", text, tomlkit.string(text, literal=True) if "'" not in text else None)


def _rest(tree: Any, given: Answers) -> None:
    letters = _into(tree, "letters")
    _set(letters, "issued", given["permit"])
    _set(letters, "refused", given["refusal"])
    if given["withdrawn"]:
        _set(_into(tree, "retention"), "withdrawn", f"P{given['withdrawn']}Y")


def _set(table: Any, name: str, text: str, item: Any = None) -> None:
    """A text, its comment kept; none takes it out."""
    if not text:
        if name in table:
            del table[name]
    elif table.get(name) != text:
        table[name] = item if item is not None else text
