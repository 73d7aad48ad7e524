"""What people do with a week, and when it ends."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.visitor import Visitor

OUR_EVENING = datetime(2026, 4, 5, 19, 0, 30, tzinfo=ZoneInfo("UTC"))
WISH, GUESS = "Which would feel close to you this week?", "Which would feel close to them? A guess."
STEP = "What would one small step look like?"


def felt(strand: str) -> str:
    return f"How it felt {strand}, 0 to 10"


def hoped(strand: str) -> str:
    return f"How you’d have liked it {strand}, 0 to 10"


def answer(visitor: Visitor, *, marks: tuple[int, int] = (6, 8), step: str = "") -> None:
    """Answer some of a week, leave out the rest, and keep it by its button."""
    visitor.go("/check-in/")
    visitor.mark(felt("Emotional"), str(marks[0]))
    visitor.mark(hoped("Emotional"), str(marks[1]))
    visitor.mark(felt("Physical"), "Skip")
    visitor.mark(felt("Intellectual"), "5")
    visitor.tap(visitor.group(WISH).locator("label").nth(2))
    visitor.tap(visitor.page.get_by_text("A guess for", exact=False).first)
    visitor.tap(visitor.group(GUESS).locator("label").nth(3))
    if step:
        visitor.page.get_by_label(STEP).fill(step)
    visitor.press("Keep, and go on")
