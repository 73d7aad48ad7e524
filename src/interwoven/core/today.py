"""What is due today: one thing, by a rule anybody can read. Nothing due is a full answer.

The rule knows only what the person did themselves, and what both can see. It never knows whether
the other has written, kept or skipped anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Due(StrEnum):
    """The one thing, in the order in which it is asked for."""

    CONFIRM = "confirm"  # somebody answered my invitation: is it them?
    LOOK_BACK = "look_back"  # a week after what the two agreed on
    CHECK_IN = "check_in"  # this week's answers
    CHOOSE = "choose"  # answers are kept, and nothing is said yet about opening
    TALK = "talk"  # one thing to do, begun and not agreed on
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person is this week. True and false only; no dates and nobody else's doings."""

    paired: bool
    to_confirm: bool = False
    look_back: bool = False
    answered: bool = False
    decided: bool = False
    closed: bool = False  # this week has opened already
    talking: bool = False


def due(at: Standing) -> Due:
    """The first thing on the list that is due, or `NOTHING`."""
    asked = (
        (Due.CONFIRM, at.to_confirm),
        (Due.LOOK_BACK, at.look_back),
        (Due.CHECK_IN, not at.answered and not at.closed),
        (Due.CHOOSE, at.paired and at.answered and not at.decided and not at.closed),
        (Due.TALK, at.talking),
    )
    return next((thing for thing, now in asked if now), Due.NOTHING)
