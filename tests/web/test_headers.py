"""Every kind of answer carries exactly the headers written down in `headers.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from interwoven.web.middleware import Headers

GOLDEN = Path(__file__).with_name("headers.txt")
KINDS = {
    "a page": "/",
    "help": "/help/",
    "quick exit": "/exit/",
    "nothing there": "/nowhere/",
    "not there for this seat": "/foreign/",
    "keys away": "/keys-away/",
    "our own fault": "/broken/",
}


def written() -> dict[str, str]:
    parts = GOLDEN.read_text().split("\n== ")
    return dict(part.removeprefix("== ").split("\n", 1) for part in parts)


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_carries_the_headers_that_were_promised(visitor, kind):
    response = visitor.get(KINDS[kind])

    lines = sorted(f"{name}: {value}" for name, value in response.headers.items())

    assert f"{response.status_code}\n" + "\n".join(lines) == written()[kind].strip()


def test_a_file_that_is_the_same_for_everyone_may_be_kept():
    def whitenoise(request):
        return HttpResponse(headers={"Cache-Control": "max-age=315360000, public, immutable"})

    response = Headers(whitenoise)(RequestFactory().get("/static/web/css/interwoven.0a1b.css"))

    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_file_that_is_not_there_may_not_be_kept():
    response = Headers(lambda request: HttpResponse(status=404))(RequestFactory().get("/static/x"))

    assert response.headers["Cache-Control"] == "no-store"


def test_over_https_the_browser_is_told_to_stay_there(settings):
    settings.SESSION_COOKIE_SECURE = True

    response = Headers(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
