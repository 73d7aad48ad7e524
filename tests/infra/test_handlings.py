"""What was done with everything at once is written down by the day, and stays written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from interwoven.infra import handlings
from interwoven.infra.handlings import Deed, Handling

TODAY = date(2026, 4, 5)


def test_the_same_on_one_day_is_one_line(tmp_path):
    for _ in range(3):
        handlings.note(tmp_path, Deed.BACKED_UP, TODAY)
    handlings.note(tmp_path, Deed.OPENED, TODAY)

    lines = (tmp_path / handlings.NAME).read_text().split("\n")

    assert [line for line in lines if line] == ["2026-04-05 backed-up", "2026-04-05 opened"]


def test_every_trial_and_restore_stays_and_of_the_backups_the_last_one(tmp_path):
    handlings.note(tmp_path, Deed.OPENED, TODAY)
    handlings.note(tmp_path, Deed.RESTORED, TODAY)
    nights = [TODAY + timedelta(n) for n in range(400)]
    for night in nights:
        handlings.note(tmp_path, Deed.BACKED_UP, night)
        if night.day == 1:
            handlings.note(tmp_path, Deed.OPENED, night)

    found = handlings.latest(tmp_path)

    assert [one for one in found if one.deed is Deed.BACKED_UP] == [
        Handling(nights[-1], Deed.BACKED_UP)
    ]
    assert len([one for one in found if one.deed is Deed.OPENED]) == 14
    assert found[-2:] == (Handling(TODAY, Deed.RESTORED), Handling(TODAY, Deed.OPENED))


def test_what_was_written_last_comes_first_whatever_day_it_says(tmp_path):
    ahead = TODAY.replace(year=TODAY.year + 1)
    for deed, day in (
        (Deed.RESTORED, TODAY),
        (Deed.BACKED_UP, ahead),
        (Deed.OPENED, ahead),
        (Deed.OPENED, TODAY),
        (Deed.BACKED_UP, TODAY),
    ):
        handlings.note(tmp_path, deed, day)

    assert handlings.latest(tmp_path) == (
        Handling(TODAY, Deed.BACKED_UP),
        Handling(TODAY, Deed.OPENED),
        Handling(ahead, Deed.OPENED),
        Handling(TODAY, Deed.RESTORED),
    )


def test_a_day_that_a_clock_ran_ahead_to_is_written_down_when_it_comes(tmp_path):
    ahead = TODAY + timedelta(365)
    for day in (ahead, TODAY, ahead):
        handlings.note(tmp_path, Deed.OPENED, day)

    assert [one.day for one in handlings.latest(tmp_path)] == [ahead, TODAY, ahead]


def test_of_what_cannot_be_read_nothing_is_said(tmp_path):
    (tmp_path / handlings.NAME).mkdir()

    assert handlings.latest(tmp_path) is None


@pytest.mark.parametrize("torn", ["2026-04-", "2026-04-06 back", "nonsense\n", "\xff\xfe\n"])
def test_a_line_that_a_halt_cut_short_hides_no_other(tmp_path, torn):
    handlings.note(tmp_path, Deed.RESTORED, TODAY)
    with (tmp_path / handlings.NAME).open("a", encoding="latin-1") as lines:
        lines.write(torn)

    assert handlings.latest(tmp_path) == (Handling(TODAY, Deed.RESTORED),)


def test_a_line_after_one_that_was_cut_short_is_whole(tmp_path):
    (tmp_path / handlings.NAME).write_text("2026-04-05 back")

    handlings.note(tmp_path, Deed.OPENED, TODAY)

    assert handlings.latest(tmp_path) == (Handling(TODAY, Deed.OPENED),)


def test_before_anything_was_done_there_is_nothing(tmp_path):
    assert handlings.latest(tmp_path) == ()


def test_it_is_for_its_owner_alone(tmp_path):
    handlings.note(tmp_path, Deed.OPENED, TODAY)

    assert (tmp_path / handlings.NAME).stat().st_mode & 0o777 == 0o600
