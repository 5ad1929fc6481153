"""What can be brought in as a table: for each kind of record its columns, and what a file may call them. Pure.

A file that was downloaded here is known by the headers that it has: those of the tables of people and affiliations,
and of the flat table of statements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from debate.models import AppearanceRole
from debate.publishing import Status
from exchange.tables import cells
from exchange.tables.cells import Read, Wrong
from exchange.tables.table import Problem, Row, Table, letter, shortened
from positions.models import Evidence, PositionKind, Stance
from speakers.bilingual import LANGUAGES

type Mapped = Mapping[str, int]  # a column of the kind, and its place in the file

_NO_WORD = re.compile(r"[\W_]+")
_LANGUAGE_NAMES = dict(settings.LANGUAGES)
_LONG = 10_000
_STANCES = {
    "for": Stance.SUPPORTS, "support": Stance.SUPPORTS, "agree": Stance.SUPPORTS, "지지": Stance.SUPPORTS,
    "against": Stance.OPPOSES, "oppose": Stance.OPPOSES, "disagree": Stance.OPPOSES,
    "conditionally": Stance.CONDITIONAL, "조건부": Stance.CONDITIONAL,
    "중립": Stance.NEUTRAL, "찬반 표명 없음": Stance.NEUTRAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """`names` are what else a file may call it, beside its key and its label in every language."""

    key: str
    label: str | Promise
    read: Read
    help: str | Promise = ""
    example: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableKind:
    """`needed`: of each group of columns at least one has to be there."""

    key: str
    label: str | Promise
    about: str | Promise
    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _bilingual(key: str, label: Any, most: int, examples: Sequence[str], **names: tuple[str, ...]) -> list[Column]:
    """A column for each language, as `Bilingual` has them."""
    return [
        Column(
            f"{key}_{code}",
            format_lazy("{text} ({language})", text=label, language=_LANGUAGE_NAMES[code]),
            cells.text(most),
            example=example,
            names=names.get(code, ()),
        )
        for code, example in zip(LANGUAGES, examples, strict=True)
    ]


_LANGUAGE = Column(
    "source_language",
    _("language of the source"),
    cells.language,
    _("en or ko: in which language the source is. What stands in the other is the editors' translation."),
    "ko",
    ("language", "출처 언어"),
)
_BAR = _("Several have | between them.")

PEOPLE = TableKind(
    "people",
    _("People"),
    _("Names, other names, identifiers and links of people."),
    (
        Column("id", _("slug"), cells.text(120), _("Only to change somebody who is in the record."), "",
               ("person_id", "speaker_id", "슬러그")),
        *_bilingual("name", _("name"), 200, ["Han Ji-woo", "한지우"], en=("name", "person_en"),
                    ko=("이름", "성명", "person_ko")),
        *_bilingual("sort_name", _("name for sorting"), 200, ["", ""]),
        Column("other_names", _("other names"), cells.several(cells.other_name),
               format_lazy("{} {}", _BAR, _("With the kind before it, unless it is as printed: former: Kim Sora")),
               "romanised: Han Jiwoo", ("aliases", "also known as", "이명", "별칭")),
        Column("identifiers", _("identifiers"), cells.several(cells.identifier),
               format_lazy("{} {}", _BAR, "wikidata:Q42"), "assembly:1204", ("identifier",)),
        Column("links", _("links"), cells.several(cells.web_address), _BAR, "https://people.example.org/han",
               ("link", "homepage", "website", "홈페이지", "누리집")),
        *_bilingual("note", _("note"), _LONG, ["", ""]),
        _LANGUAGE,
    ),
    (("id", *(f"name_{code}" for code in LANGUAGES)),),
)  # fmt: skip

AFFILIATIONS = TableKind(
    "affiliations",
    _("Affiliations"),
    _("Who was what at which organization, and when."),
    (
        Column("id", _("public id"), cells.text(12), _("Only to change an affiliation that is in the record."), "",
               ("affiliation_id",)),
        Column("person", _("person"), cells.text(200), _("Slug or name."), "Han Ji-woo",
               ("person_id", "speaker", "speaker_id", "name", "이름", "성명", "발언자")),
        Column("organization", _("organization"), cells.text(200), _("Slug or name."), "Port Authority",
               ("organization_id", "organisation", "기관", "단체", "소속", "소속 기관")),
        *_bilingual("role", _("role"), 200, ["Director", "과장"], en=("role", "position", "title"),
                    ko=("직책", "직위", "역할")),
        *_bilingual("unit", _("unit"), 200, ["Harbour Division", "항만과"], en=("unit", "department"),
                    ko=("부서",)),
        Column("period", _("period"), cells.period, _("EDTF: 2019-03/2024-05, 2024-05/.. (still), 2019"), "2019-02/..",
               ("date", "dates", "재임 기간")),
        Column("create", _("create who is missing"), cells.yes,
               _("yes: a person or an organization that is not in the record is made, without being asked for."), "",
               ("new", "새로 만들기")),
        _LANGUAGE,
    ),
    (("id", "person"), ("id", "organization")),
)  # fmt: skip


class _Offered(TextChoices):
    """The states that a table may bring in; withdrawing has a reason of its own."""

    DRAFT = Status.DRAFT.value, Status.DRAFT.label
    IN_REVIEW = Status.IN_REVIEW.value, Status.IN_REVIEW.label
    PUBLISHED = Status.PUBLISHED.value, Status.PUBLISHED.label


POSITIONS = TableKind(
    "positions",
    _("Positions"),
    _("What people stated on propositions in debates that are in the record, with the evidence."),
    (
        Column("id", _("public id"), cells.text(12), _("Only to change a position that is in the record."), "",
               ("position_id",)),
        Column("debate", _("debate"), cells.text(300), _("Slug or title."), "harbour-hearing",
               ("debate_id", "event", "event_id", "토론회", "행사")),
        Column("speaker", _("speaker"), cells.text(200), _("Slug, name, or label as printed. Somebody in this debate."),
               "Han Ji-woo", ("person", "person_id", "name_as_printed", "speaker_id", "발언자", "이름", "성명")),
        Column("session", _("session"), cells.text(300),
               _("Number, title, kind or id; only where somebody appears in several."), "", ("session_id", "세션")),
        Column("role", pgettext_lazy("at a debate", "role"), cells.choice(AppearanceRole),
               _("At this debate; only where somebody has several."), "", ("appearance_role", "역할")),
        Column("appearance", _("appearance"), cells.text(12), _("Its id, in place of the four before it."), "",
               ("appearance_id",)),
        Column("proposition", _("proposition"), cells.text(500), _("Slug or wording."),
               "Harbours should work at night", ("proposition_id", "명제")),
        Column("create", _("create a missing proposition"), cells.yes,
               _("yes: a proposition that is not in the record is made as a draft, without being asked for."), "",
               ("new proposition", "새 명제")),
        Column("stance", _("stance"), cells.choice(Stance, _STANCES),
               _("supports, opposes, conditional, neutral, or these words in Korean."), "conditional",
               ("찬반", "태도")),
        *_bilingual("condition", _("condition"), _LONG, ["If the crews are paid for it", ""], en=("condition",),
                    ko=("조건",)),
        Column("kind", _("kind"), cells.choice(PositionKind), _("recommendation, assessment, concern, commitment"),
               "recommendation", ("position_kind", "종류")),
        *_bilingual("summary", _("summary (the editors' paraphrase)"), _LONG, ["Wants a night shift on trial", ""],
                    en=("summary", "summary_paraphrase_en"), ko=("요약", "summary_paraphrase_ko")),
        Column("source", _("source"), cells.several(cells.text(1000)),
               format_lazy("{} {}", _("Id, web address or title."), _BAR), "", ("source_id", "source_ids", "출처")),
        Column("locator", _("place"), cells.locators_of,
               format_lazy("{} {}", _("As many as there are sources."), "¶ 12, p. 7, 00:12:30"), "",
               ("locators", "paragraph", "page", "위치", "문단")),
        Column("quote", _("quote"), cells.text(_LONG), _("The exact words, in the first of the sources."), "",
               ("인용문", "원문")),
        Column("quote_state", _("state of the quote"), cells.choice(Evidence.State),
               _("Only where the source has no text here to look the words up in: exact, moved, not_found."),
               "", ()),
        Column("status", _("status"), cells.choice(_Offered), _("draft, in_review or published; draft if left out."),
               "draft", ("상태",)),
        _LANGUAGE,
    ),
    (
        ("id", "appearance", "debate"), ("id", "appearance", "speaker"), ("id", "proposition"), ("id", "stance"),
        ("id", "kind"), ("id", *(f"summary_{code}" for code in LANGUAGES)),
    ),
)  # fmt: skip

KINDS = {kind.key: kind for kind in (PEOPLE, AFFILIATIONS, POSITIONS)}


def guess(kind: TableKind, header: Sequence[str]) -> dict[str, int]:
    """Which column of the file is which; each of the kind at most once, the better name first."""
    places: dict[str, int] = {}
    for place, name in reversed(list(enumerate(header))):
        places[_bare(name)] = place
    found: dict[str, int] = {}
    for turn in zip(*(_names_in_turn(column) for column in kind.columns), strict=True):
        for column, name in zip(kind.columns, turn, strict=True):
            place = places.get(name, -1) if name else -1
            if place >= 0 and column.key not in found and place not in found.values():
                found[column.key] = place
    return found


_TURNS = 12


def _names_in_turn(column: Column) -> list[str]:
    """Its key, its labels, then the other names, as many as all columns have."""
    names = [column.key]
    for code, _name in settings.LANGUAGES:
        with override(code):
            names.append(str(column.label))
    names = [_bare(name) for name in (*names, *column.names)]
    return [*names, *([""] * (_TURNS - len(names)))]


def _bare(name: str) -> str:
    return _NO_WORD.sub(" ", name.casefold()).strip()


def mapping_problems(kind: TableKind, header: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """`chosen` are the columns of the kind by the places in the file, empty where a column is passed over."""
    problems = []
    for column in kind.columns:
        places = [place for place, key in enumerate(chosen) if key == column.key]
        if len(places) > 1:
            named = ", ".join(header_name(header, place) for place in places)
            message = _now("These columns are all taken as “%(column)s”: %(named)s. Choose one of them.")
            problems.append(message % {"column": column.label, "named": named})
    for group in kind.needed:
        if not set(group) & set(chosen):
            labels = _now(" or ").join(f"“{kind.column(key).label}”" for key in group)
            problems.append(_now("No column is taken as %(labels)s.") % {"labels": labels})
    return problems


def header_name(header: Sequence[str], place: int) -> str:
    return f"{header[place]} ({letter(place)})" if header[place] else letter(place)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row whose cells were read: the values of those that are filled, and what the file calls their columns."""

    number: int
    values: Mapping[str, Any]
    written: Mapping[str, str]
    called: Mapping[str, str]

    @property
    def is_read(self) -> bool:
        """Whether all that is written in the row could be read."""
        return self.written.keys() == self.values.keys()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str, default: Any = "") -> Any:
        return self.values.get(key, default)

    def wrong(self, key: str, message: str) -> Problem:
        """At the cell of that column; where the file has no such column, of the row."""
        return Problem(self.number, self.called.get(key, ""), shortened(self.written.get(key, "")), message)


def entries(kind: TableKind, table: Table, mapped: Mapped) -> tuple[list[Entry], list[Problem]]:
    """All rows, with what could be read of each, and what could not. An empty cell says nothing."""
    called = {key: header_name(table.header, place) for key, place in mapped.items()}
    problems: list[Problem] = []
    found = [_entry(kind, row, mapped, called, problems) for row in table.rows]
    return found, problems


def _entry(kind: TableKind, row: Row, mapped: Mapped, called: Mapping[str, str], problems: list[Problem]) -> Entry:
    written = {key: row.cells[place] for key, place in mapped.items() if row.cells[place]}
    values: dict[str, Any] = {}
    for column in kind.columns:
        if column.key in written:
            try:
                values[column.key] = column.read(written[column.key])
            except Wrong as wrong:
                value = shortened(written[column.key])
                problems.append(Problem(row.number, called[column.key], value, str(wrong)))
    return Entry(row.number, values, written, called)
