"""How fast, always against the floor in the same minute: floor, page, floor, page, …

These machines are shared and their speed drifts. What is measured in turn drifts alike, so the
ratios hold where single figures do not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.client import Answer, Browser
from bench.figures import Figure
from bench.servers import Server, plain_environment, told

PAGES = {"Today": "/today/", "Check-in": "/check-in/", "Map": "/map/"}
FLOOR_PAGE, FLOOR_WRITE = "/page/", "/write/"
AT_ONCE = 16
WARM_UP = 30  # requests to each page before anything is counted
FILLED = {
    "physical_felt": "7", "physical_hoped": "6", "intellectual_felt": "5",
    "intellectual_hoped": "5", "spiritual_felt": "4", "spiritual_hoped": "6",
}  # fmt: skip

Ask = Callable[[], Answer]


@dataclass(frozen=True)
class Pace:
    """How much is asked for. Enough for a steady median, and no more."""

    pages: int = 400  # of each page, and twice as many of the floor
    writes: int = 150
    seconds: float = 2.0  # of each spell of sixteen at once
    spells: int = 4
    blocks: int = 8  # of fifty requests, when processor time is counted
    starts: int = 5


QUICK = Pace(pages=100, writes=40, seconds=1.0, spells=2, blocks=3, starts=2)


def pages(ours: Browser, floor: Browser, pace: Pace) -> list[Figure]:
    return [
        _against(
            f"{name}, p50",
            lambda path=path: ours.get(path),
            lambda: floor.get(FLOOR_PAGE),
            pace.pages,
            goal=1.6,
        )
        for name, path in PAGES.items()
    ]


def writes(ours: Browser, floor: Browser, pace: Pace) -> list[Figure]:
    """Keep a check-in the way the page's own script does, against one insert and 303."""
    page = ours.get("/check-in/").text
    hidden = {name: _hidden(page, name) for name in ("submission_id", "week", "revision")}
    sent = hidden | FILLED | {"csrfmiddlewaretoken": _hidden(page, "csrfmiddlewaretoken")}
    marks = iter(range(10**9))
    headers = {"X_Requested_With": "fetch", "X_CSRFToken": sent["csrfmiddlewaretoken"]}

    def keep() -> Answer:
        felt = {"emotional_felt": str(next(marks) % 11), "emotional_hoped": "8"}
        return ours.post("/check-in/keep/", sent | felt, **headers)

    def insert() -> Answer:
        return floor.post(FLOOR_WRITE, sent | FILLED | {"words": "A walk " * 8})

    return [_against("Keeping a check-in, p50", keep, insert, pace.writes, goal=3.0)]


def _against(name: str, ask: Ask, ask_floor: Ask, times: int, *, goal: float) -> Figure:
    """Floor, page, floor, `times` times over."""
    ours, floor = [], []
    for _ in range(WARM_UP):
        _taken(ask(), name), _taken(ask_floor(), "floor")
    for _ in range(times):
        floor.append(_taken(ask_floor(), "floor"))
        ours.append(_taken(ask(), name))
        floor.append(_taken(ask_floor(), "floor"))
    beside = f"{1000 * median(ours):.2f} ms; floor {1000 * median(floor):.2f} ms"
    return Figure(name, median(ours) / median(floor), "×", goal, beside=beside)


def _taken(answer: Answer, name: str) -> float:
    if answer.status not in (200, 204, 303):
        raise RuntimeError(f"{name} was answered {answer.status}")
    return answer.seconds


def _hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def at_once(
    ours: Server, floor: Server, cookies: Sequence[dict[str, str]], pace: Pace
) -> tuple[list[Figure], float]:
    """Answers per second to sixteen connections; and the most memory the server held meanwhile."""
    figures, memory = [], 0.0
    for name, path in PAGES.items():
        fast, slow = [], []
        for _ in range(pace.spells):
            fast.append(_spell(floor, FLOOR_PAGE, cookies[1], pace.seconds))
            slow.append(_spell(ours, path, cookies[0], pace.seconds))
            memory = max(memory, ours.memory())
        beside = f"{median(slow):.0f}/s; floor {median(fast):.0f}/s"
        ratio = median(slow) / median(fast)
        named = f"{name}, answers/s to {AT_ONCE} at once"
        figures.append(Figure(named, ratio, "×", 0.6, at_least=True, beside=beside))
    return figures, memory


def _spell(server: Server, path: str, cookies: dict[str, str], seconds: float) -> float:
    arguments = (str(server.port), path, str(seconds), str(AT_ONCE))
    return float(told(plain_environment(), "bench.load", *arguments, given=json.dumps(cookies)))


def years(
    old: tuple[Server, Browser], young: tuple[Server, Browser], pace: Pace
) -> Iterable[Figure]:
    """Processor time per request in a copy with five years in it, against one with a month."""
    for name, path in PAGES.items():
        spent: tuple[list[float], list[float]] = ([], [])
        for _ in range(pace.blocks + 1):
            for side, (server, browser) in enumerate((old, young)):
                spent[side].append(_block(server, browser, path))
        five, month = (1000 * median(side[1:]) for side in spent)  # the first is a warm-up
        beside = f"{five:.2f} ms CPU a request; one month {month:.2f} ms"
        yield Figure(f"{name}, five years against a month", five / month, "×", 1.15, beside=beside)


def _block(server: Server, browser: Browser, path: str, times: int = 50) -> float:
    before = server.cpu()
    for _ in range(times):
        _taken(browser.get(path), path)
    return (server.cpu() - before) / times
