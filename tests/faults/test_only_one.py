"""Of whatever the databases say there is only one, two are tried at once.

Each such rule is run into by whatever could break it: requests in one moment, each on a connection
of its own. One takes effect, or both come to the same; nobody gets an error; and whoever looks
afterwards is told what is so. The tests that do it say which rule they run into.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from tests.apps.checkins import test_race as weeks
from tests.apps.couples import test_race as couples
from tests.faults import test_two_at_once, test_windows_at_once
from tests.faults.windows import RACED

HERE = (test_two_at_once, test_windows_at_once)  # where the others are, that say so themselves
RANDOM = {  # no two are ever alike, whoever does what
    "account.EmailConfirmation.key",
    "couples.Invitation.token_hmac",
}
NOT_OURS = {"auth", "contenttypes"}  # tables of Django's that nobody here writes to
ELSEWHERE = {
    "couples.Membership.one_person_per_place": [
        couples.test_a_yes_pressed_many_times_at_once_makes_one_couple,
        couples.test_two_who_invited_each_other_and_say_yes_at_once_are_one_couple,
    ],
    "couples.Membership.one_current_couple_per_person": [
        couples.test_one_person_confirmed_by_two_at_once_is_in_one_couple
    ],
    "checkins.CheckIn.one_checkin_per_week": [
        weeks.test_first_words_kept_in_two_windows_at_once_are_kept_once_or_come_back
    ],
}


def every_rule() -> Iterator[str]:
    """Whatever the databases say there is only one of, but for ids, which are drawn by chance."""
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS:
            continue
        label = model._meta.label
        yield from (f"{label}.{one.name}" for one in model._meta.constraints)
        yield from (f"{label}.{'+'.join(names)}" for names in model._meta.unique_together)
        fields = (field for field in model._meta.fields if field.unique and not field.primary_key)
        yield from (f"{label}.{field.name}" for field in fields)


def test_every_rule_is_run_into_somewhere():
    raced = {
        rule for rule, tests in RACED.items() if any(vars(m).get(t) for m in HERE for t in tests)
    }

    assert set(every_rule()) == raced | ELSEWHERE.keys() | RANDOM
    assert not raced & RANDOM
