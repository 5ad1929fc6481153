"""Makes what was planned, through the one way in for every change: all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from debate.models import Appearance, Event, Session, Source
from editing.entering.plan import Party, Plan, PlannedAppearance, PlannedCapacity
from review.changing import change, written_whole
from review.publicity import published_among
from review.refusals import Clash, Invalid
from review.roles import Author
from speakers.bilingual import LANGUAGES
from speakers.models import Affiliation, Organization, Person

_MODELS: Mapping[str, Any] = {"person": Person, "organization": Organization}


@dataclass(slots=True)
class Made:
    """`waiting` are affiliations of which the public would see something, by somebody who may not publish."""

    event: Event
    source: Source
    waiting: list[str] = field(default_factory=list)


class Refused(Exception):
    """Nothing was made; `row` of the table (from 0) was what could not be, or None where it was no row."""

    def __init__(self, row: int | None, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.row, self.messages = row, messages


def made_already(mark: str) -> Event | None:
    """The debate that was made from the entry of this mark."""
    session = Session.objects.filter(public_id=mark).select_related("event").first()
    return session.event if session else None


def make(plan: Plan, by: Author) -> Made:
    """Raises Refused, and what `review.changing.change` raises. What two send at the same moment is made once."""
    try:
        with written_whole():
            return _Maker(plan, by).make()
    except Clash:
        if event := made_already(plan.mark):
            return Made(event, event.sources.defer("text")[0])
        raise


class _Maker:
    def __init__(self, plan: Plan, by: Author) -> None:
        self.plan, self.by, self.language = plan, by, plan.language
        self.reason = _("Entered with the debate “%(title)s”") % {"title": plan.event["title"][:200]}
        self.records: dict[Party, Any] = {}
        self.affiliations: dict[tuple[int, int, str, str], Affiliation | None] = {}
        self.row: int | None = None

    def make(self) -> Made:
        try:
            return self._make()
        except Invalid as refusal:
            raise Refused(self.row, [mistake.message for mistake in refusal.mistakes]) from refusal

    def _make(self) -> Made:
        self._make_parties()
        source = self._source()
        made = Made(self._event(source), source)
        sessions = list(self._sessions(made.event))
        for order, appearance in enumerate(self.plan.appearances, start=1):
            self.row = appearance.row
            self._appear(order, appearance, sessions[appearance.session], made)
        return made

    def _new[M: Any](self, record: M, **values: Any) -> M:
        """Texts in the language of the source; None where it waits for somebody who may publish."""
        texts = self._in_its_language(values.pop("texts", {}))
        outcome = change(record, {"source_language": self.language, **texts, **values}, self.by, reason=self.reason)
        return outcome.record  # type: ignore[return-value]

    def _in_its_language(self, texts: Mapping[str, str]) -> dict[str, Any]:
        return {f"{name}_{self.language}": text for name, text in texts.items()}

    def _make_parties(self) -> None:
        for kind, model in _MODELS.items():
            known = model.objects.in_bulk([party.key for party in self.plan.of(kind, new=False)])
            for party in self.plan.of(kind, new=False):
                self.records[party] = known.get(party.key)
            for party in self.plan.of(kind, new=True):
                self.records[party] = self._new(model(), texts={"name": party.name})
        if None in self.records.values():
            raise Refused(None, [_("Somebody who was chosen is no longer in the record. Look at the table again.")])

    def _source(self) -> Source:
        if isinstance(self.plan.source, int):
            return Source.objects.defer("text").get(pk=self.plan.source)
        values = {**self.plan.source, "language": self.plan.source["language"] or self.language}
        return self._new(Source(), texts={"note": values.pop("note")}, **values)

    def _event(self, source: Source) -> Event:
        values = dict(self.plan.event)
        texts = {
            name: values.pop(name)
            for name in ("title", "subtitle", "venue_name", "venue_room", "venue_locality", "summary")
        }
        hosts = [
            {"organization": self.records[party].pk, "role": role, "order": order}
            for order, (party, role) in enumerate(self.plan.hosts, start=1)
        ]
        sources = [{"source": source.pk, "role": "coded", "order": 1}]
        return self._new(Event(), texts=texts, event_organizations=hosts, event_sources=sources, **values)

    def _sessions(self, event: Event) -> Iterator[Session]:
        """The first has the mark of the entry, which the database lets be there once."""
        for order, planned in enumerate(self.plan.sessions, start=1):
            session = Session(public_id=self.plan.mark) if order == 1 else Session()
            yield self._new(session, event=event.pk, order=order, kind=planned.kind, texts={"title": planned.title})

    def _appear(self, order: int, planned: PlannedAppearance, session: Session, made: Made) -> None:
        party = planned.who
        who: dict[str, Any] = {"label": party.name} if party.kind == "label" else {party.kind: self.records[party].pk}
        capacities = [
            self._capacity(number, planned, capacity, made)
            for number, capacity in enumerate(planned.capacities, start=1)
        ]
        values = {
            **who,
            "session": session.pk,
            "role": planned.role,
            "name_as_printed": planned.name_as_printed,
            "order": order,
            "source": made.source.pk,
            "locator": planned.locator,
            "capacities": capacities,
        }
        change(Appearance(), values, self.by, reason=self.reason)

    def _capacity(
        self, order: int, appearance: PlannedAppearance, planned: PlannedCapacity, made: Made
    ) -> dict[str, Any]:
        organization = self.records[planned.organization] if planned.organization else None
        affiliation = None
        if organization and appearance.who.kind == "person":
            affiliation = self._affiliation(self.records[appearance.who], organization, planned, made)
        texts = {
            "organization_name": planned.organization_name,
            "role": planned.role,
            "unit": planned.unit,
            "note": planned.note,
        }
        return {
            "order": order,
            "affiliation": affiliation.pk if affiliation else None,
            "organization": organization.pk if organization else None,
            "basis": planned.basis,
            "is_doubtful": planned.is_doubtful,
            "source_language": self.language,
            **self._in_its_language(texts),
        }

    def _affiliation(
        self, person: Person, organization: Organization, planned: PlannedCapacity, made: Made
    ) -> Affiliation | None:
        """The one that says what the row says, or a new one, of which the period is not known."""
        key = (person.pk, organization.pk, planned.role, planned.unit)
        if key not in self.affiliations:
            several = Affiliation.objects.filter(person=person, organization=organization).order_by("pk")
            held = _held(list(several), planned)
            if held is None:
                held = self._new_affiliation(person, organization, planned, made)
            self.affiliations[key] = held
        return self.affiliations[key]

    def _new_affiliation(
        self, person: Person, organization: Organization, planned: PlannedCapacity, made: Made
    ) -> Affiliation | None:
        affiliation: Affiliation | None = self._new(
            Affiliation(),
            person=person.pk,
            organization=organization.pk,
            texts={"role": planned.role, "unit": planned.unit},
        )
        if affiliation is None:
            made.waiting.append(_who_where(person, planned, organization))
        return affiliation


def _says(affiliation: Affiliation, planned: PlannedCapacity) -> bool:
    """The same as the row, in either language."""
    held = [(getattr(affiliation, f"role_{one}"), getattr(affiliation, f"unit_{one}")) for one in LANGUAGES]
    return (planned.role, planned.unit) in held


def _held(several: Sequence[Affiliation], planned: PlannedCapacity) -> Affiliation | None:
    """Of a person in an organization: the one that says the same; where the row names no role, the only one."""
    if not planned.role and not planned.unit:
        return several[0] if len(several) == 1 else None
    return next((one for one in several if _says(one, planned)), None)


def will_wait(plan: Plan, by: Author) -> list[str]:
    """The affiliations that will have to wait for somebody who may publish, as who where. Five queries at most."""
    if by.may_publish:
        return []
    people = _published(Person, plan.of("person", new=False))
    organizations = _published(Organization, plan.of("organization", new=False))
    held: dict[tuple[int, int], list[Affiliation]] = defaultdict(list)
    for affiliation in Affiliation.objects.filter(person__in=people, organization__in=organizations).order_by("pk"):
        held[affiliation.person_id, affiliation.organization_id].append(affiliation)
    told = []
    for appearance, capacity in plan.capacities:
        person = people.get(appearance.who.key or 0) if appearance.who.kind == "person" else None
        organization = organizations.get(capacity.organization.key or 0) if capacity.organization else None
        if person and organization and _held(held[person.pk, organization.pk], capacity) is None:
            told.append(_who_where(person, capacity, organization))
    return list(dict.fromkeys(told))


def _published(model: Any, parties: Sequence[Party]) -> dict[int, Any]:
    keys = published_among(model, [party.key for party in parties if party.key])
    found: dict[int, Any] = model.objects.in_bulk(keys)
    return found


def _who_where(person: Person, planned: PlannedCapacity, organization: Organization) -> str:
    return ", ".join(filter(None, (str(person), planned.role, str(organization))))
