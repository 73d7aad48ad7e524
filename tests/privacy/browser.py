"""One person's browser: it keeps cookies as long as they are good, and follows nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.test.client import Client, ClientHandler


class Browser(Client):
    """Django's test client without the record it keeps of templates, which is most of its time."""

    def __init__(self, handler: ClientHandler, cookies: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.handler = handler
        for name, value in (cookies or {}).items():
            self.cookies[name] = value

    @property
    def kept(self) -> dict[str, str]:
        """The cookies as they are now, to begin another browser with."""
        return {name: morsel.value for name, morsel in self.cookies.items()}

    def request(self, **request: Any) -> HttpResponse:
        broken: list[BaseException | None] = []

        def note(**_: object) -> None:
            broken.append(sys.exc_info()[1])

        got_request_exception.connect(note)
        try:
            response = self.handler(self._base_environ(**request))
        finally:
            got_request_exception.disconnect(note)
        assert response.status_code < 500, (request["PATH_INFO"], response.status_code, *broken)
        self._keep(response)
        return response

    def _keep(self, response: HttpResponse) -> None:
        for name, morsel in response.cookies.items():
            if morsel["max-age"] == 0:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
