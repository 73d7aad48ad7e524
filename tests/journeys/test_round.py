"""One round before any account: two people and one phone, or one person alone."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.looking import sheets_of
from tests.journeys.visitor import Visitor

MINE, THEIRS = "Which of these would feel close this week?", "And for the other one of you? Guess."
MOST_TAPS = 12


def pick(visitor: Visitor, question: str, which: int) -> str:
    """Pick one of the six, and say which words were picked."""
    choice = visitor.group(question).locator("label").nth(which)
    visitor.tap(choice)
    return choice.inner_text()


def ticked(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("radio", checked=True)


def first_picks(visitor: Visitor) -> str:
    visitor.go("/")
    visitor.follow("Try one round")
    words = pick(visitor, MINE, 1)
    pick(visitor, THEIRS, 2)
    visitor.press("Done. Cover it up")
    return words


def test_two_people_see_both_picks_within_twelve_taps(visit):
    phone = visit()

    first = first_picks(phone)
    phone.press("I have the phone. My turn")
    second = pick(phone, MINE, 4)
    pick(phone, THEIRS, 1)
    phone.press("Done. Look together")

    picked = phone.section("What you each picked")
    expect(picked).to_contain_text(first)
    expect(picked).to_contain_text(second)
    assert phone.presses <= MOST_TAPS

    answers = phone.group("Second answers First")
    phone.press("Tell me more", within=answers)
    expect(answers.get_by_role("button", pressed=True)).to_have_text("Tell me more")
    phone.tap(phone.group("Which").get_by_role("radio").first)
    phone.mark("Who sees to it", "Both")
    phone.mark("Which day", "Friday")
    phone.press("Agreed")
    expect(phone.section("Your card")).to_contain_text("You both see to it, on Friday.")
    assert sheets_of(phone.page) == 1
    phone.press("Clear it")
    assert phone.path == "/"


def test_the_cover_holds_nothing_and_back_does_not_uncover_it(visit):
    phone = visit()
    first = first_picks(phone)

    covered = phone.page.content()
    assert first not in covered
    assert "checked" not in covered

    for _ in range(2):
        phone.back()
        if phone.path == "/":
            phone.follow("Try one round")
        expect(phone.sees("Hand the phone over")).to_be_visible()
        assert first not in phone.page.content()

    phone.press("I have the phone. My turn")
    expect(phone.sees("Your turn")).to_be_visible()
    expect(ticked(phone)).to_have_count(0)
    phone.back()
    expect(phone.sees("Your turn")).to_be_visible()
    expect(ticked(phone)).to_have_count(0)


def test_what_is_missing_is_said_beside_it(visit):
    phone = visit()
    phone.go("/one-round/")

    pick(phone, THEIRS, 0)
    phone.press("Done. Cover it up")

    expect(phone.page.get_by_role("alert")).to_contain_text("Your own pick is still missing")
    expect(ticked(phone)).to_have_count(1)


def test_one_person_alone_takes_a_question_away(visit):
    phone = visit()
    phone.go("/one-round/")
    phone.follow("Play it alone")

    wish = pick(phone, MINE, 0)
    pick(phone, THEIRS, 3)
    phone.press("Done. One question")

    expect(phone.section("The question to ask")).to_contain_text("?")
    expect(phone.section("What you picked")).to_contain_text(wish)
    phone.press("Clear it")
    phone.go("/one-round/alone/")
    expect(ticked(phone)).to_have_count(0)
