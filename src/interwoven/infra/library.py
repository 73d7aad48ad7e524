"""The content library, read once per process. A broken file stops the start, not a page."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from interwoven.content.library import Library, load


@lru_cache(maxsize=1)
def library() -> Library:
    return load(settings.CONTENT_DIR)
