"""What one may answer to a line that the other opened."""

from __future__ import annotations

import pytest

from interwoven.core.responding import LONGEST_WORDS, Reply, Response


@pytest.mark.parametrize("reply", Reply)
def test_a_short_answer_is_a_response(reply):
    assert Response(reply=reply).words == ""


@pytest.mark.parametrize("words", ["Yes.", "x" * LONGEST_WORDS])
def test_words_of_ones_own_are_a_response(words):
    assert Response(words=words).reply is None


@pytest.mark.parametrize(
    ("reply", "words"),
    [(None, ""), (Reply.THANK_YOU, "And more."), (None, "x" * (LONGEST_WORDS + 1))],
)
def test_neither_both_or_too_much_is_no_response(reply, words):
    with pytest.raises(ValueError, match="a response is a reply or words"):
        Response(reply=reply, words=words)
