"""What a drawing brings along from another tool is told in a clerk's words, and every cure that is named works in the designer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from engine import actions, procedures
from engine.store import Store
from tests.browser.drawer import Keys
from tests.fixtures.browser import sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
KEY = "from_elsewhere"
NAMES = {"id": "Izin", "en": "Permit"}
CAMUNDA = ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
STEP = '<bpmn:userTask id="decide"'
ODD = ' camunda:asyncBefore="true" startQuantity="2"'
CLOK = '<zeebe:property name="clok" value="office" />'
LOOP = '<bpmn:multiInstanceLoopCharacteristics isSequential="true" />'
TAKEN = ("clok", "zeebe:ExecutionListeners", "camunda:asyncBefore", "startQuantity", "loopCharacteristics")


def of_another_tool(xml: str) -> str:
    """The skeleton with a step that says what only other tools read, is done several times for nothing, and names a person."""
    start, end = xml.index(STEP), xml.index("</bpmn:userTask>", xml.index(STEP))
    step = (
        xml[start:end]
        .replace(STEP, STEP + ODD)
        .replace("<bpmn:extensionElements>", "<bpmn:extensionElements><zeebe:executionListeners />", 1)
    )
    step = step.replace("<zeebe:assignmentDefinition ", '<zeebe:assignmentDefinition assignee="budi" ').replace(
        'formId="', 'formKey="a" formId="'
    )
    step = step.replace("<zeebe:properties>", "<zeebe:properties>" + CLOK)
    whole = xml[:start] + step + LOOP + xml[end:]
    return whole.replace("<bpmn:definitions", "<bpmn:definitions" + CAMUNDA, 1).replace('= decide.result = "approve"', "${approved}")


@pytest.fixture(scope="module")
def studio(server) -> Any:
    """The office's store, with an administrator and the draft."""
    store, at = Store(server.database, KEYS), datetime.now(UTC)
    sari = _person(store, at, "Sari", "administrator", email="sari@example.org")
    with store.unit() as db:
        procedures.new_procedure(db, KEY, NAMES, by=sari.id, at=at)
        xml = procedures.draft_file(db, KEY, "process.bpmn")[0].decode()
        procedures.write_draft(db, KEY, {"process.bpmn": of_another_tool(xml).encode()}, by=sari.id, at=at)
    yield store
    store.close()


def told(studio: Store) -> list[str]:
    with studio.reading() as db:
        found = procedures.draft_findings(db, KEY, actions={name: one.WRITES for name, one in actions.actions().items()})
    return [procedures.sentence(each) for each in found if each.code.startswith("process.")]


def test_every_cure_of_a_drawing_of_another_tool_works_in_the_designer(studio: Store, new_page, server, axe) -> None:
    before = told(studio)
    assert len(before) == 7, before
    assert all("“Only in the file”" in one or "anew" in one or "“Add a condition”" in one for one in before), before
    page = new_page(width=1280)
    sign_in(page, server.url, "sari@example.org", PASSWORD)
    hand = Keys(page, server.url, KEY)
    hand.choose("decide")
    only = hand.panel.locator('[data-prop="only"]')
    axe(page)
    for name in TAKEN:
        only.locator(f'[data-only="{name}"] button').click()
        expect(only.locator(f'[data-only="{name}"]')).to_have_count(0)
    for name in ("desk", "form"):
        box = hand.panel.locator(f'[name="{name}"]')
        value = box.input_value()
        box.select_option("")
        box.select_option(value)
    expect(only).to_have_count(0)
    page.locator(".pd-problems .pd-finding--error button", has_text="Its condition").click()
    formula = hand.panel.locator(".fb-feel")
    formula.fill('= decide.result = "approve"')
    formula.blur()
    hand.saved()
    assert told(studio) == []
    with studio.reading() as db:
        written = procedures.draft_file(db, KEY, "process.bpmn")[0].decode()
    assert '>= decide.result = "approve"<' in written
    assert not [word for word in ("asyncBefore", "executionListeners", "clok", "formKey", "assignee", "Quantity") if word in written]
