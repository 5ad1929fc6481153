"""What holds of every page."""

from __future__ import annotations

import gzip
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve

from tests.pages.reading import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.words]

LOADED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|\ssrc="([^"]+)"')
# A block of data is no script: no browser runs it, and no policy has to allow it.
INLINE = re.compile(r'<script(?! src=| type="application/ld\+json">)|<style|\sstyle=|\son[a-z]+=')
FRAGMENT = re.compile(r'href="([^"#]*)#([^"]+)"')
MOST_BYTES = 100_000  # of a page with its styles and scripts, compressed
ENGLISH = re.compile(r"\b(supports|opposes|identified as|on behalf of|not given|Debates|Speakers|recommendation)\b")


def readers_pages(site):
    html = {path: page for path, page in site.pages.items() if page.get("Content-Type", "").startswith("text/html")}
    return {path: page for path, page in html.items() if not path.startswith("/api/")}


def one_of_each_kind(site):
    """A page of each view in each language."""
    kinds = {}
    for path, page in readers_pages(site).items():
        view = resolve(path.removeprefix("/ko").partition("?")[0]).view_name
        kinds.setdefault((view, path.startswith("/ko/")), (path, page))
    return dict(kinds.values())


LEADING_ON = {"/api/v1/exports/latest/": 302}  # to whichever archive is the newest


def test_no_link_is_a_dead_end(site):
    dead = [path for path, page in site.pages.items() if page.status_code != LEADING_ON.get(path, 200)]

    assert [(path, site.from_page.get(path)) for path in dead] == []
    assert len(readers_pages(site)) > 200


def test_both_languages_have_the_same_pages(site):
    paths = {path for path in readers_pages(site) if "?" not in path}
    korean = {path for path in paths if path.startswith("/ko/")}

    assert {path.removeprefix("/ko") for path in korean} == paths - korean


def test_the_markup_of_every_kind_of_page_is_valid(site):
    for path, page in one_of_each_kind(site).items():
        assert mistakes(page) == [], path


@pytest.mark.full
def test_the_markup_of_every_page_is_valid(site):
    for path, page in readers_pages(site).items():
        assert mistakes(page) == [], path


@pytest.mark.parametrize("path", ["/no/such/page/", "/ko/no/such/page/", "/debates/?page=0", "/positions/?from=soon"])
def test_the_markup_of_what_went_wrong_is_valid(client, db, path):
    page = client.get(path)

    assert page.status_code in {400, 404}
    assert mistakes(page) == []


def mistakes(page):
    parser = html5lib.HTMLParser()
    parser.parse(page.content.decode())
    return parser.errors


def test_ids_are_there_once_and_fragments_lead_to_them(site):
    pages = readers_pages(site)
    ids = {path: re.findall(r'\sid="([^"]+)"', page.content.decode()) for path, page in pages.items()}
    for path, page in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for address, fragment in FRAGMENT.findall(page.content.decode()):
            target = urljoin(path, address.replace("&amp;", "&")) if address else path
            assert target not in pages or fragment in ids[target], (path, target, fragment)


def test_former_anchors_of_the_page_about_the_record_are_kept(site):
    source = site.pages["/about/"].content.decode()

    assert all(f' id="{anchor}"' in source for anchor in ("coding", "stances", "kinds", "data", "languages"))


def test_every_page_has_its_landmarks_and_each_navigation_a_name(site):
    for path, page in one_of_each_kind(site).items():
        source = page.content.decode()
        for landmark in ('<header class="site-head"', '<main id="content"', '<footer class="site-foot"'):
            assert source.count(landmark) == 1, (path, landmark)
        names = re.findall(r"<nav[^>]*? aria-label(?:ledby)?=\"([^\"]+)", source)
        assert len(names) == source.count("<nav") == len(set(names)), (path, names)


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


def test_no_page_weighs_much(site):
    weights = {path: weight(page) for path, page in readers_pages(site).items()}

    heaviest = max(weights, key=weights.__getitem__)
    assert weights[heaviest] < MOST_BYTES, heaviest


def weight(page):
    """With all that it loads, compressed, in bytes."""
    loaded = {"".join(address) for address in LOADED.findall(page.content.decode())}
    files = (finders.find(address.removeprefix("/static/")) for address in loaded)
    return sum(map(compressed_size, files)) + len(gzip.compress(page.content))


@cache
def compressed_size(file):
    return len(gzip.compress(Path(file).read_bytes()))


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


def test_every_page_with_summaries_says_that_they_are_paraphrases(site):
    shown = 0
    for path, page in readers_pages(site).items():
        if 'class="summary"' in page.content.decode() or re.search(r"/positions/[^/?]+/", path):
            said = "편집자가 풀어 쓴" if path.startswith("/ko/") else "editors’ paraphrase"
            main = re.search(r"<main.+</main>", page.content.decode(), re.DOTALL)[0]
            assert said in main, path
            shown += 1
    assert shown > 100


def test_every_record_leads_to_the_same_record_as_data(site):
    records = {path for path in readers_pages(site) if re.fullmatch(r"/(?!ko/|search/|about/)[a-z]+/[^/?]+/", path)}

    assert len(records) > 80
    for path in records:
        assert f"/api/v1{path}" in links(site.pages[path]), path
        assert site.pages[f"/api/v1{path}"].status_code == 200


def test_no_korean_page_is_left_in_english(site):
    for path, page in readers_pages(site).items():
        if path.startswith("/ko/"):
            assert not ENGLISH.search(words(page)), path
