"""The sets of acts a round may ask about, and the questions one person may take away."""

from __future__ import annotations

import secrets

from interwoven.core.acts import ActSet
from interwoven.core.rounds import Pick
from interwoven.infra.library import library


def another_set(*, but: str) -> str:
    """Another of the published sets by chance, as "id@version", than the one we have just seen."""
    refs = [acts.ref for acts in library().published_act_sets if acts.ref != but]
    return secrets.choice(refs or [but])


def first_set() -> str:
    """A set to begin with, by chance: one that speaks of no life in particular."""
    general = [acts.ref for acts in library().published_act_sets if acts.for_any_week]
    return secrets.choice(general)


def set_of(ref: str) -> ActSet:
    """The set with this name and version. Raises `LookupError`."""
    return library().act_sets[ref]


def question_for(acts: ActSet, pick: Pick) -> str:
    """A question about the kind of act I guessed, so that I learn whether I guessed well.

    Always the same one for the same pick, so that a reload asks nothing else.
    """
    kind = next(act.kind for act in acts.acts if act.id == pick.guess)
    wish = next(place for place, act in enumerate(acts.acts) if act.id == pick.wish)
    every = [
        question for asked in library().published_question_sets for question in asked.questions
    ]
    of_that_kind = [question.ask for question in every if question.kind is kind]
    return of_that_kind[wish % len(of_that_kind)]
