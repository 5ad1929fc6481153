"""Rows are shown exactly as the models they stand for."""

from __future__ import annotations

import orjson

from api.position_rows import position_rows
from api.shapes.positions import position
from debate.publishing import Status
from positions.models import Position
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)


def written(record):
    return orjson.dumps(position(record), option=orjson.OPT_UTC_Z | orjson.OPT_SORT_KEYS)


def test_a_row_is_told_as_its_model_is(example):
    for order in (2, 1):
        CapacityFactory(appearance=example.appearance, order=order, is_doubtful=True, note_en="Printed otherwise.")
        PropositionTopicFactory(proposition=example.proposition, topic=TopicFactory(order=order, name_ko=f"{order}"))
        EvidenceFactory(
            position=example.position,
            source=SourceFactory(quoting="short_passages"),
            quote='a "quote"\n',
            state="moved",
        )
    PropositionTopicFactory(proposition=example.proposition, topic=TopicFactory(status=Status.DRAFT))
    PositionFactory(appearance=AppearanceFactory(person=None, organization=OrganizationFactory()))
    PositionFactory(
        appearance=AppearanceFactory(person=None, label="A citizen"), stance="conditional", condition_ko="조건"
    )
    records = {record.pk: record for record in Position.objects.public().for_list()}
    rows = position_rows(list(records))
    assert len(rows) == len(records) >= 4
    for row in rows:
        assert written(row) == written(records[row.pk])


def test_rows_come_in_the_order_of_their_keys_without_what_is_not_public(example):
    draft = PositionFactory(status=Status.DRAFT)
    keys = list(Position.objects.public().order_by("-pk").values_list("pk", flat=True))
    assert [row.pk for row in position_rows([*keys, draft.pk, 10**9])] == keys
    assert position_rows([]) == []


def test_all_rows_are_read_with_one_query(example, django_assert_num_queries):
    PositionFactory.create_batch(10)
    keys = list(Position.objects.values_list("pk", flat=True))
    for some in (keys[:1], keys):
        with django_assert_num_queries(1):
            position_rows(some)
