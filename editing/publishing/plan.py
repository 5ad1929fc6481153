"""What is to be published of a debate, what of it would be seen for the first time, and publishing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from debate.models import Appearance, Capacity, Event, EventOrganization, EventSource, Source
from debate.publishing import HasStatus, Status
from editing.reviewing.kinds import admin_address
from positions.models import Evidence, Position, Proposition, PropositionTopic, Topic
from review.changing import change, written_whole
from review.readiness import hindrances
from review.refusals import ReasonMissing, Refusal
from review.roles import Author
from speakers.models import Organization, Person

MOST_OFFERED = 300  # of each kind: what a form can send, and a person look through
MOST_LISTED = 50
_BEFORE = (Status.DRAFT, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that could be published. `key` says which, and the revision of it that was seen."""

    record: Any
    hindrances: tuple[str, ...] = ()
    is_doubtful: bool = False  # a quote of it is not found in its source: nobody chooses it unasked

    @property
    def key(self) -> str:
        return f"{self.record.pk}.{self.record.revision}"

    @property
    def can_be_published(self) -> bool:
        return not self.hindrances

    @property
    def is_suggested(self) -> bool:
        return self.can_be_published and not self.is_doubtful

    @property
    def address(self) -> str:
        return admin_address(self.record)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that is not published yet: positions of the debate, and what they need to be seen."""

    positions: list[Candidate]
    propositions: list[Candidate]
    topics: list[Candidate]
    are_more: bool


@dataclass(frozen=True, slots=True)
class Plan:
    event: Event
    revision: int
    positions: list[Candidate] = field(default_factory=list)
    propositions: list[Candidate] = field(default_factory=list)
    topics: list[Candidate] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        chosen = self.positions or self.propositions or self.topics
        return self.event.status == Status.PUBLISHED and not chosen


def offer(event: Event) -> Offer:
    """Eight queries, whatever the debate has."""
    speakers = ("appearance__person", "appearance__organization", "wording", "proposition__current_wording")
    found = Position.objects.filter(event=event, status__in=_BEFORE).select_related(*speakers)
    positions = list(found.order_by("programme_order", "pk")[: MOST_OFFERED + 1])
    shown = positions[:MOST_OFFERED]
    hindered = hindrances(Position.objects.filter(event=event, status__in=_BEFORE))
    doubtful = set(_doubtful(event).values_list("pk", flat=True))
    candidates = [
        Candidate(one, tuple(_hindrances(one, hindered.get(one.pk, ()))), one.pk in doubtful) for one in shown
    ]
    propositions = _not_out(
        Proposition.objects.filter(pk__in=[one.proposition_id for one in shown if one.proposition_id])
    )
    assigned = PropositionTopic.objects.filter(proposition__in=_of_debate(event))
    topics = _not_out(Topic.objects.filter(pk__in=assigned.values("topic")))
    return Offer(
        candidates,
        [Candidate(one) for one in propositions.select_related("current_wording").order_by("pk")],
        [Candidate(one) for one in topics.order_by("order", "sort_key_en", "pk")[:MOST_OFFERED]],
        len(positions) > MOST_OFFERED,
    )


def _hindrances(position: Position, found: Iterable[Any]) -> Iterator[str]:
    yield from (str(hindrance.label) for hindrance in found)
    if position.proposition is not None and position.proposition.status == Status.WITHDRAWN:
        yield _("Its proposition was withdrawn: publish that again first.")


def _doubtful(event: Event) -> QuerySet[Any]:
    lost = Evidence.objects.filter(position=OuterRef("pk"), state=Evidence.State.NOT_FOUND)
    return Position.objects.filter(Exists(lost), event=event, status__in=_BEFORE)


def _not_out(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.filter(status__in=_BEFORE)


def _of_debate(event: Event) -> QuerySet[Any, Any]:
    return Position.objects.filter(event=event).exclude(status=Status.WITHDRAWN).values("proposition")


def planned(event: Event, chosen: Mapping[str, Sequence[str]], revision: int) -> Plan:
    """The offer narrowed to what was chosen, as keys say it. Raises Refusal where it can't be, or has changed."""
    offered = offer(event)
    plan = Plan(
        event,
        revision,
        _chosen(offered.positions, chosen.get("position", ())),
        _chosen(offered.propositions, chosen.get("proposition", ())),
        _chosen(offered.topics, chosen.get("topic", ())),
    )
    for candidate in plan.positions:
        if candidate.hindrances:
            raise Refusal(f"“{candidate.record}”: {' '.join(candidate.hindrances)}")
    _refuse_unseen(plan)
    return plan


def _chosen(offered: Iterable[Candidate], keys: Collection[str]) -> list[Candidate]:
    by_key = {candidate.key: candidate for candidate in offered}
    if set(keys) - by_key.keys():
        raise Refusal(_("Something that you chose was changed or published meanwhile. Look at what is there now."))
    return [candidate for key, candidate in by_key.items() if key in set(keys)]


def _refuse_unseen(plan: Plan) -> None:
    """A position is seen with its proposition: chosen without it, it would be published and yet not public."""
    passed = {candidate.record.pk for candidate in plan.propositions}
    for candidate in plan.positions:
        proposition = candidate.record.proposition
        if proposition.status != Status.PUBLISHED and proposition.pk not in passed:
            message = _("“%(position)s” needs its proposition to be published, too: “%(proposition)s”")
            raise Refusal(message % {"position": candidate.record, "proposition": proposition})


@dataclass(frozen=True, slots=True)
class Becoming:
    """What would be seen for the first time: how many, and the first of them."""

    what: str
    count: int
    first: list[Any]

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def becoming_public(plan: Plan) -> list[Becoming]:
    """Two queries for each kind; of organizations, one more for each level above them."""
    event, chosen = plan.event, [candidate.record.pk for candidate in plan.positions]
    passed = [candidate.record.pk for candidate in plan.propositions]
    people = Person.objects.filter(is_public=False, appearances__session__event=event)
    kinds: list[tuple[str, QuerySet[Any]]] = [
        (_("positions"), _positions(event, chosen, passed)),
        (_("people"), Person.objects.filter(pk__in=people.values("pk")).order_by("sort_key_en", "pk")),
        (_("organizations"), _organizations(event)),
        (_("sources"), _sources(event, chosen)),
        (_("propositions"), Proposition.objects.filter(pk__in=passed).select_related("current_wording").order_by("pk")),
        (_("topics"), Topic.objects.filter(pk__in=[one.record.pk for one in plan.topics]).order_by("order", "pk")),
    ]
    return [Becoming(what, found.count(), list(found[:MOST_LISTED])) for what, found in kinds]


def _positions(event: Event, chosen: Collection[int], passed: Collection[int]) -> QuerySet[Any]:
    """Those that were chosen, and published ones that only the debate or their proposition keep back."""
    seen = Q(proposition__is_public=True) | Q(proposition__in=passed)
    shown = Q(event=event) | Q(event__is_public=True, proposition__in=passed)
    held_back = Q(status=Status.PUBLISHED, is_public=False) & seen & shown
    return Position.objects.filter(Q(pk__in=chosen) | held_back).order_by("programme_order", "pk")


def _organizations(event: Event) -> QuerySet[Any]:
    shown = (
        EventOrganization.objects.filter(event=event).values("organization"),
        Appearance.objects.filter(session__event=event, organization__isnull=False).values("organization"),
        Capacity.objects.filter(appearance__session__event=event, organization__isnull=False).values("organization"),
    )
    named = Q(pk__in=shown[0]) | Q(pk__in=shown[1]) | Q(pk__in=shown[2])
    hidden = Organization.objects.filter(named, is_public=False)
    keys = set(hidden.values_list("pk", flat=True))
    above: set[Any] = set(hidden.exclude(parent=None).values_list("parent", flat=True)) - keys
    while above:
        hidden = Organization.objects.filter(pk__in=above, is_public=False)
        keys |= set(hidden.values_list("pk", flat=True))
        above = set(hidden.exclude(parent=None).values_list("parent", flat=True)) - keys
    return Organization.objects.filter(pk__in=keys).order_by("sort_key_en", "pk")


def _sources(event: Event, chosen: Collection[int]) -> QuerySet[Any]:
    used = (
        Q(pk__in=EventSource.objects.filter(event=event).values("source"))
        | Q(pk__in=Appearance.objects.filter(session__event=event, source__isnull=False).values("source"))
        | Q(pk__in=Evidence.objects.filter(position__in=chosen).values("source"))
    )
    return Source.objects.filter(used, is_public=False).defer("text").order_by("pk")


def carry_out(plan: Plan, by: Author, reason: str) -> None:
    """All of it in one transaction, the debate last. Raises what `review.changing.change` does."""
    if not reason.strip():
        raise ReasonMissing(_("Say why it is published: the history keeps it."))
    with written_whole():
        for candidate in (*plan.topics, *plan.propositions, *plan.positions):
            _publish(candidate.record, candidate.record.revision, by, reason)
        if plan.event.status != Status.PUBLISHED:
            _publish(plan.event, plan.revision, by, reason)


def _publish(record: HasStatus, revision: int, by: Author, reason: str) -> None:
    change(record, {"status": Status.PUBLISHED}, by, base_revision=revision, reason=reason)
