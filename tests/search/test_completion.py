from __future__ import annotations

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from record.version import Stamp
from search import fields, naming
from search.completion import LONGEST, MOST_WORDS, candidates
from search.index import Snapshot
from search.schema import PRIMARY_KEY

pytestmark = pytest.mark.once

NAMES = {
    ("person", 1): ["강훈식", "Kang Hoon-sik"],
    ("person", 2): ["Lee Ki-dae"],
    ("person", 3): ["Ada Lovelace", "에이다 러브레이스"],
    ("person", 4): ["류현주"],
    ("person", 5): ["남궁윤"],
    ("person", 6): ["박지훈"],
    ("person", 7): ["강훈"],
    ("organization", 1): ["Ministry of Science and ICT", "과학기술정보통신부"],
    ("organization", 2): ["Kangwon Institute", "강원연구원"],
    ("organization", 3): ["Start-up Forum", "스타트업 포럼"],
    ("topic", 1): ["Data, cloud and compute", "데이터·클라우드"],
    ("topic", 2): ["AI law", "AI 법제"],
    ("topic", 3): ["AI"],
    ("proposition", 1): ["The state should build a data centre", "국가가 데이터센터를 지어야 한다"],
    ("event", 1): ["What DeepSec means for Korea", "딥섹과 한국"],
}
POSITIONS = {("person", 6): 3, ("person", 7): 1, ("organization", 2): 2, ("topic", 2): 4}
COLUMNS = {
    "person": "speaker", "organization": "organization", "topic": "topic", "proposition": "proposition",
    "event": "debate",
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    builder = tantivy.SchemaBuilder()
    for column in (naming.COMPLETIONS, naming.SOUNDS):
        builder.add_text_field(column, tokenizer_name="whitespace", index_option="basic")
    for column in (naming.WEIGHT, PRIMARY_KEY):
        builder.add_unsigned_field(column, fast=True)
    for column in fields.KEY_FILTERS:
        builder.add_unsigned_field(column, indexed=True, fast=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    for (kind, key), names in NAMES.items():
        positions = POSITIONS.get((kind, key), 0)
        values = {**naming.naming(names, kind), naming.WEIGHT: naming.weight(kind, positions), PRIMARY_KEY: key}
        writer.add_document(tantivy.Document.from_dict(values, schema))
        for _position in range(positions):
            writer.add_document(tantivy.Document.from_dict({PRIMARY_KEY: 1, COLUMNS[kind]: [key]}, schema))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Snapshot(index.searcher(), schema, Stamp(0, ""))


def complete(snapshot: Snapshot, typed: str, limit: int = 10) -> list[str]:
    return [NAMES[found.kind, found.key][0] for found in candidates(snapshot, typed, limit).found]


@pytest.mark.parametrize(
    ("name", "beginnings"),
    [
        ("강훈식", "강훈; 강후; 강훈ㅅ; 훈식; 훈식 강"),
        ("강훈식", "kang hoo; gang hun; hoon-s; sik kang; KANGHOO; ganghunsi; hoon sik; hun shik"),
        ("Lee Ki-dae", "이기; yi gid; kidae; 기대 이; rhee; gi dae"),
        ("Ada Lovelace", "love; lovelace a; 러브; 에이다러"),
        ("류현주", "ryu; you hyun; 유현; hyeonju"),
        ("남궁윤", "namg; yoon nam"),
        ("Ministry of Science and ICT", "msit; mosi; M.S.I.T.; science min; 과학ㄱ"),
        ("Start-up Forum", "startup; start; 포럼; 스타트업포"),
        ("The state should build a data centre", "데이터 센; 데이터센; data cent"),
        ("Data, cloud and compute", "cloud d; 데이터클"),
        ("What DeepSec means for Korea", "딥; deeps"),
    ],
)
def test_beginnings_find_the_name(snapshot, name, beginnings):
    for typed in beginnings.split("; "):
        assert name in complete(snapshot, typed), typed
        assert not candidates(snapshot, typed, 10).are_corrected, typed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kagn hoo", "강훈식"), ("hoonsek", "강훈식"), ("강훙식", "강훈식"), ("lovalace", "Ada Lovelace"),
        ("minstry of sci", "Ministry of Science and ICT"), ("과학기슬", "Ministry of Science and ICT"),
        ("deepsac", "What DeepSec means for Korea"),
    ],
)  # fmt: skip
def test_one_typing_error_is_forgiven_where_nothing_begins_so(snapshot, typed, name):
    assert complete(snapshot, typed)[0] == name
    assert candidates(snapshot, typed, 10).are_corrected


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "!?", "xyzzy", "xq", "kang xyzzy", "\ud800", "word " * (MOST_WORDS + 1)]
)
def test_what_nothing_begins_with_finds_nothing(snapshot, typed):
    assert complete(snapshot, typed) == []


def test_a_question_as_long_as_a_text_is_not_completed(snapshot):
    assert complete(snapshot, "kang" + " " * LONGEST) == []


def test_the_whole_name_comes_before_names_that_begin_so_and_these_before_names_that_have_the_words(snapshot):
    assert complete(snapshot, "강훈") == ["강훈", "강훈식"]
    assert complete(snapshot, "ai")[:2] == ["AI", "AI law"]
    assert complete(snapshot, "data")[:2] == ["Data, cloud and compute", "The state should build a data centre"]


def test_what_there_is_more_of_comes_first(snapshot):
    assert complete(snapshot, "kang")[0] == "Kangwon Institute"
    assert complete(snapshot, "훈") == ["박지훈", "강훈", "강훈식"]


def test_no_more_are_given_than_wanted(snapshot):
    assert len(complete(snapshot, "kang", limit=1)) == 1


def test_spellings_by_sound_are_of_people_alone():
    organization = naming.naming(["Kang Hoon-sik Foundation"], "organization")
    assert naming.SOUNDS not in organization and naming.SOUND not in organization[naming.COMPLETIONS]


def test_a_name_known_in_hangul_is_no_other_that_its_spelling_may_stand_for():
    assert naming.naming(["Lee Ki-dae", "이기대"], "person")[naming.SOUNDS] == "ㅇㅣㄱㅣㄷㅐ"
    assert len(naming.naming(["Lee Ki-dae"], "person")[naming.SOUNDS].split()) > 1


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(naming.KINDS))
def test_no_name_is_too_strange(text, kind):
    for column, value in naming.naming([text], kind).items():
        assert column in {naming.COMPLETIONS, naming.SOUNDS}
        value.encode(errors="surrogatepass")
        assert all(0 < len(token) <= 4 * naming.LONGEST_NAME for token in value.split())


@given(st.text(st.sampled_from("kang hoo강훈ㅅㄱ-,.'(\"*~^="), max_size=20))
def test_whatever_is_typed_is_answered(snapshot, text):
    assert len(candidates(snapshot, text, 5).found) <= 10
