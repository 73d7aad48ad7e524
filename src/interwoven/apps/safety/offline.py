"""The script by which a browser keeps the page of help for when there is no connection."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from interwoven.apps.safety.helplines import COUNTRIES, LAST_CHECKED
from interwoven.apps.safety.pages import HelpPage
from interwoven.web.render import instance
from interwoven.web.templatetags.interwoven import asset

SOURCE = Path(__file__).with_name("worker.js")
HELP = HelpPage(COUNTRIES, LAST_CHECKED)
DRAWN_WITH = (
    "css/interwoven.css", "fonts/petrona-420.woff2", "fonts/hyperlegible-next.woff2",
    "fonts/figures.woff2", "icons.svg", "favicon.svg", "js/exit.js",
)  # fmt: skip


@lru_cache(maxsize=1)
def worker() -> bytes:
    """The script, the same bytes for everyone; others as soon as anything is that it holds."""
    page = render_to_string("safety/help.html", {"page": HELP, **instance(HttpRequest())})
    holds = [reverse("safety:help"), *map(asset, DRAWN_WITH)]
    digest = sha256("\n".join([page, *holds]).encode()).hexdigest()[:16]
    said = f"const VERSION = {json.dumps(digest)};\nconst HOLDS = {json.dumps(holds)};\n"
    return (said + SOURCE.read_text(encoding="utf-8")).encode()
