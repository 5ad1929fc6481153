from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.models import Appearance, Capacity, EventOrganization
from debate.publishing import Status
from positions.models import Position, Remark
from record import changes
from record.version import stamp
from review import bin, pairs
from review.changing import change
from review.deleting import delete
from review.merging import merge, plan
from review.models import Merge, NotTheSame
from review.refusals import Decided, Gone, InConflict, InTheWay, MovedOn, NotAllowed, ReasonMissing
from review.snapshots import kept_columns
from review.undoing import undo
from search import upkeep
from search.filters import Filters
from search.find import find, hydrated
from speakers.models import Affiliation, FormerAddress, Identifier, Link, Name, Organization, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
)
from tests.record.commits import as_if_committed
from tests.review.people import author_as

pytestmark = pytest.mark.django_db

WHY = "The same date of birth in both biographies."
MEANWHILE = {"revision", "updated_at"}
OF_PEOPLE = (Person, Name, Identifier, Link, Affiliation, Appearance, Capacity, Remark)
OF_ORGANIZATIONS = (Organization, Name, Identifier, Affiliation, Capacity, EventOrganization)


@pytest.fixture(autouse=True)
def _own_process(monkeypatch):
    """Each test starts as a process that has opened no index yet."""
    monkeypatch.setattr(upkeep, "_process", upkeep._Process())


@pytest.fixture
def reviewer():
    return author_as("reviewer")


@pytest.fixture
def kang():
    return PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식", slug="kang-hoon-sik")


@pytest.fixture
def gang():
    """The same man, spelled otherwise, with one of everything."""
    person = PersonFactory(name_en="Gang Hunsik", slug="old-gang")
    person.slug = "gang-hunsik"
    person.save()
    affiliation = AffiliationFactory(person=person)
    appearance = AppearanceFactory(person=person, name_as_printed="Gang Hunsik")
    CapacityFactory(appearance=appearance, affiliation=affiliation, organization=affiliation.organization)
    PositionFactory(appearance=appearance)
    Name.objects.create(person=person, text="G. Hunsik")
    Identifier.objects.create(person=person, scheme="wikidata", value="Q1")
    Link.objects.create(person=person, url="https://example.org/gang")
    Remark.objects.create(person=person, kind="correction", date="2025-03-01", text_en="Misspelled.")
    return person


def _all(*models, aside=frozenset()):
    return {
        (model, row.pk): {
            field.attname: getattr(row, field.attname)
            for field in kept_columns(model)
            if field.attname not in MEANWHILE | aside
        }
        for model in models
        for row in model._base_manager.all()
    }


def _addresses():
    return set(FormerAddress.objects.values_list("kind", "slug", "target"))


def _texts(person):
    return set(person.names.values_list("text", "kind"))


def test_all_that_one_has_is_the_others_then(kang, gang, reviewer):
    done = merge(kang, gang, reviewer, reason=WHY)
    assert not Person.objects.filter(pk=gang.pk).exists()
    for model in (Affiliation, Appearance, Identifier, Link, Remark):
        assert model._base_manager.get().person == kang, model
    assert Position.objects.public().get().person == kang
    assert _texts(kang) == {("G. Hunsik", "as_printed"), ("Gang Hunsik", "editorial")}
    kang.refresh_from_db()
    assert (kang.is_public, kang.revision, kang.name_en) == (True, 2, "Kang Hoon-sik")
    assert (done.kept, done.gone, done.kept_name, done.gone_name) == (
        kang.pk,
        gang.pk,
        "Kang Hoon-sik",
        "Gang Hunsik",
    )


def test_the_history_of_each_row_says_who_merged_and_why(kang, gang, reviewer):
    merge(kang, gang, reviewer, reason=WHY)
    for last in (
        Appearance.history.first(),
        Affiliation.history.first(),
        Name.history.first(),
        Person.history.filter(id=gang.pk).first(),
        Person.history.filter(id=kang.pk).first(),
    ):
        assert (last.history_user, last.history_change_reason) == (reviewer.user, WHY), last
    appearance = Appearance.objects.get()
    assert [(past.revision, past.person_id) for past in appearance.history.all()] == [(2, kang.pk), (1, gang.pk)]
    assert Person.history.filter(id=gang.pk).first().history_type == "-"


def test_what_was_printed_stays_as_it_was_printed(kang, gang, reviewer):
    printed = Capacity.objects.values_list("organization_name_en", "role_en", "public_id").get()
    merge(kang, gang, reviewer, reason=WHY)
    assert Appearance.objects.get().name_as_printed == "Gang Hunsik"
    assert Capacity.objects.values_list("organization_name_en", "role_en", "public_id").get() == printed


def test_old_addresses_lead_on_and_their_old_ones_too(kang, gang, reviewer, client):
    merge(kang, gang, reviewer, reason=WHY)
    for slug in ("gang-hunsik", "old-gang"):
        assert Person.objects.at_address(slug) == kang
        page = client.get(f"/speakers/{slug}/")
        assert (page.status_code, page["Location"]) == (301, "/speakers/kang-hoon-sik/")
        answer = client.get(f"/api/v1/speakers/{slug}/")
        assert answer.status_code == 301
        assert answer["Location"].endswith("/api/v1/speakers/kang-hoon-sik/")
    assert client.get("/speakers/kang-hoon-sik/").status_code == 200


def test_columns_are_taken_as_chosen_and_the_name_that_goes_is_kept_beside(kang, gang, reviewer):
    gang.note_en = "Born 1973."
    gang.save()
    done = merge(kang, gang, reviewer, reason=WHY, taken={"name_en", "note_en", "slug"})
    kang.refresh_from_db()
    assert (kang.name_en, kang.name_ko, kang.note_en, kang.slug) == (
        "Gang Hunsik",
        "강훈식",
        "Born 1973.",
        "gang-hunsik",
    )
    assert ("Kang Hoon-sik", "editorial") in _texts(kang)
    for slug in ("kang-hoon-sik", "old-gang", "gang-hunsik"):
        assert Person.objects.at_address(slug) == kang
    undo(done, reviewer, "A mistake.")
    kang.refresh_from_db()
    assert (kang.name_en, kang.note_en, kang.slug) == ("Kang Hoon-sik", "", "kang-hoon-sik")
    assert Person.objects.at_address("old-gang") == Person.objects.at_address("gang-hunsik") == gang


def test_equal_rows_become_one_and_what_referred_to_it_refers_to_that_one(kang, gang, reviewer):
    theirs = Affiliation.objects.get()
    ours = AffiliationFactory(person=kang, organization=theirs.organization)
    other = AffiliationFactory(person=kang, organization=theirs.organization, period="2020")
    Name.objects.create(person=kang, text="G. Hunsik")
    before = _all(*OF_PEOPLE)
    done = merge(kang, gang, reviewer, reason=WHY)
    assert set(kang.affiliations.all()) == {ours, other}
    assert Capacity.objects.get().affiliation == ours
    assert kang.names.filter(text="G. Hunsik").count() == 1
    undo(done, reviewer, "Two men.")
    assert _all(*OF_PEOPLE) == before
    assert Capacity.objects.get().affiliation == theirs


def test_undoing_puts_everything_back(kang, gang, reviewer, client):
    before, addresses = _all(*OF_PEOPLE), _addresses()
    done = merge(kang, gang, reviewer, reason=WHY)
    found = undo(done, reviewer, "They are brothers.")
    assert found == gang
    assert (_all(*OF_PEOPLE), _addresses()) == (before, addresses)
    assert Position.objects.get().person == gang
    assert Person.objects.get(pk=gang.pk).is_public and not Person.objects.get(pk=kang.pk).is_public
    assert client.get("/speakers/gang-hunsik/").status_code == 200
    assert client.get("/speakers/kang-hoon-sik/").status_code == 404
    done.refresh_from_db()
    assert (done.undone_by, done.undone_because) == (reviewer.user, "They are brothers.")
    last = Appearance.history.first()
    assert (last.revision, last.history_change_reason) == (3, "They are brothers.")
    with pytest.raises(Decided):
        undo(done, reviewer, "Again.")
    merge(kang, gang, reviewer, reason=WHY)  # and it can be done again


def test_undoing_leaves_what_came_since(kang, gang, reviewer):
    done = merge(kang, gang, reviewer, reason=WHY)
    change(kang, {"note_en": "A minister."}, reviewer, reason="News.")
    since = AppearanceFactory(person=kang)
    undo(done, reviewer, "Two men.")
    kang.refresh_from_db()
    since.refresh_from_db()
    assert (kang.note_en, since.person) == ("A minister.", kang)
    assert Appearance.objects.get(name_as_printed="Gang Hunsik").person == gang


def test_what_can_not_be_undone_is_told_and_the_rest_undone_if_asked_for(kang, gang, reviewer):
    done = merge(kang, gang, reviewer, reason=WHY, taken={"name_en"})
    change(kang, {"name_en": "Kang H. S."}, reviewer, reason="As he writes it.")
    Affiliation.objects.update(person=PersonFactory())
    Name.objects.filter(text="Kang Hoon-sik").update(kind="romanised")
    with pytest.raises(InTheWay) as refused:
        undo(done, reviewer, "Two men.")
    assert refused.value.problems == (
        "affiliations: one of 1 was deleted or given to another since, and stays as it is.",
        "other name “Kang Hoon-sik”: was edited since, and stays.",
        "name (English): was edited since, and stays as it is now.",
    )
    assert not Person.objects.filter(pk=gang.pk).exists()
    undo(done, reviewer, "Two men.", partly=True)
    kang.refresh_from_db()
    assert (kang.name_en, Appearance.objects.get().person) == ("Kang H. S.", gang)
    assert Affiliation.objects.get().person not in (kang, gang)


def test_a_later_merge_is_undone_first(kang, gang, reviewer):
    third = PersonFactory()
    first = merge(kang, gang, reviewer, reason=WHY)
    second = merge(third, kang, reviewer, reason=WHY)
    assert Person.objects.at_address("old-gang") == third
    with pytest.raises(InTheWay) as refused:
        undo(first, reviewer, "x")
    assert "Undo that first" in refused.value.problems[0]
    undo(second, reviewer, "x")
    undo(first, reviewer, "x")
    assert Appearance.objects.get().person == gang
    assert Person.objects.at_address("old-gang") == gang


def test_who_takes_the_old_address_is_in_the_way_of_undoing(kang, gang, reviewer):
    done = merge(kang, gang, reviewer, reason=WHY)
    PersonFactory(slug="gang-hunsik")
    with pytest.raises(InTheWay) as refused:
        undo(done, reviewer, "x", partly=True)
    assert refused.value.problems == ("person “Gang Hunsik”: Person with this Slug already exists.",)
    assert Appearance.objects.get().person == kang


def test_two_who_were_in_one_session_in_one_role_are_looked_at_first(kang, gang, reviewer):
    theirs = Appearance.objects.get()
    ours = AppearanceFactory(person=kang, session=theirs.session)
    with pytest.raises(InConflict) as refused:
        merge(kang, gang, reviewer, reason=WHY)
    (conflict,) = refused.value.conflicts
    assert conflict.message == "Both have a record of this kind (appearance) with the same session, role."
    assert set(conflict.records) == {theirs, ours}
    assert Affiliation.objects.get().person == gang and not Merge.objects.exists()
    ours.delete()
    merge(kang, gang, reviewer, reason=WHY)


def test_a_name_of_another_time_is_looked_at_first(kang, gang, reviewer):
    Name.objects.create(person=kang, text="G. Hunsik", period="2001")
    (conflict,) = plan(kang, gang).conflicts
    assert "other name" in conflict.message
    with pytest.raises(InConflict):
        merge(kang, gang, reviewer, reason=WHY)


def test_waiting_changes_of_what_would_go_are_decided_first(kang, gang, reviewer):
    editor = author_as("editor")
    of_itself = change(gang, {"note_en": "x"}, editor, reason="y").waiting
    session = SessionFactory()
    new = {"session": session.pk, "person": gang.pk, "role": "chair"}
    of_another = change(Appearance(), new, editor, reason="y").waiting
    other = CapacityFactory(pk=gang.pk)
    rows = [{"pk": gang.pk, "role_en": "Chair"}]
    of_somebody_else = change(other.appearance, {"order": gang.pk, "capacities": rows}, editor, reason="y").waiting
    waiting = {conflict.records[0] for conflict in plan(kang, gang).conflicts}
    assert waiting == {of_itself, of_another} and of_somebody_else is not None


def test_a_waiting_change_of_what_belongs_to_another_may_name_what_would_go(reviewer):
    kept, gone = OrganizationFactory(), OrganizationFactory()
    appearance = AppearanceFactory()
    rows = {"capacities": [{"organization": gone.pk, "role_en": "Chair"}]}
    waiting = change(appearance, rows, author_as("editor"), reason="y").waiting
    with pytest.raises(InConflict) as refused:
        merge(kept, gone, reviewer, reason=WHY)
    assert refused.value.conflicts[0].records == (waiting,)


@pytest.mark.parametrize(("role", "allowed"), [("contributor", False), ("editor", False), ("reviewer", True)])
def test_who_is_public_is_merged_by_who_may_publish(kang, gang, role, allowed):
    author = author_as(role)
    if allowed:
        merge(kang, gang, author, reason=WHY)
    else:
        with pytest.raises(NotAllowed):
            merge(kang, gang, author, reason=WHY)
    assert Merge.objects.exists() is allowed


@pytest.mark.parametrize(("role", "allowed"), [("contributor", False), ("editor", True)])
def test_who_is_not_public_is_merged_by_editors(role, allowed):
    one, other, author = PersonFactory(), PersonFactory(), author_as(role)
    AppearanceFactory(person=other, session__event__status=Status.DRAFT)
    if allowed:
        with pytest.raises(ReasonMissing):
            merge(one, other, author, reason=" ")
        done = merge(one, other, author, reason=WHY)
        undo(done, author, "x")
    else:
        with pytest.raises(NotAllowed):
            merge(one, other, author, reason=WHY)


def test_what_became_public_since_is_undone_by_who_may_publish(reviewer):
    one, other, editor = PersonFactory(), PersonFactory(), author_as("editor")
    done = merge(one, other, editor, reason=WHY)
    AppearanceFactory(person=one)
    with pytest.raises(NotAllowed):
        undo(done, editor, "x")
    with pytest.raises(ReasonMissing):
        undo(done, reviewer, "")
    undo(done, reviewer, "x")


def test_either_of_them_changed_since_it_was_seen_stops_it(kang, gang, reviewer):
    seen = (kang.revision, gang.revision)
    change(gang, {"note_en": "New."}, reviewer, reason="x")
    with pytest.raises(MovedOn) as refused:
        merge(kang, gang, reviewer, reason=WHY, seen=seen)
    assert refused.value.record == gang
    gang.refresh_from_db()
    merge(kang, gang, reviewer, reason=WHY, seen=(kang.revision, gang.revision))
    with pytest.raises(Gone):
        merge(kang, gang, reviewer, reason=WHY)


def test_one_is_not_merged_with_itself(kang, reviewer):
    with pytest.raises(InConflict):
        merge(kang, kang, reviewer, reason=WHY)


def test_organizations_are_merged_with_all_that_is_theirs(reviewer, client):
    above = OrganizationFactory()
    kept = OrganizationFactory(name_en="Ministry of Science and ICT", slug="msit")
    gone = OrganizationFactory(name_en="MSIT Korea", name_ko="과기정통부", slug="msit-korea", parent=above)
    child = OrganizationFactory(parent=gone)
    capacity = CapacityFactory(organization=gone)
    host = EventOrganizationFactory(organization=gone)
    EventOrganizationFactory(organization=kept, event=host.event, order=3)  # the same but for its place
    AffiliationFactory(organization=gone)
    before, addresses = _all(*OF_ORGANIZATIONS), _addresses()
    done = merge(kept, gone, reviewer, reason=WHY, taken={"parent", "name_ko"})
    for row in (capacity, child, kept):
        row.refresh_from_db()
    assert (capacity.organization, child.parent, kept.parent) == (kept, kept, above)
    assert capacity.organization_name_en == "MSIT Korea"
    assert EventOrganization.objects.get().organization == kept
    assert set(kept.names.values_list("text", flat=True)) == {"MSIT Korea"}
    assert client.get("/organizations/msit-korea/")["Location"] == "/organizations/msit/"
    assert client.get("/api/v1/organizations/msit-korea/")["Location"].endswith("/api/v1/organizations/msit/")
    undo(done, reviewer, "x")
    assert (_all(*OF_ORGANIZATIONS), _addresses()) == (before, addresses)


def test_a_part_takes_the_place_of_what_it_was_part_of(reviewer):
    above = OrganizationFactory()
    gone = OrganizationFactory(parent=above)
    kept = OrganizationFactory(parent=gone)
    done = merge(kept, gone, reviewer, reason=WHY)
    kept.refresh_from_db()
    assert kept.parent == above
    undo(done, reviewer, "x")
    kept.refresh_from_db()
    assert kept.parent == gone


def test_the_whole_takes_in_its_part(reviewer):
    kept = OrganizationFactory()
    gone = OrganizationFactory(parent=kept)
    merge(kept, gone, reviewer, reason=WHY, taken={"parent"})
    kept.refresh_from_db()
    assert kept.parent is None


def test_what_lies_within_a_part_of_the_other_is_looked_at_first(reviewer):
    gone = OrganizationFactory()
    kept = OrganizationFactory(parent=OrganizationFactory(parent=gone))
    with pytest.raises(InConflict) as refused:
        merge(kept, gone, reviewer, reason=WHY)
    assert "within a part" in refused.value.conflicts[0].message


def test_who_was_said_not_to_be_the_same_is_not_merged_until_that_is_taken_back(kang, gang, reviewer):
    said = pairs.declare(gang, kang, reviewer, "Born in different years.")
    assert pairs.declare(kang, gang, author_as("editor"), "x") == said
    assert (said.first, said.second) == tuple(sorted((kang.pk, gang.pk)))
    with pytest.raises(InConflict):
        merge(kang, gang, reviewer, reason=WHY)
    with pytest.raises(NotAllowed):
        pairs.take_back(said, author_as("administrator"))
    pairs.take_back(said, reviewer)
    merge(kang, gang, reviewer, reason=WHY)


def test_whom_one_is_not_the_other_is_not_either(kang, gang, reviewer):
    namesake = PersonFactory()
    pairs.declare(namesake, gang, reviewer, "A footballer.")
    done = merge(kang, gang, reviewer, reason=WHY)
    said = pairs.declared(kang, namesake)
    assert (said.reason, said.by) == ("A footballer.", reviewer.user)
    undo(done, reviewer, "x")
    assert pairs.declared(kang, namesake) is None and pairs.declared(gang, namesake) is not None
    assert NotTheSame.objects.count() == 1


def test_what_lay_in_the_bin_comes_back_to_the_one_that_was_kept(kang, gang, reviewer):
    link = Link.objects.get()
    binned = delete(link, reviewer, reason="Dead.")
    merge(kang, gang, reviewer, reason=WHY)
    assert bin.put_back(binned, reviewer, "Alive.").person == kang


@pytest.mark.parametrize("rows", [1, 30])
def test_merging_runs_the_same_queries_for_any_number_of_rows(reviewer, rows):
    one, other = PersonFactory(), PersonFactory()
    AppearanceFactory.create_batch(rows, person=other)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        merge(one, other, reviewer, reason=WHY)
    assert len(queries) < 80
    assert one.appearances.count() == rows


def test_a_debate_without_them_is_left_alone(kang, gang, reviewer):
    event = EventFactory()
    merge(kang, gang, reviewer, reason=WHY)
    event.refresh_from_db()
    assert event.revision == 1


def test_search_follows(kang, gang, reviewer):
    def found():
        as_if_committed()
        shown = hydrated(find(Filters(q="강훈식")))
        return [position.person for position in shown.positions], [str(one) for one in shown.others.get("person", ())]

    assert found() == ([gang], ["Gang Hunsik"])
    done = merge(kang, gang, reviewer, reason=WHY)
    assert found() == ([kang], ["Kang Hoon-sik"])
    undo(done, reviewer, "x")
    assert found() == ([gang], ["Gang Hunsik"])


def test_copies_of_the_record_learn_who_is_gone_and_who_changed(kang, gang, reviewer):
    as_if_committed()
    before = stamp().number
    merge(kang, gang, reviewer, reason=WHY)
    as_if_committed()
    log = changes.between(before, stamp().number)
    assert set(log.departed["person"]) == {"gang-hunsik"}
    assert kang.pk in log.changed["person"] and Position.objects.get().pk in log.changed["position"]
