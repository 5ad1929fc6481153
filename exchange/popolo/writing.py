"""Writes the whole document piece by piece: it is never in memory, however long it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import batched, chain
from typing import Any

import orjson
from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation

from debate.models import Appearance, Capacity, Event, EventOrganization, EventSource, Session
from exchange.popolo import objects
from exchange.popolo.objects import Popolo
from speakers.models import Affiliation, Organization, Person

CHUNK = 500
_EVENTS = 10  # a debate may hold thousands of appearances


def written(counted: Callable[[int], object] = lambda _count: None) -> Iterator[bytes]:
    """One JSON document, of one state of the record within `record.snapshot.one_state`. Tells how many objects it had.

    Names and texts are in English where there is one, else in the language there is.
    """
    count = 0
    opening = b"{"
    for name, found in collections().items():
        yield b'%s"%s":[' % (opening, name.encode())
        opening, before = b"\n],", b"\n"
        for one in found:
            yield before + orjson.dumps(one, option=orjson.OPT_UTC_Z)
            before = b",\n"
            count += 1
    yield b"\n]}\n"
    counted(count)


def collections() -> Mapping[str, Iterator[Popolo]]:
    return {
        "persons": _read(_people(), objects.person),
        "organizations": _read(_organizations(), objects.organization),
        "memberships": chain(
            _read(Affiliation.objects.public().select_related("person", "organization"), objects.of_affiliation),
            _read(_capacities(), objects.of_capacity),
        ),
        "events": _read(_events(), objects.event, _EVENTS),
    }


def _read(records: QuerySet[Any], made: Callable[[Any], Popolo], chunk: int = CHUNK) -> Iterator[Popolo]:
    """In the order of primary keys; the same number of queries for each chunk."""
    keys: Iterable[int] = records.prefetch_related(None).order_by("pk").values_list("pk", flat=True).iterator()
    for some in batched(keys, chunk):
        with translation.override(settings.LANGUAGE_CODE):
            found = [made(record) for record in records.filter(pk__in=some).order_by("pk")]
        yield from found


def _people() -> QuerySet[Person]:
    return Person.objects.public().prefetch_related("names", "identifiers", "links")


def _organizations() -> QuerySet[Organization]:
    fetched = Organization.objects.public().select_related("parent")
    return fetched.prefetch_related("names", "identifiers", "links")


def _capacities() -> QuerySet[Capacity]:
    """Of people: an organization that speaks for itself is no member of anything."""
    of_people = Capacity.objects.filter(appearance__is_public=True, appearance__person__isnull=False)
    around = (
        "organization",
        "affiliation__organization",
        "affiliation__person",
        "appearance__person",
        "appearance__session__event",
    )
    return of_people.select_related(*around)


def _events() -> QuerySet[Event]:
    present = Appearance.objects.in_order().of_those_present().select_related("person")
    sessions = Session.objects.in_order().prefetch_related(Prefetch("appearances", present, to_attr="attending"))
    sources = EventSource.objects.select_related("source").defer("source__text").order_by("order", "pk")
    organizations = EventOrganization.objects.select_related("organization").order_by("order", "pk")
    fetched: list[Prefetch[Any, Any, Any]] = [
        Prefetch("sessions", sessions),
        Prefetch("event_sources", sources),
        Prefetch("event_organizations", organizations),
    ]
    return Event.objects.public().prefetch_related(*fetched)
