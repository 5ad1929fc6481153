from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import (
    DEEPEST,
    MOST_PARTS,
    AllOf,
    AnyOf,
    Clause,
    Coded,
    Dated,
    Named,
    Not,
    Occur,
    Phrase,
    Prefix,
    ProblemKind,
    Words,
    read,
    written,
)

pytestmark = pytest.mark.once

CODES = {"stance": {"supports": "supports", "찬성": "supports", "opposes": "opposes"}, "kind": {}, "role": {}}
A, B, C = Words("a"), Words("b"), Words("c")


def _optional(*nodes):
    return tuple(Clause(node) for node in nodes)


def _required(node):
    return (Clause(node, Occur.REQUIRED),)


def _excluded(node):
    return (Clause(node, Occur.EXCLUDED),)


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("데이터센터를 늘려야 하나?", _optional(Words("데이터센터를"), Words("늘려야"), Words("하나?"))),
        ("start-up 2024-25 C++", _optional(Words("start-up"), Words("2024-25"), Words("C++"))),
        ('"energy market"', _optional(Phrase("energy market"))),
        ("“정확한 말” 「인용」", _optional(Phrase("정확한 말"), Phrase("인용"))),
        ("regulat* 정책*", _optional(Prefix("regulat"), Prefix("정책"))),
        ("+a -b c", (*_required(A), *_excluded(B), *_optional(C))),
        ("＋a －b –c", (*_required(A), *_excluded(B), *_excluded(C))),
        ("a OR b c", _optional(AnyOf((A, B)), C)),
        ("a | b | c", _optional(AnyOf((A, B, C)))),
        ("a or b", _optional(A, Words("or"), B)),
        ("(a b) OR c", _optional(AnyOf((AllOf((A, B)), C)))),
        ("（a OR b）", _optional(AnyOf((A, B)))),
        ("+(a OR b) -(b c)", (*_required(AnyOf((A, B))), *_excluded(AllOf((B, C))))),
        ("(a -b)", _optional(AllOf((A, Not(B))))),
        ("a (b c)", _optional(A, B, C)),
        ("AI(인공지능) a", _optional(Words("AI"), Words("인공지능"), A)),
        ("speaker:kang", _required(Named("speaker", (Words("kang"),)))),
        ("Speaker:a a", (*_required(Named("speaker", (A,))), *_optional(A))),
        ('발언자:"강 훈식"', _required(Named("speaker", (Phrase("강 훈식"),)))),
        ("-organization:a", _excluded(Named("organization", (A,)))),
        ("debate:(a OR b*)", _required(Named("debate", (A, Prefix("b"))))),
        ("stance:supports", _required(Coded("stance", ("supports",)))),
        ("입장：(찬성 OR opposes)", _required(Coded("stance", ("supports", "opposes")))),
        ("after:2025-02", _required(Dated("after", date(2025, 2, 1)))),
        ("before:2024", _required(Dated("before", date(2024, 12, 31)))),
        ("https://example.org/a 10:30", _optional(Words("https://example.org/a"), Words("10:30"))),
        ("a - b + ?!", _optional(A, B)),
        ('"a b"-c (b)-c', _optional(Phrase("a b"), C, B, C)),
        ("AI(인공지능)-기반", _optional(Words("AI"), Words("인공지능"), Words("기반"))),
        ("정책＊ a ＯＲ b", _optional(Prefix("정책"), AnyOf((A, B)))),
        ("-a OR b", _optional(AnyOf((Not(A), B)))),
        ("a OR -(-b)", _optional(AnyOf((A, B)))),
        ("-a OR -b", _required(AnyOf((Not(A), Not(B))))),
        ("(-a -b)", _required(AllOf((Not(A), Not(B))))),
        ("(-a OR -b) c", (*_required(AnyOf((Not(A), Not(B)))), *_optional(C))),
        ("-(a b OR c)", _excluded(AllOf((A, AnyOf((B, C)))))),
        ('「그가 "a"라 했다」', _optional(Phrase('그가 "a"라 했다'))),
        (unicodedata.normalize("NFD", "입장:찬성"), _required(Coded("stance", ("supports",)))),
        ("a\x00b\ud800c", _optional(A, B, C)),
        ("* ** \"\" ''", ()),
    ],
)
def test_a_question_is_read_as_it_was_meant(question, clauses):
    reading = read(question, CODES)
    assert reading.clauses == clauses
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("question", "clauses", "problem", "text", "at"),
    [
        ('a "b c', _optional(A, B, C), ProblemKind.UNBALANCED_QUOTE, '"', 2),
        ("(a b", _optional(A, B), ProblemKind.UNBALANCED_PARENTHESIS, "(", 0),
        ("stance:(supports", _required(Coded("stance", ("supports",))), ProblemKind.UNBALANCED_PARENTHESIS, "(", 7),
        ("a(b (b OR c) c", _optional(A, B, AnyOf((B, C)), C), ProblemKind.UNBALANCED_PARENTHESIS, "(", 1),
        ("a) b", _optional(A, B), ProblemKind.UNBALANCED_PARENTHESIS, ")", 1),
        ("(a OR) b", _optional(A, B), ProblemKind.OPERATOR_WITHOUT_WORDS, "OR", 3),
        ("a OR", _optional(A), ProblemKind.OPERATOR_WITHOUT_WORDS, "OR", 2),
        ("OR a", _optional(A), ProblemKind.OPERATOR_WITHOUT_WORDS, "OR", 0),
        ("foo:bar", _optional(Words("foo:bar")), ProblemKind.UNKNOWN_FIELD, "foo:", 0),
        ("stance:maybe", _optional(Words("stance:maybe")), ProblemKind.UNKNOWN_VALUE, "stance:maybe", 0),
        ("a after:soon", _optional(A, Words("after:soon")), ProblemKind.UNREADABLE_DATE, "after:soon", 2),
        ("after:2025-XX", _optional(Words("after:2025-XX")), ProblemKind.UNREADABLE_DATE, "after:2025-XX", 0),
    ],
)
def test_what_does_not_fit_is_read_as_plain_words_and_told(question, clauses, problem, text, at):
    reading = read(question, CODES)
    assert reading.clauses == clauses
    (told,) = reading.problems
    assert (told.kind, told.text, told.at) == (problem, text, at)


def test_of_a_question_without_end_the_beginning_is_read():
    reading = read(" ".join(f"w{number}" for number in range(1_000)), CODES)
    assert len(reading.clauses) == MOST_PARTS
    assert reading.problems[-1].kind is ProblemKind.TOO_MANY


@pytest.mark.parametrize("question", ["{}", "({})", "speaker:({})", "+({} a"])
@pytest.mark.parametrize("between", [" OR ", "|"])
def test_alternatives_without_end_are_cut_like_words(question, between):
    reading = read(question.format(between.join(f"w{number}" for number in range(1_000))), CODES)
    (clause,) = reading.clauses
    alternatives = clause.node.values if isinstance(clause.node, Named) else clause.node.parts
    assert MOST_PARTS - 1 <= len(alternatives) <= MOST_PARTS  # a field with parentheses is a part itself
    assert [problem.kind for problem in reading.problems] == [ProblemKind.TOO_MANY]


@pytest.mark.parametrize("piece", ["speaker:(a ", "stance:(x) ", "x:y:z ", 'x:"y z"', "speaker:(", "a OR -(b ", "x:( "])
def test_no_question_has_more_parts_than_are_read(piece):
    reading = read(piece * 500, CODES)
    assert len(reading.clauses) <= MOST_PARTS
    assert read(written(reading), CODES).clauses == reading.clauses


def test_only_the_parentheses_that_are_too_deep_are_told():
    (problem,) = read("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), CODES).problems
    assert (problem.kind, problem.at) == (ProblemKind.TOO_DEEP, DEEPEST)


def test_a_date_is_no_list_of_dates():
    reading = read("before:(2024 OR 2025)", CODES)
    assert not [clause for clause in reading.clauses if isinstance(clause.node, Dated)]
    assert [problem.kind for problem in reading.problems] == [ProblemKind.UNREADABLE_DATE]


def test_parentheses_too_deep_are_passed_over():
    reading = read("(" * 5_000 + "a" + ")" * 5_000, CODES)
    assert reading.clauses == _optional(A)
    assert {problem.kind for problem in reading.problems} >= {ProblemKind.TOO_DEEP}


@pytest.mark.parametrize("piece", ["(", '"', "a OR ", "-", "speaker:", "+(", "a:", ":(", "*", "|", "「", "(a -"])
def test_a_hostile_question_takes_no_longer_than_its_length(piece):
    started = time.process_time()
    read(piece * (10_000 // len(piece)), CODES)
    assert time.process_time() - started < 1


PIECES = st.sampled_from(
    [
        *("a", "정책을", "b*", "x-y", '"c d"', "「인용", "+", "-", "–", " ", "OR", "|", "(", ")", "（", '"', "*", ":"),
        *("speaker:", "stance:supports", "before:2025", "after:", "입장:(", "foo:", "\x00", "\ud800"),
        *("“", "”", "„", "」", "『", "/", "－", "＊", "-(", "speaker:(", "a(", "\u0301"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(st.characters(exclude_categories=())))
def test_no_question_is_too_strange_and_what_is_written_back_reads_the_same(question):
    reading = read(question, CODES)
    assert read(written(reading), CODES).clauses == reading.clauses
    assert all(0 <= problem.at < len(question) for problem in reading.problems)


@given(st.lists(st.from_regex(r"[abc정책을,.?!'0-9]*[a정0]", fullmatch=True), max_size=20))
def test_plain_words_stay_as_they_are(words):
    reading = read(" ".join(words), CODES)
    assert [clause.node for clause in reading.clauses] == [Words(word) for word in words]
    assert reading.problems == ()
