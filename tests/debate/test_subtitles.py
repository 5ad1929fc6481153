from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.subtitles import NoSubtitles, cues, text_of

pytestmark = pytest.mark.once

VTT = """WEBVTT - Committee

NOTE made by hand

STYLE
::cue { color: red }

intro
00:12:30.000 --> 00:12:33.500 align:start
<v.loud Lee Min-ho>We need <b>one</b> law.</v>

00:12:33.600 --> 00:12:36.000
It must come soon.

NOTE
not said by anybody

00:12:36.100 --> 00:12:38.000
<v Park Ji-won>I disagree.

01:00:00.000 --> 01:00:02.000
After the break.
"""

SRT = """1
00:00:01,000 --> 00:00:03,000
김민지: 법이 하나면 됩니다.

2
00:00:03,200 --> 00:00:05,000
{\\an8}<i>곧 와야</i> 합니다.

3
00:00:05,100 --> 00:00:07,000
- 박서준: 저는 반대합니다.
- 김민지: 왜요?
"""


def test_paragraphs_begin_with_their_time_and_end_with_a_speaker_or_a_pause():
    assert text_of(VTT, "vtt").split("\n\n") == [
        "[00:12:30–00:12:36] Lee Min-ho: We need one law. It must come soon.",
        "[00:12:36–00:12:38] Park Ji-won: I disagree.",
        "[01:00:00–01:00:02] After the break.",
    ]


def test_speakers_are_named_before_their_words_too():
    assert text_of(SRT, "srt").split("\n\n") == [
        "[00:00:01–00:00:05] 김민지: 법이 하나면 됩니다. 곧 와야 합니다.",
        "[00:00:05–00:00:07] 박서준: 저는 반대합니다.",
        "[00:00:05–00:00:07] 김민지: 왜요?",
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        ("MS. LEE: Thank you.", "MS. LEE", "Thank you."),
        (">> Anna Holm: Yes.", "Anna Holm", "Yes."),
        ("이도현 의원: 네.", "이도현 의원", "네."),
        ("Remember: three things.", "Remember", "three things."),
        ("what I mean is: no", "", "what I mean is: no"),
        ("It is 12:30 now", "", "It is 12:30 now"),
    ],
)
def test_a_name_and_a_colon_begin_somebodys_words(line, speaker, words):
    (cue,) = cues(f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n", "srt")
    assert (cue.speaker, cue.words) == (speaker, words)


def test_lines_that_move_up_are_kept_once():
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe need\n\n00:02.000 --> 00:03.000\nwe need\none law\n\n"
        "00:03.000 --> 00:04.000\none law\nand soon\n"
    )
    assert text_of(rolling, "vtt") == "[00:00:01–00:00:04] we need one law and soon"


def test_a_long_speech_is_parted_where_a_sentence_ends():
    lines = [
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\n{'word ' * 9}end.\n"
        for n in range(40)
    ]
    several = text_of("\n".join(lines), "srt").split("\n\n")
    assert len(several) == 4
    assert all(one.endswith("end.") for one in several)
    assert several[1].startswith("[00:00:13–")


@pytest.mark.parametrize("source", ["", "WEBVTT\n", "Just a text.", "1\n00:00:01,000\nno end\n"])
def test_what_has_no_times_is_refused(source):
    with pytest.raises(NoSubtitles):
        text_of(source, "srt")


@given(st.text(alphabet="0123456789:,. ->\nWEBVTa<v>{}\\N", max_size=200), st.sampled_from(["srt", "vtt"]))
def test_no_file_breaks_it(source, kind):
    with suppress(NoSubtitles):
        assert text_of(source, kind)
