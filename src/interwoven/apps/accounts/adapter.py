"""Where the sign-in library asks us: an account and its profile are made together or not at all."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves; nothing waits in a cookie."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only letters that can arrive are written."""
        if settings.CAN_MAIL:
            super().send_mail(template_prefix, email, context)
