from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interwoven.web.weave import MOST, WovenWeek, draw

marks = st.none() | st.integers(0, 10)
sides = st.tuples(marks, marks, marks, marks)
weeks = st.lists(st.none() | st.builds(WovenWeek, sides, sides), max_size=14)

USUAL = WovenWeek((6, 5, 7, 4), (5, 6, 6, 4))


@given(weeks=weeks, ahead=st.integers(1, 5))
def test_whatever_two_people_opened_the_picture_stays_small_and_whole(weeks, ahead):
    drawn = draw(weeks, ahead=ahead)

    assert len(drawn) < 8192
    assert " style=" not in drawn
    ElementTree.fromstring(drawn)


@given(weeks=weeks)
def test_only_the_last_nine_weeks_are_drawn(weeks):
    assert draw(weeks, ahead=3) == draw(weeks[-MOST:], ahead=3)


def test_with_nothing_opened_there_are_four_undyed_threads():
    drawn = draw([], ahead=9)

    assert "Four undyed threads, side by side." in drawn
    assert 'class="emoa"' not in drawn


def test_the_picture_says_in_words_what_it_shows():
    drawn = draw([USUAL, None, USUAL], ahead=3)

    assert "over 3 weeks." in drawn
    assert "They cross in each of the 2 weeks you both opened." in drawn
    assert "This is a picture, not a measure." in drawn


def test_one_week_reads_like_one_week():
    drawn = draw([USUAL], ahead=3)

    assert "over one week. They cross in the week you both opened." in drawn


@pytest.mark.parametrize("place", [0, 1])
def test_a_mark_that_was_skipped_is_a_thin_ply_and_not_a_gap(place):
    skipped = WovenWeek(*((None, 5, 7, 4) if n == place else USUAL[n] for n in range(2)))

    drawn = draw([skipped], ahead=3)

    assert f'class="emo{"ab"[place]}"' in drawn


def test_a_week_that_did_not_open_gives_nobody_away():
    drawn = draw([USUAL, None, USUAL], ahead=3)
    classes = [part.get("class") for part in ElementTree.fromstring(drawn).iter()]

    assert {"emoa", "emob", "spia", "spib"} <= set(classes)
    assert draw([USUAL, None], ahead=3) == draw([USUAL, None], ahead=3)


def test_words_from_outside_cannot_leave_the_title():
    assert "<b>" not in draw([], ahead=1, title="<b>", ident='"><b>')
