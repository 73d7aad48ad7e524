"""The map: two people side by side, every opened line answered, nothing added up."""

from __future__ import annotations

import re

import pytest

from interwoven.apps.checkins.models import Opening
from interwoven.apps.couples import waking
from interwoven.core.acts import of_week
from interwoven.infra.library import library
from tests.apps.checkins.two import OUR_EVENING, answer, text

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
BANNED = re.compile(r"\d\s*%|\b(score|percent|average|worse|better|behind|in sync)", re.IGNORECASE)


@pytest.fixture
def opened(two):
    """Both opened a week of different marks, a wish and a guess each."""
    acts = of_week(library().published_act_sets, OUR_EVENING.date()).acts
    two.acts = acts
    answer(two.ana, wish=acts[0].id, guess=acts[1].id)
    answer(
        two.bo,
        emotional_felt="8",
        physical_felt="5",
        physical_hoped="9",
        wish=acts[2].id,
        guess=acts[0].id,
    )
    two.our_evening_comes()
    two.opening = Opening.objects.get()
    return two


def respond(two, browser, **sent):
    return browser.post(f"/map/{two.opening.pk}/answer/", sent)


def test_a_sentence_stands_before_the_marks(opened):
    shown = text(opened.ana, "/map/")

    assert "Ana hoped for more than there was." in shown
    assert "For Bo it was as close as hoped." in shown
    assert "Ana would have liked a little less than there was." in shown
    assert "Bo hoped for much more than there was." in shown
    assert "You both answered alike: as close as you hoped." in shown
    assert shown.index("Ana hoped for more") < shown.index("Ana: felt 6, hoped for 8")


def test_the_table_says_the_same_with_signed_gaps(opened):
    shown = text(opened.ana, "/map/")
    row = re.search(r"<tr><th scope=\"row\">Physical</th>(.*?)</tr>", shown, re.DOTALL)[1]

    cells = re.findall(r"<td>(.*?)</td>", row)
    assert sorted([cells[:3], cells[3:]]) == [["5", "9", "+4"], ["7", "6", "−1"]]


def test_a_wish_stands_above_what_was_guessed_for_it(opened):
    shown = text(opened.bo, "/map/")

    assert opened.acts[0].mine in shown
    assert "Bo guessed this too." in shown
    assert f"Ana guessed: {opened.acts[1].yours}" in shown


def test_nobody_is_added_up_ranked_or_graded(opened):
    shown = text(opened.ana, "/map/")
    words = re.sub(r"<[^>]+>", " ", shown.split("<main")[1].split("</main>")[0])

    assert not BANNED.search(words), BANNED.search(words)
    assert "6.5" not in words


def test_both_see_the_same_map(opened):
    one, other = (re.sub(r"<form.*?</form>", "", text(b, "/map/"), flags=re.DOTALL)
                  for b in (opened.ana, opened.bo))  # fmt: skip

    assert one.replace("Bo. What you", "Ana. What you") == other


def test_every_opened_line_can_be_answered_and_the_other_sees_it(opened):
    for part in ("emotional", "physical", "intellectual", "wish"):
        assert respond(opened, opened.ana, part=part, reply="did_not_know").status_code == 303

    assert text(opened.bo, "/map/").count("Ana answered what you opened:") == 4


def test_an_answer_in_ones_own_words_reaches_the_other_whole(opened):
    respond(opened, opened.ana, part="physical", reply="words", words="<b>I thought & feared</b>")

    assert "&lt;b&gt;I thought &amp; feared&lt;/b&gt;" in text(opened.bo, "/map/")


def test_a_later_answer_replaces_an_earlier_one(opened):
    respond(opened, opened.ana, part="physical", reply="thank_you")
    respond(opened, opened.ana, part="physical", reply="tell_me_more")

    shown = re.sub(r"<form.*?</form>", "", text(opened.bo, "/map/"), flags=re.DOTALL)
    assert "Tell me more" in shown
    assert "Thank you" not in shown


def test_an_answer_wakes_the_other_once_and_never_whoever_gave_it(opened, monkeypatch):
    woken = []
    monkeypatch.setattr(waking, "wake", woken.append)

    for reply in ("thank_you", "thank_you", "none", "none"):
        respond(opened, opened.bo, part="emotional", reply=reply)

    assert woken == [opened.people["Ana"].pk] * 2


def test_an_answer_can_be_taken_back_and_is_gone_for_both(opened):
    respond(opened, opened.bo, part="emotional", reply="tell_me_more")
    assert "Bo answered what you opened:" in text(opened.ana, "/map/")

    respond(opened, opened.ana, part="emotional", reply="none")  # she answered nothing yet
    assert "Bo answered what you opened:" in text(opened.ana, "/map/")

    respond(opened, opened.bo, part="emotional", reply="none")
    for browser in (opened.ana, opened.bo):
        shown = text(browser, "/map/")
        assert "answered what you opened" not in shown
        assert "Take my answer back" not in shown


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"part": "physical"}, 303),
        ({"part": "spiritual", "reply": "thank_you"}, 404),
        ({"part": "guesses", "reply": "thank_you"}, 404),
        ({"part": "step", "reply": "thank_you"}, 404),
        ({"part": "", "reply": "thank_you"}, 404),
        ({"part": "physical", "reply": "words", "words": "x" * 3000}, 303),
        ({"part": "physical", "reply": "words", "words": "a\x00b"}, 303),
    ],
)
def test_what_is_no_answer_changes_nothing(opened, sent, status):
    before = text(opened.bo, "/map/").count("Ana answered what you opened:")

    assert respond(opened, opened.ana, **sent).status_code == status
    assert text(opened.bo, "/map/").count("Ana answered what you opened:") == before


def test_words_that_do_not_fit_come_back_with_the_reason(opened):
    respond(opened, opened.ana, part="physical", reply="words", words="word " * 600)

    shown = text(opened.ana, "/map/")
    assert "Up to 2000 letters fit." in shown
    assert shown.count("word ") >= 599


def test_a_foreign_map_is_as_absent_as_none(opened):
    from uuid import uuid4

    from tests.apps.couples.people import client_of, make_person, pair

    dee, eve = make_person("Dee"), make_person("Eve")
    pair(dee, eve, OUR_EVENING)
    stranger = client_of(dee)
    foreign = stranger.get(f"/map/{opened.opening.pk}/")
    absent = stranger.get(f"/map/{uuid4()}/")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
    assert respond(opened, stranger, part="physical", reply="thank_you").status_code == 404


def test_today_leads_with_what_the_other_opened(opened):
    assert opened.acts[2].mine in text(opened.ana, "/today/")
    assert opened.acts[0].mine in text(opened.bo, "/today/")


def test_ones_own_weeks_are_ones_own(opened):
    from interwoven.apps.checkins.models import CheckIn

    mine = CheckIn.objects.get(author_id=opened.people["Ana"].pk)

    assert "felt 6" in text(opened.ana, f"/weeks/{mine.pk}/")
    assert opened.bo.get(f"/weeks/{mine.pk}/").status_code == 404
    assert f"/map/{opened.opening.pk}/" in text(opened.bo, "/weeks/")
    assert str(mine.pk) not in text(opened.bo, "/weeks/")
