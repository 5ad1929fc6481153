"""Orders that both databases keep alike and can serve from an index."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, Func, OrderBy
from django.db.models.functions import Collate
from django.db.models.indexes import IndexExpression
from django.utils.deconstruct import deconstructible


@deconstructible
class LatestFirst(OrderBy):
    """Descending with NULL last, which is what SQLite does by itself and refuses to be told in an index."""

    def __init__(self, column: str, **_state: Any) -> None:
        super().__init__(F(column), descending=True, nulls_last=True)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        (column,) = self.get_source_expressions()
        return OrderBy(column, descending=self.descending).as_sql(compiler, connection)


@deconstructible
class UnknownLast(Func):
    """A day for ascending order: what is unknown counts as a day after all others, on which no index differs."""

    template = "COALESCE(%(expressions)s, '9999-12-31')"
    output_field = DateField()


IndexExpression.register_wrappers(OrderBy, LatestFirst, Collate)
NEWEST_FIRST = (LatestFirst("date_latest"), LatestFirst("date_earliest"))
OLDEST_FIRST = (UnknownLast("date_earliest"), UnknownLast("date_latest"))
