"""Archives of the whole record, listed and served."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.exports import store
from api.exports.serving import served
from api.exports.store import Archive
from api.formats import JSONRenderer
from api.problems import ExportUnavailable, shortened
from api.shapes.exports import Exports, archive_url, exports
from api.views import PublicView
from positions.models import Position

logger = logging.getLogger(__name__)
# Positions up to which an archive is made while a reader waits, a second or two; of more it is made by schedule alone.
MADE_AT_ONCE = 500
_RETRY_AFTER = int(timedelta(minutes=10).total_seconds())


class ExportsView(PublicView):
    """Archives of the whole public record, to keep a copy of it or to cite it as it was: newest first."""

    shape = Exports

    def get(self, request: Request) -> Response:
        return Response(exports(store.kept(store.folder())), headers={"Cache-Control": "no-cache"})


class NamedExportView(PublicView):
    """Leads to the archive of that id or release, or to the newest: `latest`."""

    schema = None

    def get(self, request: Request, name: str) -> Response:
        found = latest() if name == "latest" else _named(name)
        return Response(status=302, headers={"Location": archive_url(found), "Cache-Control": "no-cache"})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if response.status_code == ExportUnavailable.status:
            response.headers["Retry-After"] = str(_RETRY_AFTER)
        return super().finalize_response(request, response, *args, **kwargs)


class ZipRenderer(JSONRenderer):
    """Negotiates; what goes wrong, which alone is rendered, is JSON in any format."""

    media_type = "application/zip"
    format = "zip"


class ArchiveView(PublicView):
    """One archive, a zip; also from the middle on, for a download that broke off."""

    shape = Annotated[str, {"format": "binary"}]
    action = "download"  # the last word of its name in the schema, where another address is named as it
    problems = ("not-found",)
    renderer_classes = [ZipRenderer]

    def get(self, request: Request, name: str, format: str) -> HttpResponseBase:  # noqa: A002
        found = _named(name)
        headers = {
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{found.file_name}"',
            "ETag": f'"{found.sha256}"',
            "Cache-Control": "public, max-age=31536000, immutable",  # another state of the record has another address
        }
        try:
            return served(request, store.folder() / found.file_name, headers)
        except OSError as error:
            raise Http404(f"The archive {found.id} has just made room for a newer one.") from error


def latest() -> Archive:
    """The newest; made now where one is due and the record is small. Raises ExportUnavailable where there is none."""
    where = store.folder()
    if store.is_due(where) and not Position.objects.public().order_by()[MADE_AT_ONCE:].exists():
        _make(where)
    if found := store.newest(where):
        return found
    raise ExportUnavailable("No archive has been made yet. They are made by schedule: try again later.")


def _make(where: Path) -> None:
    """An older one goes on being served where this fails."""
    try:
        store.make(where)
        store.prune(where)
    except store.Busy:
        pass
    except OSError:
        logger.exception("No archive of the record could be written in %s", where)


def _named(name: str) -> Archive:
    if found := store.named(store.folder(), name):
        return found
    raise Http404(f"There is no archive {shortened(name)!r}: it has made room for a newer one, or never was.")
