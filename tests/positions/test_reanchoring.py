from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from positions.anchoring import NotInText, Numbered, anchor
from positions.reanchoring import Mark, Reanchoring

pytestmark = pytest.mark.once

OLD = (
    "The hearing opened at nine with a word from the chair.\n\n"
    "Lee said that the ministry wants a single law for all platforms, and soon.\n\n"
    "Park answered that nobody had asked the shops. We need more time.\n\n"
    "정부는 올해 안에 기본법을 만들겠다고 밝혔다. 업계는 반대했다.\n\n"
    "Others agreed with Park on everything but the date. We need more time."
)


def mark_on(text, words, occurrence=1):
    start = -1
    for _time in range(occurrence):
        start = text.index(words, start + 1)
    found = anchor(text, start, start + len(words))
    return Mark(found.quote, found.prefix, found.suffix, found.start, found.end)


def after(new, words, occurrence=1, old=OLD, *, is_known=True):
    return Reanchoring(new, old if is_known else "").found(mark_on(old, words, occurrence))


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize(
    "words", ["wants a single law", "기본법을 만들겠다", "The hearing opened", "on everything but the date"]
)
def test_words_stay_exact_when_text_is_put_in_and_taken_out_elsewhere(words, is_known):
    new = OLD.replace("업계는 반대했다.", "시민 단체는 환영했다.").replace(" from the chair", "")
    new = "A new beginning.\n\n" + new.replace("Park answered", "Ms Park, of the shops, answered")
    found = after(new, words, is_known=is_known)
    assert found.state == "exact"
    assert new[found.exact.start : found.exact.end] == words
    assert found.exact == anchor(new, found.exact.start, found.exact.end)


def test_a_changed_neighbour_on_one_side_does_not_unsettle_words_that_are_there_once():
    found = after(OLD.replace("for all platforms, and soon", "for some"), "wants a single law")
    assert found.state == "exact"


def test_changed_words_are_a_candidate_with_what_they_are_now():
    new = OLD.replace("a single law for all platforms", "one single law for every platform")
    found = after(new, "the ministry wants a single law for all platforms")
    (candidate,) = found.candidates
    assert (found.state, found.exact) == ("moved", None)
    assert candidate.anchor.quote == "the ministry wants one single law for every platform"
    assert not candidate.has_same_words
    assert 0.8 < candidate.score < 1
    assert candidate.anchor.locator == "¶ 2"


def test_words_that_moved_into_other_words_are_a_candidate():
    new = (
        OLD.replace("the ministry wants a single law", "nothing is settled")
        + "\n\nIn the end: wants a single law, says the paper."
    )
    found = after(new, "wants a single law")
    assert found.state == "moved"
    assert [(one.has_same_words, one.anchor.locator) for one in found.candidates] == [(True, "¶ 6")]


def test_words_that_are_gone_are_not_found():
    found = after(
        OLD.replace("Lee said that the ministry wants a single law for all platforms, and soon.\n\n", ""),
        "wants a single law",
    )
    assert (found.state, found.candidates, found.place) == ("not_found", (), None)


@pytest.mark.parametrize("is_known", [True, False])
def test_of_words_that_are_there_twice_those_around_them_tell_which(is_known):
    for occurrence, paragraph in ((1, "¶ 4"), (2, "¶ 6")):
        found = after("Before.\n\n" + OLD, "We need more time", occurrence, is_known=is_known)
        assert found.exact.locator == paragraph


@pytest.mark.parametrize("is_known", [True, False])
def test_when_one_of_two_is_deleted_the_other_is_a_candidate_and_never_exact(is_known):
    found = after(
        OLD.replace(" nobody had asked the shops. We need more time.", " it depends."),
        "We need more time",
        1,
        is_known=is_known,
    )
    assert found.state == "moved"
    assert [one.anchor.locator for one in found.candidates] == ["¶ 5"]
    assert found.place is None


@pytest.mark.parametrize("is_known", [True, False])
def test_of_words_that_are_twice_with_the_same_around_them_all_are_offered(is_known):
    speech = "Thank you, Chair, for the floor. We need more time for this, and we need it now, I think."
    old = f"{speech}\n\nSomebody else.\n\n{speech}"
    found = after(f"{speech}\n\n{speech}", "We need more time", 1, old=old, is_known=is_known)
    assert found.state == "moved"
    assert [one.anchor.locator for one in found.candidates] == ["¶ 1", "¶ 2"]


def test_a_wider_context_tells_apart_what_the_kept_one_does_not():
    speech = "Thank you, Chair, for the floor. We need more time for this, and we need it now, I think."
    old = f"First came Lee.\n\n{speech}\n\nThen came Park.\n\n{speech}\n\nThe end of the day."
    new = f"First came Lee.\n\n{speech}\n\nThen came Park.\n\nApplause.\n\n{speech}\n\nThe end of the day."
    assert after(new, "We need more time", 1, old=old).exact.locator == "¶ 2"
    assert after(new, "We need more time", 2, old=old).exact.locator == "¶ 5"
    assert after(new, "We need more time", 2, old=old, is_known=False).state == "moved"


def test_where_each_side_points_to_another_place_neither_is_chosen():
    left, right = "On the first day of the hearing they said ", " and then they left the room for the day"
    old = f"{left}we need time{right}."
    new = f"{left}we need time, again.\n\nLater on it was we need time{right}."
    found = after(new, "we need time", old=old)
    assert found.state == "moved"
    assert {one.anchor.locator for one in found.candidates} == {"¶ 1", "¶ 2"}


def test_edited_words_in_their_place_are_offered_beside_the_same_words_elsewhere():
    new = OLD.replace("wants a single law for", "wants one law for") + "\n\nThe paper wants a single law too."
    found = after(new, "wants a single law")
    assert {one.anchor.quote for one in found.candidates} == {"wants a single law", "wants one law"}
    assert found.place is None


def test_without_context_words_that_are_there_once_are_exact_and_twice_are_not():
    assert Reanchoring(OLD).found(Mark("wants a single law")).state == "exact"
    assert Reanchoring(OLD).found(Mark("We need more time")).state == "moved"


@pytest.mark.parametrize("quote", ["", "  "])
def test_no_words_are_nowhere(quote):
    assert Reanchoring(OLD).found(Mark(quote)).state == "not_found"
    assert Reanchoring("").found(Mark("words")).state == "not_found"


@pytest.mark.parametrize(
    ("before", "words", "old", "locator"),
    [
        ("¶ 9", "wants a single law", OLD, "¶ 2"),
        ("", "wants a single law", OLD, "¶ 2"),
        ("p. 7", "wants a single law", OLD, "p. 7"),
        ("00:12:30", "wants a single law", OLD, "00:12:30"),
        ("¶ 2", None, OLD, ""),
        ("¶ 2", None, "", "¶ 2"),
        ("¶ 9", None, "", ""),
        ("p. 7", None, OLD, "p. 7"),
        ("00:12:30", None, OLD, "00:12:30"),
    ],
)
def test_the_place_is_written_anew_unless_it_stands_apart_from_the_text(before, words, old, locator):
    reanchoring = Reanchoring(OLD, old)
    place = reanchoring.found(mark_on(OLD, words)).exact if words else None
    assert reanchoring.locator(before, place) == locator


@pytest.mark.parametrize(
    ("locator", "now"),
    [
        ("¶ 1", "¶ 2"),
        ("¶ 1–2", "¶ 2–3"),
        ("¶ 1, 5", "¶ 2, 6"),
        ("¶ 3", None),
        ("¶ 2–4", "¶ 3–5"),
        ("¶ 9", None),
        ("p. 1", None),
    ],
)
def test_paragraphs_that_did_not_change_are_counted_anew(locator, now):
    new = "A new beginning.\n\n" + OLD.replace("Park answered", "Park said")
    assert Reanchoring(new, OLD).renumbered(locator) == now


def test_a_paragraph_that_is_there_twice_is_not_counted_anew():
    old = "Yes.\n\nNo.\n\nYes."
    assert Reanchoring("No.\n\nYes.", old).renumbered("¶ 1") is None
    assert Reanchoring("No.\n\nYes.", old).renumbered("¶ 2") == "¶ 1"


WORDS = st.lists(
    st.sampled_from("one law we need time now 정부는 법을 만든다 .\n\n".split(" ")), min_size=3, max_size=40
).map(" ".join)


@given(WORDS, WORDS, st.integers(0, 200), st.integers(1, 30), st.booleans())
@example("x we need time y", "we need time", 2, 12, True)
def test_whatever_is_called_exact_reads_as_quoted_and_is_the_only_one_so_placed(old, new, start, length, is_known):
    try:
        coded = anchor(old, start, min(start + length, len(old)))
    except NotInText:
        return
    mark = Mark(coded.quote, coded.prefix, coded.suffix, coded.start, coded.end)
    found = Reanchoring(new, old if is_known else "").found(mark)
    if found.exact:
        assert new[found.exact.start : found.exact.end] == mark.quote
        sides = (found.exact.prefix.endswith(mark.prefix), found.exact.suffix.startswith(mark.suffix))
        assert any(sides)
        if new.count(mark.quote) > 1 and all(sides):
            assert new.count(mark.prefix + mark.quote + mark.suffix) == 1 or is_known
    for candidate in found.candidates:
        assert new[candidate.anchor.start : candidate.anchor.end] == candidate.anchor.quote
        assert 0 <= candidate.score <= 1


@given(st.data())
def test_text_put_in_or_taken_out_further_off_keeps_a_mark_exact(data):
    """In a text without repeats, at least a context away from it."""
    words = [f"w{number}" for number in range(200)]
    old = " ".join(words)
    first = data.draw(st.integers(60, 120))
    start, end = old.index(f"w{first} "), old.index(f"w{first + 5} ")
    mark = mark_on(old, old[start:end].strip())
    place = data.draw(st.integers(0, first - 30) | st.integers(first + 35, 199))
    changed = (
        words[:place]
        + data.draw(st.sampled_from([["new", "words"], ["정부"], []]))
        + words[place + data.draw(st.integers(0, 15)) :]
    )
    new = " ".join(changed)
    if f"w{first - 12} " not in new or f"w{first + 18} " not in new:
        return
    found = Reanchoring(new, old).found(mark)
    assert found.exact.quote == mark.quote
    assert new[found.exact.start : found.exact.end] == mark.quote


@given(WORDS, st.integers(0, 100), st.integers(1, 20))
def test_a_text_that_did_not_change_keeps_every_mark_where_it_was(text, start, length):
    try:
        coded = anchor(text, start, min(start + length, len(text)))
    except NotInText:
        return
    mark = Mark(coded.quote, coded.prefix, coded.suffix, coded.start, coded.end)
    found = Reanchoring(text, text).found(mark)
    assert found.exact == coded


def test_five_hundred_marks_in_a_long_text_take_seconds_at_most():
    chance = random.Random(3)
    vocabulary = [f"{chance.choice('가나다라마바사')}{number}" for number in range(3_000)]
    several = [" ".join(chance.choices(vocabulary, k=80)) + "." for _paragraph in range(500)]
    old = "\n\n".join(several)
    marks, numbered = [], Numbered(old)
    for _mark in range(500):
        start = chance.randrange(len(old) - 200)
        found = numbered.anchor(start, start + 150)
        marks.append(Mark(found.quote, found.prefix, found.suffix, found.start, found.end))
    for number in range(0, 500, 2):
        several[number] = several[number].replace("1", "0", 3)
    del several[100:150]
    reanchoring = Reanchoring("\n\n".join(several), old)
    began = time.process_time()
    states = {reanchoring.found(mark).state for mark in marks}
    assert len(old) > 200_000
    assert states == {"exact", "moved", "not_found"}
    assert time.process_time() - began < 3
