"""The server process: one port, no word of what it is built with, and an orderly end."""

import contextlib
import errno
import socket
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from interwoven.config.env import Env
from interwoven.config.refusal import Refusal
from interwoven.config.streams import end_streams

LARGEST_HEAD = 16_384  # bytes of address and headers
MOST_CONNECTIONS = 1_000
SECONDS_TO_FINISH = 10
SECONDS_KEPT_ALIVE = {False: 5, True: 65}  # longer behind a proxy, which reuses connections
NEAR = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]

LOGGING = {  # Django's settings say where to and in which words
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"uvicorn": {"level": "WARNING"}, "uvicorn.error": {}, "asyncio": {}},
}


class CannotListen(Refusal):
    """The address is taken, or not this machine's; the message says which and what to do."""


class HeadTooLarge(Exception):
    """More address and headers than any browser sends."""


class Protocol(HttpToolsProtocol):
    """HTTP with a limit on how much comes before the body."""

    head = 0

    def on_message_begin(self) -> None:
        self.head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self.head += size
        if self.head > LARGEST_HEAD:
            raise HeadTooLarge


class Server(uvicorn.Server):
    """A server that says when it is there, and ends its streams before it waits for the rest."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self.say_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.say_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        end_streams()
        await super().shutdown(sockets)


def listen(env: Env) -> socket.socket:
    """Take the address, before anything else is done. Raises `CannotListen`."""
    family = socket.AF_INET6 if ":" in env.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((env.host, env.port))
    except OSError as wrong:
        listener.close()
        raise CannotListen(_why_not(env, wrong)) from None
    return listener


def _why_not(env: Env, wrong: OSError) -> str:
    match wrong.errno:
        case errno.EADDRINUSE:
            other = env.port % 65535 + 1
            return f"Port {env.port} is taken. Stop what uses it, or choose another: PORT={other}"
        case errno.EACCES:
            return f"Port {env.port} is not for this user. Choose one above 1023: PORT=8000"
        case _:
            return f"{env.host} is not an address of this machine. Leave HOST out, or correct it."


def serve(env: Env, listener: socket.socket, *, started: Callable[[], None]) -> None:
    """Serve on this address until told to stop."""
    config = uvicorn.Config(
        "interwoven.config.asgi:application",
        http=Protocol,
        ws="none",
        lifespan="on",
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        proxy_headers=env.trusted_proxy > 0,
        forwarded_allow_ips=NEAR,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=SECONDS_KEPT_ALIVE[env.trusted_proxy > 0],
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, started).run(sockets=[listener])
