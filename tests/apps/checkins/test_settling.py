"""Our evening is changed by two: one proposes, the other agrees, and no words are lost by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from interwoven.apps.checkins.jobs import open_due_evenings
from tests.apps.checkins.two import OUR_EVENING, WEDNESDAY, agree, answer, text

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
FRIDAY = {"day": "4", "time": "20:30", "zone": "UTC", "strand": "all"}


def test_a_proposal_alone_moves_nothing(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/settle/", FRIDAY)

    friday = WEDNESDAY + timedelta(days=2, hours=1)
    two.at(friday)
    open_due_evenings(friday)

    assert "What you both open comes here" in text(two.bo, "/map/")
    assert "Ana proposes" in text(two.bo, "/settle/")
    assert "You proposed" in text(two.ana, "/settle/")


def test_nobody_agrees_with_themselves(two):
    two.ana.post("/settle/", FRIDAY)

    agree(two.ana)

    assert "Sunday at 19:00" in text(two.bo, "/settle/")


def test_agreed_the_evening_moves_and_takes_along_what_was_written(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/settle/", FRIDAY)
    agree(two.bo)
    assert "Friday at 20:30" in text(two.ana, "/settle/")

    friday = WEDNESDAY + timedelta(days=2, hours=1)
    two.at(friday)
    open_due_evenings(friday)

    assert "Ana: felt 6, hoped for 8" in text(two.bo, "/map/")


def test_a_proposal_can_be_dropped_by_either(two):
    for browser in (two.ana, two.bo):
        two.ana.post("/settle/", FRIDAY)
        browser.post("/settle/drop/")
        assert "propose" not in text(two.bo, "/settle/").split("Propose something else")[0].lower()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("day", "7"), ("day", ""), ("time", "25:00"), ("time", "soon"), ("zone", "Atlantis"),
     ("zone", "../../etc/passwd"), ("zone", "\x00"), ("time", "\ufffd")],
)  # fmt: skip
def test_what_is_no_evening_is_said_beside_it(two, field, wrong):
    two.ana.post("/settle/", FRIDAY | {field: wrong})

    shown = text(two.ana, "/settle/")
    assert f'id="{field}-wrong"' in shown
    assert "Sunday at 19:00" in shown


def test_a_week_that_opened_is_not_moved(two):
    answer(two.ana)
    answer(two.bo)
    two.our_evening_comes()
    two.ana.post("/settle/", FRIDAY)
    agree(two.bo)

    assert f"Up to {OUR_EVENING.day} March" in text(two.ana, "/weeks/")
    assert "How it felt" in text(two.ana, "/check-in/")


def test_agreeing_when_the_hour_has_come_opens_first_and_moves_after(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/settle/", FRIDAY)
    two.at(OUR_EVENING + timedelta(seconds=2))

    agree(two.bo)

    assert "Ana: felt 6, hoped for 8" in text(two.bo, "/map/")


def test_a_proposal_swapped_after_it_was_read_is_not_agreed_to(two):
    two.bo.post("/settle/", FRIDAY)
    seen = re.search(r'name="revision" value="(\d+)"', text(two.ana, "/settle/"))[1]
    two.bo.post("/settle/", FRIDAY | {"day": "2", "time": "20:01"})

    two.ana.post("/settle/agree/", {"revision": seen})

    assert "Sunday at 19:00, UTC time" in text(two.ana, "/settle/")


def test_the_clock_of_a_proposal_is_part_of_it(two):
    two.bo.post("/settle/", FRIDAY | {"day": "6", "time": "19:00", "zone": "Pacific/Kiritimati"})

    assert "Sunday at 19:00, Kiritimati time" in text(two.ana, "/settle/")


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 400, "٣"])
def test_a_number_that_is_none_agrees_to_nothing(two, number):
    two.bo.post("/settle/", FRIDAY)

    assert two.ana.post("/settle/agree/", {"revision": number}).status_code == 303
    assert "Sunday at 19:00" in text(two.ana, "/settle/").split("Propose something")[0]
