"""A plan as the preview shows it: a page of its rows, the most important of its mistakes, all of them counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from editing.importing.naming import change_address
from editing.importing.plan import Act, Plan, Step

ROWS_A_PAGE = 50
MOST_PROBLEMS = 100
MOST_QUESTIONS = 50
_LABELS = {
    Act.NEW: pgettext_lazy("row of a table", "new"),
    Act.CHANGED: pgettext_lazy("row of a table", "changed"),
    Act.UNCHANGED: pgettext_lazy("row of a table", "unchanged"),
    Act.ASKED: pgettext_lazy("row of a table", "to be chosen"),
    Act.WRONG: pgettext_lazy("row of a table", "wrong"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways to narrow the rows."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    step: Step
    label: str | Promise
    problems: tuple[str, ...]
    address: str  # of the form of the record that it changes


@dataclass(frozen=True, slots=True)
class ShownPlan:
    plan: Plan
    choices: tuple[Choice, ...]
    page: Page[Step]
    rows: tuple[ShownRow, ...]

    @property
    def problems(self) -> tuple:
        return self.plan.problems[:MOST_PROBLEMS]

    @property
    def more_problems(self) -> int:
        return max(0, len(self.plan.problems) - MOST_PROBLEMS)

    @property
    def questions(self) -> tuple:
        return self.plan.questions[:MOST_QUESTIONS]

    @property
    def more_questions(self) -> int:
        return max(0, len(self.plan.questions) - MOST_QUESTIONS)


def shown_plan(plan: Plan, only: str, page: str) -> ShownPlan:
    """An unknown `only` or page is passed over."""
    only = only if only in set(Act) else ""
    steps = [step for step in plan.steps if not only or step.act == only]
    here = Paginator(steps, ROWS_A_PAGE).get_page(page)
    told: dict[int, list[str]] = {step.row: [] for step in here}
    for problem in plan.problems:
        if problem.row in told:
            told[problem.row].append(": ".join(filter(None, (problem.column, problem.message))))
    counts = plan.counts
    choices = [Choice("", pgettext_lazy("rows of a table", "all"), len(plan.steps), not only)]
    choices += [Choice(act.value, _LABELS[act], counts[act], act == only) for act in Act if counts[act]]
    rows = tuple(
        ShownRow(step, _LABELS[step.act], tuple(told[step.row]), change_address(step.record) if step.record else "")
        for step in here
    )
    return ShownPlan(plan, tuple(choices), here, rows)
