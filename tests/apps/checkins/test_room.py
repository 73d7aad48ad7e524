"""Open together, now: presence shows inside the room and nowhere else."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interwoven.apps.checkins import actions
from interwoven.infra.crypto import keys
from tests.apps.checkins.two import WEDNESDAY, answer, text
from tests.apps.couples.people import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NAMED = re.compile(r"'[^']*'|[0-9a-f]{32}|[0-9]+|s[0-9]+_x[0-9]+")  # ids, days, savepoints


@pytest.fixture
def woken(two, monkeypatch) -> list[str]:
    names = {person.pk: name for name, person in two.people.items()}
    found: list[str] = []
    monkeypatch.setattr(actions, "wake", lambda person: found.append(names[person]))
    return found


def test_someone_outside_is_told_nothing_of_who_is_in(two):
    before = text(two.bo, "/together/"), text(two.bo, "/today/")

    two.ana.post("/together/come-in/")

    assert (plain(text(two.bo, "/together/")), plain(text(two.bo, "/today/"))) == tuple(
        map(plain, before)
    )


def plain(page: str) -> str:
    return re.sub(r'value="[^"]{36,}"', "", page)


def test_two_who_came_in_see_each_other_and_open(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/together/come-in/")
    assert "You are in" in text(two.ana, "/together/")

    two.bo.post("/together/come-in/")

    assert "You are both here" in text(two.ana, "/together/")
    assert two.bo.post("/together/open/").headers["Location"] == "/map/"
    assert "Ana: felt 6, hoped for 8" in text(two.bo, "/map/")
    assert "This week has opened" in text(two.ana, "/together/")


def test_one_alone_in_the_room_opens_nothing(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/together/come-in/")

    assert two.ana.post("/together/open/").headers["Location"] == "/together/"
    assert "What you both open comes here" in text(two.ana, "/map/")


def test_when_nothing_opens_the_words_are_always_the_same(two):
    answer(two.ana, "keep")
    answer(two.bo)
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")

    answered = two.bo.post("/together/open/")

    assert answered.headers["Location"] == "/together/nothing/"
    assert "Nothing to open tonight." in text(two.bo, "/together/nothing/")


def test_after_nothing_there_is_still_the_evening(two):
    answer(two.ana, "keep")
    answer(two.bo)
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")
    two.bo.post("/together/open/")
    two.ana.post("/check-in/choose/", {"do": "open"})

    two.our_evening_comes()

    assert "felt 6" in text(two.bo, "/map/")


def test_leaving_shows_to_whoever_is_still_in(two):
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")

    two.ana.post("/together/leave/")

    assert "You are in" in text(two.bo, "/together/")
    assert "Come in" in text(two.ana, "/together/")


def test_coming_in_lasts_a_quarter_of_an_hour(two):
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")

    two.at(WEDNESDAY + timedelta(minutes=16))

    assert "Come in" in text(two.bo, "/together/")


def test_on_one_phone_the_other_says_who_they_are(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/together/come-in/")

    two.ana.post("/together/here-too/", {"password": PASSWORD})

    assert "You are both here" in text(two.ana, "/together/")
    two.ana.post("/together/open/")
    assert "Bo: felt 6" in text(two.ana, "/map/")


def test_a_wrong_password_lets_nobody_in(two):
    two.ana.post("/together/come-in/")

    two.ana.post("/together/here-too/", {"password": "somebody else's words"})

    shown = text(two.ana, "/together/")
    assert "You are in" in shown
    assert "That didn’t work" in shown


def test_guessing_the_others_password_is_slowed_down(two):
    two.ana.post("/together/come-in/")
    for n in range(30):
        two.ana.post("/together/here-too/", {"password": f"a wrong guess, number {n}"})

    two.ana.post("/together/here-too/", {"password": PASSWORD})

    assert "You are both here" not in text(two.ana, "/together/")


def test_the_room_is_not_there_for_one(two):
    from tests.apps.couples.people import client_of, make_person

    cem = client_of(make_person("Cem"))

    assert cem.get("/together/").status_code == 404
    assert cem.post("/together/come-in/").status_code == 404


def test_who_was_in_the_room_is_forgotten_soon_after(two):
    from interwoven.apps.checkins.jobs import empty_rooms
    from interwoven.apps.checkins.models import Arrival

    two.ana.post("/together/come-in/")
    empty_rooms(WEDNESDAY + timedelta(minutes=14))
    assert Arrival.objects.exists()

    empty_rooms(WEDNESDAY + timedelta(minutes=15))
    assert not Arrival.objects.exists()


def sign_out(browser: Client) -> None:
    browser.post("/sign-out/")


def exit_quickly(browser: Client) -> None:
    browser.get("/exit/")


def exit_unanswered(browser: Client) -> None:
    """The next page that this browser asks for is the first that learns of it."""
    browser.cookies["left"] = "1"
    assert browser.get("/today/").status_code == 303


@pytest.mark.parametrize("leave", [exit_quickly, exit_unanswered, sign_out])
def test_leaving_altogether_leaves_the_room_and_nothing_opens_after(two, leave):
    from interwoven.apps.checkins.models import Arrival

    answer(two.ana)
    answer(two.bo)
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")

    leave(two.ana)

    assert not Arrival.objects.filter(person=two.people["Ana"]).exists()
    assert "You are in" in text(two.bo, "/together/")
    assert two.bo.post("/together/open/").headers["Location"] == "/together/"
    assert "What you both open comes here" in text(two.bo, "/map/")


def test_quick_exit_wakes_nobody(two, woken):
    two.bo.post("/together/come-in/")
    two.ana.post("/together/come-in/")
    assert woken == ["Bo"]

    two.ana.get("/exit/")

    assert woken == ["Bo"]


def test_what_opens_cannot_be_tried_part_by_part(two):
    """Each try needs both to come in again."""
    answer(two.ana)
    two.bo.post("/check-in/", {"spiritual_felt": "5", "emotional_felt": "5"})
    two.bo.post("/check-in/parts/", {"part": ["step"]})
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")
    assert two.bo.post("/together/open/").headers["Location"] == "/together/nothing/"

    two.bo.post("/check-in/parts/", {"part": ["emotional"]})
    assert two.bo.post("/together/open/").headers["Location"] == "/together/"

    two.bo.post("/together/come-in/")
    assert two.bo.post("/together/open/").headers["Location"] == "/together/"
    assert "What you both open comes here" in text(two.bo, "/map/")


def test_both_are_told_in_the_same_words_that_there_was_nothing(two):
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")
    two.bo.post("/together/open/")

    assert "Nothing to open tonight." in text(two.ana, "/together/")
    assert plain(text(two.ana, "/together/")) == plain(text(two.bo, "/together/"))


@pytest.mark.parametrize("choice", ["open", "keep"])
def test_the_room_says_nothing_of_what_anybody_chose(two, choice):
    """It may be one phone, under the eyes of both."""
    before = {path: plain(text(two.ana, path)) for path in ("/together/",)}
    two.ana.post("/together/come-in/")
    inside = plain(text(two.ana, "/together/"))
    two.ana.post("/together/leave/")
    answer(two.ana, choice)

    assert plain(text(two.ana, "/together/")) == before["/together/"]
    two.ana.post("/together/come-in/")
    assert plain(text(two.ana, "/together/")) == inside


def test_only_what_shows_to_the_other_wakes_them(two, woken):
    two.ana.post("/together/leave/")  # she was not in
    two.ana.post("/together/come-in/")  # and Bo is not
    assert woken == []

    two.bo.post("/together/come-in/")
    assert woken == ["Ana"]

    two.bo.post("/together/come-in/")  # he is in already
    assert woken == ["Ana"]

    two.bo.post("/together/leave/")
    assert woken == ["Ana", "Ana"]

    two.bo.post("/together/leave/")
    assert woken == ["Ana", "Ana"]


def test_guesses_in_the_room_do_not_make_the_other_wait_at_their_own_door(two):
    two.ana.post("/together/come-in/")
    for n in range(30):
        two.ana.post("/together/here-too/", {"password": f"a wrong guess, number {n}"})

    sent = {"login": two.people["Bo"].email, "password": PASSWORD}
    assert Client().post("/sign-in/", sent).headers["Location"] == "/today/"


ANA_DID = {
    "nothing, ever": lambda ana: None,
    "wrote a week, long ago": lambda ana: (answer(ana, "keep"), keys.forget()),
    "wrote and read it just now": lambda ana: (answer(ana, "keep"), ana.get("/check-in/")),
}


@pytest.fixture
def asked_by_opening(two):
    """What Bo's opening asked of both databases, after each of the things Ana may have done."""
    asked = {}
    for name, ana_did in ANA_DID.items():
        ana_did(two.ana)
        for browser in (two.ana, two.bo):
            browser.post("/together/come-in/")
            two.bo.get("/today/")
        with ExitStack() as stack:
            queries = [
                stack.enter_context(CaptureQueriesContext(connections[alias]))
                for alias in ("default", "keyring")
            ]
            assert two.bo.post("/together/open/").headers["Location"] == "/together/nothing/"
        asked[name] = [[NAMED.sub("…", one["sql"]) for one in some] for some in queries]
    return asked


def test_opening_asks_the_same_whatever_the_other_wrote_or_lately_read(asked_by_opening):
    first, *others = asked_by_opening.values()

    assert all(first)
    assert all(other == first for other in others)
