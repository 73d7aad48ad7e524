"""Reads what the check-in's forms sent, field by field; saves nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict

from interwoven.apps.checkins.kept import Week
from interwoven.core.closeness import HIGHEST, Rating
from interwoven.core.forms import Form
from interwoven.core.opening import Part, Sheet
from interwoven.core.responding import LONGEST_WORDS, Reply, Response
from interwoven.web.words import clean_words

SKIP = "skip"
ELSEWHERE = "elsewhere"  # the name under which a change in another window is noted
BLIND = "blind"  # the name by which a form says that it did not show what is kept
OVER = "week"  # and that the week it was written for is over
LONGEST_STEP = 500  # characters
MARKS = {str(mark): mark for mark in range(HIGHEST + 1)}
OUT_OF_RANGE = "This runs from 0 to 10, or is skipped."
NOT_ONE_OF_THEM = "Pick one of the six, or none."


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form said: a sheet, the texts as they were typed, and what is wrong, by field."""

    sheet: Sheet
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def filled(sent: QueryDict, week: Week) -> Filled:
    """Read a whole check-in. What is wrong counts as skipped, and is said."""
    names = tuple(_names(week))
    values = {name: text for name in names if (text := sent.get(name, ""))}
    errors: dict[str, str] = {}
    marks = {name: _mark(values, name, errors) for name in names if _is_mark(name)}
    acts = {act.id for act in week.acts.acts}
    wish, guess = (_act(values, name, acts, errors) for name in ("wish", "guess"))
    amounts = {form: marks.get(f"{form}_amount") for form in Form}
    sheet = Sheet(
        ratings=dict(_ratings(marks)),
        acts=week.acts.ref if wish or guess else "",
        wish=wish,
        guess=guess,
        amounts={form: amount for form, amount in amounts.items() if amount is not None},
        step=_step(values, errors),
    )
    return Filled(sheet, values, errors)


def blind(sent: Mapping[str, str]) -> dict[str, str]:
    """The mark of a form that was filled in without seeing what is kept; nothing for others."""
    return {BLIND: "1"} if sent.get(BLIND) else {}


def values_of(sheet: Sheet) -> dict[str, str]:
    """The same sheet as the fields of the form it came from."""
    marks = {
        f"{form}_{name}": mark
        for form, rating in sheet.ratings.items()
        for name, mark in (("felt", rating.felt), ("hoped", rating.hoped))
    }
    marks |= {f"{form}_amount": amount for form, amount in sheet.amounts.items()}
    texts = {"wish": sheet.wish, "guess": sheet.guess, "step": sheet.step}
    found = {name: str(mark) for name, mark in marks.items() if mark is not None}
    return found | {name: text for name, text in texts.items() if text}


def parts(sent: QueryDict, offered: Collection[Part]) -> frozenset[Part]:
    """The parts ticked, of those there are."""
    return frozenset(part for part in offered if part.value in sent.getlist("part"))


def response(sent: QueryDict) -> Response | str:
    """A response, or the sentence that says what is wrong with it."""
    short = next((reply for reply in Reply if reply.value == sent.get("reply")), None)
    if short is not None:
        return Response(short)
    try:
        words = clean_words(sent.get("words", ""))
    except ValidationError as wrong:
        return str(wrong.messages[0])
    if not words:
        return "There are no words in it yet."
    if len(words) > LONGEST_WORDS:
        return f"Up to {LONGEST_WORDS} letters fit."
    return Response(words=words)


def takes_back(sent: QueryDict) -> bool:
    """Whether an answer given before is taken back, and nothing put in its place."""
    return sent.get("reply") == "none"


def part(sent: QueryDict) -> Part | None:
    return next((part for part in Part if part.value == sent.get("part")), None)


def _names(week: Week) -> Iterator[str]:
    for form in Form:
        yield from (f"{form}_felt", f"{form}_hoped")
        if week.monthly:
            yield f"{form}_amount"
    yield from ("wish", "guess")
    if week.monthly:
        yield "step"


def _is_mark(name: str) -> bool:
    return name.rpartition("_")[2] in {"felt", "hoped", "amount"}


def _mark(values: dict[str, str], name: str, errors: dict[str, str]) -> int | None:
    text = values.get(name, SKIP)
    if text not in MARKS and text != SKIP:
        errors[name] = OUT_OF_RANGE
        values.pop(name)
    return MARKS.get(text)


def _act(values: dict[str, str], name: str, acts: Collection[str], errors: dict[str, str]) -> str:
    text = values.get(name, SKIP)
    if text not in acts and text != SKIP:
        errors[name] = NOT_ONE_OF_THEM
        values.pop(name)
    return text if text in acts else ""


def _ratings(marks: Mapping[str, int | None]) -> Iterator[tuple[Form, Rating]]:
    for form in Form:
        rating = Rating(marks[f"{form}_felt"], marks[f"{form}_hoped"])
        if not rating.empty:
            yield form, rating


def _step(values: dict[str, str], errors: dict[str, str]) -> str:
    try:
        words = clean_words(values.get("step", ""))
    except ValidationError as wrong:
        errors["step"] = str(wrong.messages[0])
        values.pop("step")
        return ""
    if len(words) > LONGEST_STEP:
        errors["step"] = f"Up to {LONGEST_STEP} letters fit; this has {len(words)}."
        return ""
    return words
