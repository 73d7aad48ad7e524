"""The product's own server, in a process of its own, with a clock that can be moved.

    START=2026-03-11T20:00:00+00:00 DATA_DIR=… PORT=… python -m tests.journeys.serving

It is made ready and served as `./run --empty` does it. Then each line on standard input is an
order, and each is answered with a line on standard output when it is done.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from threading import Thread

import time_machine

from interwoven.config import env as environment
from interwoven.config import serve, steps


def main() -> None:
    os.umask(0o077)
    env = environment.read(os.environ)
    with (
        time_machine.travel(datetime.fromisoformat(os.environ["START"])) as clock,
        serve.listen(env) as listener,
    ):
        steps.make_folder_and_secrets(env)
        steps.start_django()
        steps.prepare_databases(env, _nothing)
        steps.collect_static_files(env, _nothing)
        steps.refuse_if_unsound()
        orders = Thread(target=_follow_orders, args=(clock,), daemon=True)
        serve.serve(env, listener, started=orders.start)


def _follow_orders(clock: time_machine.Traveller) -> None:
    _tell("ready")
    for line in sys.stdin:
        order = json.loads(line)
        match order["do"]:
            case "move":
                clock.move_to(datetime.fromisoformat(order["to"]))
                _do_what_is_due()
            case "couple":
                _make_couple(order["addresses"])
            case _:
                _break_something(order)
        _tell("done")


def _do_what_is_due() -> None:
    from django.utils import timezone

    from interwoven.infra import runner

    runner.run_once(timezone.now())


def _make_couple(addresses: list[str]) -> None:
    from django.utils import timezone

    from tests.apps.couples.people import make_person, pair

    ana, bo = (make_person(*each) for each in zip(("Ana", "Bo"), addresses, strict=True))
    pair(ana, bo, timezone.now())


def _break_something(order: dict[str, str]) -> None:
    from tests.faults import breaking

    breaking.carry_out(order)


def _nothing(_: str) -> None:
    """What the steps would say is for whoever starts it by hand."""


def _tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
