from __future__ import annotations

import pytest

from editing.rounds.opening import close_round, open_round, set_finished
from editing.rounds.refusals import NotOpen
from positions.models import Coding, CodingRound, CodingUnit
from review.refusals import Invalid, NotAllowed, ReasonMissing
from tests.editing.rounds.people import Team
from tests.factories import SourceFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db


def test_an_editor_opens_a_round_and_its_history_says_who():
    editor, coders = author_as("editor"), [person_as("contributor"), person_as("contributor")]
    opened = open_round(SourceFactory(), coders, editor, "Paragraphs 1 to 4")
    assert (opened.number, opened.state, opened.task) == (1, "open", "Paragraphs 1 to 4")
    assert list(opened.coders.order_by("pk")) == coders
    assert opened.history.get().history_user == opened.opened_by == editor.user


@pytest.mark.parametrize("role", ["contributor", ""])
def test_who_is_no_editor_neither_opens_nor_closes_one(role):
    team = Team()
    somebody = author_as(role)
    with pytest.raises(NotAllowed):
        open_round(SourceFactory(), [person_as("contributor"), person_as("contributor")], somebody)
    with pytest.raises(NotAllowed):
        close_round(team.round, somebody, "Enough.")
    assert CodingRound.objects.get().is_open


@pytest.mark.parametrize("number", [0, 1, 7])
def test_it_takes_two_to_six_coders(number):
    with pytest.raises(Invalid, match="from 2 to 6 coders"):
        open_round(SourceFactory(), [person_as("contributor") for _coder in range(number)], author_as("editor"))


def test_the_same_coder_twice_is_one():
    coder = person_as("contributor")
    with pytest.raises(Invalid, match="from 2 to 6 coders"):
        open_round(SourceFactory(), [coder, coder], author_as("editor"))


def test_one_round_at_a_time_goes_on_on_a_source_and_the_next_has_the_next_number():
    team = Team()
    coders = [author.user for author in team.authors]
    with pytest.raises(Invalid, match="goes on already"):
        open_round(team.source, coders, team.editor)
    assert team.close().is_settled  # nobody read anything
    assert open_round(team.source, coders, team.editor).number == 2


def test_closing_before_all_have_finished_needs_a_reason():
    team = Team()
    set_finished(team.round, team.authors[0], finished=True)
    with pytest.raises(ReasonMissing, match="Not all coders have finished"):
        close_round(team.round, team.editor)
    set_finished(team.round, team.authors[1], finished=True)
    set_finished(team.round, team.authors[0], finished=False)
    set_finished(team.round, team.authors[0], finished=True)
    assert not close_round(team.round, team.editor).is_open


def test_closing_puts_together_what_is_about_the_same_in_the_order_of_the_text():
    team = Team()
    last = team.reads(1, "the state should pay all the same")
    one = team.reads(0, "the state should pay for the bridge")
    other = team.reads(1, "pay for the bridge, and pay soon", "conditional", condition_en="If soon")
    other_person = team.reads(1, "nobody needs a bridge there", "opposes", appearance=team.lee.pk)
    team.close()
    assert [sorted(coding.pk for coding in unit.codings.all()) for unit in team.units()] == [
        sorted([one.pk, other.pk]),
        [other_person.pk],
        [last.pk],
    ]
    assert (team.round.state, team.round.compared_by) == ("compared", team.editor.user)
    assert CodingUnit.history.filter(history_user=team.editor.user).count() == 3


def test_what_was_taken_back_is_in_no_unit():
    team = Team()
    Coding.objects.filter(pk=team.reads(0, "the state should pay for the bridge").pk).update(is_taken_back=True)
    assert team.close().is_settled and team.units() == []


def test_a_closed_round_is_not_closed_again():
    team = Team()
    team.reads(0, "pay soon")
    team.close()
    with pytest.raises(NotOpen):
        close_round(team.round, team.editor, "Again.")
    with pytest.raises(NotOpen):
        set_finished(team.round, team.authors[0], finished=True)
