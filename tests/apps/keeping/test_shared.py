"""One page for all that is shared, each with a way to end it; and ending sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interwoven.infra.crypto import keys
from interwoven.infra.models import AuditEntry, Session
from tests.apps.checkins.two import answer
from tests.apps.couples.people import client_of, invited, make_person
from tests.apps.keeping.story import SHARED, bare

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

END, END_OTHERS = "/me/shared/end/", "/me/shared/end-others/"
ENDS = re.compile(r'action="(/[a-z/-]+)"')


def page(browser) -> str:
    response = browser.get(SHARED)
    assert response.status_code == 200
    return response.content.decode()


def main_of(browser) -> str:
    return page(browser).split("<main")[1].split("</main>")[0]


def alive(browser) -> bool:
    return browser.get("/today/").status_code == 200


def others(browser) -> list[str]:
    return re.findall(r'name="which" value="([^"]+)"', page(browser))


def test_what_is_open_to_the_partner_is_a_row_each_with_a_way_to_end_it(lived):
    lived.ana.post("/settle/", {"day": "3", "time": "20:30", "zone": "UTC", "strand": "all"})
    lived.ana.post("/check-in/choose/", {"do": "open"})
    lived.ana.post("/together/come-in/")
    shown = main_of(lived.ana)

    assert "Something of 1 week, open to both of you" in shown
    assert "2 answers to what" in shown
    assert "Emotional, Physical, The small act, The small step, My guesses: opens if" in shown
    assert "Thursday at 20:30" in shown
    assert "About emotional closeness" in shown
    assert "You are in the room" in shown
    assert set(ENDS.findall(shown)) == {
        "/check-in/choose/", "/settle/drop/", "/one-thing/put-away/", "/together/leave/",
        "/sign-out/", "/me/keeping/",
    }  # fmt: skip


def test_every_button_of_it_ends_what_it_stands_beside(lived):
    lived.ana.post("/settle/", {"day": "3", "time": "20:30", "zone": "UTC", "strand": "all"})
    lived.ana.post("/check-in/choose/", {"do": "open"})
    lived.ana.post("/together/come-in/")
    lived.ana.post("/me/beliefs/", {"do": "give"})
    forms = re.findall(r"<form.*?</form>", main_of(lived.ana), re.DOTALL)
    for form in forms:
        where = ENDS.search(form)[1]
        if where == "/sign-out/":
            continue
        sent = dict(re.findall(r'name="([a-z]+)" value="([^"]*)"', form))
        assert lived.ana.post(where, sent).status_code == 303

    left = main_of(lived.ana)
    assert len(forms) == 7
    assert ENDS.findall(left) == ["/sign-out/"]
    assert "You took it back." in left


def test_somebody_alone_sees_an_invitation_that_is_out_and_takes_it_back(two):
    person = make_person("Cleo")
    browser = client_of(person)
    assert "You are here on your own, and no invitation is out." in page(browser)

    invited(person, timezone.now())
    assert "Good until Saturday 14 March" in page(browser)
    browser.post("/invite/take-back/")

    assert "no invitation is out" in page(browser)


def test_each_browser_is_a_row_by_the_day_and_says_nothing_else_of_it(two):
    two.at(timezone.now() + timedelta(days=2))
    elsewhere = client_of(two.people["Ana"])
    shown = main_of(elsewhere)

    assert shown.count("This browser") == 1
    assert shown.count("Another browser") == 1
    assert "Last used on Friday 13 March" in shown
    assert "Last used on Wednesday 11 March" in shown
    assert not re.search(r"Mozilla|127\.0\.0\.1|\d\d:\d\d", shown.replace("19:00", ""))


def test_one_other_browser_is_signed_out_and_the_rest_stay(two):
    third, fourth = (client_of(two.people["Ana"]) for _ in range(2))
    [one, _] = others(two.ana)

    response = two.ana.post(END, {"which": one})

    assert (response.status_code, response["Location"]) == (303, SHARED)
    assert alive(two.ana)
    assert sorted(map(alive, (third, fourth))) == [False, True]
    assert AuditEntry.objects.filter(event="session.ended").count() == 1


def test_all_other_browsers_are_signed_out_at_once_and_nobody_elses_are(two):
    more = [client_of(two.people["Ana"]) for _ in range(3)]

    two.ana.post(END_OTHERS)

    assert [alive(one) for one in more] == [False] * 3
    assert alive(two.ana)
    assert alive(two.bo)
    assert "Sign out everywhere else" not in page(two.ana)


@pytest.mark.parametrize("named", ["", "nothing", "x" * 9_000, "\x00", "🧶"])
def test_a_session_that_is_not_there_or_somebody_elses_ends_nothing_and_is_answered_alike(
    two, named
):
    bos = Session.objects.get(pk__in=Session.objects.exclude(pk__in=mine(two)).values("pk")).pk
    answers = [two.ana.post(END, {"which": which}) for which in (named, bos)]

    assert [(one.status_code, one["Location"]) for one in answers] == [(303, SHARED)] * 2
    assert alive(two.ana)
    assert alive(two.bo)


def mine(two) -> list[str]:
    from interwoven.infra.sessions import hashed

    return [hashed(two.ana.cookies["session"].value)]


def test_the_address_of_an_end_takes_only_a_form(two):
    assert [two.ana.get(path).status_code for path in (END, END_OTHERS)] == [405, 405]


def observed(browser, path: str) -> tuple[object, ...]:
    keys.forget()
    with (
        CaptureQueriesContext(connections["default"]) as data,
        CaptureQueriesContext(connections["keyring"]) as keyring,
    ):
        response = browser.get(path)
    statements = [query["sql"] for log in (data, keyring) for query in log.captured_queries]
    return response.status_code, sorted(response.items()), bare(response.content), statements


def test_where_one_is_signed_in_and_what_one_ends_is_nothing_to_the_other(two):
    answer(two.bo)
    before = observed(two.bo, SHARED)
    client_of(two.people["Ana"])
    answer(two.ana, choice="keep")
    two.ana.post("/together/come-in/")
    two.ana.get(SHARED)
    two.ana.post(END_OTHERS)
    two.ana.post("/me/keeping/", {"do": "take_back"})

    assert observed(two.bo, SHARED) == before


def test_the_page_about_oneself_leads_to_all_of_these(two):
    shown = two.ana.get("/me/").content.decode()
    alone = client_of(make_person("Cleo")).get("/me/").content.decode()

    for path in ("/me/shared/", "/me/take-along/"):
        assert f'href="{path}"' in shown
        assert f'href="{path}"' in alone
    assert 'href="/me/what-they-see/"' in shown
    assert 'href="/me/what-they-see/"' not in alone
