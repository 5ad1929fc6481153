"""The first debate as a program reads it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

DOSSIER = settings.BASE_DIR / "exchange" / "dossiers" / "ai-hegemony-debate.yaml"
DEBATE = "deepsec-and-koreas-path-in-ai"


@pytest.fixture
def _bundled(db, capsys):
    call_command("load_dossier", str(DOSSIER))


@pytest.mark.usefixtures("_bundled")
def test_the_positions_of_a_speaker_come_with_the_doubtful_capacity_the_stance_and_the_evidence(client):
    page = client.get("/api/v1/positions/?speaker=cho-young-ki").json()
    assert page["count"] == 2
    stances = {row["proposition"]["text"]["en"]: row["stance"] for row in page["results"]}
    assert stances == {
        "Platform firms should come under stricter regulation": "opposes",
        "Personal data rules should leave room for large-scale data use": "supports",
    }
    for row in page["results"]:
        (capacity,) = row["capacities"]
        assert capacity["organization"]["id"] == "korea-internet-and-security-agency"
        assert (capacity["role"]["en"], capacity["basis"], capacity["doubtful"]) == ("Director", "identified_as", True)
        assert "doubtful" in capacity["note"]["en"] and capacity["note"]["ko"]
        (place,) = row["evidence"]
        assert (place["locator"], place["quote"]) == ("¶ 12", None)
        assert row["summary_is_paraphrase"] is True
        assert row["date"]["text"] == "12th; month and year not given"


@pytest.mark.usefixtures("_bundled")
def test_the_debate_counts_as_its_page_does(client):
    counts = {
        resource: client.get(f"/api/v1/{resource}/?debate={DEBATE}").json()["count"]
        for resource in ("speakers", "sessions", "appearances", "positions", "propositions", "organizations", "sources")
    }
    assert counts == {
        "speakers": 12,
        "sessions": 5,
        "appearances": 13,
        "positions": 31,
        "propositions": 20,
        "organizations": 14,
        "sources": 3,
    }


@pytest.mark.usefixtures("_bundled")
def test_its_programme_and_notes_are_read_at_one_address(client):
    debate = client.get(f"/api/v1/debates/{DEBATE}/").json()
    assert [session["kind"] for session in debate["sessions"]] == [
        "opening",
        "presentation",
        "presentation",
        "discussion",
        "closing",
    ]
    assert debate["date"] == {
        "edtf": "XXXX-XX-12",
        "earliest": None,
        "latest": None,
        "text": "12th; month and year not given",
    }
    assert "title" in {note["about"] for note in debate["notes"]}
    assert {part["role"] for part in debate["organizations"]} == {"host", "subject"}
