"""Reads what the forms about one thing to do sent, field by field; saves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.http import QueryDict

from interwoven.core.agreement import (
    MOST_SAID,
    MOST_WHAT,
    NOTHING_SAID,
    Act,
    Fault,
    Outcome,
    Pulse,
    Review,
    Said,
    Whose,
)
from interwoven.core.forms import Form
from interwoven.web.words import clean_words, one_line

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

START, SAY, PROPOSE = "one-thing-start", "one-thing-say", "one-thing-propose"
MOVE, REVIEW = "one-thing-move", "one-thing-review"
ELSEWHERE = "elsewhere"  # the name under which a change in another window is noted
SKIP = "skip"
MARKS = {str(mark): mark for mark in range(11)} | {SKIP: None, "": None}
PULSE = ("understood", "accepted", "cared_about")
LONGEST_NUMBER = 9  # digits; more than any page of ours has sent

SENTENCES: Mapping[Fault, str] = {
    Fault.NO_WORDS: "Say what it is, in a few words.",
    Fault.TOO_MANY_WORDS: f"Up to {MOST_WHAT} letters fit.",
    Fault.DAY_GONE: "That day has passed. Pick today or a later one.",
    Fault.DAY_TOO_FAR: "Pick a day within the next 60 days.",
    Fault.TOO_SHORT: "One minute is the least.",
    Fault.TOO_LONG: "600 minutes is the most.",
}


@dataclass(frozen=True, slots=True)
class Filled(Generic[T]):
    """What a form said, if it said anything whole; what was typed; what is wrong, by field."""

    meant: T | None
    values: dict[str, str]
    errors: dict[str, str]


def seen(sent: QueryDict) -> int:
    """The number of the change the page was shown; none that we sent is the same as never."""
    text = sent.get("revision", "")
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else 0


def strand(sent: QueryDict) -> Filled[Form]:
    found = _member(Form, sent.get("strand"))
    return Filled(found, {}, {} if found else {"strand": "Pick one of the four."})


def said(sent: QueryDict) -> Filled[Said]:
    values, errors = _typed(sent, "works", "wish"), dict[str, str]()
    words = Said(_words(sent, "works", errors), _words(sent, "wish", errors))
    if words == NOTHING_SAID and not errors:
        errors["works"] = "There is nothing in either yet. One of the two is enough."
    return Filled(None if errors else words, values, errors)


def act(sent: QueryDict) -> Filled[Act]:
    """An act as it was typed. Whether its day and length fit is for the action to say."""
    values = _typed(sent, "what", "whose", "day", "minutes")
    errors: dict[str, str] = {}
    what = one_line(_clean(sent, "what", errors))
    whose = _member(Whose, sent.get("whose"))
    day, minutes = _day(values["day"]), _minutes(values["minutes"])
    if whose is None:
        errors["whose"] = "Say who sees to it."
    if day is None:
        errors["day"] = "Pick a day."
    if minutes is None:
        errors["minutes"] = "Say how many minutes, as a number."
    if whose is None or day is None or minutes is None or errors:
        return Filled(None, values, errors)
    return Filled(Act(what, whose, day, minutes), values, errors)


def moved(sent: QueryDict) -> Filled[date]:
    """Another day. Whether it fits is for the action to say."""
    values = _typed(sent, "day")
    day = _day(values["day"])
    return Filled(day, values, {} if day else {"day": "Pick a day."})


def review(sent: QueryDict) -> Filled[Review]:
    values = _typed(sent, "outcome", *PULSE)
    outcome = _member(Outcome, sent.get("outcome"))
    errors = {
        name: "This runs from 0 to 10, or is skipped."
        for name in PULSE
        if values[name] not in MARKS
    }
    values |= dict.fromkeys(errors, "")  # no mark of ours: not to be shown again
    if outcome is None:
        errors["outcome"] = "Say how it went for you. Each of the three is a full answer."
    if outcome is None or errors:
        return Filled(None, values, errors)
    marks = [MARKS[values[name]] for name in PULSE]
    return Filled(Review(outcome, Pulse(*marks)), values, errors)


def sentences(faults: Mapping[str, Fault]) -> dict[str, str]:
    return {name: SENTENCES[fault] for name, fault in faults.items()}


def _typed(sent: QueryDict, *names: str) -> dict[str, str]:
    """What was typed, word for word, but for what no page could show again."""
    texts = {name: sent.get(name, "") for name in names}
    return {
        name: text.replace("\x00", "").encode(errors="ignore").decode()
        for name, text in texts.items()
    }


def _clean(sent: QueryDict, name: str, errors: dict[str, str]) -> str:
    try:
        return clean_words(sent.get(name, ""))
    except ValidationError as wrong:
        errors[name] = str(wrong.messages[0])
        return ""


def _words(sent: QueryDict, name: str, errors: dict[str, str]) -> str:
    words = _clean(sent, name, errors)
    if len(words) > MOST_SAID:
        errors[name] = f"Up to {MOST_SAID} letters fit; this has {len(words)}."
    return words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _minutes(text: str) -> int | None:
    stripped = text.strip()
    fits = stripped.isascii() and stripped.removeprefix("-").isdecimal()
    return int(stripped) if fits and len(stripped) <= LONGEST_NUMBER else None


def _member(kind: type[E], sent: str | None) -> E | None:
    return next((member for member in kind if member.value == sent), None)
