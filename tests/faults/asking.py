"""A served copy in which things fail, and somebody who asks it for pages without any scripts."""

from __future__ import annotations

import re
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from typing_extensions import override

from tests.apps.couples.people import PASSWORD
from tests.journeys.server import Server

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
DRAWN = re.compile(r'name="(csrfmiddlewaretoken|submission_id)" value="[^"]*"')


class Failing(Server):
    """It can be told what fails from now on; see `breaking.py`."""

    def told(self, order: str, **more: str) -> None:
        self._order(do=order, **more)

    def state(self, scratch: Path) -> str:
        """Every row of the data."""
        file = scratch / "state"
        self.told("state", to=str(file))
        return file.read_text()


class Follow(HTTPRedirectHandler):
    """Nothing: where an answer leads to is left to whoever asked."""

    @override
    def redirect_request(self, *_: object) -> None:
        return None


class Asker:
    """One browser, and what it knows to send a form with."""

    def __init__(self, server: Server) -> None:
        self.server, self.token = server, ""
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), Follow)

    def see(self, path: str) -> tuple[int, str]:
        """The status, and the page but for what is drawn anew each time."""
        status, text = self._ask(Request(self.server.address + path))
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return status, DRAWN.sub("", text)

    def send(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> int:
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token}).encode()
        origin = {"Origin": self.server.address}
        return self._ask(Request(self.server.address + path, body, origin | (headers or {})))[0]

    def sign_in(self, address: str) -> None:
        self.see("/sign-in/")
        self.send("/sign-in/", login=address, password=PASSWORD)
        assert self.see("/today/")[0] == 200

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()
