"""A mail server for one copy, which sends nothing on: it keeps the letters it is given."""

from __future__ import annotations

import queue
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import cast


class Letters(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.came: queue.Queue[bytes] = queue.Queue()
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=none"

    def next(self) -> EmailMessage:
        """The next letter, as soon as it is there."""
        whole = self.came.get(timeout=20)
        return cast("EmailMessage", message_from_bytes(whole, policy=policy.default))

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Door(StreamRequestHandler):
    def handle(self) -> None:
        self._say(b"220 here")
        for line in self.rfile:
            match line[:4].upper():
                case b"DATA":
                    self._say(b"354 go on")
                    cast("Letters", self.server).came.put(self._letter())
                    self._say(b"250 kept")
                case b"QUIT":
                    return self._say(b"221 bye")
                case _:
                    self._say(b"250 well")
        return None

    def _letter(self) -> bytes:
        return b"".join(iter(self.rfile.readline, b".\r\n"))

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")
