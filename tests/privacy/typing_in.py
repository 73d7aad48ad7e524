"""Somebody at a browser without scripts, with one word to be looked for in each thing they type."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.journeys.server import Server
from tests.privacy.searching import MARK

NOT_TYPED = {"hidden", "radio", "checkbox", "submit"}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
Field = tuple[str, str]  # where a form is sent, and what it calls the field


@dataclass
class Told:
    """What everybody typed, what they might have typed, and what they typed it into."""

    words: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # that sign in: these lie in plain
    secrets: dict[str, str] = field(default_factory=dict)  # that the copy gave out
    offered: set[Field] = field(default_factory=set)
    typed: set[Field] = field(default_factory=set)

    @property
    def nowhere(self) -> dict[str, str]:
        """What may lie nowhere in plain."""
        return self.words | self.secrets

    def of(self, name: str) -> dict[str, str]:
        """What one person typed, by what it was."""
        mine = (key for key in self.words if key.startswith(f"{name} "))
        return {key.removeprefix(f"{name} "): self.words[key] for key in mine}


class Person:
    def __init__(self, server: Server, name: str, told: Told) -> None:
        self.server, self.name, self.told = server, name, told
        self.at = ""  # the page in front of them
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.opener.addheaders = [("User-Agent", self.word("browser"))]
        self.password = f"{self.word('password')}, three more words"

    def word(self, what: str) -> str:
        made = f"{MARK}{self.name.lower()}{what}xk"
        return self.told.words.setdefault(f"{self.name} {what}", made)

    def address(self, what: str) -> str:
        """An address that is nobody's."""
        return f"{self.word(what)}@example.org"

    def signs_in_by(self, what: str) -> str:
        """An address that signs in, or did."""
        made = f"{MARK}{self.name.lower()}{what}@example.org"
        return self.told.addresses.setdefault(f"{self.name} {what}", made)

    def see(self, path: str) -> str:
        return self._look(Request(self.server.address + path))

    def send(self, page: str, path: str, **fields: str) -> str:
        """Send a form of this page, with what is hidden in it."""
        seen = self.see(page)
        self._note(path, fields)
        for name in ("csrfmiddlewaretoken", "submission_id", "revision"):
            if found := re.search(rf'name="{name}" value="([^"]*)"', seen):
                fields.setdefault(name, found[1])
        address = self.server.address + path
        headers = {"Origin": self.server.address, "Referer": f"{address}?{self.word('before')}"}
        return self._look(Request(address, urlencode(fields).encode(), headers))

    def bring(self, file: str) -> None:
        """Bring a file back, as a browser sends it."""
        path = "/me/bring-back/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', self.see(path))[1]
        self._note(path, {"file": file})
        of_form = '--b\r\nContent-Disposition: form-data; name="'
        body = f'{of_form}csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        body += f'{of_form}file"; filename="{self.word("file")}.json"\r\n\r\n{file}\r\n--b--\r\n'
        headers = {"Origin": self.server.address, "Content-Type": "multipart/form-data; boundary=b"}
        self._look(Request(self.server.address + path, body.encode(), headers))

    def sign_up(self) -> None:
        who = {"email": self.signs_in_by("signup"), "password1": self.password}
        texts = {"name": self.word("name"), "pronouns": self.word("pronouns")}
        self.send("/sign-up/", "/sign-up/", **who, **texts, adult="on", consent="on")

    def sign_in(self, what: str = "signup", password: str = "") -> str:
        who = {"login": self.signs_in_by(what), "password": password or self.password}
        return self.send("/sign-in/", "/sign-in/", **who)

    def sign_out(self) -> None:
        self.send("/me/", "/sign-out/")

    def walk(self, paths: tuple[str, ...]) -> None:
        """Look at all of these that are there."""
        for path in paths:
            with suppress(HTTPError):
                self.see(path)

    def _look(self, request: Request) -> str:
        with self.opener.open(request, timeout=20) as answer:
            self.at = urlsplit(answer.geturl()).path
            page: str = answer.read().decode()
        self.told.offered |= fields_in(page, self.at)
        return page

    def _note(self, path: str, fields: dict[str, str]) -> None:
        told = (name for name, text in fields.items() if MARK in text)
        self.told.typed |= {(_anyones(path), name) for name in told}


class _Fields(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at, self.goes_to = at, at
        self.found: set[Field] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.goes_to = given.get("action") or self.at
        elif tag == "textarea" or (tag == "input" and given.get("type", "text") not in NOT_TYPED):
            self.found.add((_anyones(self.goes_to), given.get("name") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.goes_to = self.at


def fields_in(page: str, at: str) -> set[Field]:
    """The fields of a page that take what somebody types."""
    parser = _Fields(at)
    parser.feed(page)
    return parser.found


def _anyones(path: str) -> str:
    return ID.sub("…", path)
