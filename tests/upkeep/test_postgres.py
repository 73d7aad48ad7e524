"""What PostgreSQL says, and what is made of it. No server is asked here."""

from __future__ import annotations

from contextlib import nullcontext

import psycopg
import pytest

from interwoven.upkeep.errors import Refused
from interwoven.upkeep.postgres import Postgres

OURS = Postgres("ours", {})


class Server:
    """Answers that every name is there, and fails where it is told to."""

    def __init__(self, wrong: Exception) -> None:
        self.wrong = wrong

    def execute(self, statement, _=()) -> Server:
        if not isinstance(statement, str):  # a name to change
            raise self.wrong
        return self

    def fetchone(self) -> tuple[bool]:
        return (True,)

    def transaction(self):
        return nullcontext()


def serves(monkeypatch, wrong: Exception) -> None:
    monkeypatch.setattr("psycopg.connect", lambda *_, **__: nullcontext(Server(wrong)))


def test_a_database_that_somebody_is_connected_to_is_not_called_out_of_reach(monkeypatch):
    serves(monkeypatch, psycopg.errors.ObjectInUse("being accessed by other users"))

    with pytest.raises(Refused) as told:
        OURS.exchange("new", "kept")

    assert "Somebody is connected to the database ours." in str(told.value)
    assert "interwoven setup" in str(told.value)
    assert "reached" not in str(told.value)


def test_one_that_goes_away_meanwhile_is(monkeypatch):
    serves(monkeypatch, psycopg.errors.AdminShutdown("terminating connection"))

    with pytest.raises(Refused, match="cannot be reached: terminating connection"):
        OURS.exchange("new", "kept")
