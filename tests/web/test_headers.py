"""Every kind of answer carries exactly the headers written down in `headers.txt`, byte for byte.

The first part of that file is with every answer; each kind has its status and what else it carries,
and says "without" where one of the first is missing. What differs each time is written as `…`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from interwoven.infra import live
from interwoven.web.middleware import ALWAYS, Headers
from tests.apps.couples.people import PASSWORD, client_of, make_person, pair

GOLDEN = Path(__file__).with_name("headers.txt")
EVERY = "with every answer"
DIFFERS = re.compile(
    r"^((?:Content-Length|Last-Modified|ETag|Set-Cookie: \w+=)[:]? ?)[^;]+", re.MULTILINE
)
HOUR = re.compile(r"(?i)(expires[=:] ?)\w+, (?!01 Jan 1970)[^;]+GMT")
HASH = re.compile(r"\.[0-9a-f]{12}\.")
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
FETCHED = {"X-Requested-With": "fetch"}
Pairs = list[tuple[str, str]]


class Asking:
    """Somebody signed in and somebody signed out, at the pages or among furniture alone."""

    def __init__(self) -> None:
        ana, bo = make_person("Ana"), make_person("Bo")
        pair(ana, bo, timezone.now())
        self.ana = client_of(ana)
        self.cem = client_of(make_person("Cem"))
        self.out = Client(raise_request_exception=False)

    @contextmanager
    def furniture(self) -> Iterator[Client]:
        with override_settings(ROOT_URLCONF="tests.web.small_urls"):
            yield Client(raise_request_exception=False)

    def small(self, path: str, **sent: Any) -> HttpResponse:
        with self.furniture() as visitor:
            return visitor.get(path, **sent)

    def small_post(self, body: object, kind: str) -> HttpResponse:
        with self.furniture() as visitor:
            return visitor.generic("POST", "/form/", body, content_type=kind)


def signed_out(asking: Asking) -> HttpResponse:
    return client_of(make_person("Fay")).post("/sign-out/")


def quick_exit(asking: Asking) -> HttpResponse:
    return client_of(make_person("Dee")).get("/exit/")


def left_before(asking: Asking) -> HttpResponse:
    browser = client_of(make_person("Eli"))
    browser.cookies["left"] = "1"
    return browser.get("/today/")


def left_before_signed_out(asking: Asking) -> HttpResponse:
    browser = Client()
    browser.cookies["left"] = "1"
    return browser.get("/help/")


def take_along(asking: Asking) -> HttpResponse:
    return asking.ana.post("/me/take-along/", {"password": PASSWORD, "as": "json"})


FORM = "application/x-www-form-urlencoded"
KINDS: dict[str, Callable[[Asking], HttpResponse]] = {
    "a page, open to anyone": lambda asking: asking.small("/"),
    "the page of help": lambda asking: asking.out.get("/help/"),
    "the page of help, compressed": lambda asking: asking.out.get(
        "/help/", headers={"Accept-Encoding": "gzip"}
    ),
    "what keeps the page of help": lambda asking: asking.out.get("/help/worker.js"),
    "a page of somebody signed in": lambda asking: asking.ana.get("/me/"),
    "the way to sign-in": lambda asking: asking.out.get("/today/"),
    "the page to sign in": lambda asking: asking.out.get("/sign-in/"),
    "a form": lambda asking: asking.ana.post("/check-in/", {"emotional_felt": "6"}),
    "a form with a mistake": lambda asking: asking.ana.post("/check-in/", {"emotional_felt": "x"}),
    "a form kept by the script": lambda asking: asking.cem.post(
        "/check-in/keep/", {"submission_id": str(uuid4())}, headers=FETCHED
    ),
    "a mistake, to the script": lambda asking: asking.ana.post(
        "/check-in/keep/", {"emotional_felt": "99"}, headers=FETCHED
    ),
    "a file to take along": take_along,
    "signing out": signed_out,
    "quick exit": quick_exit,
    "a page, after a quick exit that was not answered": left_before,
    "the same, for somebody who was signed out": left_before_signed_out,
    "not a request": lambda asking: asking.small_post("a", "text/plain; charset=utf-7"),
    "from another site": lambda asking: asking.small("/", headers=ELSEWHERE),
    "nothing there": lambda asking: asking.small("/nowhere/"),
    "not there for this seat": lambda asking: asking.small("/foreign/"),
    "another method": lambda asking: asking.out.post("/help/"),
    "too long": lambda asking: asking.small_post("a" * 131_073, FORM),
    "our own fault": lambda asking: asking.small("/broken/"),
    "keys away": lambda asking: asking.small("/keys-away/"),
    "no such file": lambda asking: asking.out.get("/static/web/nothing.css"),
}


def written() -> dict[str, list[str]]:
    parts = ("\n" + GOLDEN.read_text(encoding="utf-8")).split("\n== ")[1:]
    heads = (part.strip().split("\n") for part in parts)
    return {kind: lines for kind, *lines in heads}


def said(status: int, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The status, and the headers beside those of every answer."""
    rest = sorted(f"{name}: {value}" for name, value in pairs)
    missing = [
        f"without {name}" for name, value in ALWAYS.items() if f"{name}: {value}" not in rest
    ]
    more = [line for line in rest if line not in {f"{n}: {v}" for n, v in ALWAYS.items()}]
    return [str(status), *(HASH.sub(".….", masked(line)) for line in more), *missing]


def masked(line: str) -> str:
    return HOUR.sub(r"\1…", DIFFERS.sub(r"\1…", line))


def pairs_of(response: HttpResponse) -> Pairs:
    cookies = [("Set-Cookie", one.OutputString()) for one in response.cookies.values()]
    return [*response.headers.items(), *cookies]


@pytest.fixture
def asking(db: None) -> Asking:
    return Asking()


@pytest.mark.django_db(databases=["default", "keyring"])
def test_every_kind_of_answer_carries_the_headers_that_were_promised(asking):
    golden, wrong = written(), []
    for kind, ask in KINDS.items():
        response = ask(asking)
        found = said(response.status_code, pairs_of(response))
        if found != golden.get(kind):
            wrong.append("\n".join([f"== {kind}", *found]))

    assert not wrong, "\n\n".join(wrong)


def test_the_headers_of_every_answer_are_those_written_down():
    assert written()[EVERY] == [f"{name}: {value}" for name, value in ALWAYS.items()]


def test_no_kind_is_written_down_that_nobody_asks_for():
    assert written().keys() == {EVERY, *KINDS, *BESIDE}


@pytest.fixture
def served(tmp_path) -> Iterator[Client]:
    """Somebody at a copy whose files are laid out as they are for serving."""
    laid_out = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": {"BACKEND": laid_out}}):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield Client()


def test_a_file_that_is_the_same_for_everyone_may_be_kept(served, tmp_path):
    (sheet,) = tmp_path.glob("web/css/interwoven.????????????.css")

    response = served.get(f"/static/web/css/{sheet.name}", headers={"Accept-Encoding": "gzip"})

    assert said(response.status_code, response.headers.items()) == written()["a file of ours"]
    assert len(b"".join(response.streaming_content)) < sheet.stat().st_size / 2


def test_the_live_stream_and_its_refusal_carry_what_is_written_down(monkeypatch):
    async def nobody(key: str) -> object:
        return uuid4() if key else None

    monkeypatch.setattr(live, "_person_of", nobody)
    for kind, cookie in (("the live stream", b"session=a"), ("no live stream", b"")):
        assert asyncio.run(start_of(cookie)) == written()[kind]


async def start_of(cookie: bytes) -> list[str]:
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await live.stream({"type": "http", "headers": [(b"cookie", cookie)]}, receive, send)
    pairs = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return [str(sent[0]["status"]), *sorted(f"{name}: {value}" for name, value in pairs)]


BESIDE = {"a file of ours", "the live stream", "no live stream"}


def test_a_file_that_is_not_there_may_not_be_kept():
    response = Headers(lambda request: HttpResponse(status=404))(RequestFactory().get("/static/x"))

    assert response.headers["Cache-Control"] == "no-store"


def test_over_https_the_browser_is_told_to_stay_there(settings):
    settings.SESSION_COOKIE_SECURE = True

    response = Headers(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
