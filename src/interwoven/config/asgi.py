"""The one callable a server runs: pages through a few threads, the live stream beside them.

A request reaches a page whole or not at all: its body is read here first, so a slow or broken
connection never holds a thread, and half a form is never taken for a form.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, cast
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from interwoven.config.streams import stopping

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

STREAM = "/live/events"
THREADS = 4
LARGEST_BODY = 1_048_576  # bytes; each page sets its own, smaller limit
LONGEST_WAIT = 30.0  # seconds for a whole request to arrive

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interwoven.config.settings")
_pages: Application = cast("Any", WSGIMiddleware)(get_wsgi_application(), workers=THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection, or follow the server's start and stop."""
    match scope["type"]:
        case "lifespan":
            await _live(receive, send)
        case "http" if scope["path"] == STREAM and scope["method"] == "GET":
            await _stream(scope, receive, send)
        case "http":
            await _page(scope, receive, send)
        case other:
            raise NotImplementedError(other)


async def _live(receive: Receive, send: Send) -> None:
    from interwoven.infra import runner  # noqa: PLC0415 - reads settings when imported

    while True:
        if (await receive())["type"] == "lifespan.startup":
            stopping.clear()
            runner.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await asyncio.to_thread(runner.stop)
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _stream(scope: Message, receive: Receive, send: Send) -> None:
    from interwoven.infra.live import stream  # noqa: PLC0415 - reads settings when imported

    async def receive_or_stop() -> Message:
        return await _first(receive(), stopping.wait()) or {"type": "http.disconnect"}

    await stream(scope, receive_or_stop, send)


async def _first(message: Awaitable[Message], stop: Awaitable[Any]) -> Message | None:
    """Give the message, unless the stop comes first."""
    waiting = asyncio.ensure_future(message)
    stopping = asyncio.ensure_future(stop)
    try:
        await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else None
    finally:
        waiting.cancel()
        stopping.cancel()


async def _page(scope: Message, receive: Receive, send: Send) -> None:
    try:
        body = await asyncio.wait_for(_whole_body(receive), LONGEST_WAIT)
    except TimeoutError:
        await _refuse(send, 408, b"The rest of this request did not arrive in time.")
        return
    if body is None:
        return
    if len(body) > LARGEST_BODY:
        await _refuse(send, 413, b"That is more than fits here. Nothing was saved.")
        return

    async def receive_body() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    await _pages(_cleaned(scope), receive_body, send)


async def _whole_body(receive: Receive) -> bytes | None:
    """Read the body, or one byte too many of it; none if the connection broke."""
    body = bytearray()
    while len(body) <= LARGEST_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


def _cleaned(scope: Message) -> Message:
    """Take out what WSGI would misread: raw bytes in a query, headers posing as others."""
    query = quote_from_bytes(scope["query_string"], safe="%&=+;/?:@!$'()*,~-._[]")
    return {**scope, "query_string": query.encode(), "headers": list(_headers(scope["headers"]))}


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    """Leave out names with an underscore: in WSGI they could not be told from ones with a dash."""
    return (pair for pair in headers if b"_" not in pair[0])


async def _refuse(send: Send, status: int, words: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words, "more_body": False})
