"""Made-up words of plausible shape in English and Korean, drawn as often as words are in real texts: pure, seeded.

The word of rank r is drawn in proportion to 1 / (r + 1), after Zipf and Mandelbrot. Among the commonest English words
are real ones that bind sentences together; Korean nouns take particles, and sentences end in a verb. Words of the
matter at hand (a theme) come oftener than elsewhere, so that words meet as they do in texts about something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

_DRAWN_AT_ONCE = 20_000
_OF_THEME = 0.25

_BINDING = (
    "the of and to in a that for is on with be as by it at from are this not or an which was will have more but their"
    " its should must can has been would than should all they we other only also into between"
).split()
_BINDING_FIRST = 8
_ONSETS = "b c d f g l m n p r s t v h w st tr pr pl gr cr br sp ch sh th cl fr dr".split()
_VOWELS = "a e i o u a e i o ea ai ou ee io".split()
_CODAS = ["", "", "", "", "", "", "n", "r", "l", "s", "t", "m", "nd", "nt", "ct", "st", "rk", "p", "d"]
_SUFFIXES = (*[""] * 9, "s", "s", "ed", "ing", "ing", "tion", "tions", "ment", "al", "ity", "er", "ly", "ive")

_INITIALS = "ㄱㄱㄱㄴㄷㄷㄹㅁㅂㅅㅅㅅㅇㅇㅇㅇㅈㅈㅈㅊㅋㅌㅍㅎㅎ"
_MEDIALS = "ㅏㅏㅏㅐㅓㅓㅔㅕㅗㅗㅗㅜㅜㅜㅡㅣㅣㅣㅘㅛㅠ"
_FINALS = ["", "", "", "", "", "ㄴ", "ㄴ", "ㅇ", "ㅇ", "ㄱ", "ㄹ", "ㅁ", "ㅂ"]
_INITIAL_LETTERS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIAL_LETTERS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL_LETTERS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_PARTICLES = (
    *[""] * 6,
    "의",
    "의",
    "을",
    "를",
    "을",
    "를",
    "은",
    "는",
    "이",
    "가",
    "에",
    "에서",
    "으로",
    "와",
    "과",
    "도",
)
_ENDINGS = (
    "해야 한다", "필요하다", "할 수 있다", "있다", "없다", "한다", "된다", "중요하다", "반대한다", "찬성한다",
    "마련해야 한다",
)  # fmt: skip
_SURNAMES = "김 김 김 김 이 이 이 박 박 최 최 정 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 남궁".split()

_ENGLISH_SHARE = 0.6
_WORDS_AT_A_MILLION = 100_000
_FEWEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Theme:
    """Words that a matter brings with it, in each language."""

    english: tuple[str, ...]
    korean: tuple[str, ...]


class Vocabulary:
    """As many words as a record of so many positions has: with the square root of its length, after Heaps."""

    def __init__(self, seed: int, positions: int) -> None:
        size = max(_FEWEST_WORDS, round(_WORDS_AT_A_MILLION * (positions / 1_000_000) ** 0.5))
        made = Random(f"words {seed}")
        self.content = _distinct(round(size * _ENGLISH_SHARE), lambda rank: _english_word(made, rank))
        self.korean = _distinct(round(size * (1 - _ENGLISH_SHARE)), lambda rank: _korean_noun(made, rank))

    @property
    def english(self) -> tuple[str, ...]:
        """The commonest first: the first words that bind sentences, then these and others in turn."""
        first, rest = _BINDING[:_BINDING_FIRST], _BINDING[_BINDING_FIRST:]
        mixed = (word for pair in zip(self.content, rest, strict=False) for word in pair)
        return (*first, *mixed, *self.content[len(rest) :])


class Writer:
    """Writes texts in both languages."""

    def __init__(self, seed: str, vocabulary: Vocabulary) -> None:
        self.random = Random(seed)
        self._vocabulary = vocabulary
        self._english = _drawn(self.random, vocabulary.english)
        self._korean = _drawn(self.random, vocabulary.korean)

    def theme(self, words: int = 40) -> Theme:
        """Of words that are neither among the commonest nor the rarest."""
        english, korean = self._vocabulary.content, self._vocabulary.korean
        return Theme(
            tuple(self.random.sample(english[20 : len(english) // 4], words)),
            tuple(self.random.sample(korean[20 : len(korean) // 4], words)),
        )

    def english(self, words: int, theme: Theme | None = None) -> str:
        text = " ".join(self._some(self._english, theme.english if theme else None, words))
        return text[0].upper() + text[1:]

    def korean(self, words: int, theme: Theme | None = None) -> str:
        """`words` parted by spaces, the last of them a verb; now and then two nouns are written as one."""
        choose, chance = self.random.choice, self.random.random
        nouns = self._some(self._korean, theme.korean if theme else None, max(1, words - 1))
        written = [
            f"{noun}{nouns[place - 1] if chance() < 0.08 else ''}{choose(_PARTICLES)}"
            for place, noun in enumerate(nouns)
        ]
        return f"{' '.join(written)} {choose(_ENDINGS)}"

    def rare_word(self) -> str:
        """English, and not among the commonest, as names are."""
        return self.random.choice(self._vocabulary.content[100:])

    def rare_noun(self) -> str:
        return self.random.choice(self._vocabulary.korean[100:])

    def korean_name(self) -> str:
        return self.random.choice(_SURNAMES) + "".join(_syllable(self.random) for _place in range(2))

    def latin_name(self) -> str:
        parts = (_english_word(self.random, rank=0, suffixes=("",)) for _part in range(2))
        return " ".join(part.capitalize() for part in parts)

    def _some(self, drawn: Iterator[str], theme: Sequence[str] | None, count: int) -> list[str]:
        words = [next(drawn) for _word in range(count)]
        if theme:
            chance, choose = self.random.random, self.random.choice
            words = [choose(theme) if chance() < _OF_THEME else word for word in words]
        return words


def often(random: Random, count: int) -> Iterator[int]:
    """Numbers under `count` without end, the low ones oftener, as words are."""
    return _drawn(random, range(count))


def _drawn[T](random: Random, ranked: Sequence[T]) -> Iterator[T]:
    weights = list(accumulate(1 / (rank + 1) for rank in range(1, len(ranked) + 1)))
    while True:
        yield from random.choices(ranked, cum_weights=weights, k=_DRAWN_AT_ONCE)


def _distinct(count: int, make: Callable[[int], str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(make(len(found)))
    return tuple(found)


def _english_word(random: Random, rank: int, suffixes: Sequence[str] = _SUFFIXES) -> str:
    """Common words are short."""
    syllables = random.choice((1, 1, 2) if rank < 300 else (1, 2, 2, 2, 3) if rank < 5_000 else (2, 2, 3, 3))
    stem = "".join(
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS) for _part in range(syllables)
    )
    return stem + random.choice(suffixes)


def _korean_noun(random: Random, rank: int) -> str:
    syllables = random.choice((2, 2, 2, 2, 3) if rank < 3_000 else (2, 2, 3, 3, 4))
    return "".join(_syllable(random) for _place in range(syllables))


def _syllable(random: Random) -> str:
    initial = _INITIAL_LETTERS.index(random.choice(_INITIALS))
    medial = _MEDIAL_LETTERS.index(random.choice(_MEDIALS))
    final = _FINAL_LETTERS.index(random.choice(_FINALS))
    return chr(ord("가") + (initial * len(_MEDIAL_LETTERS) + medial) * len(_FINAL_LETTERS) + final)
