"""What is written out in the frame of every page is what the macros of govuk-frontend make of it."""

from __future__ import annotations

import re

from flask import Flask, render_template_string

from tests.forms.test_parts import Elements

GOVUK = """
{% from "govuk_frontend_jinja/components/skip-link/macro.html" import govukSkipLink %}
{% from "govuk_frontend_jinja/components/generic-header/macro.html" import govukGenericHeader %}
{% from "govuk_frontend_jinja/components/service-navigation/macro.html" import govukServiceNavigation %}
{{ govukSkipLink({"href": "#main-content", "text": _("Skip to the content")}) }}
<header>
{{ govukGenericHeader({"logoHtml": mark, "url": "/", "classes": "loket-header"}) }}
{{ govukServiceNavigation({"classes": "loket-navigation", "navigation": navigation("main"), "navigationLabel": _("Main menu"),
  "menuButtonText": _("Menu"), "ariaLabel": _("Service information"), "slots": {"end": tools}}) }}
</header>
"""
OURS = '{% extends "hall/base.html" %}'
SMALL = """
{% from "hall/macros.html" import back, button %}
{% from "govuk_frontend_jinja/components/back-link/macro.html" import govukBackLink %}
{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}
"""


def elements(html: str) -> list[object]:
    return Elements(html).found


def test_the_frame_has_the_elements_of_govuks_macros(app: Flask) -> None:
    for path in ("/", "/?lang=en", "/account/sign-in", "/nowhere"):
        with app.test_request_context(path):
            page = render_template_string(OURS)
            mark, tools = found(page, r"<svg.*?</svg>\s*<span.*?</span></span>"), found(page, r'<ul class="loket-tools">.*?</ul>')
            ours = found(page, r'<a href="#main-content".*?</header>')
            assert elements(ours) == elements(render_template_string(GOVUK, mark=mark, tools=tools)), path


def test_buttons_and_ways_back_are_govuks(app: Flask) -> None:
    pairs = {
        'button("Kirim & simpan")': 'govukButton({"text": "Kirim & simpan", "preventDoubleClick": true})',
        'button("A", secondary=true, name="n", value="<v>")': (
            'govukButton({"text": "A", "name": "n", "value": "<v>", "preventDoubleClick": true, "classes": "govuk-button--secondary"})'
        ),
        'button("A", href="/a?b&c")': 'govukButton({"text": "A", "href": "/a?b&c"})',
        'button("A", href="/a", secondary=true)': 'govukButton({"text": "A", "href": "/a", "classes": "govuk-button--secondary"})',
        'back("/a?b&c")': 'govukBackLink({"href": "/a?b&c", "text": _("Back")})',
        'back("/a", "<Lain>")': 'govukBackLink({"href": "/a", "text": "<Lain>"})',
    }
    with app.test_request_context("/"):
        for ours, theirs in pairs.items():
            drawn = [elements(render_template_string(f"{SMALL}{{{{ {one} }}}}")) for one in (ours, theirs)]
            assert drawn[0] == drawn[1], ours


def test_words_are_those_of_the_readers_language_and_what_they_hold_is_escaped(app: Flask) -> None:
    said = '{{ _("Step %(number)s of %(steps)s", number="<1>", steps=3) }} {{ _("Sign out") }}'
    for _ in range(2):
        for lang, words in (("id", "Langkah &lt;1&gt; dari 3 Keluar"), ("en", "Step &lt;1&gt; of 3 Sign out")):
            with app.test_request_context("/", headers={"Cookie": f"lang={lang}"}):
                assert render_template_string(said) == words


def found(html: str, pattern: str) -> str:
    match = re.search(pattern, html, re.DOTALL)
    assert match is not None, pattern
    return match[0]
