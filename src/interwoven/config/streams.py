"""The one word between the server and its live streams: stop."""

import asyncio

stopping = asyncio.Event()


def end_streams() -> None:
    """Close every live stream, so that a server asked to stop need not wait for browsers."""
    stopping.set()
