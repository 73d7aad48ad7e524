"""The server: what it refuses before a page is reached, and where it cannot listen."""

import asyncio
import socket
import threading

import pytest
import uvicorn

from interwoven.config import serve
from interwoven.config.env import read


async def small(scope, receive, send):
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def ask():
    """A real server around a small page; gives what it answers to raw bytes."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        small, http=serve.Protocol, lifespan="off", server_header=False, log_config=None
    )
    started = threading.Event()
    server = serve.Server(config, started.set)
    thread = threading.Thread(target=asyncio.run, args=(server.serve([listener]),))
    thread.start()
    assert started.wait(5)

    address = listener.getsockname()

    def answer(request):
        with socket.create_connection(address, timeout=5) as connection:
            connection.sendall(request)
            return connection.recv(1000)

    yield answer
    server.should_exit = True
    thread.join(10)


def test_a_page_is_answered_without_a_word_of_what_it_is_built_with(ask):
    answer = ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"server" not in answer.lower()


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"a" * 17_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: a\r\n" * 4_000 + b"\r\n",
        b"GET /" + b"a" * 17_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    ],
)
def test_what_no_browser_sends_is_refused(ask, request_):
    assert ask(request_).startswith(b"HTTP/1.1 400")


def test_a_large_head_of_one_request_does_not_count_against_the_next(ask):
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"a" * 9_000 + b"\r\n\r\n"

    assert b"400" not in ask(request * 2)


def test_a_port_that_is_taken_is_told_with_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(serve.CannotListen, match=f"Port {port} is taken.*PORT="):
            serve.listen(read({"PORT": str(port)}))


def test_an_address_of_another_machine_is_told():
    with pytest.raises(
        serve.CannotListen, match=r"203\.0\.113\.9 is not an address of this machine"
    ):
        serve.listen(read({"HOST": "203.0.113.9", "PUBLIC_URL": "https://home.example"}))
