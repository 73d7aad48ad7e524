"""The live stream: tells an open page that its own bytes changed, and nothing more.

A frame is a number, counted per person. It never carries a word anybody wrote, and a person is
woken only when what they themselves would see has changed. The page then asks for itself again,
through the same view and the same rule as always.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections, transaction
from django.http import HttpRequest, parse_cookie

from interwoven.infra.sessions import SessionStore

Message = MutableMapping[str, Any]
HEARTBEAT = 25.0  # seconds of quiet after which a comment is sent
MOST = 6  # open streams a person may hold
SMALL = re.compile(r"[0-9]{1,7}")  # as much as a number of wakes or milliseconds here can be
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page knows already: all up to a number, or up to some seconds ago."""

    number: int | None = None
    age: float = 0.0


class Hub:
    """Who listens in this process. Waking may happen on any thread, the rest on the loop's own."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UUID, set[asyncio.Queue[int]]] = defaultdict(set)
        self._numbers: defaultdict[UUID, int] = defaultdict(int)
        self._woken: dict[UUID, float] = {}  # when last, by a clock that only goes forward
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = Lock()

    def join(self, person: UUID, seen: Seen) -> asyncio.Queue[int] | None:
        """Listen from now on. What came since the page was asked for comes at once."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
        if len(self._waiting[person]) >= MOST:
            return None
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=8)
        self._waiting[person].add(queue)
        if self._missed(person, seen):
            queue.put_nowait(self.number(person))
        return queue

    def number(self, person: UUID) -> int:
        """How often this person was woken since the process began."""
        return self._numbers[person]

    def _missed(self, person: UUID, seen: Seen) -> bool:
        if seen.number is not None:
            return seen.number != self.number(person)
        return monotonic() - self._woken.get(person, -math.inf) <= seen.age

    def leave(self, person: UUID, queue: asyncio.Queue[int]) -> None:
        self._waiting[person].discard(queue)
        if not self._waiting[person]:
            del self._waiting[person]

    def wake(self, person: UUID) -> None:
        with self._lock:  # numbers arrive in the order they were counted
            self._numbers[person] += 1
            self._woken[person] = monotonic()
            if self._loop is not None:
                with contextlib.suppress(RuntimeError):  # the loop has ended, and its listeners
                    self._loop.call_soon_threadsafe(self._deliver, person, self._numbers[person])

    def _deliver(self, person: UUID, number: int) -> None:
        for queue in tuple(self._waiting.get(person, ())):
            with contextlib.suppress(asyncio.QueueFull):  # it has news enough to look again
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
    queue = hub.join(person, _seen(scope)) if person else None
    if person is None or queue is None:
        await _refuse(send, 404 if person is None else 429)
        return
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
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
    await _frame(send, f": here\nid: {hub.number(person)}\n\n")
    while True:
        number = await _next(queue, gone)
        if gone.done() or await _person_of(key) != person:
            break
        still = ": still here\n\n"
        await _frame(send, f"id: {number}\nevent: changed\ndata:\n\n" if number else still)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(queue: asyncio.Queue[int], gone: asyncio.Future[None]) -> int | None:
    """The next number; none if the browser left, or if it was quiet for a while."""
    waiting = asyncio.ensure_future(queue.get())
    either: set[asyncio.Future[Any]] = {waiting, gone}
    try:
        await asyncio.wait(either, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else None
    finally:
        waiting.cancel()


async def _until_gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Callable[[Message], Awaitable[None]], status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _frame(send: Callable[[Message], Awaitable[None]], text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _session_key(scope: Message) -> str:
    sent = "; ".join(
        value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"
    )
    return parse_cookie(sent).get(settings.SESSION_COOKIE_NAME, "")


def _seen(scope: Message) -> Seen:
    """The last number a browser got that comes back, or how long ago a page was asked for."""
    number = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    if SMALL.fullmatch(number):
        return Seen(number=int(number))
    age = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("age", [""])[-1]
    return Seen(age=int(age) / 1000 if SMALL.fullmatch(age) else 0.0)


@sync_to_async(thread_sensitive=False)
def _person_of(key: str) -> UUID | None:
    """Whose session this is: as for a page, none once the account or its password changed."""
    try:
        found = get_user(cast("HttpRequest", SimpleNamespace(session=SessionStore(key or None))))
        return found.pk if found.is_authenticated else None
    finally:
        connections.close_all()
