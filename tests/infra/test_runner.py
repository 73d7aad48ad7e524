"""The background thread: every job its turn, whatever the others do, and twice does no harm."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from interwoven.infra import cleaning, drafts, runner
from interwoven.infra.models import FormDraft, Submission

NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WORDS = "what Ana wrote"


@pytest.fixture
def jobs(monkeypatch):
    """A runner with no jobs yet."""
    monkeypatch.setattr(runner, "_jobs", {})
    monkeypatch.setattr(runner, "_done", {})
    return runner


def broken(now: datetime) -> None:
    raise ValueError(WORDS)


def test_a_job_that_fails_does_not_stop_the_others(jobs, caplog):
    done = []
    jobs.every_few_seconds(broken)
    jobs.every_few_seconds(done.append)

    jobs.run_once(NOW)

    assert done == [NOW]
    assert "job failed: broken (ValueError)" in caplog.text
    assert WORDS not in caplog.text


def test_a_job_runs_every_time_and_is_registered_once(jobs):
    done = []
    job = done.append
    jobs.every_few_seconds(job)
    jobs.every_few_seconds(job)

    jobs.run_once(NOW)
    jobs.run_once(NOW)

    assert done == [NOW, NOW]


def test_what_can_wait_runs_once_an_hour(jobs):
    done = []
    job = done.append
    jobs.every_hour(job)

    for minutes in (0, 1, 59, 60, 61, 119, 120):
        jobs.run_once(NOW + minutes * MINUTE)

    assert done == [NOW, NOW + 60 * MINUTE, NOW + 120 * MINUTE]


def test_what_can_wait_and_failed_is_tried_again_at_once(jobs, caplog):
    jobs.every_hour(broken)

    jobs.run_once(NOW)
    jobs.run_once(NOW)

    assert caplog.text.count("job failed") == 2


def test_a_clock_set_back_does_not_put_work_off(jobs):
    done = []
    job = done.append
    jobs.every_hour(job)

    jobs.run_once(NOW)
    jobs.run_once(NOW - DAY)

    assert done == [NOW, NOW - DAY]


def test_the_thread_works_until_it_is_stopped_and_can_begin_again(jobs, monkeypatch):
    monkeypatch.setattr(runner, "EVERY", 0.001)
    ran, where = threading.Semaphore(0), set()

    def job(now: datetime) -> None:
        where.add(threading.current_thread().name)
        ran.release()

    jobs.every_few_seconds(job)
    for _ in range(2):
        jobs.start()
        jobs.start()
        assert sum(thread.name == "runner" for thread in threading.enumerate()) == 1
        assert ran.acquire(timeout=20)
        assert ran.acquire(timeout=20)
        jobs.stop()
        assert all(thread.name != "runner" for thread in threading.enumerate())
    assert where == {"runner"}


def test_a_connection_that_broke_is_not_used_again(jobs, monkeypatch):
    """As after a restart of the database: closed before each round, opened anew by the next."""
    monkeypatch.setattr(runner, "EVERY", 0.001)
    said, round_over = [], threading.Event()
    monkeypatch.setattr(runner, "close_old_connections", lambda: said.append("closed"))

    def job(now: datetime) -> None:
        said.append("ran")
        if said.count("ran") == 2:
            round_over.set()

    jobs.every_few_seconds(job)
    jobs.start()
    assert round_over.wait(20)
    jobs.stop()

    assert said[:4] == ["closed", "ran", "closed", "ran"]


def test_the_cleaning_is_registered_and_waits_its_hour():
    for job in (cleaning.end_sessions, cleaning.drop_drafts, cleaning.forget_submissions):
        assert runner._jobs[job] == timedelta(hours=1)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_drafts_past_their_time_go_and_others_stay(ana, bo):
    for seat, now in ((ana, NOW), (bo, NOW + 10 * MINUTE)):
        drafts.keep(seat=seat, form="wish", values={}, errors={}, now=now)

    for _ in range(2):
        cleaning.drop_drafts(NOW + 31 * MINUTE)

    assert [row.author for row in FormDraft.objects.all()] == [bo.person]


@pytest.mark.django_db
def test_submissions_are_known_for_seven_days():
    for days in (0, 6, 7, 8, 30):
        Submission.objects.create(author=uuid4(), token=uuid4(), day=(NOW - days * DAY).date())

    for _ in range(2):
        cleaning.forget_submissions(NOW)

    kept = {(NOW.date() - row.day).days for row in Submission.objects.all()}
    assert kept == {0, 6, 7}
