from __future__ import annotations

import pytest

from editing.rounds.coding import codings_of, record_coding, take_back
from editing.rounds.refusals import NotOpen
from positions.models import Coding, Position
from review.refusals import Gone, Invalid, MovedOn, NotAllowed
from tests.editing.rounds.people import TEXT, Team
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
BRIDGE = "the state should pay for the bridge"


def messages_of(refused):
    return {mistake.path[0]: mistake.message for mistake in refused.value.mistakes}


def test_each_coder_has_their_own_reading_of_one_passage_and_neither_is_a_position():
    team = Team()
    one, other = team.reads(0, BRIDGE), team.reads(1, BRIDGE, "opposes")
    assert [list(codings_of(author.user.pk, team.round)) for author in team.authors] == [[one], [other]]
    assert (one.stance, other.stance) == ("supports", "opposes")
    assert one.history.get().history_user == team.authors[0].user
    assert not Position.objects.exists()


def test_a_quote_is_found_in_the_text_with_its_paragraph():
    team = Team()
    coding = team.reads(0, f"  {BRIDGE} ")
    start = TEXT.index(BRIDGE)
    assert (coding.start, coding.end, coding.locator, coding.quote) == (start, start + len(BRIDGE), "¶ 2", BRIDGE)
    assert coding.text_hash == team.source.text_hash


def test_a_passage_is_marked_by_its_place_too():
    team = Team()
    start = TEXT.index(BRIDGE)
    coding = team.reads(0, "", start=start, end=start + len(BRIDGE))
    assert (coding.quote, coding.locator) == (BRIDGE, "¶ 2")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"quote": "pay for the harbour"}, {"quote": "These words are not in the text there"}),
        ({"quote": "the state should pay"}, {"quote": "more than once"}),
        ({"quote": "the state should pay", "locator": "¶ 9"}, {"quote": "not in the text there"}),
        ({"quote": "", "start": 3, "end": 9_999}, {"quote": "Mark words of the text"}),
        ({"quote": "", "locator": "¶ 9"}, {"locator": "The source has 3 paragraphs"}),
        ({"quote": "", "locator": "somewhere"}, {"locator": "names no place"}),
        ({"quote": "", "locator": ""}, {"locator": "This field cannot be blank"}),
        ({"stance": "conditional"}, {"stance": "Say on which condition."}),
        ({"stance": "perhaps"}, {"stance": "not a valid choice"}),
        ({"appearance": 0}, {"appearance": "0"}),
    ],
)
def test_a_wrong_reading_is_told_and_nothing_is_kept(values, told):
    team = Team()
    team.source.paragraph_count = 3
    team.source.save()
    with pytest.raises(Invalid) as refused:
        team.reads(0, **{"quote": BRIDGE, **values})
    given = messages_of(refused)
    assert given.keys() == told.keys()
    assert all(part in given[name] for name, part in told.items())
    assert not Coding.objects.exists()


def test_the_paragraph_tells_which_of_two_places_is_meant():
    team = Team()
    coding = team.reads(0, "the state should pay", locator="¶ 3")
    assert coding.start == TEXT.rindex("the state should pay")


def test_a_source_without_text_is_coded_by_paragraph_or_time():
    team = Team(text="")
    by_time, quoted = team.reads(0, "", locator="00:12:30"), team.reads(1, "as printed", locator="p. 7")
    assert (by_time.start, by_time.text_hash, by_time.quote) == (None, "", "")
    assert (quoted.start, quoted.quote, quoted.locator) == (None, "as printed", "p. 7")


def test_a_coder_changes_their_reading_and_is_stopped_where_they_changed_it_elsewhere_meanwhile():
    team = Team()
    coding = team.reads(0, BRIDGE)
    changed = record_coding(team.round, {"stance": "neutral"}, team.authors[0], coding=coding, base_revision=1)
    assert (changed.stance, changed.locator, changed.revision) == ("neutral", "¶ 2", 2)
    with pytest.raises(MovedOn):
        record_coding(team.round, {"stance": "opposes"}, team.authors[0], coding=coding, base_revision=1)


def test_what_is_taken_back_is_in_the_history_only():
    team = Team()
    coding = team.reads(0, BRIDGE)
    take_back(coding, team.authors[0])
    assert not codings_of(team.authors[0].user.pk, team.round).exists()
    assert [past.is_taken_back for past in coding.history.all()] == [True, False]


def test_nobody_changes_what_another_read_or_codes_without_being_asked():
    team = Team()
    coding = team.reads(0, BRIDGE)
    with pytest.raises(Gone):
        record_coding(team.round, {"stance": "neutral"}, team.authors[1], coding=coding)
    with pytest.raises(Gone):
        take_back(coding, team.authors[1])
    with pytest.raises(NotAllowed, match="not one of the coders"):
        record_coding(team.round, {"locator": "¶ 1"}, author_as("reviewer"))
    assert Coding.objects.get().revision == 1


def test_after_the_round_is_closed_nothing_is_added_or_changed():
    team = Team()
    coding = team.reads(0, BRIDGE)
    team.close()
    with pytest.raises(NotOpen):
        team.reads(1, BRIDGE)
    with pytest.raises(NotOpen):
        record_coding(team.round, {"stance": "neutral"}, team.authors[0], coding=coding)
    with pytest.raises(NotOpen):
        take_back(coding, team.authors[0])


def test_while_a_round_is_open_nobody_sees_what_others_read():
    team = Team()
    one, other = team.reads(0, BRIDGE), team.reads(1, BRIDGE)
    seen = [list(Coding.objects.seen_by(author.user)) for author in (*team.authors, team.editor)]
    assert seen == [[one], [other], []]
    team.close()
    assert Coding.objects.seen_by(team.editor.user).count() == 2
