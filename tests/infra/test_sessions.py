"""Sessions: hashed, sealed, fourteen days without use, ninety days at most, noted by the day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, get_user_model, login
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from interwoven.infra.cleaning import end_sessions
from interwoven.infra.models import Session
from interwoven.infra.sessions import SessionStore

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 3, 1, 20, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelling:
        yield travelling


def begun(**content) -> str:
    """The cookie of a new session that holds this."""
    store = SessionStore()
    store.update({"who": "Ana", **content})
    store.save()
    return store.session_key


def content(cookie: str) -> dict:
    return dict(SessionStore(cookie).load())


def alive(cookie: str) -> bool:
    return content(cookie).get("who") == "Ana"


def dump() -> str:
    return json.dumps(list(Session.objects.values()), default=str)


def test_a_session_is_found_again_by_its_cookie_alone():
    cookie = begun()

    assert alive(cookie)
    assert content(cookie[:-1] + "_") == {}
    assert content("") == {}


def test_the_table_gives_no_cookie_no_content_and_nobody():
    cookie = begun(**{SESSION_KEY: "6f1c0f3e-0000-4000-8000-000000000001"})
    found = dump()

    for secret in (cookie, "Ana", "6f1c0f3e"):
        assert secret not in found
    assert {field.name for field in Session._meta.get_fields()} == {
        "key_hash",
        "content",
        "expires",
    }


def test_what_the_table_holds_does_not_serve_as_a_cookie():
    begun()

    assert content(Session.objects.get().key_hash) == {}


def test_content_moved_to_another_session_does_not_open():
    cookie, other = begun(), begun(who="Bo")
    rows = {row.content for row in Session.objects.all()}
    assert len(rows) == 2
    bos = Session.objects.exclude(pk=_row(cookie).pk).get()
    Session.objects.filter(pk=_row(cookie).pk).update(content=bos.content)

    assert content(cookie) == {}
    assert content(other)["who"] == "Bo"


def _row(cookie: str) -> Session:
    from interwoven.infra.sessions import hashed

    return Session.objects.get(pk=hashed(cookie))


def test_content_that_was_altered_does_not_open():
    cookie = begun()
    Session.objects.update(content="A" + Session.objects.get().content[1:-2] + "AA")

    assert content(cookie) == {}


def test_fourteen_days_without_use_end_a_session(clock):
    used, unused = begun(), begun()

    clock.shift(13 * DAY)
    assert alive(used)
    clock.shift(DAY)

    assert alive(used)
    assert not alive(unused)


def test_ninety_days_end_a_session_however_often_it_is_used(clock):
    cookie = begun()

    for _ in range(89):
        clock.shift(DAY)
        assert alive(cookie)
    clock.shift(DAY)
    assert not alive(cookie)


def test_writing_into_a_session_does_not_make_it_last_longer(clock):
    cookie = begun()

    for _ in range(89):
        clock.shift(DAY)
        store = SessionStore(cookie)
        store["visits"] = store.get("visits", 0) + 1
        store.save()
    clock.shift(DAY)

    assert not alive(cookie)


def writes(cookie: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert alive(cookie)
    return sum(not query["sql"].startswith("SELECT") for query in queries)


@pytest.mark.parametrize("day", [1, 13, 75, 77, 80, 88])
def test_use_is_noted_at_most_once_a_day(clock, day):
    cookie = begun()
    for _ in range(day):
        clock.shift(DAY)
        alive(cookie)
    clock.move_to((MONDAY + (day + 1) * DAY).replace(hour=0))

    noted = []
    for _ in range(24):
        noted.append(writes(cookie))
        clock.shift(HOUR)

    assert sum(noted[:1]) <= 1
    assert sum(noted[1:]) == 0


def test_the_table_tells_days_and_no_hours(clock):
    cookie = begun()
    clock.shift(2 * DAY + HOUR)
    alive(cookie)

    assert _row(cookie).expires == datetime(2027, 3, 17, tzinfo=UTC)


def test_two_visits_on_one_day_leave_the_same_row_as_one(clock):
    cookie = begun()
    clock.shift(DAY)
    alive(cookie)
    once = dump()
    clock.shift(HOUR)
    alive(cookie)

    assert dump() == once


def test_signing_in_gives_a_new_cookie_and_ends_the_old_one():
    person = get_user_model().objects.create_user("ana@example.org", "correct horse battery")
    request = RequestFactory().get("/")
    request.session = SessionStore(begun(round="half done"))
    before = request.session.session_key

    login(request, person, backend=BACKEND)
    request.session.save()

    after = request.session.session_key
    assert after != before
    assert content(before) == {}
    assert content(after)["round"] == "half done"
    assert Session.objects.count() == 1


def test_signing_in_as_somebody_else_keeps_nothing_of_the_first():
    people = get_user_model().objects
    ana, bo = (people.create_user(f"{name}@example.org", "x" * 20) for name in ("ana", "bo"))
    request = RequestFactory().get("/")
    request.session = SessionStore(begun())
    login(request, ana, backend=BACKEND)
    login(request, bo, backend=BACKEND)
    request.session.save()

    found = content(request.session.session_key)
    assert "who" not in found
    assert found[SESSION_KEY] == str(bo.pk)


def test_a_changed_password_ends_sessions_elsewhere():
    person = get_user_model().objects.create_user("ana@example.org", "correct horse battery")
    request = RequestFactory().get("/")
    request.session = SessionStore(begun())
    login(request, person, backend=BACKEND)
    request.session.save()
    elsewhere = RequestFactory().get("/")
    elsewhere.session = SessionStore(request.session.session_key)
    assert get_user(elsewhere) == person

    person.set_password("another horse battery")
    person.save()

    elsewhere.session = SessionStore(request.session.session_key)
    assert not get_user(elsewhere).is_authenticated


def test_signing_out_leaves_no_row():
    store = SessionStore(begun())
    store.flush()

    assert not Session.objects.exists()


def test_a_session_that_was_ended_meanwhile_does_not_come_back():
    from django.contrib.sessions.backends.base import UpdateError

    cookie = begun()
    late = SessionStore(cookie)
    late["late"] = True
    SessionStore(cookie).delete()

    with pytest.raises(UpdateError):
        late.save()
    assert content(cookie) == {}


@pytest.mark.parametrize("clear", [end_sessions, lambda now: SessionStore.clear_expired()])
def test_ended_sessions_are_cleared_and_others_stay(clock, clear):
    old = begun()
    clock.shift(7 * DAY)
    young = begun()
    clock.shift(7 * DAY)
    clear(MONDAY + 14 * DAY)

    assert not alive(old)
    assert alive(young)
    assert Session.objects.count() == 1


def test_no_two_sessions_share_a_cookie_even_if_dice_repeat(monkeypatch):
    first = begun()
    keys = iter([first, "b" * 32])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda _: next(keys))

    assert begun(who="Bo") == "b" * 32
    assert alive(first)
