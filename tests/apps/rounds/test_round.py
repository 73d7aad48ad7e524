"""Two people, one phone, no account. None of these tests is given a database."""

from __future__ import annotations

import re

from django.utils.html import escape

from tests.apps.rounds.phone import Phone, first_picks, pick, second_picks


def test_two_people_open_together_within_twelve_taps(phone):
    phone.follow_a_link("/one-round/")
    assert pick(phone, 0, 1, "Done. Cover it up") == "/one-round/cover/"
    assert phone.press("I have the phone. My turn") == "/one-round/second/"
    assert pick(phone, 2, 3, "Done. Look together") == "/one-round/look/"

    assert phone.taps == 8


def test_both_wishes_and_guesses_appear_together(opened, acts):
    for act in (acts.acts[0].mine, acts.acts[2].mine):
        assert escape(act) in opened.text
    for guessed in (acts.acts[1].yours, acts.acts[3].yours):
        assert escape(guessed) in opened.text
    assert "Where a guess and a pick differ, you can ask." in opened.text


def test_guesses_that_both_land_have_a_sentence_of_their_own(phone):
    first_picks(phone, wish=0, guess=1)
    second_picks(phone, wish=1, guess=0)

    assert "You each guessed what the other picked." in phone.text
    assert "somewhere else" not in phone.text


def test_nobody_is_told_right_or_wrong(opened):
    found = re.sub(r"<svg.*?</svg>|<head>.*?</head>", "", opened.text, flags=re.DOTALL)

    assert not re.search(r"✓|✗|correct|right|wrong|score|%|\bout of\b", found)


def test_each_answers_the_other(opened):
    replies = [form for form in opened.forms if form.action == "/one-round/reply/"]
    assert [form.fields["by"] for form in replies] == ["b", "a"]
    token = replies[0].fields["csrfmiddlewaretoken"]

    for by, said in (("a", "tell_me_more"), ("b", "thank_you")):
        answer = {"by": by, "reply": said, "csrfmiddlewaretoken": token}
        response = opened.browser.post("/one-round/reply/", answer)
        assert (response.status_code, response["Location"]) == (303, "/one-round/look/#picked")
    opened.go("/one-round/look/")

    assert opened.text.count('aria-pressed="true"') == 2
    assert "Second, say a little more. First, only listen." in opened.text
    assert "Second, say so in your own words as well." in opened.text


def test_one_act_is_agreed_and_the_card_can_be_kept(opened, acts):
    act = acts.acts[2]

    assert opened.tick(act=act.id, whose="a", day="3").press("Agreed") == "/one-round/agreed/"
    assert f"<h2>{escape(act.theirs)}</h2>" in opened.text
    assert "What Second wished for" in opened.text
    assert "First sees to it, on Thursday." in opened.text
    assert opened.taps <= 12


def test_only_the_two_wishes_can_be_agreed_on(opened, acts):
    offered = [form.choices["act"] for form in opened.forms if "act" in form.choices]
    assert offered == [[acts.acts[0].id, acts.acts[2].id]]

    assert opened.tick(act=acts.acts[5].id, whose="a", day="3").press("Agreed").endswith("/look/")
    assert "Pick the one for this week." in opened.text
    assert opened.checked == {"whose": "a", "day": "3"}


def test_the_same_wish_is_ticked_already(phone, acts):
    first_picks(phone, wish=4)
    second_picks(phone, wish=4)

    assert phone.checked == {"act": acts.acts[4].id}
    phone.tick(whose="both", day="0").press("Agreed")
    assert "What you both wished for" in phone.text
    assert "You both see to it, on Monday." in phone.text


def test_what_is_missing_of_a_plan_is_said_beside_it(opened, acts):
    assert opened.tick(whose="both").press("Agreed") == "/one-round/look/"

    for sentence in ("Pick the one for this week.", "Pick a day."):
        assert sentence in opened.text
    assert "Say who sees to it." not in opened.text
    assert opened.checked == {"whose": "both"}
    assert opened.go("/one-round/agreed/") == "/one-round/look/"


def test_a_plan_can_be_changed(opened, acts):
    opened.tick(act=acts.acts[0].id, whose="a", day="3").press("Agreed")
    opened.follow_a_link("/one-round/look/")
    assert opened.checked == {"act": acts.acts[0].id, "whose": "a", "day": "3"}

    opened.tick(day="5").press("Agreed")
    assert "on Saturday." in opened.text


def test_two_people_may_leave_it_at_talking(opened):
    assert opened.press("Leave it at talking") == "/one-round/agreed/"

    assert "Left at talking" in opened.text
    assert "sees to it" not in opened.text


def test_letting_it_go_leaves_no_cookie(opened):
    opened.press("Leave it at talking")
    opened.press("Clear it")

    assert opened.cookie == ""
    assert opened.go("/one-round/agreed/") == "/one-round/"
    assert opened.checked == {}


def test_starting_again_begins_with_nothing_picked(opened):
    assert opened.press("Start again") == "/one-round/"

    assert opened.checked == {}
    assert opened.go("/one-round/look/") == "/one-round/"


def test_the_six_acts_say_what_they_are_for_on_both_turns(phone, acts):
    phone.go()
    assert acts.for_any_week
    assert f"<strong>{acts.title}</strong>" in phone.text

    first_picks(phone)
    phone.press("I have the phone. My turn")
    assert f"<strong>{acts.title}</strong>" in phone.text


def test_other_acts_keep_nothing_that_was_ticked(phone):
    phone.go()
    before = phone.ids
    assert phone.tick(wish=before[0], guess=before[1]).press("Other acts") == "/one-round/"

    assert phone.checked == {}
    assert phone.ids != before


def test_a_pick_without_its_guess_comes_back_to_whoever_made_it(phone):
    phone.go()
    ids = phone.ids

    assert phone.tick(wish=ids[3]).press("Done. Cover it up") == "/one-round/"
    assert phone.checked == {"wish": ids[3]}
    assert "Any guess will do. Pick one." in phone.text
    assert 'aria-describedby="guess-wrong"' in phone.text
    assert phone.go("/one-round/cover/") == "/one-round/"

    assert phone.tick(guess=ids[0]).press("Done. Cover it up") == "/one-round/cover/"


def test_a_guess_without_a_pick_and_nothing_at_all_are_asked_for_again(phone):
    phone.go()
    ids = phone.ids

    phone.press("Done. Cover it up")
    assert "Two picks are still missing" in phone.text
    phone.tick(guess=ids[2]).press("Done. Cover it up")
    assert "Pick the one that comes nearest." in phone.text
    assert phone.checked == {"guess": ids[2]}


def test_the_second_one_is_asked_again_too(phone):
    first_picks(phone)
    phone.press("I have the phone. My turn")
    ids = phone.ids

    assert phone.tick(wish=ids[5]).press("Done. Look together") == "/one-round/second/"
    assert phone.checked == {"wish": ids[5]}
    assert phone.go("/one-round/look/") == "/one-round/second/"


def test_the_first_page_is_there_without_a_cookie():
    phone = Phone()

    assert phone.go() == "/one-round/"
    assert phone.checked == {}
    assert phone.page.headers["Cache-Control"] == "no-store"
