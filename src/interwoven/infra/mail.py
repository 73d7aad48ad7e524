"""Mail leaves on a thread of its own, so that a page takes as long with a letter as without.

Whether an address has an account must not show in how long an answer takes. A letter that cannot
be sent is noted without its words and dropped: the person may ask again.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

_log = logging.getLogger("interwoven.mail")
_waiting: queue.Queue[EmailMessage] = queue.Queue(maxsize=1000)
_lock = threading.Lock()
_sender: threading.Thread | None = None


class Queued(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        _start()
        for message in email_messages:
            try:
                _waiting.put_nowait(message)
            except queue.Full:
                _log.error("mail queue is full; a letter was dropped")
        return len(email_messages)


def flush() -> None:
    """Wait until every letter handed over so far has been tried."""
    _waiting.join()


def _start() -> None:
    global _sender
    with _lock:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send_all, name="mail", daemon=True)
            _sender.start()


def _send_all() -> None:
    while True:
        message = _waiting.get()
        try:
            get_connection(settings.EMAIL_BEHIND_THE_QUEUE).send_messages([message])
        except Exception as error:  # a dead mail server must not stop the next letter
            _log.error("a letter could not be sent (%s)", type(error).__name__)
        finally:
            _waiting.task_done()
