"""What is worked out of one record, at an address below its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import led_to
from api.resources import RESOURCES
from api.views import PublicView, RecordViewSet


class OfOneRecord[M: Model](PublicView):
    """Answers below former addresses, and below those of what was withdrawn, as the record does at them."""

    viewset: ClassVar[type[RecordViewSet[Any]]]
    problems = ("not-found", "withdrawn")

    def records(self) -> QuerySet[M]:
        """The public ones."""
        raise NotImplementedError

    def answer(self, request: Request, record: M) -> Response:
        raise NotImplementedError

    def get(self, request: Request, id: str, **_format: str) -> Response:  # noqa: A002
        record = self.records().filter(**{self.viewset.lookup_field: id}).first()
        return self._elsewhere(request, id) if record is None else self.answer(request, record)

    def _elsewhere(self, request: Request, identifier: str) -> Response:
        """Raises what tells that there is nothing, unless the record has another address by now."""
        resource = next(name for name, viewset in RESOURCES.items() if viewset is self.viewset)
        moved = self.viewset(basename=resource).moved(identifier)
        below = request.get_full_path().partition(f"/{resource}/{identifier}/")[2]
        return Response(status=301, headers=led_to(f"{moved['Location']}{below}"))
