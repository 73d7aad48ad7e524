"""The clock steps: by an hour or a day, forward or back, and where summer begins and ends.

What was decided. What somebody *ended* stays ended whatever the clock says: a link that was used,
answered or taken back, a session signed out of, a lock that was seen to be closed again. What only
*ran out* is judged by the clock: put back, it is good again until the same hour comes. What the
runner has thrown away meanwhile is gone. Nobody counts as being in the room from an hour that, by
the clock, has yet to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from interwoven.apps.checkins.models import Arrival, Opening
from interwoven.apps.couples.models import Couple
from interwoven.infra import runner
from tests.apps.couples.people import PASSWORD
from tests.apps.locking.locked import LINK
from tests.privacy import pages
from tests.privacy.private import LOCK
from tests.privacy.world import NOW, WEEK, Stage, World, address_of, committed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = (HOUR, -HOUR, DAY, -DAY)
NEXT_EVENING = datetime(2026, 4, 5, 19, tzinfo=UTC)


@pytest.fixture
def world(stage: Stage) -> Iterator[World]:
    with stage.world() as made:
        yield made


def runs(world: World, at: datetime) -> None:
    """It is then, all of a sudden; and the runner does what it does every few seconds."""
    world.at(at)
    with committed():
        runner.run_once(at)


def both_answer(world: World) -> None:
    for name in ("Ana", "Bo"):
        world.post(name, "/check-in/", WEEK)
        world.post(name, "/check-in/choose/", {"do": "open"})


def openings(world: World) -> int:
    """What opened since the world began."""
    return Opening.objects.for_seat(world.seat("Ana")).exclude(week__lt=NOW.date()).count()


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_nothing_opens_before_its_hour_or_twice_whatever_steps_the_clock_takes(world, step):
    both_answer(world)
    for before in (3 * HOUR, 2 * HOUR, HOUR, SECOND):
        runs(world, NEXT_EVENING - before - abs(step))
        runs(world, NEXT_EVENING - before - abs(step) + min(step, timedelta(0)))
        assert openings(world) == 0
    runs(world, NEXT_EVENING - SECOND)
    assert openings(world) == 0
    runs(world, NEXT_EVENING)
    assert openings(world) == 1

    for later in (step, timedelta(0), step, SECOND, 2 * DAY):
        runs(world, NEXT_EVENING + later)
        assert openings(world) == 1
        world.get("Bo", "/map/")
    couple = Couple.objects.get(pk=world.seat("Ana").couple)
    assert (couple.came_at, couple.opens_at) == (NEXT_EVENING, NEXT_EVENING + 7 * DAY)


def test_an_evening_that_came_a_day_early_by_the_clock_does_not_come_again(world):
    """The machine cannot know better than its clock. What it may not do is open twice."""
    both_answer(world)
    runs(world, NEXT_EVENING - DAY)
    runs(world, NEXT_EVENING)  # it is Saturday; the clock says Sunday, and is put right then
    runs(world, NEXT_EVENING - DAY + HOUR)

    world.post("Ana", "/check-in/", WEEK | {"emotional_felt": "1"})
    assert "This week has opened" in world.ask("Ana", "get", "/check-in/").text
    runs(world, NEXT_EVENING)
    assert openings(world) == 1


#  the clocks of        the evening        the day and hour at which it comes, in UTC
CHANGES = [
    ("Australia/Sydney", "6", "02:30", datetime(2026, 4, 4, 15, 30, tzinfo=UTC)),  # comes twice
    ("Africa/Cairo", "4", "00:30", datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),  # does not come
]


@pytest.mark.parametrize(("zone", "day", "hour", "comes"), CHANGES)
@pytest.mark.parametrize("back", [timedelta(0), HOUR, DAY], ids=str)
def test_where_the_hour_comes_twice_or_not_at_all_it_opens_once_and_then(
    world, zone, day, hour, comes, back
):
    evening = {"day": day, "time": hour, "zone": zone, "strand": "all"}
    world.post("Bo", "/settle/", evening)
    couple = Couple.objects.get(pk=world.seat("Ana").couple)
    world.post("Ana", "/settle/agree/", {"revision": str(couple.revision)})
    world.at(comes - 2 * DAY)
    for name in ("Ana", "Bo"):
        world.browsers[name].cookies.clear()
        world.sign_in(name)
    runs(world, world.now)
    both_answer(world)
    opened_at = []
    for minutes in range(-90, 150, 10):
        runs(world, comes + minutes * MINUTE - back)
        runs(world, comes + minutes * MINUTE)
        opened_at += [minutes] if openings(world) and not opened_at else []

    assert opened_at == [0]
    assert openings(world) == 1
    couple.refresh_from_db()
    assert comes + 6 * DAY < couple.opens_at <= comes + 7 * DAY + HOUR


@pytest.mark.parametrize("step", [HOUR, -DAY], ids=str)  # each is stepped back from as well
def test_no_page_breaks_when_the_clock_steps_and_steps_back(world, step):
    something_of_everything(world)
    for at in (NOW + step, NOW, NOW + 7 * DAY, NOW + 7 * DAY + step):
        runs(world, at)
        for name, paths in (("Ana", pages.SEATED), ("Ivy", pages.OF_ONE), ("Bo", HIS)):
            for path in paths:
                world.get(name, path)  # raises for 500 and above
        something_of_everything(world)


HIS = ("/today/", "/map/", "/together/", "/check-in/", "/one-thing/")


def something_of_everything(world: World) -> None:
    both_answer(world)
    world.post("Ana", "/together/come-in/")
    world.post("Ana", "/me/", {"name": "", "pronouns": "half of them"})
    world.post("Ana", "/one-thing/look-back/", {"outcome": "done", "revision": "99"})
    world.post("Ana", "/me/lock/", {"lock": LOCK, "password": PASSWORD})
    world.post("Ana", "/me/unlock/forgotten/")
    world.post("Ana", "/me/unlock/", {"lock": LOCK})
    world.post("Ivy", "/invite/")
    world.post("Jo", "/invitation/answer/", {"code": "000000"})


def test_a_link_that_ran_out_is_judged_by_the_clock(world):
    link = f"/i/{world.link}/"
    found = []
    for at in (71 * HOUR, 73 * HOUR, 71 * HOUR, 73 * HOUR):
        runs(world, NOW + at)
        found.append(world.ask("Nobody", "get", link).status_code)

    assert found == [303, 200, 303, 200]


@pytest.mark.parametrize("ended", ["/invite/take-back/", "/invite/"])
def test_a_link_that_was_ended_is_ended_whatever_the_clock_says(world, ended):
    world.post("Ivy", ended)
    for at in (HOUR, -HOUR, DAY, -DAY, timedelta(0)):
        runs(world, NOW + at)
        assert world.ask("Nobody", "get", f"/i/{world.link}/").status_code == 200


def letter(world: World) -> str:
    world.post("Nobody", "/password/forgotten/", {"email": address_of("Ana")})
    return LINK.search(mail.outbox[-1].body)[0]


def test_a_letters_link_that_ran_out_is_judged_by_the_clock(world):
    link, found = letter(world), []
    for at in (59 * MINUTE, 61 * MINUTE, 59 * MINUTE, -DAY, 61 * MINUTE):
        runs(world, NOW + at)
        found.append(world.ask("Nobody", "get", link).status_code)

    assert found == [302, 200, 302, 302, 200]


def test_a_letters_link_that_was_used_is_used_whatever_the_clock_says(world):
    link = letter(world)
    form = world.ask("Nobody", "get", link).headers["Location"]
    world.post("Nobody", form, {"password1": "kettle orbit mossy lane"})
    for at in (HOUR, -HOUR, -DAY, timedelta(0)):
        runs(world, NOW + at)
        assert world.ask("Nobody", "get", link).status_code == 200


def is_in(world: World, cookies: dict[str, str]) -> bool:
    """Whether somebody is signed in who still holds these cookies."""
    browser = world.browsers["Nobody"]
    browser.cookies.clear()
    browser.cookies.load(cookies)
    return world.ask("Nobody", "get", "/me/").status_code == 200


def test_a_session_that_ended_unused_stays_ended_once_the_runner_has_seen_it(world):
    cookies = dict(world.browsers["Bo"].kept)
    assert is_in(world, cookies)
    runs(world, NOW + 15 * DAY)
    assert not is_in(world, cookies)
    for at in (14 * DAY, 13 * DAY, timedelta(0)):
        runs(world, NOW + at)
        assert not is_in(world, cookies)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_session_that_was_signed_out_of_stays_ended_and_others_go_on(world, step):
    cookies, others = dict(world.browsers["Bo"].kept), dict(world.browsers["Ana"].kept)
    world.post("Bo", "/sign-out/")
    for at in (NOW, NOW + step, NOW):
        runs(world, at)
        assert not is_in(world, cookies)
        assert is_in(world, others)


def test_a_draft_that_ran_out_is_judged_by_the_clock_until_it_is_thrown_away(world):
    world.post("Ana", "/me/", {"name": "", "pronouns": "half of them"})
    found = []
    for minutes in (29, 31, 29, 100, 29):
        runs(world, NOW + minutes * MINUTE)
        found.append(b"half of them" in world.ask("Ana", "get", "/me/").content)

    assert found == [True, False, True, False, False]


@pytest.mark.parametrize("step", [-HOUR, -DAY], ids=str)
@pytest.mark.parametrize("seen_gone", [False, True])
def test_nobody_is_in_the_room_again_when_an_hour_comes_again(world, step, seen_gone):
    runs(world, NOW)
    both_answer(world)
    world.post("Ana", "/together/come-in/")
    if seen_gone:
        runs(world, NOW + 16 * MINUTE)
    runs(world, NOW + MINUTE + step)
    world.post("Bo", "/together/come-in/")
    assert b"both here" not in world.ask("Bo", "get", "/together/").content
    world.post("Bo", "/together/open/")
    for minutes in (0, 1, 14):
        runs(world, NOW + minutes * MINUTE)
        world.post("Bo", "/together/come-in/")
        world.post("Bo", "/together/open/")

    assert openings(world) == 0
    assert not Arrival.objects.filter(person=world.person("Ana")).exists()


def test_a_clock_set_right_by_a_moment_puts_nobody_out_of_the_room(world):
    both_answer(world)
    world.post("Ana", "/together/come-in/")
    runs(world, NOW - SECOND)
    world.post("Bo", "/together/come-in/")
    world.post("Bo", "/together/open/")

    assert openings(world) == 1


def is_behind_the_lock(world: World) -> bool:
    return b"This is behind your lock" in world.ask("Ana", "get", "/weeks/now/").content


@pytest.mark.parametrize("back", [3 * MINUTE, HOUR, DAY], ids=str)
def test_a_lock_that_closed_again_stays_closed_when_its_hour_comes_again(world, back):
    world.post("Ana", "/me/lock/", {"lock": LOCK, "password": PASSWORD})
    assert not is_behind_the_lock(world)
    world.at(NOW + 6 * MINUTE)
    assert is_behind_the_lock(world)
    world.at(NOW + 6 * MINUTE - back)
    assert is_behind_the_lock(world)
    for minutes in (0, 1, 5):
        world.at(NOW + minutes * MINUTE)
        assert is_behind_the_lock(world)


def test_a_forgotten_lock_opens_at_its_hour_by_the_clock(world):
    world.post("Ana", "/me/lock/", {"lock": LOCK, "password": PASSWORD})
    world.post("Ana", "/me/unlock/forgotten/")
    found = []
    for hours in (71, 73, 71, 73):
        world.at(NOW + hours * HOUR)
        found.append(is_behind_the_lock(world))

    assert found == [True, False, True, False]


def test_what_waits_an_hour_is_done_at_once_when_the_clock_is_put_back(world):
    runs(world, NOW)
    Arrival.objects.create(
        person_id=world.person("Ana"), couple_id=world.seat("Ana").table, until=NOW + 5 * MINUTE
    )
    runs(world, NOW + 10 * MINUTE)
    assert Arrival.objects.exists()  # it was done ten minutes ago
    runs(world, NOW - 30 * MINUTE)

    assert not Arrival.objects.exists()
