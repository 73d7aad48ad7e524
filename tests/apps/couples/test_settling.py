"""The evening and the strand: one proposes, the other agrees, and until then nothing moves."""

from __future__ import annotations

from uuid import uuid4

import pytest

from interwoven.apps.couples import actions, queries
from interwoven.apps.couples.models import Couple
from interwoven.apps.couples.pages import Proposal, Settled
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat
from interwoven.infra import live
from interwoven.infra.actions import Repeated
from interwoven.infra.errors import NotNow, NotThere
from tests.apps.couples.people import pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WEDNESDAY = Evening(weekday=2, hour=20, zone="Europe/Dublin")
FRIDAY = Evening(weekday=4, hour=21, minute=30, zone="Europe/Berlin")
BEFORE = Evening(zone="UTC")


@pytest.fixture
def seats(ana, bo, now, settings) -> tuple[Seat, Seat]:
    settings.TIME_ZONE = "UTC"
    return pair(ana, bo, now)


def settled(seat: Seat) -> Settled:
    return queries.us(seat=seat).settled


def propose(seat: Seat, now, evening: Evening = WEDNESDAY, strand: str = "", **rest) -> None:
    actions.propose_settling(by=seat, evening=evening, strand=strand, now=now, **rest)


def agree(seat: Seat, now, seen: int | None = None) -> tuple[Evening, Evening]:
    """Agree to what the page shows now, or showed when its number was `seen`."""
    shown = queries.us(seat=seat).revision if seen is None else seen
    return actions.agree_to_settling(by=seat, seen=shown, now=now)


@pytest.mark.parametrize("who", [0, 1])
def test_what_one_proposes_both_see_and_nothing_moves(seats, now, who):
    opens_at = Couple.objects.get().opens_at
    propose(seats[who], now, strand="emotional")

    expected = Settled(BEFORE, "", Proposal((Place.A, Place.B)[who], WEDNESDAY, "emotional"))
    assert [settled(seat) for seat in seats] == [expected, expected]
    assert Couple.objects.get().opens_at == opens_at


@pytest.mark.parametrize("who", [0, 1])
def test_once_the_other_agrees_it_is_settled(seats, now, who):
    propose(seats[who], now, strand="emotional")
    moved = agree(seats[1 - who], now)

    assert moved == (BEFORE, WEDNESDAY)
    assert settled(seats[0]) == settled(seats[1]) == Settled(WEDNESDAY, "emotional")
    assert Couple.objects.get().opens_at == WEDNESDAY.next_after(now)


@pytest.mark.parametrize("who", [0, 1])
def test_nobody_agrees_with_themselves(seats, now, who):
    propose(seats[who], now)

    with pytest.raises(NotNow):
        agree(seats[who], now)
    assert settled(seats[who]).evening == BEFORE


@pytest.mark.parametrize("who", [0, 1])
def test_either_can_drop_a_proposal(seats, now, who):
    propose(seats[0], now)
    actions.drop_proposal(by=seats[who], now=now)

    assert settled(seats[0]) == Settled(BEFORE)
    with pytest.raises(NotNow):
        agree(seats[1], now)


def test_a_later_proposal_of_either_replaces_the_one_before(seats, now):
    propose(seats[0], now)
    propose(seats[1], now, FRIDAY)

    with pytest.raises(NotNow):
        agree(seats[1], now)
    assert agree(seats[0], now) == (BEFORE, FRIDAY)


def test_there_is_nothing_to_agree_to_before_a_proposal_or_twice(seats, now):
    with pytest.raises(NotNow):
        agree(seats[1], now)
    propose(seats[0], now)
    agree(seats[1], now)
    with pytest.raises(NotNow):
        agree(seats[1], now)


def test_the_same_form_sent_twice_proposes_once(seats, now):
    number = uuid4()
    propose(seats[0], now, submission_id=number)
    actions.drop_proposal(by=seats[1], now=now)

    with pytest.raises(Repeated):
        propose(seats[0], now, submission_id=number)
    assert settled(seats[0]).proposed is None


def test_dropping_nothing_changes_nothing(seats, now):
    before = Couple.objects.values().get()
    actions.drop_proposal(by=seats[0], now=now)

    assert Couple.objects.values().get() == before


def test_each_step_wakes_the_other_and_only_the_other(
    seats, now, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr(live.hub, "wake", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        propose(seats[0], now)
    with django_capture_on_commit_callbacks(execute=True):
        agree(seats[1], now)
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_proposal(by=seats[1], now=now)

    assert woken == [seats[1].person, seats[0].person]


def test_settling_is_for_two(cleo, now):
    with pytest.raises(NotThere):
        propose(Seat(cleo.pk), now)
    with pytest.raises(NotThere):
        actions.agree_to_settling(by=Seat(cleo.pk), seen=1, now=now)
    with pytest.raises(NotThere):
        actions.drop_proposal(by=Seat(cleo.pk), now=now)


def test_what_two_others_settled_stays_theirs(seats, cleo, now):
    from tests.apps.couples.people import make_person

    others = pair(cleo, make_person("Dee"), now)
    propose(others[0], now)
    agree(others[1], now)

    assert settled(seats[0]) == Settled(BEFORE)


def test_what_was_put_in_place_of_what_was_seen_is_not_agreed_to(seats, now):
    propose(seats[1], now)
    seen = queries.us(seat=seats[0]).revision
    propose(seats[1], now, FRIDAY)

    with pytest.raises(NotNow):
        agree(seats[0], now, seen)
    assert settled(seats[0]).evening == BEFORE
