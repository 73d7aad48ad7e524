"""What looks after every page finds what it looks for: shown on a page that does all wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import PHONE
from tests.journeys.visitor import Visitor

WRONG = {
    "its title": "its title is 'What you said:'",
    "its width": "at 320 px it moves sideways",
    "its width in large letters": "with text at 200 % it moves sideways",
    "no way out": "Quick exit is out of sight or covered",
    "no language": "by day html-has-lang",
    "a nameless picture": "by day image-alt",
    "a nameless field": "by day label",
    "pale by night": "by night color-contrast",
    "somewhere else": "another host: https://fonts.example/font.css",
    "not to be had": "failed: GET https://fonts.example/font.css",
    "not there": "404: GET",
    "an error on the console": "console: Failed to load resource",
    "a script that breaks": "script: ",
}


@pytest.fixture(scope="module")
def trouble(browser: Browser, naive: str) -> str:
    context = browser.new_context(viewport=PHONE)
    visitor = Visitor(context, naive.removesuffix("/naive"), set(), looks=True)
    visitor.go("/naive")
    context.close()
    return "\n".join(visitor.trouble)


@pytest.mark.parametrize("kind", WRONG)
def test_trouble_is_noticed(trouble, kind):
    assert WRONG[kind] in trouble
