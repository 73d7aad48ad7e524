"""Going to the mail server as if to send, to see whether it takes this copy in."""

import smtplib
import ssl

from interwoven.config.addresses import MailServer

MAIL_WAITS = 5.0  # seconds


def greet(server: MailServer) -> None:
    """Sign in to it, and send nothing. Raises `OSError`, as all that smtplib raises is one."""
    safe = ssl.create_default_context()
    if server.tls == "ssl":
        door: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=MAIL_WAITS, context=safe
        )
    else:
        door = smtplib.SMTP(server.host, server.port, timeout=MAIL_WAITS)
    with door:
        if server.tls == "starttls":
            door.starttls(context=safe)
        if server.user:
            door.login(server.user, server.password)
