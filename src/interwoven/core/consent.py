"""What a person must have said yes to before certain answers are asked for."""

from __future__ import annotations

from enum import StrEnum

from interwoven.core.forms import Form

ADULT_AGE = 18  # years


class ConsentKind(StrEnum):
    ADULT = "adult"  # is eighteen or older, and wants their answers kept
    BELIEFS = "beliefs"  # answers about what they believe and hold dear (GDPR Art. 9)


def forms_allowed(standing: frozenset[ConsentKind]) -> tuple[Form, ...]:
    """The forms a person may be asked about. Beliefs need a consent of their own."""
    return tuple(
        form for form in Form if form is not Form.SPIRITUAL or ConsentKind.BELIEFS in standing
    )
