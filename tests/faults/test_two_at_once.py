"""What two people do to what lies between them, in the same moment or in two windows of one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from interwoven.apps.agreements.models import Agreement, AgreementState, LookBack
from interwoven.apps.checkins import jobs
from interwoven.apps.checkins.models import Arrival, CheckIn, Opening
from interwoven.apps.checkins.models import Response as ResponseRow
from interwoven.apps.couples.models import Couple
from tests.apps.checkins.two import FILLED, OUR_EVENING, WEDNESDAY, Two, answer
from tests.apps.couples.people import PASSWORD
from tests.apps.races import at_once, elsewhere
from tests.faults import holding
from tests.faults.holding import late
from tests.faults.windows import (
    CHECKINS,
    DRAFTS,
    FORMS,
    count,
    ends,
    races,
    sent,
    shown,
    twice,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])


@races("checkins.CheckIn.one_checkin_per_week")
def test_a_week_kept_in_two_windows_is_kept_and_the_other_words_come_back(two, shared, monkeypatch):
    late(monkeypatch, f"{DRAFTS}.drop", until=f"{DRAFTS}.keep")
    shared()

    came = ends(
        *(
            sent(two.ana, "/check-in/", submission_id=uuid4(), **FILLED | {"emotional_felt": mark})
            for mark in "12"
        )
    )

    assert {status for status, _ in came} == {303}
    assert count(CheckIn) == 1
    assert "Kept in two windows" in shown(two.ana, "/check-in/")


@races("checkins.CheckIn.one_checkin_per_week")
def test_a_week_kept_while_the_other_agrees_to_another_evening_comes_back(two, shared, monkeypatch):
    """The page was written before, and the answers arrive after it."""
    answer(two.ana)
    two.ana.post("/settle/", {"day": "4", "time": "20:00", "zone": "UTC", "strand": "all"})
    number = Couple.objects.get().revision
    late(monkeypatch, f"{FORMS}.filled", until=f"{CHECKINS}.agree_to_settling")
    shared()

    came = ends(
        sent(two.ana, "/check-in/", revision="99", **FILLED | {"emotional_felt": "2"}),
        sent(two.bo, "/settle/agree/", revision=str(number)),
    )

    assert came == [(303, "/check-in/"), (303, "/settle/")]
    assert "Keep this for the new week" in shown(two.ana, "/check-in/")
    friday = OUR_EVENING.date() - timedelta(days=2)
    assert elsewhere(lambda: list(CheckIn.objects.values_list("week", flat=True))) == [friday]


@races("checkins.Opening.one_opening_per_week")
def test_two_runners_and_one_evening_open_once(two, shared):
    answer(two.ana)
    answer(two.bo)
    two.at(OUR_EVENING)
    shared()

    at_once(*[lambda: jobs.open_due_evenings(OUR_EVENING)] * 3)

    assert count(Opening) == count(Couple, came_at=OUR_EVENING) == 1
    assert count(Couple, opens_at=OUR_EVENING + timedelta(days=7)) == 1
    assert count(CheckIn, opened=True) == 2


@races("checkins.Opening.one_opening_per_week")
@pytest.mark.parametrize("comes", [False, True])
def test_opened_together_by_both_and_by_the_clock_it_is_opened_once(two, shared, comes):
    answer(two.ana)
    answer(two.bo)
    just_before = OUR_EVENING - timedelta(seconds=1)
    two.at(just_before)
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")
    shared()
    clock = [lambda: jobs.open_due_evenings(OUR_EVENING)] if comes else []

    came = at_once(sent(two.ana, "/together/open/"), sent(two.bo, "/together/open/"), *clock)

    ways = Counter(one.headers["Location"] for one in came if one is not None)
    assert ways in ({"/map/": 1, "/together/": 1}, {"/together/": 2})  # the hour may come first
    assert count(Opening) == 1
    for browser in (two.ana, two.bo):
        assert "opened" in shown(browser, "/map/").lower()


@races("checkins.Response.one_response_per_line")
def test_two_answers_to_one_line_leave_one(two, shared):
    answer(two.ana)
    answer(two.bo)
    two.our_evening_comes()
    line = f"/map/{Opening.objects.get().pk}/answer/"
    shared()

    came = ends(
        sent(two.ana, line, part="emotional", words="one of two"),
        sent(two.ana, line, part="emotional", words="two of two"),
    )

    assert {status for status, _ in came} == {303}
    assert count(ResponseRow) == 1
    page = shown(two.bo, "/map/")
    assert ("one of two" in page) != ("two of two" in page)


@races("checkins.Arrival.person")
def test_who_comes_in_by_two_windows_is_there_once(two, shared):
    shared()

    assert twice(two.ana, "/together/come-in/") == [(303, "/together/")] * 2
    assert count(Arrival) == 1


@races("checkins.Arrival.person")
def test_who_comes_in_while_the_other_says_they_are_here_is_there_once(two, shared):
    shared()

    came = ends(
        sent(two.ana, "/together/come-in/"),
        sent(two.bo, "/together/here-too/", password=PASSWORD),
    )

    assert {status for status, _ in came} == {303}
    assert count(Arrival, person=two.people["Ana"]) == 1


def test_words_said_in_two_windows_are_said_and_the_others_come_back(two, shared, monkeypatch):
    two.ana.post("/one-thing/", {"strand": "physical"})
    late(monkeypatch, f"{DRAFTS}.drop", until=f"{DRAFTS}.keep")
    shared()

    came = ends(
        *(
            sent(two.ana, "/one-thing/say/", works=words, wish="", revision="1")
            for words in ("one of two", "two of two")
        )
    )

    assert {status for status, _ in came} == {303}
    page = shown(two.ana, "/one-thing/")
    assert "one of two" in page
    assert "two of two" in page


@races("agreements.Agreement.one_thing_at_a_time")
def test_of_two_strands_taken_at_once_one_is_taken_and_both_see_it(two, shared):
    shared()

    came = ends(
        sent(two.ana, "/one-thing/", strand="physical"),
        sent(two.bo, "/one-thing/", strand="emotional"),
    )

    assert sorted(came) == [(303, "/one-thing/"), (303, "/one-thing/?changed")]
    assert count(Agreement) == 1


@races("agreements.Agreement.one_thing_at_a_time")
def test_taken_up_again_while_the_other_begins_another_there_is_one(two, shared):
    two.ana.post("/one-thing/", {"strand": "physical"})
    two.ana.post("/one-thing/put-away/", {"revision": "99"})
    shared()

    came = ends(
        sent(two.ana, "/one-thing/take-up/", revision="99"),
        sent(two.bo, "/one-thing/", strand="emotional"),
    )

    assert {status for status, _ in came} == {303}
    assert count(Agreement, state=AgreementState.TALKING) == 1


@pytest.fixture
def agreed(two) -> Two:
    """They agreed on an act for today, so that both may look back."""
    act = {"what": "Soup", "whose": "both", "minutes": "30", "day": WEDNESDAY.date().isoformat()}
    two.ana.post("/one-thing/", {"strand": "physical"})
    two.ana.post("/one-thing/propose/", act | {"revision": "99"})
    two.bo.post("/one-thing/agree/", {"revision": "99"})
    two.at(WEDNESDAY + timedelta(days=7))
    return two


@races("agreements.LookBack.one_look_back_each")
def test_looked_back_at_in_two_windows_it_is_kept_once(agreed, shared):
    shared()

    came = ends(
        sent(agreed.ana, "/one-thing/look-back/", outcome="done", revision="99"),
        sent(agreed.ana, "/one-thing/look-back/", outcome="partly", revision="99"),
    )

    assert came == [(303, "/one-thing/")] * 2
    assert count(LookBack) == 1


@races("agreements.LookBack.one_look_back_each")
def test_looked_back_at_by_both_at_once_it_opens(agreed, shared):
    shared()

    came = ends(
        *(
            sent(browser, "/one-thing/look-back/", outcome="done", revision="99")
            for browser in (agreed.ana, agreed.bo)
        )
    )

    assert came == [(303, "/one-thing/")] * 2
    assert count(LookBack) == 2
    assert count(Agreement, state=AgreementState.CLOSED) == 1


def test_where_nobody_else_comes_nothing_was_raced_and_it_says_so(two, monkeypatch):
    """The positive control: a test that holds somebody for nobody does not pass."""
    monkeypatch.setattr(holding, "PATIENCE", 0.1)
    late(monkeypatch, f"{FORMS}.filled", until=f"{CHECKINS}.agree_to_settling")

    with pytest.raises(AssertionError, match="nothing was raced"):
        answer(two.ana)
