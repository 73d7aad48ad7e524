"""Where the sign-in library asks us what to say, whom to let in and where to go next."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from interwoven.apps.accounts import invited
from interwoven.web.onward import is_ours


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "That address and password don’t belong together. Please look at both once more."
        ),
        "email_taken": (
            "There is an account with this address already. Sign in, or use another address."
        ),
        "too_many_login_attempts": (
            "That was many tries for one account in a short time. Wait a minute, then try again."
        ),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """An account that was closed answers like one that never was."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves; nothing waits in a cookie."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Only to slow down sign-up. Behind a socket there is no address, and that is no error."""
        return str(request.META.get("REMOTE_ADDR") or "")

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every page has one form, for people; none of them also answers in JSON."""
        return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """As whoever keeps this copy has said: anybody, whoever was invited, or nobody."""
        if settings.SIGN_UP == "invited":
            return bool(invited.token(request, now=timezone.now()))
        return bool(settings.SIGN_UP == "open")

    def is_safe_url(self, url: str) -> bool:
        """Where to go next is a path of this copy, never a whole address."""
        return is_ours(url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only letters that can arrive are written."""
        if settings.CAN_MAIL:
            super().send_mail(template_prefix, email, context)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by account alone: two people often share one network address."""
        return str(credentials.get("email", "")).lower()
