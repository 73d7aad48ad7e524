"""The door after the password, and the one beside it: a code, or a passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as library
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from interwoven.apps.accounts.views import Door
from interwoven.apps.guarding import ceremony
from interwoven.apps.guarding.pages import PasskeyDoorPage
from interwoven.web.render import page

ASKED = "guarding.passkey"  # in a session that nobody is signed in to: what the browser was asked


class AfterPassword(Door, library.AuthenticateView):  # type: ignore[misc] # allauth has no types
    template_name = "guarding/after_password.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser is asked, for those who have a passkey."""
        there: dict[str, Any] = super().get_context_data(**kwargs)
        options = there.pop("js_data")["request_options"]
        has_one = bool(options["publicKey"].get("allowCredentials"))
        there["options"] = DjangoJSONEncoder().encode(options) if has_one else ""
        return there


_after_password = AfterPassword.as_view()


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@login_not_required
def after_password(request: HttpRequest) -> HttpResponse:
    """The second question; or back to the first, as somebody else perhaps."""
    if request.method == "POST" and request.POST.get("do") == "back":
        clear_login(request)
        return HttpResponseRedirect(reverse("account_login"), status=303)
    return _see_other(request, _after_password(request))


@require_http_methods(["GET", "POST"])
@login_not_required
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey instead of the password. Nothing is asked of the browser before somebody wants to.

    A page that is only looked at leaves nothing behind: the session begins with the first form.
    """
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("today"), status=303)
    if request.method != "POST":
        return _shown(request)
    if "credential" not in request.POST:
        return _asked(request)
    try:
        found = ceremony.used(request.POST["credential"])
    except ceremony.NotAPasskey:
        request.session[ASKED] = request.session.get(ASKED, {}) | {"wrong": True}
        return _again()
    onward = request.session.pop(ASKED, {}).get("next")
    login = Login(user=found.user, redirect_url=onward)
    return _see_other(request, perform_passwordless_login(request, found, login))


def _asked(request: HttpRequest) -> HttpResponse:
    request.session[ASKED] = {
        "options": ceremony.ask_to_use(),
        "next": get_next_redirect_url(request),
    }
    return _again()


def _shown(request: HttpRequest) -> HttpResponse:
    asked = request.session.get(ASKED)
    if not asked or "options" not in asked:
        return HttpResponseRedirect(reverse("account_login"), status=303)
    shown = PasskeyDoorPage(asked["options"], wrong=bool(asked.get("wrong")))
    return page(request, "guarding/passkey_door.html", shown)


def _again() -> HttpResponse:
    return HttpResponseRedirect(reverse("guarding:passkey_door"), status=303)


def _see_other(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.method == "POST" and isinstance(response, HttpResponseRedirect):
        response.status_code = 303
    return response
