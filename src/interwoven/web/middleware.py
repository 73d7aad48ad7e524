"""What holds for every answer, whoever asks and whatever for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from interwoven.infra.errors import NotThere
from interwoven.web import errors

Next = Callable[[HttpRequest], HttpResponseBase]

CHARSETS = frozenset({"utf-8", "utf8"})  # what our pages send, and no reading of bytes besides
LARGEST_BODY = 131_072  # bytes: the longest form here, four times over
TAKES_A_FILE = {"/me/bring-back/": 1_000_000}  # bytes; read in memory alone, see the settings
FEATURES = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types interwoven-worker"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Referrer-Policy": "same-origin",  # "no-referrer" would make our own forms say "Origin: null"
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, noarchive",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})


class Headers:
    """Send the promises of `ALWAYS` with every answer, and let nothing private be kept."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        https = HSTS if settings.SESSION_COOKIE_SECURE else {}
        self.headers = tuple((ALWAYS | https).items())
        self.static = str(settings.STATIC_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers:
            response.headers[name] = value
        if not request.path_info.startswith(self.static) or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Cookie"
        return response


class BodyLimit:
    """Refuse what no form here could have sent: more than 128 kB, or a file but for one address."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return errors.bad_request(request)
        largest = TAKES_A_FILE.get(request.path_info)
        if int(length[:12]) > (largest or LARGEST_BODY):
            return errors.too_large(request)
        said = request.content_params or {}
        if said.get("charset", "utf-8").lower() not in CHARSETS:
            return errors.bad_request(request)
        if largest is None and _brings_a_file(request):
            return errors.bad_request(request)
        return self.get_response(request)


def _brings_a_file(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data" and b"filename" in request.body


class FetchMetadata:
    """Let another site link to a page, and do nothing else: no frames, no posts, no parts."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if welcome(request) else errors.forbidden(request)


def welcome(request: HttpRequest) -> bool:
    """Whether a request may come from where its browser says it does.

    Browsers that say nothing are let through: the CSRF token and the cookie still stand.
    """
    said = request.META.get
    if said("HTTP_SEC_FETCH_DEST") in FRAMES:
        return False
    if said("HTTP_SEC_FETCH_SITE", "none") in ("same-origin", "none"):
        return True
    return request.method in ("GET", "HEAD") and said("HTTP_SEC_FETCH_MODE") == "navigate"


class SignedIn(LoginRequiredMiddleware):
    """Like Django's, but a page that is open to anyone is let through before anybody is looked up.

    Django's asks the database first who is there, so that help would be away when it is.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], *rest: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, *rest)


class QuietlyNotThere:
    """One page for whatever is not there for this seat, and one for when we are away."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, NotThere):
            return errors.not_found(request)
        return errors.away(problem) if errors.is_away(problem) else None
