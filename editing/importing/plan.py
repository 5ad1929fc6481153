"""What a table is going to do, before anything is written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Choices
from django.utils.translation import gettext as _

from exchange.tables.table import Problem
from review.models import Revision
from review.rows import held, stored
from speakers.identity import Recorded

CREATE = "new"  # the answer that something is to be made
# A record takes some 5 to 10 ms to write. Meanwhile nobody else can write to SQLite, where they wait for 20 s at most.
MOST_WRITTEN = 2_000
_LONGEST_SHOWN = 300


class Act(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ASKED = "asked"  # something has to be chosen first
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Made:
    """A record that rows point to and that is made before them; `name` is what the file calls it."""

    key: str
    model: type[Recorded]
    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Stands for a key of what is `Made`, which is known only then."""

    made: str
    column: str = "pk"


@dataclass(frozen=True, slots=True)
class Difference:
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a row: `values` for `record`, or for a new one of `model`."""

    row: int
    act: Act
    what: str = ""
    model: type[Recorded] | None = None
    record: Recorded | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    waits: bool = False
    note: str = ""

    @property
    def writes(self) -> bool:
        return self.act in {Act.NEW, Act.CHANGED}


@dataclass(frozen=True, slots=True)
class Candidate:
    value: str
    label: str
    about: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A name that stands for nobody or for several, asked about once for all rows in which it is."""

    key: str
    asked: str
    name: str
    candidates: tuple[Candidate, ...]
    rows: tuple[int, ...]
    suggested: str = ""


class Questions:
    """Asks what the answers don't say yet."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self._asked: dict[str, tuple[Question, list[int]]] = {}

    def ask(self, row: int, question: Question) -> str:
        """The value that was chosen; empty while none was, or the one that was is no longer there."""
        answer = self.answers.get(question.key, "")
        if answer in {candidate.value for candidate in question.candidates}:
            return answer
        self._asked.setdefault(question.key, (question, []))[1].append(row)
        return ""

    def open(self) -> tuple[Question, ...]:
        return tuple(
            Question(one.key, one.asked, one.name, one.candidates, tuple(rows), one.suggested)
            for one, rows in self._asked.values()
        )


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]
    made: tuple[Made, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(step.act for step in self.steps)
        return {act.value: counted[act] for act in Act}

    @property
    def waiting(self) -> int:
        return sum(step.waits for step in self.steps)

    @property
    def is_ready(self) -> bool:
        return not (self.questions or self.problems or self.is_too_much)

    @property
    def writes(self) -> int:
        """How many rows write something."""
        return sum(step.writes for step in self.steps)

    @property
    def records(self) -> int:
        """How many are written, those among them that rows point to."""
        return self.writes + len(self.made)

    @property
    def is_too_much(self) -> bool:
        return self.records > MOST_WRITTEN

    @property
    def fingerprint(self) -> str:
        """The same as long as the same would be written to the same state of the records."""
        seen = [
            *((one.key, one.values) for one in self.made),
            *((step.row, step.act, _identity(step.record), step.values, step.waits) for step in self.steps),
            *((problem.row, problem.column, problem.message) for problem in self.problems),
            *((question.key, [one.value for one in question.candidates]) for question in self.questions),
        ]
        text = json.dumps(seen, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _identity(record: Recorded | None) -> Any:
    return record and (record._meta.label, record.pk, record.revision)


class Planning:
    """Collects what becomes of the rows; whatever is wrong with a row, the others are looked at all the same."""

    def __init__(self, problems: Iterable[Problem], answers: Mapping[str, str]) -> None:
        self.questions = Questions(answers)
        self.made: dict[str, Made] = {}
        self._steps: dict[int, Step] = {}
        self._problems = list(problems)
        self._first_rows: dict[Any, int] = {}

    def wrong(self, problem: Problem) -> None:
        self._problems.append(problem)

    def make(self, made: Made) -> Pointer:
        self.made.setdefault(made.key, made)
        return Pointer(made.key)

    def add(self, step: Step) -> None:
        """In place of what was known of the row before."""
        self._steps[step.row] = step

    def is_again(self, key: Any, row: int) -> int:
        """The row in which the same was before; 0 in the first."""
        first = self._first_rows.setdefault(key, row)
        return 0 if first == row else first

    def whole(self) -> Plan:
        wrong = {problem.row for problem in self._problems}
        steps = [Step(one.row, Act.WRONG, one.what) if one.row in wrong else one for one in self._steps.values()]
        steps += [Step(row, Act.WRONG) for row in wrong - {step.row for step in steps} if row]
        used = {value.made for step in steps if step.writes for value in _pointers(step.values)}
        return Plan(
            steps=tuple(sorted(_not_waiting_twice(steps), key=lambda step: step.row)),
            made=tuple(one for key, one in self.made.items() if key in used),
            questions=self.questions.open(),
            problems=tuple(sorted(set(self._problems), key=lambda problem: (problem.row, problem.column))),
        )


def _pointers(values: Any) -> Iterator[Pointer]:
    match values:
        case Pointer():
            yield values
        case Mapping():
            for value in values.values():
                yield from _pointers(value)
        case list() | tuple():
            for value in values:
                yield from _pointers(value)


def _not_waiting_twice(steps: Sequence[Step]) -> Iterator[Step]:
    """A change that waits already is not proposed once more; one query for each kind of record."""
    waiting: dict[Any, dict[int | None, list[Any]]] = {}
    for step in steps:
        if not step.waits or step.model is None:
            yield step
            continue
        if step.model not in waiting:
            waiting[step.model] = _waiting(step.model)
        key = step.record.pk if step.record else None
        if stored(step.model, step.values) in waiting[step.model].get(key, ()):
            note = _("This change waits already.")
            yield Step(step.row, Act.UNCHANGED, step.what, step.model, step.record, note=note)
        else:
            yield step


def _waiting(model: type[Recorded]) -> dict[int | None, list[Any]]:
    kind = ContentType.objects.get_for_model(model)
    found: dict[int | None, list[Any]] = {}
    rows = Revision.objects.filter(content_type=kind, state=Revision.State.WAITING)
    for key, values in rows.values_list("object_id", "values"):
        found.setdefault(key, []).append(values)
    return found


def changed_columns(
    record: Recorded | None, values: Mapping[str, Any], shown: Mapping[str, Callable[[Any], str]] | None = None
) -> tuple[dict[str, Any], list[Difference]]:
    """Those of the values that the record does not hold; `shown` says how the keys of other records are told."""
    changed: dict[str, Any] = {}
    differences: list[Difference] = []
    for name, value in values.items():
        column: Any = (record or Recorded)._meta.get_field(name) if record else None
        before = held(column, record) if record else None
        if record is not None and before == value:
            continue
        changed[name] = value
        if record is not None:
            told = (shown or {}).get(name, lambda one, column=column: _told(column, one))
            differences.append(Difference(str(column.verbose_name), told(before), told(value)))
    return changed, differences


def _told(column: Any, value: Any) -> str:
    labels = dict(column.flatchoices) if column.choices else {}
    return shortened("" if value is None else str(labels.get(value, value)))


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def label_of(choices: type[Choices], value: str) -> str:
    return str(dict(choices.choices).get(value, value))
