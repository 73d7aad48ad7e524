"""Whoever reads somebody's letters can sign in as them, and for three days reads nothing they kept.

The last tests are one such person, by chance: every page, every form, in any order, for 72 hours.
The other of the two may be who it is, so what opens to their own account counts as read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from interwoven.apps.checkins.jobs import open_due_evenings
from interwoven.apps.checkins.models import CheckIn
from tests.apps.checkins.two import Two, answer, text
from tests.apps.couples.people import PASSWORD
from tests.apps.locking.locked import (
    BEHIND,
    FREE,
    LOCK,
    NEW_PASSWORD,
    WORD,
    give,
    how,
    keeps_a_week,
    reset_by_mail,
    set_lock,
    take_off,
)
from tests.privacy.addresses import every_address

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
EVERY = [one.path for one in every_address() if one.plain and not one.path.startswith("/exit/")]
THREE_DAYS = timedelta(hours=72)


@pytest.fixture
def kept(two) -> Two:
    """Ana keeps a week, and has a form half done with the same words in it."""
    keeps_a_week(two)
    two.ana.post("/check-in/", {"revision": "99", "step": WORD * 40})
    answer(two.bo, choice="open", step="A step of Bo's")
    two.at(timezone.now() + timedelta(days=1))
    return two


def address(two: Two) -> str:
    return two.people["Ana"].email


def pass_by(two: Two, **by: float) -> None:
    two.at(timezone.now() + timedelta(**by))
    open_due_evenings(timezone.now())


@pytest.mark.parametrize("path", sorted({*BEHIND} - {"/check-in/parts/"}))  # of a week gone by
def test_what_was_kept_is_closed_for_72_hours_and_the_page_says_until_which_day(kept, path):
    browser = reset_by_mail(address(kept))

    assert how(browser, path) == "shut"
    assert "closed until Sunday 5 April" in text(browser, path)
    pass_by(kept, hours=71, minutes=59)
    assert how(browser, path) == "shut"
    pass_by(kept, minutes=1)
    assert how(browser, path) == "open"


@pytest.mark.parametrize("path", FREE)
def test_signing_in_writing_and_leaving_are_open_at_once(kept, path):
    browser = reset_by_mail(address(kept))

    assert how(browser, path) == "open"
    assert WORD not in text(browser, path)


def test_what_is_written_meanwhile_is_kept_and_takes_nothing_away(kept):
    browser = reset_by_mail(address(kept))
    sent = {"blind": "1", "revision": "0", "emotional_felt": "1"}

    assert browser.post("/check-in/", sent)["Location"] == "/check-in/choose/"
    assert browser.post("/check-in/choose/", {"do": "keep"})["Location"] == "/today/"
    pass_by(kept, hours=72)
    assert WORD in text(browser, f"/weeks/{own_week(kept)}/")


def own_week(two: Two) -> object:
    return CheckIn.objects.get(author_id=two.people["Ana"].pk).pk


def test_a_lock_that_was_set_before_opens_it_at_once(kept):
    set_lock(kept.ana)
    browser = reset_by_mail(address(kept))
    assert how(browser) == "locked"

    give(browser)
    assert WORD in text(browser, "/weeks/now/")
    set_lock(browser, "another one", NEW_PASSWORD)
    take_off(browser, NEW_PASSWORD)
    pass_by(kept, minutes=6)
    assert how(browser) == "shut"


def test_no_lock_can_be_set_or_taken_off_to_get_around_it(kept):
    browser = reset_by_mail(address(kept))
    set_lock(browser, LOCK, NEW_PASSWORD)
    give(browser)
    assert how(browser) == "shut"
    take_off(browser, NEW_PASSWORD)

    assert how(browser) == "shut"


def test_the_address_stays_as_it_is_so_that_its_owner_can_come_back_by_it(kept):
    browser, before = reset_by_mail(address(kept)), address(kept)
    sent = {"email": "thief@example.org", "password": NEW_PASSWORD}
    browser.post("/me/address/", sent)
    assert "the address stays as it is" in text(browser, "/me/address/")
    assert before in text(browser, "/me/")
    pass_by(kept, hours=72)
    browser.post("/me/address/", sent)

    assert "thief@example.org" in text(browser, "/me/")


def test_a_password_changed_with_the_old_one_closes_nothing(kept):
    sent = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    assert kept.ana.post("/password/another/", sent)["Location"] == "/me/"

    assert how(kept.ana) == "open"


def test_one_changed_meanwhile_with_the_new_one_opens_nothing(kept):
    browser = reset_by_mail(address(kept))
    browser.post("/password/another/", {"oldpassword": NEW_PASSWORD, "password1": PASSWORD})

    assert how(browser) == "shut"


def test_a_second_letter_begins_the_72_hours_anew(kept):
    reset_by_mail(address(kept))
    pass_by(kept, hours=71)
    browser = reset_by_mail(address(kept), PASSWORD)
    pass_by(kept, hours=71)

    assert how(browser) == "shut"


def test_a_lock_that_was_forgotten_before_does_not_shorten_it(kept):
    set_lock(kept.ana)
    kept.ana.post("/me/unlock/forgotten/")
    pass_by(kept, hours=71)
    browser = reset_by_mail(address(kept))
    pass_by(kept, hours=71)

    assert how(browser) == "shut"


def test_a_letter_that_nobody_followed_closes_nothing(kept):
    Client().post("/password/forgotten/", {"email": address(kept)})

    assert how(kept.ana) == "open"


def test_where_a_new_password_is_set_it_is_said(kept):
    assert "closed for 72 hours" in text(Client(), "/password/new/done/")


def walks(two: Two, thief: Client, rng: Random) -> list[bytes]:
    return [thief.get(path, follow=True).content for path in EVERY]


def asks_for_own_weeks(two: Two, thief: Client, rng: Random) -> list[bytes]:
    return [thief.get(f"/weeks/{own_week(two)}/").content]


def sends_a_form(two: Two, thief: Client, rng: Random) -> list[bytes]:
    path, sent = rng.choice(FORMS)
    return [thief.post(path, sent, follow=True).content]


def comes_in_from_both_sides(two: Two, thief: Client, rng: Random) -> list[bytes]:
    for browser in (thief, two.bo):
        browser.post("/together/come-in/")
    return [two.bo.post("/together/open/", follow=True).content]


def waits(two: Two, thief: Client, rng: Random) -> list[bytes]:
    pass_by(two, hours=rng.randint(1, 12))
    return []


FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/check-in/", {"revision": "0", "step": "Not hers"}),
    ("/check-in/", {"revision": "99", "step": "x" * 501}),
    ("/check-in/", {"revision": "0", "emotional_felt": "3", "blind": "1"}),
    ("/check-in/keep/", {"blind": "1", "revision": "0"}),
    ("/check-in/as-kept/", {}),
    ("/check-in/choose/", {"do": "open"}),
    ("/check-in/parts/", {"part": "step"}),
    ("/me/take-along/", {"password": NEW_PASSWORD, "as": "json"}),
    ("/me/take-along/", {"password": NEW_PASSWORD, "as": "page"}),
    ("/me/lock/", {"do": "set", "lock": "0000", "password": NEW_PASSWORD}),
    ("/me/lock/", {"do": "take_off", "password": NEW_PASSWORD}),
    ("/me/unlock/", {"lock": "0000", "next": "/weeks/now/"}),
    ("/me/unlock/", {"lock": "", "next": "/weeks/now/"}),
    ("/me/unlock/forgotten/", {}),
    ("/me/keeping/", {"do": "take_back"}),
    ("/me/shared/end-others/", {}),
    ("/me/leave/", {}),
    ("/password/another/", {"oldpassword": NEW_PASSWORD, "password1": NEW_PASSWORD}),
)
Step = Callable[[Two, Client, Random], list[bytes]]
STEPS: tuple[Step, ...] = (
    walks, asks_for_own_weeks, sends_a_form, sends_a_form, sends_a_form, comes_in_from_both_sides,
    waits,
)  # fmt: skip


@pytest.mark.parametrize("has_a_lock", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_with_the_mailbox_alone_nobody_reads_a_kept_word_for_72_hours(kept, seed, has_a_lock):
    rng = Random(seed)
    if has_a_lock:
        set_lock(kept.ana)
    thief, began = reset_by_mail(address(kept)), timezone.now()
    for _ in range(14):
        read = rng.choice(STEPS)(kept, thief, rng)
        if timezone.now() - began >= THREE_DAYS:
            break
        assert not any(WORD.encode() in page for page in read)
    kept.at(max(timezone.now(), began + THREE_DAYS - timedelta(seconds=1)))
    if timezone.now() - began < THREE_DAYS:
        open_due_evenings(timezone.now())
        pages = [*walks(kept, thief, rng), *asks_for_own_weeks(kept, thief, rng)]
        assert not any(WORD.encode() in page for page in pages)
    assert WORD not in text(kept.bo, "/map/")


def test_the_same_walk_finds_it_where_nothing_is_closed(kept):
    """The positive control: Ana herself, and the thief 72 hours later."""
    rng = Random(0)
    assert any(WORD.encode() in page for page in walks(kept, kept.ana, rng))
    thief = reset_by_mail(address(kept))
    pass_by(kept, hours=72)

    assert WORD.encode() in asks_for_own_weeks(kept, thief, rng)[0]
