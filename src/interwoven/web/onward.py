"""Where somebody was going, carried along in an address."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(path: str) -> bool:
    """Whether this is a path of this copy, and not a whole address of anywhere."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
