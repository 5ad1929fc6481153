"""What changed on a position in public, as data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from positions import history
from positions.models import Position
from tests.factories import EditorFactory, EvidenceFactory, PositionFactory, SourceFactory
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def position(monkeypatch) -> Position:
    """Published after a draft; each change comes an hour after the one before."""
    clock = {"now": datetime(2026, 3, 1, tzinfo=UTC)}

    def later() -> datetime:
        clock["now"] += timedelta(hours=1)
        return clock["now"]

    monkeypatch.setattr(timezone, "now", later)
    return changed(
        PositionFactory(status="draft", summary_en="Secret draft words"), status="published", summary_en="Tax"
    )


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


def get(client, position):
    response = client.get(f"/api/v1/positions/{position.public_id}/history/")
    assert response.status_code == 200, response.content
    return response.json()


def told(answer):
    """Each moment as what changed in it, from what to what."""
    return [[(one["what"], one["before"], one["after"]) for one in each["changes"]] for each in answer["moments"]]


def test_changes_are_told_the_newest_first_with_what_was_there(client, position):
    changed(position, stance="opposes", summary_en="Tax no robots")
    changed(position, kind="concern")

    answer = get(client, position)

    assert told(answer) == [
        [("kind", "recommendation", "concern")],
        [("stance", "supports", "opposes"), ("summary", "Tax", "Tax no robots")],
        [("published", None, None)],
    ]
    assert answer["moments"][1]["changes"][1]["language"] == "en"
    assert answer["moments"][0]["at"] > answer["moments"][1]["at"]
    assert (answer["is_cut"], answer["summary_is_paraphrase"], answer["position"]["stance"]) == (False, True, "opposes")
    page = client.get(answer["html_url"].removeprefix(settings.PUBLIC_URL))
    assert "Stance: + supports → − opposes" in words(page)


def test_evidence_is_told_by_its_place_and_not_by_the_words_quoted(client, position):
    source = SourceFactory(quoting="all")
    evidence = EvidenceFactory(position=position, source=source, quote="Exact words", state="exact", locator="¶ 1")
    changed(evidence, locator="¶ 2", quote="Other words")
    evidence.delete()

    removed, altered, added, _published = (moment["changes"][0] for moment in get(client, position)["moments"])

    assert [one["what"] for one in (removed, altered, added)] == [
        "evidence_removed",
        "evidence_changed",
        "evidence_added",
    ]
    assert (added["evidence_before"], added["evidence_after"]["locator"]) == (None, "¶ 1")
    assert (altered["parts"], altered["evidence_after"]["locator"]) == (["locator", "quote"], "¶ 2")
    assert removed["evidence_after"] is None
    assert "Exact words" not in str(added) and "Other words" not in str(altered)
    assert removed["evidence_before"]["source"] is None  # which nothing shows in public any more


def test_nothing_is_told_of_drafts_of_editors_or_of_their_reasons(client, position):
    position._history_user = EditorFactory(username="secret-editor")
    position._change_reason = "secret reason"
    changed(position, stance="neutral")
    changed(position, status="draft")
    changed(position, summary_en="secret words between")
    changed(position, status="published", summary_en="Tax")

    response = client.get(f"/api/v1/positions/{position.public_id}/history/")

    assert "secret" not in response.text.lower()
    assert told(response.json())[:2] == [[("published_again", None, None)], [("withdrawn", None, None)]]


def test_a_long_history_is_cut_and_says_so(client, position, monkeypatch):
    monkeypatch.setattr(history, "SHOWN", 2)
    for stance in ("opposes", "neutral", "supports"):
        changed(position, stance=stance)

    answer = get(client, position)

    assert (len(answer["moments"]), answer["is_cut"]) == (2, True)


def test_what_is_not_public_has_no_history(client, position):
    draft = PositionFactory(status="draft")

    assert client.get(f"/api/v1/positions/{draft.public_id}/history/").status_code == 404
    changed(position, status="withdrawn", withdrawn_because="A mistake", withdrawn_at=datetime.now(UTC))
    gone = client.get(f"/api/v1/positions/{position.public_id}/history/")
    assert (gone.status_code, gone.json()["reason"]) == (410, "A mistake")
    assert client.get(f"/api/v1/positions/{draft.public_id}/history/?page=2").status_code == 400


@pytest.mark.parametrize("times", [1, 12])
def test_any_number_of_changes_takes_the_same_queries(client, position, times, django_assert_num_queries):
    evidence = EvidenceFactory(position=position)
    for number in range(times):
        changed(position, summary_en=f"Tax {number}")
        changed(evidence, locator=f"¶ {number + 2}")

    with django_assert_num_queries(11):
        get(client, position)
