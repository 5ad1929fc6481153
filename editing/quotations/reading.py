"""A text as one reads it for quotations: its quoted words apart from those around them, by sentences. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from editing.quotations.marks import Quoted, quoted
from editing.quotations.people import Mention, People

HIDDEN = "\ufffc"  # stands for every character of a quotation, marks and all
_ABBREVIATED = r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bProf)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bSt)(?<!\b[A-Z])"
_PARAGRAPH_END = r"[^\S\n]*\n[^\S\n]*\n"
_SENTENCE_END = re.compile(rf"{_ABBREVIATED}[.!?…]+[)\]]*(?:{_PARAGRAPH_END}|(?=\s|$))|{_PARAGRAPH_END}")
_NEXT_SENTENCE = re.compile(rf"[^\S\n]+[A-Z가-힣{HIDDEN}]|\n\S")


class Reading:
    """`around` is the text with its quotations hidden, so that places are the same in both."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self.text = text
        self.quotations: Sequence[Quoted] = quoted(text)
        self.around = _hidden(text, self.quotations)
        self.people = People(self.around, names)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = {0, *(match.end() for match in _SENTENCE_END.finditer(self.around))}
        starts |= {one.after for one in self.quotations if self._ends_a_sentence(one)}
        return sorted(starts)

    def _ends_a_sentence(self, quotation: Quoted) -> bool:
        is_whole = self.text[quotation.end - 1] in ".!?…"
        return is_whole and bool(_NEXT_SENTENCE.match(self.around, quotation.after))

    def sentence_start(self, place: int) -> int:
        return self._sentence_starts[bisect_right(self._sentence_starts, place) - 1]

    def sentence_end(self, place: int) -> int:
        """Of the sentence that a place is in or at the end of."""
        number = bisect_left(self._sentence_starts, place)
        return self._sentence_starts[number] if number < len(self._sentence_starts) else len(self.text)

    def paragraph_start(self, place: int) -> int:
        return self.around.rfind("\n\n", 0, place) + 1

    def before(self, quotation: Quoted) -> str:
        """What the sentence has before it."""
        return self.around[self.sentence_start(quotation.before) : quotation.before]

    def behind(self, quotation: Quoted) -> str:
        """What the sentence has behind it; nothing where it ended the sentence itself."""
        return self.around[quotation.after : self.sentence_end(quotation.after)]

    def sentence_before(self, place: int) -> tuple[int, int]:
        """The sentence before the one that a place is in; it begins where it ends at the beginning of the text."""
        end = self.sentence_start(place)
        return self.sentence_start(end - 1) if end else 0, end

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """People named there, those whose something is meant (`Kim's report`) only where there is nobody else."""
        several = self.people.between(start, end)
        return [one for one in several if not one.is_possessive] or several


def _hidden(text: str, quotations: Iterable[Quoted]) -> str:
    parts, place = [], 0
    for one in quotations:
        parts += [text[place : one.before], HIDDEN * (one.after - one.before)]
        place = one.after
    return "".join([*parts, text[place:]])
