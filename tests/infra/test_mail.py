"""Letters leave on a thread of their own; a server that is away costs a page nothing."""

from __future__ import annotations

import queue
import smtplib
import threading

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import send_mail
from django.core.mail.backends.base import BaseEmailBackend

from interwoven.infra import mail

WORDS = "come and answer with me"


class Postbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - its name there
        self.letters.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def queued(settings):
    settings.EMAIL_BACKEND = "interwoven.infra.mail.Queued"
    settings.EMAIL_BEHIND_THE_QUEUE = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    yield settings
    mail.flush()


@pytest.fixture
def postbox(queued, unused_port):
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=unused_port)
    controller.start()
    queued.EMAIL_PORT = unused_port
    yield box
    controller.stop()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def held(queued, monkeypatch):
    """A mail server that takes a letter only when the test says so."""
    may_go, gone = threading.Event(), []

    class Held(BaseEmailBackend):
        def send_messages(self, messages) -> int:
            assert may_go.wait(20)
            gone.extend((message.subject, threading.current_thread().name) for message in messages)
            return len(messages)

    monkeypatch.setattr(mail, "get_connection", lambda backend: Held())
    yield may_go, gone
    may_go.set()
    mail.flush()


def send(subject="A few words") -> int:
    return send_mail(subject, WORDS, "us@home.example", ["bo@home.example"])


def test_a_letter_arrives_at_a_real_server(postbox):
    assert send() == 1
    mail.flush()

    assert len(postbox.letters) == 1
    assert WORDS in postbox.letters[0]
    assert "Subject: A few words" in postbox.letters[0]


def test_a_page_does_not_wait_for_its_letter(held):
    may_go, gone = held

    send("one")
    send("two")
    assert gone == []

    may_go.set()
    mail.flush()
    assert gone == [("one", "mail"), ("two", "mail")]
    assert threading.current_thread().name != "mail"


def test_a_server_that_is_away_is_noted_without_a_word_of_the_letter(queued, unused_port, caplog):
    queued.EMAIL_PORT = unused_port
    assert send() == 1
    mail.flush()

    assert [record.name for record in caplog.records] == ["interwoven.mail"]
    assert "ConnectionRefusedError" in caplog.text
    for told in (WORDS, "A few words", "home.example"):
        assert told not in caplog.text


def test_after_a_server_was_away_the_next_letter_goes(queued, unused_port, caplog):
    queued.EMAIL_PORT = unused_port
    send("lost")
    mail.flush()
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=unused_port)
    controller.start()
    try:
        send("found")
        mail.flush()
    finally:
        controller.stop()

    assert len(box.letters) == 1
    assert "Subject: found" in box.letters[0]


def test_a_server_that_refuses_is_noted_by_kind_alone(queued, monkeypatch, caplog):
    class Refusing(BaseEmailBackend):
        def send_messages(self, messages) -> int:
            raise smtplib.SMTPRecipientsRefused({"bo@home.example": (550, WORDS.encode())})

    monkeypatch.setattr(mail, "get_connection", lambda backend: Refusing())
    send()
    mail.flush()

    assert "SMTPRecipientsRefused" in caplog.text
    assert "home.example" not in caplog.text
    assert WORDS not in caplog.text


def test_when_the_queue_is_full_a_page_still_answers(queued, monkeypatch, caplog):
    full: queue.Queue = queue.Queue(maxsize=2)
    with monkeypatch.context() as no_sender:
        no_sender.setattr(mail, "_waiting", full)
        no_sender.setattr(mail, "_start", lambda: None)
        assert [send(str(number)) for number in range(3)] == [1, 1, 1]

    assert caplog.text.count("a letter was dropped") == 1
    assert WORDS not in caplog.text
    assert [full.get().subject for _ in range(2)] == ["0", "1"]
