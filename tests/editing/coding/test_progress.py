from __future__ import annotations

import pytest
from django.urls import reverse

from tests.editing.coding.scenes import hearing
from tests.factories import EvidenceFactory, PositionFactory, SourceFactory
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
LIST = reverse("editing:coding-list")


@pytest.fixture
def editor(client):
    client.force_login(person_as("editor", is_staff=True))
    return client


def test_the_list_says_how_far_each_source_is(editor):
    scene = hearing(text="x" * 200)
    for status, end, state in (("draft", 50, "exact"), ("in_review", 100, "moved"), ("published", 20, "exact")):
        position = PositionFactory(appearance=scene.appearances[0], status=status)
        EvidenceFactory(position=position, source=scene.source, quote="x", state=state, start=0, end=end)
    EvidenceFactory(position=position, source=scene.source, locator="¶ 2")
    SourceFactory(title="Empty")
    rows = {str(row.source): row for row in editor.get(LIST).context["rows"]}
    row = rows["Minutes on the ferry"]
    assert (row.characters, row.reached, row.drafts, row.in_review, row.published, row.unsettled) == (
        200,
        50,
        1,
        1,
        1,
        1,
    )
    assert row.debates == ("A ferry for the island",)
    assert (rows["Empty"].reached, rows["Empty"].positions) == (None, 0)


def test_it_is_narrowed_by_words_and_debate(editor):
    scene = hearing()
    SourceFactory(title="Another")
    for asked in ({"q": "ferry minutes"}, {"debate": scene.event.slug}, {"q": "Minutes", "debate": scene.event.slug}):
        assert [str(row.source) for row in editor.get(LIST, asked).context["rows"]] == ["Minutes on the ferry"]
    assert b"No source fits." in editor.get(LIST, {"q": "nothing of the kind", "page": "x"}).content


@pytest.mark.parametrize("count", [1, 40])
def test_it_runs_the_same_queries_at_any_size(editor, count, django_assert_num_queries):
    for number in range(count):
        EvidenceFactory(source__text=f"text {number}")
    editor.get(LIST)
    with django_assert_num_queries(10):
        assert len(editor.get(LIST).context["rows"]) == count
