from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.paragraphs import paragraphs
from debate.texts import Lines, Removed, Unreadable, cleaned, cleaned_html, decoded

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff"), ("cp949", b"")],
)
def test_korean_is_read_in_the_encodings_that_files_come_in(encoding, mark):
    assert decoded(mark + "정부는 기다린다. “똠방각하”".encode(encoding)) == "정부는 기다린다. “똠방각하”"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x00\x00\x00\x08",
        "Müller sagt: schön, größer, überall".encode("latin-1"),
        "“quoted” in Windows – it’s".encode("cp1252"),
        b"\xff\xfe\x00",
        "コンピューターは".encode("shift_jis"),
    ],
)
def test_bytes_that_are_no_text_or_in_another_encoding_are_refused(content):
    with pytest.raises(Unreadable):
        decoded(content)


def test_what_nobody_sees_is_taken_out_and_counted():
    found = cleaned("One\x00 two\u200b three\ufeff\r\nfour\u00a0\u3000five  \r\n\r\n\r\n\r\nsix\u00ad")
    assert found.text == "One two three\nfour five\n\nsix"
    assert found.removed == {Removed.CONTROLS: 1, Removed.INVISIBLE: 3, Removed.SPACES: 2}


@pytest.mark.parametrize("picture", ["👩‍🔬", "🏳️‍🌈", "👨🏽‍⚕️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥"])
def test_pictures_that_are_joined_stay_joined(picture):
    assert cleaned(f"a {picture} b").text == f"a {picture} b"
    assert cleaned("a\u200db").text == "ab"


def test_letters_are_composed():
    assert cleaned(unicodedata.normalize("NFD", "정부 é")).text == "정부 é"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (Lines.AS_THEY_ARE, "One\ntwo\n\nthree"),
        (Lines.PARAGRAPHS, "One\n\ntwo\n\nthree"),
        (Lines.WRAPPED, "One two\n\nthree"),
    ],
)
def test_lines_are_what_one_says_they_are(lines, text):
    assert cleaned("One\ntwo\n\n\nthree", lines).text == text


def test_without_blank_lines_every_line_is_a_paragraph():
    assert cleaned("One.\ntwo.\nthree.").text == "One.\n\ntwo.\n\nthree."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One two\n\nthree"),
        ("<div>One<br>two<br><br>three</div>", "One\ntwo\n\nthree"),
        ("<h1>Title</h1>\n  text\n  that goes on", "Title\n\ntext that goes on"),
        ("<ul><li>One</li><li>two</li></ul>", "One\n\ntwo"),
        ("<table><tr><td>One</td><td>two</td></tr><tr><td>three</td></tr></table>", "One two\n\nthree"),
        ("<p>5 &lt; 6 &amp; 7&nbsp;&gt; 2</p>", "5 < 6 & 7 > 2"),
        ("<pre>One\n\ntwo</pre>", "One\n\ntwo"),
        ("<p>a<script>alert('x')</script><style>p{}</style>b<!-- c --></p>", "ab"),
        ('<p onclick="x()">a <a href="javascript:x()">b</a><img src=x onerror=y()></p>', "a b"),
        ("<p>정부는<span> 기다린다</span>.</p><p></p><p> </p><p>끝</p>", "정부는 기다린다.\n\n끝"),
        ("<svg><text>x</text></svg>a", "a"),
    ],
)
def test_of_html_the_paragraphs_and_the_words_are_kept(source, text):
    assert cleaned_html(source).text == text


def test_markup_that_was_left_out_is_counted():
    assert cleaned_html("<p>a <b>b</b> <a href='/'>c</a><img src=x></p>").removed == {Removed.MARKUP: 3}


ANYTHING = st.text(max_size=80) | st.text(
    alphabet="a é\u0301가ᄀ\n\r\t\u200b\u200d👩🔬\ufe0f\x00\u3164\u2028\x0c<p>", max_size=80
)


@given(ANYTHING, st.sampled_from(Lines))
def test_cleaning_what_is_clean_changes_nothing(text, lines):
    once = cleaned(text, lines)
    again = cleaned(once.text, lines)
    assert again.text == once.text
    assert not again.removed
    assert unicodedata.is_normalized("NFC", once.text)


@given(ANYTHING)
def test_what_is_cleaned_is_its_paragraphs_and_nothing_else(text):
    clean = cleaned(text).text
    assert "\n\n".join(one.of(clean) for one in paragraphs(clean)) == clean


@given(ANYTHING)
def test_nothing_of_any_html_is_markup_or_unseen_afterwards(source):
    text = cleaned_html(source).text
    assert "\x00" not in text
    assert cleaned(text).text == text
