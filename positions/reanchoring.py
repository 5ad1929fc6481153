"""Where the words of evidence stand after the text of their source was corrected or replaced. Pure.

Exact is only what reads as it was coded, at a place that the words around it single out. Whatever else is found is a
candidate that a person confirms or not, however alike it looks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcode

from debate.locators import Locator, LocatorError, parse
from debate.paragraphs import paragraphs
from positions.anchoring import CONTEXT, Anchor, NotInText, Numbered

type State = Literal["exact", "moved", "not_found"]

MANY = 5  # candidates that are shown
_NEAR = 20  # characters on each side of words that are the same context; fewer only where the text ends
_WIDE = 2_000  # characters of the old text by which places are told apart whose nearer context is the same
_FARTHER = 10  # characters by which the context of one place must go on as it was beyond that of another
_MOST_PLACES = 200  # of words that stand everywhere
_SAME_WORDS, _SIMILAR, _SURE = 0.6, 0.6, 0.85
_SHINGLE, _BLOCK = 4, 512  # characters
_NEAREST_BLOCKS = 3
_FARTHEST = 3  # times its length that edited words may be long between what stood around them


@dataclass(frozen=True, slots=True)
class Mark:
    """As it was coded; start and end are those in the text before, where they are known."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant; the score, from 0 to 1, is how alike its words and those around it are."""

    anchor: Anchor
    score: float
    has_same_words: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words are: `exact`, or else candidates, the likeliest first, or neither."""

    exact: Anchor | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def state(self) -> State:
        if self.exact:
            return "exact"
        return "moved" if self.candidates else "not_found"

    @property
    def place(self) -> Anchor | None:
        """The exact one, or the only one that can well be meant, which is still to be confirmed."""
        if self.exact:
            return self.exact
        if len(self.candidates) == 1 and self.candidates[0].score >= _SURE:
            return self.candidates[0].anchor
        return None


@dataclass(frozen=True, slots=True)
class _Context:
    before: str
    behind: str


@dataclass(frozen=True, slots=True)
class _Shared:
    """How many characters of the context stand before and behind the same words at another place."""

    before: int
    behind: int

    def is_same(self, as_was: _Context) -> bool:
        """The nearest on both sides, or all that is kept with a mark on one."""
        long_before, long_behind = (min(CONTEXT, len(side)) for side in (as_was.before, as_was.behind))
        near = self.before >= min(_NEAR, long_before) and self.behind >= min(_NEAR, long_behind)
        return near or self.before >= max(_NEAR, long_before) or self.behind >= max(_NEAR, long_behind)

    def goes_beyond(self, other: _Shared) -> bool:
        return self.before >= other.before + _FARTHER or self.behind >= other.behind + _FARTHER


class Reanchoring:
    """From one text to the next, for however many marks. `old` is "" where the text before is not known."""

    def __init__(self, new: str, old: str = "") -> None:
        self.new, self.old = new, old
        self._numbered = Numbered(new)
        self._blocks = _Blocks(new)

    def found(self, mark: Mark) -> Found:
        if not (words := mark.quote.strip()) or not self.new:
            return Found()
        start, end = self._known_place(mark, words)
        mark = replace(mark, quote=words, start=start, end=end)
        place = self._singled_out(mark)
        if place is not None and (exact := self._anchor(place, place + len(words))) and exact.quote == words:
            return Found(exact=exact)
        return Found(candidates=tuple(self._candidates(mark)))

    def _known_place(self, mark: Mark, words: str) -> tuple[int, int] | tuple[None, None]:
        """Where the words really stand in the old text, if they stand where the mark says."""
        if mark.start is not None and mark.end is not None and self.old[mark.start : mark.end].strip() == words:
            start = self.old.index(words, mark.start)
            return start, start + len(words)
        return None, None

    def _singled_out(self, mark: Mark) -> int | None:
        """The one place whose words stand in the same context; None where there is none, or another like it."""
        here = self._context(mark)
        places = list(_places(self.new, mark.quote, most=_MOST_PLACES))
        if len(places) == _MOST_PLACES:
            return None
        meant = [(place, one) for place in places if (one := self._shared(here, self.new, place, mark)).is_same(here)]
        before = self._others_before(mark, here) if meant else []
        meant = [(place, one) for place, one in meant if all(one.goes_beyond(other) for other in before)]
        clear = [
            place
            for place, one in meant
            if all(one.goes_beyond(other) for elsewhere, other in meant if elsewhere != place)
        ]
        return clear[0] if len(clear) == 1 else None

    def _context(self, mark: Mark) -> _Context:
        """As far around the words as it is known."""
        if mark.start is None or mark.end is None:
            return _Context(mark.prefix, mark.suffix)
        return _Context(self.old[max(0, mark.start - _WIDE) : mark.start], self.old[mark.end : mark.end + _WIDE])

    def _others_before(self, mark: Mark, here: _Context) -> list[_Shared]:
        """What the words shared with where else they stood in the old text in the same context."""
        if mark.start is None:
            return []
        elsewhere = (place for place in _places(self.old, mark.quote, most=_MOST_PLACES) if place != mark.start)
        shared = (self._shared(here, self.old, place, mark) for place in elsewhere)
        return [one for one in shared if one.is_same(here)]

    @staticmethod
    def _shared(here: _Context, text: str, place: int, mark: Mark) -> _Shared:
        end = place + len(mark.quote)
        before = _common(here.before[::-1], text[max(0, place - _WIDE) : place][::-1])
        return _Shared(before, _common(here.behind, text[end : end + _WIDE]))

    def _candidates(self, mark: Mark) -> list[Candidate]:
        spans = {(place, place + len(mark.quote)) for place in _places(self.new, mark.quote, most=_MOST_PLACES)}
        spans.update(span for span in self._between_context(mark) if mark.quote not in self.new[slice(*span)])
        if not spans:
            spans.update(self._similar(mark))
        judged = {one.anchor.start: one for start, end in spans if (one := self._judged(mark, start, end))}
        return sorted(judged.values(), key=lambda one: (-one.score, one.anchor.start))[:MANY]

    def _judged(self, mark: Mark, start: int, end: int) -> Candidate | None:
        anchor = self._anchor(start, end)
        if anchor is None:
            return None
        words = fuzz.ratio(mark.quote, anchor.quote) / 100
        around = [
            fuzz.ratio(theirs, ours[-len(theirs) :] if side else ours[: len(theirs)]) / 100
            for side, theirs, ours in ((1, mark.prefix, anchor.prefix), (0, mark.suffix, anchor.suffix))
            if theirs
        ]
        context = sum(around) / len(around) if around else 0.0
        has_same_words = anchor.quote == mark.quote
        if not has_same_words and words < (_SIMILAR / 2 if context > _SURE else _SIMILAR):
            return None
        return Candidate(anchor, round(_SAME_WORDS * words + (1 - _SAME_WORDS) * context, 3), has_same_words)

    def _between_context(self, mark: Mark) -> Iterator[tuple[int, int]]:
        """What now stands between the words that stood around it."""
        if len(mark.prefix) < _NEAR or len(mark.suffix) < _NEAR:
            return
        prefix, suffix = mark.prefix[-_NEAR:], mark.suffix[:_NEAR]
        for place in _places(self.new, prefix, most=MANY):
            start = place + len(prefix)
            end = self.new.find(suffix, start, start + len(mark.quote) * _FARTHEST + _BLOCK + len(suffix))
            if end > start:
                yield start, end

    def _similar(self, mark: Mark) -> Iterator[tuple[int, int]]:
        """Words like these, wherever they are."""
        for start, end in self._blocks.nearest(mark.quote):
            region = self.new[start:end]
            aligned = fuzz.partial_ratio_alignment(mark.quote, region, score_cutoff=100 * _SIMILAR / 1.5)
            if aligned is None:
                continue
            if len(mark.quote) <= len(region):
                begin, stop = start + aligned.dest_start, start + aligned.dest_end
            else:
                begin, stop = start, end
            yield self._best_span(mark.quote, begin, stop)

    def _best_span(self, words: str, start: int, end: int) -> tuple[int, int]:
        """Of whole words: as long as those sought, or as far as they reach where others were put in or left out."""
        reach = len(words) // 2 + _SHINGLE
        low, high = max(0, start - reach), min(len(self.new), end + reach)
        blocks = [
            code
            for code in Indel.opcodes(words, self.new[low:high])
            if code.tag == "equal" and _is_telling(code, words)
        ]
        spans = {self._whole_words(start, end)}
        if blocks:
            spans.add(self._whole_words(low + blocks[0].dest_start, low + blocks[-1].dest_end))
        return max(spans, key=lambda span: fuzz.ratio(words, self.new[span[0] : span[1]]))

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        text = self.new
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return start, end

    def _anchor(self, start: int, end: int) -> Anchor | None:
        try:
            return self._numbered.anchor(start, end)
        except NotInText:
            return None

    def locator(self, before: str, anchor: Anchor | None) -> str:
        """The place as it is to be written: of words that are not found none, unless what was written stands apart
        from the paragraphs of the text, as pages and times do.
        """
        unit = _unit(before)
        if unit == "page" or (unit == "second" and (anchor is None or anchor.locator.startswith("¶"))):
            return before
        if anchor is not None:
            return anchor.locator
        return "" if self.old or _last(before) > len(self._numbered.paragraphs) else before

    def renumbered(self, locator: str) -> str | None:
        """Paragraphs by their new numbers; None where one was changed, or stands there twice."""
        if _unit(locator) != "paragraph" or not self.old:
            return None
        ends = [(self._new_number(first), self._new_number(last), last - first) for first, last in parse(locator).spans]
        spans = [(first, last) for first, last, more in ends if first and last and last - first == more]
        return str(Locator("paragraph", tuple(spans))) if len(spans) == len(ends) else None

    def _new_number(self, number: int) -> int | None:
        words = self._old_paragraphs[number - 1] if number <= len(self._old_paragraphs) else None
        return self._same_paragraphs.get(words) if words is not None else None

    @cached_property
    def _old_paragraphs(self) -> list[str]:
        return [one.of(self.old) for one in paragraphs(self.old)]

    @cached_property
    def _same_paragraphs(self) -> dict[str, int]:
        """The new number of each that stands once in both texts."""
        now = [one.of(self.new) for one in self._numbered.paragraphs]
        once = {words for words, count in Counter(now).items() if count == 1}
        once &= {words for words, count in Counter(self._old_paragraphs).items() if count == 1}
        return {words: number for number, words in enumerate(now, start=1) if words in once}


class _Blocks:
    """Finds by the letters they share which parts of a text are like some words."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        holding: defaultdict[str, list[int]] = defaultdict(list)
        for number in range(len(self._text) // _BLOCK + 1):
            for shingle in _shingles(self._text[number * _BLOCK : (number + 1) * _BLOCK + _SHINGLE]):
                holding[shingle].append(number)
        return holding

    def nearest(self, words: str) -> Iterator[tuple[int, int]]:
        """Parts of the text, each long enough to hold them; shingles that many blocks have tell less."""
        weights: Counter[int] = Counter()
        for shingle in _shingles(words):
            several = self._holding.get(shingle, ())
            for number in several:
                weights[number] += 1 / len(several)  # type: ignore[assignment]
        for number, _weight in weights.most_common(_NEAREST_BLOCKS):
            yield (
                max(0, number * _BLOCK - len(words) - _SHINGLE),
                min(len(self._text), (number + 1) * _BLOCK + len(words) + _SHINGLE),
            )


def _shingles(text: str) -> set[str]:
    return {text[place : place + _SHINGLE] for place in range(max(1, len(text) - _SHINGLE + 1))}


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return bisect_left(range(1, min(len(one), len(other)) + 1), True, key=lambda length: one[:length] != other[:length])


def _places(text: str, words: str, most: int) -> Iterator[int]:
    place = text.find(words)
    while place >= 0 and most:
        yield place
        most -= 1
        place = text.find(words, place + 1)


def _is_telling(code: Opcode, words: str) -> bool:
    length: int = code.src_end - code.src_start
    return length >= _SHINGLE or length == len(words)


def _unit(locator: str) -> str:
    try:
        return parse(locator).unit
    except LocatorError:
        return ""


def _last(locator: str) -> int:
    try:
        return parse(locator).last
    except LocatorError:
        return 0
