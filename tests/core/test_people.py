"""The two places of a couple, and whose eyes a page is for."""

from __future__ import annotations

from uuid import UUID

import pytest

from interwoven.core.people import Place, Seat

ANA, COUPLE = UUID(int=1), UUID(int=2)


def test_there_are_two_places_and_each_is_the_other_of_the_other():
    assert [place.other for place in Place] == list(reversed(Place))


def test_a_person_alone_has_a_seat_and_no_table():
    alone = Seat(person=ANA)

    assert not alone.paired
    with pytest.raises(LookupError):
        _ = alone.table


def test_a_person_in_a_couple_sits_at_its_table():
    seat = Seat(person=ANA, couple=COUPLE, place=Place.A)

    assert seat.paired
    assert seat.table == COUPLE
