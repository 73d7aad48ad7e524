"""What must be true of content beyond its shape. Each check yields problems, with their place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from interwoven.content.words import content_words, reading_grade, shared, words
from interwoven.core.acts import Act, ActKind, ActSet, QuestionSet
from interwoven.core.forms import Form
from interwoven.core.instruments import Instrument

HIGHEST_GRADE = 8.0
MOST_SHARED = 0.6  # of the content words of any two acts
FEWEST_FORMS = 3
QUESTIONS_PER_KIND = 2
LONGEST = {"id": 40, "title": 40, "name": 20, "short": 32, "mine": 80, "theirs": 80, "yours": 80}
LONGEST_OF_ALL = 200
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

MARKS = {  # what typography asks to be written otherwise
    "'": "a straight apostrophe; write ’",
    '"': "a straight quotation mark; write “ and ”",
    "!": "an exclamation mark",
    "...": "three full stops; write …",
    "  ": "two spaces together",
}
# Blank or weightless, and yet no space or control character by their Unicode category.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
GENDERED = frozenset(
    """
    he him his himself she her hers herself husband wife boyfriend girlfriend
    """.split()
)
FIRST = frozenset("i me my mine myself".split())
BOTH = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself".split())
THIRD = frozenset("they them their theirs themselves".split())
WRONG_PERSON = {  # who may not speak, or be spoken to, in each wording of an act
    "mine": SECOND,
    "theirs": FIRST | SECOND,
    "yours": FIRST | BOTH | THIRD,
    "short": FIRST | BOTH | SECOND | THIRD,
}


def about_text(data: Mapping[str, object]) -> Iterator[str]:
    """Check every text of a file, whatever its shape."""
    read_by_people = []
    for place, key, text in _texts(data, "$"):
        yield from (f"{why} @ {place}" for why in _wrong_with(key, text))
        if key not in {"id", "status", "form", "kind"} and not place.startswith("$.provenance"):
            read_by_people.append(text)
    grade = reading_grade(read_by_people)
    if grade > HIGHEST_GRADE:
        yield f"takes grade {grade:.1f} to read; the most is {HIGHEST_GRADE:.0f}"


def about_name(found_id: str, version: int, folder: str, file: str) -> Iterator[str]:
    """Check that a file says the same id and version as the place it lies in."""
    if not SLUG.fullmatch(found_id):
        yield "an id is small letters and figures, joined by hyphens @ $.id"
    if version < 1:
        yield "versions are counted from 1 @ $.version"
    if (found_id, str(version)) != (folder, file):
        yield f"says it is {found_id}, version {version}, but lies in {folder}/{file}.toml"


def about_acts(found: ActSet) -> Iterator[str]:
    """Check a set of acts: the kinds and forms in it, its ids, and every wording of every act."""
    kinds = Counter(act.kind for act in found.acts)
    for kind in ActKind:
        if kinds[kind] != 1:
            yield f"holds {kinds[kind]} acts of {kind}, and must hold one @ $.acts"
    forms = {act.form for act in found.acts}
    if len(forms) < FEWEST_FORMS:
        yield f"touches {len(forms)} of the four forms; at least {FEWEST_FORMS} @ $.acts"
    yield from _ids("acts", [act.id for act in found.acts])
    for number, act in enumerate(found.acts):
        yield from (f"{why} @ $.acts[{number}].{key}" for key, why in _wrong_with_act(act))


def about_instrument(found: Instrument) -> Iterator[str]:
    """Check that a check-in asks about every form, once and in order."""
    if [item.id for item in found.items] != list(Form):
        yield f"asks once about each of {', '.join(Form)}, in this order @ $.items"


def about_questions(found: QuestionSet) -> Iterator[str]:
    """Check that there are enough questions for every kind of act, and that each is one."""
    kinds = Counter(question.kind for question in found.questions)
    for kind in ActKind:
        if kinds[kind] < QUESTIONS_PER_KIND:
            yield f"asks {kinds[kind]} about {kind}; at least {QUESTIONS_PER_KIND} @ $.questions"
    yield from _ids("questions", [question.id for question in found.questions])
    for number, question in enumerate(found.questions):
        if not question.ask.endswith("?"):
            yield f"a question ends with a question mark @ $.questions[{number}].ask"


def alike(sets: Iterable[ActSet]) -> Iterator[tuple[ActSet, str]]:
    """Name every two acts of these sets that are too much alike, at the later of the two."""
    acts = [
        (found, f"$.acts[{number}].mine", act, content_words(act.mine))
        for found in sets
        for number, act in enumerate(found.acts)
    ]
    for (first, _, one, its), (later, place, other, others) in combinations(acts, 2):
        much = shared(its, others)
        if much > MOST_SHARED:
            where = f"{first.ref}: {one.id}"
            yield later, f"{other.id} shares {much:.0%} of its words with {where} @ {place}"


def _texts(value: object, place: str, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text in a file, with its place and the name it goes by."""
    match value:
        case str():
            yield place, key, value
        case Mapping():
            for name, inner in value.items():
                yield from _texts(inner, f"{place}.{name}", name)
        case list():
            for number, inner in enumerate(value):
                yield from _texts(inner, f"{place}[{number}]", key)
        case _:
            return


def _wrong_with(key: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield "is empty"
        return
    longest = LONGEST.get(key, LONGEST_OF_ALL)
    if len(text) > longest:
        yield f"is {len(text)} characters long; the most is {longest}"
    if text != text.strip():
        yield "begins or ends with a space"
    yield from (f"has {why}" for mark, why in MARKS.items() if mark in text)
    for character in sorted(set(text)):
        if character != " " and _nobody_sees(character):
            yield f"has a character nobody can see, U+{ord(character):04X}"
    if not unicodedata.is_normalized("NFC", text):
        yield "has letters in two parts; write them composed (NFC)"
    for word in sorted(GENDERED.intersection(_words_apart(text))):
        yield f"says “{word}”; write it for anybody"


def _nobody_sees(character: str) -> bool:
    return character in BLANK or unicodedata.category(character)[0] in "CZ"


def _words_apart(text: str) -> list[str]:
    """The words of a text, with what is drawn together taken apart: “she’s” says “she”."""
    return words(text.replace("’", " "))


def _wrong_with_act(act: Act) -> Iterator[tuple[str, str]]:
    said = {"mine": act.mine, "theirs": act.theirs, "yours": act.yours, "short": act.short}
    for key, text in said.items():
        for word in sorted(WRONG_PERSON[key].intersection(_words_apart(text))):
            yield key, f"says “{word}”, which is the wrong person here"
        if text.endswith("."):
            yield key, "ends with a full stop; an act is not a sentence"
        if text[:1].isupper() is (key == "yours"):
            size = "small" if key == "yours" else "capital"
            yield key, f"must begin with a {size} letter here"
    for key in ("theirs", "yours"):
        if shared(content_words(act.mine), content_words(said[key])) <= MOST_SHARED:
            yield key, "says something else than mine"


def _ids(name: str, ids: Sequence[str]) -> Iterator[str]:
    for number, found in enumerate(ids):
        if not SLUG.fullmatch(found):
            yield f"an id is small letters and figures, joined by hyphens @ $.{name}[{number}].id"
        if found in ids[:number]:
            yield f"the id {found} is taken @ $.{name}[{number}].id"
