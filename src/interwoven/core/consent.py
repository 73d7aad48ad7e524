"""What a person must have said yes to before certain answers are asked for."""

from __future__ import annotations

from enum import StrEnum

from interwoven.core.forms import Form

ADULT_AGE = 18  # years


class ConsentKind(StrEnum):
    """What a person says yes to, each by itself. Each can be taken back."""

    ADULT = "adult"  # is eighteen or older, and wants their answers kept
    BELIEFS = "beliefs"  # answers about what they believe and hold dear (GDPR Art. 9)


def forms_allowed(standing: frozenset[ConsentKind]) -> tuple[Form, ...]:
    """The forms a person may be asked about, in the order of `Form`, given what they said yes to.

    Beliefs need a yes of their own. That a person is an adult is asked before anything is, and it
    is for the caller to see to.
    """
    return tuple(
        form for form in Form if form is not Form.SPIRITUAL or ConsentKind.BELIEFS in standing
    )
