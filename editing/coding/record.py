"""Coding into the record: a mark is a position, and what is saved becomes a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate.models import Source
from editing.coding import saving
from editing.coding.forms import PlaceForm, StatementForm
from editing.coding.marks import Mark, coded_from, marks
from positions.models import CodingRound, Evidence, Position
from review.changing import Outcome
from review.deleting import delete
from review.roles import Author


@dataclass(frozen=True, slots=True)
class RecordDesk:
    """`others_round` goes on at the source, without this coder."""

    source: Source
    by: Author
    others_round: CodingRound | None = None
    own_round: None = None

    @property
    def rights(self) -> Mapping[str, bool]:
        acts = {act: self.by.may(act, Position) for act in ("add", "change", "delete")}
        return {**acts, "again": acts["change"], "send": self.by.may_send_to_review}

    def marks(self) -> list[Mark]:
        return marks(self.source, self._positions)

    def mark(self, key: str) -> Mark | None:
        """None where it is coded from here no longer."""
        return next(iter(marks(self.source, self._positions.filter(public_id=key))), None)

    def coded(self) -> Iterable[tuple[int | None, int | None]]:
        return Evidence.objects.filter(source=self.source).values_list("start", "end")

    def add(self, form: StatementForm) -> Mark | None:
        return self.mark(saving.add(self.source, form, self.by).public_id)

    def edit(self, key: str, form: StatementForm) -> str:
        return _told(saving.edit(self.source, self._position(key), form, self.by))

    def add_passage(self, key: str, form: PlaceForm) -> str:
        return _told(saving.add_passage(self._position(key), form, self.by))

    def remove_passage(self, key: str, passage: str, form: PlaceForm) -> str:
        position = self._position(key)
        evidence = get_object_or_404(Evidence, public_id=passage, position=position, source=self.source)
        return _told(saving.remove_passage(position, evidence, form, self.by))

    def remove(self, key: str, form: PlaceForm) -> None:
        said = form.cleaned_data
        delete(self._position(key), self.by, base_revision=said["revision"], reason=said["reason"])

    def send(self, keys: set[str] | None) -> str:
        """All drafts of the source, or those that are named."""
        drafts = self._positions.select_related("proposition")
        if keys is not None:
            drafts = drafts.filter(public_id__in=keys)
        return _sent(*saving.send_to_review(drafts, self.by))

    @property
    def _positions(self) -> QuerySet[Position]:
        return coded_from(self.source)

    def _position(self, key: str) -> Position:
        """One of this source, and of no other."""
        return get_object_or_404(self._positions, public_id=key)


def _told(outcome: Outcome[Position]) -> str:
    return _("The position is published: your change waits until somebody accepts it.") if outcome.waiting else ""


def _sent(sent: int, propositions: int) -> str:
    if not sent:
        return _("There was no draft to send.")
    said = ngettext("%(count)d position was sent to review.", "%(count)d positions were sent to review.", sent)
    told = said % {"count": sent}
    if not propositions:
        return told
    more = ngettext("So was %(count)d new proposition.", "So were %(count)d new propositions.", propositions)
    return f"{told} {more % {'count': propositions}}"
