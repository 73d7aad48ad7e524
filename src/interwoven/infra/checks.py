"""Start-up checks: a server whose content or keys are wrong does not start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from interwoven.content.library import BadLibrary
from interwoven.infra.library import library


@register()
def content_is_whole(**_: Any) -> Sequence[CheckMessage]:
    try:
        library()
    except BadLibrary as error:
        return [Error(problem, id="interwoven.E001") for problem in error.problems]
    return []
