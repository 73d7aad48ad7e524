"""What one does in private shows to nobody, also while the database fails.

Ana does something in private and the database fails at one of its statements, wherever that is.
What Bo gets from then on is what he gets where she did nothing at all. And when it fails at a
statement of Bo's own, he is answered alike, whatever she did before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from interwoven.apps.accounts.models import Person
from interwoven.apps.checkins.models import CheckIn
from interwoven.infra import live
from interwoven.infra.crypto import keys
from interwoven.web import errors
from tests.apps.couples.people import PASSWORD
from tests.faults.deeds import Deed, everything
from tests.faults.failing import MOST, done, failing
from tests.privacy import private
from tests.privacy.chance import chance
from tests.privacy.harness import Leak, Observer, Seen, compare, observing
from tests.privacy.world import WEEK, Stage, World, address_of, committed, opening_of, undone

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SOME = 3  # of the statements of a deed that is not tried at every one
LOOKS = ("/today/", "/map/", "/together/", "/settle/", "/one-thing/", "/me/what-they-see/")
PASSWORD_OF_HERS = {"password": PASSWORD}


def a_week_is_kept(world: World) -> None:
    world.post("Ana", "/check-in/", WEEK)


def a_week_is_to_open(world: World) -> None:
    a_week_is_kept(world)
    world.post("Ana", "/check-in/choose/", {"do": "open"})


def half_a_week_waits(world: World) -> None:
    world.post("Ana", "/check-in/keep/", WEEK | {"emotional_felt": "11"})


def a_lock_is_set(world: World) -> None:
    world.post("Ana", "/me/lock/", {"lock": private.LOCK, **PASSWORD_OF_HERS})


def she_is_in_the_room(world: World) -> None:
    world.post("Ana", "/together/come-in/")


def hers(path: str, before: Callable[[World], None] = lambda world: None, **sent: object) -> Deed:
    return Deed("Ana", path, lambda world: dict(sent), before)


EVERYWHERE = {
    "keeping": hers("/check-in/", **WEEK),
    "choosing to open": hers("/check-in/choose/", a_week_is_kept, do="open"),
    "taking consent back": hers("/me/keeping/", a_week_is_to_open, do="take_back"),
    "setting a lock": hers("/me/lock/", lock=private.LOCK, **PASSWORD_OF_HERS),
    "leaving": hers("/me/leave/", a_week_is_to_open),
}
SOMEWHERE = {
    "a draft": hers("/check-in/keep/", **WEEK | {"emotional_felt": "11"}),
    "letting a draft go": hers("/check-in/as-kept/", half_a_week_waits),
    "keeping anew": hers("/check-in/", a_week_is_to_open, **WEEK | {"revision": "99"}),
    "choosing parts": hers("/check-in/parts/", a_week_is_kept, part=["emotional"]),
    "keeping all of it after all": hers("/check-in/choose/", a_week_is_to_open, do="keep"),
    "saying yes to beliefs": hers("/me/beliefs/", do="give"),
    "coming in": hers("/together/come-in/", a_week_is_to_open),
    "going out": hers("/together/leave/", she_is_in_the_room),
    "trying to open alone": hers("/together/open/", she_is_in_the_room),
    "looking back": hers("/one-thing/look-back/", outcome="done", revision="99"),
    "giving the lock": hers("/me/unlock/", a_lock_is_set, lock="not this one"),
    "forgetting the lock": hers("/me/unlock/forgotten/", a_lock_is_set),
    "taking along": hers("/me/take-along/", a_week_is_kept, **{"as": "json"}, **PASSWORD_OF_HERS),
    "signing out": hers("/sign-out/", she_is_in_the_room),
    "asking for codes": hers("/me/sign-in/codes/", do="begin", **PASSWORD_OF_HERS),
    "a wrong password of his": hers("/together/here-too/", password="not this one"),
    "erasing herself": hers("/me/erase/", a_week_is_to_open, **PASSWORD_OF_HERS),
}  # fmt: skip
DEEDS = EVERYWHERE | SOMEWHERE


def what_bo_gets(
    stage: Stage, deed: Deed | None, at: int = 0, known: Set[str] = frozenset()
) -> tuple[list[Seen], str]:
    """All that reaches Bo after a deed of hers that failed at this statement, or after none.

    And what it left. Where that is known it is the same as before that he gets, and he looks once.
    """
    with stage.world() as world, observing(world, "Bo") as bo:
        if deed is not None:
            chance.begin("before")
            deed.before(world)
            done(world, deed, at)
            bo.collect()
        left = what_is_left(bo)
        if left in known:
            _bo_looks(bo, LOOKS[:1])
        else:
            _bo_looks_and_does_his_part(world, bo)
        return bo.seen, left


def what_is_left(bo: Observer) -> str:
    """All that his pages are made of: each row, what is counted in memory, and what reached him."""
    return repr((everything(), cache._cache, bo.seen))


def _bo_looks(bo: Observer, paths: Sequence[str]) -> None:
    for number, path in enumerate(paths):
        chance.begin("a look", number)
        bo.ask(path)


def _bo_looks_and_does_his_part(world: World, bo: Observer) -> None:
    """Up to our evening and past it. He opens nothing, so nothing of hers is released."""
    _bo_looks(bo, (*LOOKS, f"/map/{opening_of(world, 'Bo')}/"))
    for number, (path, sent) in enumerate(_his_part()):
        chance.begin("his part", number)
        bo.ask(path, sent)
    chance.begin("the clock")
    world.later(timedelta(days=6))
    bo.collect()
    for number, path in enumerate(("/today/", "/map/")):
        chance.begin("afterwards", number)
        bo.ask(path)


def _his_part() -> Iterator[tuple[str, dict[str, object]]]:
    yield "/check-in/", dict(WEEK)
    yield "/check-in/choose/", {"do": "keep"}
    yield "/together/here-too/", {"password": "not hers at all"}
    yield "/together/leave/", {}


@pytest.fixture(scope="module")
def where_she_does_nothing(stage) -> list[Seen]:
    return what_bo_gets(stage, None)[0]


@pytest.fixture(scope="module")
def known() -> set[str]:
    """What was left by a deed, wherever it failed, after which he got what he gets after none."""
    return set()


def he_gets_the_same(
    stage: Stage, nothing: list[Seen], deed: Deed, at: int, known: set[str]
) -> None:
    seen, left = what_bo_gets(stage, deed, at, known)
    compare(nothing[: len(seen)] if left in known else nothing, seen)
    known.add(left)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_at_whichever_statement_it_fails_the_other_gets_the_same(
    stage, where_she_does_nothing, name, known
):
    count = count_of(stage, DEEDS[name])

    assert 4 < count < MOST
    for at in range(count + 1):
        he_gets_the_same(stage, where_she_does_nothing, DEEDS[name], at, known)


@pytest.mark.parametrize("name", SOMEWHERE)
def test_wherever_it_fails_the_other_gets_the_same(stage, where_she_does_nothing, name, known):
    count = count_of(stage, DEEDS[name])

    some = Random(name).sample(range(1, count + 1), k=min(SOME, count))
    for at in (0, *some):
        he_gets_the_same(stage, where_she_does_nothing, DEEDS[name], at, known)


def count_of(stage: Stage, deed: Deed) -> int:
    """How many statements it has; and it is done, without a fault."""
    with stage.world() as world:
        chance.begin("before")
        deed.before(world)
        status, count = done(world, deed)
        assert status in (200, 303, 422), (deed.path, status)  # 422: kept as a draft
        return count


HIS = {
    "today": ("/today/", None),
    "the form of a week": ("/check-in/", None),
    "the map": ("/map/", None),
    "the room": ("/together/", None),
    "the one thing": ("/one-thing/", None),
    "what they see": ("/me/what-they-see/", None),
    "keeping": ("/check-in/", WEEK),
    "coming in": ("/together/come-in/", {}),
    "saying that she is here": ("/together/here-too/", {"password": "not hers at all"}),
    "proposing an evening": (
        "/settle/", {"day": "4", "time": "20:00", "zone": "UTC", "strand": "all"}
    ),
}  # fmt: skip
Answer = tuple[object, ...]


def answers_with_faults(
    stage: Stage, path: str, sent: dict[str, object] | None, deeds: list[str]
) -> list[Answer]:
    """What Bo is answered, for each statement of his own request that fails; she did these."""
    found: list[Answer] = []
    with stage.world() as world:
        for name in deeds:  # none of them is counted in memory, which is emptied each time
            chance.begin("before", name)
            DEEDS[name].before(world)
            done(world, DEEDS[name])
        assert not cache._cache
        hit = True
        while hit and len(found) < MOST:  # until there is no such statement
            with undone():
                answer, hit = _answer_with_a_fault(world, path, sent, at=len(found) + 1)
            found.append(answer)
    return found


def _answer_with_a_fault(
    world: World, path: str, sent: dict[str, object] | None, at: int
) -> tuple[Answer, bool]:
    browser = Client(raise_request_exception=False)
    browser.cookies.load(world.browsers["Bo"].kept)
    keys.forget()
    chance.begin("his request")
    with failing(at) as fault, committed():
        response = browser.get(path) if sent is None else browser.post(path, sent)
    said = (tuple(response.items()), tuple(map(str, response.cookies.values())), response.content)
    return (response.status_code, fault.count, *said), fault.count >= at


BEFORE_HIS = ["keeping anew", "looking back", "going out", "a draft", "taking consent back"]


@pytest.mark.parametrize("name", HIS)
def test_a_fault_of_his_own_request_is_answered_alike_whatever_the_other_did(stage, name):
    path, sent = HIS[name]
    alone = answers_with_faults(stage, path, sent, [])

    assert 3 < len(alone) < MOST
    assert {answer[0] for answer in alone[:3]} == {503}
    assert answers_with_faults(stage, path, sent, BEFORE_HIS) == alone


def bo_is_told_of_her_faults(_problem: BaseException) -> HttpResponse:
    live.hub.wake(Person.objects.get(email=address_of("Bo")).pk)
    return errors.answer(503)


def how_much_she_kept_is_told(_problem: BaseException) -> HttpResponse:
    kept = CheckIn.objects.filter(author__email=address_of("Ana")).count()
    return HttpResponse(f"<p>{kept} of 52</p>", status=503)


def test_a_wake_for_what_was_never_done_is_caught(stage, where_she_does_nothing, monkeypatch):
    """A leak that is planted, and that no world without a fault shows."""
    monkeypatch.setattr(errors, "away", bo_is_told_of_her_faults)
    compare(where_she_does_nothing, what_bo_gets(stage, DEEDS["keeping"])[0])

    with pytest.raises(Leak) as found:
        compare(where_she_does_nothing, what_bo_gets(stage, DEEDS["keeping"], at=5)[0])

    assert found.value.channel == "stream"


def test_an_error_page_that_tells_is_caught(stage, monkeypatch):
    """Another one that is planted."""
    monkeypatch.setattr(errors, "away", how_much_she_kept_is_told)
    alone = answers_with_faults(stage, "/today/", None, [])

    assert answers_with_faults(stage, "/today/", None, ["keeping anew"]) != alone
