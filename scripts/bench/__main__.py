"""Measure everything, and print the table."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import arriving, asking, audit, copies, figures, going, hot, starting, timing, upkeep
from bench.client import Browser
from bench.copies import Copy
from bench.figures import Figure, step
from bench.servers import Failed, Server, product, serving

ABOUT = """Measures this copy of the source on this machine, in made-up copies that are gone
afterwards. What counts are the ratios to the floor: the smallest signed-in Django page in the same
server, in the same minutes. How to read it: docs/reference/bench.md"""


def main() -> None:
    chosen = _chosen()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    os.umask(0o077)
    with tempfile.TemporaryDirectory(prefix="interwoven-bench.") as scratch:
        if chosen.profile:
            return hot.show(_copy(Path(scratch), "one year"), chosen.profile)
        found, lines = _measured(Path(scratch), chosen)
    print(figures.table(found))
    print(*lines, sep="\n")
    met, missed = (sum(figure.met is way for figure in found) for way in (True, False))
    took = time.monotonic() - figures.BEGAN
    print(f"\n{met} goals met, {missed} missed, in {took:.0f} s.")
    if chosen.json:
        figures.write(chosen.json, found, _about(took))
    return None


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench", description=ABOUT)
    parser.add_argument("--quick", action="store_true", help="fewer requests: steady to a tenth")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument(
        "--clone", action="store_true", help="also time git clone, ./run, first page"
    )
    parser.add_argument(
        "--lighthouse", action="store_true", help="also run lighthouse, if installed"
    )
    parser.add_argument("--profile", metavar="PATH", help="instead: where one page spends its time")
    return parser.parse_args()


def _measured(scratch: Path, chosen: argparse.Namespace) -> tuple[list[Figure], list[str]]:
    pace = timing.QUICK if chosen.quick else timing.Pace()
    step("making an empty copy ready")
    ready = copies.make_ready(scratch / "ready")
    filled = {}
    for name in copies.WEEKS:
        step(f"living {name} in a copy of it")
        filled[name] = copies.filled(name, ready)
    step("counting statements")
    asked = asking.count(copies.another(filled["one year"], "scratch"))
    step("starting a ready copy, cold")
    found = [*asked.figures(), starting.cold(filled["one year"], pace.starts), starting.packages()]
    found = [*_against_the_floor(scratch, filled, pace, chosen), *found]
    step("backing up, trying the backup, rotating keys")
    found += upkeep.figures(copies.another(filled["one year"], "kept"))
    step("taking five years along, leaving, erasing")
    found += going.figures(copies.another(filled["five years"], "going"))
    if chosen.clone:
        step("cloning, and waiting for the first page")
        found.append(starting.from_clone(scratch))
    else:
        found.append(Figure("From clone to first page", None, "s", 45, beside="say --clone"))
    rows = "; ".join(f"{name}: {_rows(copy)}" for name, copy in filled.items())
    return found, ["", *asked.lines(), "", f"Copies: {rows}."]


def _against_the_floor(
    scratch: Path, filled: dict[str, Copy], pace: timing.Pace, chosen: argparse.Namespace
) -> list[Figure]:
    """Everything that needs servers: the floor beside a copy with a year, then five beside one."""
    with ExitStack() as stack:
        environment, key = copies.floor(scratch / "floor")
        floor = stack.enter_context(serving("the floor", environment, "bench.floor.serve"))
        at_floor = floor.browser({"sessionid": key})
        with _open(filled["one year"]) as (server, ana):
            step("first load of Today")
            found = arriving.first_load(ana).figures()
            step("one at a time: floor, page, floor")
            found = [
                *timing.pages(ana, at_floor, pace),
                *timing.writes(ana, at_floor, pace),
                *found,
            ]
            step("sixteen at once")
            fast, memory = timing.at_once(server, floor, (ana.cookies, at_floor.cookies), pace)
            found[3:3] = fast
            found.append(Figure("Memory of the process under that load", memory, "MB", 100))
            step("lighthouse" if chosen.lighthouse else "leaving lighthouse out")
            found += audit.figures(ana, asked=chosen.lighthouse)
        step("five years against one month")
        old, young = (
            stack.enter_context(_open(filled[name])) for name in ("five years", "one month")
        )
        return [*found, *timing.years(old, young, pace)]


@contextmanager
def _open(copy: Copy) -> Iterator[tuple[Server, Browser]]:
    """A server over this copy, and Ana signed in to it."""
    with serving(copy.name, product(copy.folder)) as server:
        browser = server.browser()
        browser.sign_in(copy.people[0], copy.password)
        yield server, browser


def _copy(scratch: Path, name: str) -> Copy:
    return copies.filled(name, copies.make_ready(scratch / "ready"))


def _rows(copy: Copy) -> str:
    return ", ".join(f"{count} {name}" for name, count in copy.rows.items())


def _about(took: float) -> dict[str, object]:
    """What a reader of the figures must know to compare them with others."""
    return {
        "seconds": round(took),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
    }


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except Failed as wrong:
        sys.exit(f"Not measured to the end. {wrong}")
