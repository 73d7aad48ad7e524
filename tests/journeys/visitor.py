"""Somebody with a browser of their own. They find what they press by what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tests.journeys.looking import faults_of

PASSWORD = "three unrelated words, or four"
PARTICULAR = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b(Ana|Bo)\b")
Particulars = tuple[str, ...]  # by which one page is told from another


class Visitor:
    """One person at one browser. Whatever goes wrong meanwhile is noted in `trouble`."""

    def __init__(
        self, context: BrowserContext, address: str, seen: set[Particulars], *, looks: bool
    ) -> None:
        self.context = context
        self.address = address
        self.seen = seen
        self.looks = looks
        self.trouble: list[str] = []
        self.presses = 0
        self.listens = False
        self.expects: set[int] = set()  # answers that would be trouble elsewhere
        self.saves: set[str] = (
            set()
        )  # paths whose answer is saved, which a browser calls broken off
        context.on("console", self._said)
        context.on("weberror", lambda error: self.trouble.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def go(self, path: str) -> None:
        """Type an address of this copy, or of a link that was handed over."""
        self.page.goto(path if "://" in path else self.address + path)
        self.look()

    def press(self, name: str | Locator, *, within: Locator | None = None) -> None:
        """Press a button, and come to wherever it leads."""
        self._come(self._named("button", name, within))

    def follow(self, name: str | Locator, *, within: Locator | None = None) -> None:
        """Follow a link."""
        self._come(self._named("link", name, within))

    def turn_to(self, place: str) -> None:
        """Go to one of the places that are always at hand."""
        places = self.page.get_by_role("navigation", name="Places")
        self._come(places.get_by_role("link", name=place))

    def tap(self, what: Locator) -> None:
        """Touch something that leads nowhere: a choice, a fold."""
        self.presses += 1
        what.click()

    def back(self) -> None:
        self.page.go_back()

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name, exact=True)

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def mark(self, question: str, answer: str) -> None:
        """Answer one question by one of its choices."""
        self.tap(self.group(question).get_by_role("radio", name=answer, exact=True))

    def sign_in(self, address: str) -> None:
        self.go("/sign-in/")
        self.page.get_by_label("E-mail address").fill(address)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def sees(self, text: str) -> Locator:
        return self.page.get_by_role("heading", name=text)

    def listen(self) -> None:
        """Wait until the page hears of what the other does. Then it need not be asked for again."""
        if not self.listens:
            self.page.wait_for_event("response", self._is_stream)

    def look(self) -> None:
        """Look at the page with care, unless one like it was looked at before."""
        if not self.looks:
            return
        parts = self.page.locator("h1, h2, h3, summary, .wrong, .btn").all_inner_texts()
        this = tuple(PARTICULAR.sub("…", text) for text in (self.path, *parts))
        if this in self.seen:
            return
        self.seen.add(this)
        self.trouble += [f"{self.path} ({parts[:1]}): {fault}" for fault in faults_of(self.page)]

    def _come(self, what: Locator) -> None:
        self.presses += 1
        with self.page.expect_navigation():
            what.click()
        self.look()

    def _named(self, role: str, name: str | Locator, within: Locator | None) -> Locator:
        if isinstance(name, Locator):
            return name
        return (within or self.page.get_by_role("main")).get_by_role(role, name=name)

    def _said(self, message: ConsoleMessage) -> None:
        told = any(f"a status of {status}" in message.text for status in self.expects)
        if message.type in ("error", "warning") and not told:
            self.trouble.append(f"console: {message.text}")

    def _is_stream(self, response: Response) -> bool:
        return response.url.partition("?")[0] == f"{self.address}/live/events"

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.listens = False
        if not request.url.startswith((f"{self.address}/", "https://elsewhere.example/")):
            self.trouble.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        may_break = request.method == "GET" or urlsplit(request.url).path in self.saves
        left = may_break and request.failure == "net::ERR_ABORTED"
        if not left:  # what a page asked for need not come any more once somebody has left it
            self.trouble.append(f"failed: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        self.listens |= self._is_stream(response)
        if response.status >= 400 and response.status not in self.expects:
            self.trouble.append(f"{response.status}: {response.request.method} {response.url}")


Visit = Callable[..., Visitor]
