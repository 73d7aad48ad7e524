"""What the page says the other sees of mine, held against the other's own pages."""

from __future__ import annotations

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from interwoven.apps.checkins.models import Opening
from interwoven.infra.crypto import keys
from tests.apps.couples.people import client_of, make_person
from tests.apps.keeping.story import ANA, BO, KEPT, SEES, SHOWN, Marked, bare
from tests.privacy.harness import statements

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

BELLS = re.compile(r'<div class="bell [ab]">.*?</div>', re.DOTALL)
FIGURES = re.compile(r"\d+")
WORD = re.compile(r"Zq(?:Ana|Bo)-[a-z-]+-Xk")


def pages_of(two, name: str) -> str:
    """Everything this person is shown of anybody."""
    browser = two.ana if name == "Ana" else two.bo
    maps = [f"/map/{row.pk}/" for row in Opening.objects.for_seat(two.seat(name))]
    paths = (
        "/today/", "/map/", "/weeks/", "/one-thing/", "/one-thing/earlier/", "/settle/",
        "/together/", "/together/nothing/", *maps,
    )  # fmt: skip
    return "".join(browser.get(path).content.decode() for path in paths) + me_line(browser)


def me_line(browser) -> str:
    """The line of the page about oneself that speaks of the other."""
    return browser.get("/me/").content.decode().split("<h1>Me</h1>")[1].split("</div>")[0]


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def words_of(me: Marked, text: str) -> set[str]:
    return {word for word in WORD.findall(text) if word.startswith(f"Zq{me.who}-")}


def bells_of(name: str, text: str) -> set[str]:
    return {bell for bell in BELLS.findall(text) if f"{name}</span>" in bell}


def both(two):
    yield two.ana, ANA, "Bo", BO
    yield two.bo, BO, "Ana", ANA


def test_every_word_of_mine_on_their_pages_is_on_it_and_no_other_is(lived):
    for browser, me, other, them in both(lived):
        seen = browser.get(SEES).content.decode()
        theirs = pages_of(lived, other)

        assert words_of(me, seen) == words_of(me, theirs)
        assert {me.word("opened-step"), me.word("answer"), me.word("pronouns")} < words_of(me, seen)
        assert words_of(them, seen) - {them.word("name")} <= {ANA.word("what")}  # agreed by both


def test_nothing_kept_is_on_it_whosever_it_is(lived):
    for browser, me, _, them in both(lived):
        seen = browser.get(SEES).content.decode()

        assert [what for what in KEPT if me.word(what) in seen or them.word(what) in seen] == []
        assert all(me.word(what) in seen for what in SHOWN if (what, me) != ("what", BO))


def test_every_mark_of_mine_is_drawn_as_on_their_map_and_none_of_theirs_is(lived):
    for browser, me, other, them in both(lived):
        seen = browser.get(SEES).content.decode()
        theirs = (lived.bo if other == "Bo" else lived.ana).get("/map/").content.decode()
        mine = bells_of(me.word("name"), theirs)

        assert len(mine) == 1
        assert bells_of(me.word("name"), seen) == mine
        assert bells_of(them.word("name"), seen) == set()
        assert f"felt {them.emotional[0]}" not in seen


def test_my_guesses_and_my_outcome_are_on_it_as_they_read_them(lived):
    ana = lived.ana.get(SEES).content.decode()

    assert f"guessed {ANA.kept[0]} for" in ana
    assert "guessed, for" in ana
    assert "Partly" in main_of(ana)
    assert ">Done<" not in main_of(ana)


def test_a_proposal_and_the_room_are_on_it_as_far_as_they_show(two):
    assert "Whether you are in it doesn’t show" in two.ana.get(SEES).content.decode()
    two.ana.post("/settle/", {"day": "3", "time": "20:30", "zone": "UTC", "strand": "physical"})
    two.ana.post("/together/come-in/")
    seen = two.ana.get(SEES).content.decode()
    assert "Thursday at 20:30, UTC time, looking at physical closeness" in seen
    assert "Whether you are in it doesn’t show" in seen
    assert "Another evening, that you propose" not in two.bo.get(SEES).content.decode()

    two.bo.post("/together/come-in/")
    assert "You are both in it" in two.ana.get(SEES).content.decode()
    assert "You are both in it" in two.bo.get(SEES).content.decode()


def test_a_proposed_act_is_on_it_for_the_one_who_proposed_it(two):
    two.ana.post("/one-thing/", {"strand": "physical"})
    act = {"what": "Soup", "whose": "b", "minutes": "30", "day": "2026-03-12", "revision": "99"}
    two.bo.post("/one-thing/propose/", act)

    assert "Soup" not in two.ana.get(SEES).content.decode()
    seen = two.bo.get(SEES).content.decode()
    assert "Soup" in seen
    assert "Bo sees to it" in seen  # as Ana reads it


def test_before_anything_opened_it_says_so(two):
    assert "No week of yours is open to them" in two.ana.get(SEES).content.decode()


def test_older_weeks_are_a_page_further_on(lived):
    opening = Opening.objects.get()
    couple, opened = lived.seat("Ana").table, opening
    for day in (1, 8, 15, 22, 29):
        row = Opening(couple_id=couple, week=f"2026-03-{day:02d}", epoch=1)
        row.put(_value(opened, lived))
        row.save()

    first = lived.ana.get(SEES).content.decode()
    older = re.search(r'href="\?before=([0-9-]+)"', first)[1]
    second = lived.ana.get(f"{SEES}?before={older}").content.decode()

    assert [len(bells_of(ANA.word("name"), page)) for page in (first, second)] == [1, 1]
    assert first.count("Up to ") == 4
    assert second.count("Up to ") == 2
    assert "The room" not in second
    assert lived.ana.get(f"{SEES}?before=nonsense").content.decode().count("Up to ") == 4


def _value(opening: Opening, two):
    from interwoven.apps.checkins.opened import Opened
    from interwoven.infra.crypto.rows import read

    return read(opening, Opened, seat=two.seat("Ana"))


def observed(browser) -> tuple[object, ...]:
    """All that reaches somebody of this page, and every statement that it costs."""
    keys.forget()
    with statements("default") as data, statements("keyring") as keyring:
        response = browser.get(SEES)
    headers = sorted(response.items())
    return response.status_code, headers, bare(response.content), tuple(data), tuple(keyring)


def test_nothing_the_other_does_alone_changes_a_byte_or_a_statement_of_it(lived):
    before = observed(lived.ana)
    lived.bo.post("/check-in/", {"emotional_felt": "10", "step": "other words"})
    lived.bo.post("/check-in/choose/", {"do": "open"})
    path = f"/map/{Opening.objects.get().pk}/answer/"
    lived.bo.post(path, {"part": "emotional", "words": " "})
    lived.bo.post("/me/beliefs/", {"do": "give"})
    lived.bo.post("/together/come-in/")
    lived.bo.post("/one-thing/say/", {"works": "x" * 501, "revision": "99"})
    lived.bo.get(SEES)

    assert observed(lived.ana) == before


def test_looking_costs_the_same_whether_or_not_the_other_looked_lately(lived):
    def asked() -> int:
        with CaptureQueriesContext(connections["keyring"]) as log:
            lived.ana.get(SEES)
        return len(log)

    keys.forget()
    cold = asked()
    keys.forget()
    for path in ("/map/", "/today/", "/one-thing/"):
        lived.bo.get(path)

    assert asked() == cold > 0


def test_having_looked_makes_the_others_pages_no_quicker(lived):
    def asked() -> int:
        with CaptureQueriesContext(connections["keyring"]) as log:
            lived.bo.get("/map/")
        return len(log)

    keys.forget()
    cold = asked()
    keys.forget()
    lived.ana.get(SEES)

    assert asked() == cold > 0


def test_that_the_other_has_left_changes_nothing_of_it(lived):
    before = observed(lived.ana)
    lived.bo.post("/me/leave/")

    assert observed(lived.ana) == before


def test_for_one_person_there_is_no_such_page(two):
    assert client_of(make_person("Cleo")).get(SEES).status_code == 404
