"""Lighthouse, where it is installed: somebody signed in, Today, on a phone."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from bench.arriving import FLAGS, find_browser
from bench.client import Browser
from bench.figures import Figure
from bench.servers import Failed, free_port

GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100}
PAGES = ("/today/", "/check-in/", "/map/")
FINE = 0.9  # of 1
TRIES = 3  # on a busy machine its browser is now and then too slow for it
PATIENCE = 120  # seconds a page


def figures(browser: Browser, *, asked: bool) -> list[Figure]:
    """The lowest score of the pages in each category."""
    program = shutil.which("lighthouse")
    missing = _missing(program) if asked else "say --lighthouse"
    if missing or program is None:
        return [
            Figure(f"Lighthouse, {name}", None, "", goal, at_least=True, beside=missing)
            for name, goal in GOALS.items()
        ]
    with _signed_in(browser) as port:
        told = {page: _report(program, browser, page, port) for page in PAGES}
    return [_lowest(name, told) for name in GOALS]


def _missing(program: str | None) -> str:
    if program is None:
        return "lighthouse is not on PATH"
    if find_spec("playwright") is None:
        return "needs the packages of requirements-dev.txt"
    return "" if find_browser() else "there is no Chromium or Chrome"


def _lowest(name: str, told: Mapping[str, Any]) -> Figure:
    scores = {page: 100 * report["categories"][name]["score"] for page, report in told.items()}
    failed = sorted({audit for report in told.values() for audit in _failed(report, name)})
    beside = ", ".join((*(f"{page} {score:.0f}" for page, score in scores.items()), *failed))
    goal = GOALS[name]
    return Figure(
        f"Lighthouse, {name}", min(scores.values()), "", goal, at_least=True, beside=beside
    )


@contextmanager
def _signed_in(browser: Browser) -> Iterator[int]:
    """A browser that holds our cookies, and the port by which lighthouse drives it.

    Cookies given to lighthouse as a header reach the page and not its live stream.
    """
    from playwright.sync_api import sync_playwright

    home, port = f"http://localhost:{browser.port}", free_port()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=find_browser(),
            args=[*FLAGS, f"--remote-debugging-port={port}"],
        )
        try:
            context.add_cookies(
                [{"name": k, "value": v, "url": home} for k, v in browser.cookies.items()]
            )
            yield port
        finally:
            context.close()


def _failed(report: dict[str, Any], category: str) -> list[str]:
    """The audits of this category that weigh something and are not at their best."""
    audits = report["categories"][category]["auditRefs"]
    return [
        of["id"]
        for of in audits
        if of["weight"] and (report["audits"][of["id"]]["score"] or 0) < FINE
        and report["audits"][of["id"]]["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
    ]  # fmt: skip


def _report(program: str, browser: Browser, page: str, port: int) -> dict[str, Any]:
    address = f"http://localhost:{browser.port}{page}"
    command = [program, address, "--quiet", "--output=json", f"--port={port}"]
    command += ["--disable-storage-reset", f"--only-categories={','.join(GOALS)}"]
    for _ in range(TRIES):
        ran = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        if ran.returncode == 0:
            break
    else:
        raise Failed(f"lighthouse: {ran.stderr.decode(errors='replace')[-2000:]}")
    told: dict[str, Any] = json.loads(ran.stdout)
    if "/sign-in/" in told["finalDisplayedUrl"]:
        raise RuntimeError("the browser was not signed in")
    return told
