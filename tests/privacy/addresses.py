"""Every address there is, as the resolver has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One route: its name, how it is written, and whom it is for."""

    name: str
    route: str
    seated: bool
    open: bool  # to anyone

    @property
    def plain(self) -> bool:
        """Whether nothing in it has to be filled in."""
        return "<" not in self.route

    @property
    def path(self) -> str:
        return f"/{self.route}"


def every_address() -> tuple[Address, ...]:
    return tuple(_under(get_resolver(), "", ""))


def _under(resolver: URLResolver, before: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from _under(pattern, route, pattern.namespace or space)
        else:
            yield _address(pattern, route, space)


def _address(pattern: URLPattern, route: str, space: str) -> Address:
    name = f"{space}:{pattern.name}" if space else str(pattern.name)
    view = pattern.callback
    return Address(
        name,
        route,
        seated=hasattr(view, "needs_seat"),
        open=not getattr(view, "login_required", True),
    )
