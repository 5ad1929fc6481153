"""The kinds of record that go through review themselves, as addresses call them, and how records are named in lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from debate.models import Appearance, Capacity, Event, EventOrganization, EventRelation, EventSource, Session
from debate.publishing import HasStatus
from positions.models import (
    Coding,
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
    Topic,
)
from speakers.models import Affiliation

KINDS: Mapping[str, type[HasStatus]] = {
    "debate": Event,
    "topic": Topic,
    "proposition": Proposition,
    "position": Position,
}
_SLUGS: Mapping[type[Model], str] = {model: kind for kind, model in KINDS.items()}

# What a record is called by lies in others: read with it, not one by one.
_NAMED_BY: Mapping[type[Model], tuple[str, ...]] = {
    Affiliation: ("person", "organization"),
    Appearance: ("person", "organization", "session"),
    Capacity: ("appearance__person", "appearance__organization"),
    Coding: ("coder",),
    Evidence: ("source", "position__event"),
    EventOrganization: ("organization", "event"),
    EventRelation: ("from_event", "to_event"),
    EventSource: ("source", "event"),
    Position: ("appearance__person", "appearance__organization", "event", "wording"),
    PositionCapacity: ("capacity", "position__event"),
    PositionLink: ("from_position", "to_position"),
    Proposition: ("current_wording",),
    PropositionTopic: ("topic", "proposition"),
    Session: ("event",),
}
_LONG: Mapping[type[Model], tuple[str, ...]] = {Evidence: ("source__text",), EventSource: ("source__text",)}


def model_of(kind: str) -> type[HasStatus]:
    try:
        return KINDS[kind]
    except KeyError:
        raise Http404(f"There is no kind {kind!r}. There are: {', '.join(KINDS)}.") from None


def kind_of(record: Model) -> str:
    """Empty for what is in review only with what it belongs to."""
    return _SLUGS.get(type(record), "")


def named(model: type[Model]) -> QuerySet[Any]:
    """With all that the names of the rows are made of; one query."""
    rows: QuerySet[Any] = model._base_manager.defer(*_LONG.get(model, ()))
    return rows.select_related(*_NAMED_BY[model]) if model in _NAMED_BY else rows


def with_records() -> GenericPrefetch[Any]:
    """Of waiting changes; one query for each kind of record among them."""
    return GenericPrefetch("record", [named(model) for model in _NAMED_BY])


def admin_address(record: Model | None) -> str:
    """The form of the record in the admin; empty for what is edited within another."""
    if record is None or record.pk is None:
        return ""
    meta = record._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def content_types(models: Mapping[type[Model], Any]) -> dict[type[Model], ContentType]:
    return ContentType.objects.get_for_models(*models)
