from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import hangul, korean_names
from search.mistyping import errors_allowed
from search.spelling import asked_sounds, corrections, initials, jamo, sounds

pytestmark = pytest.mark.once

SPELLINGS = {
    "강훈식": [
        "강 훈식", "훈식 강", "Kang Hoon-sik", "Kang Hun Sik", "Gang Hunsik", "KANG Hoonsik", "Hoon-Sik Kang",
        "Kang, Hoon-sik", "Hunsik Gang", "Kang Hoon Shik", "kanghoonsik", "Kang-Hoon-Sik", "Kang Houn-sick",
        "Ｋａｎｇ Hoon-sik",
    ],
    "이기대": ["Lee Ki-dae", "Yi Gidae", "Rhee Ki Dai", "Ki-Dae Lee", "Li Ki-tae", "Ri Kidae", "leekidae"],
    "박정우": ["Park Jung-woo", "Pak Chong-u", "Bak Jeongu", "Jeong-wu Park", "PARK, JUNGWOO", "Park Joung-wou"],
    "최영철": ["Choi Young-chul", "Choe Yeongcheol", "Choy Yong-chol", "Young Chul Choi", "Chey Young-Cheol"],
    "정승희": ["Jung Seung-hee", "Chung Sung-hui", "Jeong Seunghui", "Cheong Seung Hee", "Seung-hi Chung"],
    "조은혜": ["Cho Eun-hye", "Jo Eunhye", "Joe Un-hye", "Eun Hye Cho"],
    "윤태경": ["Yoon Tae-kyung", "Yun Taegyeong", "Youn Tae Kyoung", "Yun T'ae-gyŏng"],
    "임채원": ["Lim Chae-won", "Im Chaewon", "Yim Chai-won", "Rim Chae Weon"],
    "류현주": ["Ryu Hyun-joo", "Yoo Hyeonju", "You Hyun Ju", "유현주", "Rhyu Hyon-ju", "Lyu Hyunjoo"],
    "노수빈": ["Roh Soo-bin", "Noh Subin", "No Su-been", "Rho Soobin"],
    "우지석": ["Woo Ji-suk", "U Jiseok", "Wu Jee-seok"],
    "권혁준": ["Kwon Hyuk-jun", "Gwon Hyeokjun", "Kweon Hyuck Joon"],
    "신동욱": ["Shin Dong-wook", "Sin Donguk", "Sheen Tong-uk"],
    "허재현": ["Heo Jae-hyeon", "Huh Jai-hyun", "Hur Jae Hyun"],
    "백예린": ["Baek Ye-rin", "Paik Yerin", "Paek Ye-rin", "Back Yerin"],
    "황의진": ["Hwang Ui-jin", "Whang Eui-jin", "Hwang Yijin"],
    "안광민": ["An Gwangmin", "Ahn Kwang-min", "Kwang-min Ahn"],
    "손보라": ["Sohn Bo-ra", "Son Bora"],
    "남궁윤": ["Namgung Yun", "Nam-gung Yoon", "Yoon Namgoong"],
    "구휘": ["Koo Whi", "Gu Hwi", "Hwee Koo"],
}  # fmt: skip

APART = [
    ("강훈식", "강훈일"), ("김수진", "김서진"), ("이윤아", "이연아"), ("박대현", "박태현"), ("정재원", "정채원"),
    ("Kim Soo-jin", "Kim Seo-jin"), ("Lee Yoon-ah", "Lee Yeon-ah"), ("Park Dae-hyun", "박태현"),
    ("Cho Young-ki", "조용기"),
    ("Ada Lovelace", "Ada Byron"), ("임지영", "인지영"), ("Oh Ji-hun", "어지훈"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spelling"), [(name, spelling) for name, several in SPELLINGS.items() for spelling in several]
)
def test_every_spelling_of_a_name_meets_it(name, spelling):
    assert sounds(name) & sounds(spelling)


@pytest.mark.parametrize("spellings", SPELLINGS.values())
def test_all_spellings_of_a_name_meet_each_other(spellings):
    for one in spellings:
        for other in spellings:
            assert sounds(one) & sounds(other), (one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_are_common_side_by_side_stay_apart(one, other):
    assert sounds(one) and sounds(other) and not sounds(one) & sounds(other)


def test_other_names_are_found_in_either_order():
    assert sounds("Ada Lovelace") == sounds("LOVELACE, Ada") == {"ada_lovelace"}
    assert sounds("에이다 러브레이스") == sounds("러브레이스 에이다")
    assert sounds("Jean-Luc Müller") == sounds("Muller Jean Luc".replace("Jean Luc", "Jeanluc"))


@pytest.mark.parametrize("name", ["", "   ", "Plato", "Kang", "hoon", "-", "'", "姜", "강"])
def test_what_is_no_whole_name_has_no_sound(name):
    assert sounds(name) == frozenset()


def test_words_of_a_question_are_looked_for_as_names():
    (key,) = sounds("강훈식")
    for words in (
        ["강훈식"], ["강훈식은"], ["강훈식에게"], ["강", "훈식이"], ["Kang", "Hoon-sik"], ["Hun", "Sik", "Gang"],
        ["kanghoonsik"],
    ):  # fmt: skip
        assert key in asked_sounds(words), words
    for words in ([], ["kang"], ["policy"], ["Kang", "Hoon", "sik", "and", "Bae"]):
        assert not asked_sounds(words), words


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ministry of Science and ICT", {"msict", "msi", "msit", "mosict", "mosi", "mosit"}),
        ("Korea Internet & Security Agency", {"kisa"}),
        ("Bank of Korea", {"bok"}),
        ("European Union", {"eu"}),
        ("University of Seoul", {"uos"}),
        ("Platform Law and Policy Society", {"plps"}),
        ("DeepSec", set()),
        ("과학기술정보통신부", set()),
        ("AI 안전연구소", set()),
        ("", set()),
    ],
)
def test_an_organization_may_go_by_its_initials(name, short):
    assert initials(name) == short


VOCABULARY = [
    (jamo(word), times)
    for word, times in {
        "정책": 50, "정착": 10, "규제": 40, "데이터": 30, "플랫폼": 20, "플랫폼법": 2, "의회": 9, "regulation": 30,
        "regulations": 20, "regulator": 5, "energy": 20, "synergy": 3, "tax": 9, "data": 50, "date": 20,
    }.items()
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("정챡", "정책"),
        ("저책", "정책"),
        ("규졔", "규제"),
        ("대이터", "데이터"),
        ("데이턴", "데이터"),
        ("플랫퐁", "플랫폼"),
        ("으ㅣ회", "의회"),
        ("regulatoin", "regulation"),
        ("regulaton", "regulation"),
        ("Régulattion", "regulation"),
        ("enrgy", "energy"),
        ("emergy", "energy"),
        ("tx", None),
        ("blockchain", None),
        ("", None),
    ],
)
def test_a_mistyped_word_is_taken_for_the_one_that_was_meant(written, meant):
    assert next(iter(corrections(written, VOCABULARY)), None) == meant


def test_a_letter_left_out_is_likelier_than_another_typed_for_it():
    assert corrections("bord", [("board", 1), ("bird", 1), ("bort", 1)], at_most=1) == ["board"]


def test_a_key_beside_the_right_one_is_likelier_than_one_far_off():
    assert corrections("cist", [("cast", 1), ("cost", 1)]) == ["cost", "cast"]
    assert corrections("법ㄹ", [(jamo("법"), 1)]) == ["법"]


def test_a_common_word_is_likelier_than_a_rare_one():
    assert corrections("tbxes", [("taxes", 1), ("tuxes", 100)]) == ["tuxes", "taxes"]
    assert corrections("정첵", [(jamo("정책"), 90), (jamo("정착"), 1)]) == ["정책", "정착"]


def test_the_word_itself_is_no_correction():
    assert "data" not in corrections("data", VOCABULARY)


def test_at_most_so_many_corrections_are_given():
    assert len(corrections("regulatio", VOCABULARY, at_most=2)) == 2


def test_a_typing_error_is_one_letter_in_either_script():
    assert (jamo("강훈"), jamo("닭과 KANG"), jamo("와")) == ("ㄱㅏㅇㅎㅜㄴ", "ㄷㅏㄹㄱㄱㅗㅏ kang", "ㅇㅗㅏ")
    assert jamo("ㄱ") == "ㄱ"
    assert [errors_allowed(jamo(word)) for word in ("tax", "data", "regulate", "법", "데이터")] == [0, 1, 2, 1, 1]


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)))
def test_letters_make_the_syllables_again(text):
    assert hangul.syllables(hangul.letters(text)) == text


@example("hokako")
@example("ewha")
@given(st.text(st.sampled_from("kangyoeuiwhcsjpt"), max_size=12))
def test_whatever_a_spelling_stands_for_is_led_to_from_each_of_its_beginnings(spelling):
    """Unless there are more beginnings than are looked at."""
    for meant in korean_names.in_one_word(spelling):
        for end in range(1, len(spelling) + 1):
            beginnings = korean_names.beginnings(spelling[:end])
            parts = (korean_names._usual(spelling)[start:end] for start in range(end))
            looked_at = [beginnings, *map(korean_names._beginnings, parts)]
            is_cut = any(len(readings) == korean_names.MOST_READINGS for readings in looked_at)
            assert is_cut or meant.startswith(tuple(beginnings)), (meant, end)


@example("\u2010")
@example("\u2010 kang")
@given(st.text(st.characters(exclude_categories=())))
def test_no_name_is_too_strange(text):
    assert len(sounds(text)) <= 4 * korean_names.MOST_READINGS
    assert all(key and not key.isspace() and " " not in key for key in sounds(text))
    assert all(short.isalpha() for short in initials(text))
    corrections(text, VOCABULARY)
    asked_sounds(text.split()[:4])
    korean_names.beginnings(text)
