from __future__ import annotations

import pytest

from debate.models import Appearance
from debate.publishing import Status
from positions.models import Evidence, Position, Proposition
from review.models import Revision
from tests.editing.coding.scenes import statement
from tests.factories import EvidenceFactory, PersonFactory, PositionFactory, PropositionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def added(coder, **values):
    answer = coder.add(statement(coder.scene, **values))
    assert answer.status_code == 201, answer.content
    return Position.objects.get(public_id=answer.json()["mark"]["id"])


def again(position, scene, **values):
    """What the screen sends to change it; a place is sent only where it is another."""
    return {
        "appearance": position.appearance.public_id,
        "proposition": position.proposition.slug,
        "stance": position.stance,
        "kind": position.kind,
        "summary_en": position.summary_en,
        "revision": position.revision,
        **values,
    }


def errors(answer):
    return {error["field"]: error["detail"] for error in answer.json()["errors"]}


def test_a_statement_becomes_a_draft_with_its_words_anchored_in_the_text(coder):
    editor = coder()
    topic = TopicFactory()
    position = added(editor, topics=[topic.slug], words="“One boat is no boat when it breaks,”")

    assert (position.status, position.stance, position.kind) == ("draft", "supports", "recommendation")
    assert (position.summary_en, position.source_language) == ("Asks for a second boat", "en")
    assert str(position.wording) == "The town should buy a second ferry"
    assert position.proposition.status == "draft"
    assert [str(one) for one in position.proposition.topics.all()] == [str(topic)]
    evidence = position.evidence.get()
    text = editor.scene.source.text
    assert text[evidence.start : evidence.end] == evidence.quote == "“One boat is no boat when it breaks,”"
    assert text[: evidence.start].endswith(evidence.prefix) and text[evidence.end :].startswith(evidence.suffix)
    assert (evidence.locator, evidence.state, evidence.quote_language) == ("¶ 3", "exact", "en")
    assert position.history.get().history_user == editor.user


def test_places_are_counted_in_code_points_behind_letters_that_a_browser_counts_twice(coder):
    evidence = added(coder(), words="윤서라 의원은 두 번째 여객선을 도입해야 한다고 말했다.").evidence.get()
    text = evidence.source.text
    before = text[: evidence.start]
    assert sum(ord(letter) > 0xFFFF for letter in before) == 2  # a letter and a ship
    assert text[evidence.start : evidence.end] == evidence.quote
    assert evidence.locator == "¶ 5"


def test_spaces_around_the_words_are_no_part_of_the_quote(coder):
    scene = coder().scene
    span = scene.span(" the town should buy ")
    assert added(coder(), **span).evidence.get().quote == "the town should buy"


def test_asking_again_after_a_lost_answer_makes_no_second_position(coder):
    editor = coder()
    position = added(editor, id="abcdefg2")
    assert added(editor, id="abcdefg2") == position
    assert position.public_id == "abcdefg2"
    assert Position.objects.count() == Proposition.objects.count() == 1
    for wrong in ("../admin", "ABCDEFGH", "abc"):
        assert "id" in errors(editor.add(statement(editor.scene, id=wrong)))
    PositionFactory(public_id="hjkmnpq2")
    assert editor.add(statement(editor.scene, id="hjkmnpq2")).status_code == 409


def test_a_position_on_a_proposition_that_is_there_takes_its_present_wording(coder):
    proposition = PropositionFactory(status=Status.DRAFT)
    position = added(coder(), proposition=proposition.slug)
    assert position.wording == proposition.current_wording
    assert Proposition.objects.count() == 1


def test_capacities_are_those_that_were_ticked(coder):
    editor = coder()
    treasurer = editor.scene.appearances[0].capacities.get(role_en="Treasurer")
    position = added(editor, capacities=[treasurer.public_id])
    assert list(position.capacities.all()) == [treasurer]
    answer = editor.post("-edit", again(position, editor.scene, capacities=[]), position.public_id)
    assert answer.status_code == 200
    assert not position.capacities.exists()


def test_whoever_is_not_in_the_debate_is_added_to_it(coder):
    editor, person = coder(), PersonFactory()
    session = editor.scene.appearances[0].session
    joining = {"appearance": "", "person": person.slug, "session": session.public_id, "role": "witness"}
    position = added(editor, **joining)
    appearance = position.appearance
    assert (appearance.person, appearance.session, appearance.role) == (person, session, "witness")
    assert appearance.order > max(one.order for one in editor.scene.appearances)
    assert appearance.source == editor.scene.source


def test_a_contributor_can_add_nobody_to_a_published_debate_and_nothing_is_left_of_it(coder):
    contributor, person = coder("contributor"), PersonFactory()
    event = contributor.scene.event
    event.status = Status.PUBLISHED
    event.save()
    session = contributor.scene.appearances[0].session
    joining = {
        "appearance": "",
        "person": person.slug,
        "session": session.public_id,
        "role": "witness",
        "reason": "So.",
    }
    answer = contributor.add(statement(contributor.scene, **joining))
    assert answer.status_code == 422
    assert "published" in errors(answer)["appearance"]
    assert not Revision.objects.exists() and not Appearance.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"appearance": ""}, "appearance"),
        ({"appearance": "nobody"}, "appearance"),
        ({"appearance": {"id": 1}}, "appearance"),
        ({"wording_en": ""}, "proposition"),
        ({"proposition": "no-such"}, "proposition"),
        ({"stance": "likes"}, "stance"),
        ({"stance": ["supports"]}, "stance"),
        ({"stance": "conditional"}, "condition_en"),
        ({"kind": ""}, "kind"),
        ({"summary_en": "   "}, "summary_en"),
        ({"summary_en": "x" * 5_001}, "summary_en"),
        ({"topics": "not a list"}, "topics"),
        ({"capacities": ["nothing"]}, "capacities"),
        ({"start": -1}, "start"),
        ({"start": "three"}, "start"),
        ({"start": 10**12}, "start"),
        ({"start": 1}, "place"),
        ({"end": 1}, "place"),
        ({"end": 10**9}, "place"),
        ({"quote": "what nobody said"}, "place"),
        ({"start": None, "end": None, "quote": ""}, "place"),
        ({"start": None, "locator": "somewhere"}, "locator"),
        ({"wording_en": "x" * 501}, "wording_en"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field_and_nothing_is_written(coder, values, field):
    editor = coder()
    answer = editor.add(statement(editor.scene, **values))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert field in errors(answer) and errors(answer)[field]
    assert not Position.objects.exists() and not Proposition.objects.exists()


def test_a_passage_is_no_whole_book(coder, scene):
    scene.source.text = "word " * 2_000
    scene.source.save()
    editor = coder()
    whole = {"start": 0, "end": 6_000, "quote": scene.source.text[:5_000], "text_hash": scene.source.text_hash}
    answer = editor.add(statement(scene, words="word", **whole))
    assert "at most 5000 characters" in errors(answer)["place"]


def test_mistakes_are_told_in_the_language_of_the_page(coder):
    editor = coder()
    address = f"/ko{editor.address('-add')}"
    answer = editor.client.post(address, {}, content_type="application/json")
    assert errors(answer)["stance"] == "이 필드는 필수 항목입니다."


def test_an_appearance_capacity_or_session_of_another_debate_is_no_choice(coder):
    editor = coder()
    elsewhere = PositionFactory().appearance
    answer = editor.add(statement(editor.scene, appearance=elsewhere.public_id))
    assert "appearance" in errors(answer)
    joining = {"appearance": "", "person": PersonFactory().slug, "role": "witness"}
    answer = editor.add(statement(editor.scene, session=elsewhere.session.public_id, **joining))
    assert "session" in errors(answer)
    treasurer = editor.scene.appearances[0].capacities.last()
    other = editor.scene.appearances[1].public_id
    answer = editor.add(statement(editor.scene, appearance=other, capacities=[treasurer.public_id]))
    assert errors(answer)["capacity"] == "This capacity is of another appearance."
    assert not Position.objects.exclude(appearance=elsewhere).exists()


def test_a_text_that_was_changed_meanwhile_is_not_coded_blindly(coder):
    editor = coder()
    values = statement(editor.scene)
    editor.scene.source.text = "Quite another text, in which the town should buy a second ferry."
    editor.scene.source.save()
    answer = editor.add(values)
    assert (answer.status_code, answer.json()["reload"]) == (409, True)
    assert not Position.objects.exists()


def test_a_source_without_text_is_coded_by_its_places(coder):
    editor = coder()
    source = editor.scene.source
    values = {**statement(editor.scene), "start": None, "end": None, "quote": "", "locator": "00:12:30–00:13:05"}
    source.text, source.paragraph_count = "", 9
    source.save()
    position = Position.objects.get(public_id=editor.add(values).json()["mark"]["id"])
    evidence = position.evidence.get()
    assert (evidence.locator, evidence.quote, evidence.state, evidence.start) == ("00:12:30–00:13:05", "", "", None)
    assert "9 paragraphs" in errors(editor.add({**values, "locator": "¶ 12"}))["locator"]


def test_editing_leaves_the_evidence_as_it_is_unless_another_passage_is_chosen(coder):
    editor = coder()
    position = added(editor)
    elsewhere = EvidenceFactory(position=position)
    kept = position.evidence.first()
    position.refresh_from_db()
    answer = editor.post("-edit", again(position, editor.scene, stance="opposes"), position.public_id)
    assert (answer.status_code, answer.json()["mark"]["stance"]) == (200, "opposes")
    moved = again(position, editor.scene, stance="opposes", revision=answer.json()["mark"]["revision"])
    moved |= {**editor.scene.span("The boat of today is thirty years old."), "passage": kept.public_id}
    mark = editor.post("-edit", moved, position.public_id).json()["mark"]
    assert [(one["id"], one["quote"]) for one in mark["passages"]] == [(kept.public_id, moved["quote"])]
    assert (mark["elsewhere"], Evidence.objects.get(pk=elsewhere.pk).revision) == (1, 1)


def test_an_older_wording_stays_where_the_proposition_is_the_same(coder):
    editor = coder()
    position = added(editor)
    position.proposition.wordings.create(text_en="The town should lease a second ferry")
    answer = editor.post("-edit", again(position, editor.scene, stance="neutral"), position.public_id)
    assert answer.json()["mark"]["proposition_text"] == "The town should buy a second ferry"


def test_a_second_editor_is_stopped_and_shown_what_is_there_now(coder):
    editor = coder()
    position = added(editor)
    first = again(position, editor.scene, summary_en="Mine")
    second = again(position, editor.scene, summary_en="Theirs", stance="opposes")
    assert editor.post("-edit", second, position.public_id).status_code == 200
    answer = editor.post("-edit", first, position.public_id)
    assert answer.status_code == 409
    present = answer.json()["present"]
    assert (present["summary"]["en"], present["stance"], present["revision"]) == ("Theirs", "opposes", 2)
    position.refresh_from_db()
    assert position.summary_en == "Theirs"


def test_nothing_is_changed_by_whoever_does_not_say_what_they_saw(coder):
    editor = coder()
    position = added(editor)
    answer = editor.post("-edit", again(position, editor.scene, revision=None), position.public_id)
    assert "revision" in errors(answer)


def test_a_position_gets_further_evidence_and_loses_it_again_but_not_its_last(coder):
    editor = coder()
    position = added(editor)
    further = {**editor.scene.span("윤서라 의원은"), "revision": position.revision}
    mark = editor.post("-add-passage", further, position.public_id).json()["mark"]
    assert [one["locator"] for one in mark["passages"]] == ["¶ 3", "¶ 5"]
    first, second = (one["id"] for one in mark["passages"])
    mark = editor.post("-remove-passage", {"revision": mark["revision"]}, position.public_id, first).json()["mark"]
    assert [one["id"] for one in mark["passages"]] == [second]
    answer = editor.post("-remove-passage", {"revision": mark["revision"]}, position.public_id, second)
    assert (answer.status_code, position.evidence.count()) == (409, 1)


def test_a_position_is_removed_with_its_evidence_and_stays_in_the_history(coder):
    editor = coder()
    position = added(editor)
    stale = editor.post("-remove", {"revision": 7}, position.public_id)
    assert (stale.status_code, stale.json()["present"]["id"]) == (409, position.public_id)
    assert editor.post("-remove", {"revision": 1}, position.public_id).json() == {"removed": position.public_id}
    assert not Position.objects.exists() and not Evidence.objects.exists()
    assert Position.history.filter(public_id=position.public_id, history_type="-").get().history_user == editor.user


def test_drafts_are_sent_to_review_with_their_new_propositions_all_or_those_named(coder):
    editor = coder()
    first, second = added(editor), added(editor, words="One boat is no boat")
    named = editor.post("-send", {"positions": [first.public_id, "nothing", 7]}).json()
    assert named["message"] == "1 position was sent to review. So was 1 new proposition."
    assert {mark["id"]: mark["status"] for mark in named["marks"]} == {
        first.public_id: "in_review",
        second.public_id: "draft",
    }
    assert editor.post("-send", {}).json()["message"].startswith("1 position was sent")
    assert set(Proposition.objects.values_list("status", flat=True)) == {"in_review"}
    assert editor.post("-send", {}).json()["message"] == "There was no draft to send."
    assert editor.post("-send", {"positions": "all"}).json()["message"] == "There was no draft to send."


def test_a_contributor_codes_but_neither_sends_nor_removes(coder):
    contributor = coder("contributor")
    position = added(contributor)
    assert contributor.post("-send", {}).status_code == 403
    assert contributor.post("-remove", {"revision": 1}, position.public_id).status_code == 403
    position.refresh_from_db()
    assert position.status == "draft"


def test_what_a_contributor_changes_in_something_published_waits_and_wants_a_reason(coder):
    contributor = coder("contributor")
    position = PositionFactory(appearance=contributor.scene.appearances[1])
    EvidenceFactory(position=position, source=contributor.scene.source)
    position.refresh_from_db()
    values = again(position, contributor.scene, stance="opposes")
    assert "published" in errors(contributor.post("-edit", values, position.public_id))["reason"]
    answer = contributor.post("-edit", {**values, "reason": "Misread."}, position.public_id).json()
    assert (answer["mark"]["stance"], answer["mark"]["waiting"]) == ("supports", 1)
    assert "waits" in answer["message"]
    position.refresh_from_db()
    assert position.stance == "supports"
