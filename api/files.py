"""Answers that are files: written by what knows their form, and told as JSON where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer
from rest_framework.settings import api_settings

from exchange import csv_text


class FileRenderer(BaseRenderer):
    charset = None  # what is written says it itself

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return data if isinstance(data, bytes) else b"" if data is None else orjson.dumps(data, option=orjson.OPT_UTC_Z)


class CSVFileRenderer(FileRenderer):
    media_type = csv_text.MEDIA_TYPE.partition(";")[0]
    format = "csv"


class GraphMLRenderer(FileRenderer):
    media_type = "application/graphml+xml"
    format = "graphml"


AS_TABLE: list[Any] = [*api_settings.DEFAULT_RENDERER_CLASSES, CSVFileRenderer]
AS_NETWORK: list[Any] = [*AS_TABLE, GraphMLRenderer]
