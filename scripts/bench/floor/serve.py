"""Serve the floor in the very server the product runs in: its uvicorn, its dispatcher, its threads.

`interwoven.config.asgi` serves whatever DJANGO_SETTINGS_MODULE names; here that is the floor.
"""

from __future__ import annotations

import os

from interwoven.config import env, serve


def main() -> None:
    told = env.read(os.environ)
    with serve.listen(told) as listener:
        serve.serve(told, listener, started=lambda: print("floor is up", flush=True))


if __name__ == "__main__":
    main()
