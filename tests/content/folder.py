"""A small made-up library, good in every respect, for tests to spoil."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

from interwoven.content.library import check, keep

WRITTEN = {
    "author": "Us",
    "licence": "CC-BY-4.0",
    "sources": ["Made up."],
    "review": "not yet reviewed",
}
ACTS = {
    "id": "plain-week",
    "version": 1,
    "status": "published",
    "title": "A plain week",
    "for_any_week": True,
    "provenance": WRITTEN,
    "acts": [
        {
            "id": "heard",
            "form": "emotional",
            "kind": "listening",
            "mine": "My worry heard out",
            "theirs": "Their worry heard out",
            "yours": "your worry heard out",
            "short": "A worry heard out",
        },
        {
            "id": "hug",
            "form": "physical",
            "kind": "touch",
            "mine": "A slow hug",
            "theirs": "A slow hug",
            "yours": "a slow hug",
            "short": "A slow hug",
        },
        {
            "id": "job",
            "form": "emotional",
            "kind": "help",
            "mine": "The bins put out for me",
            "theirs": "The bins put out for them",
            "yours": "the bins put out for you",
            "short": "The bins put out",
        },
        {
            "id": "talk",
            "form": "intellectual",
            "kind": "ideas",
            "mine": "A film talked over",
            "theirs": "A film talked over",
            "yours": "a film talked over",
            "short": "A film talked over",
        },
        {
            "id": "stroll",
            "form": "emotional",
            "kind": "time",
            "mine": "A stroll round the block",
            "theirs": "A stroll round the block",
            "yours": "a stroll round the block",
            "short": "A stroll round the block",
        },
        {
            "id": "calm",
            "form": "spiritual",
            "kind": "quiet",
            "mine": "A candle lit for somebody",
            "theirs": "A candle lit for somebody",
            "yours": "a candle lit for somebody",
            "short": "A candle lit",
        },
    ],
}
CHECKIN = {
    "id": "weekly",
    "version": 1,
    "status": "published",
    "title": "How was it?",
    "lead": "Less is fine.",
    "wish_ask": "What would you like?",
    "guess_ask": "And what would they like?",
    "amount_ask": "How much?",
    "step_ask": "What is one step?",
    "provenance": WRITTEN,
    "items": [
        {
            "id": form,
            "name": form.title(),
            "meaning": "To be close.",
            "felt_ask": "How it felt",
            "hoped_ask": "What you hoped",
            "low_label": "far",
            "high_label": "near",
        }
        for form in ("emotional", "physical", "intellectual", "spiritual")
    ],
}
QUESTIONS = {
    "id": "alone",
    "version": 1,
    "status": "published",
    "title": "To ask",
    "provenance": WRITTEN,
    "questions": [
        {"id": f"{kind}-{which}", "kind": kind, "ask": "What do you like?"}
        for kind in ("listening", "touch", "help", "ideas", "time", "quiet")
        for which in ("one", "two")
    ],
}
PLAIN_WEEK = "acts/plain-week/1.toml"
WEEKLY = "checkins/weekly/1.toml"
ALONE = "questions/alone/1.toml"
THINGS = (  # one for each act of five more weeks, no two alike
    "apple bottle compass dinner engine feather",
    "garden hammer island jacket kettle ladder",
    "mirror needle onion pencil ribbon saddle",
    "table umbrella violin window bucket button",
    "carpet drawer fiddle gravel helmet lantern",
)


def asking_for(things: str, found_id: str) -> dict[str, object]:
    """Another set: each of its acts asks for a thing, the first few for as many as there are."""
    other = changed(ACTS, "id", found_id)
    for act, thing in zip(other["acts"], things.split(), strict=False):
        act.update(dict.fromkeys(("mine", "theirs", "short"), f"A {thing} or two"))
        act["yours"] = f"a {thing} or two"
    return other


class Folder:
    """A library on disk. What is put in it is locked only when it is said to be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for place, data in GOOD.items():
            self.put(place, data)
        keep(root)

    def put(self, place: str, data: Mapping[str, object]) -> None:
        self.write(place, toml(data).encode("utf-8"))

    def write(self, place: str, text: bytes) -> None:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)

    def change(self, place: str, where: str, value: object) -> None:
        """Put something else at one place of a good file, or nothing: "acts.0.mine"."""
        self.put(place, changed(GOOD[place], where, value))

    def take_away(self, place: str) -> None:
        (self.root / place).unlink()

    @property
    def lock(self) -> str:
        return (self.root / "library.lock").read_text("utf-8")

    def problems(self) -> list[str]:
        return check(self.root)


def changed(data: Mapping[str, object], where: str, value: object) -> dict[str, object]:
    """A copy with another value at one place; `None` takes it away."""
    whole = deepcopy(dict(data))
    *path, last = (int(step) if step.isdigit() else step for step in where.split("."))
    inner = whole
    for step in path:
        inner = inner[step]
    if value is None:
        del inner[last]
    elif isinstance(inner, list) and last == len(inner):
        inner.append(value)
    else:
        inner[last] = value
    return whole


MORE_WEEKS = {
    f"acts/{things.split()[0]}-week/1.toml": asking_for(things, f"{things.split()[0]}-week")
    for things in THINGS
}
GOOD = {**MORE_WEEKS, PLAIN_WEEK: ACTS, WEEKLY: CHECKIN, ALONE: QUESTIONS}


def toml(data: Mapping[str, object]) -> str:
    """Write tables inline, which is all a test needs. Texts are written as JSON writes them."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in data.items())


def _value(value: object) -> str:
    match value:
        case Mapping():
            return f"{{{', '.join(f'{key} = {_value(inner)}' for key, inner in value.items())}}}"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
