"""The sign-in library's pages, in our words. Every other page that it has is not there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as library
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from interwoven.apps.accounts.forms import AddressTaken
from interwoven.apps.accounts.pages import DoorPage
from interwoven.apps.safety.pages import KeeperPage

View = Callable[..., HttpResponse]


class Door:
    """What every page before signing in knows: who keeps this copy, and where one was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        there: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        keeper = KeeperPage(kind=settings.KEEPER, name=settings.KEEPER_NAME)
        onward = getattr(self, "get_next_url", str)() or ""
        there["page"] = DoorPage(keeper, onward=onward, can_mail=settings.CAN_MAIL)
        return there


class SignUp(Door, library.SignupView):  # type: ignore[misc] # allauth has no types
    template_name = "account/sign_up.html"

    def get_success_url(self) -> str:
        """Past what this leaves behind on a device, once, and from there to where one was going."""
        onward = str(super().get_success_url() or "")
        if self.request.user.is_authenticated:  # and only looked at this page again
            return onward
        return f"{reverse('safety:about_exit')}?{urlencode({'next': onward or reverse('today')})}"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse
        try:
            response = super().form_valid(form)
        except AddressTaken:
            form.add_error("email", library.get_adapter().validation_error("email_taken"))
            response = self.form_invalid(form)
        return response


class SignIn(Door, library.LoginView):  # type: ignore[misc] # allauth has no types
    template_name = "account/sign_in.html"


class SignOut(Door, library.LogoutView):  # type: ignore[misc] # allauth has no types
    template_name = "account/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session, here and in the browser, with what the browser kept of the pages."""
        response: HttpResponse = super().post(*args, **kwargs)
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class Forgotten(Door, library.PasswordResetView):  # type: ignore[misc] # allauth has no types
    template_name = "account/forgotten.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A copy that cannot send letters says so, whatever is typed."""
        if not settings.CAN_MAIL:
            return HttpResponseRedirect(request.path)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class Sent(Door, library.PasswordResetDoneView):  # type: ignore[misc] # allauth has no types
    template_name = "account/sent.html"


class NewPassword(Door, library.PasswordResetFromKeyView):  # type: ignore[misc] # allauth has no types
    template_name = "account/new_password.html"


class Changed(Door, library.PasswordResetFromKeyDoneView):  # type: ignore[misc] # allauth has no types
    template_name = "account/changed.html"


class AnotherPassword(Door, library.PasswordChangeView):  # type: ignore[misc] # allauth has no types
    template_name = "account/another_password.html"

    def get_default_success_url(self) -> str:
        return reverse("couples:me")


def _page(view: type[Any]) -> View:
    """A page of the library: seen or sent, and left with 303 once it has done something."""
    show: View = require_http_methods(["GET", "HEAD", "POST"])(view.as_view())

    @functools.wraps(show)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = show(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            response.status_code = 303
        return response

    return wrapper


sign_up = _page(SignUp)
sign_in = _page(SignIn)
sign_out = _page(SignOut)
forgotten = _page(Forgotten)
sent = _page(Sent)
new_password = _page(NewPassword)
changed = _page(Changed)
another_password = _page(AnotherPassword)
