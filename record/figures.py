"""Figures of the public record, each worked out once for every version of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from record import version


def count(records: QuerySet[Any], *, at: version.Stamp | None = None) -> int:
    """How many there are; see `figure`."""
    return figure(records, QuerySet.count, at=at)


def figure[T](records: QuerySet[Any], ask: Callable[..., T], *arguments: object, at: version.Stamp | None = None) -> T:
    """What `ask`, a function with a name, says of the records, kept until the record changes, whatever changes it. The
    arguments are handed on to it; they and what it says are plain values.

    The records are public ones, of kinds whose changes the record notes, and `ask` stands on nothing else. Costs one
    query, for the version unless that is given as `at`, and those of `ask` the first time. Django's cache holds so many
    figures and lets others go.

    Within a transaction, whose own changes belong to no version yet, it is asked each time, and the version is not.
    """
    try:
        statement = records.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return ask(records, *arguments)
    question = repr((ask.__module__, ask.__qualname__, arguments, *statement))
    return kept(question, lambda: ask(records, *arguments), at=at)


def kept[T](question: str, ask: Callable[[], T], *, at: version.Stamp | None = None) -> T:
    """The same, of what the text `question` tells from all else that is kept."""
    if connection.in_atomic_block:
        return ask()
    # The version is read before the figure is: what is kept under it is never older.
    named = f"{at or version.stamp()} {question}"
    return cache.get_or_set(hashlib.sha256(named.encode()).hexdigest(), ask)  # type: ignore[return-value]  # never None
