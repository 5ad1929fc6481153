"""Subtitles (SRT, VTT) as a text whose paragraphs begin with the time they were said at. Pure."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error

from debate.locators import Locator, time_code

type Kind = Literal["srt", "vtt"]

PAUSE = 3_000  # milliseconds of silence that end a paragraph
LONG = 600  # characters after which a paragraph ends with its sentence
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")
_SPEAKER = re.compile(
    r"(?:>>\s*)?(?:[-–]\s*)?"
    r"(?P<name>[A-Z][A-Z .'’-]{1,40}|[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}|[가-힣]{2,5}(?:\s[가-힣]{2,8})?)"
    r"(?:\s*\([^)]*\))?\s*[:\uff1a]\s+(?P<words>\S.*)",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_SENTENCE_ENDS = re.compile(r"[.!?…。][\"”’」』)]*$")
_BLANK_LINE = re.compile(r"\\N\s*\\N")


class NoSubtitles(ValueError):
    """There are no times in it that subtitles begin and end at."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Milliseconds; `speaker` is "" where the cue names none."""

    start: int
    end: int
    speaker: str
    words: str


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    speaker: str
    parts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        locator = Locator("second", ((self.start // 1000, max(self.start, self.end) // 1000),))
        speaker = f"{self.speaker}: " if self.speaker else ""
        return f"{time_code(locator)} {speaker}{' '.join(self.parts)}"

    def goes_on_with(self, cue: Cue) -> bool:
        if cue.speaker and cue.speaker != self.speaker:
            return False
        is_long = sum(len(part) for part in self.parts) > LONG and bool(_SENTENCE_ENDS.search(self.parts[-1]))
        return cue.start - self.end < PAUSE and not is_long


def text_of(source: str, kind: Kind) -> str:
    """Cues become one paragraph as long as one speaks without a pause. Raises NoSubtitles."""
    joined = "\n\n".join(str(paragraph) for paragraph in _paragraphs(_without_repeats(cues(source, kind))))
    if not joined:
        raise NoSubtitles("There are no subtitles in it.")
    return joined


def cues(source: str, kind: Kind) -> Iterator[Cue]:
    """In the order of time, those that say something. Raises NoSubtitles."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of lines that look like a broken time
            file = SSAFile.from_string(source, format_=kind, keep_html_tags=True)
    except (Pysubs2Error, ValueError, OverflowError) as error:
        raise NoSubtitles(str(error)) from error
    speaker = ""
    for event in sorted(file, key=lambda one: one.start):
        for name, words in _said(event.text):
            speaker = name or speaker
            yield Cue(event.start, event.end, name, words)


def _said(text: str) -> Iterator[tuple[str, str]]:
    """Who says what in a cue, of which there may be several: each line may name its own."""
    text = _BLANK_LINE.split(text)[0]  # what follows is a note, or the name of the next cue
    name = ""
    said: list[str] = []
    for line in text.split(r"\N"):
        found, words = _line(line)
        if found and said:
            yield name, " ".join(said)
            said = []
        name = found or name
        said += [words] if words else []
    if said:
        yield name, " ".join(said)


def _line(line: str) -> tuple[str, str]:
    voice = _VOICE.search(line)
    words = " ".join(_TAG.sub("", line).split())
    if voice:
        return " ".join(voice["name"].split()), words
    if named := _SPEAKER.fullmatch(words):
        return named["name"], named["words"]
    return "", words


def _without_repeats(several: Iterable[Cue]) -> Iterator[Cue]:
    """Captions made by machines show each line twice, while it is new and while it moves up."""
    all_of_them = list(several)
    pairs = list(pairwise(all_of_them))
    if sum(_moves_up(*pair) for pair in pairs) * 2 < len(pairs):
        yield from all_of_them
        return
    last = ""
    for cue in all_of_them:
        words = cue.words.removeprefix(last).strip()
        last = words or cue.words
        if words:
            yield replace(cue, words=words)


def _moves_up(one: Cue, following: Cue) -> bool:
    last_words = one.words.split()[-1]
    return following.start <= one.end and f" {last_words} " in f" {following.words} "


def _paragraphs(several: Iterable[Cue]) -> Iterator[_Paragraph]:
    present: _Paragraph | None = None
    for cue in several:
        if present is None or not present.goes_on_with(cue):
            if present is not None:
                yield present
            present = _Paragraph(cue.start, cue.end, cue.speaker)
        present.parts.append(cue.words)
        present.end = max(present.end, cue.end)
    if present is not None:
        yield present
