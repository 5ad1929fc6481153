from __future__ import annotations

import pytest

from api.vocabularies import VOCABULARIES
from debate.publishing import Status
from review.models import Revision
from tests.api.test_schema import COMMITTED, read
from tests.factories import AppearanceFactory, EventFactory, PositionFactory

pytestmark = pytest.mark.words


def test_codes_have_a_name_in_each_language(client, db):
    told = {one["member"]: one["codes"] for one in client.get("/api/v1/vocabularies/").json()}
    assert told["positions.stance"][1] == {"code": "opposes", "label": {"en": "opposes", "ko": "반대"}}
    for member, codes in told.items():
        assert [one["code"] for one in codes] == VOCABULARIES[member].values
        assert all(one["label"]["en"] and one["label"]["ko"] for one in codes), member
        assert any(one["label"]["en"] != one["label"]["ko"] for one in codes), member


@pytest.mark.once
def test_every_code_that_the_description_knows_has_a_name_here():
    """But for how far a draft has come, and what a program may do, which only writing tells."""
    enumerated = {
        tuple(schema["enum"])
        for schema in read(COMMITTED.read_bytes())["components"]["schemas"].values()
        if "enum" in schema and "* `" in schema.get("description", "")
    }
    named = {tuple(choices.values) for choices in VOCABULARIES.values()}
    of_writing = {tuple(choices.values) for choices in (Status, Revision.State)}
    assert enumerated - named - of_writing == set()


@pytest.mark.parametrize(
    "address", ["positions/", "statements/", "positions.csv", "positions.ndjson", "statements.csv"]
)
def test_what_has_no_date_is_said_to_be_left_out_by_days(client, db, address):
    for date in ("2025-02", "XXXX-XX-12", ""):
        PositionFactory(appearance=AppearanceFactory(session__event=EventFactory(date=date)))
    response = client.get(f"/api/v1/{address}?from=2025")
    assert response["Undated-Left-Out"] == "2"
    if address.endswith("/"):
        answer = response.json()
        assert (answer["count"], answer["undated_left_out"]) == (1, 2)
    assert client.get(f"/api/v1/{address}?from=2025&undated=include")["Undated-Left-Out"] == "0"
    assert not client.get(f"/api/v1/{address}").has_header("Undated-Left-Out")
