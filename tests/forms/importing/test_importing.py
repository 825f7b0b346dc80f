"""Forms of others taken over: ten samples, the report, and bytes of any kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms import Field, Invalid
from forms.importing import CannotImport, Imported, import_form

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def sample(name: str) -> Imported:
    file = Path(__file__).parent / "samples" / name
    return import_form(file.read_bytes(), name=file.name.split(".")[0])


def told(made: Imported) -> set[tuple[str, str]]:
    """(the end of the place, code) of all that is not simply kept."""
    return {(note.place.rpartition("/")[2], note.code) for note in made.notes if note.code != "kept"}


def question(made: Imported, path: str) -> Field:
    found = dict(made.form.fields()).get(path)
    assert found is not None, f"{path} is not among {[key for key, _ in made.form.fields()]}"
    return found


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_becomes_a_form_with_both_languages_and_a_report_of_every_part(file: Path) -> None:
    made = import_form(file.read_bytes(), name=file.stem)
    assert len(SAMPLES) == 10
    assert made.notes
    for _, one in made.form.fields():
        assert one.label["id"]
        assert one.label["en"]
        assert one.label["id"].startswith("[terjemahkan] ") or one.label["en"].startswith("[to translate] ") or one.label != {}
    for note in made.notes:
        for lang in ("id", "en"):
            assert note.place in note.line(lang)
            assert "{" not in note.sentence(lang).replace(str(note.facts.get("text", "")), "").replace(
                str(note.facts.get("pattern", "")), ""
            )
    assert {note.outcome for note in made.notes} <= {"kept", "changed", "dropped"}


def test_a_camunda_form_keeps_its_questions_rules_and_conditions() -> None:
    made = sample("stall.json")
    assert (made.form.key, made.form.title["en"]) == ("stall_permit", "Stall permit")
    kinds = {path: (one.kind.word, one.required) for path, one in made.form.fields()}
    assert kinds == {
        "before_you_begin": ("information", False),
        "owner_name": ("text", True),
        "mail": ("email", False),
        "kind": ("choice", True),
        "area": ("number", True),
        "menu": ("textarea", True),
        "market": ("text", False),
        "agree": ("declaration", True),
    }
    assert question(made, "menu").show_when == 'stall_permit.kind = "food_stall"'
    assert question(made, "area").options["max"] == 'if stall_permit.kind = "goods" then 10 else 20'
    assert {("6", "choices_elsewhere"), ("8", "button"), ("3", "choice_values"), ("7", "tick")} <= told(made)


def test_what_was_taken_over_checks_answers() -> None:
    form = sample("stall.json").form
    fine = {"owner_name": "Siti", "kind": "goods", "area": "9,5", "agree": {"agreed": "yes", "version": "1"}}
    assert form.check(fine, at=AT).values["kind"] == "goods"
    with pytest.raises(Invalid) as caught:
        form.check({**fine, "kind": "food_stall", "area": "21", "owner_name": "S"}, at=AT)
    assert {(one.path, one.code) for one in caught.value.errors} == {
        ("owner_name", "text.short"),
        ("area", "number.max"),
        ("menu", "required"),
    }


def test_groups_become_pages_lists_repeating_groups_and_paths_keys() -> None:
    made = sample("groups.json")
    assert [(page.key, page.show_when) for page in made.form.pages] == [
        ("pemohon", None),
        ("lokasi_reklame", "izin_reklame_0x1.pemohon_nama != null"),
    ]
    assert made.language == "id"
    assert question(made, "pemohon_nama").label == {"id": "Nama lengkap", "en": "[to translate] Nama lengkap"}
    assert question(made, "pemohon_alamat_kode_pos").options["pattern"] == "[0-9]{5}"
    assert question(made, "titik.alasan").show_when == (
        '(row.panjang >= 5 or row.panjang = null) and izin_reklame_0x1.pemohon_alamat_jalan != "Veteran"'
    )
    assert question(made, "biaya").kind.word == "rupiah"
    assert ("0", "key") in told(made)
    assert question(made, "alamat").kind.word == "heading"


def test_what_cannot_be_carried_over_is_said_and_the_rest_still_works() -> None:
    made = sample("everything.json")
    assert {
        ("0", "no_key"),
        ("2", "key_twice"),
        ("2", "readonly"),
        ("2", "default"),
        ("2", "properties"),
        ("3", "pattern"),
        ("4", "choice_twice"),
        ("5", "choice_values"),
        ("8", "file_types"),
        ("11", "image"),
        ("12", "iframe"),
        ("13", "table"),
        ("14", "preview"),
        ("15", "layout"),
        ("16", "layout"),
        ("17", "button"),
        ("18", "type_unknown"),
        ("19", "show_lost"),
        ("20", "later"),
        ("1", "list_in_list"),
        ("23", "no_component"),
    } <= told(made)
    assert question(made, "please_note").options["text"]["en"] == "– one"
    assert "alert" not in made.data.decode()
    assert question(made, "inside").kind.word == "text"
    assert question(made, "day").options == {"min": "today()"}
    assert (question(made, "papers").kind.word, question(made, "papers").options) == ("files", {"types": ["pdf", "jpg", "png"]})
    assert question(made, "hour").kind.word == "time"
    assert question(made, "sum").options == {"value": "everything.day"}
    assert question(made, "late").show_when == 'list contains(everything.tags, "3")'


def test_a_condition_to_hide_is_turned_round_so_that_no_answer_hides_nothing() -> None:
    made = sample("conditions.json")
    conditions = {path: one.show_when for path, one in made.form.fields() if one.show_when}
    assert conditions == {
        "q1": "conditions.a <= 5 or conditions.a = null",
        "q2": "conditions.b != true",
        "q3": "conditions.b",
        "q4": 'conditions.size != "1" and conditions.a != null',
        "q5": "not(conditions.a in [1..3]) or conditions.b != true",
        "q8": "false",
    }
    assert {("8", "show_not_feel"), ("9", "show_not_feel")} <= told(made)
    assert sample("oldest.json").form.find("note").show_when == "oldest.approved = true"


def test_a_json_schema_keeps_formats_limits_and_titles_in_both_languages() -> None:
    made = sample("person.schema.json")
    kinds = {path: (one.kind.word, one.required) for path, one in made.form.fields()}
    assert (made.form.key, dict(made.form.title)) == ("pemohon", {"id": "Pemohon", "en": "Applicant"})
    assert kinds == {
        "nama": ("text", True),
        "nik": ("nik", True),
        "jenis_kelamin": ("choice", True),
        "lahir": ("date", False),
        "surel": ("email", False),
        "situs": ("text", False),
        "foto": ("file", False),
        "umur": ("number", False),
        "setuju": ("declaration", True),
    }
    assert question(made, "nama").label == {"id": "Nama lengkap", "en": "Full name"}
    assert question(made, "jenis_kelamin").options["choices"][1]["label"] == {"id": "Perempuan", "en": "Female"}
    assert question(made, "umur").options == {"min": 17, "max": 120}


def test_references_are_followed_lists_become_groups_and_circles_are_cut() -> None:
    made = sample("references.schema.json")
    kinds = {path: (one.kind.word, one.required, one.required_when) for path, one in made.form.fields()}
    assert kinds["office_street"] == ("text", True, None)
    assert kinds["store_street"] == ("text", False, "references.store_post_code != null")
    assert kinds["points"] == ("group", True, None)
    assert kinds["points.photo"] == ("file", False, None)
    assert question(made, "points.length").rules[0].check == "row.length > 0"
    assert kinds["tags"][0] == "choices"
    assert kinds["names.value"] == ("text", True, None)
    assert {("items", "ref_round"), ("far", "ref_far"), ("gone", "ref_missing"), ("tags", "choice_values")} <= told(made)


def test_if_then_else_and_dependent_members_become_conditions() -> None:
    made = sample("conditions.schema.json")
    shown = {path: (one.show_when, one.required, one.required_when) for path, one in made.form.fields()}
    assert shown["watt"] == ('conditions.kind = "video"', True, None)
    assert shown["material"] == ('conditions.kind != "video"', False, None)
    assert shown["phone"] == (None, False, "conditions.area >= 50")
    assert shown["name"] == (None, False, "conditions.phone != null")
    assert shown["side"] == ("conditions.area != null", False, None)
    assert shown["club"] == (None, False, None)
    assert ("#", "show_hard") in told(made)


def test_shapes_are_told_apart_by_a_member_or_by_a_question_of_ours() -> None:
    made = sample("shapes.schema.json")
    shown = {path: (one.show_when, one.required) for path, one in made.form.fields()}
    assert shown["way"] == (None, True)
    assert shown["account"] == ('shapes.way = "bank"', True)
    assert shown["office"] == ('shapes.way = "counter"', False)
    assert shown["which"] == (None, True)
    assert shown["deed"] == ('shapes.which = "2"', True)
    assert question(made, "amount").rules[0].check == "modulo(shapes.amount, 500) = 0"


def test_draft_4_is_understood() -> None:
    made = sample("draft4.schema.json")
    assert made.form.key == "order"
    assert question(made, "size").rules[0].check == "order.size > 0"
    assert question(made, "count").options == {"min": 1}
    assert question(made, "any").required_when == "order.count != null"
    assert not question(made, "level").required
    assert {("secret", "write_only"), ("id", "read_only"), ("range", "tuple"), ("any", "anything")} <= told(made)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import.json"),
        (b"\xff\xfe{", "import.json"),
        (b"[" * 100_000, "import.deep"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "import.deep"),
        (b" " * 2_000_001, "import.large"),
        (b"[]", "import.unknown"),
        (b"true", "import.unknown"),
        (b'{"a": 1}', "import.unknown"),
        (b'{"format": "loket-form/1"}', "import.ours"),
        (b'{"display": "form", "components": []}', "import.formio"),
        (b'{"components": []}', "import.empty"),
        (b'{"components": [{"type": "button"}]}', "import.empty"),
        (b'{"type": "object", "properties": {"a": false}}', "import.empty"),
        (b'{"$ref": "#"}', "import.empty"),
        (b'{"allOf": [{"$ref": "#/allOf/0"}]}', "import.empty"),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(CannotImport) as caught:
        import_form(data)
    assert caught.value.code == code
    for lang in ("id", "en"):
        assert caught.value.sentence(lang).endswith(".")


def test_references_that_double_at_every_step_end() -> None:
    levels = {f"l{n}": {"type": "object", "properties": {side: {"$ref": f"#/$defs/l{n + 1}"} for side in "ab"}} for n in range(40)}
    document = {"$defs": levels, "type": "object", "properties": {"name": {"type": "string"}, "x": {"$ref": "#/$defs/l0"}}}
    assert import_form(json.dumps(document).encode(), name="deep").form.find("name") is not None


def test_a_long_form_is_split_into_pages_and_a_longer_one_cut() -> None:
    many = [{"type": "textfield", "key": f"k{n}", "label": f"Question {n}"} for n in range(1100)]
    made = import_form(json.dumps({"components": many}).encode(), name="long")
    assert [len(page.fields) for page in made.form.pages] == [200] * 5
    assert ("1000", "too_many") in told(made)


def test_nothing_is_lost_without_a_word() -> None:
    twice = b'{"type": "object", "properties": {"a": {"type": "string"}, "a": {"type": "number"}}}'
    assert [(one.code, one.outcome) for one in import_form(twice).notes if one.code == "member_twice"] == [("member_twice", "dropped")]
    schema = {"allOf": [{"properties": {"a": {"type": "string"}}}], "patternProperties": {"^x-": {"type": "string"}}}
    told = [one.line("en") for one in import_form(json.dumps({"type": "object", **schema}).encode()).notes]
    assert any("patternProperties" in line for line in told), told
    when = {"type": "datetime", "key": "when", "subtype": "datetime", "dateLabel": "When", "disallowPassedDates": True}
    form = import_form(json.dumps({"type": "default", "components": [when]}).encode()).form
    assert next(form.questions()).options["min"] == "today()"
