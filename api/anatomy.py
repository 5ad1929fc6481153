"""What the shapes are made of, for all that goes by it: sparse answers, references written out, columns of CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, TypeAliasType, Union, get_args, get_origin, get_type_hints, is_typeddict

from api.shapes.debate import DebateReference, SessionReference, SourceReference
from api.shapes.positions import PositionReference, PropositionReference, TopicReference
from api.shapes.speakers import OrganizationReference, SpeakerReference
from api.shapes.texts import Bilingual, PartialDate

RESOURCE_OF: Mapping[Any, str] = {
    DebateReference: "debates",
    SessionReference: "sessions",
    SourceReference: "sources",
    SpeakerReference: "speakers",
    OrganizationReference: "organizations",
    TopicReference: "topics",
    PropositionReference: "propositions",
    PositionReference: "positions",
}
_WHOLE = (Bilingual, PartialDate)  # what is given or left out as one
_TOLD_BY_ID = ("url", "html_url")


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a shape: the shape that its value, or each of its values, has if it is an object."""

    shape: Any
    is_list: bool


@cache
def parts(shape: Any) -> Mapping[str, Part]:
    return {name: _part(hint) for name, hint in get_type_hints(shape, include_extras=True).items()}


@cache
def fields(shape: Any) -> tuple[str, ...]:
    """Every name that an answer can be narrowed to: members, and with a dot those of objects in them."""
    return tuple(_fields(shape, ""))


@cache
def references(shape: Any, steps: int = 2) -> Mapping[str, str]:
    """Where in `shape` other records are referred to, and the list that each of them is in."""
    return dict(_references(shape, "", steps))


@cache
def columns(shape: Any) -> tuple[tuple[str, ...], ...]:
    """The paths to all plain values. Of a record referred to its id and its texts: the id tells its addresses, and
    which language is its source's stands in its own list.
    """
    return tuple(_columns(shape, ()))


def _part(hint: Any) -> Part:
    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, TypeAliasType):
        return _part(hint.__value__)
    if origin in {Annotated, NotRequired}:
        return _part(arguments[0])
    if origin in {Union, UnionType}:
        return _part(next(member for member in arguments if member is not NoneType))
    if origin is list:
        return Part(_part(arguments[0]).shape, is_list=True)
    return Part(hint if is_typeddict(hint) else None, is_list=False)


def _fields(shape: Any, before: str) -> Iterator[str]:
    for name, part in parts(shape).items():
        yield f"{before}{name}"
        if part.shape and part.shape not in _WHOLE and before.count(".") < 2:
            yield from _fields(part.shape, f"{before}{name}.")


def _references(shape: Any, before: str, steps: int) -> Iterator[tuple[str, str]]:
    for name, part in parts(shape).items():
        if part.shape in RESOURCE_OF:
            yield f"{before}{name}", RESOURCE_OF[part.shape]
        elif part.shape and part.shape not in _WHOLE and steps > 1:
            yield from _references(part.shape, f"{before}{name}.", steps - 1)


def _columns(shape: Any, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, part in parts(shape).items():
        if (before and name in _TOLD_BY_ID) or (len(before) > 1 and name == "source_language"):
            continue
        if part.shape is None:
            yield (*before, name)
        else:
            yield from _columns(part.shape, (*before, name))
