from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from debate.models import Basis
from debate.publishing import Status
from positions.models import Evidence, Position, PositionCapacity, PositionLink, Proposition, Wording
from speakers import derived
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
    SessionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def summaries(positions):
    return [position.summary_en for position in positions]


@pytest.fixture(autouse=True)
def _what_the_database_keeps_is_right():
    yield
    assert not any(derived.wrong_rows(connection).values())


@pytest.mark.parametrize("of", ["position", "event", "proposition"])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_a_position_is_public_only_while_it_its_debate_and_its_proposition_are_published(of, status):
    position = PositionFactory()
    assert Position.objects.public().get() == position
    record = position if of == "position" else getattr(position, of)
    record.status = status
    record.withdrawn_because = "Entered twice."
    record.clean()
    record.save()
    assert not Position.objects.public().exists()
    record.status = Status.PUBLISHED
    record.save()
    assert Position.objects.public().get() == position


def test_a_position_knows_its_event_speaker_proposition_and_days():
    position = PositionFactory(appearance__session__event__date="2025-02")
    assert position.event == position.appearance.session.event
    assert position.person == position.appearance.person
    assert position.proposition == position.wording.proposition
    assert (position.date_earliest, position.date_latest) == (date(2025, 2, 1), date(2025, 2, 28))


def test_what_a_position_knows_follows_changes_elsewhere():
    position = PositionFactory()
    event = position.event
    event.date = "2024-01-31"
    event.save()
    other = PersonFactory()
    appearance = position.appearance
    appearance.person = other
    appearance.save()
    topics = [TopicFactory(), TopicFactory()]
    for topic in topics:
        PropositionTopicFactory(proposition=position.proposition, topic=topic)
    position.refresh_from_db()
    assert position.date_latest == date(2024, 1, 31)
    assert position.person == other
    assert position.topic_keys == f",{topics[0].pk},{topics[1].pk},"
    position.proposition.topic_assignments.filter(topic=topics[0]).delete()
    position.refresh_from_db()
    assert position.topic_keys == f",{topics[1].pk},"


def test_moving_a_session_takes_its_positions_along():
    position = PositionFactory()
    session = position.appearance.session
    session.event = SessionFactory(event__status=Status.DRAFT).event
    session.save()
    position.refresh_from_db()
    assert position.event == session.event
    assert not position.is_public


def test_deleting_the_last_position_of_a_source_makes_it_private():
    evidence = EvidenceFactory()
    source = evidence.source
    source.refresh_from_db()
    assert source.is_public
    evidence.position.delete()
    source.refresh_from_db()
    assert not source.is_public


def test_a_proposition_says_its_latest_wording_and_positions_stay_with_theirs():
    proposition = PropositionFactory(wording="Korea should act")
    position = PositionFactory(on=proposition)
    second = Wording.objects.create(proposition=proposition, text_en="Korea should act now")
    proposition.refresh_from_db()
    assert str(proposition) == "Korea should act now"
    assert second.number == 2
    assert str(position.wording) == "Korea should act"
    second.delete()
    proposition.refresh_from_db()
    assert str(proposition) == "Korea should act"


def test_a_conditional_position_says_on_what():
    position = PositionFactory()
    position.stance = "conditional"
    with pytest.raises(ValidationError, match="which condition"):
        position.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        position.save()
    position.condition_ko = "예산이 있으면"
    position.full_clean()
    position.save()


@pytest.mark.parametrize("wrong", [{"stance": "maybe"}, {"kind": "joke"}, {"status": "open"}, {"summary_en": ""}])
def test_the_database_itself_refuses_what_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PositionFactory(**wrong)


def test_one_may_hold_several_even_conflicting_positions_on_one_proposition():
    first = PositionFactory()
    PositionFactory(appearance=first.appearance, on=first.proposition, stance="opposes")
    assert {position.stance for position in Position.objects.public().by_person(first.person)} == {
        "supports",
        "opposes",
    }


def test_speaking_for_an_organization_is_told_apart_from_being_identified_with_it():
    organization = OrganizationFactory()
    spoken = CapacityFactory(organization=organization, basis=Basis.ON_BEHALF_OF).appearance
    identified = CapacityFactory(organization=organization).appearance
    itself = AppearanceFactory(person=None, organization=organization)
    positions = {
        name: PositionFactory(appearance=a) for name, a in [("for", spoken), ("as", identified), ("by", itself)]
    }
    assert set(Position.objects.spoken_for(organization)) == {positions["for"], positions["by"]}
    assert set(Position.objects.identified_with(organization)) == {positions["as"]}


def test_a_position_stated_in_one_of_two_capacities_counts_for_that_one_alone():
    appearance = AppearanceFactory()
    party, group = CapacityFactory(appearance=appearance), CapacityFactory(appearance=appearance)
    both, one = PositionFactory(appearance=appearance), PositionFactory(appearance=appearance)
    PositionCapacity.objects.create(position=one, capacity=party)
    assert set(Position.objects.identified_with(party.organization)) == {both, one}
    assert set(Position.objects.identified_with(group.organization)) == {both}
    assert one.stated_as == [party]
    assert both.stated_as == [party, group]


def test_a_capacity_of_another_appearance_is_refused():
    choice = PositionCapacity(position=PositionFactory(), capacity=CapacityFactory())
    with pytest.raises(ValidationError, match="another appearance"):
        choice.clean()


def test_a_quote_has_a_state_and_no_quote_has_none():
    position, source = PositionFactory(), SourceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(position=position, source=source, quote="words")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(position=position, source=source, state="exact")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(position=position, source=source, quote="words", state="exact", start=9, end=4)


def test_a_quote_is_shown_only_where_the_sources_terms_allow():
    evidence = EvidenceFactory(quote="words", state="exact")
    assert not evidence.is_quotable
    evidence.source.quoting = "short_passages"
    assert evidence.is_quotable


def test_a_link_to_something_unpublished_is_not_shown():
    public, draft = PositionFactory(), PositionFactory(status=Status.DRAFT)
    PositionLink.objects.create(from_position=public, to_position=draft, kind="disputes")
    link = PositionLink.objects.create(from_position=public, to_position=PositionFactory(), kind="answers")
    assert list(PositionLink.objects.between_public()) == [link]


def test_positions_are_in_time_order_undated_last():
    for day in ("2024", "XXXX-XX-12", "2025"):
        PositionFactory(summary_en=day, appearance__session__event__date=day)
    assert [position.summary_en for position in Position.objects.public().in_time_order()] == [
        "2025",
        "2024",
        "XXXX-XX-12",
    ]


def test_positions_of_one_debate_are_in_the_order_of_its_programme():
    event = EventFactory()
    sessions = {order: SessionFactory(event=event, order=order) for order in (2, 1)}
    for order, seat in ((2, 0), (1, 7), (1, 3)):
        PositionFactory(summary_en=f"{order}.{seat}", appearance__session=sessions[order], appearance__order=seat)
    assert summaries(Position.objects.public().in_time_order()) == ["1.3", "1.7", "2.0"]
    assert summaries(Position.objects.public().oldest_first()) == ["1.3", "1.7", "2.0"]


def test_changing_the_programme_changes_the_order_of_its_positions():
    event = EventFactory()
    first, second = (SessionFactory(event=event, order=order) for order in (1, 2))
    early, late = (PositionFactory(appearance__session=session) for session in (first, second))
    first.order = 3
    first.save()
    assert list(Position.objects.public().in_time_order()) == [late, early]
    late.appearance.session = first
    late.appearance.order = early.appearance.order + 1
    late.appearance.save()
    assert list(Position.objects.public().in_time_order()) == [early, late]


def test_the_greatest_places_in_a_programme_can_be_kept():
    position = PositionFactory(appearance__session__order=32_767, appearance__order=32_767)
    assert position.programme_order == 32_767 * 32_768 + 32_767


def test_oldest_first_goes_by_the_first_day_and_has_the_undated_last_too():
    for day in ("2025", "", "2024-03", "2024", "../2023"):
        PositionFactory(summary_en=day or "undated", appearance__session__event__date=day)
    assert summaries(Position.objects.public().oldest_first()) == ["2024", "2024-03", "2025", "../2023", "undated"]


def test_the_newest_are_the_first_in_time_order():
    for day in ("2023", "2025", "2024"):
        PositionFactory(summary_en=day, appearance__session__event__date=day)
    assert summaries(Position.objects.public().newest(2)) == ["2025", "2024"]


@pytest.mark.parametrize(
    ("order", "index"),
    [("in_time_order", "public_positions_in_time"), ("oldest_first", "public_positions_from_oldest")],
)
def test_which_positions_are_on_a_page_is_read_from_one_index(order, index):
    keys = getattr(Position.objects.public(), order)().values("pk")
    if connection.vendor == "sqlite":
        assert keys[50:75].explain().endswith(f"USING COVERING INDEX {index}")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = keys[50:75].explain()
        assert f"Index Only Scan using {index}" in plan and "Sort" not in plan


def test_positions_of_organizations_are_those_by_for_and_of_people_identified_with_them():
    organization, other = OrganizationFactory(), OrganizationFactory()
    itself = PositionFactory(appearance=AppearanceFactory(person=None, organization=organization))
    both = CapacityFactory(organization=organization, basis=Basis.ON_BEHALF_OF)
    CapacityFactory(appearance=both.appearance, organization=other)
    silent = PositionFactory(appearance=both.appearance)
    as_other = PositionFactory(appearance=both.appearance)
    PositionCapacity.objects.create(position=as_other, capacity=both.appearance.capacities.get(organization=other))
    PositionFactory()
    found = Position.objects.public().of_organizations
    assert set(found([organization.pk])) == {itself, silent}
    assert set(found([other.pk])) == {silent, as_other}
    assert set(found([organization.pk, other.pk])) == {itself, silent, as_other}
    assert not found([]).exists()


def test_a_position_that_is_used_keeps_its_appearance_from_being_deleted():
    position = PositionFactory()
    with pytest.raises(Exception, match="protected"):
        position.appearance.delete()


@pytest.mark.parametrize("size", [1, 25])
def test_a_list_of_positions_costs_the_same_at_any_size(size, django_assert_num_queries):
    for _row in range(size):
        position = PositionFactory(appearance=CapacityFactory().appearance)
        PropositionTopicFactory(proposition=position.proposition)
        EvidenceFactory(position=position)
    with django_assert_num_queries(5):
        for position in Position.objects.public().for_list().in_time_order():
            assert str(position.appearance.speaker) == str(position.person)
            assert position.stated_as[0].organization.slug
            assert [str(evidence.source) for evidence in position.evidence.all()]
            assert position.proposition.public_topics[0].slug
            assert position.event.slug
            assert position.wording.text_en


@pytest.mark.parametrize("size", [1, 25])
def test_a_list_of_propositions_costs_the_same_at_any_size(size, django_assert_num_queries):
    for _row in range(size):
        PropositionTopicFactory()
    with django_assert_num_queries(2):
        for proposition in Proposition.objects.public().for_list("ko"):
            assert str(proposition)
            assert proposition.public_topics[0].slug


def test_saving_an_outdated_copy_does_not_undo_what_the_database_keeps():
    position = PositionFactory(status=Status.DRAFT)
    outdated = Position.objects.get(pk=position.pk)
    position.status = Status.PUBLISHED
    position.save()
    outdated.status = Status.PUBLISHED
    outdated.summary_en = "Corrected"
    outdated.save()
    assert Position.objects.public().get().summary_en == "Corrected"
    assert outdated.is_public


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so few rows without any index")
def test_the_latest_changes_are_read_from_their_index_and_not_sorted():
    plan = Position.objects.public().latest_change_first()[:50].explain()

    assert "USING INDEX public_positions_by_change" in plan
    assert "TEMP B-TREE" not in plan
