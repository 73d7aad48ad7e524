"""Reads one's own weeks out of a file that was taken along. It is trusted with nothing.

Whoever brings a file back may have changed it, or been handed it. So its shape is held to exactly,
every mark, day and word is checked as if typed here, and one thing that does not fit refuses it
whole. The words beside ids, and everything that opened, are not read.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import NoReturn

from django.core.exceptions import ValidationError

from interwoven.apps.checkins.forms import LONGEST_STEP
from interwoven.apps.keeping.document import FORMAT, VERSION, Answers, Week
from interwoven.content.shapes import Misshapen, fill
from interwoven.core.closeness import HIGHEST, LOWEST, Rating
from interwoven.core.opening import Sheet
from interwoven.web.words import clean_words

MOST_WEEKS = 5_000  # nearly a hundred years
NOT_OURS = "This isn’t a file to bring back. Pick the one that was saved as export.json."
NEWER = "A newer version made this file. Whoever keeps this copy can update it."
NO_WEEKS = "There is no week of yours in this file."
IDENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,20}")
REF = re.compile(rf"{IDENT.pattern}@[1-9][0-9]{{0,4}}")
LONGEST_IDENT = 80  # letters


class DoesNotFit(Exception):
    """Why a file cannot be brought back, in a sentence for whoever brings it."""


def weeks_in(file: bytes, *, latest: date) -> dict[date, Sheet]:
    """The sheets in a file, by week; none may be later than `latest`. Raises `DoesNotFit`."""
    found: dict[date, Sheet] = {}
    for number, entry in enumerate(_entries(file), start=1):
        day, sheet = _week(number, entry)
        if day > latest or day in found:
            raise DoesNotFit(_at(number, "week"))
        found[day] = sheet
    return found


def _week(number: int, entry: object) -> tuple[date, Sheet]:
    if not isinstance(entry, dict):
        raise DoesNotFit(_at(number))
    try:
        week = fill(Week, entry)
        return _day(week.week), _sheet(week.answers)
    except Misshapen as wrong:
        raise DoesNotFit(_at(number, _place(wrong))) from None
    except (ValueError, ValidationError):
        raise DoesNotFit(_at(number)) from None


def _entries(file: bytes) -> list[object]:
    try:
        whole = json.loads(file.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise DoesNotFit(NOT_OURS) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise DoesNotFit(NOT_OURS)
    version, weeks = whole.get("version"), whole.get("weeks")
    if type(version) is not int or version < 1 or not isinstance(weeks, list):
        raise DoesNotFit(NOT_OURS)
    if version > VERSION:
        raise DoesNotFit(NEWER)
    if not 0 < len(weeks) <= MOST_WEEKS:
        raise DoesNotFit(NO_WEEKS if not weeks else NOT_OURS)
    return weeks


def _sheet(answers: Answers) -> Sheet:
    """The same as a sheet. Raises `ValueError` or `ValidationError` for what no form here takes."""
    ratings = {form: Rating(marks.felt, marks.hoped) for form, marks in answers.marks.items()}
    if any(not LOWEST <= amount <= HIGHEST for amount in answers.amounts.values()):
        raise ValueError("an amount")
    step = clean_words(answers.step)
    if len(step) > LONGEST_STEP:
        raise ValueError("a step")
    if (answers.wish or answers.guess) and not answers.acts:
        raise ValueError("acts")
    return Sheet(
        ratings={form: rating for form, rating in ratings.items() if not rating.empty},
        acts=_named(answers.acts, REF),
        wish=_named(answers.wish, IDENT),
        guess=_named(answers.guess, IDENT),
        amounts=dict(answers.amounts),
        step=step,
    )


def _named(text: str, pattern: re.Pattern[str]) -> str:
    """A name such as ours have, or nothing. A copy need not know what it names to keep it."""
    if text and (len(text) > LONGEST_IDENT or not pattern.fullmatch(text)):
        raise ValueError("a name")
    return text


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError("a day")
    return day


def _place(wrong: Misshapen) -> str:
    """Where the first thing is that does not fit, without what was found there."""
    return wrong.problems[0].rpartition("$.")[2] if "$." in wrong.problems[0] else ""


def _at(number: int, place: str = "") -> str:
    where = f"week {number} of the file" + (f", at {place[:60]}" if place else "")
    return f"Something doesn’t fit in {where}. Nothing was brought back."


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN is no mark")
