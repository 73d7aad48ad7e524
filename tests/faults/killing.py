"""Do each of some deeds again and again, killing the process each time at another step.

    DATA_DIR=… python -m tests.faults.killing DEED …

Whoever does it is a fork of this process, which holds no connection; and so is whoever looks
afterwards, having done first what every start does. Says of each kill what was found.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from unittest import mock

import time_machine

from interwoven.config.steps import finish_erasing, start_django
from tests.faults.forks import Tell, answered, fork
from tests.privacy.chance import chance, held_still

start_django()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from interwoven.infra.crypto import keys  # noqa: E402
from interwoven.infra.crypto.keys import KeyClass  # noqa: E402
from interwoven.infra.keyring.models import DataKey  # noqa: E402
from interwoven.infra.models import AuditEntry, Session  # noqa: E402
from tests.faults.deeds import DEEDS, ERASING, THE_EVENING, Deed, State, sizes, state  # noqa: E402
from tests.faults.moments import Moment  # noqa: E402
from tests.faults.steps import watch  # noqa: E402
from tests.privacy.world import NOW, Stage, World, opening_of  # noqa: E402

HALF = "leaving, with a commit in the middle of it"  # two faults that are planted
LOST = "keeping a week, on a disk that loses it"
PLANTED = {HALF: DEEDS["leaving"], LOST: DEEDS["keeping a week"]}
KILLED = {**DEEDS, "erasing": ERASING, "the evening": THE_EVENING, **PLANTED}
PAGES = ("/today/", "/check-in/", "/together/", "/map/", "/one-thing/", "/settle/", "/weeks/")
AUDIT = AuditEntry._meta.label


@dataclass(frozen=True)
class Found:
    """What lies there after a start; `mark` stands for every row of both databases.

    But for the keys themselves, which no page shows and which are drawn anew."""

    state: State
    mark: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """What the other saw after it, and what came of doing it again."""

    pages: dict[str, object]
    status: int
    state: State


@dataclass
class Story:
    """One deed: what comes of it when nothing happens, and after each kill."""

    name: str
    stage: Stage
    tried: dict[str, Tried] = field(default_factory=dict)
    touched: bool = True  # since it was as before

    def told(self) -> dict[str, Any]:
        answered(self._prepare)
        self.moment = Moment.now("before")
        self.before = self._looked()
        self.moment.again()
        steps = self._done(0)
        self.after = self._looked()
        first = len(steps) if self.name == LOST else 1
        kills = [self._kill(at) for at in range(first, len(steps) + 1)]
        new = Counter(self.after.events) - Counter(self.before.events)
        return {"kills": kills, "records": sorted(new), "shows": self._shows(self.after)}

    @property
    def deed(self) -> Deed:
        return KILLED[self.name]

    def _kill(self, at: int) -> dict[str, Any]:
        if self.touched:
            self.moment.again()
        steps = self._done(at)
        if self.name == LOST:
            self.moment.again()
        found = self._looked()
        again = self.tried[found.mark]
        return {
            "at": steps[-1],
            "is": self._which(found.state),
            "shows": self._shows(found),
            "again": again.status,
            "then whole": self._is_whole(again.state, found),
        }

    def _which(self, state: State) -> str:
        known = {"before": self.before.state, "after": self.after.state}
        return next((name for name, one in known.items() if one == state), "half")

    def _shows(self, found: Found) -> list[str]:
        """With which of the two the other's pages agree, to the byte."""
        known = {"before": self.before, "after": self.after}
        pages = self.tried[found.mark].pages
        return [name for name, one in known.items() if self.tried[one.mark].pages == pages]

    def _is_whole(self, state: State, found: Found) -> bool:
        """Done again after it was whole, it is on record once more, and nothing else is."""
        ours, asked = sizes(state), sizes(self.after.state)
        if self._which(found.state) == "after":
            ours[AUDIT] = asked[AUDIT] = 0
        return ours == asked

    def _looked(self) -> Found:
        """Start, and look; then try it again, unless the very same databases were tried before."""
        found: Found = answered(self._look)
        self.touched = found.mark not in self.tried or found.mark != self.before.mark
        if found.mark not in self.tried:
            self.tried[found.mark] = answered(self._try_again)
        return found

    def _prepare(self) -> None:
        world = self._world(NOW)
        chance.begin("before")
        self.deed.before(world)
        connections.close_all()

    def _look(self) -> Found:
        self.stage.clock.move_to(self.deed.at, tick=False)
        chance.begin("the start")
        finish_erasing()
        _refuse_what_is_broken()
        found = state()
        named = DataKey.objects.values_list("kid", "subject", "key_class", "epoch").order_by("kid")
        sessions = Session.objects.values_list().order_by("key_hash")
        mark = repr((found, list(named), list(sessions)))
        events = tuple(AuditEntry.objects.values_list("event", flat=True))
        return Found(self._comparable(found), sha256(mark.encode()).hexdigest(), events)

    def _comparable(self, found: State) -> State:
        """An erasure may be ended by a start: recorded twice, and with another dead password.

        Of keys, people's own count; a couple's next one may be there before what needs it.
        """
        if self.deed is not ERASING:
            return found
        kinds = AuditEntry.objects.values_list("event", "person", "day").distinct()
        people = [tuple(_dead(one) for one in row) for row in found["accounts.Person"]]
        own = DataKey.objects.exclude(key_class=KeyClass.OPENED)
        keyring = sorted(own.values_list("subject", "key_class", "epoch"), key=repr)
        return found | {AUDIT: sorted(kinds, key=repr), "people": people, "keyring": keyring,
                        "accounts.Person": []}  # fmt: skip

    def _try_again(self) -> Tried:
        world = self._world()
        pages: dict[str, object] = {}
        for path in (*PAGES, f"/map/{opening_of(world, 'Bo')}/"):
            chance.begin("looking", path)
            seen = world.ask("Bo", "get", path)
            pages[path] = (seen.status_code, sorted(seen.headers.items()), seen.content)
        chance.begin("again")
        status = self.deed.done(world, self.deed.sent(world))
        return Tried(pages, status, self._comparable(state()))

    def _world(self, at: datetime | None = None) -> World:
        world = World(self.stage.clock, self.stage.cookies)
        world.link, world.code = self.stage.link, self.stage.code
        world.at(at or self.deed.at)
        return world

    def _done(self, kill_at: int) -> list[str]:
        """Do it in a fork, and give the steps it came to; it was killed at the last."""
        said, status = fork(lambda tell: self._do(tell, kill_at))
        assert status == (-signal.SIGKILL if kill_at else 0), (self.name, kill_at, status)
        return said.decode().splitlines()

    def _do(self, tell: Tell, kill_at: int) -> None:
        world = self._world()
        sent = self.deed.sent(world)
        keys.forget()
        chance.begin("the deed")
        done = 0

        def step(name: str) -> None:
            nonlocal done
            done += 1
            tell(f"{name}\n".encode())
            if done == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        with ExitStack() as watched:
            self._plant(watched)
            watch(step, watched)
            step(f"answered {self.deed.done(world, sent)}")

    def _plant(self, planted: ExitStack) -> None:
        if self.name == HALF:
            data = connections["default"]

            def early(_: str) -> None:
                data.connection.commit()

            planted.enter_context(mock.patch.object(data, "savepoint_commit", early))


def _dead(value: object) -> object:
    """A password that fits nothing, drawn anew each time."""
    return "!" if isinstance(value, str) and value.startswith("!") else value


def _refuse_what_is_broken() -> None:
    for alias in ("default", "keyring"):
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                found = cursor.execute("PRAGMA integrity_check").fetchall()
                assert found == [("ok",)], found
                assert not cursor.execute("PRAGMA foreign_key_check").fetchall()


def _see_every_page_once(stage: Stage) -> None:
    """So that no fork has to read templates that all of them use."""
    for path in PAGES:
        World(stage.clock, stage.cookies).get("Bo", path)


def main(names: list[str]) -> None:
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # for speed
    with time_machine.travel(NOW, tick=False) as clock, held_still():
        stage = Stage(clock)
        _see_every_page_once(stage)
        connections.close_all()
        gc.freeze()  # nothing of it moves in the forks, so that they are quick
        made = Moment.now("made")
        told = {}
        for name in names:
            made.again()
            told[name] = Story(name, stage).told()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
