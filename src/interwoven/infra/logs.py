"""What a log line may hold: where and what kind, never what somebody wrote.

The text of an error may hold the value that was wrong, and a request's path or query may name a
row. So a record keeps its logger, its level, and the kind of error with the file and line, and
loses the rest. What we say ourselves is kept; of an error that comes with it, again only that.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typing_extensions import override

_log = logging.getLogger("interwoven.going_on")


class Wordless(logging.Filter):
    """Keep our own messages; of anything else, keep the kind and the place."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if record.__dict__.get("wordless"):  # another handler was first
            return True
        ours = f"{record.name}.".startswith("interwoven.")
        said = record.getMessage() if ours else record.levelname.lower()
        record.msg, record.args = f"{said} {_plain(record)}".strip(), ()
        record.exc_info = record.exc_text = record.stack_info = None
        record.__dict__["wordless"] = True
        return True


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """Go on after a fault, whichever it is: say what is so now, and the kind of fault."""
    try:
        yield
    except Exception as error:
        _log.error("%s (%s).", what, type(error).__name__)


def _plain(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", "")
    if not isinstance(record.exc_info, tuple) or record.exc_info[0] is None:
        return f"{status}"
    kind, _, trace = record.exc_info
    last = traceback.extract_tb(trace)[-1] if trace else None
    where = f" at {'/'.join(Path(last.filename).parts[-2:])}:{last.lineno}" if last else ""
    return f"{kind.__name__}{where} {status}"
