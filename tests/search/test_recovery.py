"""An index that is missing, cut, foreign or can't be written: an answer, or a sentence saying why there is none."""

from __future__ import annotations

import shutil

import pytest
from django.core.management import CommandError, call_command

from positions.models import Position
from record import version
from search import hits, index, readiness, schema, storage, upkeep
from search.filters import Filters
from search.find import SearchUnavailable, find
from speakers import triggers
from tests.factories import PositionFactory
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["this process", "another process"])
def indexed(request, found, monkeypatch):
    """One position, indexed by the process that goes on or by one before it."""
    PositionFactory(summary_en="Energy first")
    assert found("energy") == ["Energy first"]
    if request.param == "another process":
        monkeypatch.setattr(upkeep, "_process", upkeep._Process())
    return storage.current()


def _segment_files(path, ending=""):
    files = [file for file in path.glob(f"*{ending}") if index._SEGMENT_FILE.match(file.name)]
    assert files
    return files


def test_a_deleted_index_is_built_again(indexed, found):
    shutil.rmtree(storage.home())
    assert found("energy") == ["Energy first"]


def test_a_deleted_build_is_built_again(indexed, found):
    shutil.rmtree(indexed)
    assert found("energy") == ["Energy first"]


def test_files_that_were_cut_are_noticed(indexed, found):
    for file in _segment_files(indexed):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert found("energy") == ["Energy first"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 50, b"not an index"])
def test_a_spoilt_description_of_the_index_is_noticed(content, found, monkeypatch):
    PositionFactory(summary_en="Energy first")
    found("energy")
    (storage.current() / "meta.json").write_bytes(content)
    monkeypatch.setattr(upkeep, "_process", upkeep._Process())
    assert found("energy") == ["Energy first"]


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\xff\xfe", b"0123456789ab", b"builds"])
def test_a_spoilt_pointer_is_noticed(indexed, content, found):
    (storage.home() / "current").write_bytes(content)
    assert found("energy") == ["Energy first"]


def test_content_that_was_overwritten_never_ends_in_a_traceback(found, monkeypatch):
    PositionFactory(summary_en="Energy first")
    found("energy")
    for ending in (".idx", ".term", ".fast"):
        for file in _segment_files(storage.current(), ending):
            content = bytearray(file.read_bytes())
            content[: len(content) // 2] = b"\xff" * (len(content) // 2)
            file.write_bytes(content)
        monkeypatch.setattr(upkeep, "_process", upkeep._Process())
        assert found("energy") in (["Energy first"], []), ending
        call_command("search_index", verbosity=0)
        assert found("energy") == ["Energy first"], ending


def test_an_index_of_something_else_is_not_read(indexed, found, tmp_path):
    import tantivy

    shutil.rmtree(indexed)
    indexed.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True)
    tantivy.Index(builder.build(), path=str(indexed)).writer(15_000_000, 1).commit()
    assert found("energy") == ["Energy first"]


def test_an_index_of_another_release_is_not_read(indexed, found, monkeypatch):
    monkeypatch.setattr(schema, "fingerprint", lambda: "0" * 16)
    assert found("energy") == ["Energy first"]
    assert storage.home().name == "0" * 16 and indexed.is_dir(), "the other release may still be running"
    call_command("search_index", verbosity=0)
    assert not indexed.exists()


def test_an_index_of_another_database_is_not_taken_for_ours(found):
    PositionFactory(summary_en="Energy first")
    found("energy")
    as_if_committed()
    now = version.stamp()
    Position.objects.update(summary_en="Water first")
    as_if_committed()
    upkeep._process.opened.write([], [], version.Stamp(version.current(), "0" * 32))
    assert now != version.stamp()
    assert found("water") == ["Water first"] and found("energy") == []


def test_foreign_files_are_left_alone(found, settings):
    stranger = settings.SEARCH_INDEX_DIR / "letters" / "builds"
    stranger.mkdir(parents=True)
    (stranger / "keep.txt").write_text("mine")
    PositionFactory(summary_en="Energy first")
    assert found("energy") == ["Energy first"]
    call_command("search_index", verbosity=0)
    assert (stranger / "keep.txt").read_text() == "mine"


def test_old_builds_are_removed(found):
    PositionFactory(summary_en="Energy first")
    found("energy")
    leftover = storage.new_build()
    leftover.mkdir()
    call_command("search_index", verbosity=0)
    assert [build.name for build in (storage.home() / "builds").iterdir()] == [storage.current().name]


def test_without_a_place_to_write_there_is_a_sentence(settings, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    settings.SEARCH_INDEX_DIR = tmp_path / "file"
    PositionFactory()
    with pytest.raises(SearchUnavailable, match="can't be written"):
        find(Filters(q="energy"))
    with pytest.raises(CommandError, match="can't be written"):
        call_command("search_index")
    assert not readiness.report().ok


def test_on_a_full_disk_the_old_index_goes_on_serving(indexed, found, monkeypatch):
    found("energy")
    monkeypatch.setattr(upkeep._process.opened, "_index", _Unwritable(upkeep._process.opened._index))
    Position.objects.update(summary_en="Water first")
    assert found("energy") == ["Water first"], "the old index answers; what is shown comes from the database"
    with pytest.raises(index.Unwritable):
        upkeep.bring_up_to_date()


class _Unwritable:
    """An index on a disk that is full."""

    def __init__(self, whole):
        self._whole = whole

    def __getattr__(self, name):
        return getattr(self._whole, name)

    def writer(self, *_arguments):
        raise ValueError("IoError: No space left on device (os error 28)")


def test_an_index_that_can_never_be_read_ends_in_a_sentence(found, monkeypatch):
    def fail(*_arguments, **_options):
        raise index.Damaged("always")

    PositionFactory()
    monkeypatch.setattr(hits, "_block", fail)
    with pytest.raises(SearchUnavailable, match="can't be read"):
        found("energy")


def test_a_build_that_fails_leaves_nothing_behind(indexed, found, monkeypatch):
    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index.schema, "stamp_document", fail)
    with pytest.raises(CommandError, match="No space left"):
        call_command("search_index")
    assert list((storage.home() / "builds").iterdir()) == [indexed]
    assert found("energy") == ["Energy first"]


def test_while_an_index_is_built_anew_the_old_one_answers_and_goes_on_following(indexed, found):
    answers = []

    def progress(done, total):
        if done == 1:
            Position.objects.update(summary_en="Water first")
            answers.append(found("water"))

    upkeep.rebuild(progress)
    assert answers == [["Water first"]]
    assert storage.current() != indexed
    assert found("water") == ["Water first"]


def test_the_command_says_what_it_did(capsys):
    PositionFactory(summary_en="Energy first")
    call_command("search_index")
    built = capsys.readouterr().out
    assert built.startswith("The search index holds 5 documents, at version")
    path = storage.current()
    call_command("search_index", if_needed=True)
    assert storage.current() == path
    call_command("search_index")
    assert storage.current() != path


def test_readiness_tells_what_is_missing():
    from django.db import connection

    report = readiness.report()
    assert not report.ok and report.index_version is None and "search_index" in report.problems[0]
    PositionFactory()
    as_if_committed()
    find(Filters())
    report = readiness.report()
    assert report == readiness.Report(True, (), version.current(), version.current())
    triggers.remove(connection)
    report = readiness.report()
    assert not report.ok and "triggers" in report.problems[0]


def test_an_index_that_is_behind_is_ready(found):
    PositionFactory()
    found()
    Position.objects.update(summary_en="Changed")
    as_if_committed()
    report = readiness.report()
    assert report.ok and report.index_version < report.record_version
