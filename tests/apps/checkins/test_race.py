"""One person's windows, all at the same moment."""

from __future__ import annotations

from collections import Counter

import pytest
import time_machine

from interwoven.apps.checkins import actions
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.checkins.models import Response as ResponseRow
from interwoven.core.opening import Part, Sheet
from interwoven.core.responding import Response
from tests.apps.checkins.two import OUR_EVENING, WEDNESDAY, Two, answer
from tests.apps.races import at_once, elsewhere

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
A_SUNDAY = OUR_EVENING.date()


@pytest.fixture
def two(transactional_db) -> Two:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


def test_first_words_kept_in_two_windows_at_once_are_kept_once_or_come_back(two, shared):
    seat = two.seat("Ana")
    shared()

    def keep(window: str):
        sheet = Sheet(step=f"from the {window} window")
        try:
            actions.keep(
                by=seat, week=A_SUNDAY, sheet=sheet, revision=0, window=window, now=WEDNESDAY
            )
        except actions.ChangedElsewhere:
            return window

    windows = [f"{n}." for n in range(6)]
    came = at_once(*(lambda window=window: keep(window) for window in windows))

    assert Counter(came)[None] == 1
    assert elsewhere(CheckIn.objects.count) == 1


def test_two_answers_to_one_line_at_once_leave_one(two, shared):
    answer(two.ana)
    answer(two.bo)
    two.our_evening_comes()
    opening, seat = Opening.objects.get().pk, two.seat("Ana")
    shared()

    def respond(words: str) -> None:
        said = Response(words=words)
        actions.respond(
            by=seat, opening_id=opening, part=Part.EMOTIONAL, response=said, now=OUR_EVENING
        )

    at_once(*(lambda n=n: respond(f"words {n}") for n in range(6)))

    assert elsewhere(ResponseRow.objects.count) == 1
