"""A browser without scripts: it follows links, types, and sends the forms of the page it is on."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from interwoven.apps.accounts.models import Person

FRESH = re.compile(
    rb'name="(?:csrfmiddlewaretoken|submission_id)" value="[^"]+"'
)  # new each time, whatever happens


class Browser:
    """What one person does in one browser, forms and their tokens included."""

    def __init__(self, person: Person | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if person:
            self.client.force_login(person)
        self.page: HttpResponse
        self.path = ""

    def go(self, path: str) -> str:
        """Type an address or follow a link. Where it led, after every redirect."""
        self.page = self.client.get(path, follow=True)
        chain = self.page.redirect_chain
        self.path = urlsplit(chain[-1][0]).path if chain else path
        return self.path

    def send(self, action: str, **typed: str) -> str:
        """Send the form of this page that leads to `action`, with what was typed."""
        answer = self.client.post(action, self.fields_of(action) | typed)
        assert answer.status_code == 303
        return self.go(answer["Location"])

    def fields_of(self, action: str) -> dict[str, str]:
        """What a form of this page would send besides what is typed."""
        form = re.search(rf'<form[^>]*action="{action}".*?</form>', self.text, re.DOTALL)
        assert form, f"{self.path} has no form for {action}"
        hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
        return dict(re.findall(hidden, form[0]))

    @property
    def text(self) -> str:
        return self.page.content.decode()


def seen(client: Client, path: str) -> tuple[object, ...]:
    """All that reaches a browser: status, headers, cookies by name and length, and the page."""
    answer = client.get(path)
    headers = sorted(answer.items())
    cookies = sorted((name, len(morsel.value)) for name, morsel in answer.cookies.items())
    return answer.status_code, headers, cookies, FRESH.sub(b"", answer.content)
