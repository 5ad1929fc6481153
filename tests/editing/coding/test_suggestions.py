from __future__ import annotations

import pytest

from editing.coding.suggestions import suggestions
from tests.factories import EvidenceFactory, PositionFactory

pytestmark = pytest.mark.django_db


def test_quotations_that_are_not_coded_are_suggested_with_whom_they_may_be_of(scene):
    [found] = suggestions(scene.source, [])
    assert scene.source.text[found.start : found.end] == "One boat is no boat when it breaks"
    assert found.appearances == (scene.appearances[0].public_id,)


def test_what_a_coded_passage_touches_is_suggested_no_more(coder, scene):
    place = scene.span("no boat when")
    position = PositionFactory(appearance=scene.appearances[0])
    where = {"start": place["start"], "end": place["end"], "quote": "no boat when", "state": "exact"}
    EvidenceFactory(position=position, source=scene.source, **where)
    assert coder().client.get(coder().address("-suggestions")).json() == []
