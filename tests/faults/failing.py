"""A deed during which the database fails at one statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connections, transaction

from interwoven.infra.crypto import keys
from tests.faults.deeds import Deed
from tests.privacy.chance import chance
from tests.privacy.world import World, committed

TURNS = re.compile(r"SAVEPOINT|RELEASE|ROLLBACK")  # stand for BEGIN and COMMIT in a test
MOST = 60  # more statements than any deed has


class Fault:
    """Fails at one statement, counted in both databases together."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute, sql, params, many, context):
        self.count += not TURNS.match(sql)
        if self.count == self.at and not TURNS.match(sql):
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)


@contextmanager
def failing(at: int) -> Iterator[Fault]:
    fault = Fault(at)
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(fault))
        yield fault


def done(world: World, deed: Deed, at: int = 0) -> tuple[int, int]:
    """Do it, failing at one statement; the status, and how many statements there were."""
    sent = deed.sent(world)
    keys.forget()
    chance.begin("the deed")
    with failing(at) as fault, committed():
        status = deed.done(world, sent)
    for alias in connections:  # the test's own transaction, in which all this happens, goes on
        transaction.set_rollback(False, using=alias)
    return status, fault.count
