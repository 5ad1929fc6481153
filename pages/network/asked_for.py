"""The network of what is public now, kept in memory until the record changes: that of a large record takes long."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from debate.models import Event
from pages.network.choices import Choices
from pages.network.shown import Network, network
from pages.reader import reader_language
from positions.models import Position, PositionQuerySet
from record.version import Stamp, stamp
from search.filters import Filters, matching

KEPT = 24


def of_debate(event: Event) -> Network:
    """Who agrees with whom in one debate, as it is shown on the debate's page; at most four queries."""
    if connection.in_atomic_block:
        return _network(event.pk, Filters(), Choices())
    return _kept_of_debate(stamp(), reader_language(), event.pk)


def asked_for(event: Event | None, filters: Filters, choices: Choices) -> Network:
    """Of one debate or of the whole record. Raises FiltersError as `matching` does."""
    key = event.pk if event else None
    if connection.in_atomic_block:  # which may have changed the record without a new version yet
        return _network(key, filters, choices)
    return _kept(stamp(), reader_language(), key, filters, choices.without_what_is_irrelevant())


def public(event: int | None) -> PositionQuerySet:
    positions = Position.objects.public()
    return positions if event is None else positions.filter(event=event)


@lru_cache(maxsize=KEPT)
def _kept_of_debate(_record: Stamp, _language: str, event: int) -> Network:
    """Apart from the others, of which there is no end, so that these do not take its place."""
    return _network(event, Filters(), Choices())


@lru_cache(maxsize=KEPT)
def _kept(_record: Stamp, _language: str, event: int | None, filters: Filters, choices: Choices) -> Network:
    """By the language too, since the names in a picture are in one."""
    return _network(event, filters, choices)


def _network(event: int | None, filters: Filters, choices: Choices) -> Network:
    return network(matching(public(event), filters), choices)
