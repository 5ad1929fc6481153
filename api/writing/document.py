"""The JSON that a request carries: read strictly, since what is unclear must not become a record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.problems import shortened

LARGEST = 2_000_000  # bytes: a long source text, in Korean
DEEPEST = 12
_LONGEST_NUMBER = 18  # digits: what a database keeps

type Pointer = tuple[str | int, ...]


class Unreadable(Exception):
    """It is no JSON object, or not clearly one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place in the document, and what would be right."""

    at: Pointer
    detail: str

    @property
    def pointer(self) -> str:
        """As RFC 6901 writes it."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.at)


class Faulty(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.pointer or "the whole" for fault in faults))
        self.faults = faults


def read(text: bytes) -> dict[str, Any]:
    """Raises Unreadable, or Faulty for texts in it that no database could keep."""
    try:
        document = json.loads(
            text.decode(), object_pairs_hook=_each_name_once, parse_constant=_no_number, parse_int=_whole
        )
    except UnicodeDecodeError as error:
        raise Unreadable(f"It is not UTF-8: byte {error.start} can't be read.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"It is not JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Unreadable(_too_deep()) from None
    if not isinstance(document, dict):
        raise Unreadable('It is no JSON object: write {"name": value, ...}.')
    if faults := list(_unkeepable(document, ())):
        raise Faulty(faults)
    return document


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, number in Counter(name for name, _value in pairs).items() if number > 1)
        raise Unreadable(f"{shortened(twice)!r} is there twice in one object.")
    return found


def _no_number(text: str) -> None:
    raise Unreadable(f"{text} is no JSON.")


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Unreadable(f"{text[:_LONGEST_NUMBER]}… is too large a number.")
    return int(text)


def _unkeepable(value: Any, at: Pointer) -> Iterator[Fault]:
    if len(at) > DEEPEST:
        raise Unreadable(_too_deep())
    match value:
        case str():
            yield from _in_text(value, at)
        case dict():
            for name, member in value.items():
                yield from _in_text(name, at)
                yield from _unkeepable(member, (*at, name))
        case list():
            for number, member in enumerate(value):
                yield from _unkeepable(member, (*at, number))


def _in_text(text: str, at: Pointer) -> Iterator[Fault]:
    if "\0" in text:
        yield Fault(_printable(at), "There is a NUL character in it.")
    if not _is_unicode(text):
        yield Fault(_printable(at), "There is half a character in it: a surrogate without its other half.")


def _printable(at: Pointer) -> Pointer:
    return tuple(step if isinstance(step, int) or _is_unicode(step) else "�" for step in at)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep() -> str:
    return f"Its objects and lists lie more than {DEEPEST} deep in each other."
