"""What is asked: seeded questions of each class, in both languages, from the words and rows of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Literal

from benchmarks.scale.record import Filling
from benchmarks.scale.words import Vocabulary, Writer

if TYPE_CHECKING:
    from search.filters import Filters

type Language = Literal["en", "ko"]
type Joined = Literal["any", "all", "phrase", "prefix"]
LANGUAGES: dict[Language, str] = {"en": "English", "ko": "Korean"}
EACH = 50  # questions of a class
_SAMPLE = 2_000  # positions whose texts and speakers are asked for
_WORD = re.compile(r"\w+")
_STANCES = ("supports", "opposes", "conditional", "neutral")

# Ranks of words. Of a million positions one in ten or so has a very common word, one in 200 a common one, and a rare
# one a few dozen.
_VERY_COMMON: dict[Language, slice] = {"en": slice(0, 12), "ko": slice(4, 20)}
_COMMON = slice(100, 500)


@dataclass(frozen=True, slots=True)
class Speaker:
    key: int
    slug: str


@dataclass(frozen=True, slots=True)
class Question:
    """`words` joined in one way, narrowed by what else is set; without words everything is asked for, newest first.
    Where something is `typed`, that is to be completed instead.
    """

    kind: str
    language: Language
    words: tuple[str, ...] = ()
    joined: Joined = "any"
    typed: str = ""
    speaker: Speaker | None = None
    stance: str = ""
    years: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        return f"{self.kind}, {LANGUAGES[self.language]}"

    @property
    def text(self) -> str:
        """As a reader writes it."""
        match self.joined:
            case "all":
                return " ".join(f"+{word}" for word in self.words)
            case "phrase":
                return f'"{" ".join(self.words)}"'
            case "prefix":
                return f"{self.words[0]}*"
        return " ".join(self.words)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.speaker or self.stance or self.years)

    @property
    def days(self) -> tuple[date, date] | None:
        return (date(self.years[0], 1, 1), date(self.years[1], 12, 31)) if self.years else None

    @property
    def filters(self) -> Filters:
        from search.filters import Filters

        after, before = self.days or (None, None)
        return Filters(
            q=self.text,
            speaker=(self.speaker.slug,) if self.speaker else (),
            stance=(self.stance,) if self.stance else (),
            after=after,
            before=before,
        )


def make_questions(filling: Filling) -> list[Question]:
    """EACH of every class, one class after the other."""
    maker = _Maker(filling)
    kinds: dict[str, Callable[[str, Language], Question]] = {
        "rare word": maker.rare,
        "common word": maker.common,
        "very common word": maker.very_common,
        "any of 2 words": maker.any_of_2,
        "any of 5 words": maker.any_of_5,
        "any of 15 words": maker.sentence,
        "all of 2 words": maker.all_words,
        "phrase": maker.phrase,
        "prefix": maker.prefix,
        "word by speaker": maker.by_speaker,
        "word by stance and date": maker.by_stance_and_date,
        "no word, by date": maker.by_date,
        "completion": maker.completion,
    }
    return [make(kind, language) for kind, make in kinds.items() for language in LANGUAGES for _question in range(EACH)]


class _Maker:
    def __init__(self, filling: Filling) -> None:
        self._random = Random(f"questions {filling.seed}")
        vocabulary = Vocabulary(filling.seed, filling.positions)
        self._ranked: dict[Language, Sequence[str]] = {"en": vocabulary.content, "ko": vocabulary.korean}
        self._writer = Writer(f"questions {filling.seed}", vocabulary)
        self._texts, self._speakers = _sample(self._random, filling.positions)
        self._names = _names([speaker.key for speaker in self._speakers])

    def rare(self, kind: str, language: Language) -> Question:
        ranked = self._ranked[language]
        return Question(kind, language, (self._random.choice(ranked[len(ranked) // 2 :]),))

    def common(self, kind: str, language: Language) -> Question:
        return Question(kind, language, (self._common(language),))

    def very_common(self, kind: str, language: Language) -> Question:
        return Question(kind, language, (self._random.choice(self._ranked[language][_VERY_COMMON[language]]),))

    def any_of_2(self, kind: str, language: Language) -> Question:
        return Question(kind, language, self._of_a_text(language, 2))

    def any_of_5(self, kind: str, language: Language) -> Question:
        return Question(kind, language, self._of_a_text(language, 5))

    def sentence(self, kind: str, language: Language) -> Question:
        text = self._writer.english(15) if language == "en" else self._writer.korean(15)
        return Question(kind, language, tuple(text.lower().split()))

    def all_words(self, kind: str, language: Language) -> Question:
        return Question(kind, language, self._of_a_text(language, 2), "all")

    def phrase(self, kind: str, language: Language) -> Question:
        return Question(kind, language, self._random.choice(list(pairwise(self._text(language)))), "phrase")

    def prefix(self, kind: str, language: Language) -> Question:
        letters = 4 if language == "en" else 2
        return Question(kind, language, (self._common(language)[:letters],), "prefix")

    def by_speaker(self, kind: str, language: Language) -> Question:
        return Question(kind, language, (self._common(language),), speaker=self._random.choice(self._speakers))

    def by_stance_and_date(self, kind: str, language: Language) -> Question:
        words = self._of_a_text(language, 2)
        return Question(kind, language, words, stance=self._random.choice(_STANCES), years=self._years(5))

    def by_date(self, kind: str, language: Language) -> Question:
        return Question(kind, language, years=self._years(self._random.randint(1, 20)))

    def completion(self, kind: str, language: Language) -> Question:
        """The beginning of somebody's name."""
        name = self._random.choice(self._names[language])
        return Question(kind, language, typed=name[: self._random.randint(2 if language == "ko" else 3, len(name))])

    def _common(self, language: Language) -> str:
        return self._random.choice(self._ranked[language][_COMMON])

    def _of_a_text(self, language: Language, count: int) -> tuple[str, ...]:
        """Words that stand in one summary, as they stand there, without those that only bind sentences."""
        content = [word for word in self._text(language) if len(word) > 3 or language == "ko"]
        return tuple(self._random.sample(content, min(count, len(content))))

    def _text(self, language: Language) -> list[str]:
        return _WORD.findall(self._random.choice(self._texts[language]).lower())

    def _years(self, several: int) -> tuple[int, int]:
        first = self._random.randint(1996, 2025 - several)
        return first, first + several - 1


def _sample(random: Random, positions: int) -> tuple[dict[Language, list[str]], list[Speaker]]:
    from positions.models import Position

    first = Position.objects.values_list("pk", flat=True).earliest("pk")
    keys = random.sample(range(first, first + positions), min(positions, _SAMPLE))
    sampled = Position.objects.public().filter(pk__in=keys).order_by("pk")
    rows = list(sampled.values_list("summary_en", "summary_ko", "person_id", "person__slug"))
    speakers = [Speaker(key, slug) for _english, _korean, key, slug in rows if key]
    return {"en": [english for english, *_rest in rows], "ko": [korean for _english, korean, *_rest in rows]}, speakers


def _names(people: Sequence[int]) -> dict[Language, list[str]]:
    from speakers.models import Person

    rows = list(Person.objects.filter(pk__in=people).order_by("pk").values_list("name_en", "name_ko"))
    return {
        "en": [english for english, _korean in rows if english],
        "ko": [korean for _english, korean in rows if korean],
    }
