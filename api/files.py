"""Answers that are files: written by what knows their form, and told as JSON where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.formats import JSONRenderer
from exchange import csv_text


class FileRenderer(JSONRenderer):
    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return data if isinstance(data, bytes) else super().render(data, accepted_media_type, renderer_context)


class CSVFileRenderer(FileRenderer):
    media_type = csv_text.MEDIA_TYPE.partition(";")[0]
    format = "csv"


class GraphMLRenderer(FileRenderer):
    media_type = "application/graphml+xml"
    format = "graphml"


AS_TABLE = [JSONRenderer, CSVFileRenderer]
AS_NETWORK = [*AS_TABLE, GraphMLRenderer]
