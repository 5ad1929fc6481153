"""What is wrong with a dossier, said to the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

type Path = tuple[str | int, ...]
_LONGEST = 400  # characters of a message, since it may repeat what was written


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place in the tree, and what would be right."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True, order=True)
class LocatedProblem:
    """A problem at its place in the file; line 0 where it is the whole file's."""

    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        message = self.message if len(self.message) <= _LONGEST else f"{self.message[:_LONGEST]} ..."
        return f"{place}{self.path}: {message}" if self.path else f"{place}{message}"


class DossierError(ValueError):
    """A dossier can't be loaded; `problems` are all that were found, in the order of the file."""

    def __init__(self, file: str, problems: Iterable[LocatedProblem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(f"{file}: {count}, nothing was loaded.{lines}")


def unreadable(file: str, message: str, line: int = 0, column: int = 0) -> DossierError:
    return DossierError(file, [LocatedProblem(line, column, "", message)])


def written(path: Path) -> str:
    """``positions[3].evidence[0].locator``"""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def did_you_mean(wrong: object, known: Iterable[str]) -> str:
    """A sentence that names the nearest of `known`; empty when none is near."""
    nearest = get_close_matches(str(wrong)[:200], list(known), n=1, cutoff=0.6)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""
