"""Korean names by sound: which names in Hangul a spelling in Latin letters may stand for. Pure.

There are several systems (Revised Romanization, McCune-Reischauer with and without its marks) and, for names, mostly
each bearer's own habit: 훈 is Hoon, Hun and Houn; 정 is Jeong, Jung, Chung and Jong. So no spelling has one name, and
none is turned into another: each is read as the set of all names it may stand for, and two names meet where these sets
do. A name is given by its letters (`search.hangul`) with what Latin letters don't tell apart made one:

    강훈식, Kang Hoon-sik, Gang Hunsik    ㄱㅏㅇㅎㅜㄴㅅㅣㄱ
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import product

from search import hangul

SHORTEST, LONGEST, LONGEST_SURNAME = 4, 24, 8  # Latin letters of a name written as one word, and of a surname
MOST_SYLLABLES = 3  # of a given name
MOST_READINGS = 64  # of one spelling; the longest names have some forty

# The commonest, and those of two syllables; of those that are one by sound (류 and 유, 림 and 임) one.
_SURNAMES = (
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 유 전 홍 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우"
    " 구 나 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제"
    " 모 탁 국 어 은 편 용 예 경 봉 사 부 가 복 태 목 형 계 피 두 감 음 빈 동 온 호 범 좌 팽 승 간 상 시 갈 단 견 당"
    " 남궁 황보 제갈 선우 독고 사공 서문 동방"
).split()

# Spellings that no rule gives, and those that somebody who types one has to be led from before its end.
_SURNAME_SPELLINGS = {
    "김": "kim gim ghim keem",
    "이": "lee yi rhee ri li rhie rhi yee lie i e leigh",
    "박": "park pak bak bark parc pahk",
    "최": "choi choe choy chey chei",
    "정": "jung jeong chung chong joung cheong jeung",
    "강": "kang gang",
    "조": "cho jo joe joh",
    "윤": "yoon yun youn",
    "장": "jang chang",
    "임": "lim im yim rim leem ihm",
    "한": "han hahn",
    "오": "oh o",
    "서": "seo suh su so sur sue",
    "신": "shin sin sheen",
    "권": "kwon gwon kweon kwun",
    "황": "hwang whang",
    "안": "ahn an",
    "유": "yoo yu ryu you ryoo rhyu lyu yew rhew",
    "전": "jeon jun chun jean chon jhun",
    "고": "ko go koh",
    "문": "moon mun",
    "양": "yang lyang ryang",
    "손": "son sohn",
    "배": "bae pae bai pai bay",
    "백": "baek paik back paek baik beck",
    "허": "heo huh hur her hu ho",
    "노": "noh no roh ro rho",
    "곽": "kwak gwak kwack",
    "성": "sung seong soung",
    "주": "joo ju chu choo",
    "우": "woo wu u oo",
    "구": "koo gu ku goo",
    "나": "na ra rah nah la",
    "엄": "eom um uhm eum ohm",
    "여": "yeo yuh yo ryeo lyeo",
    "변": "byun byeon pyun pyon byon",
    "염": "yeom yum youm ryeom",
    "석": "seok suk sok",
    "선우": "sunwoo seonu sunwu seonwoo",
    "어": "eo uh auh",
    "육": "yook yuk ryuk yuck",
    "계": "kye gye kay",
}

# What Latin letters may stand for, the likeliest first. A letter said hard (ㄲ) is written as the plain one or doubled.
_FIRSTS = {
    "": "ㅇ", "g": "ㄱ", "gg": "ㄱ", "kk": "ㄱ", "k": "ㄱㅋ", "kh": "ㅋ", "n": "ㄴ", "d": "ㄷ", "dd": "ㄷ",
    "tt": "ㄷ", "t": "ㄷㅌ", "th": "ㅌ", "r": "ㄹ", "rh": "ㄹ", "l": "ㄹ", "m": "ㅁ", "b": "ㅂ", "bb": "ㅂ",
    "pp": "ㅂ", "p": "ㅂㅍ", "ph": "ㅍ", "s": "ㅅ", "ss": "ㅅ", "sh": "ㅅ", "j": "ㅈ", "jj": "ㅈ", "z": "ㅈ",
    "ch": "ㅈㅊ", "h": "ㅎ",
}  # fmt: skip
_MIDDLES = {
    "a": ["ㅏ"], "ah": ["ㅏ"], "ae": ["ㅐ"], "ai": ["ㅐ"], "ay": ["ㅐ"], "e": ["ㅐ"], "eh": ["ㅐ"], "ea": ["ㅐ"],
    "ya": ["ㅑ"], "yah": ["ㅑ"], "yae": ["ㅖ"], "ye": ["ㅖ"], "yeh": ["ㅖ"], "yea": ["ㅖ"],
    "eo": ["ㅓ"], "uh": ["ㅓ"], "yeo": ["ㅕ"], "yuh": ["ㅕ"], "o": ["ㅗ", "ㅓ"], "oh": ["ㅗ"],
    "wa": ["ㅗㅏ"], "wah": ["ㅗㅏ"], "oe": ["ㅗㅣ"], "oi": ["ㅗㅣ"], "oy": ["ㅗㅣ"], "we": ["ㅗㅣ"], "wae": ["ㅗㅣ"],
    "weh": ["ㅗㅣ"], "yo": ["ㅛ", "ㅕ"], "yoh": ["ㅛ"], "u": ["ㅜ"], "oo": ["ㅜ"], "ou": ["ㅜ", "ㅓ"],
    "wo": ["ㅜㅓ"], "weo": ["ㅜㅓ"], "wuh": ["ㅜㅓ"], "wi": ["ㅜㅣ"], "wee": ["ㅜㅣ"],
    "yu": ["ㅠ"], "yoo": ["ㅠ"], "yew": ["ㅠ"], "you": ["ㅕ", "ㅠ"], "eu": ["ㅡ"],
    "i": ["ㅣ"], "ee": ["ㅣ"], "ih": ["ㅣ"], "ui": ["ㅣ"], "eui": ["ㅣ"],
}  # fmt: skip
_WITHOUT_FIRST = {"woo": ["ㅜ"], "wu": ["ㅜ"], "wou": ["ㅜ"], "yi": ["ㅣ"], "yee": ["ㅣ"]}
_BEFORE_LAST = {"u": ["ㅓ"], "yu": ["ㅕ"]}
_U_BEFORE_LAST = ("ㅡ", frozenset("ㄱㄷㅅㅇㅎ"))  # 은 is also Un, 승 Sung; with other first letters it is in no name
_LASTS = {
    "": "", "k": "ㄱ", "g": "ㄱ", "ck": "ㄱ", "n": "ㄴ", "t": "ㄷ", "d": "ㄷ", "l": "ㄹ", "ll": "ㄹ", "r": "ㄹ",
    "m": "ㅁ", "p": "ㅂ", "b": "ㅂ", "ng": "ㅇ",
}  # fmt: skip

_PLAIN_FIRSTS = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_ALIKE = {"ㅔ": "ㅐ", "ㅒ": "ㅖ", "ㅗㅐ": "ㅗㅣ", "ㅜㅔ": "ㅗㅣ", "ㅡㅣ": "ㅣ"}
_AS_SAID = str.maketrans("ㄲㅋㅅㅆㅈㅊㅌㅎㅍ", "ㄱㄱㄷㄷㄷㄷㄷㄷㅂ")
_VOWELS = frozenset("aeiouwy")
_BEFORE_I = re.compile("^ㄹ(?=[ㅣㅑㅕㅖㅛㅠ])")


def of_hangul(name: str) -> str:
    """The letters of a name, or of a part of one, in Hangul syllables."""
    return "".join(map(_by_sound, name))


def surname_of_hangul(name: str) -> str:
    """The same of a name that begins with the surname: 류현진 is also written 유현진."""
    return _surname(of_hangul(name))


def given_name(name: str) -> str:
    """Of a name in Hangul, surname first, what follows the surname."""
    return name[2 if len(name) > 2 and name[:2] in _SURNAMES else 1 :]


@lru_cache(maxsize=20_000)
def surnames(spelling: str) -> frozenset[str]:
    """What a surname in folded Latin letters may stand for."""
    if not spelling or len(spelling) > LONGEST_SURNAME:
        return frozenset()
    by_rule = {_surname(reading) for several in _readings(_usual(spelling)).values() for reading in several}
    return frozenset(by_rule & _SURNAME_LETTERS) | _IRREGULAR.get(spelling, frozenset())


def given_names(pieces: tuple[str, ...]) -> frozenset[str]:
    """What the pieces of a given name (Hoon, sik) may stand for in this order, each in as few syllables as will do; in
    two as well where it is of one piece (Doim), as nearly all given names have two.
    """
    several = [_shortest(piece) for piece in pieces]
    if not several or sum(count for count, _readings in several) > MOST_SYLLABLES:
        return frozenset()
    readings = {"".join(chosen) for chosen in product(*(readings for _count, readings in several))}
    return _few(readings | _readings(_usual(pieces[0])).get(2, frozenset()) if len(pieces) == 1 else readings)


@lru_cache(maxsize=20_000)
def in_one_word(spelling: str) -> frozenset[str]:
    """What a surname and a given name written together (kanghoonsik) may stand for, in three syllables if it has more
    than one, or else in as few as will do.
    """
    if not SHORTEST <= len(spelling) <= LONGEST:
        return frozenset()
    fewest, _reading = _shortest(spelling)
    most = fewest if fewest == 1 else max(fewest, 3)
    found = (
        surname + given
        for cut in range(1, min(len(spelling), LONGEST_SURNAME + 1))
        for surname, given in product(sorted(surnames(spelling[:cut])), sorted(given_names((spelling[cut:],))))
    )
    return _few(reading for reading in found if len(hangul.syllables(reading)) <= most)


@lru_cache(maxsize=20_000)
def beginnings(spelling: str) -> frozenset[str]:
    """What a name, or a part of one, may begin with that begins with so many Latin letters, of which none else begins
    with another: ho may become hong and hoon.
    """
    found = {reading for reading in _begun(spelling) if reading} | set(_surname_beginnings(spelling))
    return _few(reading for reading in found if not any(reading[:end] in found for end in range(1, len(reading))))


def _begun(spelling: str) -> Iterator[str]:
    """A w at the end may be going to be wh, which is hw."""
    yield from _beginnings(_usual(spelling))
    if spelling.endswith("w"):
        yield from _beginnings(_usual(spelling[:-1]) + "hw")


def _usual(spelling: str) -> str:
    """Whang is Hwang."""
    return spelling.replace("wh", "hw")


def _by_sound(syllable: str) -> str:
    if not hangul.is_syllables(syllable):
        return syllable
    first, middle, last = hangul.parts(syllable)
    return first.translate(_PLAIN_FIRSTS) + _ALIKE.get(middle, middle) + last[:1].translate(_AS_SAID)


def _surname(reading: str) -> str:
    """ㄹ at the beginning of a word is said and mostly written as ㅇ before i and y, as ㄴ before all else."""
    return "ㄴ" + reading[1:] if (lighter := _BEFORE_I.sub("ㅇ", reading)).startswith("ㄹ") else lighter


def _shortest(piece: str) -> tuple[int, Set[str]]:
    """In as few syllables as will do; in very many where it is no spelling."""
    by_count = _readings(_usual(piece)) if 0 < len(piece) <= LONGEST else {}
    fewest = min(by_count, default=MOST_SYLLABLES + 1)
    return fewest, by_count.get(fewest, frozenset())


@lru_cache(maxsize=50_000)
def _readings(spelling: str) -> Mapping[int, Set[str]]:
    """By the number of syllables."""
    if not spelling:
        return {0: frozenset(("",))}
    found: dict[int, set[str]] = defaultdict(set)
    for length, syllables in _syllables(spelling):
        for count, rest in _readings(spelling[length:]).items():
            if count < MOST_SYLLABLES:
                found[count + 1] |= {syllable + after for syllable in syllables for after in rest}
    return {count: frozenset(readings) for count, readings in found.items()}


def _syllables(spelling: str) -> Iterator[tuple[int, list[str]]]:
    """Those that it may begin with: how many letters, and what they may stand for."""
    for first, middle, at in _open(spelling):
        for last, letter in _at(_LASTS, spelling, at):
            end = at + len(last)
            if not last and spelling[at - 1] == "h" and spelling[at : at + 1] in _VOWELS and at < len(spelling):
                continue  # in doha the h belongs to what follows
            yield end, [one + vowel + letter for one in _FIRSTS[first] for vowel in _vowels(first, middle, one, last)]


def _open(spelling: str) -> Iterator[tuple[str, str, int]]:
    """First letter and vowel, as spelled, and where they end."""
    for first, _letters in _at(_FIRSTS, spelling, 0):
        for middle, _vowels in _at(_MIDDLES if first else _ALL_MIDDLES, spelling, len(first)):
            if middle:
                yield first, middle, len(first) + len(middle)


def _vowels(first: str, middle: str, letter: str, last: str) -> list[str]:
    found = list((_MIDDLES if first else _ALL_MIDDLES)[middle])
    if last:
        found += _BEFORE_LAST.get(middle, ())
        if middle == "u" and letter in _U_BEFORE_LAST[1]:
            found.append(_U_BEFORE_LAST[0])
    return found


def _at[T](table: Mapping[str, T], spelling: str, at: int) -> Iterator[tuple[str, T]]:
    for length in range(4):
        part = spelling[at : at + length]
        if len(part) == length and part in table:
            yield part, table[part]


@lru_cache(maxsize=50_000)
def _beginnings(spelling: str) -> frozenset[str]:
    if not spelling:
        return frozenset(("",))
    if len(spelling) > LONGEST:
        return frozenset()
    found = {letter for first, letters in _FIRSTS.items() if first.startswith(spelling) for letter in letters}
    for first, letters in _at(_FIRSTS, spelling, 0):
        found |= {letter + vowel for letter in letters for vowel in _unfinished_vowels(first, spelling[len(first) :])}
    for first, middle, at in _open(spelling):
        rest = spelling[at:]
        for letter in _FIRSTS[first]:
            found |= {letter + vowel for vowel in _vowels(first, middle, letter, "k")} if not rest else set()
            for last, end in _LASTS.items():
                if last and last.startswith(rest) and rest:
                    found |= {letter + vowel + end for vowel in _vowels(first, middle, letter, last)}
                if rest.startswith(last) and rest:
                    several = product(_vowels(first, middle, letter, last), _beginnings(rest[len(last) :]))
                    found |= {letter + vowel + end + after for vowel, after in several}
    return _few(found)


def _unfinished_vowels(first: str, spelling: str) -> Iterator[str]:
    for middle, vowels in (_MIDDLES if first else _ALL_MIDDLES).items():
        if spelling and middle.startswith(spelling):
            yield from vowels


def _surname_beginnings(spelling: str) -> Iterator[str]:
    for surname, readings in _IRREGULAR.items():
        if surname.startswith(spelling):
            yield from readings
        elif spelling.startswith(surname):
            yield from (first + rest for first in readings for rest in _begun(spelling[len(surname) :]))


def _few(readings: Iterator[str] | Set[str]) -> frozenset[str]:
    distinct = frozenset(readings)
    return distinct if len(distinct) <= MOST_READINGS else frozenset(sorted(distinct)[:MOST_READINGS])


def _irregular() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, spellings in _SURNAME_SPELLINGS.items():
        for spelling in spellings.split():
            found[spelling].add(of_hangul(name))
    return {spelling: frozenset(readings) for spelling, readings in found.items()}


_ALL_MIDDLES = {**_MIDDLES, **_WITHOUT_FIRST}
_SURNAME_LETTERS = frozenset(map(of_hangul, _SURNAMES))
_IRREGULAR = _irregular()
