from __future__ import annotations

import json
import sys
from random import Random

import pytest
from rapidfuzz.distance import OSA

from benchmarks import names

pytestmark = pytest.mark.once


def test_names_are_all_different_and_the_same_for_a_seed():
    made = names.make_names(Random(3), 500)
    assert len(set(made)) == 500
    assert made == names.make_names(Random(3), 500) != names.make_names(Random(4), 500)


def test_spellings_lead_to_the_names_they_were_made_of():
    figures = names.names_found(Random(1), 500, 200)
    assert (figures.names, figures.variants) == (500, 200)
    assert figures.variants_found >= 0.99 and figures.others_met < 0.1 and figures.merged < 0.05


def test_a_mistyped_word_has_one_error_and_is_no_other_word():
    words = {"energy": 1, "ㅈㅓㅇㅊㅐㄱ": 1}
    for number in range(50):
        for word in words:
            written = names.mistype(Random(number), word, words)
            assert written not in words and OSA.distance(written, word) == 1


def test_the_share_of_words_put_right_is_counted():
    figures = names.words_corrected(Random(1), {"energy": 3, "policy": 2, "ㅈㅓㅇㅊㅐㄱ": 1}, 30)
    assert (figures.words, figures.first, figures.in_three) == (3, 1.0, 1.0)


def test_words_are_taken_from_collections(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "docs.jsonl").write_text(json.dumps({"id": "1", "text": "Energy 정책을 policy"}) + "\n", encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"id": "1", "text": "energy"}) + "\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("1\t1\t1\n", encoding="utf-8")
    assert names.words_of([folder]) == {"english": {"energy": 1, "policy": 1}, "korean": {"ㅈㅓㅇㅊㅐㄱ": 1}}
    monkeypatch.setattr(sys, "argv", ["names", "--texts", str(tmp_path / "none")])
    with pytest.raises(SystemExit):
        names.main()
    assert "docs.jsonl" in capsys.readouterr().err
