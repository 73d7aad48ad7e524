"""Two people at the same moment: each in a thread and on a connection of its own."""

from __future__ import annotations

from collections import Counter

import pytest

from interwoven.apps.couples import actions, queries
from interwoven.apps.couples.actions import Answer
from interwoven.apps.couples.models import Couple, Invitation, InvitationState, Membership
from interwoven.apps.couples.seats import seat_of
from interwoven.infra.errors import NotNow
from tests.apps.couples.people import invited, make_person
from tests.apps.races import at_once, elsewhere

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])


def test_of_many_who_answer_one_link_at_once_exactly_one_is_taken(ana, now, shared):
    token, code = invited(ana, now)
    seats = [seat_of(make_person(f"Guest {n}")) for n in range(6)]
    shared()

    came = at_once(
        *(
            lambda seat=seat: actions.answer(by=seat, token=token, code=code, now=now)
            for seat in seats
        )
    )

    assert Counter(came) == {Answer.TAKEN: 1, Answer.GONE: 5}
    taken = seats[came.index(Answer.TAKEN)].person
    answered = elsewhere(lambda: list(Invitation.objects.values_list("answered_by_id", "state")))
    assert answered == [(taken, InvitationState.ANSWERED)]


def test_many_wrong_guesses_at_once_are_all_counted(ana, now, shared):
    token, code = invited(ana, now)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    seats = [seat_of(make_person(f"Guest {n}")) for n in range(7)]
    shared()

    came = at_once(
        *(
            lambda seat=seat: actions.answer(by=seat, token=token, code=wrong, now=now)
            for seat in seats
        )
    )

    assert Counter(came) == {Answer.WRONG_CODE: 4, Answer.GONE: 3}


def test_a_yes_pressed_many_times_at_once_makes_one_couple(ana, bo, now, shared):
    token, code = invited(ana, now)
    actions.answer(by=seat_of(bo), token=token, code=code, now=now)
    seat = seat_of(ana)
    shared()

    came = at_once(*[lambda: actions.confirm(by=seat, now=now)] * 4)

    assert Counter(came) == {None: 1, NotNow: 3}
    assert elsewhere(Couple.objects.count) == 1


def test_two_who_invited_each_other_and_say_yes_at_once_are_one_couple(ana, bo, now, shared):
    for inviter, other in ((ana, bo), (bo, ana)):
        token, code = invited(inviter, now)
        actions.answer(by=seat_of(other), token=token, code=code, now=now)
    seats = [seat_of(ana), seat_of(bo)]
    shared()

    came = at_once(*(lambda seat=seat: actions.confirm(by=seat, now=now) for seat in seats))

    assert Counter(came) == {None: 1, NotNow: 1}
    assert elsewhere(Membership.objects.count) == 2


def test_one_person_confirmed_by_two_at_once_is_in_one_couple(ana, bo, cleo, now, shared):
    for inviter in (ana, cleo):
        token, code = invited(inviter, now)
        actions.answer(by=seat_of(bo), token=token, code=code, now=now)
    seats = [seat_of(ana), seat_of(cleo)]
    shared()

    came = at_once(*(lambda seat=seat: actions.confirm(by=seat, now=now) for seat in seats))

    assert Counter(came) == {None: 1, NotNow: 1}
    people = elsewhere(lambda: list(Membership.objects.values_list("person_id", flat=True)))
    assert Counter(people)[bo.pk] == 1


def test_taken_back_at_the_very_moment_it_is_confirmed_leaves_both_or_nothing(ana, bo, now, shared):
    token, code = invited(ana, now)
    actions.answer(by=seat_of(bo), token=token, code=code, now=now)
    seat = seat_of(ana)
    shared()

    confirmed, _ = at_once(
        lambda: actions.confirm(by=seat, now=now), lambda: actions.take_back(by=seat, now=now)
    )

    assert elsewhere(Membership.objects.count) == (2 if confirmed is None else 0)
    assert elsewhere(lambda: queries.current_invitation(seat=seat, now=now)) is None


def test_two_new_links_at_once_leave_one_that_is_open(ana, now, shared):
    seat = seat_of(ana)
    shared()
    at_once(*[lambda: actions.invite(by=seat, now=now)] * 4)

    still = Invitation.objects.exclude(state=InvitationState.CLOSED)
    assert elsewhere(still.count) == 1
