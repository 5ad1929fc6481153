"""A reader sees in each position why it was found."""

from __future__ import annotations

import pytest

from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)
from tests.pages.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.words]


def found(client, question, path="/search/"):
    """The page of a search, its line breaks taken out."""
    return " ".join(client.get(path, {"q": question}).text.split())


def test_words_are_marked_in_whatever_form_they_stand(client):
    PositionFactory(summary_en="They regulate & tax robots", summary_ko="규제를 강화한다")

    assert "They <mark>regulate</mark> &amp; tax robots</a>" in found(client, "regulation")
    assert "<mark>규제</mark>를 강화한다</a>" in found(client, "규제는", "/ko/search/")


def test_speaker_capacity_proposition_and_debate_are_marked_too(client):
    event = EventFactory(title_en="Robots in Seoul")
    appearance = AppearanceFactory(person=PersonFactory(name_en="Robots Kim"), session__event=event)
    CapacityFactory(appearance=appearance, organization__name_en="Robots Institute", role_en="Head of Robots")
    PositionFactory(
        appearance=appearance, on=PropositionFactory(wording="Robots should pay"), stance="conditional",
        condition_en="Only for large robots", summary_en="Is for a tax",
    )  # fmt: skip

    page = found(client, "robots")

    for marked in (
        "<mark>Robots</mark> Kim</a></b>",
        "Head of <mark>Robots</mark>",
        "<mark>Robots</mark> Institute</a>",
        "<mark>Robots</mark> should pay</a>",
        "<mark>Robots</mark> in Seoul</a>",
        "Only for large <mark>robots</mark>",
    ):
        assert marked in page
    assert 'class="elsewhere"' not in page


def test_markup_in_the_record_is_text_with_marks_and_without(client):
    PositionFactory(summary_en="<b>Robots</b> & <script>alert(1)</script>", condition_en="<i>robots</i>")

    page = found(client, "robots script")

    assert "&lt;b&gt;<mark>Robots</mark>&lt;/b&gt; &amp; &lt;<mark>script</mark>&gt;alert(1)" in page
    assert "<b>Robots" not in page and "<script>" not in page and "<i>" not in page


def test_an_excerpt_from_a_quote_says_why_where_the_summary_does_not(client):
    source = SourceFactory(quoting="short_passages")
    EvidenceFactory(
        position=PositionFactory(summary_en="Is for a tax"), source=source, state="exact", quote_language="ko",
        quote="앞으로 로봇에 세금을 매겨야 합니다 <b>",
    )  # fmt: skip

    page = found(client, "로봇")

    assert '<span class="label">Quote</span> <span lang="ko">앞으로 <mark>로봇</mark>에 세금을' in page
    assert "&lt;b&gt;" in page


def test_words_that_may_not_be_quoted_are_not_shown(client):
    source = SourceFactory(quoting="nothing")
    EvidenceFactory(position=PositionFactory(), source=source, quote="A robot tax is needed", state="exact")

    assert "is needed" not in found(client, "robot")


def test_the_other_language_says_why_where_nothing_shown_does(client):
    PositionFactory(summary_en="Is for a tax", summary_ko="로봇에 세금을 매기자고 한다")
    PositionFactory(summary_en="Is against it", appearance__person=PersonFactory(name_en="Kim R.", name_ko="김로봇"))

    page = found(client, "로봇")

    assert '<span class="label">Korean</span> <span lang="ko"><mark>로봇</mark>에 세금을' in page
    assert '<span lang="ko">김<mark>로봇</mark></span>' in page


def test_a_topic_says_why_where_nothing_else_does(client):
    proposition = PropositionFactory()
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Harbours"))
    PositionFactory(on=proposition)

    assert '<span class="label">Topic</span> <span lang="en"><mark>Harbours</mark></span>' in found(client, "harbour")


def test_names_beside_the_positions_are_marked(client):
    AppearanceFactory(person__name_en="Robots Kim")

    assert "<mark>Robots</mark> Kim</a>" in found(client, "robots")


def test_a_speaker_asked_for_in_another_spelling_is_marked(client):
    PositionFactory(appearance__person=PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식"))

    assert "<mark>Kang</mark> <mark>Hoon-sik</mark></a></b>" in found(client, "gang hun sik")
    assert "<mark>강훈식</mark></a></b>" in found(client, "gang hun sik", "/ko/search/")


def test_without_words_nothing_is_marked(client):
    PositionFactory()

    assert "<mark>" not in client.get("/search/?stance=supports").text
    assert "<mark>" not in client.get("/positions/").text


def test_a_list_of_positions_elsewhere_is_as_it_was(client):
    PositionFactory(summary_en="Tax the robots")

    assert "Tax the robots" in words(client.get("/positions/"))
