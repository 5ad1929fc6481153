from __future__ import annotations

import json
import math
import os
import subprocess
import sys

import pytest

from benchmarks.relevance import Unreadable, ndcg, read_collection, recall
from config import settings

pytestmark = pytest.mark.once


def test_ndcg_is_one_for_the_best_order_and_less_for_others():
    grades = {"a": 3.0, "b": 1.0, "c": 0.0}
    assert ndcg(["a", "b", "c"], grades) == 1
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert ndcg(["c", "x"], grades) == 0
    assert ndcg(["x"] * 10 + ["a", "b"], grades) == 0


def test_recall_counts_what_is_relevant_among_the_first():
    assert recall(["a", "x", "b"], {"a": 2, "b": 1, "c": 1, "d": 0}, at=3) == pytest.approx(2 / 3)
    assert recall(["x", "a"], {"a": 1}, at=1) == 0


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    documents = [("1", "Energy", "Power for all"), ("2", "", "학교 정책을 바꾼다"), ("3", "", "Nothing of the kind")]
    _write(folder / "docs.jsonl", [{"id": key, "title": title, "text": text} for key, title, text in documents])
    _write(folder / "queries.jsonl", [{"id": "q1", "text": "energy"}, {"id": "q2", "text": "학교의 정책"}])
    (folder / "qrels.tsv").write_text("query\tdocument\tgrade\nq1\t1\t1\nq2\t2\t2\n")
    return folder


def _write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_the_command_prints_one_json_object_as_its_last_line(collection):
    command = [sys.executable, "-m", "benchmarks.relevance", str(collection), "--json"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ, capture_output=True, text=True, check=True)
    (figures,) = json.loads(done.stdout.splitlines()[-1])["collections"]
    assert figures.pop("ms_per_query") > 0
    assert figures == {"name": "small", "queries": 2, "ndcg10": 1.0, "recall100": 1.0}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("docs.jsonl", '{"id": "1"}\n', "docs.jsonl, line 1"),
        ("queries.jsonl", "no json\n", "queries.jsonl, line 1"),
        ("qrels.tsv", "q1\t1\t1\nq1 1\n", "qrels.tsv, line 2"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_line(collection, file, text, said):
    (collection / file).write_text(text)
    with pytest.raises(Unreadable, match=said):
        read_collection(collection)


def test_a_folder_that_lacks_a_file_is_told(tmp_path):
    with pytest.raises(Unreadable, match=r"docs\.jsonl"):
        read_collection(tmp_path)
