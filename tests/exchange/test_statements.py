from __future__ import annotations

import pytest

from debate.publishing import Status
from exchange.statements import COLUMNS, rows
from exchange.statements.reading import CHUNK, rows_at
from positions.models import Position, PositionCapacity
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
QUERIES_A_CHUNK = 5


def row_of(position):
    (row,) = rows_at([position.pk])
    return row


def test_a_row_has_the_documented_columns_in_their_order():
    assert tuple(row_of(PositionFactory())) == COLUMNS


def test_a_row_says_who_took_which_stance_on_what_when_and_where_it_is_read():
    event = EventFactory(slug="hearing", title_en="Hearing", title_ko="청문회", date="2025-02", kind="hearing")
    appearance = AppearanceFactory(
        session__event=event,
        person=PersonFactory(slug="kim", name_en="Kim", name_ko="김"),
        name_as_printed="Prof. Kim",
        role="witness",
    )
    proposition = PropositionFactory(slug="tax", wording="Tax robots")
    for order, name in enumerate(("Money", "Work")):
        PropositionTopicFactory(
            proposition=proposition, topic=TopicFactory(name_en=name, slug=name.lower(), order=order)
        )
    position = PositionFactory(
        appearance=appearance,
        on=proposition,
        stance="opposes",
        kind="concern",
        summary_en="Fears for jobs.",
        summary_ko="일자리를 걱정한다.",
    )
    source = SourceFactory(title="Minutes", quoting="all")
    EvidenceFactory(position=position, source=SourceFactory(title="Paper"), locator="¶ 3")
    EvidenceFactory(
        position=position, source=source, locator="", quote="No.", quote_language="en", start=5, end=8, state="exact"
    )

    row = row_of(position)

    expected = {
        "position_id": position.public_id,
        "url": f"http://127.0.0.1:8000/positions/{position.public_id}/",
        "date": "2025-02",
        "date_earliest": event.date_earliest,
        "date_latest": event.date_latest,
        "debate_id": "hearing",
        "debate_kind": "hearing",
        "debate_en": "Hearing",
        "debate_ko": "청문회",
        "person_id": "kim",
        "person_en": "Kim",
        "person_ko": "김",
        "name_as_printed": "Prof. Kim",
        "role": "witness",
        "proposition_id": "tax",
        "proposition_en": "Tax robots",
        "wording": 1,
        "topic_ids": "money | work",
        "topics_en": "Money | Work",
        "stance": "opposes",
        "agreement": 0,
        "kind": "concern",
        "summary_paraphrase_en": "Fears for jobs.",
        "summary_paraphrase_ko": "일자리를 걱정한다.",
        "source_titles": "Paper | Minutes",
        "locators": "¶ 3 | ",
        "quote": "No.",
        "quote_language": "en",
        "quote_source_id": source.public_id,
        "quote_withheld": False,
        "start": 5,
        "stop": 8,
        "licence": "CC-BY-4.0",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("stance", "agreement"), [("supports", 1), ("opposes", 0), ("conditional", None), ("neutral", None)]
)
def test_agreement_is_for_those_who_take_a_side(stance, agreement):
    row = row_of(PositionFactory(stance=stance, condition_en="If it is cheap." if stance == "conditional" else ""))

    assert (row["stance"], row["agreement"]) == (stance, agreement)


def speaking_as(*capacities, person=True, organization=None):
    """A position of somebody printed as each (organization, basis) in this order."""
    speaker = {} if person else {"person": None, "organization": organization}
    appearance = AppearanceFactory(**speaker)
    for order, (printed, basis) in enumerate(capacities):
        CapacityFactory(appearance=appearance, organization=printed, basis=basis, order=order, role_en=f"Role {order}")
    return PositionFactory(appearance=appearance)


def chosen(row):
    return row["organization_id"], row["organization_rule"], row["organization_count"], row["capacity_role_en"]


@pytest.fixture
def abc():
    return [OrganizationFactory(slug=slug, name_en=slug.upper()) for slug in "abc"]


def test_of_organizations_somebody_is_identified_with_the_first_printed_is_chosen(abc):
    a, b, _c = abc
    row = row_of(speaking_as((b, "identified_as"), (a, "identified_as")))

    assert chosen(row) == ("b", "identified_as", 2, "Role 0")
    assert row["organization_ids"] == "b | a"
    assert row["organization_bases"] == "identified_as | identified_as"
    assert row["capacities_en"] == "Role 0, B | Role 1, A"


def test_korean_names_the_organization_before_what_somebody_is_there(abc):
    appearance = AppearanceFactory(session__event__status="published")
    printed = {"organization_name_ko": "더불어민주당", "unit_ko": "정책위원회", "role_ko": "위원"}
    CapacityFactory(appearance=appearance, organization=abc[0], organization_name_en="B", role_en="Member", **printed)

    row = row_of(PositionFactory(appearance=appearance))

    assert row["capacities_en"] == "Member, B"
    assert row["capacities_ko"] == "더불어민주당 정책위원회 위원"


def test_an_organization_that_is_spoken_for_is_chosen_before_one_of_mere_identity(abc):
    a, b, c = abc
    row = row_of(speaking_as((a, "identified_as"), (b, "on_behalf_of"), (c, "on_behalf_of")))

    assert chosen(row) == ("b", "on_behalf_of", 3, "Role 1")


def test_an_organization_printed_twice_counts_once_and_as_spoken_for(abc):
    a, *_others = abc
    row = row_of(speaking_as((a, "identified_as"), (a, "on_behalf_of")))

    assert chosen(row) == ("a", "on_behalf_of", 1, "Role 1")


def test_an_organization_that_spoke_for_itself_is_the_one(abc):
    a, b, _c = abc
    row = row_of(speaking_as((b, "on_behalf_of"), person=False, organization=a))

    assert chosen(row) == ("a", "itself", 2, "")
    assert (row["person_id"], row["organization_en"]) == ("", "A")


def test_only_the_capacities_that_a_position_names_are_looked_at(abc):
    a, b, _c = abc
    position = speaking_as((a, "on_behalf_of"), (b, "identified_as"))
    assert row_of(position)["capacities_of"] == "appearance"
    PositionCapacity.objects.create(position=position, capacity=position.appearance.capacities.get(organization=b))

    row = row_of(position)

    assert chosen(row) == ("b", "identified_as", 1, "Role 1")
    assert row["capacities_of"] == "position"


def test_an_organization_without_a_record_has_its_printed_name_alone():
    appearance = AppearanceFactory()
    CapacityFactory(appearance=appearance, organization=None, organization_name_en="A club", is_doubtful=True)
    row = row_of(PositionFactory(appearance=appearance))

    assert (row["organization_id"], row["organization_en"], row["organization_rule"]) == ("", "A club", "identified_as")
    assert row["capacity_doubtful"] is True


def test_who_was_printed_with_a_role_alone_has_the_role_and_no_organization():
    appearance = AppearanceFactory(person=None, label="A citizen")
    CapacityFactory(appearance=appearance, organization=None, organization_name_en="", role_en="Citizen")
    row = row_of(PositionFactory(appearance=appearance))

    assert chosen(row) == ("", "", 0, "Citizen")
    assert row["speaker_label"] == "A citizen"


def test_words_that_may_not_be_shown_are_not_read_and_give_way_to_those_that_may():
    position = PositionFactory()
    words = {"state": "exact", "quote_language": "en"}
    EvidenceFactory(position=position, quote="SECRET words", start=1, end=9, source__quoting="nothing", **words)
    row = row_of(position)
    assert "SECRET" not in str(row)
    assert (row["quote"], row["quote_withheld"], row["start"], row["stop"]) == ("", True, 1, 9)

    EvidenceFactory(position=position, quote="open words", source__quoting="short_passages", **words)
    row = row_of(position)
    assert (row["quote"], row["quote_withheld"], row["start"]) == ("open words", False, None)


def test_nothing_unpublished_is_in_it():
    position = PositionFactory()
    draft_topic = TopicFactory(name_en="SECRET topic", status=Status.DRAFT)
    PropositionTopicFactory(proposition=position.proposition, topic=draft_topic)
    hidden = PositionFactory(summary_en="SECRET", status=Status.IN_REVIEW)

    found = list(rows_at([hidden.pk, position.pk]))

    assert [row["position_id"] for row in found] == [position.public_id]
    assert "SECRET" not in str(found)


def test_rows_are_in_the_order_of_the_positions():
    dates = ["2025", "2023", "", "2024"]
    for date in dates:
        PositionFactory(appearance__session__event__date=date)

    assert [row["date"] for row in rows(Position.objects.public().in_time_order())] == ["2025", "2024", "2023", ""]
    assert [row["date"] for row in rows(Position.objects.public().oldest_first())] == ["2023", "2024", "2025", ""]


@pytest.mark.parametrize("count", [1, 30])
def test_a_chunk_costs_the_same_queries_at_any_size(count, django_assert_num_queries):
    for position in PositionFactory.create_batch(count):
        CapacityFactory(appearance=position.appearance)
        EvidenceFactory(position=position)
        PropositionTopicFactory(proposition=position.proposition)

    with django_assert_num_queries(1 + QUERIES_A_CHUNK):
        assert len(list(rows(Position.objects.public()))) == count


def test_rows_are_read_chunk_by_chunk(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("exchange.statements.reading.CHUNK", 2)
    positions = PositionFactory.create_batch(5)

    with django_assert_num_queries(3 * QUERIES_A_CHUNK):
        found = [row["position_id"] for row in rows_at(position.pk for position in positions)]

    assert found == [position.public_id for position in positions]
    assert CHUNK == 1_000
