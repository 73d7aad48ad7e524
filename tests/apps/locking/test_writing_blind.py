"""Writing never asks for the lock: what is kept is not shown, and not lost either."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.checkins.two import FILLED, Two, answer, fetched, text
from tests.apps.locking.locked import WORD, give, keeps_a_week, set_lock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
CHECKED = re.compile(r'name="([a-z_]+)" value="([^"]+)"[^>]* checked')


@pytest.fixture
def locked(two) -> Two:
    keeps_a_week(two)
    set_lock(two.ana)
    two.at(timezone.now() + timedelta(minutes=6))
    return two


def hidden(browser: Client) -> dict[str, str]:
    form = text(browser, "/check-in/").split('data-autosave="')[1]
    return dict(HIDDEN.findall(form))


def marks(browser: Client) -> dict[str, str]:
    """What is picked on the form as it is shown now."""
    picked = dict(CHECKED.findall(text(browser, "/check-in/")))
    return {name: value for name, value in picked.items() if value != "skip"}


def test_the_form_is_empty_and_says_that_something_is_kept(locked):
    shown = text(locked.ana, "/check-in/")

    assert "Kept, and closed" in shown
    assert 'href="/me/unlock/?next=/check-in/"' in shown
    assert WORD not in shown
    assert marks(locked.ana) == {}


def test_unlocked_it_is_as_it_was_left(locked):
    give(locked.ana)
    shown = text(locked.ana, "/check-in/")

    assert "Kept, and closed" not in shown
    assert WORD in shown
    assert marks(locked.ana) == FILLED


def test_what_is_filled_in_blind_replaces_what_is_kept_there_and_nothing_else(locked):
    sent = locked.ana.post("/check-in/", hidden(locked.ana) | {"emotional_felt": "1"})
    assert sent["Location"] == "/check-in/choose/"
    give(locked.ana)

    assert marks(locked.ana) == FILLED | {"emotional_felt": "1"}
    assert WORD in text(locked.ana, "/check-in/")


def test_the_same_by_a_script_while_typing_and_skipping_takes_nothing_away(locked):
    fields = hidden(locked.ana) | dict.fromkeys(FILLED, "skip") | {"wish": "skip", "step": ""}
    assert fetched(locked.ana, "/check-in/keep/", fields).status_code == 204
    assert (
        fetched(locked.ana, "/check-in/keep/", fields | {"physical_felt": "2"}).status_code == 204
    )
    give(locked.ana)

    assert marks(locked.ana) == FILLED | {"physical_felt": "2"}
    assert WORD in text(locked.ana, "/check-in/")


def test_a_form_left_open_before_it_was_unlocked_takes_nothing_away_either(locked):
    left_open = hidden(locked.ana)
    give(locked.ana)
    locked.ana.post("/check-in/", left_open | {"step": "Another step"})

    assert marks(locked.ana) == FILLED
    assert "Another step" in text(locked.ana, "/check-in/")


def test_what_was_typed_blind_and_has_to_be_mended_is_shown_again(locked):
    wrong = hidden(locked.ana) | {"emotional_felt": "3", "step": "Zq-half" * 99}
    assert locked.ana.post("/check-in/", wrong)["Location"] == "/check-in/"
    shown = text(locked.ana, "/check-in/")

    assert "Zq-half" in shown
    assert marks(locked.ana) == {"emotional_felt": "3"}
    assert WORD not in shown


def test_what_was_typed_seeing_what_is_kept_is_shown_again_only_once_unlocked(locked):
    give(locked.ana)
    seeing = hidden(locked.ana) | FILLED | {"step": WORD + "x" * 600}
    locked.ana.post("/check-in/", seeing)
    locked.at(timezone.now() + timedelta(minutes=6))

    assert WORD not in text(locked.ana, "/check-in/")
    give(locked.ana)
    assert WORD + "x" * 600 in text(locked.ana, "/check-in/")


def test_an_old_window_sent_from_a_locked_browser_shows_nothing_of_what_is_kept(locked):
    old = {"revision": "0", "step": "Of another window", "submission_id": str(uuid4())}
    assert locked.ana.post("/check-in/", old)["Location"] == "/check-in/"

    assert WORD not in text(locked.ana, "/check-in/")
    give(locked.ana)
    assert "Kept in two windows" in text(locked.ana, "/check-in/")


def test_without_a_lock_nothing_is_written_blind(two):
    answer(two.ana)

    assert "blind" not in hidden(two.ana)
    assert marks(two.ana) == FILLED


def a_thing_to_look_back_on(two: Two) -> None:
    two.ana.post("/one-thing/", {"strand": "physical"})
    day = timezone.now().date().isoformat()
    act = {"what": "Soup", "whose": "both", "minutes": "30", "revision": "9", "day": day}
    two.ana.post("/one-thing/propose/", act)
    two.bo.post("/one-thing/agree/", {"revision": "9"})
    two.at(timezone.now() + timedelta(days=8))


LOOKED_BACK = {"outcome": "partly", "understood": "3", "accepted": "4", "cared_about": "5"}


def test_what_was_said_looking_back_is_shown_again_only_once_unlocked(two):
    a_thing_to_look_back_on(two)
    two.ana.post("/one-thing/look-back/", LOOKED_BACK | {"revision": "99"})
    set_lock(two.ana)
    assert dict(CHECKED.findall(text(two.ana, "/one-thing/"))) == LOOKED_BACK
    two.at(timezone.now() + timedelta(minutes=6))
    shown = text(two.ana, "/one-thing/")

    assert "What you say here replaces all of it" in shown
    assert not LOOKED_BACK.items() & dict(CHECKED.findall(shown)).items()
    two.ana.post("/one-thing/look-back/", LOOKED_BACK | {"revision": "99", "accepted": "9"})
    give(two.ana)
    assert dict(CHECKED.findall(text(two.ana, "/one-thing/"))) == LOOKED_BACK | {"accepted": "9"}
