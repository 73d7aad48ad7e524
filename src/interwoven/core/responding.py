"""What one of the two answers to a line that the other opened.

A disclosure that lands in silence is worse than none, so every opened line offers an answer: one of
three short ones, or words of one's own. Both see it, and a later answer replaces an earlier one.

Source: perceived responsiveness carries closeness, Laurenceau and others 1998. The three are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORDS = 2000  # characters


class Reply(StrEnum):
    """The three short answers, all of the same weight."""

    DID_NOT_KNOW = "did_not_know"
    TELL_ME_MORE = "tell_me_more"
    THANK_YOU = "thank_you"


@dataclass(frozen=True, slots=True)
class Response:
    """A short answer, or words of one's own; never both, and never neither."""

    reply: Reply | None = None
    words: str = ""

    def __post_init__(self) -> None:
        """Raises `ValueError` for both, for neither, and for more than `LONGEST_WORDS`."""
        if (self.reply is None) is (self.words == "") or len(self.words) > LONGEST_WORDS:
            raise ValueError("a response is a reply or words")
