"""Non-interference: plays one history in several worlds, and compares all that an observer gets.

**The property.** Two worlds begin alike, hear the same clock and draw the same chance. Everything
the observer does, and everything done before their eyes, is the same in both. What another person
does in private differs freely, in kind, number and time. Then the observer gets the same: status,
every header in its order, every cookie with its attributes, every byte, every letter, every wake of
the live stream with its number; and the database is asked the same statements in the same order,
because the time an answer takes is a channel too.

**What is released.** The rule of `core` lets some things through. `released.py` says which, and
makes all worlds of a history agree on their values before each release (delimited release). The
released values are part of what is recorded, so that a history in which they differ fails.

**What this does not cover.** The state of caches in memory: each observed request begins with none
of the unwrapped keys at hand, as after a start, which shows every statement that it can lead to.
Which password somebody mistyped how often for one account, beyond ten times a minute. How long a
statement takes. And two people are needed for a leak between them: what an observer does to an
account whose password they know is theirs to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.core import mail
from django.db import connections
from django.http import HttpResponse

from interwoven.infra import live
from interwoven.infra.crypto import keys
from tests.privacy.world import Hub, World, address_of

SAVEPOINT = re.compile(r"\bs\d+_x\d+\b")  # numbered by the process, which nobody sees
CHANNELS = ("status", "redirect", "headers", "cookies", "body", "statements", "keyring", "value")


class Leak(AssertionError):
    """What the observer got differs from one world to another."""

    def __init__(self, channel: str, where: str, one: object, other: object) -> None:
        super().__init__(f"{channel} of {where}:\n  {one!r}\n  {other!r}")
        self.channel = channel


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that reached the observer, or was released to them."""

    where: str
    status: int = 0
    redirect: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    statements: tuple[str, ...] = ()
    keyring: tuple[str, ...] = ()
    value: object = None  # a frame, a letter, a released value


@dataclass
class Observer:
    """Records what reaches one person, or nobody in particular."""

    world: World
    name: str
    hub: Hub
    seen: list[Seen] = field(default_factory=list)

    def ask(
        self, path: str, sent: dict[str, object] | None = None, *, called: str = "", **headers: str
    ) -> None:
        """Ask for a page, or send a form, and take down all that comes of it."""
        keys.forget()
        browser = self.world.browsers[self.name]
        with statements("default") as data, statements("keyring") as keyring:
            from tests.privacy.world import committed

            with committed():
                response = (
                    browser.get(path, **headers)
                    if sent is None
                    else browser.post(path, sent, **headers)
                )
        verb = "GET" if sent is None else "POST"
        self.seen.append(_seen(f"{verb} {called or path}", response, data, keyring))
        self.collect()

    def note(self, where: str, value: object) -> None:
        self.seen.append(Seen(where, value=value))

    def collect(self) -> None:
        """Take down what came by itself: wakes of the stream, and letters."""
        mine = self.world.people.get(address_of(self.name))
        frames = [number for person, number in self.hub.frames if mine and person == mine.pk]
        self.hub.frames.clear()
        if frames:
            self.note(f"stream at {self.world.now:%a %H:%M}", frames)
        letters = [m for m in mail.outbox if address_of(self.name) in m.recipients()]
        if letters:
            written = [(m.subject, m.body, m.extra_headers, m.from_email) for m in letters]
            self.note(f"mail at {self.world.now:%a %H:%M}", written)
            mail.outbox[:] = [m for m in mail.outbox if m not in letters]


@contextmanager
def observing(world: World, name: str) -> Iterator[Observer]:
    hub = Hub()
    with mock.patch.object(live, "hub", hub):
        yield Observer(world, name, hub)


@contextmanager
def statements(alias: str) -> Iterator[list[str]]:
    """The statements put to a database meanwhile, without what is filled into them."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(SAVEPOINT.sub("", sql))
        return execute(sql, params, many, context)

    with connections[alias].execute_wrapper(note):
        yield found


def _seen(where: str, response: HttpResponse, data: list[str], keyring: list[str]) -> Seen:
    headers = tuple((name, value) for name, value in response.items() if name != "Location")
    return Seen(
        where,
        status=response.status_code,
        redirect=response.headers.get("Location", ""),
        headers=headers,
        cookies=tuple(morsel.OutputString() for morsel in response.cookies.values()),
        body=response.content,
        statements=tuple(data),
        keyring=tuple(keyring),
    )


def compare(one: Sequence[Seen], other: Sequence[Seen]) -> None:
    """Raises `Leak` at the first difference."""
    for a, b in zip(one, other, strict=False):
        if a.where != b.where:
            raise Leak(_kind(a, b), f"{a.where} | {b.where}", a.value, b.value)
        for channel in CHANNELS:
            if getattr(a, channel) != getattr(b, channel):
                raise Leak(_channel(channel, a), a.where, *_difference(channel, a, b))
    if len(one) != len(other):
        more = max(one, other, key=len)[min(len(one), len(other))]
        raise Leak(_kind(more, more), more.where, more.value, None)


def _channel(channel: str, seen: Seen) -> str:
    return seen.where.split(" ")[0] if channel == "value" else channel


def _kind(a: Seen, b: Seen) -> str:
    """Stream or mail, when one world has one more of them."""
    words = {a.where.split(" ")[0], b.where.split(" ")[0]} & {"stream", "mail"}
    return min(words, default="order")


def _difference(channel: str, a: Seen, b: Seen) -> tuple[object, object]:
    """The parts in which they differ."""
    one, other = getattr(a, channel), getattr(b, channel)
    if isinstance(one, bytes):
        at = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), 0)
        return one[max(at - 60, 0) : at + 120], other[max(at - 60, 0) : at + 120]
    if isinstance(one, tuple):
        lines = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
        return lines[0] if lines else (one[len(other) :], other[len(one) :])
    return one, other
