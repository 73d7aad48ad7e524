"""Letters leave through a real mail server, or don't, and no page is any different."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from interwoven.apps.accounts import recovery
from interwoven.infra.mail import flush
from tests.apps.accounts.asking import FORGOTTEN, change, everything, follow
from tests.apps.accounts.door import ANA, OTHER_PASSWORD, Browser, link_in, sign_up
from tests.ports import free_port

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


class Letters:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.rcpt_tos, letter))
        return "250 OK"


@pytest.fixture
def through_the_queue(settings) -> None:
    settings.EMAIL_BACKEND = "interwoven.infra.mail.Queued"
    settings.EMAIL_BEHIND_THE_QUEUE = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.EMAIL_PORT = free_port()


@pytest.fixture
def post_office(through_the_queue, settings):
    """A real mail server on this machine."""
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield letters
    server.stop()


def test_a_letter_arrives_through_a_real_mail_server(ana, post_office):
    Browser().send(FORGOTTEN, email="ana@home.example")
    Browser().send(FORGOTTEN, email="bob@home.example")
    flush()

    ((recipients, letter),) = post_office.taken
    assert recipients == ["ana@home.example"]
    assert letter["Subject"] == recovery.SUBJECT
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    browser = change(follow(link_in(letter.get_content())), OTHER_PASSWORD)
    assert browser.went == (303, "/password/new/done/")


def test_a_dead_mail_server_changes_nothing_on_any_page(ana, through_the_queue, caplog):
    known = everything("ana@home.example")
    flush()

    assert known[0] == 303
    assert "a letter could not be sent (ConnectionRefusedError)" in caplog.text
    assert "ana" not in caplog.text.lower()
    assert known == everything("bob@home.example")


def test_signing_up_sends_no_letter():
    sign_up(ANA)

    assert mail.outbox == []
