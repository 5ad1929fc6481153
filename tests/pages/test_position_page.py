"""The page of one position: what changed on it in public, and the ways on from it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from positions import history
from positions.models import Position, PositionCapacity, Wording
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EditorFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionFactory,
    SessionFactory,
    SourceFactory,
)
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def hours_pass(monkeypatch):
    """Each change of a record comes an hour after the one before."""
    clock = {"now": datetime(2026, 3, 1, tzinfo=UTC)}

    def later() -> datetime:
        clock["now"] += timedelta(hours=1)
        return clock["now"]

    monkeypatch.setattr(timezone, "now", later)


@pytest.fixture
def position(hours_pass) -> Position:
    position = PositionFactory(status="draft", summary_en="Secret draft words")
    return changed(position, status="published", summary_en="Tax robots")


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


def changes_of(client, position):
    page = words(client.get(position.get_absolute_url()))
    return page.split("the newest first.")[1].split("How to cite")[0]


def test_a_position_says_when_it_was_published_and_nothing_of_before(client, position):
    response = client.get(position.get_absolute_url())

    assert re.search(r"the newest first\. March \d, 2026 Published How to cite", words(response))
    assert "Secret draft words" not in response.text


def test_a_changed_stance_and_summary_are_told_with_what_was_there(client, position):
    changed(position, stance="opposes", kind="concern", summary_en="Tax no robots")

    told = changes_of(client, position)

    assert (
        "Stance: + supports → − opposes Kind: recommendation → concern Summary reworded (English) Earlier text" in told
    )
    assert "The editors’ paraphrase, not the speaker’s words Tax robots" in told
    assert told.index("Stance:") < told.index("Published")


def test_evidence_that_is_added_changed_and_removed_is_told(client, position):
    evidence = EvidenceFactory(position=position, source__title="Minutes of the hearing")
    EvidenceFactory(source=evidence.source)
    changed(evidence, locator="¶ 2", quote="Words", state="exact")
    evidence.delete()

    told = changes_of(client, position)

    assert "Evidence added: ¶ 1 Minutes of the hearing" in told
    assert "Evidence changed: ¶ 1 → ¶ 2 Minutes of the hearing other words quoted" in told
    assert "state of the quote: none → found as quoted" in told
    assert "Evidence removed: ¶ 2 Minutes of the hearing" in told
    assert "Words" not in told.replace("words", "")


def test_a_source_that_is_not_public_is_not_named(client, position):
    evidence = EvidenceFactory(position=position, source=SourceFactory(title="Secret minutes"))
    evidence.delete()

    assert "Evidence removed: ¶ 1" in changes_of(client, position)
    assert "Secret minutes" not in changes_of(client, position)


def test_withdrawing_and_publishing_again_are_told_without_the_words_between(client, position):
    changed(position, status="withdrawn", withdrawn_because="Doubted by an editor", withdrawn_at=timezone.now())
    changed(position, status="draft", summary_en="Secret words between")
    changed(position, status="published", summary_en="Tax some robots")

    response = client.get(position.get_absolute_url())

    assert "Published again Summary reworded (English)" in words(response)
    assert "Taken out of the public record" in words(response)
    assert "Secret words" not in response.text
    assert "Doubted by an editor" not in response.text


def test_nobody_who_edits_is_named_and_no_reason_is_given(client, position):
    position._history_user = EditorFactory(username="editor-kim")
    position._change_reason = "as the lawyers asked"
    changed(position, stance="opposes")

    response = client.get(position.get_absolute_url())

    assert "Stance:" in words(response)
    assert "editor-kim" not in response.text and "as the lawyers asked" not in response.text


def test_a_position_moved_to_another_wording_says_so(client, position):
    newer = Wording.objects.create(proposition=position.proposition, text_en="Robots should be taxed lightly")
    changed(position, wording=newer)

    assert "Coded on wording 2 of the proposition instead of wording 1" in changes_of(client, position)


def test_another_choice_of_capacities_is_told(client, position):
    PositionCapacity.objects.create(position=position, capacity=CapacityFactory(appearance=position.appearance))

    assert "Stated in another choice of the speaker’s capacities" in changes_of(client, position)


def test_changes_by_bulk_writes_are_told_too(client, position):
    Position.objects.filter(pk=position.pk).update(stance="opposes")

    assert "Stance: + supports → − opposes" in changes_of(client, position)


def test_what_changed_before_the_debate_was_published_is_not_told(client, hours_pass):
    event = EventFactory(status="draft")
    position = PositionFactory(appearance__session__event=event, summary_en="Secret words")
    changed(position, summary_en="Tax robots")
    changed(event, status="published")

    response = client.get(position.get_absolute_url())

    assert "Secret words" not in response.text
    assert "Summary reworded" not in words(response)


def to_another_appearance(position):
    changed(position, appearance=AppearanceFactory())


def to_another_proposition(position):
    changed(position, wording=PropositionFactory().current_wording)


def its_wording_to_another_proposition(position):
    changed(position.wording, proposition=PropositionFactory(), number=2)


def its_appearance_to_another_session(position):
    changed(position.appearance, session=SessionFactory())


def its_session_to_another_debate(position):
    changed(position.appearance.session, event=EventFactory())


MOVES_FROM_A_DRAFT = [
    (to_another_appearance, "event"),
    (its_appearance_to_another_session, "event"),
    (its_session_to_another_debate, "event"),
    (to_another_proposition, "proposition"),
    (its_wording_to_another_proposition, "proposition"),
]


@pytest.mark.parametrize(("move", "draft"), MOVES_FROM_A_DRAFT)
def test_what_stood_in_a_draft_is_not_told_after_a_move_to_what_is_public(client, hours_pass, move, draft):
    event = EventFactory(status="draft" if draft == "event" else "published")
    proposition = PropositionFactory(status="draft" if draft == "proposition" else "published")
    position = PositionFactory(appearance__session__event=event, on=proposition, summary_en="Secret", stance="opposes")
    EvidenceFactory(position=position, locator="¶ 77").delete()
    changed(position, summary_en="Tax robots", stance="supports")
    move(position)

    page = client.get(position.get_absolute_url())
    assert "Secret" not in page.text and "¶ 77" not in page.text
    assert "the newest first. Older changes are not shown. How to cite" in words(page)

    changed(position, summary_en="Tax some robots")

    page = client.get(position.get_absolute_url())
    assert "Secret" not in page.text and "¶ 77" not in page.text
    told = changes_of(client, position)
    assert "Summary reworded (English)" in told and "Tax robots" in told
    assert "Stance:" not in told and "Published" not in told
    assert "Older changes are not shown." in told


def test_after_a_move_there_and_back_only_what_came_since_is_told(client, position):
    public, draft = position.appearance, AppearanceFactory(session__event=EventFactory(status="draft"))
    changed(position, appearance=draft)
    changed(position, summary_en="Secret")
    changed(position, appearance=public)
    changed(position, summary_en="Tax some robots", stance="opposes")

    told = changes_of(client, position)

    assert "Stance:" in told and "Secret" in told  # public from the move back until it was reworded
    assert "Published" not in told


def test_a_move_that_comes_with_new_words_tells_nothing_of_the_old(client, hours_pass):
    position = PositionFactory(appearance__session__event__status="draft", summary_en="Secret")
    changed(position, summary_en="Tax robots", appearance=AppearanceFactory())

    response = client.get(position.get_absolute_url())

    assert "Secret" not in response.text
    assert "Older changes are not shown." in words(response)


def test_where_a_draft_was_moved_before_its_publication_does_not_cut_its_history(client, hours_pass):
    position = PositionFactory(status="draft", summary_en="Secret")
    to_another_appearance(position)
    to_another_proposition(position)
    its_session_to_another_debate(position)
    changed(position, status="published", summary_en="Tax robots")

    told = changes_of(client, position)

    assert told.strip().endswith("Published")
    assert "Older changes" not in told


def test_an_appearance_whose_first_session_is_not_known_leaves_what_was_before_untold(client, position):
    changed(position, stance="opposes")
    changed(position.appearance, name_as_printed="Han")
    position.appearance.history.filter(history_type="+").delete()

    told = changes_of(client, position)

    assert "Stance:" not in told
    assert "Older changes are not shown." in told


def test_other_edits_of_its_appearance_session_and_wording_leave_the_history_whole(client, position):
    changed(position.appearance, name_as_printed="Han")
    changed(position.appearance.session, title_en="Questions")
    changed(position.wording, text_ko="로봇세")

    told = changes_of(client, position)

    assert told.strip().endswith("Published")


def test_old_evidence_whose_beginning_is_cut_off_is_not_told_as_added(client, position, monkeypatch):
    old = EvidenceFactory(position=position, locator="¶ 1", source__title="Old minutes")
    for locator in ("¶ 2", "¶ 3"):
        changed(EvidenceFactory(position=position), locator=locator)
    changed(old, locator="¶ 4")
    changed(old, locator="¶ 5")
    monkeypatch.setattr(history, "ROWS", 4)

    told = changes_of(client, position)

    assert "Evidence added: ¶ 4" not in told
    assert "Evidence changed: ¶ 4 → ¶ 5 Old minutes" in told
    assert "Older changes are not shown." in told


def test_a_long_history_is_cut_and_says_so(client, position, monkeypatch):
    monkeypatch.setattr(history, "SHOWN", 2)
    for stance in ("opposes", "supports", "opposes"):
        changed(position, stance=stance)

    told = changes_of(client, position)

    assert told.count("Stance:") == 2
    assert "Older changes are not shown." in told


def test_of_a_history_too_long_to_read_no_half_known_change_is_told(client, position, monkeypatch):
    monkeypatch.setattr(history, "ROWS", 3)
    for stance in ("opposes", "supports", "opposes", "supports"):
        changed(position, stance=stance)

    told = changes_of(client, position)

    assert told.count("Stance:") == 2
    assert "Published" not in told
    assert "Older changes are not shown." in told


@pytest.mark.parametrize("times", [1, 6])
def test_any_number_of_changes_costs_the_same_queries(client, position, django_assert_num_queries, times):
    for _time in range(times):
        evidence = EvidenceFactory(position=position)
        changed(evidence, locator="¶ 2")
        newer = Wording.objects.create(proposition=position.proposition, text_en="Robots should be taxed lightly")
        changed(position, stance="opposes" if position.stance == "supports" else "supports", wording=newer)
        PositionFactory(appearance=position.appearance, on=position.proposition)

    with django_assert_num_queries(24):
        client.get(position.get_absolute_url())


# --- ways on --------------------------------------------------------------------------------------


def test_other_positions_of_the_speaker_on_the_proposition_are_shown_with_their_date(client):
    tax = PropositionFactory(slug="tax")
    position = PositionFactory(on=tax, appearance__person__slug="han")
    for status, summary in (("published", "Free them"), ("draft", "Secret words")):
        appearance = AppearanceFactory(person=position.person, session__event=EventFactory(date="2019-05"))
        PositionFactory(appearance=appearance, on=tax, stance="opposes", summary_en=summary, status=status)
    PositionFactory(on=tax, summary_en="Said by another")

    page = words(client.get(position.get_absolute_url()))

    assert "Other positions of this speaker Summaries are the editors’ paraphrase" in page
    assert "− opposes May 2019 Free them" in page
    assert "Secret words" not in page and "Said by another" not in page
    assert "Who stands where: all 3 positions on the proposition" in page


def test_an_organization_that_speaks_for_itself_has_other_positions_and_somebody_unnamed_has_none(client):
    tax, ministry = PropositionFactory(), OrganizationFactory()
    first, _other = (
        PositionFactory(on=tax, appearance__person=None, appearance__organization=ministry, summary_en=summary)
        for summary in ("Tax them", "Tax them all")
    )
    unnamed, _another = (
        PositionFactory(on=tax, appearance__person=None, appearance__label="a citizen", summary_en=summary)
        for summary in ("Citizen words", "Other citizen words")
    )

    assert "Tax them all" in words(client.get(first.get_absolute_url()))
    assert "Other citizen words" not in words(client.get(unnamed.get_absolute_url()))


def test_the_positions_of_a_debate_follow_each_other_in_the_order_of_its_programme(client):
    event = EventFactory()
    later, earlier = SessionFactory(event=event, order=2), SessionFactory(event=event, order=1)
    third = PositionFactory(appearance=AppearanceFactory(session=later, order=1))
    second = PositionFactory(appearance=AppearanceFactory(session=earlier, order=2))
    first = PositionFactory(appearance=AppearanceFactory(session=earlier, order=1))
    PositionFactory(appearance=second.appearance, status="draft")
    PositionFactory()

    def ways(position):
        page = client.get(position.get_absolute_url()).text
        found = {}
        for rel in ("prev", "next"):
            if (start := page.find(f'rel="{rel}" href="')) >= 0:
                found[rel] = page[start:].split('"')[3]
        return found

    assert ways(first) == {"next": second.get_absolute_url()}
    assert ways(second) == {"prev": first.get_absolute_url(), "next": third.get_absolute_url()}
    assert ways(third) == {"prev": second.get_absolute_url()}


def test_a_position_of_unknown_date_says_so(client):
    position = PositionFactory(appearance__session__event__date="")

    assert "recommendation date not known" in words(client.get(position.get_absolute_url()))
