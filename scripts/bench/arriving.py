"""What a browser fetches to show Today for the first time, as it was transferred."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.client import Browser
from bench.figures import Figure

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LINKS = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"#]+)')
MANIFEST = re.compile(r'<link rel="manifest"[^>]*>')
FACES = re.compile(r"url\([\"']?([^\"')]+\.woff2)")
STREAM = "/live/"


@dataclass(frozen=True)
class Load:
    sizes: dict[str, int]  # bytes by address, heads included
    how: str

    def figures(self) -> list[Figure]:
        hosts = {urlsplit(address).hostname for address in self.sizes} - {"localhost"}
        kinds: dict[str, int] = {}
        for address, size in self.sizes.items():
            kind = urlsplit(address).path.rpartition(".")[2] if "." in address else "page"
            kinds[kind if len(kind) < 12 else "page"] = kinds.get(kind, 0) + size
        parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in kinds.items())
        total = sum(self.sizes.values()) / 1000
        streams = any(STREAM in address for address in self.sizes)
        stream = "the live stream included" if streams else ""
        return [
            Figure("First load of Today", total, "kB", 80, beside=f"{self.how}; {parts}"),
            Figure("Requests of that load", len(self.sizes), "", 10, beside=stream),
            Figure("Other hosts asked", len(hosts), "", 0, beside=", ".join(filter(None, hosts))),
        ]  # fmt: skip


def first_load(browser: Browser, path: str = "/today/") -> Load:
    """In Chromium where there is one; else by following what the page links to."""
    found = find_browser()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if not found:
        return _by_reading(browser, path)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            return _in(chromium, browser, path)
        finally:
            chromium.close()


def find_browser() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    return next((found for name in names if name and (found := shutil.which(name))), None)


def _in(chromium: Any, browser: Browser, path: str) -> Load:
    home = f"http://localhost:{browser.port}"
    context = chromium.new_context()
    context.add_cookies([{"name": k, "value": v, "url": home} for k, v in browser.cookies.items()])
    page = context.new_page()
    addresses, sizes = _watch(context.new_cdp_session(page))
    page.goto(home + path, wait_until="load")
    page.wait_for_timeout(1500)  # fonts and the live stream come after the load
    if "/sign-in/" in page.url:
        raise RuntimeError("the browser was not signed in")
    transferred = {addresses[n]: sizes.get(n, 0) for n in addresses}
    missing = {urljoin(home, link) for link in _icons(browser.get(path).text)} - transferred.keys()
    for address in missing:  # a headless browser shows no icon; one on a desk fetches it
        transferred[address] = _size(browser, address)
    return Load(transferred, f"Chromium {chromium.version.split('.')[0]}, nothing cached")


def _watch(session: Any) -> tuple[dict[str, str], dict[str, int]]:
    """Addresses and sizes by the browser's own number for a request, filled in as it loads."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def asked(event: Any) -> None:
        if not event["request"]["url"].startswith("data:"):
            addresses[event["requestId"]] = event["request"]["url"]

    def came(event: Any) -> None:
        sizes.setdefault(event["requestId"], int(event["response"]["encodedDataLength"]))

    def finished(event: Any) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.responseReceived", came)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return addresses, sizes


def _icons(page: str) -> list[str]:
    return re.findall(r'<link rel="icon" href="([^"]+)"', page)


def _by_reading(browser: Browser, path: str) -> Load:
    """Everything the page and its style sheets name. At most what a browser would fetch."""
    home = f"http://localhost:{browser.port}"
    page = browser.get(path)
    links = {urljoin(home, link) for link in LINKS.findall(MANIFEST.sub("", page.text))}
    links = {link for link in links if "/static/" in link}
    for sheet in [link for link in links if urlsplit(link).path.endswith(".css")]:
        text = browser.get(urlsplit(sheet).path).text
        links |= {urljoin(sheet, face) for face in FACES.findall(text)}
    sizes = {home + path: page.size} | {link: _size(browser, link) for link in links}
    return Load(sizes, "by following links: no browser here")


def _size(browser: Browser, address: str) -> int:
    return browser.get(urlsplit(address).path, Accept_Encoding="gzip, br").size
