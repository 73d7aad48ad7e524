"""The pages for what went wrong. Written once, the same bytes for everyone, from no database."""

from __future__ import annotations

import errno
import logging
import sys
from functools import lru_cache

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.web.render import instance

log = logging.getLogger(__name__)

AWAY = (KeysAway, Unreadable, OperationalError, InterfaceError, InternalError)
OF_THE_DISK = frozenset(
    {errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS}
)
BARE = (
    b"<!doctype html><html lang=en-GB><meta charset=utf-8><title>A few words</title>"
    b"<h1>Something broke here</h1><p>It is not your doing. Nothing was half saved.</p>"
    b'<p><a href="/today/">Today</a> <a href="/help/">When to look for help</a> '
    b'<a href="/exit/">Quick exit</a></p></html>'
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(404)


def too_large(request: HttpRequest) -> HttpResponse:
    return answer(413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault, unless the database or the keys are away: then say so."""
    problem = sys.exc_info()[1]
    return away(problem) if problem and is_away(problem) else answer(500)


def is_away(problem: BaseException) -> bool:
    """Whether it is the database, the disk or the keys, and no fault of ours."""
    if isinstance(problem, OSError):
        return problem.errno in OF_THE_DISK
    return isinstance(problem, AWAY)


def away(problem: BaseException) -> HttpResponse:
    kind = type(problem).__name__
    log.error("The database, the disk or the keys could not be reached (%s).", kind)
    return answer(503)


def answer(status: int) -> HttpResponse:
    try:
        body = written(status)
    except Exception:  # the last page there is must not fail
        log.exception("The page for %s could not be written.", status)
        body = BARE
    return HttpResponse(body, status=status)


@lru_cache(maxsize=8)
def written(status: int) -> bytes:
    """The page for this status, as bytes. Nothing in it depends on who asks."""
    context = instance(HttpRequest())
    return render_to_string(f"web/errors/{status}.html", context).encode()
