"""The site with two addresses more, by which its API is judged: a view that does next to nothing, and the list of
positions as REST framework's own serializers make it.

Both go through the site's middleware and settings.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_site
from debate.models import Appearance, Capacity, Event, Session, Source
from positions.models import Evidence, Position, Proposition, Topic, Wording
from speakers.models import Organization, Person

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_ANSWER = b'{"name": "Bare", "text": "Nothing of the record."}'


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_ANSWER, content_type="application/json")


class _Organization(ModelSerializer):
    class Meta:
        model = Organization
        fields = ("slug", "name_en", "name_ko")


class _Capacity(ModelSerializer):
    organization = _Organization()

    class Meta:
        model = Capacity
        fields = (
            "public_id", "organization", "organization_name_en", "organization_name_ko", "role_en", "role_ko",
            "unit_en", "unit_ko", "basis", "is_doubtful", "note_en", "note_ko", "source_language",
        )  # fmt: skip


class _Person(ModelSerializer):
    class Meta:
        model = Person
        fields = ("slug", "name_en", "name_ko")


class _Session(ModelSerializer):
    class Meta:
        model = Session
        fields = ("public_id", "kind", "title_en", "title_ko")


class _Appearance(ModelSerializer):
    person = _Person()
    organization = _Organization()
    session = _Session()

    class Meta:
        model = Appearance
        fields = ("public_id", "person", "organization", "label", "name_as_printed", "role", "session")


class _Event(ModelSerializer):
    class Meta:
        model = Event
        fields = ("slug", "title_en", "title_ko", "date", "date_earliest", "date_latest")


class _Wording(ModelSerializer):
    class Meta:
        model = Wording
        fields = ("number", "text_en", "text_ko")


class _Topic(ModelSerializer):
    class Meta:
        model = Topic
        fields = ("slug", "name_en", "name_ko")


class _Proposition(ModelSerializer):
    topics = _Topic(source="public_topics", many=True)

    class Meta:
        model = Proposition
        fields = ("slug", "topics")


class _Source(ModelSerializer):
    class Meta:
        model = Source
        fields = ("public_id", "kind", "title", "description_en", "description_ko")


class _Evidence(ModelSerializer):
    source = _Source()  # type: ignore[assignment]  # the stubs take it for the option of that name

    class Meta:
        model = Evidence
        fields = (
            "public_id", "updated_at", "source", "locator", "quote", "quote_language", "state", "prefix", "suffix",
            "start", "end",
        )  # fmt: skip


class PositionSerializer(ModelSerializer):
    appearance = _Appearance()
    event = _Event()
    wording = _Wording()
    proposition = _Proposition()
    capacities = _Capacity(source="stated_as", many=True)
    evidence = _Evidence(many=True)

    class Meta:
        model = Position
        fields = (
            "public_id", "updated_at", "stance", "kind", "summary_en", "summary_ko", "condition_en", "condition_ko",
            "source_language", "appearance", "event", "wording", "proposition", "capacities", "evidence",
        )  # fmt: skip


class _Pages(PageNumberPagination):
    page_size = 20


class PositionList(ListAPIView):
    """As a tutorial would have it, with what it shows fetched beforehand; it takes `stance` and `page`."""

    schema = None
    serializer_class = PositionSerializer
    pagination_class = _Pages
    renderer_classes = [JSONRenderer]

    def get_queryset(self) -> QuerySet[Position]:
        capacities = Capacity.objects.select_related("organization").order_by("order", "pk")
        evidence = Evidence.objects.select_related("source").defer("source__text").order_by("pk")
        topics: Prefetch[Any, Any, Any] = Prefetch(
            "proposition__topics", Topic.objects.public().for_list(), to_attr="public_topics"
        )
        positions: QuerySet[Position] = (
            Position.objects.public()
            .in_time_order()
            .select_related("event", "wording", "proposition", "appearance__person", "appearance__organization")
            .select_related("appearance__session")
            .prefetch_related(
                topics,
                Prefetch("capacities", capacities),
                Prefetch("appearance__capacities", capacities),
                Prefetch("evidence", evidence),
            )
        )
        stances = self.request.query_params.getlist("stance")
        return positions.filter(stance__in=stances) if stances else positions


urlpatterns = [path("bare/", bare), path("drf/positions/", PositionList.as_view()), *of_the_site]
