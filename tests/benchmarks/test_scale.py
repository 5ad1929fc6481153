from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count

from benchmarks import search_scale
from benchmarks.scale import filler, postgresql, sqlite, texts
from benchmarks.scale.questions import EACH, Question, make_questions
from benchmarks.scale.record import Filling, NotOurs, fill
from benchmarks.scale.rows import Making
from benchmarks.scale.timing import p50, p95
from benchmarks.scale.words import Vocabulary, Writer
from debate.models import Appearance, Event, Session
from positions.models import Position, Proposition
from search.filters import Filters
from speakers import derived, triggers
from speakers.models import Person

ROOT = Path(__file__).resolve().parent.parent.parent
POSITIONS = 300


@pytest.fixture
def filled(transactional_db):
    filler.fill(Filling(POSITIONS, 1), lambda step: None)


def test_the_same_seed_writes_the_same_texts_and_another_seed_others():
    def written(seed: int) -> str:
        writer = Writer(f"texts {seed}", Vocabulary(seed, 1_000))
        return writer.english(20) + writer.korean(20) + writer.korean_name()

    assert written(1) == written(1)
    assert written(1) != written(2)


def test_words_come_as_often_as_in_real_texts():
    writer = Writer("texts 1", Vocabulary(1, 1_000))
    counts = Counter(" ".join(writer.english(20).lower() for _text in range(2_000)).split())
    ranked = [count for _word, count in counts.most_common()]
    assert counts.most_common(1)[0][0] == "the"
    assert 3 < ranked[4] / ranked[39] < 12  # of a Zipfian 41 / 6
    assert ranked.count(1) > len(ranked) / 20


def test_debates_are_alike_unless_so_many_are_asked_for_and_then_of_very_different_lengths():
    assert Filling(1_003, 1).sizes == (502, 501)
    sizes = Filling(10_000, 1, debates=50).sizes
    assert (len(sizes), sum(sizes)) == (50, 10_000)
    assert sizes[0] > 20 * sizes[-1] > 0
    assert sizes[1] / sizes[0] == pytest.approx(2 / 3, abs=0.01)


def test_a_long_debate_has_more_sessions_and_propositions(transactional_db):
    filler.fill(Filling(1_500, 1, debates=3), lambda step: None)
    sizes = dict(Event.objects.values_list("slug").annotate(Count("positions")))
    assert sizes == {"debate-0": 693, "debate-1": 461, "debate-2": 346}
    assert Session.objects.count() == 6
    assert Proposition.objects.count() == 50


def test_the_vocabulary_grows_with_the_square_root_of_the_record():
    assert len(Vocabulary(1, 1_000_000).content) + len(Vocabulary(1, 1_000_000).korean) == 100_000
    assert len(Vocabulary(1, 10_000).korean) == 4_000


def test_korean_texts_are_hangul_and_english_ones_are_not():
    writer = Writer("texts 1", Vocabulary(1, 1_000))
    assert re.fullmatch("[가-힣 ]+", writer.korean(20, writer.theme()))
    assert writer.english(20, writer.theme()).isascii()


def test_public_ids_are_of_the_usual_form_and_none_comes_twice():
    making = Making(1, 100)
    ids = {making.public_id() for _number in range(50_000)}
    assert len(ids) == 50_000
    assert all(re.fullmatch("[a-hj-km-np-z][a-hj-km-np-z2-9]{7}", public_id) for public_id in ids)


def test_all_positions_asked_for_are_public_with_what_belongs_to_them(filled):
    assert Position.objects.public().count() == POSITIONS
    assert Session.objects.public().count() == 2 * Event.objects.public().count() == 4
    assert Appearance.objects.public().count() == 48
    assert Proposition.objects.exclude(current_wording=None).count() == 30
    assert Position.objects.filter(evidence=None).count() == 0
    assert Person.objects.exclude(name_ko="").exists() and Person.objects.filter(name_ko="").exists()


def test_what_the_database_keeps_is_right_afterwards(filled):
    assert set(derived.wrong_rows(connection).values()) == {0}
    assert triggers.missing(connection) == []


def test_questions_of_every_class_are_in_both_languages_and_can_be_asked(filled):
    questions = make_questions(Filling(POSITIONS, 1))
    classes = Counter(question.name for question in questions)
    assert set(classes.values()) == {EACH}
    assert {name.rpartition(", ")[2] for name in classes} == {"English", "Korean"}
    assert all(isinstance(question.filters, Filters) for question in questions)
    assert make_questions(Filling(POSITIONS, 1)) == questions


@pytest.mark.parametrize(
    ("joined", "text"),
    [("any", "clean water"), ("all", "+clean +water"), ("phrase", '"clean water"'), ("prefix", "clean*")],
)
def test_a_question_is_written_as_a_reader_writes_it(joined, text):
    assert Question("kind", "en", ("clean", "water"), joined).text == text


def test_other_engines_get_the_texts_of_every_position(filled):
    rows = {row.id: row for row in texts.rows()}
    position = Position.objects.select_related("event", "person", "wording").exclude(person=None).earliest("pk")
    row = rows[position.pk]
    assert len(rows) == POSITIONS
    assert position.summary_en in row.english and position.wording.text_en in row.english
    assert position.summary_ko in row.korean and position.event.title_ko in row.korean
    assert (row.stance, row.person, row.event) == (position.stance, position.person_id, position.event_id)


@pytest.mark.once
@pytest.mark.parametrize("engine", [postgresql, sqlite])
def test_other_engines_find_what_is_there(engine):
    def row(key: int, english: str, korean: str, stance: str = "supports") -> texts.Row:
        return texts.Row(
            key, stance, "concern", "witness", "en", 7, 8, 2020, "2020-01-01", "2020-12-31", [1, 2], [3],
            english, korean,
        )  # fmt: skip

    rows = [row(1, "Clean water for all", "물을 지킨다"), row(2, "Water rights", "물의 권리", stance="opposes")]
    with engine.loaded(lambda: rows) as ask:
        if ask is None:
            pytest.skip("not installed")
        assert ask(Question("kind", "en", ("waters",))) == 2
        assert ask(Question("kind", "en", ("clean", "rights"), "any")) == 2
        assert ask(Question("kind", "en", ("clean", "rights"), "all")) == 0
        assert ask(Question("kind", "en", ("clean", "water"), "phrase")) == 1
        assert ask(Question("kind", "en", ("rig",), "prefix")) == 1
        assert ask(Question("kind", "ko", ("물",))) == 2
        assert ask(Question("kind", "ko", ("물의", "권리"), "phrase")) == 1
        assert ask(Question("kind", "en", ("water",), stance="opposes", years=(2019, 2020))) == 1
        assert ask(Question("kind", "en", years=(2021, 2022))) == 0
        assert ask(Question("kind", "en", years=(2020, 2020))) == 2


def test_half_of_the_times_are_no_longer_than_p50_and_95_in_100_no_longer_than_p95():
    times = [float(number) for number in range(1, 101)]
    assert (p50(times), p95(times)) == (50.5, 95.0)
    assert p95([3.0]) == 3.0


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "debate.sqlite3").write_bytes(b"somebody's")
    with pytest.raises(NotOurs, match="no run has finished filling"):
        fill(tmp_path, Filling(10, 1), lambda step: None)
    (tmp_path / "filled.json").write_text('{"positions": 10, "seed": 2, "form": 1}')
    with pytest.raises(NotOurs, match="filled otherwise"):
        fill(tmp_path, Filling(10, 1), lambda step: None)
    assert (tmp_path / "debate.sqlite3").read_bytes() == b"somebody's"


def test_a_ratio_is_over_the_questions_that_both_were_asked():
    assert search_scale._ratio([30.0, 30.0], [10.0, 10.0, 90.0]) == 3.0
    assert search_scale._ratio(None, [10.0]) is None


@pytest.mark.once
@pytest.mark.full
def test_it_prints_one_object_as_its_last_line(tmp_path):
    command = [sys.executable, "-m", "benchmarks.search_scale", "--positions", str(POSITIONS), "--no-peers", "--json"]
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "elsewhere"), "DATABASE_URL": ""}
    done = subprocess.run(
        [*command, "--keep", str(tmp_path / "kept")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "kept" / "filled.json").read_text(encoding="utf-8"))
    assert (kept["positions"], kept["seed"]) == (POSITIONS, 1)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert list(figures) == [
        "positions", "build_s", "index_mb", "rss_mb", "edit_to_found_ms", "p50_ms", "p95_ms", "classes",
    ]  # fmt: skip
    assert figures["positions"] == POSITIONS
    assert all(figures[name] > 0 for name in figures if name != "classes")
    assert {"name", "p50_ms", "p95_ms", "postgresql_ratio", "sqlite_ratio"} == set(figures["classes"][0])
    assert {(each["postgresql_ratio"], each["sqlite_ratio"]) for each in figures["classes"]} == {(None, None)}
    assert not (tmp_path / "elsewhere").exists()
