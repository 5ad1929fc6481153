from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.moments import at_moment

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=750s"),
        ("https://www.youtube.com/watch?v=abc&t=3s&list=x", "https://www.youtube.com/watch?v=abc&list=x&t=750s"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=750s"),
        ("https://youtube.com/live/abc", "https://youtube.com/live/abc?t=750s"),
        ("https://www.youtube-nocookie.com/embed/abc", "https://www.youtube-nocookie.com/embed/abc?start=750"),
        ("https://vimeo.com/12345", "https://vimeo.com/12345#t=750s"),
        ("https://player.vimeo.com/video/12345?h=1", "https://player.vimeo.com/video/12345?h=1#t=750s"),
        ("https://media.example.org/talk.MP4?key=1", "https://media.example.org/talk.MP4?key=1#t=750,785"),
        ("https://media.example.org/talk.mp3#x", "https://media.example.org/talk.mp3#t=750,785"),
    ],
)
def test_an_address_leads_to_the_time_where_its_host_has_a_way(url, address):
    assert at_moment(url, "00:12:30–00:13:05") == address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/video/12",
        "https://youtube.com.example.org/watch?v=abc",
        "https://notyoutube.com/watch?v=abc",
        "https://www.youtube.com/@channel",
        "https://vimeo.com/about",
        "javascript:alert(1)//youtube.com/a.mp4",
        "ftp://example.org/a.mp4",
        "https://[broken/a.mp4",
        "",
    ],
)
def test_other_hosts_have_none(url):
    assert at_moment(url, "00:12:30") == ""


@pytest.mark.parametrize("place", ["¶ 3", "p. 7", "", "soon"])
def test_only_a_time_leads_into_a_video(place):
    assert at_moment("https://youtu.be/abc", place) == ""


def test_a_time_without_an_end_is_where_it_begins():
    assert at_moment("https://example.org/a.webm", "01:00:05") == "https://example.org/a.webm#t=3605"


@given(st.text(max_size=60), st.sampled_from(["00:12:30", "¶ 1"]))
def test_whatever_the_address_there_is_an_answer(url, place):
    at_moment(url, place)
