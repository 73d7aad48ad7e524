"""Reads what these pages were sent; saves nothing."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from interwoven.apps.keeping.reading import DoesNotFit, weeks_in
from interwoven.core.opening import Sheet

LARGEST = 900_000  # bytes of a file; the address itself takes a little more
LONGEST_KEY = 64  # letters by which a session is named
A_WEEK = timedelta(days=7)  # the week it is may end as late as this
NO_FILE = "Pick the file first."
TOO_LARGE = "This file is larger than what can be brought back. Nothing was."


def weeks(request: HttpRequest, today: date) -> dict[date, Sheet]:
    """The weeks in the file that was sent. Raises `DoesNotFit`."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise DoesNotFit(NO_FILE)
    if file.size is None or file.size > LARGEST:
        raise DoesNotFit(TOO_LARGE)
    return weeks_in(file.read(), latest=today + A_WEEK)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
