"""Who took part in a debate, over all of its sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from debate.models import Appearance, Capacity, Event, EventRelation, Session
from pages.reader import reader_language
from positions.models import PositionQuerySet
from speakers.models import Person, PersonQuerySet


@dataclass(frozen=True, slots=True)
class Participant:
    person: Person
    appearances: tuple[Appearance, ...]

    @property
    def roles(self) -> list[str]:
        return list(dict.fromkeys(appearance.get_role_display() for appearance in self.appearances))

    @property
    def capacities(self) -> list[Capacity]:
        """Each once, however often it is printed."""
        distinct = {
            (str(capacity), capacity.basis, capacity.is_doubtful): capacity
            for appearance in self.appearances
            for capacity in appearance.capacities.all()
        }
        return list(distinct.values())


def participants(sessions: Iterable[Session]) -> list[Participant]:
    """The people who were there, in the order of the programme; reads what `with_appearances` fetched."""
    appearances: dict[Person, list[Appearance]] = {}
    for session in sessions:
        for appearance in session.appearances.all():
            if appearance.person and not appearance.is_absent:
                appearances.setdefault(appearance.person, []).append(appearance)
    return [Participant(person, tuple(as_what)) for person, as_what in appearances.items()]


def without_position(event: Event, positions: PositionQuerySet, at_most: int) -> PersonQuerySet:
    """The people who were there and hold none of the positions, by name."""
    present = Appearance.objects.of_event(event).of_those_present()
    silent = present.exclude(person__in=positions.exclude(person=None).order_by().values("person"))
    return Person.objects.filter(pk__in=silent.values("person")).for_list(reader_language())[:at_most]


@dataclass(frozen=True, slots=True)
class Related:
    """How a debate stands to another: "follows", "is followed by"."""

    words: str
    event: Event


def related_debates(event: Event) -> list[Related]:
    """The public ones; reads what `for_detail` fetched."""
    inverse = {
        EventRelation.Kind.FOLLOWS: _("is followed by"),
        EventRelation.Kind.ANSWERS: _("is answered by"),
        EventRelation.Kind.PART_OF: _("contains"),
    }
    onward = [Related(relation.get_kind_display(), relation.to_event) for relation in event.relations_from.all()]
    back = [
        Related(inverse[EventRelation.Kind(relation.kind)], relation.from_event)
        for relation in event.relations_to.all()
    ]
    return [related for related in (*onward, *back) if related.event.is_public]
