"""The live stream, byte by byte: who is told, when, and that nothing is in it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.test import Client
from django.utils import timezone

from interwoven.infra import live
from interwoven.infra.live import Hub, Seen
from interwoven.infra.models import Session
from interwoven.infra.sessions import SessionStore

WAIT = 20  # seconds until a test gives up; none waits so long when all is well
ANA, BO = uuid4(), uuid4()
HERE = re.compile(rb": here\nid: [0-9]+\n\n")


class Browser:
    """One open page's stream, driven by hand."""

    def __init__(
        self,
        cookie: str = "",
        *,
        headers: list[tuple[bytes, bytes]] | None = None,
        last: str = "",
        age: str = "",
    ):
        sent = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())]
        sent += [(b"last-event-id", last.encode())] if last else []
        self.scope = {"type": "http", "headers": sent if headers is None else headers}
        self.scope["query_string"] = f"age={age}".encode() if age else b""
        self.came: asyncio.Queue = asyncio.Queue()
        self.left = asyncio.Event()

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message) -> None:
        self.came.put_nowait(message)

    def open(self) -> Browser:
        self.stream = asyncio.ensure_future(live.stream(self.scope, self.receive, self.send))
        return self

    async def next(self):
        return await asyncio.wait_for(self.came.get(), WAIT)

    async def start(self) -> int:
        """The status; after a good one, the first comment has come as well."""
        status = (await self.next())["status"]
        if status == 200:
            assert HERE.fullmatch((await self.next())["body"])
        return status

    async def leave(self) -> None:
        self.left.set()
        await asyncio.wait_for(self.stream, WAIT)

    async def all_until_end(self) -> list:
        await asyncio.wait_for(self.stream, WAIT)
        return [self.came.get_nowait() for _ in range(self.came.qsize())]


async def opened(*cookies: str) -> list[Browser]:
    browsers = [Browser(cookie).open() for cookie in cookies]
    for browser in browsers:
        assert await browser.start() == 200
    return browsers


def changed(number: int) -> bytes:
    return f"id: {number}\nevent: changed\ndata:\n\n".encode()


@pytest.fixture
def hub(monkeypatch) -> Hub:
    monkeypatch.setattr(live, "hub", Hub())
    return live.hub


@pytest.fixture
def signed_in(hub, monkeypatch) -> dict[str, UUID]:
    """Who is signed in by which cookie, without asking a database."""
    people = {"ana": ANA, "ana-too": ANA, "bo": BO}

    async def person_of(key: str) -> UUID | None:
        return people.get(key)

    monkeypatch.setattr(live, "_person_of", person_of)
    return people


def test_only_the_person_woken_is_told_and_told_nothing_but_a_number(signed_in, hub):
    async def story():
        ana, ana_too, bo = await opened("ana", "ana-too", "bo")
        hub.wake(ANA)
        hub.wake(ANA)
        hub.wake(BO)
        told = [(await bo.next())["body"]]
        told += [(await one.next())["body"] for one in (ana, ana, ana_too, ana_too)]
        for one in (ana, ana_too, bo):
            await one.leave()
        return told, [one.came.qsize() for one in (ana, ana_too, bo)]

    told, after = asyncio.run(story())

    assert told == [changed(1), changed(1), changed(2), changed(1), changed(2)]
    assert after == [1, 1, 1]  # the end, and nothing else


def test_numbers_are_counted_per_person_also_while_nobody_listens(signed_in, hub):
    async def story():
        [ana] = await opened("ana")
        hub.wake(ANA)
        await ana.next()
        await ana.leave()
        for _ in range(3):
            hub.wake(ANA)
        again, bo = await opened("ana", "bo")
        hub.wake(ANA)
        hub.wake(BO)
        told = (await again.next())["body"], (await bo.next())["body"]
        await again.leave()
        await bo.leave()
        return told

    assert asyncio.run(story()) == (changed(5), changed(1))


def test_what_happens_to_ana_changes_no_byte_of_what_bo_gets(signed_in, hub):
    async def bos_bytes(anas_news: int):
        ana, bo = await opened("ana", "bo")
        for _ in range(anas_news):
            hub.wake(ANA)
        hub.wake(BO)
        first = await bo.next()
        await ana.leave()
        await bo.leave()
        return [first, *await bo.all_until_end()]

    quiet = asyncio.run(bos_bytes(0))
    hub._numbers.clear()

    assert asyncio.run(bos_bytes(5)) == quiet


def test_a_quiet_stream_is_kept_up_and_ends_with_its_session(signed_in, hub, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT", 0.005)

    async def story():
        [ana] = await opened("ana")
        still = [(await ana.next())["body"] for _ in range(2)]
        del signed_in["ana"]
        rest = await ana.all_until_end()
        return still, rest

    still, rest = asyncio.run(story())

    assert still == [b": still here\n\n"] * 2
    assert rest[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert {message["body"] for message in rest[:-1]} <= {b": still here\n\n"}
    assert not hub._waiting


@pytest.mark.parametrize("then", [None, BO], ids=["nobody", "somebody else"])
def test_once_the_session_ended_not_one_more_frame_comes(signed_in, hub, then):
    async def story():
        [ana] = await opened("ana")
        signed_in["ana"] = then
        hub.wake(ANA)
        return await ana.all_until_end()

    assert asyncio.run(story()) == [{"type": "http.response.body", "body": b"", "more_body": False}]


def test_a_person_holds_so_many_streams_and_no_more(signed_in, hub):
    async def story():
        held = await opened(*["ana"] * live.MOST)
        one_more = await Browser("ana").open().start()
        others = await Browser("bo").open().start()
        await held[0].leave()
        in_its_place = await Browser("ana").open().start()
        return one_more, others, in_its_place

    assert asyncio.run(story()) == (429, 200, 200)


def test_a_browser_that_left_leaves_nothing_behind(signed_in, hub):
    async def story():
        ana, bo = await opened("ana", "bo")
        assert set(hub._waiting) == {ANA, BO}
        await ana.leave()
        assert set(hub._waiting) == {BO}
        hub.wake(ANA)
        await bo.leave()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(story())
    assert not hub._waiting


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_browser_that_breaks_off_leaves_nothing_behind(signed_in, hub, after):
    async def story():
        ana = Browser("ana")
        keep = ana.send

        async def send(message):
            if ana.came.qsize() == after:
                raise ConnectionResetError
            await keep(message)

        ana.send = send
        ana.open()
        await asyncio.sleep(0)
        hub.wake(ANA)
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(ana.stream, WAIT)

    asyncio.run(story())
    assert not hub._waiting


def test_a_browser_that_does_not_read_holds_a_few_numbers_and_no_more(signed_in, hub):
    async def story():
        [ana] = await opened("ana")
        for _ in range(100):
            hub.wake(ANA)
        first = [(await ana.next())["body"] for _ in range(8)]
        hub.wake(ANA)
        last = (await ana.next())["body"]
        await ana.leave()
        return first, last

    first, last = asyncio.run(story())

    assert first == [changed(number) for number in range(1, 9)]
    assert last == changed(101)


def test_waking_from_many_threads_counts_every_time_and_in_order(hub, monkeypatch):
    told: list[int] = []
    monkeypatch.setattr(Hub, "_deliver", lambda self, person, number: told.append(number))

    class Slow(dict):
        """Lets other threads in between reading a number and writing the next."""

        def __getitem__(self, person):
            number = super().__getitem__(person)
            time.sleep(0)
            return number

    hub._numbers = Slow({ANA: 0})

    async def story():
        hub.join(ANA, Seen())
        works = [lambda: [hub.wake(ANA) for _ in range(300)]] * 6
        await asyncio.gather(*(asyncio.to_thread(work) for work in works))

    asyncio.run(story())

    assert told == list(range(1, 1801))


def test_waking_when_nobody_ever_listened_or_all_is_over_does_no_harm(hub):
    hub.wake(ANA)

    async def story():
        hub.leave(ANA, hub.join(ANA, Seen()))

    asyncio.run(story())
    hub.wake(ANA)

    assert hub._numbers[ANA] == 2


async def first_told(**page: str) -> bytes | None:
    """The number a page that begins to listen gets at once, before anything new happens."""
    browser = Browser("ana", **page).open()
    assert await browser.start() == 200
    await asyncio.sleep(0)
    await browser.leave()
    first = browser.came.get_nowait()
    return first["body"] or None


def test_what_came_between_asking_for_a_page_and_listening_is_told_at_once(
    signed_in, hub, monkeypatch
):
    clock = 1000.0
    monkeypatch.setattr(live, "monotonic", lambda: clock)
    hub.wake(ANA)
    clock += 0.3

    told = {age: asyncio.run(first_told(age=age)) for age in ("400", "200", "", "-1", "9" * 40)}

    assert told == {"400": changed(1), "200": None, "": None, "-1": None, "9" * 40: None}


def test_a_browser_that_lost_the_stream_is_told_if_it_missed_anything(signed_in, hub):
    hub.wake(ANA)
    hub.wake(ANA)

    told = {last: asyncio.run(first_told(last=last)) for last in ("1", "2", "900", "no number")}

    assert told["1"] == told["900"] == changed(2)
    assert told["2"] is told["no number"] is None


def test_what_the_other_was_told_is_no_news(signed_in, hub):
    hub.wake(BO)

    assert asyncio.run(first_told(age="60000")) is None


# With real sessions, in a real database


@pytest.fixture
def people(transactional_db, hub):
    """Ana, signed in; her cookie, and her account."""
    person = get_user_model().objects.create_user("ana@example.org", "correct horse battery")
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value, person


def nobody(cookie: str, person) -> Browser:
    return Browser(headers=[])


def unknown(cookie: str, person) -> Browser:
    return Browser("a" * 32)


def nonsense(cookie: str, person) -> Browser:
    return Browser(headers=[(b"cookie", b"a/b=1; \xff; session"), (b"cookie", b"=;;")])


def anonymous(cookie: str, person) -> Browser:
    store = SessionStore()
    store["half"] = "done"
    store.save()
    return Browser(store.session_key)


def ended(cookie: str, person) -> Browser:
    Session.objects.update(expires=timezone.now() - timedelta(days=1))
    return Browser(cookie)


def signed_out(cookie: str, person) -> Browser:
    Session.objects.all().delete()
    return Browser(cookie)


def another_password(cookie: str, person) -> Browser:
    person.set_password("another horse battery")
    person.save()
    return Browser(cookie)


def closed_account(cookie: str, person) -> Browser:
    type(person).objects.update(is_active=False)
    return Browser(cookie)


def gone(cookie: str, person) -> Browser:
    person.delete()
    return Browser(cookie)


@pytest.mark.parametrize(
    "who",
    [
        nobody,
        unknown,
        nonsense,
        anonymous,
        ended,
        signed_out,
        another_password,
        closed_account,
        gone,
    ],
    ids=lambda one: one.__name__,
)
def test_signed_out_there_is_no_stream_and_the_bytes_are_always_the_same(people, who):
    browser = who(*people)

    async def story():
        return await browser.open().all_until_end()

    assert asyncio.run(story()) == [
        {"type": "http.response.start", "status": 404, "headers": live.HEADERS},
        {"type": "http.response.body", "body": b"", "more_body": False},
    ]


def test_signed_in_there_is_one(people):
    cookie, person = people

    async def story():
        strange = [(b"cookie", b"a/b=1; \xff"), *Browser(cookie).scope["headers"]]
        browser = Browser(headers=strange).open()
        assert await browser.start() == 200
        live.hub.wake(person.pk)
        told = (await browser.next())["body"]
        await browser.leave()
        return told

    assert asyncio.run(story()) == changed(1)


def test_an_open_stream_ends_when_its_person_signs_out_elsewhere(people, monkeypatch):
    cookie, _ = people
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)

    def sign_out() -> None:
        Session.objects.all().delete()
        connections.close_all()

    async def story():
        [browser] = await opened(cookie)
        await asyncio.to_thread(sign_out)
        return await browser.all_until_end()

    assert asyncio.run(story())[-1]["more_body"] is False


def test_no_connection_to_the_database_is_held_while_a_stream_waits(people, monkeypatch):
    cookie, _ = people
    open_in: set[int] = set()
    ever: set[int] = set()

    def noted(sender, **_):
        open_in.add(threading.get_ident())
        ever.add(threading.get_ident())

    def close(self):
        open_in.discard(threading.get_ident())
        really_close(self)

    wrapper = type(connections["default"])
    really_close = wrapper.close
    monkeypatch.setattr(wrapper, "close", close)
    connection_created.connect(noted)

    async def story():
        [browser] = await opened(cookie)
        seen = set(open_in)
        await browser.leave()
        return seen

    try:
        assert asyncio.run(story()) == set()
        assert ever
    finally:
        connection_created.disconnect(noted)


@pytest.fixture
def woken(hub, monkeypatch) -> list[UUID]:
    told: list[UUID] = []
    monkeypatch.setattr(hub, "wake", told.append)
    return told


def test_somebody_is_woken_after_the_commit_and_not_before(transactional_db, woken):
    with transaction.atomic():
        live.wake(BO)
        assert woken == []

    assert woken == [BO]


def test_nobody_is_woken_by_what_did_not_come_about(transactional_db, woken):
    with contextlib.suppress(InterruptedError), transaction.atomic():
        live.wake(BO)
        raise InterruptedError

    assert woken == []
