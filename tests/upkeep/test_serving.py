"""One folder is served by one process. What may be done beside it is done; the rest is refused."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.ports import free_port
from tests.upkeep.copies import Made


@pytest.fixture
def served(copy) -> Iterator[Made]:
    """The copy, while a process serves it."""
    there = Made(copy.folder, copy.addresses | {"PORT": str(free_port())})
    server = there.begins("interwoven.config.command", "serve")
    try:
        lines = iter(server.stdout.readline, "")
        assert any("Ctrl-C stops it" in line for line in lines), server.stderr.read()
        yield copy
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    finally:
        server.kill()
        server.communicate()


@pytest.mark.parametrize("name", ["serve", "start"])
def test_a_second_one_on_another_port_is_refused_in_a_sentence(served, name):
    told = served.refuses(name, PORT=str(free_port()))

    assert told.startswith("This copy is already being served")
    assert str(served.folder) in told


def test_what_would_change_it_underneath_is_refused_and_what_keeps_it_is_not(
    identity, served, tmp_path
):
    assert "already being served" in served.refuses("setup")

    served.does("backup", tmp_path / "b.age")
    served.does("keys", "rotate")
    served.does("manage", "check")
    served.does("doctor")
    served.does("restore", tmp_path / "b.age", "--identity", identity, "--check")
    assert "being served" in served.refuses("restore", tmp_path / "b.age", "--identity", identity)


def test_once_it_has_ended_however_that_was_another_one_may_serve(copy):
    there = Made(copy.folder, copy.addresses | {"PORT": str(free_port())})
    server = there.begins("interwoven.config.command", "serve")
    assert any("Ctrl-C stops it" in line for line in iter(server.stdout.readline, ""))
    server.kill()
    server.communicate()

    copy.does("setup")
