"""Rough measures of text, as examples one can check by eye."""

from __future__ import annotations

import pytest

from interwoven.content.words import content_words, reading_grade, shared

# one line, another line: how much of the shorter is in the longer
SHARED = [
    ("A slow hug at the door", "A slow hug at the door", 1.0),
    ("A slow hug at the door", "A kettle on", 0.0),
    ("A slow hug", "A slow walk", 0.5),
    ("Walking slowly", "A walk", 1.0),  # word for word, but for the ending
    ("Walks and talks", "A talk", 1.0),
    ("A hug", "A hug, a walk and a song", 1.0),
    ("With me for an hour", "With you for an hour", 0.0),  # little words do not count
    ("", "A hug", 0.0),
]


@pytest.mark.parametrize(("one", "other", "much"), SHARED)
def test_what_two_lines_share_is_measured_in_words_that_carry_meaning(one, other, much):
    assert shared(content_words(one), content_words(other)) == much
    assert shared(content_words(other), content_words(one)) == much


def test_the_formula_is_that_of_flesch_and_kincaid():
    # 5 words in 1 sentence, 5 syllables: 0.39 × 5 + 11.8 × 1 − 15.59
    assert reading_grade(["We sat on the bench."]) == pytest.approx(-1.84)
    # 3 words in 1 sentence, 10 syllables: 0.39 × 3 + 11.8 × 10/3 − 15.59
    assert reading_grade(["Political uncertainty persists"]) == pytest.approx(24.91, abs=0.01)


def test_long_words_and_long_sentences_are_harder():
    easy = reading_grade(["We sat. We ate. We sang."])

    assert reading_grade(["We sat and we ate and we sang."]) > easy
    assert reading_grade(["Contemplation. Celebration. Conversation."]) > easy


def test_nothing_takes_no_grade_to_read():
    assert reading_grade([]) == reading_grade(["", "…"]) == 0
