"""A private lock: what it closes, what it never does, how it is given, how it opens again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from interwoven.apps.accounts.models import Person, PrivateLock
from interwoven.apps.checkins.models import CheckIn
from interwoven.infra.models import AuditEntry, FormDraft
from tests.apps.checkins.two import Two, answer, text
from tests.apps.couples.people import PASSWORD, client_of, make_person
from tests.apps.locking.locked import BEHIND, FREE, LOCK, WORD, give, how, keeps_a_week, set_lock
from tests.apps.locking.locked import take_off as takes_off

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def locked(two) -> Two:
    """Ana has kept a week and set a lock. She comes back later, in the same browser."""
    keeps_a_week(two)
    assert set_lock(two.ana)["Location"] == "/me/lock/"
    later(two, minutes=6)
    return two


def later(two: Two, **by: float) -> None:
    two.at(timezone.now() + timedelta(**by))


@pytest.mark.parametrize("path", BEHIND)
def test_what_shows_again_what_was_kept_is_behind_it(locked, path):
    assert how(locked.ana, path) == "locked"
    assert WORD not in text(locked.ana, path)
    give(locked.ana)
    assert how(locked.ana, path) == "open"


def test_an_own_week_is_behind_it_whichever_week_is_asked_for(locked):
    [own] = CheckIn.objects.values_list("pk", flat=True)

    assert how(locked.ana, f"/weeks/{own}/") == "locked"
    give(locked.ana)
    assert WORD in text(locked.ana, f"/weeks/{own}/")


@pytest.mark.parametrize("path", FREE)
def test_writing_leaving_and_what_is_shared_are_not_behind_it(locked, path):
    assert how(locked.ana, path) == "open"
    assert WORD not in text(locked.ana, path)


def test_every_page_behind_it_is_known_to_these_tests():
    def views(found):
        for one in found.url_patterns:
            yield from views(one) if hasattr(one, "url_patterns") else [one]

    closed = {
        one.lookup_str.rsplit(".", 1)[1]
        for one in views(get_resolver())
        if getattr(one.callback, "behind_the_lock", False)
    }
    assert closed == {
        "weeks", "own_now", "own_week", "parts", "shared", "end_session", "end_other_sessions",
        "take_along", "lock", "overview", "codes", "recovery", "passkey", "remove_passkey",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/me/shared/end-others/", {}),
        ("/me/shared/end/", {"which": "x"}),
        ("/me/take-along/", {"password": PASSWORD, "as": "json"}),
        ("/me/lock/", {"do": "take_off", "password": PASSWORD}),
        ("/check-in/parts/", {"part": "step"}),
    ],
)
def test_a_form_behind_it_is_not_carried_out(locked, path, sent):
    other = client_of(locked.people["Ana"])
    before = AuditEntry.objects.count()

    response = locked.ana.post(path, sent)

    assert (response.status_code, response["Location"]) == (303, "/me/unlock/")
    assert AuditEntry.objects.count() == before
    assert other.get("/today/").status_code == 200


def test_opening_asks_for_it_and_keeping_does_not(locked):
    opening = locked.ana.post("/check-in/choose/", {"do": "open"})

    assert opening["Location"] == "/me/unlock/?next=%2Fcheck-in%2Fchoose%2F"
    assert "So far you keep all of it" in text(locked.ana, "/check-in/choose/")
    assert give(locked.ana, onward="/check-in/choose/")["Location"] == "/check-in/choose/"
    assert locked.ana.post("/check-in/choose/", {"do": "open"})["Location"] == "/today/"
    later(locked, minutes=6)
    assert "So far you open" in text(locked.ana, "/check-in/choose/")
    assert locked.ana.post("/check-in/choose/", {"do": "keep"})["Location"] == "/today/"
    assert "So far you keep all of it" in text(locked.ana, "/check-in/choose/")


def test_leaving_and_erasing_never_ask_for_it(locked):
    assert locked.ana.post("/me/leave/")["Location"] == "/me/left/"
    assert locked.ana.post("/me/erase/", {"password": PASSWORD})["Location"] == "/"
    assert not PrivateLock.objects.filter(person=locked.people["Ana"]).exists()


def test_one_person_alone_finds_their_map_behind_it_and_goes_on_writing(two):
    two.the_month_begins()
    person = make_person("Cleo")
    cleo = client_of(person)
    set_lock(cleo)
    later(two, minutes=6)

    assert cleo.post("/check-in/", {"emotional_felt": "7"})["Location"] == "/today/"
    assert how(cleo, "/map/") == "locked"
    give(cleo)
    assert how(cleo, "/map/") == "open"
    assert cleo.post("/check-in/", {"emotional_felt": "7"})["Location"] == "/weeks/now/"


def test_it_stays_open_while_such_pages_are_used_and_five_minutes_after(locked):
    give(locked.ana)
    for _ in range(4):
        later(locked, minutes=4)
        assert how(locked.ana) == "open"
    later(locked, minutes=5, seconds=1)

    assert how(locked.ana) == "locked"


def test_it_is_open_in_one_browser_only_and_ends_with_the_session(locked):
    give(locked.ana)

    assert how(client_of(locked.people["Ana"])) == "locked"
    locked.ana.post("/sign-out/")
    locked.ana.force_login(locked.people["Ana"])
    assert how(locked.ana) == "locked"


def test_a_wrong_one_is_said_beside_the_field_and_leads_back_there(locked):
    response = give(locked.ana, "0000", onward="/me/shared/")

    assert response["Location"] == "/me/unlock/?next=%2Fme%2Fshared%2F"
    shown = text(locked.ana, response["Location"])
    assert "That doesn’t open it" in shown
    assert 'name="next" value="/me/shared/"' in shown


def test_five_wrong_tries_are_followed_by_a_quarter_of_an_hour_without_any_and_never_more(locked):
    for n in range(5):
        give(locked.ana, f"000{n}")
        later(locked, seconds=10)
    assert (give(locked.ana), how(locked.ana))[1] == "locked"
    elsewhere = client_of(locked.people["Ana"])
    for _ in range(14):  # trying on meanwhile makes it no longer
        later(locked, minutes=1)
        give(elsewhere)
        assert how(elsewhere) == "locked"
    later(locked, seconds=50)

    give(elsewhere)
    assert how(elsewhere) == "open"


def test_tries_begin_anew_once_it_was_given(locked):
    for _ in range(3):
        for n in range(4):
            give(locked.ana, f"000{n}")
        assert give(locked.ana)["Location"] == "/weeks/now/"


def test_tries_of_one_person_are_nothing_to_another(locked):
    set_lock(locked.bo)
    for n in range(9):
        give(locked.ana, f"000{n}")
    later(locked, minutes=6)

    give(locked.bo)
    assert how(locked.bo) == "open"


def test_forgotten_it_opens_by_itself_72_hours_later(locked):
    assert locked.ana.post("/me/unlock/forgotten/")["Location"] == "/me/unlock/"
    assert "opens by itself on Saturday 4 April" in text(locked.ana, "/me/unlock/")
    later(locked, hours=71)
    locked.ana.post("/me/unlock/forgotten/")
    assert how(locked.ana) == "locked"
    later(locked, hours=1)

    assert how(locked.ana) == "open"
    assert "Your lock is on" not in text(locked.ana, "/me/lock/")


def test_giving_it_takes_back_that_it_was_forgotten(locked):
    locked.ana.post("/me/unlock/forgotten/")
    later(locked, hours=70)
    give(locked.ana)
    later(locked, hours=70)

    assert how(locked.ana) == "locked"
    assert "I have forgotten it" in text(locked.ana, "/me/unlock/")


def test_nothing_is_there_to_be_forgotten_without_a_lock(two):
    two.ana.post("/me/unlock/forgotten/")

    assert two.ana.get("/me/unlock/")["Location"] == "/me/"
    assert how(two.ana) == "open"


def test_setting_it_needs_the_password(two):
    assert set_lock(two.ana, password="not this one").status_code == 303
    shown = text(two.ana, "/me/lock/")

    assert "That is not your password" in shown
    assert "Your lock is on" not in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Use 4 characters or more."),
        ("  12  ", "Use 4 characters or more."),
        ("x" * 257, "Up to 256 characters fit."),
        ("12\x0034", "Some of these"),
        (PASSWORD, "Whoever knows it would know both"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field(two, typed, said):
    set_lock(two.ana, typed)
    shown = text(two.ana, "/me/lock/")

    assert said in shown
    assert "Your lock is on" not in shown
    assert typed not in shown or not typed.strip()


def test_changing_it_and_taking_it_off_need_it_and_the_password(locked):
    takes_off(locked.ana)
    assert how(locked.ana) == "locked"
    give(locked.ana)
    takes_off(locked.ana, "not this one")
    assert "That is not your password" in text(locked.ana, "/me/lock/")
    set_lock(locked.ana, "another one")
    later(locked, minutes=6)
    give(locked.ana)
    assert how(locked.ana) == "locked"
    give(locked.ana, "another one")
    takes_off(locked.ana)
    later(locked, minutes=6)

    assert how(locked.ana) == "open"


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "", "x" * 400])
def test_it_leads_on_to_a_path_of_this_copy_alone(locked, onward):
    assert give(locked.ana, onward=onward)["Location"] == "/me/"


def test_it_is_kept_as_a_hash_in_a_sealed_row_that_everybody_has(locked):
    rows = {row.person_id: bytes(row.sealed) for row in PrivateLock.objects.all()}

    assert rows.keys() == set(Person.objects.values_list("pk", flat=True))
    assert not any(LOCK.encode() in sealed or b"md5" in sealed for sealed in rows.values())
    assert not FormDraft.objects.filter(form__in=["lock", "unlock"]).exists()


def test_the_hash_is_one_by_argon2(two, settings):
    from interwoven.apps.accounts.queries import private_lock
    from interwoven.config import settings as product

    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    two.people["Ana"].set_password(PASSWORD)
    two.people["Ana"].save()
    two.ana.force_login(two.people["Ana"])
    set_lock(two.ana)

    assert private_lock(seat=two.seat("Ana")).secret.startswith("argon2$argon2id$")


def test_a_page_view_notes_its_use_at_most_once_a_minute(locked):
    give(locked.ana)
    cache.clear()
    quick = queries_of(locked.ana)
    later(locked, minutes=2)

    assert any("UPDATE" in sql and "session" in sql for sql in queries_of(locked.ana))
    assert not any("UPDATE" in sql for sql in quick)


def queries_of(browser: Client) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        browser.get("/weeks/now/")
    return [query["sql"] for query in asked.captured_queries]


def test_the_partner_gets_the_same_pages_whatever_lock_there_is(two):
    from tests.apps.couples.browser import seen

    answer(two.ana)
    answer(two.bo)
    paths = (*FREE, *BEHIND)
    before = [seen(two.bo, path) for path in paths]
    set_lock(two.ana)
    two.ana.post("/me/unlock/forgotten/")
    give(two.ana, "0000")

    assert [seen(two.bo, path) for path in paths] == before


def test_the_page_about_oneself_leads_there(two):
    assert 'href="/me/lock/"' in text(two.ana, "/me/")
