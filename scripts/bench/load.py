"""Sixteen people at once, in a process of its own so that it does not slow what it measures.

    python -m bench.load PORT PATH SECONDS CONNECTIONS, cookies as JSON on standard input

Each connection asks again as soon as it has its whole answer. Prints the answers per second.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import httptools

from bench.client import Answer, request


class Asker(asyncio.Protocol):
    def __init__(self, asked: bytes, until: float) -> None:
        self.asked, self.until = asked, until
        self.answers = 0
        self.done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.answer = Answer()
        self.parser = httptools.HttpResponseParser(self.answer)
        self.transport.write(self.asked)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)
        if not self.answer.whole:
            return
        if self.parser.get_status_code() != 200:
            self._end(RuntimeError(f"answered {self.parser.get_status_code()}"))
        elif time.perf_counter() > self.until:
            self._end()
        else:
            self.answers += 1
            self._ask()

    def connection_lost(self, wrong: Exception | None) -> None:
        self._end(wrong or ConnectionResetError("the server closed a connection"))

    def _end(self, wrong: Exception | None = None) -> None:
        if not self.done.done():
            if wrong:
                self.done.set_exception(wrong)
            else:
                self.done.set_result(self.answers)
        self.transport.close()


async def ask_for(seconds: float, port: int, path: str, connections: int) -> float:
    asked = request("GET", path, port, json.load(sys.stdin), {})
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    askers = [Asker(asked, began + seconds) for _ in range(connections)]
    for asker in askers:
        await loop.create_connection(lambda asker=asker: asker, "127.0.0.1", port)
    answers = await asyncio.gather(*(asker.done for asker in askers))
    return sum(answers) / seconds


def main(port: str, path: str, seconds: str, connections: str) -> None:
    print(asyncio.run(ask_for(float(seconds), int(port), path, int(connections))))


if __name__ == "__main__":
    main(*sys.argv[1:])
