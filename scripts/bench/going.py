"""What going costs with five years behind one: taking them along, leaving, erasing; and a field.

    DATA_DIR=… python -m bench.going

Seals and opens one field over and over, in a process of its own. Prints JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from uuid import uuid4

from bench.client import Answer, Browser
from bench.copies import Copy
from bench.figures import Figure
from bench.servers import Failed, product, serving, told

TIMES = 5
FIELDS, BLOCKS = 500, 9
WORDS = b"A quarter of an hour on the bench by the river, without either phone. " * 3


def figures(copy: Copy) -> list[Figure]:
    field = json.loads(told(product(copy.folder), "bench.going"))
    size = f"{len(WORDS)} bytes, in {field['sealed']}; median of {BLOCKS} blocks of {FIELDS}"
    return [
        *_people(copy),
        Figure("Sealing a field", field["seal"], "µs", beside=size),
        Figure("Opening a field", field["open"], "µs", beside=size),
    ]


def _people(copy: Copy) -> list[Figure]:
    """Through the pages, password and all. Ana leaves and Bo erases himself, in this order."""
    with serving("going", product(copy.folder)) as server:
        ana, bo = server.browser(), server.browser()
        for browser, address in zip((ana, bo), copy.people, strict=True):
            browser.sign_in(address, copy.password)
        taken = {
            kind: [_sent(ana, copy, "/me/take-along/", 200, **{"as": kind}) for _ in range(TIMES)]
            for kind in ("json", "page")
        }
        left = _sent(ana, copy, "/me/leave/", 303)
        erased = _sent(bo, copy, "/me/erase/", 303)
    files = {kind: answers[-1].size / 1e3 for kind, answers in taken.items()}
    return [
        Figure("Five years taken along, as a file", _middle(taken["json"]), "s", 2,
            beside=f"{files['json']:,.0f} kB"),
        Figure("Five years taken along, to read", _middle(taken["page"]), "s", 2,
            beside=f"{files['page']:,.0f} kB"),
        Figure("Leaving, after five years", left.seconds, "s", 1, beside="once"),
        Figure("Erasing, after five years", erased.seconds, "s", 1, beside="once"),
    ]  # fmt: skip


def _sent(browser: Browser, copy: Copy, path: str, status: int, **more: str) -> Answer:
    token = browser.token(path)
    values = {"csrfmiddlewaretoken": token, "password": copy.password} | more
    answer = browser.post(path, values, Origin=f"http://localhost:{browser.port}")
    if answer.status != status:
        raise Failed(f"{path} was answered {answer.status}")
    return answer


def _middle(answers: list[Answer]) -> float:
    return median(answer.seconds for answer in answers)


def main() -> None:
    from interwoven.config.steps import start_django

    start_django()
    from interwoven.infra.crypto import envelope

    key, kid, place = bytes(32), uuid4(), ("checkins.CheckIn", str(uuid4()), str(uuid4()), "p", "1")
    sealed = envelope.seal(key, kid, WORDS, place)
    sealing = _each(lambda: envelope.seal(key, kid, WORDS, place))
    opening = _each(lambda: envelope.unseal(key, kid, sealed, place))
    told = {"seal": 1e6 * sealing, "open": 1e6 * opening, "sealed": len(sealed)}
    sys.stdout.write(json.dumps(told))


def _each(work: Callable[[], object]) -> float:
    """Seconds for one."""
    spent = []
    for _ in range(BLOCKS):
        began = perf_counter()
        for _ in range(FIELDS):
            work()
        spent.append((perf_counter() - began) / FIELDS)
    return median(spent)


if __name__ == "__main__":
    main()
