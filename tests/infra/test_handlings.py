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


def test_the_latest_come_first_and_only_so_many(tmp_path):
    days = [TODAY + timedelta(n) for n in range(handlings.MOST_ON_A_PAGE + 3)]
    for day in days:
        handlings.note(tmp_path, Deed.BACKED_UP, day)

    found = handlings.latest(tmp_path)

    assert [one.day for one in found] == days[::-1][: handlings.MOST_ON_A_PAGE]


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
