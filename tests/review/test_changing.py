from __future__ import annotations

import pytest

from debate.models import Appearance, Capacity, Event, EventOrganization, Session
from debate.publishing import Status
from positions.models import Evidence, Position, PositionCapacity, Proposition, Topic
from review.changing import change
from review.models import Revision
from review.refusals import Invalid, MovedOn, NotAllowed, ReasonMissing
from speakers.models import Name, Person
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
FOREIGN_KEYS = ("event", "position", "source", "appearance", "session", "person")
WITHDRAWN = {"withdrawn_because": "Once.", "withdrawn_at": "2026-01-01T00:00Z"}


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_what_an_editor_changes_in_a_draft_is_there_at_once_with_who_and_why():
    event = EventFactory(status=Status.DRAFT)
    editor = author_as("editor")
    changed = change(event, {"title_en": "A better title"}, editor, base_revision=1, reason="Misread.").record
    assert (changed.title_en, changed.revision) == ("A better title", 2)
    latest = event.history.first()
    assert (latest.title_en, latest.history_user, latest.history_change_reason) == (
        "A better title",
        editor.user,
        "Misread.",
    )


def test_the_same_once_more_is_no_change():
    event = EventFactory(status=Status.DRAFT)
    organization = EventOrganization.objects.create(event=event, organization=OrganizationFactory(), role="host")
    rows = [{"pk": organization.pk, "role": "host"}]
    change(event, {"title_en": event.title_en, "event_organizations": rows}, author_as("editor"))
    assert (fresh(event).revision, event.history.count(), organization.history.count()) == (1, 1, 1)


def test_a_change_of_what_others_changed_meanwhile_is_stopped_and_shows_all_three_versions():
    event = EventFactory(status=Status.DRAFT, title_en="First", summary_en="Old")
    change(event, {"title_en": "Second", "date": "2026"}, author_as("editor"), base_revision=1)
    with pytest.raises(MovedOn) as stopped:
        change(event, {"title_en": "Third", "summary_en": "New"}, author_as("editor"), base_revision=1)
    told = {one.column: (one.before, one.yours, one.now) for one in stopped.value.differences}
    assert told == {
        "title_en": ("First", "Third", "Second"),
        "date": ("2025-02-12", "2025-02-12", "2026"),
        "summary_en": ("Old", "New", "Old"),
    }
    assert fresh(event).title_en == "Second"


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_a_change_of_something_published_waits_and_the_public_rows_stay_as_they_were(role):
    position = PositionFactory(summary_en="As published")
    author = author_as(role)
    outcome = change(position, {"summary_en": "Better"}, author, base_revision=1, reason="A typo.")
    assert (fresh(position).summary_en, fresh(position).revision) == ("As published", 1)
    waiting = outcome.waiting
    assert waiting is not None and outcome.record == position
    assert (waiting.record, waiting.values, waiting.base_revision) == (position, {"summary_en": "Better"}, 1)
    assert (waiting.author, waiting.comment, waiting.state) == (author.user, "A typo.", Revision.State.WAITING)


def test_a_change_of_a_draft_in_a_published_debate_waits_for_nobody():
    position = PositionFactory(status=Status.DRAFT)
    assert change(position, {"stance": "opposes"}, author_as("contributor")).waiting is None
    assert fresh(position).stance == "opposes"


def test_who_may_publish_changes_what_is_published_at_once_but_says_why():
    position = PositionFactory()
    with pytest.raises(ReasonMissing):
        change(position, {"summary_en": "Better"}, author_as("reviewer"))
    change(position, {"summary_en": "Better"}, author_as("reviewer"), reason="A typo.")
    assert fresh(position).summary_en == "Better"
    assert position.history.first().history_change_reason == "A typo."


def test_a_reviewer_who_holds_the_right_back_only_proposes():
    position = PositionFactory()
    held_back = author_as("reviewer", publishing=False)
    assert change(position, {"summary_en": "Better"}, held_back, reason="A typo.").waiting is not None


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (lambda: Session(event=EventFactory()), {"order": 9, "kind": "closing"}),
        (lambda: Evidence(position=PositionFactory(), source=SourceFactory()), {"locator": "¶ 2"}),
        (lambda: Capacity(appearance=AppearanceFactory()), {"role_en": "Minister"}),
        (lambda: Appearance(session=SessionFactory(), person=PersonFactory()), {"role": "moderator"}),
    ],
    ids=["session", "evidence", "capacity", "appearance"],
)
def test_what_would_be_public_as_soon_as_it_is_there_waits_too(record, values):
    new = record()
    count = type(new).objects.count()
    columns = {name: new.__dict__[f"{name}_id"] for name in FOREIGN_KEYS if new.__dict__.get(f"{name}_id")}
    outcome = change(type(new)(), {**columns, **values}, author_as("contributor"), reason="Found in the minutes.")
    assert outcome.record is None and outcome.waiting is not None
    assert outcome.waiting.record is None
    assert type(new).objects.count() == count
    with pytest.raises(ReasonMissing):
        change(type(new)(), {**columns, **values}, author_as("reviewer"))


def test_what_was_published_in_a_debate_that_is_still_a_draft_waits_too():
    """It is public as soon as the debate is: nobody would look at it again."""
    position = PositionFactory(appearance__session__event__status=Status.DRAFT)
    evidence = EvidenceFactory(position=position)
    assert not position.is_public and not evidence.is_public
    contributor = author_as("contributor")
    assert change(position, {"stance": "opposes"}, contributor, reason="Read again.").waiting is not None
    assert change(evidence, {"locator": "¶ 9"}, contributor, reason="Read again.").waiting is not None
    new = {"position": position.pk, "source": evidence.source_id, "locator": "¶ 4"}
    assert change(Evidence(), new, contributor, reason="Read again.").record is None
    assert fresh(position).stance == "supports" and Evidence.objects.get().locator == "¶ 1"


def test_moving_something_to_where_the_public_sees_it_waits():
    session = SessionFactory(event=EventFactory(status=Status.DRAFT))
    public = SessionFactory()
    appearance = AppearanceFactory(session=session)
    outcome = change(appearance, {"session": public.pk}, author_as("editor"), reason="Belongs there.")
    assert outcome.waiting is not None
    assert fresh(appearance).session == session


@pytest.mark.parametrize(
    ("role", "before", "after", "is_allowed"),
    [
        ("contributor", "draft", "in_review", False),
        ("contributor", "draft", "published", False),
        ("contributor", "in_review", "draft", False),
        ("editor", "draft", "in_review", True),
        ("editor", "in_review", "draft", True),
        ("editor", "in_review", "published", False),
        ("editor", "published", "draft", False),
        ("editor", "published", "withdrawn", False),
        ("editor", "withdrawn", "draft", False),
        ("reviewer", "draft", "published", True),
        ("reviewer", "published", "withdrawn", True),
        ("reviewer", "withdrawn", "published", True),
    ],
)
def test_each_role_moves_a_record_only_between_its_own_states(role, before, after, is_allowed):
    topic = TopicFactory(status=before, **(WITHDRAWN if before == "withdrawn" else {}))
    values = {"status": after, **({"withdrawn_because": "Published twice."} if after == "withdrawn" else {})}
    if is_allowed:
        assert change(topic, values, author_as(role), reason="Because.").record.status == after
    else:
        with pytest.raises(NotAllowed):
            change(topic, values, author_as(role), reason="Because.")
        assert fresh(topic).status == before


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_nobody_but_a_reviewer_makes_something_that_is_published_from_the_start(status):
    for role in ("contributor", "editor"):
        with pytest.raises(NotAllowed):
            change(Topic(), {"name_en": "Data", "status": status}, author_as(role))
    assert not Topic.objects.exists()


def test_somebody_without_a_role_changes_nothing():
    with pytest.raises(NotAllowed, match="You may not change debates"):
        change(EventFactory(status=Status.DRAFT), {"title_en": "x"}, author_as(""))
    with pytest.raises(NotAllowed, match="You may not add debates"):
        change(Event(), {"title_en": "x"}, author_as(""))


def test_withdrawing_again_says_when_it_was_withdrawn_this_time():
    topic = TopicFactory(withdrawn_at="2020-01-01T00:00Z", withdrawn_because="The first time.")
    values = {"status": "withdrawn", "withdrawn_because": "The second time."}
    changed = change(topic, values, author_as("reviewer"), reason="Again.").record
    assert changed.withdrawn_at.year > 2020


def test_a_record_is_written_with_all_that_belongs_to_it_and_so_is_its_history():
    editor = author_as("editor")
    names = [{"text": "Kang", "language": "en", "kind": "romanised"}, {"text": "강", "language": "ko"}]
    person = change(Person(), {"name_en": "Kang Hoon", "names": names}, editor, reason="New.").record
    assert (person.slug, person.revision) == ("kang-hoon", 1)
    assert sorted(name.text for name in person.names.all()) == ["Kang", "강"]
    assert {(row.history_user, row.history_change_reason) for row in Name.history.all()} == {(editor.user, "New.")}


def test_rows_that_are_left_out_go_those_that_changed_change_and_the_record_moves_on():
    person = PersonFactory()
    kept, gone = (Name.objects.create(person=person, text=text) for text in ("Kept", "Gone"))
    rows = [{"pk": kept.pk, "text": "Changed"}, {"text": "Added"}]
    changed = change(person, {"names": rows}, author_as("editor"), base_revision=1).record
    assert changed.revision == 2
    assert {(name.pk, name.text) for name in person.names.all()} == {
        (kept.pk, "Changed"),
        (Name.objects.get(text="Added").pk, "Added"),
    }
    assert Name.history.filter(id=gone.pk).first().history_type == "-"


def test_every_mistake_is_told_at_once_with_its_place_and_nothing_is_written():
    rows = [{"text": "Good"}, {"text": "", "period": "soon"}]
    with pytest.raises(Invalid) as refused:
        change(Person(), {"name_en": "", "note_en": "A", "source_language": "xx", "names": rows}, author_as("editor"))
    assert {mistake.path for mistake in refused.value.mistakes} == {
        ("source_language",),
        (),
        ("names", 1, "text"),
        ("names", 1, "period"),
    }
    assert not Person.objects.exists() and not Name.objects.exists() and not Person.history.exists()


def test_a_mistake_in_a_row_takes_the_record_back_too():
    with pytest.raises(Invalid) as refused:
        change(Person(), {"name_en": "Kang", "names": [{"text": "x"}, {"text": "x"}]}, author_as("editor"))
    assert {mistake.path for mistake in refused.value.mistakes} == {("names", 1)}
    assert not Person.objects.exists() and not Person.history.exists()


def test_a_row_that_others_refer_to_can_not_be_left_out():
    capacity = CapacityFactory(appearance__session__event__status=Status.DRAFT)
    position = PositionFactory(appearance=capacity.appearance, status=Status.DRAFT)
    PositionCapacity.objects.create(position=position, capacity=capacity)
    with pytest.raises(Invalid, match="other records refer to it"):
        change(capacity.appearance, {"capacities": []}, author_as("editor"))
    assert capacity.appearance.capacities.count() == 1


def test_a_row_of_another_record_can_not_be_taken():
    others = Name.objects.create(person=PersonFactory(), text="Other")
    with pytest.raises(Invalid, match="There is no such row"):
        change(PersonFactory(), {"names": [{"pk": others.pk, "text": "Mine"}]}, author_as("editor"))


def test_a_new_proposition_has_its_wording_and_topics():
    topic = TopicFactory()
    values = {
        "slug": "data-tax",
        "wordings": [{"text_en": "Data should be taxed", "text_ko": "데이터에 과세해야 한다"}],
        "topic_assignments": [{"topic": topic.pk}],
    }
    proposition = change(Proposition(), values, author_as("contributor")).record
    assert (str(proposition.current_wording), proposition.status) == ("Data should be taxed", "draft")
    assert list(proposition.topics.all()) == [topic]


def test_a_capacity_of_another_appearance_is_refused_at_its_place():
    position = PositionFactory(status=Status.DRAFT)
    with pytest.raises(Invalid) as refused:
        change(position, {"capacity_choices": [{"capacity": CapacityFactory().pk}]}, author_as("editor"))
    assert [mistake.path for mistake in refused.value.mistakes] == [("capacity_choices", 0, "capacity")]


def test_a_position_is_not_moved_away_from_the_capacity_it_was_stated_in():
    capacity = CapacityFactory()
    position = PositionFactory(appearance=capacity.appearance, status=Status.DRAFT)
    PositionCapacity.objects.create(position=position, capacity=capacity)
    elsewhere = AppearanceFactory()
    with pytest.raises(Invalid, match="of another appearance"):
        change(position, {"appearance": elsewhere.pk}, author_as("editor"))
    values = {"appearance": elsewhere.pk, "capacity_choices": []}
    assert change(position, values, author_as("editor")).record.appearance == elsewhere


def test_a_slug_that_is_taken_is_numbered():
    PersonFactory(name_en="Kim Min")
    assert change(Person(), {"name_en": "Kim Min"}, author_as("contributor")).record.slug == "kim-min-2"


def test_an_inactive_account_may_nothing():
    from review.roles import Author

    with pytest.raises(NotAllowed):
        change(Event(), {"title_en": "x"}, Author(person_as("editor", is_active=False)))


def test_evidence_of_a_draft_is_there_at_once():
    evidence = EvidenceFactory(position__status=Status.DRAFT)
    assert change(evidence, {"locator": "¶ 9"}, author_as("contributor")).record.locator == "¶ 9"
    assert Position.objects.get().revision == 1
