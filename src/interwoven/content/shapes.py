"""Fill core's shapes from what a file holds: exact types, no key too many, every mistake named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import cattrs

T = TypeVar("T")
Hook = Callable[[object, Any], Any]

_converter = cattrs.Converter(forbid_extra_keys=True)


class Misshapen(Exception):
    """What a file holds does not fit; `problems` says what and where, such as "… @ $.version"."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def fill(kind: type[T], data: Mapping[str, object]) -> T:
    """Make a value of this kind. Raises `Misshapen`."""
    try:
        return _converter.structure(data, kind)
    except cattrs.BaseValidationError as error:
        raise Misshapen(cattrs.transform_error(error, format_exception=_why)) from None


def _why(error: BaseException, _: type | None) -> str:
    match error:
        case KeyError():
            return f"{error.args[0]} is missing"
        case cattrs.ForbiddenExtraKeysError():
            return f"nothing reads {', '.join(sorted(error.extra_fields))}"
        case _:
            return str(error)


def _exactly(kind: type) -> None:
    """Take a value of this kind and no other: no "3" for 3, and no true for 1."""

    def hook(value: object, _: type) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {NAMES[kind]}, found {value!r}")
        return value

    _converter.register_structure_hook(kind, hook)


def _member(value: object, kind: type[StrEnum]) -> StrEnum:
    """Take one of the members' values."""
    values = [member.value for member in kind]
    if value not in values:
        raise ValueError(f"expected one of {', '.join(values)}, found {value!r}")
    return kind(value)


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _list_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    """Fill a tuple from a list and nothing else: a text is not a list of letters."""
    inner = GenericAlias(list, get_args(kind)[:1])
    fill_list = converter.get_structure_hook(inner)

    def hook(value: object, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError(f"expected a list, found {value!r}")
        return tuple(fill_list(value, inner))

    return hook


def _table_hook(kind: Any, converter: cattrs.Converter) -> Hook:
    fill_table = cattrs.gen.make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def hook(value: object, _: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected a table, found {value!r}")
        return fill_table(value, kind)

    return hook


NAMES = {str: "text", int: "a whole number", bool: "true or false"}

for _kind in NAMES:
    _exactly(_kind)
# By class, since a StrEnum is a text too, and classes are asked before tests are.
_converter.register_structure_hook(StrEnum, _member)
_converter.register_structure_hook_factory(_is_tuple, _list_hook)
_converter.register_structure_hook_factory(is_dataclass, _table_hook)
