"""The one kind of exception that ends a start in plain words instead of a traceback."""


class Refusal(Exception):
    """Interwoven does not start; the message says why and what to do."""
