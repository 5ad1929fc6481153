"""Many records at once: which of the chosen can be published, sent to review or given a topic, and doing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from debate.publishing import HasStatus, Status
from editing.reviewing.kinds import admin_address, named
from positions.models import Evidence, Position, Proposition, PropositionTopic, Topic
from review.changing import change, written_whole
from review.readiness import hindrances
from review.refusals import ReasonMissing, Refusal
from review.roles import Author
from review.rows import PK
from review.steps import Step, take

MOST_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that was chosen; `cannot` says why nothing happens to it, `but` what happens otherwise than expected."""

    record: Any
    cannot: str = ""
    but: str = ""

    @property
    def key(self) -> str:
        return f"{self.record.pk}.{self.record.revision}"

    @property
    def address(self) -> str:
        return admin_address(self.record)


@dataclass(frozen=True, slots=True)
class Bulk:
    chosen: list[Chosen]

    @property
    def ready(self) -> list[Chosen]:
        return [one for one in self.chosen if not one.cannot]

    @property
    def left_out(self) -> list[Chosen]:
        return [one for one in self.chosen if one.cannot]

    @property
    def plain(self) -> list[Chosen]:
        return [one for one in self.ready if not one.but]

    @property
    def otherwise(self) -> list[Chosen]:
        return [one for one in self.ready if one.but]

    def refuse_others(self, keys: Collection[str]) -> None:
        """What was confirmed is done, and nothing else."""
        if {one.key for one in self.ready} != set(keys):
            raise Refusal(_("Something of it was changed meanwhile. Nothing was done: look at what is there now."))


def publishing(records: QuerySet[Any]) -> Bulk:
    """Three queries more for positions."""
    rows = _rows(records)
    hindered = hindrances(Position.objects.filter(pk__in=[row.pk for row in rows])) if _are_positions(records) else {}
    reasons = {key: " ".join(str(one.label) for one in several) for key, several in hindered.items()}
    lost = _with_lost_quotes(rows) if _are_positions(records) else set()
    return Bulk([Chosen(row, _not_from_here(row) or reasons.get(row.pk, ""), _but(row, lost)) for row in rows])


def sending(records: QuerySet[Any]) -> Bulk:
    told = _("It is no draft: %(state)s.")
    rows = _rows(records)
    return Bulk(
        [Chosen(row, "" if row.status == Status.DRAFT else told % {"state": row.get_status_display()}) for row in rows]
    )


def assigning(propositions: QuerySet[Any], topic: Topic, by: Author) -> Bulk:
    """One query more. Of who may not publish, the change of a published proposition waits."""
    having = set(PropositionTopic.objects.filter(topic=topic).values_list("proposition", flat=True))
    waits = "" if by.may_publish else _("It is published: the change waits for somebody who may publish.")
    return Bulk(
        [
            Chosen(
                row,
                _assigned_already(row, having) or _withdrawn(row, by),
                waits if row.status == Status.PUBLISHED else "",
            )
            for row in _rows(propositions)
        ]
    )


def _rows(records: QuerySet[Any]) -> list[Any]:
    keys = list(records.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(keys) > MOST_AT_ONCE:
        message = _("Choose at most %(most)d at once: what happens to them is to be looked through.")
        raise Refusal(message % {"most": MOST_AT_ONCE})
    rows = named(records.model).filter(pk__in=keys)
    if _are_positions(records):
        rows = rows.select_related("proposition", "event", "appearance__person", "appearance__organization", "wording")
    return list(rows.order_by("pk"))


def _are_positions(records: QuerySet[Any]) -> bool:
    return records.model is Position


def _not_from_here(record: HasStatus) -> str:
    if record.status == Status.PUBLISHED:
        return _("It is published already.")
    if record.status == Status.WITHDRAWN:
        return _("It was withdrawn: publish it again by itself, if it is to be.")
    if isinstance(record, Position) and record.proposition and record.proposition.status == Status.WITHDRAWN:
        return _("Its proposition was withdrawn: publish that again first.")
    return ""


def _with_lost_quotes(positions: Iterable[Position]) -> set[int]:
    lost = Evidence.objects.filter(position__in=positions, state=Evidence.State.NOT_FOUND)
    return set(lost.values_list("position", flat=True))


def _but(record: HasStatus, lost: Collection[int]) -> str:
    told = _("A quote of it is not found in its source.") if record.pk in lost else ""
    return " ".join(filter(None, (told, _unseen(record))))


def _unseen(record: HasStatus) -> str:
    if not isinstance(record, Position) or record.event is None or record.proposition is None:
        return ""
    if not record.event.is_public:
        return _("Readers see it once its debate is published.")
    return "" if record.proposition.is_public else _("Readers see it once its proposition is published.")


def _assigned_already(proposition: Proposition, having: Collection[int]) -> str:
    return _("It has the topic already.") if proposition.pk in having else ""


def _withdrawn(proposition: Proposition, by: Author) -> str:
    if proposition.status == Status.WITHDRAWN and not by.may_publish:
        return _("It was withdrawn: only those who may publish change it.")
    return ""


def publish(bulk: Bulk, by: Author, reason: str) -> None:
    """All of the ready ones, in one transaction."""
    _take(Step.PUBLISH, bulk.ready, by, reason)


def send(bulk: Bulk, by: Author, reason: str) -> None:
    _take(Step.SEND_TO_REVIEW, bulk.ready, by, reason)


def _take(step: Step, chosen: Iterable[Chosen], by: Author, reason: str) -> None:
    _refuse_no_reason(reason)
    with written_whole():
        for one in chosen:
            take(step, one.record, by, base_revision=one.record.revision, reason=reason)


def assign(bulk: Bulk, topic: Topic, by: Author, reason: str) -> int:
    """How many of the changes wait."""
    _refuse_no_reason(reason)
    held = _topics_of(bulk.ready)
    with written_whole():
        return sum(_assign(one.record, held.get(one.record.pk, []), topic, by, reason) for one in bulk.ready)


def _assign(proposition: Proposition, held: Sequence[Any], topic: Topic, by: Author, reason: str) -> bool:
    values = {"topic_assignments": [*held, {"topic": topic.pk}]}
    outcome = change(proposition, values, by, base_revision=proposition.revision, reason=reason)
    return outcome.waiting is not None


def _topics_of(chosen: Iterable[Chosen]) -> dict[int, list[dict[str, int]]]:
    found: dict[int, list[dict[str, int]]] = {}
    keys = [one.record.pk for one in chosen]
    for row in PropositionTopic.objects.filter(proposition__in=keys).order_by("pk"):
        found.setdefault(row.proposition_id, []).append({PK: row.pk, "topic": row.topic_id})
    return found


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why: the history keeps it."))
