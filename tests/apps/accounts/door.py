"""A browser at the door: it opens a page, fills in its form, sends it and reads what comes back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

PASSWORD = "marmalade sunday river"
OTHER_PASSWORD = "kettle orbit mossy lane"
ANA = {
    "name": "Ana",
    "pronouns": "she/her",
    "email": "ana@home.example",
    "password1": PASSWORD,
    "adult": "on",
    "consent": "on",
}
BO = ANA | {"name": "Bo", "pronouns": "", "email": "bo@home.example"}


class Fields(HTMLParser):
    """What a page's form would send untouched, and the sentences that stand beside its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.wrong: dict[str, str] = {}
        self.beside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        ident = said.get("id") or ""
        if tag == "p":
            self.beside = ident.removesuffix("-wrong") if ident.endswith("-wrong") else ""
        if tag == "input" and (said.get("type") != "checkbox" or "checked" in said):
            self.sent[said["name"]] = said.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "p":
            self.beside = ""

    def handle_data(self, data):
        if self.beside:
            self.wrong[self.beside] = self.wrong.get(self.beside, "") + data


class Browser:
    """One person's browser. Forms need their token here, as they do outside."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.answer: HttpResponse

    def open(self, path: str, **headers: str) -> Browser:
        self.answer = self.client.get(path, headers=headers)
        return self

    def send(self, path: str, **typed: str) -> Browser:
        """Open the page, type into its form and send it."""
        self.open(path)
        return self.resend(path, **typed)

    def resend(self, path: str, **typed: str) -> Browser:
        """Type into the form of the page that is open, and send it."""
        fields = Fields(self.page).sent | typed
        self.answer = self.client.post(urlsplit(path).path, fields)
        return self

    @property
    def page(self) -> str:
        return self.answer.content.decode()

    @property
    def beside(self) -> dict[str, str]:
        """What is wrong, by field."""
        return Fields(self.page).wrong

    @property
    def kept(self) -> dict[str, str]:
        """What the form still holds."""
        return Fields(self.page).sent

    @property
    def went(self) -> tuple[int, str]:
        return self.answer.status_code, self.answer.headers.get("Location", "")

    @property
    def session(self) -> str:
        found = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        return found.value if found else ""

    @property
    def signed_in(self) -> bool:
        """Whether the door now leads straight on."""
        return self.client.get("/sign-in/").status_code == 302


def sign_up(who: dict[str, str], path: str = "/sign-up/") -> Browser:
    browser = Browser().send(path, **who)
    assert browser.went[0] == 303, browser.beside
    return browser


def sign_in(email: str, password: str = PASSWORD, path: str = "/sign-in/") -> Browser:
    return Browser().send(path, login=email, password=password)


def sign_out(browser: Browser) -> Browser:
    return browser.send("/sign-out/")


def link_in(letter: str) -> str:
    """The path of the one link in a letter."""
    (link,) = re.findall(r"https?://\S+", letter)
    return urlsplit(link).path
