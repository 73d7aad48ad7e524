from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from interwoven.web.middleware import LARGEST_BODY


def test_what_is_foreign_and_what_is_absent_are_the_same_bytes(visitor):
    foreign, absent = visitor.get("/foreign/"), visitor.get("/nowhere/")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
    assert foreign.headers == absent.headers


@pytest.mark.parametrize("path", ["/keys-away/", "/locked/"])
def test_when_the_keys_or_the_database_are_away_the_page_says_so(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 503
    assert b"What you wrote is still there, closed." in response.content


def test_our_own_fault_tells_nothing_of_what_went_wrong(visitor):
    response = visitor.get("/broken/")

    assert response.status_code == 500
    assert b"It is not your doing." in response.content
    assert b"secret" not in response.content


def test_the_last_page_there_is_needs_no_template(visitor, monkeypatch):
    def refuse(status):
        raise RuntimeError

    monkeypatch.setattr("interwoven.web.errors.written", refuse)

    response = visitor.get("/broken/")

    assert response.status_code == 500
    assert b'<a href="/exit/">Quick exit</a>' in response.content


def test_a_body_longer_than_any_form_is_refused(visitor):
    urlencoded = "application/x-www-form-urlencoded"
    fits = visitor.post("/form/", "a" * LARGEST_BODY, content_type=urlencoded)
    too_long = visitor.post("/form/", "a" * (LARGEST_BODY + 1), content_type=urlencoded)

    assert (fits.status_code, too_long.status_code) == (204, 413)


@pytest.mark.parametrize("length", ["-1", "many", "1e3", "9" * 40])
def test_a_length_that_is_no_length_is_refused(visitor, length):
    response = visitor.post("/form/", {"a": "b"}, CONTENT_LENGTH=length)

    assert response.status_code in (400, 413)


def test_nobody_can_send_a_file(visitor):
    response = visitor.post("/form/", {"a": SimpleUploadedFile("a.png", b"\x89PNG")})

    assert response.status_code == 400


@pytest.mark.parametrize("charset", ["hex", "utf-7", "rot13", "idna", "no-such-thing", "utf-16"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "text/plain"])
def test_a_body_in_another_alphabet_is_refused(visitor, charset, kind):
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--b--\r\n'

    response = visitor.generic("POST", "/form/", body, f"{kind}; charset={charset}")

    assert response.status_code == 400


#   site           mode         dest        method  let in
WELCOME = [
    (None, None, None, "GET", True),  # a browser that says nothing
    (None, None, None, "POST", True),  # the CSRF token decides
    ("none", "navigate", "document", "GET", True),  # typed, or from a mail program
    ("same-origin", "navigate", "document", "POST", True),
    ("same-origin", "cors", "empty", "POST", True),
    ("cross-site", "navigate", "document", "GET", True),  # a link somewhere else
    ("same-site", "navigate", "document", "GET", True),
    ("cross-site", "navigate", "document", "POST", False),
    ("same-site", "navigate", "document", "POST", False),
    ("cross-site", "no-cors", "image", "GET", False),
    ("cross-site", "cors", "empty", "GET", False),
    ("same-site", "no-cors", "script", "GET", False),
    ("cross-site", "navigate", "iframe", "GET", False),
    ("same-origin", "navigate", "iframe", "GET", False),
    ("same-origin", "no-cors", "embed", "GET", False),
    ("none", "no-cors", "object", "GET", False),
]


@pytest.mark.parametrize(("site", "mode", "dest", "method", "let_in"), WELCOME)
def test_another_site_may_link_here_and_nothing_else(visitor, site, mode, dest, method, let_in):
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    headers = {name: value for name, value in said.items() if value}

    response = visitor.generic(method, "/form/", headers=headers)

    assert response.status_code == (204 if let_in else 403)


def test_a_form_without_its_token_is_refused_in_plain_words(settings):
    from django.test import Client

    settings.ROOT_URLCONF = "tests.web.small_urls"

    response = Client(enforce_csrf_checks=True).post("/form/", {"a": "b"})

    assert response.status_code == 403
    assert b"This page had been open too long" in response.content
