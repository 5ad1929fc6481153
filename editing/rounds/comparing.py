"""What the page of a closed round shows: how far its coders agree, and their readings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Prefetch

from debate.paragraphs import Paragraph, paragraphs
from editing.rounds.forms import name_of
from exchange.csv_text import Cell
from positions.models import Coding, CodingRound, CodingUnit, Proposition
from positions.reliability import Agreement
from positions.rounds import Measured, UnitRead, by_proposition, measured, read

MOST_PROPOSITIONS = 50


@dataclass(frozen=True, slots=True)
class Comparison:
    coders: tuple[User, ...]
    units: tuple[UnitRead, ...]
    overall: Measured
    by_proposition: Mapping[int, Measured]
    wordings: Mapping[int, str]  # by proposition, in the order of `by_proposition`

    @property
    def names(self) -> list[str]:
        return [name_of(coder) for coder in self.coders]

    @property
    def rows(self) -> list[tuple[str, Measured]]:
        """Of the propositions with most units."""
        whole = [(self.wordings[key], part) for key, part in self.by_proposition.items()]
        return whole[:MOST_PROPOSITIONS]

    @property
    def more_propositions(self) -> int:
        return max(0, len(self.by_proposition) - MOST_PROPOSITIONS)

    @property
    def waiting(self) -> int:
        return sum(not unit.outcome for unit in self.units)

    @property
    def agreed_and_waiting(self) -> int:
        """Those that can be settled together: all coders read them, and alike."""
        return sum(not unit.outcome and not unit.differs and None not in unit.stances for unit in self.units)

    @property
    def differing(self) -> int:
        return sum(unit.differs for unit in self.units)

    def shown(self, show: str, proposition: str) -> list[int]:
        """The primary keys of the units that are asked for."""
        kept = {"differ": _differs, "alone": _is_alone, "waiting": _is_waiting}.get(show)
        about = int(proposition) if proposition else None
        return [
            unit.key
            for unit in self.units
            if (kept is None or kept(unit)) and (about is None or unit.proposition == about)
        ]


def _differs(unit: UnitRead) -> bool:
    return unit.differs


def _is_alone(unit: UnitRead) -> bool:
    return unit.is_alone


def _is_waiting(unit: UnitRead) -> bool:
    return not unit.outcome


def compared(coding_round: CodingRound) -> Comparison:
    """Of a round with its coders, as `for_list` fetches them; two queries, whatever its size."""
    coders = tuple(part.coder for part in coding_round.round_coders.all())
    units = read(coding_round, [coder.pk for coder in coders])
    parts = by_proposition(units)
    propositions = Proposition.objects.select_related("current_wording").in_bulk(list(parts))
    wordings = {key: str(propositions[key]) for key in parts}
    return Comparison(coders, tuple(units), measured(units, with_interval=True), parts, wordings)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A unit with the readings in the order of the coders, None where one has none."""

    unit: CodingUnit
    readings: tuple[Coding | None, ...]

    @property
    def any_reading(self) -> Coding:
        return next(reading for reading in self.readings if reading)

    @property
    def differs(self) -> frozenset[str]:
        """In which columns."""
        given = [reading for reading in self.readings if reading]
        columns = ("stance", "kind", "appearance_id", "wording_id")
        return frozenset(name for name in columns if len({getattr(reading, name) for reading in given}) > 1)

    @property
    def is_alone(self) -> bool:
        return sum(reading is not None for reading in self.readings) == 1


def side_by_side(keys: Sequence[int], coders: Sequence[User]) -> list[SideBySide]:
    """In the order of the keys; two queries."""
    units = (
        CodingUnit.objects.select_related("position", "settled_by", "taken_from__coder")
        .prefetch_related(Prefetch("codings", queryset=Coding.objects.for_list()))
        .in_bulk(list(keys))
    )
    return [_beside(units[key], coders) for key in keys if key in units]


def _beside(unit: CodingUnit, coders: Sequence[User]) -> SideBySide:
    by_coder = {reading.coder_id: reading for reading in unit.codings.all()}
    return SideBySide(unit, tuple(by_coder.get(coder.pk) for coder in coders))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in which a unit lies, parted at the words that all of its coders marked."""

    number: int
    before: str
    shared: str
    after: str


def passage(text: str, readings: Sequence[Coding]) -> list[Passage]:
    """The paragraphs of the text as it is now; nothing where a reading has no mark in this text."""
    found = [_mark_in(text, reading) for reading in readings]
    marks = [mark for mark in found if mark]
    if not marks or len(marks) < len(found):
        return []
    since, until = max(start for start, _end in marks), min(end for _start, end in marks)
    first, last = min(start for start, _end in marks), max(end for _start, end in marks)
    touched = [part for part in paragraphs(text) if part.start < last and part.end > first]
    return [_parted(text, part, max(since, part.start), min(until, part.end)) for part in touched]


def _mark_in(text: str, reading: Coding) -> tuple[int, int] | None:
    if reading.start is None or reading.end is None or text[reading.start : reading.end] != reading.quote:
        return None
    return reading.start, reading.end


def _parted(text: str, part: Paragraph, since: int, until: int) -> Passage:
    if since >= until:
        return Passage(part.number, part.of(text), "", "")
    return Passage(part.number, text[part.start : since], text[since:until], text[until : part.end])


AGREEMENT_COLUMNS = (
    "proposition", "variable", "units", "units_one_coder_saw", "units_compared", "readings_compared",
    "observed_agreement", "alpha", "alpha_low_95", "alpha_high_95", "undefined_because",
)  # fmt: skip


def agreement_rows(comparison: Comparison) -> Iterable[list[Cell]]:
    parts = [("", comparison.overall)]
    parts += [(comparison.wordings[key], part) for key, part in comparison.by_proposition.items()]
    for wording, part in parts:
        for variable, found in (("stance", part.stance), ("kind", part.kind)):
            yield [wording, variable, part.units, part.alone, *_numbers(found)]


def _numbers(found: Agreement) -> list[Cell]:
    low, high = found.interval or (None, None)
    return [found.units, found.values, found.observed, found.alpha, low, high, found.undefined]


READINGS_COLUMNS = (
    "unit", "outcome", "coder", "speaker", "proposition", "place", "start", "end", "quote", "stance", "kind",
    "certainty", "coders_paraphrase", "note", "settled_position",
)  # fmt: skip


def reading_rows(coding_round: CodingRound) -> Iterable[list[Cell]]:
    """Every reading of a closed round, one a row, those of one unit together; one query."""
    readings = Coding.objects.filter(round=coding_round, unit__isnull=False).for_list()
    for reading in readings.select_related("unit__position").order_by("unit__number", "coder", "pk"):
        assert reading.unit is not None
        position = reading.unit.position
        yield [
            reading.unit.number,
            reading.unit.outcome,
            name_of(reading.coder),
            str(reading.appearance.speaker),
            str(reading.wording),
            reading.locator,
            reading.start,
            reading.end,
            reading.quote,
            reading.stance,
            reading.kind,
            reading.certainty,
            str(reading.summary),
            reading.note,
            position.public_id if position else "",
        ]
