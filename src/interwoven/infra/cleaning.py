"""What is kept for a while only, and thrown away after it by the runner."""

from __future__ import annotations

from datetime import datetime, timedelta

from interwoven.infra.models import FormDraft, Session, Submission

SUBMISSIONS_KEPT = timedelta(days=7)


def end_sessions(now: datetime) -> None:
    Session.objects.filter(expires__lte=now).delete()


def drop_drafts(now: datetime) -> None:
    FormDraft.objects.filter(kept_until__lt=now).delete()


def forget_submissions(now: datetime) -> None:
    Submission.objects.filter(day__lt=(now - SUBMISSIONS_KEPT).date()).delete()
