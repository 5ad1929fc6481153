"""What changed on a position in public."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from api.of_one_record import OfOneRecord
from api.resources import PositionViewSet
from api.shapes.history import PositionHistory, position_history
from positions.history import history
from positions.models import Position


class PositionHistoryView(OfOneRecord[Position]):
    """What was changed on a position while readers could see it, the newest first."""

    shape = PositionHistory
    viewset = PositionViewSet

    def records(self) -> QuerySet[Position]:
        return Position.objects.public().select_related("appearance")

    def answer(self, request: Request, record: Position) -> Response:
        return Response(position_history(record, history(record)))
