"""What may be asked of whom."""

from __future__ import annotations

import pytest

from interwoven.core.consent import ConsentKind, forms_allowed
from interwoven.core.forms import Form

E, P, I, S = Form  # noqa: E741  # the four forms in their order

# said yes to: the forms they may be asked about
ALLOWED = [
    ((), (E, P, I)),
    ((ConsentKind.ADULT,), (E, P, I)),
    ((ConsentKind.BELIEFS,), (E, P, I, S)),
    ((ConsentKind.ADULT, ConsentKind.BELIEFS), (E, P, I, S)),
]


@pytest.mark.parametrize(("standing", "forms"), ALLOWED)
def test_what_one_believes_is_asked_only_with_a_yes_of_its_own(standing, forms):
    assert forms_allowed(frozenset(standing)) == forms
