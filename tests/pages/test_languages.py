"""Text in another language than the reader's is marked; so is what the editors translated."""

from __future__ import annotations

import pytest

from tests.factories import AppearanceFactory, CapacityFactory, EventFactory, PositionFactory, TopicFactory
from tests.pages.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.words]


def test_a_fallback_carries_its_language_and_a_mark(client):
    AppearanceFactory(person__name_en="Han Jiwon", person__name_ko="")

    page = client.get("/ko/speakers/")

    assert 'lang="en">Han Jiwon</a> <small class="mark">영어</small>' in page.text
    assert "Han Jiwon</a>" in client.get("/speakers/").text
    assert 'lang="en">Han' not in client.get("/speakers/").text


def test_korean_text_on_an_english_page_is_marked_too(client):
    EventFactory(title_en="", title_ko="플랫폼 공청회", source_language="ko", slug="platform-hearing")

    assert 'lang="ko">플랫폼 공청회</a> <small class="mark">Korean</small>' in client.get("/debates/").text
    assert '<span lang="ko">플랫폼 공청회</span>' in client.get("/debates/platform-hearing/").text


def test_where_all_is_the_editors_translation_one_line_says_so(client):
    TopicFactory(name_en="Platforms", name_ko="플랫폼", source_language="en")

    page = words(client.get("/ko/topics/"))

    assert page.count("편집자가 번역한 것입니다") == 1
    assert "편집자 번역" not in page


def test_where_only_some_is_each_is_marked(client):
    TopicFactory(name_en="Platforms", name_ko="플랫폼", source_language="en")
    TopicFactory(name_en="Chips", name_ko="반도체", source_language="ko")

    page = words(client.get("/ko/topics/"))

    assert "플랫폼 편집자 번역" in page
    assert "반도체 편집자 번역" not in page
    assert "모두 편집자가 번역한" not in page


def test_an_original_has_no_mark(client):
    TopicFactory(name_en="Platforms", name_ko="플랫폼", source_language="en")

    page = words(client.get("/topics/"))

    assert "translated by the editors" not in page
    assert "editors’ translation" not in page


def test_a_capacity_is_read_from_wide_to_narrow_in_korean(client):
    position = PositionFactory(summary_ko="요약")
    CapacityFactory(
        appearance=position.appearance,
        organization_name_en="Ministry",
        organization_name_ko="과학기술부",
        unit_en="AI Division",
        unit_ko="인공지능과",
        role_en="Director",
        role_ko="과장",
        basis="on_behalf_of",
    )

    assert "on behalf of: Director, AI Division, Ministry" in words(client.get(position.get_absolute_url()))
    assert "기관을 대표해 발언: 과학기술부 인공지능과 과장" in words(client.get(f"/ko{position.get_absolute_url()}"))


def test_text_of_editors_is_not_markup(client):
    EventFactory(title_en="<script>alert(1)</script> & more", slug="markup")

    page = client.get("/debates/markup/").text

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
