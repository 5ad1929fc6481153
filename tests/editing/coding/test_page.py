from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from debate.publishing import Status
from editing.coding import page
from editing.coding.marks import coded_from, marks
from positions.models import CodingRound, Position
from review.changing import change
from review.roles import Author
from tests.editing.coding.scenes import TEXT, hearing, statement
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EvidenceFactory,
    PositionFactory,
    PropositionTopicFactory,
    SourceFactory,
)
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
SCREEN_QUERIES = 18


def fill(scene, count):
    for number in range(count):
        appearance = AppearanceFactory(session=scene.appearances[0].session)
        CapacityFactory(appearance=appearance)
        position = PositionFactory(appearance=appearance, status=Status.DRAFT)
        PropositionTopicFactory(proposition=position.proposition)
        EvidenceFactory(
            position=position, source=scene.source, quote="boat", state="exact", start=number, end=number + 4
        )


def data_of(answer):
    return json.loads(re.search(r'<script id="coding-data"[^>]*>(.*?)</script>', answer.content.decode())[1])


def test_the_page_has_the_text_in_numbered_paragraphs_that_say_where_they_begin(coder):
    shown = r'<p class="paragraph" id="p\d+" data-number="(\d+)" data-start="(\d+)">(.*?)</p>'
    paragraphs = re.findall(shown, coder().open().content.decode())
    assert [int(number) for number, _start, _words in paragraphs] == list(range(1, 16))
    assert all(TEXT.startswith(unescape(words), int(start)) for _number, start, words in paragraphs)


def test_carriage_returns_and_signs_of_markup_reach_the_browser_as_they_are(coder, scene):
    scene.source.text = "One <b>&amp;</b>\r\nline"
    scene.source.save()
    assert b"One &lt;b&gt;&amp;amp;&lt;/b&gt;&#13;\nline</p>" in coder().open().content


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_runs_the_same_queries_at_any_number_of_marks(coder, scene, count, django_assert_num_queries):
    fill(scene, count)
    editor = coder()
    editor.open()
    with django_assert_num_queries(SCREEN_QUERIES):
        answer = editor.open()
    assert len(data_of(answer)["marks"]) == count


def test_marks_say_who_made_them_and_what_is_amiss_with_their_passages(coder, scene):
    contributor = Author(person_as("contributor"))
    values = {
        "appearance": scene.appearances[0].pk,
        "wording": PositionFactory().wording_id,
        "stance": "neutral",
        "kind": "concern",
        "summary_en": "Raises it",
        "evidence": [{"source": scene.source.pk, "locator": "¶ 8", "quote": "gone", "state": "not_found"}],
    }
    made = change(Position(), values, contributor).record
    EvidenceFactory(position=made, source=SourceFactory())
    [mark] = data_of(coder().open())["marks"]
    assert (mark["coder"], mark["speaker"], mark["elsewhere"]) == (contributor.user.username, "Yoon Seo-ra", 1)
    [passage] = mark["passages"]
    assert (passage["paragraph"], passage["state"], passage["quote"]) == (8, "not_found", "gone")


def test_the_marks_of_one_coder_can_be_had_alone(scene):
    first, second = Author(person_as("editor")), Author(person_as("editor"))
    for author in (first, second):
        evidence = [{"source": scene.source.pk, "locator": "¶ 1"}]
        values = {"appearance": scene.appearances[0].pk, "wording": PositionFactory().wording_id, "stance": "opposes"}
        change(Position(), {**values, "kind": "concern", "summary_en": "No", "evidence": evidence}, author)
    assert len(marks(scene.source, coded_from(scene.source))) == 2
    [mark] = marks(scene.source, coded_from(scene.source, by=first.user))
    assert mark.coder == first.user.username


def test_whoever_codes_a_source_in_an_open_round_sees_and_changes_only_their_own(coder, scene):
    fill(scene, 1)
    [other] = coded_from(scene.source)
    editor = coder()
    coding_round = CodingRound.objects.create(source=scene.source, number=1)
    coding_round.round_coders.create(coder=editor.user)
    own = editor.add(statement(scene, round=coding_round.public_id)).json()["mark"]["id"]
    answer = editor.open()
    assert [mark["id"] for mark in data_of(answer)["marks"]] == [own]
    assert b"Nobody else sees it before the round is closed" in answer.content
    assert editor.post("-remove", {"revision": 1, "round": coding_round.public_id}, other.public_id).status_code == 404
    coding_round.state, coding_round.compared_at = "compared", timezone.now()
    coding_round.save()
    assert [mark["id"] for mark in data_of(editor.open())["marks"]] == [other.public_id]


def test_the_languages_of_the_form_begin_with_the_debates_own(coder, scene):
    scene.event.source_language = "ko"
    scene.event.save()
    content = coder().open().content.decode()
    assert content.index('id="summary_ko"') < content.index('id="summary_en"')
    assert content.index('id="wording_en"') < content.index('id="wording_ko"')  # in that of the source


def test_a_contributor_is_told_who_sends_to_review(coder):
    assert b"Only editors and reviewers can send" in coder("contributor").open().content


def test_a_source_of_two_debates_asks_which_and_one_of_none_says_so(coder, scene):
    other = hearing(title_en="The other debate")
    other.event.event_sources.create(source=scene.source)
    assert [debate["label"] for debate in data_of(coder().open())["debates"]] == [
        "A ferry for the island",
        "The other debate",
    ]
    lonely = SourceFactory(text="Alone.")
    assert b"belongs to no debate" in coder().client.get(reverse("editing:coding", args=[lonely.public_id])).content


def test_it_says_where_more_is_coded_than_it_shows(coder, scene, monkeypatch):
    fill(scene, 3)
    editor = coder()
    for module in ("marks", "page"):
        monkeypatch.setattr(f"editing.coding.{module}.MOST", 2)
    answer = editor.open()
    assert len(data_of(answer)["marks"]) == 2
    assert b"Only the first 2 positions of this source are shown" in answer.content


def test_every_stance_has_a_sign():
    assert len(set(page.SIGNS.values())) == 4


def test_source_and_debate_lead_to_the_coding_screen_from_the_admin(client, scene):
    client.force_login(person_as("editor", is_staff=True))
    change_page = client.get(reverse("admin:debate_source_change", args=[scene.source.pk]))
    assert f'href="{reverse("editing:coding", args=[scene.source.public_id])}"' in change_page.content.decode()
    change_page = client.get(reverse("admin:debate_event_change", args=[scene.event.pk]))
    assert f"{reverse('editing:coding-list')}?debate={scene.event.slug}" in change_page.content.decode()
    assert client.get(reverse("admin:debate_source_add")).status_code == 200
