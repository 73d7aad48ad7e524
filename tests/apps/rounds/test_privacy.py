"""What the second one can learn of the first one's pick before they have picked: nothing."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from django.test import Client

from tests.apps.rounds.phone import START, Phone, first_picks, pick, second_picks

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
PICKS = [*permutations(range(6), 2), *((n, n) for n in range(6))]
GETS = ["", "cover/", "second/", "look/", "agreed/"]
EVERY_PAGE = [*GETS, "alone/", "alone/question/"]


def seen(phone: Phone, path: str) -> tuple[object, ...]:
    """All that reaches the browser: where it lands, the headers and the bytes of the page."""
    response = phone.browser.get(START + path)
    headers = sorted((name, value) for name, value in response.items())
    cookies = sorted((name, len(morsel.value)) for name, morsel in response.cookies.items())
    return response.status_code, headers, cookies, TOKEN.sub(b"", response.content)


@pytest.mark.parametrize("handed_over", [False, True])
def test_every_page_is_the_same_whatever_was_picked_first(acts, handed_over):
    shown = {path: set() for path in EVERY_PAGE}
    for wish, guess in PICKS:
        phone = Phone()
        first_picks(phone, wish, guess)
        if handed_over:
            phone.press("I have the phone. My turn")
        for path in EVERY_PAGE:
            shown[path].add(repr(seen(phone, path)))

    assert {path: len(pages) for path, pages in shown.items()} == dict.fromkeys(EVERY_PAGE, 1)


def test_the_same_test_sees_a_pick_that_is_there(acts):
    """A positive control: once both have picked, the pages do differ."""
    shown = set()
    for wish in (0, 1):
        phone = Phone()
        first_picks(phone, wish, 2)
        second_picks(phone)
        shown.add(repr(seen(phone, "look/")))

    assert len(shown) == 2


def test_no_act_at_all_is_on_the_cover(phone, acts):
    first_picks(phone)

    for act in acts.acts:
        for words in (act.id, act.mine, act.theirs, act.short):
            assert words not in phone.text


@pytest.mark.parametrize("handed_over", [False, True])
def test_neither_back_nor_a_reload_nor_an_address_leads_to_the_first_pick(phone, handed_over):
    first_picks(phone)
    expected = "/one-round/cover/"
    if handed_over:
        expected = phone.press("I have the phone. My turn")

    for path in (*GETS, *GETS):
        assert phone.go(START + path) == expected
    if handed_over:
        assert phone.checked == {}


def test_a_form_left_open_in_another_tab_changes_nothing_once_handed_over(phone):
    phone.go()
    left_open = phone.forms[0].fields | {"wish": phone.ids[4], "guess": phone.ids[4]}
    first_picks(phone)
    phone.press("I have the phone. My turn")

    answer = phone.browser.post("/one-round/", left_open)
    assert (answer.status_code, answer["Location"]) == (303, "/one-round/second/")
    phone.go("/one-round/second/")
    pick(phone, 2, 3, "Done. Look together")
    answer = phone.browser.post("/one-round/second/", left_open)
    assert (answer.status_code, answer["Location"]) == (303, "/one-round/look/")


def test_of_two_tabs_the_last_pick_counts_while_it_is_still_covered(phone, acts):
    phone.go()
    other_tab = phone.forms[0].fields | {"wish": phone.ids[4], "guess": phone.ids[5]}
    first_picks(phone)

    assert phone.browser.post("/one-round/", other_tab)["Location"] == "/one-round/cover/"
    phone.go("/one-round/cover/")
    second_picks(phone)
    assert acts.acts[4].mine in phone.text


def test_the_cookie_is_equally_long_whatever_is_in_it(acts):
    lengths = set()
    for wish, guess in PICKS:
        phone = Phone()
        phone.go()
        lengths.add(len(phone.cookie))
        pick(phone, wish, guess, "Done. Cover it up")
        lengths.add(len(phone.cookie))
        second_picks(phone, guess, wish)
        lengths.add(len(phone.cookie))
        phone.press("Leave it at talking")
        lengths.add(len(phone.cookie))

    assert len(lengths) == 1


def test_the_cookie_says_little_and_goes_nowhere_else(phone):
    first_picks(phone)
    morsel = phone.browser.cookies["round"]

    assert morsel["httponly"]
    assert (morsel["path"], morsel["samesite"], morsel["max-age"]) == (START, "Lax", 1800)
    assert not morsel["secure"]


def test_over_https_the_cookie_stays_there(phone, settings):
    settings.SESSION_COOKIE_SECURE = True
    phone.go()

    assert phone.browser.cookies["round"]["secure"]


def test_nothing_is_carried_but_the_round_and_the_form_token(opened):
    assert {name for name, morsel in opened.browser.cookies.items() if morsel.value} == {
        "round",
        "csrf",
    }


def test_another_phone_sees_another_round(opened, acts):
    assert Client().get("/one-round/look/")["Location"] == "/one-round/"
