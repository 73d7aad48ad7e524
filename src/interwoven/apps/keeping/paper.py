"""The same to read: one page that needs nothing besides itself, on a screen or on paper."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from interwoven.apps.keeping.document import Document


def printed(document: Document) -> str:
    return render_to_string("keeping/paper.html", {"document": document, "style": _style()})


def _style() -> SafeString:
    """It is opened from a disk, where no sheet of ours can be asked for."""
    return mark_safe(f"<style>{render_to_string('keeping/paper.css')}</style>")  # noqa: S308 - ours
