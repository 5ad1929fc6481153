"""What is incomplete in a debate before it is published, each with the form in which it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.models import Appearance, Capacity, Event, EventSource, Session
from debate.publishing import Status
from editing.reviewing.kinds import admin_address, named
from positions.models import Evidence, Position, Stance, Wording
from review.readiness import without_evidence
from speakers.models import Person

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    address: str


class Weight(models.IntegerChoices):
    """What a gap keeps from being published: the debate, the positions that have it, or nothing."""

    STOPS = 1, gettext_lazy("Stops the debate")
    HINDERS = 2, gettext_lazy("Can't be published")
    WARNS = 3, gettext_lazy("To be looked at")


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    weight: Weight
    items: tuple[Item, ...]
    are_more: bool = False

    @property
    def is_heavy(self) -> bool:
        return self.weight is not Weight.WARNS


def findings(event: Event) -> list[Finding]:
    """What stops first. The same number of queries for any debate."""
    found = [*_stopping(event), *_missing(event), *(finding for check in _CHECKS if (finding := check.of(event)))]
    return sorted(found, key=lambda finding: finding.weight)


def stopped(event: Event) -> bool:
    """Whether the debate itself can't be published."""
    return any(True for _finding in _stopping(event))


def _stopping(event: Event) -> Iterator[Finding]:
    mend = (Item(str(event), admin_address(event)),)
    if not getattr(event, f"title_{event.source_language}"):
        yield Finding(_("It has no title in its own language."), Weight.STOPS, mend)
    if not EventSource.objects.filter(event=event).exists():
        yield Finding(_("It has no source: nobody could check it."), Weight.STOPS, mend)


def _missing(event: Event) -> Iterator[Finding]:
    mend = (Item(str(event), admin_address(event)),)
    if not getattr(event, f"summary_{event.source_language}"):
        yield Finding(_("It has no summary in its own language."), Weight.WARNS, mend)
    if not event.date:
        yield Finding(_("It has no date."), Weight.WARNS, mend)
    if not _positions(event).exists():
        to_code = Item(_("Code its sources"), f"{reverse('editing:coding-list')}?debate={event.slug}")
        yield Finding(_("No position is coded in it."), Weight.WARNS, (to_code,))


@dataclass(frozen=True, slots=True)
class _Check:
    """`found` are the rows that have the gap, as names can be read from; `mended` leads from one to its form."""

    what: Any
    found: Callable[[Event], QuerySet[Any]]
    weight: Weight = Weight.WARNS
    mended: Callable[[Any], Model] = lambda row: row

    def of(self, event: Event) -> Finding | None:
        rows = list(self.found(event).order_by("pk")[: MOST_SHOWN + 1])
        items = tuple(Item(str(row), admin_address(self.mended(row))) for row in rows[:MOST_SHOWN])
        return Finding(str(self.what), self.weight, items, len(rows) > MOST_SHOWN) if rows else None


def _positions(event: Event) -> QuerySet[Any]:
    return Position.objects.filter(event=event).exclude(status=Status.WITHDRAWN)


def _not_out(event: Event) -> Any:
    return Position.objects.filter(event=event, status__in=[Status.DRAFT, Status.IN_REVIEW])


def _quotes(state: str) -> Callable[[Event], QuerySet[Any]]:
    def found(event: Event) -> QuerySet[Any]:
        return named(Evidence).filter(position__in=_positions(event).values("pk"), state=state)

    return found


def _appearances(event: Event) -> QuerySet[Any]:
    has_one = Exists(Capacity.objects.filter(appearance=OuterRef("pk")))
    of_people = named(Appearance).filter(session__event=event, person__isnull=False)
    return of_people.filter(~has_one)


def _sessions(event: Event) -> QuerySet[Any]:
    return Session.objects.filter(~Exists(Appearance.objects.filter(session=OuterRef("pk"))), event=event)


def _people(event: Event) -> QuerySet[Any]:
    there = Appearance.objects.filter(session__event=event, person__isnull=False).values("person")
    return Person.objects.filter(**{f"name_{event.source_language}": "", "pk__in": there})


def _wordings(event: Event) -> QuerySet[Any]:
    coded_on = _positions(event).values("wording")
    wordings = Wording.objects.filter(**{f"text_{event.source_language}": "", "pk__in": coded_on})
    return wordings.select_related("proposition")


def _without_summary(event: Event) -> QuerySet[Any]:
    return _positions(event).filter(**{f"summary_{event.source_language}": ""})


def _without_condition(event: Event) -> QuerySet[Any]:
    return _positions(event).filter(Q(stance=Stance.CONDITIONAL), **{f"condition_{event.source_language}": ""})


_CHECKS: Iterable[_Check] = (
    _Check(
        gettext_lazy("Positions without evidence: nobody could check them."),
        lambda event: without_evidence(_not_out(event)),
        Weight.HINDERS,
    ),
    _Check(
        gettext_lazy("Positions of coding rounds that are not settled yet."),
        lambda event: _not_out(event).in_unsettled_rounds(),
        Weight.HINDERS,
    ),
    _Check(
        gettext_lazy("Quotes that are not found in their source."),
        _quotes(Evidence.State.NOT_FOUND),
        mended=lambda evidence: evidence.position,
    ),
    _Check(
        gettext_lazy("Quotes that are found elsewhere than they were, to be confirmed."),
        _quotes(Evidence.State.MOVED),
        mended=lambda evidence: evidence.position,
    ),
    _Check(gettext_lazy("Positions without a summary in the debate's own language."), _without_summary),
    _Check(gettext_lazy("Conditions that are not given in the debate's own language."), _without_condition),
    _Check(
        gettext_lazy("Propositions without a wording in the debate's own language."),
        _wordings,
        mended=lambda wording: wording.proposition,
    ),
    _Check(gettext_lazy("People who appear without a capacity."), _appearances),
    _Check(gettext_lazy("People without a name in the debate's own language."), _people),
    _Check(gettext_lazy("Sessions in which nobody appears."), _sessions),
)
