"""What holds of every page."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from django.urls import resolve

from tests.pages.reading import links, words

LOADED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|\ssrc="([^"]+)"')
# A block of data is no script: no browser runs it, and no policy has to allow it.
INLINE = re.compile(r'<script(?! src=| type="application/ld\+json">)|<style|\sstyle=|\son[a-z]+=')
ENGLISH = re.compile(r"\b(supports|opposes|identified as|on behalf of|not given|Debates|Speakers|recommendation)\b")


def readers_pages(site):
    html = {path: page for path, page in site.pages.items() if page["Content-Type"].startswith("text/html")}
    return {path: page for path, page in html.items() if not path.startswith("/api/")}


def one_of_each_kind(site):
    """A page of each view in each language."""
    kinds = {}
    for path, page in readers_pages(site).items():
        view = resolve(path.removeprefix("/ko").partition("?")[0]).view_name
        kinds.setdefault((view, path.startswith("/ko/")), (path, page))
    return dict(kinds.values())


def test_no_link_is_a_dead_end(site):
    dead = [path for path, page in site.pages.items() if page.status_code != 200]

    assert [(path, site.from_page.get(path)) for path in dead] == []
    assert len(readers_pages(site)) > 200


def test_both_languages_have_the_same_pages(site):
    paths = {path for path in readers_pages(site) if "?" not in path}
    korean = {path for path in paths if path.startswith("/ko/")}

    assert {path.removeprefix("/ko") for path in korean} == paths - korean


def test_the_markup_of_every_kind_of_page_is_valid(site):
    for path, page in one_of_each_kind(site).items():
        parser = html5lib.HTMLParser()
        parser.parse(page.content.decode())
        assert parser.errors == [], path


def test_ids_are_there_once_and_fragments_lead_to_them(site):
    for path, page in readers_pages(site).items():
        source = page.content.decode()
        ids = re.findall(r'\sid="([^"]+)"', source)
        assert len(ids) == len(set(ids)), path
        assert set(re.findall(r'href="#([^"]+)"', source)) <= set(ids), path


def test_every_page_has_one_heading_at_the_top_and_skips_no_level(site):
    for path, page in one_of_each_kind(site).items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.content.decode())]
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(below - above <= 1 for above, below in pairwise(levels)), (path, levels)


def test_no_page_sets_a_cookie_or_depends_on_one(site):
    for path, page in readers_pages(site).items():
        assert not page.cookies, path
        assert "Cookie" not in page.headers.get("Vary", ""), path


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(site):
    for path, page in one_of_each_kind(site).items():
        source = page.content.decode()
        loaded = ["".join(address) for address in LOADED.findall(source)]
        assert loaded and all(address.startswith("/static/") for address in loaded), path
        assert not INLINE.search(source), path


def test_every_page_says_its_language_and_where_it_is_in_the_other(site, settings):
    for path, page in one_of_each_kind(site).items():
        source = page.content.decode().replace("&amp;", "&")
        bare = path.removeprefix("/ko").partition("?")[0]
        assert f'<html lang="{"ko" if path.startswith("/ko/") else "en"}">' in source
        for code, other in (("en", bare), ("ko", f"/ko{bare}"), ("x-default", bare)):
            assert f'<link rel="alternate" hreflang="{code}" href="{settings.PUBLIC_URL}{other}">' in source, path


def test_the_language_switch_keeps_the_page_and_its_query(site):
    assert "/ko/search/?q=18,000+GPUs" in links(site.pages["/search/?q=18,000+GPUs"])


@pytest.mark.parametrize("kind", ["debates", "speakers", "organizations", "topics", "propositions", "positions"])
def test_titles_and_descriptions_are_there_and_differ(site, kind):
    own = [page.content.decode() for path, page in site.pages.items() if re.fullmatch(f"/{kind}/[^/?]+/", path)]
    titles = [re.search(r"<title>(.+?)</title>", source)[1] for source in own]
    descriptions = [re.search(r'<meta name="description" content="(.+?)">', source)[1] for source in own]

    assert titles and len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_every_list_of_summaries_says_that_they_are_paraphrases(site):
    for path, page in readers_pages(site).items():
        if '<p class="summary">' in page.content.decode():
            korean = path.startswith("/ko/")
            said = "요약은 편집자가 풀어 쓴 것" if korean else "Summaries are the editors’ paraphrase"
            assert said in words(page), path


def test_every_record_leads_to_the_same_record_as_data(site):
    records = {path for path in readers_pages(site) if re.fullmatch(r"/(?!ko/|search/)[a-z]+/[^/?]+/", path)}

    assert len(records) > 80
    for path in records:
        assert f"/api/v1{path}" in links(site.pages[path]), path
        assert site.pages[f"/api/v1{path}"].status_code == 200


def test_no_korean_page_is_left_in_english(site):
    for path, page in readers_pages(site).items():
        if path.startswith("/ko/"):
            assert not ENGLISH.search(words(page)), path
