"""Who is named where in a text, and which of the people that one knows of they may be. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# What follows a family name in Korean, and what follows a whole name and its house.
TITLES = (
    "교수|의원|대표|위원장|위원|과장|국장|실장|팀장|부장|차장|본부장|원장|소장|이사장|이사|회장|사장|사무총장|총장|총리|부총리|장관|차관"
    "|시장|도지사|지사|군수|구청장|청장|처장|변호사|판사|검사|기자|연구원|연구위원|박사|선생|씨|대변인|심의관|정책관|비서관|수석"
    "|대사|작가|감독|지부장|지회장|센터장|간사|활동가|학장|부회장|상무|전무|최고경영자|앵커|조합장|공동대표|조정관|사무관|담당관|단장"
)
_FAMILY_NAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도"
    "소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상시갈"
)
_FAMILY_AND_TITLE = re.compile(rf"(?<![가-힣])(?P<family>[가-힣])\s?(?:{TITLES})(?![가-힣]{{2}})")
_STRANGER = re.compile(
    rf"(?<![가-힣])(?P<name>[{_FAMILY_NAMES}][가-힣]{{1,3}})\s(?:[가-힣A-Za-z0-9·]+\s){{0,5}}?[가-힣]*(?:{TITLES})"
    r"(?=[은는이가도의]|께서|에\s|,)"
)
_LATIN_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[^\W_]"
_LATIN_STRANGER = re.compile(
    rf"(?<![\w’'-]){_LATIN_WORD}(?:\s(?:van|von|de|der|den|da|bin|al|el)(?=\s))*(?:\s{_LATIN_WORD}){{1,3}}"
)
_FIRST_WORDS = frozenset(
    "A An The And But Or So Yet In On At For To From By Of As If When While After Before Asked Her His Their Our My Its"
    " According Inspector Mr Mrs Ms Dr Professor Minister President Senator Chair".split()
)
_POSSESSIVE = re.compile(r"['’]s?\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """`name` as it stands there; `may_be` are those of the known names that it can mean, the likeliest first."""

    start: int
    end: int
    name: str
    may_be: tuple[str, ...] = ()
    is_possessive: bool = False


class People:
    """The mentions in a text, in its order."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self.mentions: Sequence[Mention] = sorted(_mentions(text, _Known(names)), key=lambda one: one.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.mentions]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class _Known:
    """The names one knows of, by themselves and by the parts that can stand for them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
        self.by_part: dict[str, list[str]] = {}
        for name in self.names:
            for part in _parts(name):
                self.by_part.setdefault(part, []).append(name)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Names first, since they are longer than their parts; Korean ones may have a particle behind them."""
        forms = sorted({*self.names, *(part for part in self.by_part if not _is_korean(part))}, key=len, reverse=True)
        if not forms:
            return None
        alternatives = "|".join(re.escape(form) + ("" if _is_korean(form) else r"(?![\w-])") for form in forms)
        return re.compile(rf"(?<![\w-])(?:{alternatives})")


def _parts(name: str) -> Iterator[str]:
    if _is_korean(name):
        if " " not in name:
            yield name[0]
        return
    for part in name.split():
        if len(part) > 1 and part[0].isupper() and not part.endswith("."):
            yield part


def _is_korean(name: str) -> bool:
    return "가" <= name[:1] <= "힣"


def _mentions(text: str, known: _Known) -> Iterator[Mention]:
    last_named: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for start, end, form in sorted(_forms(text, known)):
        if taken and start < taken[-1][1]:
            continue
        taken.append((start, end))
        may_be = _likely(form, known, last_named)
        if len(may_be) == 1:
            last_named[may_be[0]] = start
        yield Mention(start, end, text[start:end], may_be, bool(_POSSESSIVE.match(text, end)))
    for start, end, whole_end in _strangers(text):
        place = bisect_left(taken, (start, end))
        neighbours = taken[max(0, place - 1) : place + 1]
        if not any(first < whole_end and start < last for first, last in neighbours):
            yield Mention(start, end, text[start:end], (), bool(_POSSESSIVE.match(text, end)))


def _forms(text: str, known: _Known) -> Iterator[tuple[int, int, str]]:
    if known.pattern is None:
        return
    for match in known.pattern.finditer(text):
        yield match.start(), match.end(), match.group()
    for match in _FAMILY_AND_TITLE.finditer(text):
        if match["family"] in known.by_part:
            yield match.start(), match.end(), match["family"]


def _likely(form: str, known: _Known, last_named: Mapping[str, int]) -> tuple[str, ...]:
    """Of several that a part of a name can mean, whoever was named last comes first."""
    if form in known.names:
        return (form,)
    return tuple(sorted(known.by_part[form], key=lambda name: -last_named.get(name, -1)))


def _strangers(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each name, and the end of the title behind it."""
    for match in _STRANGER.finditer(text):
        yield *match.span("name"), match.end()
    for match in _LATIN_STRANGER.finditer(text):
        words = match.group().split()
        start = match.start()
        while words and words[0] in _FIRST_WORDS:
            start += len(words.pop(0)) + 1
        if len(words) > 1:
            yield start, match.end(), match.end()
