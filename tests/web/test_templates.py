"""What holds for every template there is, whoever wrote it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "interwoven"
STATIC = SOURCE / "web" / "static" / "web"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
TITLES = {"A few words", "Today", "This week", "Together", "Our map", "Me", "Help", "Sign in"}
TITLES |= {"One round", "Settle in", "My weeks"}
SIGN_IN = ("username", "email", "current-password", "new-password", "one-time-code")

COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def source(template: Path) -> str:
    return COMMENT.sub("", template.read_text(encoding="utf-8"))


def markup(template: Path) -> str:
    return TAG.sub("", source(template))


def copy(template: Path) -> str:
    return re.sub(r"<[^>]*>", " ", markup(template))


every_template = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:])
)


@every_template
def test_nothing_is_styled_or_scripted_in_line(template):
    found = markup(template)

    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", found)
    assert not re.search(r"<script(?![^>]*\ssrc=)", found)


@every_template
def test_nothing_is_fetched_from_anywhere_else(template):
    assert not re.search(r"<(img|script|link|iframe|source|use)[^>]*(https?:)?//", markup(template))


@every_template
def test_no_browser_offers_old_answers(template):
    for control in re.findall(r"<(?:textarea|input)\b[^>]*>", source(template)):
        if re.search(r'type="(hidden|submit|checkbox|radio)"', control):
            continue
        found = re.search(r'autocomplete="([^"]*)"', control)
        assert found, control
        assert found[1] == "off" or found[1] in SIGN_IN or "{{" in found[1], control


@every_template
def test_every_form_that_changes_something_carries_its_token(template):
    found = source(template)

    assert len(re.findall(r'<form[^>]*method="post"', found)) <= found.count("{% csrf_token %}")
    assert not re.search(r"<form(?![^>]*\smethod=)", found)


@every_template
def test_nobody_is_shouted_at(template):
    assert "!" not in copy(template).replace("<!", "")


@every_template
def test_the_words_are_answer_open_and_keep(template):
    avoided = r"\b(seal(ed)?|release[ds]?|dials?|beads?|streaks?|scores? of|compatib\w+)\b"

    assert not re.search(avoided, copy(template), re.IGNORECASE)


@every_template
def test_a_title_tells_nothing(template):
    found = re.search(r"\{% block title %\}(.*?)\{% endblock", source(template))

    assert not found or found[1] in TITLES


@every_template
def test_every_icon_is_in_the_sheet(template):
    there = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))

    assert set(re.findall(r'\{% icon "([^"]+)" %\}', source(template))) <= there


def test_addresses_written_out_in_the_furniture_lead_somewhere():
    from django.urls import resolve

    base = source(SOURCE / "web" / "templates" / "web" / "base.html")

    for path in set(re.findall(r'href="(/[a-z/]+)"', base)):
        assert resolve(path, "tests.web.small_urls").app_name == "safety"
