from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from debate.models import Capacity, EditorialNote, Event, Session, Source
from exchange.dossier import source
from exchange.dossier.dump import dump
from exchange.dossier.kinds import KINDS
from exchange.dossier.problems import DossierError
from exchange.dossier.style import as_yaml
from positions.models import Evidence, Position, PositionLink, Proposition, PropositionTopic, Topic
from speakers import derived
from speakers.models import FormerAddress, Identifier, Name, Organization, Person
from tests.exchange.conftest import BUNDLED, HERE, load_text, replaced
from tests.factories import (
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
UNCHANGED_QUERIES = 41
DUMP_QUERIES = 37

MINIMAL = """
dossier: 1
language: en
licence: CC-BY-4.0
event:
  slug: small-debate
  title: {en: Small debate}
"""


def load_files(*files, **options):
    said = StringIO()
    call_command("load_dossier", *map(str, files), stdout=said, **options)
    return said.getvalue()


def saved(tmp_path, text, name="dossier.yaml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def everything_there_is():
    return {model: list(model.objects.order_by("pk").values()) for model in dict.fromkeys(kind.model for kind in KINDS)}


# --- one file ---------------------------------------------------------------------------------------


def test_a_debate_without_a_status_is_a_draft():
    load_text(MINIMAL)
    assert Event.objects.get().status == "draft"
    assert not Event.objects.public().exists()


def test_what_has_no_status_follows_the_event(bundled):
    load_text(replaced(bundled, ("status: published", "status: in_review")))
    for model in (Event, Topic, Proposition, Position):
        assert set(model.objects.values_list("status", flat=True)) == {"in_review"}
    assert not Person.objects.public().exists()


def test_everything_the_models_can_hold_is_loaded(load_everything):
    event = load_everything()
    position = Position.objects.get(public_id="pcondit2")
    assert position.stance == "conditional"
    assert (position.condition_en, position.wording.number) == ("Only with quiet cranes.", 3)
    assert [capacity.public_id for capacity in position.capacities.all()] == ["chanjiwo"]
    quote = position.evidence.get(public_id="equote22")
    assert (quote.quote, quote.prefix, quote.start, quote.end, quote.state) == ("둘째 문단은", "  ", 0, 6, "moved")
    assert {link.to_position.public_id for link in position.links_from.all()} == {"pneutral", "pfirst22"}
    assert position.remarks.get().statement_ko == "약속하지 않았다."
    opening, questions = event.sessions.order_by("order")
    assert (str(opening.starts_at), str(opening.ends_at)) == ("09:30:00", "10:15:30")
    assert questions.appearances.get(person=None).label == "A resident of the harbour"
    assert opening.appearances.get(is_absent=True).organization.slug == "port-authority"
    assert event.relations_from.count() == 2
    assert event.venue_country == "NO"
    source = Source.objects.get(public_id="minutes2")
    assert source.text.endswith("\n\n끝.\n")
    assert len(source.text_hash) == 64
    assert source.translations.get().title == "Hearing on harbours, in English"
    assert Topic.objects.at_address("work-at-night").parent.slug == "harbours"
    assert Identifier.objects.get(value="Q001").person.slug == "han-ji-woo"
    assert set(derived.wrong_rows(connection).values()) == {0}


def test_a_part_may_come_before_what_it_is_part_of():
    load_text(
        MINIMAL
        + """
organizations:
  - {slug: desk, name: {en: Desk}, parent: division}
  - {slug: division, name: {en: Division}, parent: ministry}
  - {slug: ministry, name: {en: Ministry}}
"""
    )
    assert Organization.objects.get(slug="desk").parent.parent.slug == "ministry"


def test_people_in_the_record_need_no_definition():
    PersonFactory(slug="kim-han", name_en="Kim Han")
    session = "{id: sess2345, kind: opening, appearances: [{id: appe2345, person: kim-han, role: chair}]}"
    text = f"{MINIMAL}  sessions: [{session}]\n"
    report = load_text(text)
    assert [str(change) for change in report.added] == [
        "debate small-debate",
        "session sess2345",
        "appearance appe2345",
    ]
    assert Person.objects.get().name_en == "Kim Han"


# --- an edited file ---------------------------------------------------------------------------------


def test_an_edited_file_changes_what_was_edited_and_nothing_else(bundled):
    load_text(bundled)
    before = everything_there_is()
    edited = replaced(
        bundled,
        ("Competing with the US and China is called hard", "Competing is called hard"),
        ("stance: opposes", "stance: neutral"),
        ("room: {en: 2nd seminar room,", "room: {en: Second seminar room,"),
        (
            "      - {text: 강훈식, language: ko, kind: editorial}\n",
            "      - {text: 강 훈식, language: ko, kind: editorial}\n",
        ),
    )
    lines = list(load_text(edited).lines())
    assert lines == [
        "added: 1 other name",
        "changed: debate deepsec-and-koreas-path-in-ai (venue_room_en)",
        "changed: position rc4ancm6 (summary_en)",
        "changed: position pzxqs8rd (stance)",
        "unchanged: 234 records",
        'not in the file, kept (--prune removes it): other name "강훈식"',
    ]
    changed = {
        (model, row["id"]) for model, rows in everything_there_is().items() for row in rows if row not in before[model]
    }
    new = Name.objects.get(text="강 훈식")
    positions = Position.objects.filter(public_id__in=["rc4ancm6", "pzxqs8rd"])
    assert changed == {
        (Event, Event.objects.get().pk),
        (Name, new.pk),
        *((Position, position.pk) for position in positions),
    }
    assert [position.revision for position in positions] == [2, 2]
    assert [position.history.count() for position in positions] == [2, 2]
    assert positions[0].history.first().history_change_reason == "dossier deepsec-and-koreas-path-in-ai"


def test_columns_that_follow_from_an_edited_one_follow(bundled):
    load_text(bundled)
    edited = replaced(
        bundled,
        ("date: XXXX-XX-12", "date: 2025-02-12"),
        (
            "name: {en: Kim Sang-bae}\n    sort_name: {en: Kim Sang-bae}",
            "name: {en: Kim Sang-bae}\n    sort_name: {en: Zim}",
        ),
    )
    load_text(edited)
    assert str(Event.objects.get().date_earliest) == "2025-02-12"
    assert {str(position.date_latest) for position in Position.objects.all()} == {"2025-02-12"}
    assert Person.objects.get(slug="kim-sang-bae").sort_key_en == "zim"


def test_what_was_edited_in_the_admin_becomes_again_what_the_file_says(earlier):
    load_text(earlier)
    person = Person.objects.get(slug="min-seo-yeon")
    person.note_en = "An editor's note."
    person.save()
    assert list(load_text(earlier).lines())[1] == "changed: person min-seo-yeon (note_en)"
    person.refresh_from_db()
    assert (person.note_en, person.revision) == ("", 3)


def test_moving_a_speaker_to_another_session_keeps_the_appearance(everything, load_everything):
    load_everything()
    moved = "        - id: alabel22\n          label: A resident of the harbour\n          role: questioner\n"
    edited = replaced(everything, (moved, ""), ("        - id: aagency2\n", f"{moved}        - id: aagency2\n"))
    report = load_text(edited)
    assert [str(change) for change in report.changed] == ["appearance alabel22 (session)"]
    opening = Session.objects.get(public_id="sopening").appearances.in_order()
    assert [appearance.public_id for appearance in opening] == ["ahanjiwo", "alabel22", "aagency2"]
    assert Position.objects.get(public_id="pneutral").appearance.session.public_id == "sopening"


def test_sessions_that_change_places_are_numbered_anew(everything, load_everything):
    event = load_everything()
    tree = source.parse(everything).tree
    tree["event"]["sessions"].reverse()
    report = load_text(as_yaml(tree))
    assert [str(change) for change in report.changed] == ["session sdiscus2 (order)", "session sopening (order)"]
    assert [session.public_id for session in event.sessions.in_order()] == ["sdiscus2", "sopening"]


def test_orders_that_editors_chose_stay_as_long_as_they_say_the_same(everything, load_everything):
    load_everything()
    for session in Session.objects.order_by("order"):
        session.order *= 10
        session.save()
    assert load_text(everything).is_as_before


def test_a_note_that_was_reworded_is_changed_and_not_added(everything, load_everything):
    load_everything()
    report = load_text(replaced(everything, ("다시 확인했다.", "두 번 확인했다.")))
    assert [str(change) for change in report.changed] == ["editorial note event.notes[1] (text_ko)"]
    assert EditorialNote.objects.count() == 3


def test_a_new_slug_with_the_former_one_renames_the_record_and_its_old_address_leads_on(earlier):
    load_text(earlier)
    person = Person.objects.get()
    edited = earlier.replace("slug: min-seo-yeon\n", "slug: min-seoyeon\n    former_slugs: [min-seo-yeon, min-s-y]\n")
    report = load_text(edited.replace("person: min-seo-yeon", "person: min-seoyeon"))
    assert [str(change) for change in report.changed] == ["person min-seoyeon (slug)"]
    assert Person.objects.at_address("min-seo-yeon") == person == Person.objects.at_address("min-s-y")
    assert Person.objects.get().slug == "min-seoyeon"


def test_a_record_that_was_renamed_in_the_admin_is_found_by_its_former_slug(earlier):
    load_text(earlier)
    event = Event.objects.get()
    event.slug = "harbour-hearing-1"
    event.save()
    report = load_text(earlier)
    assert [str(change) for change in report.changed] == ["debate first-harbour-hearing (slug)"]
    assert Event.objects.get() == event == Event.objects.at_address("harbour-hearing-1")


# --- pruning ----------------------------------------------------------------------------------------


def without_its_last_session(everything):
    """Without the session of the resident, so also without the resident's position and what points to it."""
    tree = source.parse(everything).tree
    tree["event"]["sessions"].pop()
    tree["positions"] = [position for position in tree["positions"] if position["appearance"] != "alabel22"]
    tree["positions"][0]["links"].pop(0)
    tree["people"][0]["names"].pop()
    tree["event"]["notes"].pop()
    tree["propositions"][0]["topics"].pop()
    return as_yaml(tree)


GONE = [
    'other name "No"',
    'topic of a proposition "Harbours"',
    'editorial note "기타."',
    "session sdiscus2",
    "appearance alabel22",
    "appearance ahanjiw2",
    "position pneutral",
    "evidence enolocat",
    "link between positions klink222",
]


def test_what_is_no_longer_in_the_file_is_said_and_kept(everything, load_everything):
    load_everything()
    before = everything_there_is()
    report = load_text(without_its_last_session(everything))
    assert [str(change) for change in report.missing] == GONE
    assert everything_there_is() == before


def test_pruning_removes_it_and_leaves_a_line_in_the_history(everything, load_everything):
    load_everything()
    report = load_text(without_its_last_session(everything), prune=True)
    assert [str(change) for change in report.removed] == GONE
    assert not Session.objects.filter(public_id="sdiscus2").exists()
    deletion = Position.history.get(public_id="pneutral", history_type="-")
    assert deletion.history_change_reason == "dossier second-harbour-hearing"
    assert load_text(without_its_last_session(everything), prune=True).is_as_before
    assert set(derived.wrong_rows(connection).values()) == {0}


def test_pruning_leaves_what_other_debates_share(everything, load_everything):
    event = load_everything()
    person, proposition = (
        Person.objects.get(slug="han-ji-woo"),
        Proposition.objects.get(slug="harbours-should-work-at-night"),
    )
    elsewhere = SessionFactory(event=EventFactory())
    PositionFactory(
        appearance__session=elsewhere, appearance__person=person, wording=proposition.wordings.get(number=1)
    )
    removed = {str(change) for change in load_text(without_its_last_session(everything), prune=True).removed}
    assert removed == set(GONE) - {'other name "No"', 'topic of a proposition "Harbours"'}
    assert person.names.filter(text="No").exists()
    assert PropositionTopic.objects.filter(proposition=proposition).count() == 2
    assert Event.objects.count() == 3
    assert event.sessions.count() == 1


def test_pruning_never_removes_people_organizations_topics_sources_and_propositions(load_everything):
    event = load_everything()
    load_text(replaced(MINIMAL, ("small-debate", event.slug)), prune=True)
    assert (Person.objects.count(), Organization.objects.count(), Topic.objects.count()) == (2, 2, 2)
    assert (Source.objects.count(), Proposition.objects.count(), Name.objects.count()) == (2, 3, 5)
    assert (event.sessions.count(), event.positions.count(), Evidence.objects.count()) == (0, 0, 0)


def test_what_cannot_be_pruned_stops_all_of_it(everything, load_everything):
    event = load_everything()
    other = PositionFactory()
    EvidenceFactory(position=other, source=Source.objects.get(public_id="minutes2"))
    capacity = Capacity.objects.get(public_id="chanjiw2")
    other.capacity_choices.create(capacity=capacity)
    before = everything_there_is()
    edited = replaced(
        everything,
        ("            - id: chanjiw2\n              role: {ko: 주민}\n              basis: identified_as\n", ""),
    )
    with pytest.raises(DossierError, match="no longer in the file is still used by: 주민"):
        load_text(replaced(edited, ("A hearing.", "Another summary.")), prune=True)
    assert everything_there_is() == before
    event.refresh_from_db()
    assert event.summary_en == "A hearing."


# --- all or nothing ---------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path, everything, load_everything):
    load_everything()
    before = everything_there_is()
    file = saved(tmp_path, replaced(without_its_last_session(everything), ("A hearing.", "Another summary.")))
    said = load_files(file, dry_run=True, prune=True)
    assert f"{file}: changed: debate second-harbour-hearing (summary_en)" in said
    assert f"{file}: removed: position pneutral" in said
    assert said.endswith("dry run: nothing was written\n")
    assert everything_there_is() == before


def test_a_failure_in_the_middle_leaves_nothing_behind(monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr(Evidence, "save", fail)
    with pytest.raises(RuntimeError):
        load_files(HERE / "earlier.yaml", HERE / "everything.yaml")
    assert not any(everything_there_is().values())
    assert not Position.history.exists()


def test_what_the_database_refuses_is_said_and_leaves_nothing_behind(tmp_path, everything, monkeypatch):
    monkeypatch.setattr("exchange.dossier.check.problems", lambda *_arguments: iter(()))
    tree = source.parse(MINIMAL).tree
    tree["event"]["related"] = []
    tree["organizations"] = [
        {"slug": slug, "name": {"en": slug}, "identifiers": [{"scheme": "wikidata", "value": "Q1"}]} for slug in "ab"
    ]
    with pytest.raises(CommandError, match="The database refuses what the file says"):
        load_files(saved(tmp_path, as_yaml(tree)))
    assert not Organization.objects.exists()


def test_of_several_files_a_later_one_may_refer_to_an_earlier_one():
    said = load_files(HERE / "earlier.yaml", HERE / "everything.yaml")
    assert "earlier.yaml: added: 1 person, 1 proposition" in said
    assert "everything.yaml: added: 2 topics" in said


def test_of_several_files_all_are_loaded_or_none(tmp_path):
    wrong = saved(tmp_path, replaced(MINIMAL, ("title:", "titel:")))
    with pytest.raises(CommandError) as caught:
        load_files(HERE / "earlier.yaml", wrong)
    assert str(caught.value).splitlines() == [
        f"{wrong}: 2 problems, nothing was loaded.",
        "  line 5, column 1: event: The key 'title' is missing.",
        "  line 7, column 3: event.titel: There is no key 'titel' here. Did you mean 'title'?",
    ]
    assert not Event.objects.exists()


def test_quiet_says_nothing():
    assert load_files(BUNDLED, quiet=True).strip() == ""


def test_a_database_without_tables_is_said_to_be_one(tmp_path, monkeypatch):
    from django.db import OperationalError

    def fail(*_arguments):
        raise OperationalError("no such table: debate_event")

    monkeypatch.setattr("exchange.dossier.load.ask", fail)
    with pytest.raises(CommandError, match="The database failed, nothing was loaded: no such table: debate_event"):
        load_files(saved(tmp_path, MINIMAL))


# --- cost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 30])
def test_a_dossier_that_changes_nothing_runs_the_same_queries_at_any_size(size, django_assert_num_queries):
    capacity = CapacityFactory()
    for _number in range(size):
        position = PositionFactory(appearance=capacity.appearance)
        position.capacity_choices.create(capacity=capacity)
        EvidenceFactory(position=position)
        CapacityFactory(appearance__session=capacity.appearance.session)
    text = as_yaml(dump(capacity.appearance.session.event))
    with django_assert_num_queries(UNCHANGED_QUERIES):
        assert load_text(text).is_as_before


@pytest.mark.parametrize("size", [1, 30])
def test_a_dump_runs_the_same_queries_at_any_size(size, django_assert_num_queries):
    capacity = CapacityFactory()
    for _number in range(size):
        EvidenceFactory(position=PositionFactory(appearance=capacity.appearance))
    event = capacity.appearance.session.event
    with django_assert_num_queries(DUMP_QUERIES):
        assert len(dump(event)["positions"]) == size


def test_links_and_former_slugs_that_are_there_are_not_written_again(everything, load_everything):
    load_everything()
    addresses = list(FormerAddress.objects.order_by("pk").values())
    assert load_text(everything).is_as_before
    assert list(FormerAddress.objects.order_by("pk").values()) == addresses
    assert PositionLink.objects.count() == 2
