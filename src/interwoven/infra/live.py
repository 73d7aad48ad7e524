"""The live stream: tells an open page that its own bytes changed, and nothing more.

A frame is a number, counted per person. It never carries a word anybody wrote, and a person is
woken only when what they themselves would see has changed. The page then asks for itself again,
through the same view and the same rule as always.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connections, transaction

from interwoven.infra.sessions import SessionStore

Message = MutableMapping[str, Any]
HEARTBEAT = 25.0  # seconds between comments, and between looks at the session
MOST = 6  # open streams a person may hold


class Hub:
    """Who listens in this process. Waking may happen on any thread."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UUID, set[asyncio.Queue[int]]] = defaultdict(set)
        self._numbers: defaultdict[UUID, int] = defaultdict(int)
        self._loop: asyncio.AbstractEventLoop | None = None

    def join(self, person: UUID) -> asyncio.Queue[int] | None:
        self._loop = asyncio.get_running_loop()
        if len(self._waiting[person]) >= MOST:
            return None
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=8)
        self._waiting[person].add(queue)
        return queue

    def leave(self, person: UUID, queue: asyncio.Queue[int]) -> None:
        self._waiting[person].discard(queue)
        if not self._waiting[person]:
            del self._waiting[person]

    def wake(self, person: UUID) -> None:
        self._numbers[person] += 1
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._deliver, person, self._numbers[person])

    def _deliver(self, person: UUID, number: int) -> None:
        for queue in tuple(self._waiting.get(person, ())):
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(number)


hub = Hub()


def wake(person: UUID) -> None:
    """After the commit, wake this person's open pages."""
    transaction.on_commit(lambda: hub.wake(person))


async def stream(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """One browser's stream, until it leaves or its session ends."""
    key = _session_key(scope)
    person = await _person_of(key)
    queue = hub.join(person) if person else None
    if person is None or queue is None:
        await _answer(send, 404 if person is None else 429)
        return
    await _answer(send, 200)
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await _tell(send, queue, gone, key, person)
    finally:
        gone.cancel()
        hub.leave(person, queue)


async def _tell(
    send: Callable[[Message], Awaitable[None]],
    queue: asyncio.Queue[int],
    gone: asyncio.Future[None],
    key: str,
    person: UUID,
) -> None:
    await _frame(send, ": here\n\n")
    while not gone.done():
        try:
            number = await asyncio.wait_for(_next(queue, gone), HEARTBEAT)
        except TimeoutError:
            if await _person_of(key) != person:
                break
            await _frame(send, ": still here\n\n")
            continue
        if number is not None:
            await _frame(send, f"id: {number}\nevent: changed\ndata:\n\n")
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(queue: asyncio.Queue[int], gone: asyncio.Future[None]) -> int | None:
    waiting = asyncio.ensure_future(queue.get())
    try:
        await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else None
    finally:
        waiting.cancel()


async def _until_gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Callable[[Message], Awaitable[None]], status: int) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if status != 200:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _frame(send: Callable[[Message], Awaitable[None]], text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _session_key(scope: Message) -> str:
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            jar.load(value.decode("latin-1"))
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


@sync_to_async(thread_sensitive=False)
def _person_of(key: str) -> UUID | None:
    try:
        found = SessionStore(key or None).get(SESSION_KEY) if key else None
        return UUID(found) if found else None
    finally:
        connections.close_all()
