"""Orders that a list can be asked for in, beside its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from api.parameters import STRING, Parameter
from api.problems import shortened
from search.filters import FiltersError, Problem
from speakers.ordering import NEWEST_FIRST, OLDEST_FIRST

type Order = Sequence[Any]  # what `order_by` takes; {language} stands for that of the answer

BY_CHANGE: Mapping[str, Order] = {"updated_at": ("updated_at", "pk"), "-updated_at": ("-updated_at", "-pk")}
BY_NAME: Mapping[str, Order] = {
    "name": ("sort_key_{language}", "pk"),
    "-name": ("-sort_key_{language}", "-pk"),
    **BY_CHANGE,
}
BY_DATE: Mapping[str, Order] = {"date": (*OLDEST_FIRST, "pk"), "-date": (*NEWEST_FIRST, "pk")}


def ordering(orders: Mapping[str, Order]) -> tuple[Parameter, ...]:
    if not orders:
        return ()
    description = "The order, with `-` the other way round; what has no date is last. Without it the list has its own."
    return (Parameter("ordering", description, {**STRING, "enum": list(orders)}),)


def chosen_order(query: QueryDict, orders: Mapping[str, Order]) -> str:
    """Raises FiltersError for an order that there is not."""
    given = [value for value in query.getlist("ordering") if value]
    if len(given) > 1:
        raise FiltersError([Problem("ordering", "Give it once.")])
    if given and given[0] not in orders:
        raise FiltersError([Problem("ordering", f"{shortened(given[0])!r} is none of: {', '.join(orders)}.")])
    return given[0] if given else ""


def columns(order: Order, language: str) -> list[Any]:
    return [column.format(language=language) if isinstance(column, str) else column for column in order]
