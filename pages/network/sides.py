"""The drawing of who stands where: actors on the left, propositions on the right, a line for each stand. Knows nothing
of what it draws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pages.network.picture import Lines, Words, step_of, wrapped

WIDTH = 760
FONT = 15
_LEADING = 18
_GAP = 10
_LEFT, _RIGHT = 216, 424  # of the dots
_TO_DOT = 12
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    key: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Stance:
    """A line between an entry on the left and one on the right; `strength` is from 0 to 1."""

    left: Hashable
    right: Hashable
    kind: str
    strength: float


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry: its dot, and its words beside it, away from the lines."""

    key: Hashable
    x: int
    y: int
    text_x: int
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    width: int
    height: int
    left: tuple[Placed, ...]
    right: tuple[Placed, ...]
    lines: tuple[Lines, ...]


def sides(left: Sequence[Entry], right: Sequence[Entry], stances: Sequence[Stance]) -> Sides:
    """In an order of both sides in which few lines cross; the order given decides where it does not matter."""
    left, right = _ordered(left, right, stances)
    room_left, room_right = _LEFT - _TO_DOT, WIDTH - _RIGHT - _TO_DOT
    wrapped_left = [wrapped(entry.text, room_left / FONT) for entry in left]
    wrapped_right = [wrapped(entry.text, room_right / FONT) for entry in right]
    height = max(_height(wrapped_left), _height(wrapped_right))
    on_left = _placed(left, wrapped_left, height, _LEFT, _LEFT - _TO_DOT)
    on_right = _placed(right, wrapped_right, height, _RIGHT, _RIGHT + _TO_DOT)
    return Sides(WIDTH, height, on_left, on_right, tuple(_lines(stances, on_left, on_right)))


def _ordered(
    left: Sequence[Entry], right: Sequence[Entry], stances: Sequence[Stance]
) -> tuple[list[Entry], list[Entry]]:
    """Each side in turn by the mean place of what its entries are joined to (the barycentre method of Sugiyama)."""
    of_left, of_right = defaultdict(list), defaultdict(list)
    for stance in stances:
        of_left[stance.left].append(stance.right)
        of_right[stance.right].append(stance.left)
    ordered_left, ordered_right = list(left), list(right)
    for _round in range(_ROUNDS):
        ordered_right = _by_mean_place(ordered_right, of_right, ordered_left)
        ordered_left = _by_mean_place(ordered_left, of_left, ordered_right)
    return ordered_left, ordered_right


def _by_mean_place(
    entries: Iterable[Entry], joined: Mapping[Hashable, Sequence[Hashable]], others: Sequence[Entry]
) -> list[Entry]:
    place = {entry.key: number for number, entry in enumerate(others)}

    def mean(entry: Entry) -> float:
        places = [place[key] for key in joined.get(entry.key, ())]
        return sum(places) / len(places) if places else len(others)

    return sorted(entries, key=mean)


def _height(texts: Sequence[Sequence[str]]) -> int:
    return sum(len(lines) * _LEADING + _GAP for lines in texts)


def _placed(
    entries: Sequence[Entry], texts: Sequence[Sequence[str]], height: int, x: int, text_x: int
) -> tuple[Placed, ...]:
    """From top to bottom, with what room there is shared out between them."""
    spare = (height - _height(texts)) / max(1, len(entries))
    placed, top = [], 0.0
    for entry, lines in zip(entries, texts, strict=True):
        room = len(lines) * _LEADING + _GAP + spare
        middle = top + room / 2
        first = middle - len(lines) * _LEADING / 2 + _LEADING * 0.78
        words = tuple(Words(line, round(first + number * _LEADING)) for number, line in enumerate(lines))
        placed.append(Placed(entry.key, x, round(middle), text_x, words))
        top += room
    return tuple(placed)


def _lines(stances: Iterable[Stance], left: Iterable[Placed], right: Iterable[Placed]) -> list[Lines]:
    """Thin ones first, so that the thick are seen."""
    places = {("left", one.key): one for one in left} | {("right", one.key): one for one in right}
    paths: dict[tuple[int, str], list[str]] = defaultdict(list)
    for stance in stances:
        one, other = places["left", stance.left], places["right", stance.right]
        paths[step_of(stance.strength), stance.kind].append(f"M{one.x} {one.y}L{other.x} {other.y}")
    return [Lines(kind, step, "".join(path)) for (step, kind), path in sorted(paths.items())]
