"""A phone without scripts: it reads a page, ticks a radio, presses a button and counts its taps."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

START = "/one-round/"


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page, with what is hidden in them, what can be ticked and what pressed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.button: dict[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said["action"]))
        elif tag == "input" and said["type"] == "radio":
            self.forms[-1].choices.setdefault(said["name"], []).append(said["value"])
            if "checked" in said:
                self.forms[-1].fields[said["name"]] = said["value"]
        elif tag == "input":
            self.forms[-1].fields[said["name"]] = said["value"]
        elif tag == "button":
            self.button = said

    def handle_data(self, data):
        if self.button is not None:
            self.forms[-1].buttons[data.strip()] = self.button
            self.button = None


class Phone:
    """Everything the two of them do with one phone. Nothing on it uses the database."""

    def __init__(self) -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.taps = 0
        self.page: HttpResponse
        self.path = ""

    def go(self, path: str = START) -> str:
        """Type an address, or go back to one."""
        self.page = self.browser.get(path, follow=True)
        self.path = self._where(path)
        return self.path

    def follow_a_link(self, path: str = START) -> str:
        self.taps += 1
        assert not self.path or f'href="{path}"' in self.text
        return self.go(path)

    def tick(self, **ticked: str) -> Phone:
        """Tick radios on this page. A number is the place in the list."""
        self.taps += len(ticked)
        self.ticked = ticked
        return self

    def press(self, label: str) -> str:
        """Press a button, with what is ticked in its form."""
        self.taps += 1
        form = next(form for form in self.forms if label in form.buttons)
        button = form.buttons[label]
        sent = form.fields | getattr(self, "ticked", {})
        if "name" in button:
            sent[button["name"]] = button["value"]
        self.ticked = {}
        action = button.get("formaction", form.action)
        self.page = self.browser.post(action, sent, follow=True)
        assert self.page.redirect_chain[0][1] == 303
        self.path = self._where(action)
        return self.path

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def forms(self) -> list[Form]:
        return Forms(self.text).forms

    @property
    def ids(self) -> list[str]:
        """The acts to choose from."""
        return next(form.choices["wish"] for form in self.forms if "wish" in form.choices)

    @property
    def checked(self) -> dict[str, str]:
        fields = next(form.fields for form in self.forms if form.choices)
        return {name: value for name, value in fields.items() if "csrf" not in name}

    @property
    def cookie(self) -> str:
        found = self.browser.cookies.get("round")
        return found.value if found else ""

    def _where(self, asked: str) -> str:
        chain = self.page.redirect_chain
        return urlsplit(chain[-1][0]).path if chain else asked


def pick(phone: Phone, wish: int, guess: int, button: str) -> str:
    ids = phone.ids
    return phone.tick(wish=ids[wish], guess=ids[guess]).press(button)


def first_picks(phone: Phone, wish: int = 0, guess: int = 1) -> str:
    phone.go()
    return pick(phone, wish, guess, "Done. Cover it up")


def second_picks(phone: Phone, wish: int = 2, guess: int = 3) -> str:
    phone.press("I have the phone. My turn")
    return pick(phone, wish, guess, "Done. Look together")
