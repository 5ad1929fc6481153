"""How surely names are found by any spelling, and mistyped words put right.

    ./run bench names [--texts FOLDER...] [--seed N] [--json]

20,000 Korean names are made of syllables that are common in names; 5,000 spellings of them are then drawn: official,
after McCune-Reischauer without its marks, and as people are wont to, in either order and with or without hyphen. And of
20,000 made-up words of each language 2,000 are mistyped by one letter (left out, typed twice or besides, another for
it, two changed about), as one types on a keyboard: in Korean by letters of syllables. With --texts the words are those
of collections as ./run bench relevance takes them.

    variants_found   share of the spellings that lead to the name they were made of
    others_met       how many other names among the 20,000 such a spelling leads to as well, on average
    merged           share of the names that can't be told from another by sound
    *_first          share of the mistyped words whose right word is named first, and *_in_three among the first three
    ms_per_name, ms_per_word   time that reading a spelling and correcting a word takes
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.relevance import Unreadable, read_collection

NAMES, SPELLINGS, WORDS, MISTYPED = 20_000, 5_000, 20_000, 2_000
SHORTEST_MISTYPED = 4  # letters

# The share of each in the population, about, in thousands; and spellings that are not made by rule.
_SURNAMES: Mapping[str, tuple[int, str]] = {
    "김": (215, "Kim Gim"), "이": (147, "Lee Yi Rhee I"), "박": (84, "Park Pak Bak"), "최": (47, "Choi Choe Choy"),
    "정": (43, "Jung Chung Jeong Joung"), "강": (24, "Kang Gang"), "조": (21, "Cho Jo"), "윤": (20, "Yoon Yun Youn"),
    "장": (20, "Jang Chang"), "임": (17, "Lim Im Yim Rim"), "한": (15, "Han Hahn"), "오": (15, "Oh O"),
    "서": (15, "Seo Suh So Sur"), "신": (15, "Shin Sin"), "권": (14, "Kwon Gwon Kweon"), "황": (14, "Hwang Whang"),
    "안": (14, "Ahn An"), "송": (14, "Song"), "류": (13, "Ryu Yoo Yu Ryoo"), "전": (11, "Jeon Jun Chun"),
    "홍": (11, "Hong"), "고": (9, "Ko Go Koh"), "문": (9, "Moon Mun"), "양": (9, "Yang"), "손": (9, "Son Sohn"),
    "배": (8, "Bae Pae"), "백": (8, "Baek Paik Back"), "허": (7, "Heo Huh Hur"), "남": (6, "Nam"), "심": (5, "Shim"),
    "노": (5, "Noh Roh No"), "하": (4, "Ha"), "곽": (4, "Kwak Gwak"), "성": (4, "Sung Seong"), "차": (4, "Cha"),
    "주": (4, "Joo Chu Ju"), "우": (4, "Woo Wu U"), "구": (4, "Koo Gu Ku"), "민": (3, "Min"), "나": (3, "Na Ra"),
    "남궁": (1, "Namgung Namkoong"),
}  # fmt: skip
_GIVEN = (
    "지 민 서 현 수 영 준 진 우 은 정 성 재 동 석 훈 희 원 경 상 태 주 연 하 도 승 혜 미 숙 순 철 규 기 용 근 환 빈 호"
    " 윤 선 유 인 종 창 병 광 건 덕 문 봉 형 욱 식 섭 열 택 찬 균 복 범 나 라 란 례 림 명 모 별 보 비 빛 새 솔 슬 시 신"
    " 아 안 애 예 옥 완 율 의 일 임 자 제 조 채 한 해 향 화 효 휘 흥"
).split()
# By rule, and as people are wont to, where that differs from the official romanisation.
_BY_RULE = {
    "firsts": {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch"},
    "middles": {"ㅓ": "o", "ㅕ": "yo", "ㅡ": "u"},
}
_WONT = {
    "firsts": {"ㄱ": "k g", "ㅈ": "j j ch", "ㅂ": "b b p", "ㄹ": "r l"},
    "middles": {
        "ㅐ": "ae ae ai",
        "ㅕ": "yeo yu you",
        "ㅜ": "oo u",
        "ㅠ": "yoo yu",
        "ㅡ": "eu",
        "ㅡㅣ": "ee ui",
        "ㅣ": "i i ee",
    },
    "closed": {"ㅓ": "u u eo", "ㅕ": "you yu yeo"},  # before a last letter
}
_ORDERS: tuple[Callable[[str, str, str], str], ...] = (
    lambda surname, first, second: f"{surname} {first}-{second}",
    lambda surname, first, second: f"{surname} {first}{second}",
    lambda surname, first, second: f"{surname} {first} {second.capitalize()}",
    lambda surname, first, second: f"{surname.upper()} {first}-{second}",
    lambda surname, first, second: f"{first}-{second} {surname}",
    lambda surname, first, second: f"{first}{second} {surname}",
    lambda surname, first, second: f"{surname}, {first}-{second}",
    lambda surname, first, second: f"{surname}{first}{second}".lower(),
)
_LATIN, _HANGUL = "abcdefghijklmnopqrstuvwxyz", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅐㅑㅓㅔㅕㅗㅛㅜㅠㅡㅣ"

type Name = tuple[str, str]  # surname and given name, in Hangul
type Spelling = tuple[str, Name]  # what is written, and the name it was made of
type Words = Mapping[str, int]  # folded, in letters, with how often they occur


@dataclass(frozen=True, slots=True)
class Spelled:
    names: int
    variants: int
    variants_found: float
    others_met: float
    merged: float
    ms_per_name: float


@dataclass(frozen=True, slots=True)
class Corrected:
    words: int
    first: float
    in_three: float
    ms_per_word: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="*", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    random = Random(options.seed)
    try:
        vocabularies = words_of(options.texts) if options.texts else made_up_words(options.seed)
    except Unreadable as error:
        parser.error(str(error))
    figures = asdict(names_found(random))
    for language, vocabulary in vocabularies.items():
        figures |= {f"{language}_{name}": value for name, value in asdict(words_corrected(random, vocabulary)).items()}
    for name, value in figures.items():
        print(f"{name:22}{value:>12}")
    if options.json:
        print(json.dumps(figures))


def names_found(random: Random, count: int = NAMES, spellings: int = SPELLINGS) -> Spelled:
    from search.spelling import sounds

    names = make_names(random, count)
    bearers: dict[str, set[Name]] = defaultdict(set)
    for name in names:
        for key in sounds("".join(name)):
            bearers[key].add(name)
    asked = [(spell(random, name), name) for name in random.choices(names, k=spellings)]
    started = time.perf_counter()
    met = [{bearer for key in sounds(spelling) for bearer in bearers.get(key, ())} for spelling, _name in asked]
    seconds = time.perf_counter() - started
    found = sum(name in several for several, (_spelling, name) in zip(met, asked, strict=True))
    merged = {name for several in bearers.values() if len(several) > 1 for name in several}
    return Spelled(
        names=count,
        variants=spellings,
        variants_found=round(found / spellings, 4),
        others_met=round((sum(map(len, met)) - found) / spellings, 3),
        merged=round(len(merged) / count, 4),
        ms_per_name=round(seconds / spellings * 1_000, 3),
    )


def make_names(random: Random, count: int) -> list[Name]:
    """All different, in the order in which they were made."""
    surnames, shares = list(_SURNAMES), [share for share, _spellings in _SURNAMES.values()]
    often = [1 / (place + 10) for place in range(len(_GIVEN))]
    found: dict[Name, None] = {}
    while len(found) < count:
        (surname,), given = random.choices(surnames, shares), random.choices(_GIVEN, often, k=2)
        found[surname, "".join(given)] = None
    return list(found)


def spell(random: Random, name: Name) -> str:
    surname, given = name
    syllable = random.choice((_officially, _by_rule, _as_wont, _as_wont))
    written = random.choice([*_SURNAMES[surname][1].split(), _officially(random, surname).capitalize()])
    first, second = (syllable(random, each) for each in given)
    return random.choice(_ORDERS)(written, first.capitalize(), second)


def words_corrected(random: Random, vocabulary: Words, mistyped: int = MISTYPED) -> Corrected:
    from search.spelling import corrections

    asked = [
        (mistype(random, word, vocabulary), word)
        for word in random.choices([word for word in vocabulary if len(word) >= SHORTEST_MISTYPED], k=mistyped)
    ]
    started = time.perf_counter()
    answers = [corrections(written, vocabulary.items()) for written, _word in asked]
    seconds = time.perf_counter() - started
    places = Counter(_place(word, answer) for answer, (_written, word) in zip(answers, asked, strict=True))
    return Corrected(
        words=len(vocabulary),
        first=round(places[0] / mistyped, 4),
        in_three=round(sum(places[place] for place in range(3)) / mistyped, 4),
        ms_per_word=round(seconds / mistyped * 1_000, 3),
    )


def mistype(random: Random, word: str, vocabulary: Words) -> str:
    """With one typing error, and no word of the vocabulary."""
    letters = _LATIN if word.isascii() else _HANGUL
    while True:
        at, letter = random.randrange(len(word)), random.choice(letters)
        before, rest = word[:at], word[at:]
        wrong = random.choice((rest[1:], letter + rest, letter + rest[1:], rest[1:2] + rest[:1] + rest[2:]))
        if before + wrong not in vocabulary:
            return before + wrong


def made_up_words(seed: int) -> dict[str, Words]:
    """As often as words are in texts, by their rank."""
    from benchmarks.scale.words import Vocabulary
    from search.spelling import jamo

    made = Vocabulary(seed, 1_000_000)
    return {
        language: {jamo(word): 1_000_000 // rank for rank, word in enumerate(words[:WORDS], 1)}
        for language, words in (("english", made.content), ("korean", made.korean))
    }


def words_of(folders: Iterable[Path]) -> dict[str, Words]:
    """The commonest words of the texts, of Korean ones the stems, with in how many they are."""
    from search import korean
    from search.spelling import jamo

    counted: dict[str, Counter[str]] = {"english": Counter(), "korean": Counter()}
    for folder in folders:
        for text in map(" ".join, read_collection(folder.resolve()).documents.values()):
            counted["english"].update(set(re.findall("[a-z]{2,}", text.lower())))
            counted["korean"].update({jamo(korean.stem(word)) for word in re.findall("[가-힣]{2,}", text)})
    return {language: dict(words.most_common(WORDS)) for language, words in counted.items() if words}


def _officially(_random: Random, text: str) -> str:
    from speakers.romanization import romanize

    return romanize(text)


def _by_rule(random: Random, syllable: str) -> str:
    return _spelled(random, syllable, _BY_RULE)


def _as_wont(random: Random, syllable: str) -> str:
    return _spelled(random, syllable, _WONT)


def _spelled(random: Random, syllable: str, habits: Mapping[str, Mapping[str, str]]) -> str:
    """As officially but for what is in `habits`."""
    from search import hangul

    first, middle, last = hangul.parts(syllable)
    closed = habits.get("closed", {}) if last else {}
    begins = _one(random, habits["firsts"].get(first)) or _officially(random, _syllable(first, "ㅏ", ""))[:-1]
    vowel = _one(random, closed.get(middle) or habits["middles"].get(middle)) or _vowel(random, middle)
    if habits is _WONT:
        begins, vowel = _with_glides(random, begins, vowel)
    return begins + vowel + _officially(random, _syllable("ㅇ", "ㅏ", last))[1:]


def _with_glides(random: Random, begins: str, vowel: str) -> tuple[str, str]:
    """Shin, Woo, Yi."""
    if begins == "s" and vowel in {"i", "ee"} and random.random() < 0.7:
        return "sh", vowel
    if not begins and vowel in {"oo", "u"} and random.random() < 0.7:
        return "", "woo" if vowel == "oo" else "wu"
    return begins, vowel


def _vowel(random: Random, middle: str) -> str:
    return _officially(random, _syllable("ㅇ", middle, ""))


def _syllable(first: str, middle: str, last: str) -> str:
    from search import hangul

    return hangul.syllables(first + middle + last)


def _one(random: Random, choices: str | None) -> str:
    return random.choice(choices.split()) if choices else ""


def _place(word: str, answer: Sequence[str]) -> int:
    """Of the right word in the answer; beyond its end where it is not in it."""
    from search.spelling import jamo

    return next((place for place, meant in enumerate(answer) if jamo(meant) == word), len(answer) + 3)


if __name__ == "__main__":
    main()
