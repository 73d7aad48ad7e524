"""The sign-in library's pages, in our words. Every other page that it has is not there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as library
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from interwoven.apps.accounts import actions, queries
from interwoven.apps.accounts.actions import AddressTaken
from interwoven.apps.accounts.forms import ADDRESS_LENGTH, AnotherAddress
from interwoven.apps.accounts.pages import AddressPage, DoorPage
from interwoven.apps.accounts.who import id_of
from interwoven.apps.safety.pages import KeeperPage
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.web.render import page

ANOTHER_ADDRESS = "another-address"

View = Callable[..., HttpResponse]
MAILED_LATELY = "After a new password by mail the address stays as it is for 72 hours."


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
    template_name_signup_closed = "account/no_new_accounts.html"

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
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
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


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def another_address(request: HttpRequest) -> HttpResponse:
    """Change the address one signs in with. No letter tells anybody."""
    seat, now = _chair(request), timezone.now()
    if request.method != "POST":
        draft = drafts.take(seat=seat, form=ANOTHER_ADDRESS, now=now)
        shown = AddressPage(queries.address(seat=seat), draft.values.get("email", ""), draft.errors)
        return page(request, "account/another_address.html", shown)
    form = AnotherAddress(request.POST, person=seat.person)
    errors = form.said_wrong() or _changed_address(seat, form.cleaned_data["email"], now)
    if errors:
        values = {"email": request.POST.get("email", "")[:ADDRESS_LENGTH]}
        drafts.keep(seat=seat, form=ANOTHER_ADDRESS, values=values, errors=errors, now=now)
        return HttpResponseRedirect(request.path, status=303)
    return HttpResponseRedirect(reverse("couples:me"), status=303)


def _chair(request: HttpRequest) -> Seat:
    """Somebody signed in, by themselves: what is changed here has nothing to do with a partner."""
    return Seat(id_of(request.user))


def _changed_address(seat: Seat, address: str, now: datetime) -> dict[str, str]:
    """Change it, or say why not. After a letter its owner can still come back by the old one."""
    if queries.private_lock(seat=seat).shut(now):
        return {"email": MAILED_LATELY}
    try:
        with drafts.letting_go(seat=seat, form=ANOTHER_ADDRESS):
            actions.change_address(by=seat, address=address, now=now)
    except AddressTaken:
        return {"email": "There is an account with this address already. Use another."}
    return {}


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
