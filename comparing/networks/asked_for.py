"""The network of what is public now, kept in memory until the record changes: that of a large record takes long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import connection
from django.utils.translation import gettext as _

from comparing.networks.choices import Choices
from comparing.networks.network import Network, network
from debate.models import Event
from positions.models import Position, PositionQuerySet
from positions.statements import Stated, stated
from record.version import Stamp, stamp
from search.filters import Filters, FiltersError, Problem, matching

KEPT = 24
KEPT_STATED = 6  # of up to 5,000 statements each


@dataclass(frozen=True, slots=True)
class Question:
    """`event` is the primary key of the debate whose network is asked for, or None for the whole record."""

    event: int | None
    filters: Filters
    choices: Choices


def of_debate(event: Event) -> Network:
    """With the usual choices; at most four queries."""
    question = Question(event.pk, Filters(), Choices())
    if connection.in_atomic_block:
        return _network(question)
    return _kept_of_debate(stamp(), question)


def asked_for(event: Event | None, filters: Filters, choices: Choices) -> Network:
    """Of one debate or of the whole record. Raises FiltersError for filters that are not for networks, and as
    `matching` does.
    """
    _refuse_what_is_not_for_networks(event, filters)
    question = Question(event.pk if event else None, filters, choices.without_what_is_irrelevant())
    if connection.in_atomic_block:  # which may have changed the record without a new version yet
        return _network(_whole(question)).from_weight(choices.least)
    return _kept(stamp(), question)


def public(event: int | None) -> PositionQuerySet:
    positions = Position.objects.public()
    return positions if event is None else positions.filter(event=event)


@lru_cache(maxsize=KEPT)
def _kept_of_debate(_record: Stamp, question: Question) -> Network:
    """Apart from the others, of which there is no end, so that these do not take its place."""
    return _network(question)


@lru_cache(maxsize=KEPT)
def _kept(record: Stamp, question: Question) -> Network:
    """What a least weight leaves of a network is taken from the one that is kept whole."""
    if least := question.choices.least:
        return _kept(record, _whole(question)).from_weight(least)
    choices = question.choices
    same = Choices(actors=choices.actors, conditional=choices.conditional, neutral=choices.neutral)
    return network(_kept_stated(record, replace(question, choices=same)), choices)


@lru_cache(maxsize=KEPT_STATED)
def _kept_stated(_record: Stamp, question: Question) -> Stated:
    """What is counted by several measures is read once."""
    return _stated(question)


def _whole(question: Question) -> Question:
    return replace(question, choices=replace(question.choices, least=0))


def _network(question: Question) -> Network:
    return network(_stated(question), question.choices)


def _stated(question: Question) -> Stated:
    choices = question.choices
    return stated(matching(public(question.event), question.filters), choices.actors, choices.rules)


def _refuse_what_is_not_for_networks(event: Event | None, filters: Filters) -> None:
    if filters.q:
        raise FiltersError([Problem("q", _("A network is narrowed by filters, not by words."))])
    if event and filters.debate:
        raise FiltersError([Problem("debate", _("This page is of one debate; its address says which."))])
