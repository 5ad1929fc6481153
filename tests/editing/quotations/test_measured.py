"""What is offered in whole articles, written for this. The floors are a little under what was measured."""

from __future__ import annotations

import pytest

from benchmarks.quotations import Quotation, all_figures, articles, in_marks, measured

pytestmark = pytest.mark.once

FLOORS = {  # recall, at most wrong, right speaker
    "English, seen": (0.95, 0.05, 0.95),
    "English, held back": (0.75, 0.1, 0.85),
    "Korean, seen": (0.95, 0.05, 0.95),
    "Korean, held back": (0.8, 0.1, 0.85),
}


@pytest.fixture(scope="module")
def figures():
    return {(one.articles, one.way): one for one in all_figures()}


@pytest.mark.parametrize(("group", "floors"), FLOORS.items())
def test_quotations_are_found_offered_rightly_and_given_to_their_speakers(figures, group, floors):
    of = figures[group, "offers"]
    recall, wrong, attributed = floors
    assert of.recall >= recall
    assert of.wrong <= wrong
    assert of.attributed >= attributed


@pytest.mark.parametrize("group", FLOORS)
def test_it_does_better_than_offering_whatever_is_in_marks(figures, group):
    ours, bare = figures[group, "offers"], figures[group, "words in marks"]
    assert ours.recall >= bare.recall
    assert ours.wrong < bare.wrong / 2
    assert ours.attributed > bare.attributed


def test_a_third_of_the_articles_in_each_language_is_held_back():
    for language in ("en", "ko"):
        several = [one for one in articles() if one.language == language]
        assert sum(one.is_held_back for one in several) * 3 >= len(several) >= 6


def test_an_article_is_read_with_the_places_of_its_quotations():
    article = next(one for one in articles() if one.name == "en_column")
    first = article.quotations[0]
    assert article.text[first.start : first.end] == "Nobody cites an ocean. They cite a row and a date"
    assert first == Quotation(first.start, first.end, "Ahn Tae-joon", is_direct=True)
    assert not any("⟦" in one.text or "⟧" in one.text for one in articles())


def test_an_offer_counts_once_and_for_what_it_covers():
    article = next(one for one in articles() if one.name == "en_column")
    nothing = measured("none", lambda *_given: [], [article], "")
    assert (nothing.offers, nothing.found, nothing.quotations) == (0, 0, 2)
    bare = measured("bare", in_marks, [article], "")
    assert (bare.found, bare.quotations) == (2, 2)
    assert bare.offers > 5
