"""Asking for a new password, following the link, and all that asking lets anybody see."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.accounts.door import Browser

FORGOTTEN = "/password/forgotten/"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
VALUE = re.compile(r"'[^']*'")


def follow(link: str) -> Browser:
    browser = Browser().open(link)
    return browser.open(browser.went[1]) if browser.went[0] == 302 else browser


def change(browser: Browser, password: str) -> Browser:
    return browser.resend(browser.answer.request["PATH_INFO"], password1=password)


def everything(address: str) -> tuple[object, ...]:
    """All that a browser is answered when it asks for a link, and what the databases are asked."""
    browser = Browser().open(FORGOTTEN)
    with CaptureQueriesContext(connection) as asked_for:
        browser.resend(FORGOTTEN, email=address)
    answer = browser.answer
    cookies = sorted((name, len(one.value)) for name, one in answer.cookies.items())
    statements = [VALUE.sub("?", query["sql"]) for query in asked_for.captured_queries]
    headers = sorted(answer.headers.items())
    then = TOKEN.sub(b"", browser.open(browser.went[1]).answer.content)
    return answer.status_code, headers, answer.content, cookies, statements, then
