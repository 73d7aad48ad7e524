"""What a log line may hold: where and what kind, never what somebody wrote.

A traceback prints the values around it, and a request's path or query may name a row. So a log
record keeps its logger, its level and the type of the error with the file and line, and loses the
rest.
"""

from __future__ import annotations

import logging
import traceback

from typing_extensions import override


class Wordless(logging.Filter):
    """Keep our own messages; of anything else, keep the kind and the place."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("interwoven"):
            return True
        record.msg, record.args = _plain(record), ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _plain(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", "")
    if not record.exc_info or record.exc_info[1] is None:
        return f"{record.levelname.lower()} {status}".strip()
    kind, _, trace = record.exc_info
    last = traceback.extract_tb(trace)[-1] if trace else None
    where = f" at {last.filename.rsplit('/', 2)[-1]}:{last.lineno}" if last else ""
    return f"{kind.__name__ if kind else 'error'}{where} {status}".strip()
