"""Forms filled in by chance: rightly, halfway, or wrongly."""

from __future__ import annotations

import json
from collections.abc import Collection
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from interwoven.apps.checkins.queries import this_week
from interwoven.core.agreement import Outcome
from interwoven.core.forms import Form
from interwoven.core.opening import FORM_PARTS, Part
from tests.privacy.world import World

Fields = dict[str, object]
WORDS = ("a walk", "an hour without phones", "nothing much this week", "to be held, and no more")


def mark(rng: Random) -> str:
    return rng.choice([*map(str, range(11)), "skip"])


def words(rng: Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 4)))


def answers(
    world: World, name: str, rng: Random, parts: Collection[Part] = tuple(Part)
) -> dict[str, object]:
    """Answers to these parts of this week, of which some are left out."""
    acts = this_week(seat=world.seat(name), now=world.now).acts.acts
    found: Fields = {"week": week_of(world, name), "revision": "999"}
    for part, form in FORM_PARTS.items():
        if part in parts and rng.random() < 0.8:
            found |= {f"{form}_felt": mark(rng), f"{form}_hoped": mark(rng)}
    if Part.WISH in parts:
        found["wish"] = rng.choice([act.id for act in acts])
    if Part.STEP in parts:
        found["step"] = words(rng)
    if Part.GUESSES in parts:
        found |= {f"{form}_amount": mark(rng) for form in Form}
        found["guess"] = rng.choice([act.id for act in acts])
    return found


def wrong_answers(world: World, name: str, rng: Random) -> Fields:
    """Answers of which some do not fit, so that they come back to be mended."""
    wrong = rng.choice([{"emotional_felt": "11"}, {"wish": "no such act"}, {"step": "x" * 501},
                        {"step": "\x00"}, {"week": "2020-01-05"}])  # fmt: skip
    return answers(world, name, rng) | wrong


def chosen_parts(rng: Random, among: Collection[Part] = tuple(Part)) -> list[str]:
    return [part.value for part in sorted(among) if rng.random() < 0.5]


def look_back(rng: Random, outcome: str = "") -> Fields:
    """How it went; with marks that never open."""
    marks: Fields = {name: mark(rng) for name in ("understood", "accepted", "cared_about")}
    return marks | {"outcome": outcome or rng.choice(list(Outcome)).value, "revision": "99"}


def act(world: World, rng: Random) -> Fields:
    return {
        "what": words(rng),
        "whose": rng.choice(["a", "b", "both"]),
        "day": world.now.date().isoformat(),
        "minutes": str(rng.randint(1, 90)),
        "revision": "99",
    }


def evening(rng: Random) -> Fields:
    """An evening to propose, later than the one it is now."""
    return {
        "day": str(rng.randint(0, 6)),
        "time": f"{rng.randint(17, 22):02d}:30",
        "zone": rng.choice(["UTC", "Europe/Dublin", "Asia/Tokyo"]),
        "strand": rng.choice(["all", *Form]),
    }


def file(rng: Random) -> SimpleUploadedFile:
    """A file to bring back: of one week, or of none."""
    marks = {"emotional": {"felt": rng.randint(0, 10), "hoped": None}}
    sheet = {"marks": marks, "acts": "", "wish": "", "wish_words": "", "guess": "",
             "guess_words": "", "amounts": {}, "step": words(rng)}  # fmt: skip
    week = {"week": "2026-02-01", "answers": sheet, "chosen": [], "decided": True, "opened": False}
    weeks = rng.choice([[week], [], [week | {"week": "never"}]])
    document = {"format": "interwoven-export", "version": 1, "weeks": weeks}
    return SimpleUploadedFile("export.json", json.dumps(document).encode())


def week_of(world: World, name: str) -> str:
    return this_week(seat=world.seat(name), now=world.now).name.isoformat()
