"""Where one page spends its time: `./bench --profile /today/`.

In one process, without a server, so that nothing but the page is in the tables. The first line is
measured alone; the tables that follow slow down what they measure, so read them as shares.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from bench.copies import Copy
from bench.servers import product, told

TIMES, BLOCKS = 40, 12  # requests a block; the quickest block is the least disturbed
LONGEST = 40  # lines of a table
SITE = re.compile(r"\S*/(?:site-packages|src|lib/python3\.\d+)/")


def show(copy: Copy, path: str) -> None:
    print(told(product(copy.folder), "bench.hot", copy.people[0], path))


def main(address: str, path: str) -> None:
    from interwoven.config.steps import start_django

    start_django()
    ask = _asker(address, path)
    ask(TIMES)
    print(f"{path}: {1000 * min(_spent(ask) for _ in range(BLOCKS)):.2f} ms CPU a request")
    _print_statements(ask)
    _print_templates(ask)
    profile = cProfile.Profile()
    profile.runcall(ask, TIMES)
    print("Our own functions, with all they call:", _table(profile, "cumtime", r"/interwoven/"))
    print("Everything, without what it calls:", _table(profile, "tottime", LONGEST))


def _asker(address: str, path: str) -> Callable[[int], None]:
    """Something that asks for this page so many times, signed in."""
    from django.core.wsgi import get_wsgi_application
    from django.test import Client, RequestFactory

    from interwoven.apps.accounts.models import Person

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(Person.objects.get(email=address))
    cookies = "; ".join(f"{name}={of.value}" for name, of in browser.cookies.items())
    request = RequestFactory(SERVER_NAME="localhost").get(path, HTTP_COOKIE=cookies)
    return partial(_ask, get_wsgi_application(), request.environ)


def _ask(application: Any, environ: dict[str, Any], times: int) -> None:
    answered: list[str] = []
    for _ in range(times):
        given = environ | {"wsgi.input": io.BytesIO()}
        response = application(given, lambda status, headers: answered.append(status))
        b"".join(response)
        response.close()
    if not all(status.startswith("200") for status in answered):
        raise RuntimeError(answered[0])


def _spent(ask: Callable[[int], None]) -> float:
    began = time.process_time()
    ask(TIMES)
    return (time.process_time() - began) / TIMES


def _print_statements(ask: Callable[[int], None]) -> None:
    from django.db import connections

    lines: list[tuple[str, float]] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        began = time.perf_counter()
        result = execute(sql, *rest)
        took = time.perf_counter() - began
        tables = re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql)
        lines.append((f"{sql[:6]} {', '.join(tables)}", took))
        return result

    with connections["default"].execute_wrapper(note), connections["keyring"].execute_wrapper(note):
        ask(TIMES)
    count = len(lines) // TIMES
    print(f"\n{count} statements, in the database alone:")
    for number, (words, _) in enumerate(lines[:count]):
        print(f"  {1e6 * median(took for _, took in lines[number::count]):4.0f} µs  {words}")


def _print_templates(ask: Callable[[int], None]) -> None:
    from django.template.base import Template

    whole, own, calls = defaultdict[str, float](float), defaultdict[str, float](float), []
    within: list[float] = []
    before = Template._render  # noqa: SLF001 - the only place that knows a name and a time

    def timed(self: Any, context: Any) -> Any:
        within.append(0.0)
        began = time.perf_counter()
        try:
            return before(self, context)
        finally:
            took, children = time.perf_counter() - began, within.pop()
            whole[self.name] += took
            own[self.name] += took - children
            calls.append(self.name)
            if within:
                within[-1] += took

    Template._render = timed  # noqa: SLF001 - as above
    try:
        ask(TIMES)
    finally:
        Template._render = before  # noqa: SLF001 - as above
    print("\nTemplates, ms a request: own, with what it includes, how often")
    for name in sorted(own, key=own.__getitem__, reverse=True):
        times = (1000 * own[name], 1000 * whole[name], calls.count(name))
        print("  {:6.2f} {:6.2f} {:4.0f}  ".format(*(each / TIMES for each in times)) + str(name))
    print()


def _table(profile: cProfile.Profile, order: str, chosen: int | str) -> str:
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats(order).print_stats(chosen, LONGEST)
    lines = SITE.sub("", out.getvalue()).splitlines()
    start = next(n for n, line in enumerate(lines) if "ncalls" in line)
    return "\n".join(("", *lines[start:]))


if __name__ == "__main__":
    main(*sys.argv[1:])
