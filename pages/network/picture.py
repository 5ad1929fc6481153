"""The drawing of a network: dots with their names below, lines between them. Knows nothing of what it draws.

All is worked out on the server, from a fixed seed, so that one network always looks the same; positions are whole
numbers in the units of the picture, which a browser scales to the width there is.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, combinations
from math import ceil

STEPS = 5  # of thickness
_SEED = 4
_ROUNDS = 60
_BACKGROUND = 0.03  # what holds together those who have no line, so that parts of a network do not fly apart
_GAP = 4
_LINES = 3
_SMALLEST, _LARGEST = 5, 10  # radius of a dot

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    key: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`strength` is from 0 to 1; those that do not `pull` leave their ends where they are."""

    one: int
    other: int
    kind: str
    strength: float
    pulls: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is, at least how high, and how its names are written."""

    name: str
    width: int
    height: int
    font: int
    name_width: int


WIDE = Frame("wide", width=760, height=380, font=16, name_width=176)
TALL = Frame("tall", width=320, height=320, font=14, name_width=130)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a name."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Dot:
    """`left`, `top`, `width` and `height` are of the area of dot and name, which no other overlaps."""

    key: int
    x: int
    y: int
    radius: int
    words: tuple[Words, ...]
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of one kind and thickness, as the `d` of an SVG path."""

    kind: str
    step: int
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    frame: Frame
    height: int
    lines: tuple[Lines, ...]
    dots: tuple[Dot, ...]


def pictures(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Picture]:
    """One for wide screens and one for phones, of the same layout; none where there is nothing to draw."""
    if not nodes:
        return []
    places = _places(nodes, edges)
    return [_picture(frame, nodes, edges, places) for frame in (WIDE, TALL)]


def _places(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[int, Point]:
    """Within a square from 0 to 1, longest from left to right."""
    import networkx as nx  # some hundred milliseconds, which a site that shows no network need not spend
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(node.key for node in nodes)
    graph.add_edges_from(combinations(graph.nodes, 2), weight=_BACKGROUND)
    graph.add_weighted_edges_from((edge.one, edge.other, 0.3 + 0.7 * edge.strength) for edge in edges if edge.pulls)
    found = nx.spring_layout(graph, seed=_SEED, iterations=150)
    points = np.array([found[node.key] for node in nodes])
    points -= points.mean(axis=0)
    axes = np.linalg.svd(points)[2]
    points = points @ axes.T * np.sign(axes.sum(axis=1) + 1e-9)  # the signs of singular vectors are arbitrary
    span = points.max(axis=0) - points.min(axis=0)
    points = (points - points.min(axis=0)) / np.where(span > 1e-9, span, 1)
    return {node.key: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)}


def _picture(frame: Frame, nodes: Sequence[Node], edges: Iterable[Edge], places: Mapping[int, Point]) -> Picture:
    largest = max(node.size for node in nodes)
    boxes = [_box(frame, node, largest) for node in nodes]
    height = max(frame.height, round(sum(box.width * box.height for box in boxes) * 2.6 / frame.width))
    for box in boxes:
        x, y = places[box.key] if frame.width >= frame.height else reversed(places[box.key])
        box.x, box.y = x * (frame.width - box.width) + box.width / 2, y * (height - box.height) + box.height / 2
    _part(boxes, frame.width)
    top = min(box.y - box.height / 2 for box in boxes) - _GAP
    for box in boxes:
        box.y -= top
    dots = tuple(_dot(frame, box) for box in boxes)
    bottom = max(dot.top + dot.height for dot in dots) + _GAP
    return Picture(frame, bottom, tuple(_lines(edges, {dot.key: dot for dot in dots})), dots)


@dataclass(slots=True)
class _Box:
    """Dot and name while they are moved about; x and y are of the middle."""

    key: int
    words: list[str]
    radius: int
    width: float
    height: float
    x: float = 0
    y: float = 0


def _box(frame: Frame, node: Node, largest: int) -> _Box:
    words = wrapped(node.name, frame.name_width / frame.font)
    radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * (node.size / largest) ** 0.5)
    width = max(24, max(map(_ems, words)) * frame.font + 8)
    return _Box(node.key, words, radius, width, 2 * radius + len(words) * _leading(frame) + 8)


def _part(boxes: Sequence[_Box], width: float) -> None:
    """Until no two overlap, each pair is moved apart the shorter way; what is left then makes way downwards."""
    for _round in range(_ROUNDS):
        moved = False
        for one, other in combinations(boxes, 2):
            across, along = _overlap(one, other)
            if across > 0 and along > 0:
                moved = True
                if across < along:
                    step = across / 2 if one.x < other.x else -across / 2
                    one.x, other.x = one.x - step, other.x + step
                else:
                    step = along / 2 if one.y < other.y else -along / 2
                    one.y, other.y = one.y - step, other.y + step
        for box in boxes:
            box.x = min(max(box.x, box.width / 2), width - box.width / 2)
        if not moved:
            return
    _make_way(boxes)


def _make_way(boxes: Sequence[_Box]) -> None:
    placed: list[_Box] = []
    for box in sorted(boxes, key=lambda box: (box.y, box.key)):
        for above in sorted(placed, key=lambda box: box.y):
            across, along = _overlap(above, box)
            if across > 0 and along > 0:
                box.y = above.y + (above.height + box.height) / 2 + _GAP
        placed.append(box)


def _overlap(one: _Box, other: _Box) -> tuple[float, float]:
    across = (one.width + other.width) / 2 + _GAP - abs(one.x - other.x)
    return across, (one.height + other.height) / 2 + _GAP - abs(one.y - other.y)


def _dot(frame: Frame, box: _Box) -> Dot:
    left, top = round(box.x - box.width / 2), round(box.y - box.height / 2)
    first = top + 2 * box.radius + 4 + frame.font
    words = tuple(Words(text, first + number * _leading(frame)) for number, text in enumerate(box.words))
    y = top + 2 + box.radius
    return Dot(box.key, round(box.x), y, box.radius, words, left, top, round(box.width), round(box.height))


def _lines(edges: Iterable[Edge], dots: Mapping[int, Dot]) -> list[Lines]:
    """Thin ones first, so that the thick are seen."""
    paths: dict[tuple[int, str], list[str]] = defaultdict(list)
    for edge in edges:
        one, other = dots[edge.one], dots[edge.other]
        paths[step_of(edge.strength), edge.kind].append(f"M{one.x} {one.y}L{other.x} {other.y}")
    return [Lines(kind, step, "".join(path)) for (step, kind), path in sorted(paths.items())]


def step_of(strength: float) -> int:
    """Of thickness, from 1 to STEPS."""
    return min(STEPS, max(1, round(strength * STEPS)))


def _leading(frame: Frame) -> int:
    return round(frame.font * 1.2)


def wrapped(name: str, ems: float) -> list[str]:
    """In lines of at most so many ems; what does not fit into the last ends in dots."""
    lines = [""]
    for word in _broken(name.split(), ems):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _ems(longer) > ems:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = [_cut(line, ems) for line in lines[:_LINES]]
    if len(lines) > _LINES:
        kept[-1] = _cut(kept[-1] + "…" * 2, ems)
    return kept


def _broken(words: Iterable[str], ems: float) -> Iterator[str]:
    """Korean and Chinese words that are longer than a line, in parts of about one length; others as they are."""
    for word in words:
        parts = ceil(_ems(word) / ems) if _is_wide(word[0]) else 1
        yield from map("".join, batched(word, ceil(len(word) / parts)))


def _cut(line: str, ems: float) -> str:
    if _ems(line) <= ems and not line.endswith("……"):
        return line
    line = line.rstrip("…")
    while line and _ems(f"{line}…") > ems:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _ems(text: str) -> float:
    """About how wide it is written, in units of the font's size."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if _is_wide(character):
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() else 0.34 if character in "il.,'’-| " else 0.57


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
