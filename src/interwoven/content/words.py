"""Small estimates about text: how hard it is to read, and how much two lines have in common.

Both are rough and for English only. They catch a slip; they do not replace reading aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that say little by themselves, and amounts of time, which many acts share.
LITTLE = frozenset(
    """
    a about after all an and another any anybody anything are as at away be been before
    being both but by can did do does done down each else enough every for from get getting
    had half has have having how i if in into is it its just less made me mine more most my
    nobody none nor not nothing of off on once one only onto or other our out over own per
    put she so some somebody something still than that the their theirs them then there they
    thing this those through till to together too two up us very was we were what when where
    which while who whose why will with without would yet you your yours day few five hour
    hours minute minutes night quarter ten three twenty week while
    """.split()
)
ENDINGS = ("ing", "ed", "es", "s", "e")
SHORTEST_STEM = 3


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower().replace("’", ""))


def content_words(text: str) -> frozenset[str]:
    """The words that carry the meaning, cut back to a rough stem: "listened" is "listen"."""
    return frozenset(_stem(word) for word in words(text) if word not in LITTLE)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter of two sets of content words is in the longer, 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def reading_grade(lines: Iterable[str]) -> float:
    """The Flesch–Kincaid grade of these lines, estimated. A line without a full stop is a sentence.

    Source: Kincaid and others 1975. Syllables are counted as groups of vowels.
    """
    sentences = [part for line in lines for part in re.split(r"[.?:;]+\s*", line) if words(part)]
    found = [word for sentence in sentences for word in words(sentence)]
    if not found:
        return 0.0
    syllables = sum(map(_syllables, found))
    return 0.39 * len(found) / len(sentences) + 11.8 * syllables / len(found) - 15.59


def _syllables(word: str) -> int:
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, len(re.findall("[aeiouy]+", word)) - silent)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
