"""Photograph the pages of a running copy and lay them out on one sheet.

    .venv/bin/python scripts/contact_sheet.py --url http://localhost:8000 \
        --sign-in ana@example.org:password --out contact-sheet

Every page is taken at the width of a phone and of a desk, by day and by night. The folder given
with --out holds the pictures, `index.html` and `contact-sheet.png`.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SIGNED_OUT = ("/", "/one-round/", "/sign-up/", "/sign-in/", "/help/", "/exit/about/")
SIGNED_OUT += ("/privacy/", "/traces/", "/keeper/", "/nothing-here/")
SIGNED_IN = ("/today/", "/check-in/", "/map/", "/weeks/", "/weeks/now/", "/together/")
SIGNED_IN += ("/together/nothing/", "/one-thing/", "/one-thing/earlier/", "/settle/", "/me/")
SIGNED_IN += ("/me/take-along/", "/me/bring-back/", "/me/what-they-see/", "/me/shared/")
SIGNED_IN += ("/invite/", "/password/another/")
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
SCHEMES = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SHEET = """<!doctype html><meta charset=utf-8><style>
body{{margin:24px;font:14px sans-serif;background:#d9d6d8;width:max-content}}
section{{display:flex;gap:12px;align-items:flex-start;margin-block-end:24px}}
h2{{width:9rem;font-size:14px;overflow-wrap:anywhere}} img{{height:480px;border:1px solid #999}}
</style>{rows}"""


@dataclass(frozen=True)
class View:
    who: str
    path: str
    size: str
    scheme: str

    @property
    def file(self) -> str:
        page = self.path.strip("/").replace("/", "-") or "front"
        return f"{self.who}-{page}-{self.size}-{self.scheme}.png"


def main() -> None:
    wanted = _arguments()
    out: Path = wanted.out
    out.mkdir(parents=True, exist_ok=True)
    people = [None, *(wanted.sign_in or ())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=FLAGS)
        views = [view for person in people for view in _visit(browser, wanted, person)]
        _lay_out(browser, views, out)
        browser.close()
    print(f"{len(views)} pictures, {out / 'contact-sheet.png'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--sign-in", action="append", metavar="ADDRESS:PASSWORD")
    parser.add_argument("--page", action="append", metavar="PATH", help="instead of all of them")
    parser.add_argument("--full", action="store_true", help="whole pages, not one screen of each")
    parser.add_argument("--out", type=Path, default=Path("contact-sheet"))
    return parser.parse_args()


def _browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=True)
        found = shutil.which("chromium")
    if found is None:
        sys.exit("No browser here: install chromium.")
    return found


def _visit(browser: Browser, wanted: argparse.Namespace, person: str | None) -> Iterator[View]:
    who = person.split("@")[0] if person else "anyone"
    paths = wanted.page or (SIGNED_IN if person else SIGNED_OUT)
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            if person:
                _sign_in(page, wanted.url, *person.split(":", 1))
            for path in paths:
                view = View(who, path, size, scheme)
                _take(page, wanted, view)
                yield view
            context.close()


def _sign_in(page: Page, url: str, address: str, password: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", password)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda now: "/sign-in/" not in now)


def _take(page: Page, wanted: argparse.Namespace, view: View) -> None:
    answer = page.goto(wanted.url + view.path, wait_until="load")
    if answer is not None and answer.status >= 500:
        print(f"{view.path} answered {answer.status}", file=sys.stderr)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=wanted.out / view.file, full_page=wanted.full)


def _lay_out(browser: Browser, views: list[View], out: Path) -> None:
    rows = dict.fromkeys((view.who, view.path) for view in views)
    written = "".join(_row(views, who, path) for who, path in rows)
    (out / "index.html").write_text(SHEET.format(rows=written), encoding="utf-8")
    page = browser.new_page(viewport={"width": 2200, "height": 1200})
    page.goto((out / "index.html").resolve().as_uri())
    page.screenshot(path=out / "contact-sheet.png", full_page=True)


def _row(views: list[View], who: str, path: str) -> str:
    mine = (view for view in views if (view.who, view.path) == (who, path))
    images = "".join(f'<img src="{view.file}" alt="">' for view in mine)
    return f"<section><h2>{html.escape(path)}<br>{html.escape(who)}</h2>{images}</section>"


if __name__ == "__main__":
    main()
