"""No line of the log holds what somebody wrote, whoever wrote the line."""

from __future__ import annotations

import io
import logging
import logging.config
import os
import subprocess
import sys
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path

WORDS = "Ana-wrote-this"


@login_not_required
def broken(request, word):
    wrote = f"{WORDS} {request.POST}"
    raise ValueError(f"cannot take {wrote}")


urlpatterns = [path("broken/<str:word>/", broken)]


@pytest.fixture
def log(monkeypatch):
    """What the product's own handler would write to its terminal, of anything anyone says."""
    for name in ("django", "django.request", "asyncio"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    kept, formatter = settings.LOGGING["handlers"]["stderr"], settings.LOGGING["formatters"]
    for name in kept["filters"]:
        module, _, factory = settings.LOGGING["filters"][name]["()"].rpartition(".")
        handler.addFilter(getattr(import_module(module), factory)())
    style = formatter[kept["formatter"]]
    handler.setFormatter(logging.Formatter(style["format"], style=style["style"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def fail(wrote: str) -> None:
    private = {"answer": wrote}
    raise KeyError(f"no such answer: {private}")


def test_a_page_that_breaks_leaves_kind_and_place_and_no_word(log, settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)

    answer = client.post(f"/broken/{WORDS}/?q={WORDS}", {"text": WORDS})

    assert answer.status_code == 500
    assert "ValueError at infra/test_logs.py:" in log.getvalue()
    assert WORDS not in log.getvalue()
    assert "/broken/" not in log.getvalue()


def test_a_page_that_is_not_there_is_not_noted(log, settings):
    settings.ROOT_URLCONF = __name__

    assert Client().get(f"/{WORDS}/").status_code == 404
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    "name", ["django.request", "uvicorn.error", "asyncio", "interwovenish", ""]
)
def test_of_lines_by_others_only_level_and_kind_are_kept(log, name):
    try:
        fail(WORDS)
    except KeyError:
        logging.getLogger(name).exception("it broke: %s", WORDS, stack_info=True)
    logging.getLogger(name).error("it broke: %s", WORDS)

    assert WORDS not in log.getvalue()
    assert "it broke" not in log.getvalue()
    assert log.getvalue().count("\n") == 2
    assert "KeyError at infra/test_logs.py:" in log.getvalue()


def test_of_our_own_lines_the_sentence_is_kept_and_the_error_is_not(log):
    try:
        fail(WORDS)
    except KeyError:
        logging.getLogger("interwoven.web.errors").exception("The page for %s broke.", 500)

    assert "The page for 500 broke. KeyError at infra/test_logs.py:" in log.getvalue()
    assert WORDS not in log.getvalue()
    assert "Traceback" not in log.getvalue()


def test_an_error_behind_an_error_leaves_no_word_either(log):
    try:
        try:
            fail(WORDS)
        except KeyError as first:
            raise RuntimeError(WORDS) from first
    except RuntimeError:
        logging.getLogger("django").exception("x")

    assert "RuntimeError at" in log.getvalue()
    assert WORDS not in log.getvalue()


@pytest.mark.parametrize("nothing", [None, True, (None, None, None)], ids=str)
def test_a_line_without_an_error_does_no_harm(log, nothing):
    logging.getLogger("django").error(WORDS, exc_info=nothing)

    assert log.getvalue() == "ERROR django error\n"


def test_every_handler_there_is_goes_through_the_filter():
    handlers = settings.LOGGING["handlers"].values()

    assert all(handler["filters"] == ["wordless"] for handler in handlers)
    assert not settings.ADMINS


def test_a_served_copy_still_has_something_to_say():
    """The server sets Django up a second time, which must not silence what was there before."""
    story = (
        "import logging, django; django.setup()\n"
        "from interwoven.infra import mail\n"
        "import interwoven.config.asgi\n"
        "for name in ('interwoven.mail', 'django.request', 'asyncio'):\n"
        "    logging.getLogger(name).error('said')\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "interwoven.config.settings_test"}
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, env=environment)

    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().splitlines() == [
        "ERROR interwoven.mail said",
        "ERROR django.request error",
        "ERROR asyncio error",
    ]


def test_the_log_as_configured_can_be_set_up():
    logging.config.DictConfigurator(settings.LOGGING).configure_filter(
        settings.LOGGING["filters"]["wordless"]
    )
