"""The link: good once, for three days, and for nobody who only has half of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from interwoven.apps.couples import actions
from interwoven.apps.couples.actions import Answer
from interwoven.apps.couples.models import Invitation
from interwoven.apps.couples.seats import seat_of
from interwoven.core.people import Seat
from tests.apps.couples.browser import Browser, seen
from tests.apps.couples.people import invited, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def rows() -> list[dict[str, object]]:
    return list(Invitation.objects.order_by("pk").values())


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.parametrize("method", ["head", "get"])
def test_a_mail_program_that_follows_the_link_leaves_it_as_it_was(ana, bo, now, method):
    token, code = invited(ana, now)
    before = rows()
    for _ in range(3):
        answer = getattr(Client(), method)(f"/i/{token}/")
        assert (answer.status_code, answer["Location"]) == (303, "/invitation/")

    assert rows() == before
    assert actions.answer(by=seat_of(bo), token=token, code=code, now=now) is Answer.TAKEN


def test_the_secret_leaves_the_address_at_once_and_travels_closed(ana, now, settings):
    token, _ = invited(ana, now)
    answer = Client().get(f"/i/{token}/")
    morsel = answer.cookies["invitation"]

    assert answer["Location"] == "/invitation/"
    assert token not in morsel.value
    assert (morsel["path"], morsel["samesite"], morsel["max-age"]) == ("/", "Lax", 72 * 3600)
    assert morsel["httponly"]
    assert not morsel["secure"]

    settings.SESSION_COOKIE_SECURE = True
    assert Client().get(f"/i/{token}/").cookies["invitation"]["secure"]


def test_a_link_answers_once(ana, bo, cleo, now):
    token, code = invited(ana, now)

    assert actions.answer(by=seat_of(bo), token=token, code=code, now=now) is Answer.TAKEN
    assert actions.answer(by=seat_of(cleo), token=token, code=code, now=now) is Answer.GONE
    assert actions.answer(by=seat_of(bo), token=token, code=code, now=now) is Answer.GONE
    assert Invitation.objects.get().answered_by == bo


def test_a_link_is_good_for_three_days_and_not_a_second_more(ana, bo, now):
    token, code = invited(ana, now)
    late = now + timedelta(hours=72)

    assert actions.answer(by=seat_of(bo), token=token, code=code, now=late) is Answer.GONE
    in_time = late - timedelta(seconds=1)
    assert actions.answer(by=seat_of(bo), token=token, code=code, now=in_time) is Answer.TAKEN


def test_the_browser_forgets_the_link_when_it_is_over(ana, bo, now, clock):
    token, _ = invited(ana, now)
    bos = Browser(bo)
    assert bos.go(f"/i/{token}/") == "/invitation/"

    clock.shift(timedelta(hours=72, seconds=1))
    bos.go("/invitation/")
    assert "not open any more" in bos.text


def test_every_link_that_is_not_open_gets_the_same_page(ana, bo, cleo, now, clock):
    used, code = invited(ana, now)
    actions.answer(by=seat_of(bo), token=used, code=code, now=now)
    taken_back, _ = invited(cleo, now)
    actions.take_back(by=seat_of(cleo), now=now)
    expired, _ = invited(make_person("Dee"), now - timedelta(hours=72))

    pages = {
        token: seen(Client(), f"/i/{token}/")
        for token in (used, taken_back, expired, "mistyped", "é" * 300, used[:-1])
    }
    pages["no cookie"] = seen(Client(), "/invitation/")

    assert len(set(map(repr, pages.values()))) == 1
    status, _, cookies, body = pages["no cookie"]
    assert (status, cookies) == (200, [])
    assert b"This invitation is not open any more" in body


@pytest.mark.parametrize("cookie", ["", "x", "ü", "a" * 4000])
def test_a_cookie_that_is_not_ours_opens_nothing(cookie):
    browser = Client()
    browser.cookies["invitation"] = cookie

    assert "not open any more" in browser.get("/invitation/").content.decode()


def test_wrong_digits_are_said_beside_the_field_and_not_how_many_are_left(ana, bo, now):
    token, code = invited(ana, now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    pages = set()
    for _ in range(4):
        bos.send("/invitation/answer/", code=wrong(code))
        pages.add(repr(seen(bos.client, "/invitation/answer/")))

    assert len(pages) == 1
    assert "Those aren’t the six digits. Ask for them again." in bos.text
    assert 'aria-invalid="true"' in bos.text


def test_five_wrong_guesses_end_a_link_even_for_the_right_digits(ana, bo, now):
    token, code = invited(ana, now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    for _ in range(5):
        bos.send("/invitation/answer/", code=wrong(code))

    assert "not open any more" in bos.text
    assert actions.answer(by=seat_of(bo), token=token, code=code, now=now) is Answer.GONE


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 90])
def test_what_is_not_six_digits_is_no_guess(ana, bo, now, typed):
    token, _ = invited(ana, now)
    before = rows()
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    bos.send("/invitation/answer/", code=typed)

    assert "six digits" in bos.text
    assert 'aria-invalid="true"' in bos.text
    assert rows() == before


def test_the_code_of_one_link_is_not_that_of_another(ana, bo, cleo, now, monkeypatch):
    codes = iter(["111111", "222222"])
    monkeypatch.setattr(actions.tokens, "new_code", lambda: next(codes))
    anas, _ = invited(ana, now)
    _, cleos = invited(cleo, now)

    assert actions.answer(by=seat_of(bo), token=anas, code=cleos, now=now) is Answer.WRONG_CODE


def test_nobody_answers_their_own_link(ana, now):
    token, code = invited(ana, now)
    anas = Browser(ana)
    anas.go(f"/i/{token}/")
    anas.go("/invitation/answer/")

    assert "This is your own invitation" in anas.text
    assert actions.answer(by=seat_of(ana), token=token, code=code, now=now) is Answer.OWN
    assert Invitation.objects.get().answered_by is None


def test_answering_asks_who_you_are_first(ana, now):
    token, _ = invited(ana, now)
    visitor = Browser()
    visitor.go(f"/i/{token}/")

    assert 'href="/sign-up/?next=/invitation/answer/"' in visitor.text
    assert 'href="/sign-in/?next=/invitation/answer/"' in visitor.text
    assert visitor.client.get("/invitation/answer/")["Location"].startswith("/sign-in/")


def test_who_keeps_this_copy_is_said_before_anything_is_asked(ana, now, settings):
    settings.KEEPER, settings.KEEPER_NAME = "practice", "The Quay Practice"
    token, _ = invited(ana, now)
    visitor = Browser()
    visitor.go(f"/i/{token}/")

    keeper = visitor.text.index("The Quay Practice")
    assert keeper < visitor.text.index("Look first")
    assert keeper < visitor.text.index("<form")
    assert keeper < visitor.text.index("You can leave a couple here at any time")


def test_a_name_is_words_and_never_markup(bo, now):
    token, _ = invited(make_person("<b>Mo</b> & co"), now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")

    assert "<b>Mo</b>" not in bos.text
    assert "&lt;b&gt;Mo&lt;/b&gt; &amp; co" in bos.text


def test_a_seat_of_nobody_answers_nothing(now):
    stranger = make_person("Stranger")

    assert (
        actions.answer(by=Seat(stranger.pk), token="no such link", code="123456", now=now)
        is Answer.GONE
    )
