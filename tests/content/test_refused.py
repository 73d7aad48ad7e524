"""What may not be in a content file, and what one is told about it."""

from __future__ import annotations

import re

import pytest

from interwoven.content.library import check, keep
from tests.content.folder import (
    ACTS,
    ALONE,
    CHECKIN,
    MORE_WEEKS,
    PLAIN_WEEK,
    WEEKLY,
    asking_for,
    changed,
    toml,
)

# One thing of a good file put otherwise (None: left out): what is said about it, and where
SHAPES = [
    ("status", "final", "expected one of draft, published, retired, found 'final' @ $.status"),
    ("version", "1", "expected a whole number, found '1' @ $.version"),
    ("version", True, "expected a whole number, found True @ $.version"),
    ("version", 1.0, "expected a whole number, found 1.0 @ $.version"),
    ("title", 3, "expected text, found 3 @ $.title"),
    ("title", None, "title is missing @ $.title"),
    ("intor", "Hello", "nothing reads intor @ $"),
    ("for_any_week", "true", "expected true or false, found 'true' @ $.for_any_week"),
    ("for_any_week", 1, "expected true or false, found 1 @ $.for_any_week"),
    ("acts", "abc", "expected a list, found 'abc' @ $.acts"),
    ("acts.0", "abc", "expected a table, found 'abc' @ $.acts[0]"),
    ("acts.0.form", ["physical"], "expected one of emotional, physical, intellectual, spiritual"),
    ("acts.0.kind", "sex", "found 'sex' @ $.acts[0].kind"),
    ("acts.0.mine", None, "mine is missing @ $.acts[0].mine"),
    ("acts.0.intor", "Hello", "nothing reads intor @ $.acts[0]"),
    ("provenance", "Us", "expected a table, found 'Us' @ $.provenance"),
    ("provenance.review", None, "review is missing @ $.provenance.review"),
    ("provenance.sources", "Us", "expected a list, found 'Us' @ $.provenance.sources"),
    ("provenance.sources.0", 3, "expected text, found 3 @ $.provenance.sources[0]"),
]
NAMES = [
    ("id", "other", "says it is other, version 1, but lies in plain-week/1.toml"),
    ("version", 2, "says it is plain-week, version 2, but lies in plain-week/1.toml"),
    ("acts.1.id", "heard", "the id heard is taken @ $.acts[1].id"),
    ("acts.1.id", "A Hug", "an id is small letters and figures, joined by hyphens @ $.acts[1].id"),
]
TEXTS = [
    ("title", "x" * 41, "is 41 characters long; the most is 40 @ $.title"),
    ("acts.1.mine", "A " + "x" * 79, "is 81 characters long; the most is 80 @ $.acts[1].mine"),
    ("acts.1.short", "X" * 33, "is 33 characters long; the most is 32 @ $.acts[1].short"),
    ("provenance.author", "x" * 201, "is 201 characters long; the most is 200"),
    ("title", "", "is empty @ $.title"),
    ("title", " ", "is empty @ $.title"),
    ("title", "A week ", "begins or ends with a space @ $.title"),
    ("title", "A  week", "has two spaces together @ $.title"),
    ("title", "A week!", "has an exclamation mark @ $.title"),
    ("title", "A day's rest", "has a straight apostrophe; write ’ @ $.title"),
    ("title", 'A "week"', "has a straight quotation mark; write “ and ” @ $.title"),
    ("title", "A week...", "has three full stops; write … @ $.title"),
    ("title", "A day\u200b off", "has a character nobody can see, U+200B @ $.title"),
    ("title", "A day\u202e off", "has a character nobody can see, U+202E @ $.title"),
    ("title", "A\u00a0week", "has a character nobody can see, U+00A0 @ $.title"),
    ("title", "A\nweek", "has a character nobody can see, U+000A @ $.title"),
    ("title", "A\u3164week", "has a character nobody can see, U+3164 @ $.title"),
    ("title", "A week\ufe0f", "has a character nobody can see, U+FE0F @ $.title"),
    ("title", "A cafe\u0301", "has letters in two parts; write them composed (NFC) @ $.title"),
    ("title", "Her week", "says “her”; write it for anybody @ $.title"),
    ("title", "When he’s away", "says “he”; write it for anybody @ $.title"),
    ("title", "For a Wife", "says “wife”; write it for anybody @ $.title"),
]
PERSONS = [
    ("acts.1.mine", "A slow hug for you", "says “you”, which is the wrong person"),
    ("acts.1.theirs", "A slow hug for me", "says “me”, which is the wrong person"),
    ("acts.1.theirs", "A slow hug for you", "says “you”, which is the wrong person"),
    ("acts.1.yours", "a slow hug for them", "says “them”, which is the wrong person"),
    ("acts.1.yours", "a slow hug I’d like", "says “i”, which is the wrong person"),
    ("acts.1.yours", "a slow hug of ours", "says “ours”, which is the wrong person"),
    ("acts.1.short", "A slow hug for us", "says “us”, which is the wrong person"),
    ("acts.1.mine", "A slow hug.", "ends with a full stop; an act is not a sentence"),
    ("acts.1.mine", "a slow hug", "must begin with a capital letter here"),
    ("acts.1.yours", "A slow hug", "must begin with a small letter here"),
    ("acts.1.theirs", "A pot of tea", "says something else than mine"),
    ("acts.1.yours", "a pot of tea", "says something else than mine"),
]
FIVE_ACTS = ACTS["acts"][:5]
TWO_FORMS = [
    {**act, "form": "emotional" if act["form"] == "spiritual" else act["form"]}
    for act in ACTS["acts"]
    if act["form"] != "intellectual"
] + [{**ACTS["acts"][3], "form": "physical"}]
SETS = [
    ("acts", FIVE_ACTS, "holds 0 acts of quiet, and must hold one @ $.acts"),
    ("acts.6", ACTS["acts"][0], "holds 2 acts of listening, and must hold one @ $.acts"),
    ("acts", TWO_FORMS, "touches 2 of the four forms; at least 3 @ $.acts"),
]


@pytest.mark.parametrize(("where", "value", "why"), [*SHAPES, *NAMES, *TEXTS, *PERSONS, *SETS])
def test_a_set_of_acts_is_refused_and_told_why_and_where(folder, where, value, why):
    folder.change(PLAIN_WEEK, where, value)

    told = [line for line in folder.problems() if why in line]

    assert len(told) == 1
    assert told[0].startswith("content/acts/plain-week/1.toml: ")


OTHERS = [
    (WEEKLY, "items.3", None, "asks once about each of emotional, physical, intellectual, spir"),
    (WEEKLY, "items.3.id", "emotional", "asks once about each of emotional, physical, intellect"),
    (WEEKLY, "items.0.low_label", None, "low_label is missing @ $.items[0].low_label"),
    (WEEKLY, "lead", "She is fine.", "says “she”; write it for anybody @ $.lead"),
    (ALONE, "questions.0", None, "asks 1 about listening; at least 2 @ $.questions"),
    (ALONE, "questions.0.ask", "Say it.", "a question ends with a question mark"),
    (ALONE, "questions.1.id", "listening-one", "the id listening-one is taken"),
]


@pytest.mark.parametrize(("place", "where", "value", "why"), OTHERS)
def test_a_check_in_or_questions_are_refused_and_told_why(folder, place, where, value, why):
    folder.change(place, where, value)

    (told,) = folder.problems()

    assert told.startswith(f"content/{place}: {why}")


# A file that cannot be read: what is said
UNREADABLE = [
    (b"title = \n", "Invalid value (at line 1, column 9)"),
    (b'title = "A week', "Unterminated string"),
    (b"title = 1\ntitle = 2\n", "Cannot overwrite a value"),
    (b'title = "\xe9"\n', "is not UTF-8, from byte 9 on"),
    (b"\x00\x01\x02", "Invalid statement"),
    (b"a = " + b"[" * 5000 + b"]" * 5000, "is nested too deep"),
    (b"a" + b".a" * 5000 + b" = 1", "is nested too deep"),
]


@pytest.mark.parametrize(("text", "why"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(folder, text, why):
    folder.write(PLAIN_WEEK, text)

    (told,) = folder.problems()

    assert told.startswith(f"content/{PLAIN_WEEK}: {why}")


@pytest.mark.parametrize("place", ["acts/1.toml", "spells/a/1.toml", "acts/a/b/1.toml", "1.toml"])
def test_a_file_nobody_would_read_is_named(folder, place):
    folder.write(place, b"")

    assert folder.problems() == [
        f"content/{place}: nothing reads a file in this place; see content/README.md"
    ]


@pytest.mark.parametrize("version", [0, -1])
def test_versions_are_counted_from_1(folder, version):
    place = f"acts/plain-week/{version}.toml"
    folder.put(place, {**ACTS, "version": version, "status": "draft"})

    assert folder.problems() == [f"content/{place}: versions are counted from 1 @ $.version"]


def test_a_file_too_hard_to_read_is_named_with_its_grade(folder):
    hard = "Institutional predictability characterises organisational responsibility"
    asks = ("lead", "wish_ask", "guess_ask", "amount_ask", "step_ask")
    folder.put(WEEKLY, {**CHECKIN, **dict.fromkeys(asks, hard)})

    (told,) = folder.problems()

    assert re.fullmatch(rf"content/{WEEKLY}: takes grade \d+\.\d to read; the most is 8", told)


OTHER_WEEK = "acts/quiet-week/1.toml"
THINGS = "bell sand moss loaf rope lamp"


def draft(found_id: str, version: int, things: str = "") -> dict[str, object]:
    """A draft of our acts; as many of them as there are things ask for a thing instead."""
    return {**asking_for(things, found_id), "version": version, "status": "draft"}


def test_two_acts_too_much_alike_are_named_at_the_later_set(folder):
    folder.put(OTHER_WEEK, draft("quiet-week", 1, THINGS.removesuffix(" lamp")))

    assert folder.problems() == [
        f"content/{OTHER_WEEK}: "
        "calm shares 100% of its words with plain-week@1: calm @ $.acts[5].mine"
    ]


def test_a_new_version_may_say_what_the_one_before_it_said(folder):
    folder.put("acts/plain-week/2.toml", draft("plain-week", 2))

    assert folder.problems() == []


def test_what_a_new_version_no_longer_says_another_set_may_say(folder):
    folder.put("acts/plain-week/2.toml", draft("plain-week", 2, THINGS))
    folder.put(OTHER_WEEK, draft("quiet-week", 1))

    assert folder.problems() == []


def test_what_is_retired_does_not_stand_in_the_way_of_an_act_like_it(folder):
    folder.put(PLAIN_WEEK, {**ACTS, "status": "retired"})
    folder.put(OTHER_WEEK, {**draft("quiet-week", 1), "status": "published"})
    keep(folder.root)

    assert folder.problems() == []


def test_all_mistakes_of_all_files_are_told_at_once(folder):
    spoilt = changed(changed(ACTS, "title", "Her week!"), "acts.2.short", None)
    folder.put(PLAIN_WEEK, changed(spoilt, "version", "one"))
    folder.write(WEEKLY, b"id = ")
    folder.change(ALONE, "questions.5.ask", "Say what.")

    assert folder.problems() == [
        f"content/{PLAIN_WEEK}: expected a whole number, found 'one' @ $.version",
        f"content/{PLAIN_WEEK}: short is missing @ $.acts[2].short",
        f"content/{PLAIN_WEEK}: has an exclamation mark @ $.title",
        f"content/{PLAIN_WEEK}: says “her”; write it for anybody @ $.title",
        f"content/{WEEKLY}: Invalid value (at end of document)",
        f"content/{ALONE}: a question ends with a question mark @ $.questions[5].ask",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    nowhere = tmp_path / "nowhere"

    assert check(nowhere) == [f"{nowhere}: there is no such folder"]


def test_a_library_with_nothing_to_ask_says_what_it_lacks(tmp_path):
    assert check(tmp_path) == [
        "acts: published and for any week: 0; at least 6",
        "questions: no questions are published",
        "checkins: no check-in called weekly is published",
    ]


def test_a_library_with_too_few_sets_for_any_week_says_how_many_there_are(folder):
    for place, week in MORE_WEEKS.items():
        folder.put(place, {**week, "for_any_week": False})

    assert folder.problems() == ["acts: published and for any week: 1; at least 6"]


def test_two_folders_of_content_may_not_hold_the_same_version(folder, tmp_path):
    place = tmp_path / "more" / PLAIN_WEEK
    place.parent.mkdir(parents=True)
    place.write_text(toml({**ACTS, "status": "draft"}), "utf-8")

    (told,) = check(folder.root, tmp_path / "more")

    assert told == f"more/{PLAIN_WEEK}: acts/plain-week@1 is in content/{PLAIN_WEEK} as well"
