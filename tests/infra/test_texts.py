"""A short text in a row of a library's opens for its person and purpose, and nowhere else."""

from __future__ import annotations

from uuid import uuid4

import pytest

from interwoven.infra.crypto import keys
from interwoven.infra.crypto.texts import open_text, seal_text
from interwoven.infra.errors import KeysAway, Unreadable

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_what_was_sealed_opens_for_its_person():
    ana = uuid4()
    sealed = seal_text(ana, "sign-in", "JBSWY3DP")

    assert open_text(ana, "sign-in", sealed) == "JBSWY3DP"
    assert "JBSWY3DP" not in sealed
    assert sealed != seal_text(ana, "sign-in", "JBSWY3DP")


def test_it_opens_for_nobody_else_and_for_nothing_else():
    ana, bo = uuid4(), uuid4()
    sealed = seal_text(ana, "sign-in", "JBSWY3DP")

    for person, purpose in ((bo, "sign-in"), (ana, "something else")):
        with pytest.raises(Unreadable):
            open_text(person, purpose, sealed)


@pytest.mark.parametrize("odd", ["", "JBSWY3DP", "½", "A" * 400, "AQ=="])
def test_what_is_no_sealed_text_is_unreadable(odd):
    with pytest.raises(Unreadable):
        open_text(uuid4(), "sign-in", odd)


def test_with_the_key_destroyed_nothing_opens():
    ana = uuid4()
    sealed = seal_text(ana, "sign-in", "JBSWY3DP")
    keys.destroy(ana)
    keys.forget()

    with pytest.raises((Unreadable, KeysAway)):
        open_text(ana, "sign-in", sealed)
