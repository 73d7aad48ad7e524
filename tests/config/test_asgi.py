"""What reaches a page is a whole request, and the stream ends when the server does."""

import asyncio

import pytest

from interwoven.config import asgi
from interwoven.config.streams import end_streams, stopping


@pytest.fixture
def pages(monkeypatch):
    """The requests that reached a page, each with its body."""
    reached = []

    async def page(scope, receive, send):
        message = await receive()
        reached.append((scope, message["body"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    monkeypatch.setattr(asgi, "_pages", page)
    return reached


def ask(*messages, method="POST", path="/", query=b"", headers=()):
    """Send one request, in these pieces, and give the status it was answered with."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": list(headers),
    }
    waiting = [{"type": "http.request", **message} for message in messages]
    sent = []

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    asyncio.run(asgi.application(scope, receive, send))
    return sent[0]["status"] if sent else None


def test_a_body_in_pieces_reaches_the_page_whole(pages):
    status = ask({"body": b"a=", "more_body": True}, {"body": b"b"})

    assert status == 200
    assert [body for _, body in pages] == [b"a=b"]


def test_half_a_form_reaches_no_page(pages):
    gone = {"type": "http.disconnect"}

    assert ask({"body": b"a=", "more_body": True}, gone) is None
    assert pages == []


def test_too_much_is_refused_before_all_of_it_is_read(pages):
    piece = {"body": b"x" * 65_536, "more_body": True}

    assert ask(*[piece] * 17) == 413
    assert pages == []


def test_a_request_that_never_ends_is_given_up(pages, monkeypatch):
    monkeypatch.setattr(asgi, "LONGEST_WAIT", 0.01)

    assert ask({"body": b"a=", "more_body": True}) == 408
    assert pages == []


def test_a_header_cannot_pose_as_another(pages):
    ask({"body": b""}, headers=[(b"x_forwarded_proto", b"https"), (b"host", b"localhost")])

    assert [name for name, _ in pages[0][0]["headers"]] == [b"host"]


def test_raw_bytes_in_a_query_reach_the_page_escaped(pages):
    ask({"body": b""}, method="GET", query=b"a=\xff\xc3\xa9%41&b=+")

    assert pages[0][0]["query_string"] == b"a=%FF%C3%A9%41&b=+"


def stream_until_stopped(monkeypatch):
    ended = []

    async def stream(scope, receive, send):
        ended.append((await receive())["type"])

    monkeypatch.setattr("interwoven.infra.live.stream", stream)

    async def never():
        await asyncio.Event().wait()

    async def both():
        scope = {"type": "http", "path": "/live/events", "method": "GET"}
        open_stream = asyncio.ensure_future(asgi.application(scope, never, never))
        await asyncio.sleep(0)
        assert ended == []
        end_streams()
        await asyncio.wait_for(open_stream, 2)

    asyncio.run(both())
    return ended


def test_an_open_stream_ends_when_the_server_is_asked_to(monkeypatch):
    try:
        assert stream_until_stopped(monkeypatch) == ["http.disconnect"]
    finally:
        stopping.clear()


def test_only_reading_opens_the_stream(pages):
    assert ask({"body": b""}, method="POST", path="/live/events") == 200
    assert len(pages) == 1


def test_the_runner_starts_and_stops_with_the_server(monkeypatch):
    said = []
    monkeypatch.setattr("interwoven.infra.runner.start", lambda: said.append("start"))
    monkeypatch.setattr("interwoven.infra.runner.stop", lambda: said.append("stop"))
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        said.append(message["type"])

    asyncio.run(asgi.application({"type": "lifespan"}, receive, send))

    assert said == ["start", "lifespan.startup.complete", "stop", "lifespan.shutdown.complete"]
