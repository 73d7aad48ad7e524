"""A week later each says alone how it went. It opens when both have, and the pulse never does."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interwoven.apps.agreements import actions, queries
from interwoven.apps.agreements.models import LookBack
from interwoven.apps.couples import queries as couples
from interwoven.core.agreement import Outcome, Pulse, Review
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere
from tests.apps.agreements.couple import ADDRESS, Side, wait

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

EARLIER = "/one-thing/earlier/"
LABELS = {"done": "Done", "partly": "Partly", "not": "Not this time"}
PULSE = {"understood": "9", "accepted": "0", "cared_about": "skip"}
DEED = re.compile(r'^(SELECT|INSERT|UPDATE|DELETE).*?"(\w+_\w+)"')


def standing(who):
    """What Today says of the one thing, to this person."""
    us = couples.us(seat=who.seat)
    return queries.standing(seat=who.seat, us=us, now=timezone.now())


def opened(side: Side) -> bool:
    return "How it went" in side.page()


def test_there_is_no_look_back_before_its_day(agreed, ana, clock):
    wait(clock, 13, ana)
    assert "Looking back" not in ana.page()
    assert ana.look_back()["Location"] == "/one-thing/?changed"
    assert not LookBack.objects.exists()

    clock.shift(timedelta(days=1))
    assert "Looking back" in ana.page()
    assert ana.look_back()["Location"] == ADDRESS
    assert "Kept" in ana.page()


@pytest.mark.parametrize(("hers", "his"), list(product(LABELS, repeat=2)))
@pytest.mark.parametrize("first", ["ana", "bo"])
def test_both_outcomes_open_together_whoever_was_first(a_week_later, ana, bo, hers, his, first):
    turns = [(ana, hers), (bo, his)]
    for side, outcome in turns if first == "ana" else reversed(turns):
        assert not opened(ana)
        assert not opened(bo)
        side.look_back(outcome, **PULSE)

    page = ana.page()
    assert f"<strong>You:</strong> {LABELS[hers]}" in page
    assert f"<strong>Bo:</strong> {LABELS[his]}" in page
    page = bo.page()
    assert f"<strong>Ana:</strong> {LABELS[hers]}" in page
    assert f"<strong>You:</strong> {LABELS[his]}" in page
    plan = "Partly tells you about the plan, not about either of you."
    assert (plan in page) == ("partly" in (hers, his))


HERS = [
    [],
    [("done", {})],
    [("not", PULSE)],
    [("partly", PULSE), ("done", {})],
    [("done", {"understood": "10"}), ("done", {"understood": "1"}), ("not", {})],
]


def test_all_that_bo_observes_is_the_same_whether_ana_looked_back_or_not(
    a_week_later, ana, bo, woken
):
    bo.page()
    for his in (None, "partly"):
        if his:
            bo.look_back(his)
        observed = set()
        for hers in HERS if his is None else [[]]:
            with transaction.atomic():
                for outcome, pulse in hers:
                    ana.look_back(outcome, **pulse)
                observed.add(repr([bo.observes(), bo.observes(EARLIER)]))
                observed.add(repr([bo.observes(), bo.observes(EARLIER)]))
                transaction.set_rollback(True)
        assert len(observed) == 1
    assert woken == []


def test_the_same_test_sees_what_is_there_to_see(a_week_later, ana, bo):
    """A positive control: Bo's own look back, and hers once both are in, do change the page."""
    bo.page()
    observed = [repr(bo.observes())]
    bo.look_back("done")
    observed.append(repr(bo.observes()))
    ana.look_back("done")
    observed.append(repr(bo.observes()))

    assert len(set(observed)) == 3


def test_what_stands_on_todays_page_asks_the_same_either_way(a_week_later, ana, bo):
    def asked() -> tuple[object, list[str]]:
        with CaptureQueriesContext(connection) as log:
            found = standing(bo)
        return found, [query["sql"] for query in log.captured_queries]

    before = asked()
    ana.look_back("not", **PULSE)
    assert asked() == before
    assert len(before[1]) == 3, "who the two are, the thing, and one’s own look back"
    assert not before[0].my_look_back_given

    bo_wrote = standing(ana)
    assert bo_wrote.my_look_back_given


def test_bo_puts_away_and_mends_with_the_same_statements_either_way(a_week_later, ana, bo):
    def deeds(act) -> list[tuple[str, ...]]:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as log:
                act()
            transaction.set_rollback(True)
        found = [DEED.match(query["sql"]) for query in log.captured_queries]
        return [match.groups() for match in found if match]

    acts = [bo.put_away, lambda: bo.look_back("no such outcome")]
    before = [deeds(act) for act in acts]
    ana.look_back("done", **PULSE)

    assert [deeds(act) for act in acts] == before
    assert all(len(found) > 3 for found in before)


def test_one_may_think_again_until_both_are_in(a_week_later, ana, bo):
    ana.look_back("not", understood="3")
    ana.look_back("partly", understood="4")
    assert LookBack.objects.count() == 1
    bo.look_back("done")
    assert "<strong>Ana:</strong> Partly" in bo.page()

    assert ana.look_back("done", revision="99")["Location"] == "/one-thing/?changed"
    assert "<strong>You:</strong> Partly" in ana.page()


def test_ones_own_look_back_is_there_to_be_changed(a_week_later, ana):
    ana.look_back("partly", **PULSE)

    page = ana.page()
    ticked = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', page)
    assert dict(ticked) == {"outcome": "partly"} | PULSE


def test_the_pulse_is_kept_for_its_author_and_opens_to_nobody(a_week_later, ana, bo):
    ana.look_back("done", **PULSE)
    bo.look_back("done", understood="2")
    row = LookBack.objects.get(author_id=ana.seat.person)

    kept = read(row, Review, seat=ana.seat)
    assert kept == Review(Outcome.DONE, Pulse(understood=9, accepted=0, cared_about=None))
    with pytest.raises(NotThere):
        read(row, Review, seat=bo.seat)
    for side, path in product((ana, bo), (ADDRESS, EARLIER)):
        text = side.browser.get(path).content.decode()
        assert not re.search("understood|accepted|cared about", text, re.IGNORECASE)


def test_who_sees_which_part_is_said_beside_it(a_week_later, bo):
    page = bo.page()

    assert "Only you, until both of you have said it. Then both open." in page
    assert "Only you, always. These three never open." in page
    assert "Waiting" not in page


def test_the_other_is_woken_when_the_two_outcomes_open(a_week_later, ana, bo, woken):
    ana.look_back()
    ana.look_back("partly")
    assert woken == []

    bo.look_back()
    assert woken == [ana.seat.person]


def test_a_look_back_is_not_read_from_another_couples_thing(a_week_later, ana, bo):
    ana.look_back("done")
    bo.put_away()
    bo.take("emotional")
    bo.propose()
    ana.agree()

    assert not standing(ana).my_look_back_given


def finish(ana: Side, bo: Side, clock, *, what: str) -> None:
    """One whole thing to do, from a strand to both outcomes."""
    today = timezone.now().date()
    bo.take()
    ana.propose(today, what=what)
    bo.agree()
    clock.shift(timedelta(days=7))
    ana.look_back("partly")
    bo.look_back("not")


def test_finished_ones_stay_readable_newest_first_ten_to_a_page(ana, bo, clock):
    assert "Nothing here yet" in ana.browser.get(EARLIER).content.decode()
    for number in range(11):
        finish(ana, bo, clock, what=f"Act {number:02}")
    bo.take()
    bo.propose(timezone.now().date(), what="Not yet done")
    ana.put_away()

    first = bo.browser.get(EARLIER).content.decode()
    assert re.findall(r"Act \d\d", first) == [f"Act {number:02}" for number in range(10, 0, -1)]
    assert "Not yet done" not in first
    assert "?page=2" in first
    second = bo.browser.get(EARLIER + "?page=2").content.decode()
    assert re.findall(r"Act \d\d", second) == ["Act 00"]
    assert "Thursday 26 November 2026" in second
    assert "<strong>Ana:</strong> Partly" in second
    assert "<strong>You:</strong> Not this time" in second
    assert "?page=1" in second


def test_nothing_is_counted_or_compared(ana, bo, clock):
    for what in ("Soup", "Tea", "Walk"):
        finish(ana, bo, clock, what=what)

    for path in (ADDRESS, EARLIER):
        text = re.sub("<[^>]*>", " ", ana.browser.get(path).content.decode())
        text = re.sub(r"\d+ (November|December|minutes)", "", text)
        assert not re.search(r"%|\bout of\b|\btimes\b|in a row|so far|\b[1-9]\b", text)


@pytest.mark.parametrize("number", ["2", "9999"])
def test_past_the_last_page_there_is_none(ana, number):
    assert ana.browser.get(f"{EARLIER}?page={number}").status_code == 404


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "%00", "²", "9" * 40])
def test_what_is_no_page_number_is_the_first_page(ana, number):
    assert ana.browser.get(f"{EARLIER}?page={number}").status_code == 200


# how far               state       what    mine given
STANDS = ["nothing", "talking", "proposed", "agreed", "review"]


@pytest.mark.parametrize("how_far", STANDS)
def test_what_stands_for_today(ana, bo, clock, how_far):
    reached = STANDS.index(how_far)
    steps = [lambda: ana.take(), lambda: ana.propose(whose="a"), lambda: bo.agree()]
    for step in steps[:reached]:
        step()
    if how_far == "review":
        wait(clock, 14, ana, bo)

    hers = standing(ana)
    his = standing(bo)

    if how_far == "nothing":
        assert (hers, his) == (None, None)
        return
    assert hers.state == his.state == how_far.replace("proposed", "talking")
    has_act = reached >= STANDS.index("proposed")
    assert bool(hers.what) == has_act
    assert (hers.mine, his.mine) == (has_act, False)
    assert not hers.my_look_back_given


def test_a_look_back_is_sealed(a_week_later, ana):
    ana.look_back("partly")
    row = LookBack.objects.get()

    assert b"partly" not in bytes(row.sealed)


def test_an_action_refuses_who_holds_no_place(ana):
    from interwoven.core.people import Seat

    review = Review(Outcome.DONE)
    with pytest.raises(NotThere):
        actions.look_back(by=Seat(ana.seat.person), review=review, seen=1, now=timezone.now())
