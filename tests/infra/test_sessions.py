"""Sessions: hashed, sealed, fourteen days without use, ninety days at most, noted by the day.

Whoever is signed in can see and end their own others; the table alone does not tell whose any is.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, get_user_model, login
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from interwoven.infra.cleaning import end_sessions
from interwoven.infra.models import Session
from interwoven.infra.sessions import SessionStore, end_other, end_others, of_the_same

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
        "owner",
        "content",
        "used_on",
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
    assert _row(cookie).used_on == date(2027, 3, 3)


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


def signed_in(person) -> SessionStore:
    """A new browser in which this person has signed in."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, person, backend=BACKEND)
    request.session.save()
    return SessionStore(request.session.session_key)


@pytest.fixture
def ana(clock):
    return get_user_model().objects.create_user("ana@example.org", "correct horse battery")


def test_somebody_sees_their_own_sessions_by_the_day_and_no_others(ana, clock):
    bo = get_user_model().objects.create_user("bo@example.org", "correct horse battery")
    first = signed_in(ana)
    clock.shift(3 * DAY)
    second = signed_in(ana)
    signed_in(bo)
    SessionStore().save()

    seen = of_the_same(second, now=MONDAY + 3 * DAY)

    assert [(one.used_on, one.here) for one in seen] == [
        (date(2027, 3, 4), True),
        (date(2027, 3, 1), False),
    ]
    assert [one.here for one in of_the_same(first, now=MONDAY + 3 * DAY)] == [True, False]


def test_nobody_signed_in_has_no_sessions_to_see_or_end(clock):
    begun()
    store = SessionStore(begun())

    assert of_the_same(store, now=MONDAY) == ()
    end_others(store)
    assert Session.objects.count() == 2


def test_the_day_of_last_use_is_right_up_to_the_ninetieth_day(ana, clock):
    store = signed_in(ana)
    for _ in range(88):
        clock.shift(DAY)
        SessionStore(store.session_key).load()

    [seen] = of_the_same(SessionStore(store.session_key), now=MONDAY + 88 * DAY)
    assert seen.used_on == (MONDAY + 88 * DAY).date()


def test_ending_another_session_ends_that_one_and_leaves_the_rest(ana, clock):
    here, there, third = signed_in(ana), signed_in(ana), signed_in(ana)

    end_other(here, _row(there.session_key).pk)

    assert content(there.session_key) == {}
    assert content(here.session_key)
    assert content(third.session_key)


def test_nobody_ends_this_session_or_somebody_elses_by_its_name(ana, clock):
    bo = get_user_model().objects.create_user("bo@example.org", "correct horse battery")
    here, bos = signed_in(ana), signed_in(bo)

    for named in (_row(here.session_key).pk, _row(bos.session_key).pk, "", "nothing"):
        end_other(here, named)

    assert content(here.session_key)
    assert content(bos.session_key)


def test_ending_all_others_leaves_this_one_and_everybody_elses(ana, clock):
    bo = get_user_model().objects.create_user("bo@example.org", "correct horse battery")
    here, bos = signed_in(ana), signed_in(bo)
    others = [signed_in(ana) for _ in range(3)]

    end_others(here)

    assert [content(one.session_key) for one in others] == [{}, {}, {}]
    assert content(here.session_key)
    assert content(bos.session_key)


def test_a_session_that_a_new_password_ended_is_not_shown_as_one(ana, clock):
    signed_in(ana)
    ana.set_password("another horse battery")
    ana.save()
    here = signed_in(ana)

    assert [one.here for one in of_the_same(here, now=MONDAY)] == [True]
