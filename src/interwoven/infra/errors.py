"""What may go wrong for a reason a page has words for."""

from __future__ import annotations


class NotThere(Exception):
    """No such thing, as far as this seat can know. Becomes a 404, and says nothing more."""


class NotNow(Exception):
    """The moment for this has passed or has not come. The page is shown again as it now is."""


class KeysAway(Exception):
    """The keys that open what people wrote cannot be had. Becomes a 503; never plain text."""


class Unreadable(Exception):
    """A kept value does not open where it lies: it was altered, moved or cut short."""
