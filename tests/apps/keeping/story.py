"""Ana and Bo, with a word of each in every field there is: opened, kept, said and half done."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from interwoven.apps.checkins.jobs import open_due_evenings
from tests.apps.checkins.two import Two
from tests.apps.couples.people import PASSWORD, client_of

UTC = ZoneInfo("UTC")
IN_APRIL = datetime(2026, 4, 1, 20, 0, tzinfo=UTC)  # the first week of a month asks for a step
IN_MAY = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)
EVENINGS = 4  # from the day they were paired up to that one
EVENING = timedelta(days=3, hours=23, minutes=1)  # from a Wednesday at eight to Sunday, past seven
TAKE, BRING, SHARED, SEES = (
    "/me/take-along/",
    "/me/bring-back/",
    "/me/shared/",
    "/me/what-they-see/",
)
ONE_USE = re.compile(rb'name="(csrfmiddlewaretoken|submission_id)" value="[^"]+"')
SHOWN = ("opened-step", "answer", "now-works", "now-wish", "what", "name", "pronouns")
OPENED = (*SHOWN, "works", "wish")  # the last two were shown until both had looked back
KEPT = ("kept-step", "half-said", "put-away-half", "half-name", "half-answer")


@dataclass(frozen=True)
class Marked:
    """What one of the two writes, so that each mark and word is told from the other's."""

    who: str
    emotional: tuple[int, int]
    physical: tuple[int, int]
    kept: tuple[int, int]
    acts: tuple[int, int]  # which of the six is the wish, and which the guess
    pulse: tuple[int, int, int]

    def word(self, what: str) -> str:
        return f"Zq{self.who}-{what}-Xk"


ANA = Marked("Ana", (6, 9), (3, 7), (1, 10), (0, 1), (2, 4, 6))
BO = Marked("Bo", (4, 8), (5, 2), (0, 7), (2, 3), (9, 7, 5))


def live_through_everything(two: Two) -> None:
    """One week that opened in parts, one that was kept, one thing done and one put away."""
    two.the_month_begins()
    sides = ((two.ana, ANA), (two.bo, BO))
    for browser, me in sides:
        browser.post("/me/", {"name": me.word("name"), "pronouns": me.word("pronouns")})
        _answer(two, browser, me, step=me.word("opened-step"))
        chosen = ["emotional", "wish", "step", "guesses"]
        browser.post("/check-in/parts/", {"part": chosen})
    _one_thing_to_the_end(two)
    two.at(IN_APRIL + EVENING)
    for _ in range(EVENINGS):  # one at a time, the earliest first
        open_due_evenings(IN_APRIL + EVENING)
    for browser, me in sides:
        path = re.search(r'action="(/map/[0-9a-f-]+/answer/)"', _page(browser, "/map/"))[1]
        browser.post(path, {"part": "step", "words": me.word("answer")})
        browser.post(path, {"part": "wish", "reply": "did_not_know"})
        browser.post(path, {"part": "emotional", "words": me.word("half-answer") * 200})
    _look_back(two)
    _a_month_later(two)


def _answer(two: Two, browser: Client, me: Marked, **more: str) -> None:
    from interwoven.apps.checkins.queries import this_week
    from interwoven.apps.couples.seats import seat_of

    acts = this_week(seat=seat_of(two.people[me.who]), now=_now()).acts.acts
    wish, guess = (acts[n].id for n in me.acts)
    marks = {
        "emotional_felt": me.emotional[0], "emotional_hoped": me.emotional[1],
        "physical_felt": me.physical[0], "physical_hoped": me.physical[1],
        "emotional_amount": me.kept[0], "physical_amount": me.kept[1],
    }  # fmt: skip
    sent = {name: str(mark) for name, mark in marks.items()}
    answer = browser.post("/check-in/", sent | {"wish": wish, "guess": guess} | more)
    assert answer["Location"] == "/check-in/choose/"


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _one_thing_to_the_end(two: Two) -> None:
    two.ana.post("/one-thing/", {"strand": "physical"})
    for browser, me in ((two.ana, ANA), (two.bo, BO)):
        said = {"works": me.word("works"), "wish": me.word("wish"), "revision": "99"}
        browser.post("/one-thing/say/", said)
    act = {"what": ANA.word("what"), "whose": "a", "minutes": "30", "revision": "99"}
    two.ana.post("/one-thing/propose/", act | {"day": _now().date().isoformat()})
    two.bo.post("/one-thing/agree/", {"revision": "99"})


def _look_back(two: Two) -> None:
    two.at(_now() + timedelta(days=6))
    for browser, me, outcome in ((two.ana, ANA, "partly"), (two.bo, BO, "done")):
        pulse = dict(zip(("understood", "accepted", "cared_about"), me.pulse, strict=True))
        browser.post("/one-thing/look-back/", {"outcome": outcome, "revision": "99"} | pulse)


def _a_month_later(two: Two) -> None:
    """Both keep a week, talk of something, and leave every form half done."""
    two.at(IN_MAY)
    two.ana, two.bo = (client_of(person) for person in two.people.values())
    for browser, me in ((two.ana, ANA), (two.bo, BO)):
        _answer(two, browser, me, step=me.word("kept-step"))
        browser.post("/check-in/choose/", {"do": "keep"})
    two.bo.post("/one-thing/", {"strand": "emotional"})
    for browser, me in ((two.ana, ANA), (two.bo, BO)):
        said = {"works": me.word("now-works"), "wish": me.word("now-wish"), "revision": "99"}
        browser.post("/one-thing/say/", said)
        browser.post("/one-thing/say/", {"works": me.word("half-said") * 50, "revision": "99"})
        browser.post("/me/", {"name": me.word("half-name") * 9, "pronouns": ""})


def _page(browser: Client, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def take(browser: Client, kind: str = "json", password: str = PASSWORD) -> HttpResponse:
    return browser.post(TAKE, {"password": password, "as": kind})


def taken(browser: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(take(browser).content)
    return found


def bring(browser: Client, content: object, **more: str) -> HttpResponse:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return browser.post(BRING, {"file": SimpleUploadedFile("export.json", text)} | more)


def bare(content: bytes) -> bytes:
    """A page without what is new each time, whatever happens."""
    return ONE_USE.sub(b"", content)
