"""What lists in the admin show, are narrowed by and find; what forms say."""

from __future__ import annotations

import pytest

from debate.models import Appearance, Event, Source
from debate.publishing import Status
from positions.models import Position, Proposition
from review.changing import change
from review.roles import Author
from speakers.models import Name, Organization, Person
from tests.editing.forms import address_of
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    EditorFactory,
    EventFactory,
    EventSourceFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    PropositionTopicFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = EditorFactory(is_staff=True)
    client.force_login(editor)
    return client


def listed(client, model, **narrowed):
    response = client.get(address_of(model, "changelist"), narrowed)
    assert response.status_code == 200, response
    return list(response.context["cl"].result_list)


QUERIES = {Position: 7, Person: 6, Event: 7, Proposition: 7, Appearance: 6, Source: 8}


@pytest.mark.parametrize("size", [1, 13])
@pytest.mark.parametrize("model", QUERIES, ids=lambda model: model.__name__)
def test_a_list_asks_the_same_number_of_times_at_any_size(editor, model, size, django_assert_num_queries):
    event = EventFactory()
    for _row in range(size):
        capacity = CapacityFactory(appearance__session__event=event)
        AffiliationFactory(person=capacity.appearance.person)
        position = PositionFactory(appearance=capacity.appearance)
        PropositionTopicFactory(proposition=position.proposition)
        EventSourceFactory(event=event, source=EvidenceFactory(position=position).source)
    with django_assert_num_queries(QUERIES[model]):
        rows = listed(editor, model)
    assert len(rows) == (1 if model is Event else size)


def test_positions_are_narrowed_by_debate_proposition_evidence_and_who_entered_them(editor):
    coder = EditorFactory(username="coder")
    mine = PositionFactory()
    other = EvidenceFactory().position
    values = {"wording": mine.wording_id, "appearance": other.appearance_id, "stance": "opposes", "kind": "concern"}
    coded = change(Position(), values | {"summary_en": "Warns of it"}, Author(coder)).record
    assert listed(editor, Position, debate=mine.appearance.session.event_id) == [mine]
    assert set(listed(editor, Position, proposition=mine.proposition_id)) == {mine, coded}
    assert listed(editor, Position, evidence="yes") == [other]
    assert set(listed(editor, Position, evidence="no")) == {mine, coded}
    assert listed(editor, Position, entered_by=coder.pk) == [coded]
    assert listed(editor, Position, entered_by=coder.pk, evidence="yes") == []


def test_the_debates_changed_last_are_offered_and_the_one_that_is_chosen(editor):
    old = EventFactory(title_en="The first of all")
    for _number in range(14):
        EventFactory()
    response = editor.get(address_of(Position, "changelist"), {"debate": old.pk})
    (narrowing,) = (
        spec for spec in response.context["cl"].filter_specs if getattr(spec, "parameter_name", "") == "debate"
    )
    assert len(narrowing.lookup_choices) == 13
    assert narrowing.lookup_choices[-1] == (str(old.pk), "The first of all")


@pytest.mark.parametrize("query", ["debate=soon", "debate=9999999999999999999999", "proposition=-1", "entered_by=x"])
def test_a_narrowing_that_makes_no_sense_is_taken_off(editor, query):
    response = editor.get(f"{address_of(Position, 'changelist')}?{query}")
    assert (response.status_code, response.url.rpartition("?")[2]) == (302, "e=1")


def test_people_are_told_apart_by_what_they_are(editor):
    AffiliationFactory(person__name_en="Kim Min-ji", organization__name_en="Ministry", role_en="Director")
    response = editor.get(address_of(Person, "changelist"))
    assert "Director, Ministry" in response.text


def test_people_and_what_they_did_are_found_by_other_names(editor):
    person = PersonFactory(name_en="Kim Min-ji")
    Name.objects.create(person=person, text="김민지", language="ko")
    appearance = CapacityFactory(appearance__person=person).appearance
    position = PositionFactory(appearance=appearance)
    PositionFactory()
    assert listed(editor, Person, q="김민지") == [person]
    assert listed(editor, Appearance, q="김민지") == [appearance]
    assert listed(editor, Position, q="김민지") == [position]


def test_a_debate_and_a_proposition_lead_to_their_positions(editor):
    position = PositionFactory()
    event = position.appearance.session.event
    assert f'href="/admin/positions/position/?debate={event.pk}">1<' in editor.get(address_of(Event, "changelist")).text
    page = editor.get(address_of(Proposition, "changelist")).text
    assert f'href="/admin/positions/position/?proposition={position.proposition_id}">1<' in page


def test_the_list_of_sources_says_which_have_a_text_and_reads_none(editor, django_assert_num_queries):
    with_text = SourceFactory(text="One.\n\nTwo.")
    without = SourceFactory()
    assert listed(editor, Source, text="yes") == [with_text]
    assert listed(editor, Source, text="no") == [without]
    assert all("text" in source.get_deferred_fields() for source in listed(editor, Source))


@pytest.mark.parametrize(("status", "is_there"), [(Status.PUBLISHED, True), (Status.DRAFT, False)])
def test_what_is_public_leads_to_its_page_and_nothing_else_does(editor, status, is_there):
    event = EventFactory(status=status, title_en="On data")
    page = editor.get(address_of(Event, "change", event.pk)).text
    assert ('href="/debates/on-data/"' in page) == is_there


def test_where_coders_go_wrong_the_form_says_what_is_meant_and_where_the_rules_are(editor):
    page = editor.get(address_of(Position, "change", PositionFactory().pk))
    fields = page.context["adminform"].form.fields
    assert "Silence is no position." in str(fields["stance"].help_text)
    assert '<a href="/about/coding/#stances">Rules of coding</a>' in str(fields["stance"].help_text)
    assert fields["summary_en"].help_text and not fields["summary_ko"].help_text
    assert "Silence is no position." in page.text


def test_a_form_begins_with_the_language_of_its_source(editor):
    page = editor.get(address_of(Event, "change", EventFactory().pk))
    first, second, *_rest = page.context["adminform"].fieldsets
    assert first[1]["fields"][0] == "source_language"
    assert "venue_country" in second[1]["fields"]
    names = [name for _title, options in page.context["adminform"].fieldsets for name in options["fields"]]
    flat = [one for name in names for one in (name if isinstance(name, tuple) else (name,))]
    assert len(flat) == len(set(flat))
    assert {"title_en", "title_ko", "slug", "status", "languages"} <= set(flat)


def test_organizations_are_narrowed_by_kind(editor):
    ministry = CapacityFactory(organization__kind="ministry").organization
    CapacityFactory()
    assert listed(editor, Organization, kind__exact="ministry") == [ministry]


@pytest.mark.parametrize("typed", ["kang hun sik", "Kang Hoon-sik", "강훈식", "강훈"])
def test_people_are_found_and_completed_by_any_spelling(editor, typed):
    person = PersonFactory(name_ko="강훈식", name_en="")
    PersonFactory(name_ko="이도윤", name_en="")
    assert listed(editor, Person, q=typed) == [person]
    asked = {"term": typed, "app_label": "debate", "model_name": "appearance", "field_name": "person"}
    offered = editor.get("/admin/autocomplete/", asked).json()["results"]
    assert [one["id"] for one in offered] == [str(person.pk)]


def test_an_organization_is_found_by_its_initials(editor):
    ministry = CapacityFactory(organization__name_en="Ministry of Public Data").organization
    assert listed(editor, Organization, q="mopd") == [ministry]
