"""What the records of a list are written as: JSON, JSON-LD, lines of JSON, and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from exchange import csv_text

type JSON = Any
type Path = tuple[str, ...]
_OPTIONS = orjson.OPT_UTC_Z


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, option=_OPTIONS)


class JSONLDRenderer(JSONRenderer):
    """What a view gives it is JSON-LD already: see `api.linked`."""

    media_type = "application/ld+json"
    format = "jsonld"


class LinesRenderer(JSONRenderer):
    """Of single answers, which are all that is rendered at once; lists are streamed."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class CSVRenderer(JSONRenderer):
    """Of what goes wrong, told in JSON; lists are streamed."""

    media_type = "text/csv"
    format = "csv"


ONE_RECORD = [JSONRenderer, JSONLDRenderer]
A_LIST = [JSONRenderer, JSONLDRenderer, LinesRenderer, CSVRenderer]
FORMATS = tuple(renderer.format for renderer in A_LIST)
STREAMED = {LinesRenderer.format: LinesRenderer.media_type, CSVRenderer.format: csv_text.MEDIA_TYPE}


def lines(records: Iterable[JSON]) -> Iterator[bytes]:
    for record in records:
        yield orjson.dumps(record, option=_OPTIONS | orjson.OPT_APPEND_NEWLINE)


def table(columns: Sequence[Path], records: Iterable[JSON]) -> Iterator[bytes]:
    """CSV with a column for each path, called by it with dots; where a record has several values, all in one cell."""
    return csv_text.written([".".join(path) for path in columns], (_row(record, columns) for record in records))


def _row(record: JSON, columns: Sequence[Path]) -> list[csv_text.Cell]:
    return [_cell(record, path) for path in columns]


def _cell(value: JSON, path: Path) -> csv_text.Cell:
    for place, step in enumerate(path):
        if isinstance(value, list):
            return csv_text.joined(_text(_cell(one, path[place:])) for one in value)
        if value is None or step not in value:
            return None
        value = value[step]
    return csv_text.joined(map(_text, value)) if isinstance(value, list) else value


def _text(value: Any) -> str:
    return "" if value is None else str(csv_text.plain(value))
