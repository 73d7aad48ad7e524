"""Whatever is sent, the answer is a page and never a fault."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from interwoven.apps.rounds import cookie
from interwoven.core.rounds import Round
from interwoven.infra.crypto.tokens import seal_cookie
from tests.apps.rounds.phone import START, Phone, first_picks

PATHS = ["", "cover/", "second/", "look/", "reply/", "agreed/", "alone/", "alone/question/"]
PATHS += ["other/", "again/", "let-go/"]
POST_ONLY = {"reply/", "other/", "again/", "let-go/"}
GET_ONLY = {"agreed/", "alone/question/"}
NAUGHTY = [
    "no-such-act", "", " ", "7", "-1", "null", "\x00", "\ud800", "\u202eklaw", "a" * 20_000,
    "<script>", "' OR 1=1 --", "../../etc/passwd", "😀", "٣", "²", "1e9",
]  # fmt: skip


@pytest.fixture
def lenient() -> Client:
    """A browser without a token, for what could only be sent by hand."""
    return Client()


def send(browser: Client, path: str, **sent: str) -> HttpResponse:
    """Send a form, with letters in it that no browser would send."""
    body = urlencode(sent, errors="surrogatepass")
    return browser.post(START + path, body, content_type="application/x-www-form-urlencoded")


def carry(browser: Client, value: str) -> Client:
    browser.cookies["round"] = value
    browser.cookies["round"]["path"] = START
    return browser


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options", "trace"])
def test_only_get_and_post(lenient, path, method):
    assert getattr(lenient, method)(START + path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_a_page_to_read_is_not_written_to_and_the_other_way_round(lenient, path):
    assert (lenient.get(START + path).status_code == 405) == (path in POST_ONLY)
    assert (lenient.post(START + path).status_code == 405) == (path in GET_ONLY)


@pytest.mark.parametrize("path", sorted(set(PATHS) - GET_ONLY))
def test_every_post_is_answered_with_a_redirect(lenient, path):
    assert lenient.post(START + path, {"wish": "x", "for": "x"}).status_code == 303


def test_a_form_without_its_token_is_refused(phone):
    phone.go()

    assert phone.browser.post(START, {"wish": "x"}).status_code == 403


@pytest.mark.parametrize("value", NAUGHTY)
def test_an_act_that_is_not_one_of_them_counts_as_left_out(lenient, acts, value):
    lenient.get(START)

    answer = send(lenient, "", wish=value, guess=value)

    assert (answer.status_code, answer["Location"]) == (303, START)
    assert "Two picks are still missing" in lenient.get(START).content.decode()


@pytest.mark.parametrize("value", NAUGHTY)
def test_a_plan_or_a_reply_of_another_kind_changes_nothing(opened, value):
    browser, before = Client(), opened.cookie
    carry(browser, before)

    answer = send(browser, "reply/", by=value, reply=value)
    assert (answer.status_code, answer["Location"]) == (303, "/one-round/look/")
    assert "round" not in answer.cookies
    answer = send(browser, "look/", act=value, whose=value, day=value, do=value)
    assert (answer.status_code, answer["Location"]) == (303, "/one-round/look/")
    assert "Pick a day." in browser.get(START + "look/").content.decode()


def test_too_much_and_files_are_refused(lenient):
    lenient.get(START)

    assert lenient.post(START, {"wish": "x" * 200_000}).status_code == 413


def test_unknown_fields_are_not_read(phone):
    phone.go()
    phone.tick(wish=phone.ids[0], guess=phone.ids[1], second="x", handed_over="1")

    assert phone.press("Done. Cover it up") == "/one-round/cover/"


def altered(sealed: str) -> list[str]:
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    return [
        "", "x", "é", "=" * 40, sealed[:-8], sealed[:middle] + other + sealed[middle + 1 :],
        sealed[1:], sealed * 2, "A" * len(sealed), "\\ud800",
    ]  # fmt: skip


def test_an_altered_cookie_is_no_cookie(opened):
    for value in altered(opened.cookie):
        browser = carry(Client(), value)
        for path in ("cover/", "second/", "look/", "agreed/"):
            assert browser.get(START + path)["Location"] == START, value
        assert browser.get(START).status_code == 200
        assert browser.get(START + "alone/").status_code == 200


OUTLIVED = [
    ["no-such-set@1", "-" * 13],
    ["{ref}", "2"],
    ["{ref}", "29999--------"],
    ["{ref}", "2abcd--------"],
    [],
    {},
    None,
    "2",
    [["{ref}"], 3],
]


@pytest.mark.parametrize("value", OUTLIVED)
def test_a_cookie_from_another_version_is_no_cookie(acts, value):
    if isinstance(value, list) and value[:1] == ["{ref}"]:
        value = [acts.ref, value[1]]
    later = timezone.now() + timedelta(minutes=5)
    browser = carry(Client(), seal_cookie(cookie.NAME, value, until=later))

    assert browser.get(START + "look/")["Location"] == START
    assert browser.get(START).status_code == 200


def test_half_an_hour_later_nothing_is_left(opened, monkeypatch):
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("interwoven.apps.rounds.views.timezone.now", lambda: later)

    assert opened.go("/one-round/look/") == START
    assert opened.checked == {}


def test_a_cookie_sealed_for_something_else_does_not_fit(acts):
    later = timezone.now() + timedelta(minutes=5)
    foreign = seal_cookie("invitation", [acts.ref, "2" + "-" * 12], until=later)

    assert carry(Client(), foreign).get(START + "cover/")["Location"] == START


def test_sending_to_a_round_that_is_gone_begins_another(lenient):
    for path in ("", "cover/", "second/", "look/", "reply/"):
        assert lenient.post(START + path, {"wish": "x"})["Location"] == START
    assert lenient.post(START + "alone/", {})["Location"] == START + "alone/"


def test_a_round_comes_out_of_the_cookie_as_it_went_in(rf, opened):
    opened.tick(act=opened.forms[2].choices["act"][0], whose="both", day="6").press("Agreed")
    request = rf.get(START)
    request.COOKIES["round"] = opened.cookie
    kept = cookie.read(request, now=timezone.now())

    assert isinstance(kept, Round)
    assert (kept.plan.day, kept.ended, kept.handed_over) == (6, True, True)
    response = HttpResponse()
    cookie.write(response, kept, now=timezone.now())
    request.COOKIES["round"] = response.cookies["round"].value
    assert cookie.read(request, now=timezone.now()) == kept


def test_pressing_my_turn_twice_is_pressing_it_once(phone):
    first_picks(phone)
    sent = phone.forms[0].fields
    for _ in range(2):
        answer = phone.browser.post("/one-round/cover/", sent)
        assert answer["Location"] == "/one-round/second/"


def test_a_phone_that_takes_no_cookies_stays_at_the_start():
    phone = Phone()
    phone.go()
    phone.browser.cookies.pop("round")

    assert phone.go() == START
