"""YAML text to plain values, each with its place in the file.

Only what JSON knows is read: mappings, lists, texts, numbers, true, false and null, told apart as in YAML 1.2, so that
``NO`` and ``2025-02-12`` are texts. There are no tags, anchors or aliases, so nothing in a file can make an object or
grow beyond what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from exchange.dossier.problems import DossierError, LocatedProblem, Path, Problem, unreadable, written

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, in C where PyYAML was built with it
_NULL = re.compile("|~|null|Null|NULL")
_BOOLEAN = re.compile("true|True|TRUE|false|False|FALSE")
_WHOLE = re.compile("[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]{1,18}(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_HINTS = {
    "mapping values are not allowed": "A text with a colon and a space in it has to be in quotes.",
    "found a tab character": "Indent with spaces, not tabs.",
    "found character that cannot start": "Put a text that begins with @, ` or % in quotes.",
    "did not find expected ',' or": "Within { } and [ ], a text with a comma or a bracket in it has to be in quotes.",
    "did not find expected key": "Is the line indented like its neighbours, and are quotes closed?",
    "did not find expected '-' indicator": "Is the line indented like its neighbours?",
    "could not find expected ':'": "Is a colon missing, or is a text not indented?",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, counted from 1; `guessed` is the text of what YAML took for something else than a text."""

    line: int
    column: int
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `problems` are those of its YAML that did not stop the reading."""

    file: str
    tree: Any
    places: Mapping[Path, Place]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path) -> Place:
        """That of `path`, else of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def error(self, problems: Iterable[Problem]) -> DossierError:
        """One that says these and those of the YAML; of several at one place only what is wrong with its YAML."""
        broken = {problem.path for problem in self.problems}
        rest = (problem for problem in problems if problem.path not in broken)
        return DossierError(self.file, [self._located(problem) for problem in (*self.problems, *rest)])

    def _located(self, problem: Problem) -> LocatedProblem:
        place = self.place(problem.path)
        return LocatedProblem(place.line, place.column, written(problem.path), problem.message)


def read(path: FilePath) -> Document:
    """Raises DossierError when the file can't be read or is no YAML."""
    return parse(_text(path), str(path))


def decode(content: bytes, file: str = "dossier") -> Document:
    """As `read`, of what was in a file of that name."""
    if len(content) > MAX_BYTES:
        raise _too_large(file)
    return parse(_decoded(content, file), file)


def parse(text: str, file: str = "dossier") -> Document:
    if stray := _UNPRINTABLE.search(text):
        line, column = text.count("\n", 0, stray.start()) + 1, stray.start() - text.rfind("\n", 0, stray.start())
        raise unreadable(file, f"The character {stray[0]!r} may not be in a YAML file. Delete it.", line, column)
    builder = _Builder(file, yaml.parse(text, Loader=_LOADER))
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        so_far = Document(file, None, builder.places, tuple(builder.problems)).error([]).problems
        raise DossierError(file, [*so_far, _syntax_error(error)]) from error


def _text(path: FilePath) -> str:
    file = str(path)
    try:
        if path.is_dir():
            raise unreadable(file, "This is a folder. Name the dossier file in it.")
        if not path.exists():
            raise unreadable(file, "There is no such file.")
        if not path.is_file():
            raise unreadable(file, "This is no plain file.")
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(file, f"The file can't be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise _too_large(file)
    return _decoded(content, file)


def _too_large(file: str) -> DossierError:
    return unreadable(file, f"The file is larger than {MAX_BYTES // 1024**2} MB. Is it a dossier?")


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise unreadable(file, "The file is not in UTF-8. Save it in that encoding.", line, column) from error
    if not text.strip():
        raise unreadable(file, "The file is empty.")
    return text


def _syntax_error(error: yaml.MarkedYAMLError) -> LocatedProblem:
    mark = error.problem_mark or error.context_mark
    said = str(error.problem or error.context or "not readable")
    hint = next((hint for start, hint in _HINTS.items() if said.startswith(start)), "")
    message = f"This is no YAML: {said}. {hint}".strip()
    return LocatedProblem(mark.line + 1, mark.column + 1, "", message) if mark else LocatedProblem(0, 0, "", message)


@dataclass(slots=True)
class _Builder:
    file: str
    events: Iterator[Event]
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Document:
        tree, documents = None, 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    raise unreadable(self.file, "A second document begins here. Write one dossier a file.", *_at(event))
                tree = self._value(next(self.events), ())
        if not documents:
            raise unreadable(self.file, "There is nothing but comments in the file.")
        return Document(self.file, tree, self.places, tuple(self.problems))

    def _value(self, event: Event, path: Path) -> Any:
        """What begins with `event`; takes the rest of it from the events."""
        self.places.setdefault(path, Place(*_at(event)))
        if len(path) > MAX_DEPTH:
            raise unreadable(self.file, f"{written(path[:6])}...: nested more than {MAX_DEPTH} deep.", *_at(event))
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self.problems.append(
                Problem(path, "Anchors (&) and aliases (*) are not read. Write it out, or put it in quotes.")
            )
        elif getattr(event, "tag", None) not in {None, "!"}:
            self.problems.append(Problem(path, "Tags (!) are not read. Put the text in quotes."))
        match event:
            case MappingStartEvent():
                return self._mapping(path)
            case SequenceStartEvent():
                return [self._value(item, (*path, number)) for number, item in enumerate(self._until(SequenceEndEvent))]
            case ScalarEvent():
                return self._scalar(event, path)
        return None

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self._until(MappingEndEvent):
            key = event.value if isinstance(event, ScalarEvent) else None
            inner: Path = (*path, key if key is not None else "?")
            if key is None:
                self.problems.append(Problem(inner, "A key has to be a text."))
                self._value(event, (*inner, "?"))
            elif key in mapping:
                first = self.places[inner].line
                inner = (*path, f"{key} (again)")
                self.problems.append(Problem(inner, f"{key!r} is here already, in line {first}. Keep one of them."))
            self.places[inner] = Place(*_at(event))
            value = self._value(next(self.events), inner)
            if key is not None:
                mapping.setdefault(key, value)
        return mapping

    def _scalar(self, event: ScalarEvent, path: Path) -> Any:
        if _UNSTORABLE.search(event.value):
            self.problems.append(Problem(path, "There is a character in this text that can't be stored. Delete it."))
        text = _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", event.value)
        value = _guessed(text) if event.implicit[0] else text
        if not isinstance(value, str):
            place = self.places[path]
            self.places[path] = Place(place.line, place.column, event.value)
        return value

    def _until(self, end: type[Event]) -> Iterator[Event]:
        while not isinstance(event := next(self.events), end):
            yield event


def _guessed(text: str) -> Any:
    """The value of a text without quotes, after the core schema of YAML 1.2."""
    if _NULL.fullmatch(text):
        return None
    if _BOOLEAN.fullmatch(text):
        return text.lower() == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def looks_like_a_text(text: str) -> bool:
    """Whether it is read as a text also without quotes."""
    return isinstance(_guessed(text), str)


def _at(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
