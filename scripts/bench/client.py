"""A browser as small as will do: one kept-alive connection, cookies, and forms."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httptools

TIMEOUT = 30.0  # seconds for one answer
CHUNK = 262_144  # bytes
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Answer:
    """One response, filled in by the parser as it arrives. Its size counts the head as well."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    whole: bool = False
    size: int = 0
    seconds: float = 0.0

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.whole = True

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        return next((value for found, value in self.headers if found == name), "")


def request(
    method: str, path: str, port: int, cookies: Mapping[str, str], headers: Mapping[str, str],
    body: bytes = b"",
) -> bytes:  # fmt: skip
    """The bytes of a request, as a browser at this address would send it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", "Accept: text/html"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode() + body


@dataclass
class Browser:
    port: int
    cookies: dict[str, str]
    _connection: socket.socket | None = None

    def get(self, path: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(self.request("GET", path, named))

    def post(self, path: str, values: Mapping[str, str], **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()} | FORM
        return self.send(self.request("POST", path, named, urlencode(values).encode()))

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> bytes:
        return request(method, path, self.port, self.cookies, headers, body)

    def send(self, sent: bytes) -> Answer:
        """Send and time one request; once more on a new connection if this one was closed."""
        try:
            answer = self._exchange(sent)
        except ConnectionError:
            self.close()
            answer = self._exchange(sent)
        for name, value in answer.headers:
            if name == "set-cookie":
                self._keep(value)
        return answer

    def _exchange(self, sent: bytes) -> Answer:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answer = Answer()
        parser = httptools.HttpResponseParser(answer)
        began = time.perf_counter()
        self._connection.sendall(sent)
        while not answer.whole:
            data = self._connection.recv(CHUNK)
            if not data:
                raise ConnectionResetError
            answer.size += len(data)
            parser.feed_data(data)
        answer.seconds = time.perf_counter() - began
        answer.status = parser.get_status_code()
        if not parser.should_keep_alive():
            self.close()
        return answer

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name] = value

    def sign_in(self, address: str, password: str) -> None:
        """Sign in by the page everybody signs in by."""
        sent = {
            "login": address,
            "password": password,
            "csrfmiddlewaretoken": self.token("/sign-in/"),
        }
        answer = self.post("/sign-in/", sent)
        if answer.status not in (302, 303):
            raise RuntimeError(f"signing in was answered {answer.status}")

    def token(self, path: str) -> str:
        """The token of the first form on this page."""
        found = TOKEN.search(self.get(path).text)
        if found is None:
            raise RuntimeError(f"there is no form on {path}")
        return found[1]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
