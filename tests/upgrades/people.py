"""Fill a copy with people in all the states a copy may know, for a version that is kept.

    DATA_DIR=… python -m tests.upgrades.people

The demonstration, and beside it a couple that parted, one of whom one was erased, one in the middle
of everything, an invitation that is out and one that was answered, a lock, a code, a passkey. Each
text has a word of its own in it. Says how each of them signs in.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import time_machine

from interwoven.config.steps import start_django

start_django()

from cryptography.hazmat.primitives import serialization  # noqa: E402 - Django first
from django.test import Client  # noqa: E402

from interwoven.apps.accounts.actions import forget_lock  # noqa: E402
from interwoven.apps.accounts.models import Person  # noqa: E402
from interwoven.apps.checkins.jobs import open_due_evenings  # noqa: E402
from interwoven.apps.couples.actions import answer as answer_invitation  # noqa: E402
from interwoven.apps.couples.seats import seat_of  # noqa: E402
from interwoven.apps.leaving.erasing import erase  # noqa: E402
from interwoven.demo import loading  # noqa: E402
from interwoven.demo.story import CEM, THINGS, THIS_WEEK, WEEKS  # noqa: E402
from tests.apps.couples.people import PASSWORD, invited, make_person, pair  # noqa: E402
from tests.apps.guarding import device  # noqa: E402
from tests.upgrades.looking import LOCK, open_door  # noqa: E402

KEPT_AT = datetime(2026, 12, 4, 18, tzinfo=UTC)  # a Friday, in a week with the monthly questions
BEGAN = KEPT_AT - timedelta(weeks=5)  # in another one
A_WEEK = timedelta(weeks=1)
WEEK = {
    "emotional_felt": "6", "emotional_hoped": "8", "physical_felt": "5",
    "intellectual_felt": "7", "intellectual_hoped": "4",
}  # fmt: skip
PAIRS = (("Dee", "Eli"), ("Fay", "Gus"), ("Hal", "Ira"))
ALONE = ("Ivy", "Kai", "Lea", "Kim", "Lou", "Mia", "Nia")

Door = dict[str, str]


def word(name: str, what: str) -> str:
    return f"Zq{name}{what}Xk"


def address(name: str) -> str:
    return f"{name.lower()}@example.org"


class Town:
    """Everybody, and the clock."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.doors: dict[str, Door] = {}
        self.browsers: dict[str, Client] = {}

    def at(self, when: datetime) -> None:
        self.clock.move_to(when, tick=False)

    def person(self, name: str) -> Person:
        return Person.objects.get(email=address(name))

    def arrives(self, name: str) -> None:
        make_person(word(name, "name"), address(name), pronouns=word(name, "pronouns"))
        self.doors[address(name)] = {}
        self.browsers[name] = open_door(address(name), PASSWORD, {})

    def send(self, name: str, path: str, /, **sent: str) -> None:
        answer = self.browsers[name].post(path, {"revision": "99"} | sent)
        assert answer.status_code == 303, (name, path, answer.status_code)

    def page(self, name: str, path: str) -> str:
        return str(self.browsers[name].get(path).content.decode())


def fill(town: Town) -> None:
    town.at(KEPT_AT)
    loading.load(PASSWORD, now=KEPT_AT, progress=lambda *_: None)
    town.doors |= {each: {} for each in loading.ADDRESSES.values()}
    town.at(BEGAN)
    for name in (*sum(PAIRS, ()), *ALONE):
        town.arrives(name)
    for one, other in PAIRS:
        pair(town.person(one), town.person(other), BEGAN)
        _a_week_that_opens(town, one, other)
    _five_weeks_later(town)
    _end_of_two_couples(town)
    _in_the_middle_of_everything(town)
    _invitations(town)
    _guards(town)


def _a_week_that_opens(town: Town, one: str, other: str) -> None:
    for name in (one, other):
        town.send(name, "/check-in/", **WEEK, step=word(name, "opened"))
        town.send(name, "/check-in/choose/", do="open")


def _five_weeks_later(town: Town) -> None:
    """Every evening comes. Who is signed in signs in anew, as two weeks are too long."""
    for week in range(5):
        town.at(BEGAN + A_WEEK * week + timedelta(days=4))
        open_due_evenings(BEGAN + A_WEEK * week + timedelta(days=4))
    town.at(KEPT_AT)
    town.browsers = {name: open_door(address(name), PASSWORD, {}) for name in town.browsers}


def _end_of_two_couples(town: Town) -> None:
    """Dee leaves, and Eli writes on. Fay is erased."""
    town.send("Dee", "/me/leave/")
    assert not seat_of(town.person("Dee")).paired, "she is still there"
    town.send("Eli", "/check-in/", **WEEK, step=word("Eli", "afterwards"))
    town.send("Dee", "/check-in/", **WEEK, step=word("Dee", "alone"))
    erase(by=seat_of(town.person("Fay")), now=KEPT_AT)
    del town.doors[address("Fay")]


def _in_the_middle_of_everything(town: Town) -> None:
    """A week chosen and not opened, an act and an evening proposed, one of them in the room."""
    for name in ("Hal", "Ira"):
        town.send(name, "/check-in/", **WEEK, step=word(name, "kept"))
        town.send(name, "/check-in/choose/", do="open")
    town.send("Hal", "/one-thing/", strand="emotional", submission_id=str(uuid4()))
    for name in ("Hal", "Ira"):
        texts = {"works": word(name, "works"), "wish": word(name, "wish")}
        town.send(name, "/one-thing/say/", **texts)
    day = (KEPT_AT + timedelta(days=2)).date().isoformat()
    act = {"what": word("Hal", "act"), "whose": "both", "minutes": "30", "day": day}
    town.send("Hal", "/one-thing/propose/", **act, submission_id=str(uuid4()))
    town.send("Hal", "/settle/", day="3", time="20:30", zone="Europe/Dublin", strand="all")
    town.send("Ira", "/together/come-in/")


def _invitations(town: Town) -> None:
    """Ivy's is out, and she has a form to mend. Kai's was answered by Lea and not confirmed."""
    invited(town.person("Ivy"), KEPT_AT)
    town.send("Ivy", "/me/", name="", pronouns=word("Ivy", "draft"))
    token, code = invited(town.person("Kai"), KEPT_AT)
    answer_invitation(by=seat_of(town.person("Lea")), token=token, code=code, now=KEPT_AT)


def _guards(town: Town) -> None:
    """Kim and Nia have a lock, and Nia forgot hers. Lou has an app, Mia a passkey alone."""
    for name in ("Kim", "Nia"):
        town.send(name, "/check-in/", **WEEK, step=word(name, "locked"))
        town.send(name, "/me/lock/", do="set", lock=LOCK, password=PASSWORD)
        town.doors[address(name)] = {"lock": LOCK}
    forget_lock(by=seat_of(town.person("Nia")), now=KEPT_AT)
    town.send("Lou", device.CODES, do="begin", password=PASSWORD)
    secret = device.secret_on(town.page("Lou", device.CODES)).replace(" ", "")
    town.send("Lou", device.CODES, do="confirm", code=device.code_of(secret))
    recovery = device.recovery_codes_on(town.page("Lou", device.RECOVERY))
    town.doors[address("Lou")] = {"app": secret, "recovery": recovery[0]}
    town.doors[address("Mia")] = _passkey(town)


def _passkey(town: Town) -> Door:
    town.send("Mia", device.PASSKEY, do="begin", kind="alone", password=PASSWORD)
    made = device.Device()
    asked = device.asked_on(town.page("Mia", device.PASSKEY))
    town.send("Mia", device.PASSKEY, do="keep", credential=made.makes(asked))
    pem = made.secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {"passkey": pem.decode(), "id": made.id.hex(), "person": made.person.hex()}


def said_in_the_demonstration() -> list[str]:
    entries = [entry for week in (*WEEKS, THIS_WEEK) for entry in (week.ana, week.bo)]
    steps = [entry.step for entry in (*entries, *CEM) if entry and entry.step]
    answers = [week.ana_answers | week.bo_answers for week in WEEKS]
    answered = [said for each in answers for said in each.values() if " " in said]
    things = [words for thing in THINGS for words in (*thing.ana, *thing.bo, thing.what)]
    return [str(each) for each in (*steps, *answered, *things)]


def main() -> None:
    with time_machine.travel(KEPT_AT, tick=False) as clock:
        town = Town(clock)
        fill(town)
        cookie = town.browsers["Eli"].cookies["session"].value
    said = {
        "kept_at": KEPT_AT.isoformat(),
        "password": PASSWORD,
        "doors": town.doors,
        "words": said_in_the_demonstration(),
        "signed_in": {"who": address("Eli"), "session": cookie},
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
