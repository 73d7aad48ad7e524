"""Today: one thing due, what both can see, and nothing the other kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from interwoven import __version__
from tests.apps.checkins.two import WEDNESDAY, Two, agree, answer, text
from tests.apps.couples.people import client_of, invited, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def two(db) -> Two:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


def heading(page: str) -> str:
    return re.search(r'<h2 id="h-main">(.*?)</h2>', page)[1]


def test_a_week_that_is_not_answered_is_due(two):
    assert heading(text(two.ana, "/today/")) == "How close was this week?"


def test_an_answered_week_asks_who_sees_it_and_then_nothing(two):
    two.ana.post("/check-in/", {"emotional_felt": "4"})
    assert heading(text(two.ana, "/today/")) == "Your week is kept. Who sees it?"

    two.ana.post("/check-in/choose/", {"do": "keep"})
    assert heading(text(two.ana, "/today/")) == "Nothing is due"


def test_what_ana_does_alone_leaves_bos_today_as_it_was(two):
    before = text(two.bo, "/today/")
    answer(two.ana)

    assert strip(text(two.bo, "/today/")) == strip(before)


def strip(page: str) -> str:
    return re.sub(r'value="[^"]{36,}"', "", page)


def test_both_are_told_that_they_are_two_until_their_first_evening_came(two):
    for browser, other in ((two.ana, "Bo"), (two.bo, "Ana")):
        assert f"You and {other} are two here now" in text(browser, "/today/")
        assert "Sunday at 19:00, UTC time" in text(browser, "/today/")

    two.our_evening_comes()
    for browser in (two.ana, two.bo):
        assert "are two here now" not in text(browser, "/today/")


def test_nothing_to_open_is_not_said_of_an_evening_that_never_came(two):
    """An evening agreed on a day after its own hour was never due in between."""
    two.at(WEDNESDAY + timedelta(hours=1))
    two.ana.post("/settle/", {"day": "2", "time": "20:30", "zone": "UTC", "strand": "all"})
    agree(two.bo)

    for browser in (two.ana, two.bo):
        assert "Nothing to open tonight" not in text(browser, "/today/")


def test_the_act_agreed_stands_on_both_todays(two):
    day = (WEDNESDAY + timedelta(days=2)).date().isoformat()
    two.ana.post("/one-thing/", {"strand": "physical"})
    act = {"what": "Soup at the table", "whose": "b", "day": day, "minutes": "30"}
    two.ana.post("/one-thing/propose/", act | numbers(two.ana))
    two.bo.post("/one-thing/agree/", numbers(two.bo))

    for browser in (two.ana, two.bo):
        assert "Soup at the table" in text(browser, "/today/")
    assert "Your part: see to it" in text(two.bo, "/today/")
    assert "Bo sees to it" in text(two.ana, "/today/")


def numbers(browser: Client) -> dict[str, str]:
    found = re.search(r'name="revision" value="(\d+)"', text(browser, "/one-thing/"))
    return {"revision": found[1]}


def test_someone_who_answered_an_invitation_is_the_first_thing(two):
    from interwoven.apps.couples.actions import answer as answer_invitation
    from interwoven.apps.couples.seats import seat_of

    cem, dee = make_person("Cem"), make_person("Dee")
    token, code = invited(cem, WEDNESDAY)
    answer_invitation(by=seat_of(dee), token=token, code=code, now=WEDNESDAY)

    assert heading(text(client_of(cem), "/today/")) == "Somebody answered your invitation"


def test_one_person_alone_is_greeted_and_asked_for_nothing_but_their_week(two):
    cem = client_of(make_person("Cem"))

    shown = text(cem, "/today/")
    assert "Good evening, Cem" in shown
    assert "Four undyed threads" in shown
    assert "partner" not in shown.split("<main")[1].split("</main>")[0].lower()


def test_inviting_is_a_row_further_down_and_never_what_is_due(two):
    cem = client_of(make_person("Cem"))
    before = text(cem, "/today/")
    cem.post("/check-in/", {"emotional_felt": "4"})
    after = text(cem, "/today/")

    assert heading(after) == "Nothing is due"
    for shown in (before, after):
        assert shown.index('id="h-main"') < shown.index("<strong>Invite someone</strong>")


def test_today_is_not_there_for_a_stranger(two):
    assert Client().get("/today/").status_code == 302


def test_the_front_page_leads_someone_signed_in_to_today(two):
    assert two.ana.get("/").headers["Location"] == "/today/"
    assert "Closeness is something two people practise." in text(Client(), "/")


def test_health_says_the_version_and_needs_nobody():
    answered = Client().get("/healthz")

    assert (answered.status_code, answered.json()) == (
        200,
        {"status": "ok", "version": __version__},
    )
