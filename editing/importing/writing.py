"""A plan is carried out: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType

from editing.importing.plan import Act, Made, Plan, Pointer, Step
from positions.models import Proposition
from review.changing import change, written_whole
from review.models import Revision
from review.refusals import Refusal
from review.roles import Author


class Moved(Exception):
    """The plan is no longer what was looked at; `plan` is what it is now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


class Refused(Exception):
    """One row can't be written, and so none was."""

    def __init__(self, row: int, name: str, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.row, self.name, self.refusal = row, name, refusal


@dataclass(slots=True)
class Written:
    added: int = 0
    changed: int = 0
    waiting: int = 0
    made: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.waiting} waiting, {len(self.made)} made besides"


def carry_out(planned: Callable[[], Plan], fingerprint: str, by: Author, reason: str) -> Written:
    """Raises Moved where `planned` gives another plan by now, Refused, or what `written_whole` does.

    Two who bring in tables at once do so one after the other, so that the second sees what the first has made.
    """
    with written_whole():
        ContentType.objects.select_for_update(no_key=True).get(pk=ContentType.objects.get_for_model(Revision).pk)
        plan = planned()
        if plan.fingerprint != fingerprint or not plan.is_ready:
            raise Moved(plan)
        return _write(plan, by, reason)


def _write(plan: Plan, by: Author, reason: str) -> Written:
    written = Written()
    made: dict[str, Any] = {}
    for one in plan.made:
        made[one.key] = _make(one, by, reason)
        written.made.append(made[one.key])
    for step in plan.steps:
        if step.writes:
            _take(step, made, by, reason, written)
    return written


def _make(one: Made, by: Author, reason: str) -> Any:
    values = dict(one.values)
    if one.model is Proposition:  # which has its name from nothing that is there when it is made
        values["slug"] = Proposition().free_slug(one.name)
    try:
        return change(one.model(), values, by, reason=reason).record
    except Refusal as refusal:
        raise Refused(0, one.name, refusal) from refusal


def _take(step: Step, made: Mapping[str, Any], by: Author, reason: str, written: Written) -> None:
    assert step.model  # of what writes
    record = step.record or step.model()
    revision = step.record.revision if step.record else None
    try:
        outcome = change(record, _resolved(step.values, made), by, base_revision=revision, reason=reason)
    except Refusal as refusal:
        raise Refused(step.row, step.what, refusal) from refusal
    if outcome.waiting:
        written.waiting += 1
    elif step.act == Act.NEW:
        written.added += 1
    else:
        written.changed += 1


def _resolved(values: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: getattr(made[value.made], value.column) if isinstance(value, Pointer) else value
        for name, value in values.items()
    }
