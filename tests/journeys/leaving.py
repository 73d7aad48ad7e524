"""How one goes away from a page, and what is left of it in the browser and on the server."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests.journeys.visitor import Visitor

KEPT = """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
  (await indexedDB.databases()).length, document.cookie.length]"""


def session_of(visitor: Visitor) -> str:
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.context.cookies()}
    return cookies.get("session", "")


def opens_today(visitor: Visitor, session: str) -> bool:
    """Whether the server still takes this cookie for somebody's."""
    asked = Request(f"{visitor.address}/today/", headers={"Cookie": f"session={session}"})
    with urlopen(asked) as answer:
        return urlsplit(answer.url).path == "/today/"


def by_link(visitor: Visitor) -> None:
    visitor.page.get_by_role("banner").locator("a.exit").click(no_wait_after=True)


def by_keys(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
