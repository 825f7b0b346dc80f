"""`loket check FILE.bpmn` with whatever somebody has: it runs to an end, or is refused by element; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import flow, procedures
from loket import procedures as files
from tests.engine.flow.drawing import Drawing
from tests.engine.flow.test_miwg import run

TOOLS = sorted((Path(__file__).parents[1] / "engine" / "flow" / "tools").glob("*.bpmn"))
REFUSED = {  # what in the file is named
    "camunda7": ("fc: The way from “g” to “ex”", "must begin with '='"),
    "camunda7_script": ("sc: “sc” contains a script",),
    "camunda8_no_otherwise": ("Gateway_granted: “Granted?” has no otherwise",),
    "camunda8_rework": ("Gateway_good: “Good enough?” chooses by goodEnough, which no step",),
    "bonita": ("_f3: The way “fine” out of “ok?”", "must begin with '='"),
    "enterprise_architect": ("“Archive” can never be reached",),
    "flowable": ("flow3: The way from “Request approved?” to “e”", "flow4: The way from “Request approved?” to “adjust”"),
    "only_pools": ("The file has no process",),
    "oryx_adhoc": ("sid-3: “Collect papers” cannot", "(adHocSubProcess is", "sid-6: “Two of three” cannot", "(complexGateway is"),
    "spiff_arena": ("Flow_3: The way “much” out of “Gateway_1”", "must begin with '='"),
}
PLAIN = Drawing("P").start().add("task", "t", name="Prüfung").end().chain("begin", "t", "done").bytes().decode()


def checked(file: Path) -> tuple[int, list[str]]:
    """The exit code, and what is said in English; the Indonesian has as many lines."""
    said: dict[str, list[str]] = {"id": [], "en": []}
    codes = {files.check(file, lang=lang, say=said[lang].append) for lang in said}
    assert len(codes) == 1
    assert len(said["id"]) == len(said["en"])
    assert not [line for lines in said.values() for line in lines if "{" in line or "None" in line or "Traceback" in line]
    return codes.pop(), said["en"]


@pytest.mark.parametrize("file", TOOLS, ids=lambda file: file.stem)
def test_what_other_tools_write_runs_to_an_end_or_is_refused_by_element(file: Path) -> None:
    code, said = checked(file)
    if file.stem in REFUSED:
        assert code == 1
        assert all(any(words in line for line in said) for words in REFUSED[file.stem])
    else:
        assert code == 0, said
        assert run(flow.load(flow.adopt(file.read_bytes(), functions=procedures.FUNCTIONS).bpmn)) == "ended"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16"),
        PLAIN.replace("UTF-8", "UTF-16LE").encode("utf-16-le"),
        PLAIN.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        PLAIN.replace("\n", "\r\n").encode(),
        b"\n\n" + PLAIN.encode(),
        PLAIN.replace("?>", '?><?xml-stylesheet href="x.xsl"?><!-- a -->', 1).encode(),
    ],
    ids=["bom", "utf-16", "utf-16-le", "latin-1", "crlf", "blank-lines", "instructions"],
)
def test_every_way_of_writing_letters_is_read(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "it.bpmn"
    file.write_bytes(data)
    assert checked(file)[0] == 0


@pytest.mark.parametrize("name", ["Prozess.BPMN", "process.bpmn20.xml", "process.bpmn2"])
def test_a_diagram_may_be_called_as_its_tool_calls_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(PLAIN, "utf-8")
    code, said = checked(file)
    assert (code, said) == (0, [f"{file}: nothing is wrong"])


def nested(depth: int) -> str:
    """Sub-processes in sub-processes."""
    inner = '<bpmn:task id="x"/>'
    for number in range(depth):
        inner = f'<bpmn:subProcess id="s{number}">{inner}</bpmn:subProcess>'
    return PLAIN.replace('<bpmn:task id="t"', inner + '<bpmn:task id="t"')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a readable XML file"),
        (b"Guten Tag", "not a readable XML file"),
        (b"PK\x03\x04\x00\x00", "not a readable XML file"),
        (PLAIN.encode("latin-1"), "not a readable XML file"),
        (PLAIN.replace("UTF-8", "x-klingon").encode(), "not a readable XML file"),
        (b"<html><body/></html>", "it begins with html"),
        (PLAIN.replace("?>", "?><!DOCTYPE a>", 1).encode(), "declares a document type"),
        (PLAIN.replace("?>", '?><!DOCTYPE a [<!ENTITY x "y">]>', 1).replace("Prüfung", "&x;").encode(), "declares a document type"),
        (PLAIN.replace("?>", '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1).replace("Prüfung", "&x;").encode(), "XML file"),
        (PLAIN.replace("bpmn:process", "bpmn:choreography").encode(), "The file has no process"),
        (nested(31).encode(), "“s0” lies in more than 30 sub-processes"),
        (nested(200).encode(), "lies in more than 30 sub-processes"),
        (nested(5000).encode(), "not a readable XML file: Excessive depth"),
        (PLAIN.replace('"t"', '"P"').encode(), "The id P is used twice"),
    ],
    ids=["empty", "text", "zip", "letters", "encoding", "html", "doctype", "entity", "outside", "none", "deep", "deeper", "deepest", "ids"],
)
def test_what_is_no_diagram_is_refused_in_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "it.bpmn"
    file.write_bytes(data)
    code, said = checked(file)
    assert code == 1
    assert any(words in line and line.startswith(str(file)) for line in said), said


def test_what_was_added_to_a_diagram_is_told_by_the_step_it_was_added_to(tmp_path: Path) -> None:
    """Two flows out of a task are a fork; the file knows the task alone."""
    pen = Drawing("P").start().add("task", "t", name="Ask").add("task", "u", name="Answer").end().chain("begin", "t", "u", "done")
    file = tmp_path / "it.bpmn"
    file.write_bytes(pen.flow("u", "t").bytes())
    code, said = checked(file)
    assert (code, said[1].partition(": ")[0]) == (1, f"{file}#u")
    assert "after “Answer”, “Ask” begins anew beside the other way" in said[1]


def test_a_way_of_a_file_in_utf_16_is_called_by_its_name(tmp_path: Path) -> None:
    pen = Drawing("P").start().choice("x", "o").add("task", "t", name="Ask").end().flow("begin", "x").flow("x", "t", "${so}")
    file = tmp_path / "it.bpmn"
    data = pen.flow("x", "done", ident="o").chain("t", "done").bytes().decode()
    file.write_bytes(data.replace("UTF-8", "UTF-16").encode("utf-16"))
    code, said = checked(file)
    assert (code, "The way from “x” to “Ask”" in said[0], "like = so." in said[0]) == (1, True, True)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    code, said = checked(tmp_path / "no.bpmn")
    assert (code, "No such file" in said[0]) == (1, True)


def test_thirty_sub_processes_in_one_another_and_a_thousand_steps_in_a_row_run_to_an_end() -> None:
    assert run(flow.load(flow.adopt(nested(30).encode()).bpmn)) == "ended"
    pen = Drawing().start().end()
    for number in range(600):
        pen.add("intermediateThrowEvent", f"m{number}")
    assert run(flow.load(pen.chain("begin", *(f"m{number}" for number in range(600)), "done").bytes())) == "ended"


def test_parts_that_call_parts_are_counted_too() -> None:
    pen = Drawing("p0").start("s0").add("callActivity", "c0", calledElement="p1").end("e0").chain("s0", "c0", "e0")
    others = [
        Drawing(f"p{n}")
        .start(f"s{n}")
        .add("callActivity", f"c{n}", calledElement=f"p{n + 1}")
        .end(f"e{n}")
        .chain(f"s{n}", f"c{n}", f"e{n}")
        for n in range(1, 40)
    ]
    last = Drawing("p40").start("s40").add("task", "x").end("e40").chain("s40", "x", "e40")
    with pytest.raises(flow.BadProcess) as caught:
        flow.adopt(pen.bytes("".join(each.process() for each in (*others, last))))
    assert [(each.code, each.facts["id"]) for each in caught.value.findings] == [("process.too_deep", "c30")]
