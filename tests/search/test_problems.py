from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from search.codes import called
from search.language import Problem, ProblemKind, read
from search.problems import explained
from speakers.bilingual import LANGUAGES

pytestmark = pytest.mark.once


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_is_explained_to_its_end(kind, language):
    with override(language):
        sentence = explained(Problem(kind, "100%s", 3))
    assert sentence.endswith(".") and "%(" not in sentence
    assert "100%s" in sentence or kind is ProblemKind.TOO_DEEP


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_be_right_is_right(language):
    with override(language):
        for kind in (ProblemKind.UNKNOWN_VALUE, ProblemKind.UNREADABLE_DATE):
            examples = re.findall(r"[^\W\d_]+:[^\s,.]+", explained(Problem(kind, "", 0)))
            assert len(examples) == 3
            assert [read(example, called()).problems for example in examples] == [()] * 3
        fields = re.findall(
            r"[^\W\d_]+(?=,|\.$)", explained(Problem(ProblemKind.UNKNOWN_FIELD, "", 0)).rpartition(":")[2]
        )
        assert len(fields) == 9
        found = [problem.kind for field in fields for problem in read(f"{field}:x", called()).problems]
        assert ProblemKind.UNKNOWN_FIELD not in found


def test_what_was_written_at_length_is_shortened():
    assert len(explained(Problem(ProblemKind.UNKNOWN_FIELD, "x" * 900, 0))) < 250
