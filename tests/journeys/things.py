"""What people do with their one thing."""

from __future__ import annotations

from datetime import date, timedelta

from tests.journeys.visitor import Visitor
from tests.journeys.weeks import OUR_EVENING

THE_DAY = OUR_EVENING.date() + timedelta(days=2)


def propose(visitor: Visitor, what: str, day: date = THE_DAY) -> None:
    form = visitor.section("One thing, on one day")
    form.get_by_label("What", exact=True).fill(what)
    visitor.mark("Who sees to it", "Both of you")
    form.get_by_label("Which day").fill(day.isoformat())
    form.get_by_label("How long").fill("40")
    visitor.press("Propose this", within=form)


def look_back(visitor: Visitor, outcome: str) -> None:
    visitor.mark("How did it go, for you?", outcome)
    visitor.mark("Understood how far, 0 to 10", "7")
    visitor.press("Say how it went")
