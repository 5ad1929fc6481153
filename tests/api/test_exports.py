"""One archive of the whole record: complete, true to the API, the same each time, there whole or not at all."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.exports import contents, dictionary, readme, store
from debate.models import EventRelation
from debate.publishing import Status
from exchange import csv_text
from exchange.statements import COLUMNS
from positions.models import PositionLink, Remark
from record import version
from tests.api.examples import RESOURCES, make_example
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(settings) -> Path:
    return Path(settings.EXPORTS_DIR)


def made(where, **options):
    as_if_committed()
    return store.make(where, **options)


def opened(where, one):
    return zipfile.ZipFile(where / one.file_name)


def lines_of(archive, path):
    return [json.loads(line) for line in archive.read(path).splitlines()]


def table_of(archive, path):
    return list(csv.DictReader(StringIO(archive.read(path).decode("utf-8-sig"), newline="")))


def manifest_of(archive):
    return json.loads(archive.read("manifest.json"))


def test_every_resource_is_in_it_as_the_api_shows_it(client, where, example):
    archive = opened(where, made(where))

    for resource, address in example.addresses.items():
        shown = client.get(address).json()
        assert shown in lines_of(archive, f"ndjson/{resource}.ndjson"), resource
        listed = client.get(f"/api/v1/{resource}/?page_size=100").json()
        assert {one["id"] for one in lines_of(archive, f"ndjson/{resource}.ndjson")} == {
            one["id"] for one in listed["results"]
        }


def test_every_resource_is_in_it_as_a_table(where, example):
    archive = opened(where, made(where))

    for resource in RESOURCES:
        rows = table_of(archive, f"csv/{resource}.csv")
        assert [row["id"] for row in rows] == [one["id"] for one in lines_of(archive, f"ndjson/{resource}.ndjson")]
    (position,) = [row for row in table_of(archive, "csv/positions.csv") if row["id"] == example.position.public_id]
    expected = {
        "speaker_id": example.speaker.slug,
        "debate_id": example.debate.slug,
        "proposition_id": example.proposition.slug,
        "proposition_wording": "1",
        "topic_ids": example.topic.slug,
        "stance": "supports",
        "summary_en": example.position.summary_en,
        "summary_ko": "",
        "summary_is_paraphrase": "true",
        "source_language": "en",
        "date": "2025-02-12",
        "date_earliest": "2025-02-12",
        "evidence_ids": example.evidence.public_id,
        "link_ids": example.link.public_id,
        "remark_ids": example.remark.public_id,
    }
    assert {name: position[name] for name in expected} == expected


def test_lists_within_records_are_tables_that_point_back(where, example):
    archive = opened(where, made(where))

    (capacity,) = table_of(archive, "csv/appearances_capacities.csv")
    assert (capacity["appearance_id"], capacity["number"]) == (example.appearance.public_id, "1")
    assert (capacity["organization_id"], capacity["basis"]) == (example.organization.slug, "identified_as")
    (name,) = table_of(archive, "csv/speakers_names.csv")
    assert (name["speaker_id"], name["text"], name["period_latest"]) == (
        example.speaker.slug,
        "Other name",
        "2020-12-31",
    )
    (wording,) = table_of(archive, "csv/propositions_wordings.csv")
    assert (wording["number"], wording["wording_number"]) == ("1", "1")


def test_the_flat_table_and_popolo_are_in_it(where, example):
    archive = opened(where, made(where))

    rows = table_of(archive, "statements.csv")
    assert tuple(rows[0]) == COLUMNS
    assert {row["position_id"] for row in rows} == {one["id"] for one in lines_of(archive, "ndjson/positions.ndjson")}
    popolo = json.loads(archive.read("popolo.json"))
    assert [person["id"] for person in popolo["persons"]] == [example.speaker.slug]


def test_it_says_how_to_cite_it_by_an_address_that_opens_it(client, where, example):
    one = made(where, release="2026.1")

    with opened(where, one) as archive:
        told = archive.read("README.md").decode()
    (cited,) = re.findall(r"^> .* (http\S+)\. CC-BY-4\.0\.$", told, re.MULTILINE)
    assert cited.endswith(f"/api/v1/exports/{one.id}.zip")
    answer = client.get(urlsplit(cited).path)
    assert hashlib.sha256(answer.getvalue()).hexdigest() == one.sha256


def test_the_manifest_says_what_it_is_and_what_every_file_holds(where, example):
    one = made(where)
    archive = opened(where, one)
    manifest = manifest_of(archive)

    stamp = version.stamp()
    assert (manifest["version"], manifest["token"]) == (stamp.number, stamp.token) == (one.version, one.token)
    assert manifest["licence"]["spdx"] == "CC-BY-4.0"
    assert manifest["software"] == {"name": "debate-record", "version": "0.1.0"}
    assert manifest["counts"]["positions"] == 2
    assert manifest["changes"].endswith(f"/api/v1/changes/?since={stamp.number}&token={stamp.token}")
    assert {file["path"] for file in manifest["files"]} | {"manifest.json"} == set(archive.namelist())
    for file in manifest["files"]:
        content = archive.read(file["path"])
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        if file["path"].endswith(".ndjson"):
            assert file["rows"] == len(content.splitlines())
        elif file["media_type"] == "text/csv" and file["rows"] is not None:
            assert file["rows"] == len(table_of(archive, file["path"]))
    assert hashlib.sha256((where / one.file_name).read_bytes()).hexdigest() == one.sha256


def test_the_newest_change_is_that_of_the_record_that_changed_last(where, example):
    newest = max(record["updated_at"] for record in lines_of(opened(where, made(where)), "ndjson/positions.ndjson"))
    manifest = manifest_of(opened(where, made(where)))
    assert datetime.fromisoformat(manifest["newest_change"]) >= datetime.fromisoformat(newest)


def test_the_readme_says_how_to_cite_it_and_that_summaries_are_paraphrase(where, example):
    text = opened(where, made(where)).read("README.md").decode()

    number = version.stamp().number
    assert f"version {number} of the record" in text
    assert "Summaries are the editors' paraphrase" in text
    assert "| positions | 2 |" in text
    assert "{" not in text.replace("[=+", "")


@pytest.mark.once
def test_the_rule_to_undo_the_guard_is_the_one_of_the_writer():
    for text in ("'=1", "''=1", "' +", "'", "=1", "'90s", "'＝", "'\t", "'\r", " '=", "'-1"):
        assert bool(re.match(readme.GUARDED, text)) == (csv_text.unguarded(text) != text), text


def test_the_same_state_gives_the_same_bytes(where, example, tmp_path):
    first, second = made(where), made(tmp_path / "another")
    assert first.sha256 == second.sha256

    PositionFactory()
    assert made(where).sha256 != first.sha256


def test_the_dictionary_tells_of_every_column_and_every_field_there_is(where, example):
    archive = opened(where, made(where))
    entries = table_of(archive, "data-dictionary.csv")
    told = {(entry["file"], entry["field"]) for entry in entries}

    for path in archive.namelist():
        if path.endswith(".csv") and path != "data-dictionary.csv":
            columns = csv.DictReader(StringIO(archive.read(path).decode("utf-8-sig"))).fieldnames
            assert {(path, column) for column in columns} == {one for one in told if one[0] == path}
            assert f"## {path}" in archive.read("data-dictionary.md").decode()
        if path.endswith(".ndjson"):
            for record in lines_of(archive, path):
                assert {(path, field) for field in fields_of(record)} <= told


def fields_of(value, before=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{before}{name}"
            if not before.startswith(("counts",)):
                yield from fields_of(inner, f"{before}{name}.")
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, f"{before.removesuffix('.')}[].")


@pytest.mark.once
def test_the_dictionary_says_what_values_there_are_and_explains_what_a_name_does_not_say():
    entries = {(entry.file, entry.field): entry for entry in dictionary.entries()}

    assert entries["csv/positions.csv", "stance"].values == ("supports", "opposes", "conditional", "neutral")
    assert entries["ndjson/positions.ndjson", "capacities[].basis"].values == ("identified_as", "on_behalf_of")
    assert entries["statements.csv", "agreement"].type == "integer"
    assert entries["statements.csv", "agreement"].may_be_empty
    assert "paraphrase" in entries["csv/positions.csv", "summary_en"].description
    assert "paraphrase" in entries["statements.csv", "summary_paraphrase_ko"].description


SECRET = "SECRET"


def hide_words_everywhere(example, status):
    """In drafts, beside what is public, and in what may not be shown of it."""
    draft_debate = EventFactory(title_en=f"{SECRET} debate", status=status)
    EventRelation.objects.create(from_event=example.debate, to_event=draft_debate)
    draft_debate.event_sources.create(source=example.source)
    OrganizationFactory(name_en=f"{SECRET} child", parent=example.organization)
    draft_topic = TopicFactory(name_en=f"{SECRET} topic", status=status)
    PropositionTopicFactory(proposition=example.proposition, topic=draft_topic)
    draft = PositionFactory(appearance=example.appearance, on=example.proposition, summary_en=SECRET, status=status)
    EvidenceFactory(position=draft, source=SourceFactory(title=f"{SECRET} source"))
    Remark.objects.create(position=draft, kind="correction", date="2026-01-02", text_en=f"{SECRET} remark")
    PositionLink.objects.create(from_position=example.position, to_position=draft, kind="disputes")
    hidden = AppearanceFactory(session__event=draft_debate, person=PersonFactory(name_en=f"{SECRET} person"))
    CapacityFactory(appearance=hidden, role_en=f"{SECRET} role")
    PositionFactory(appearance=example.appearance, on=PropositionFactory(status=status, wording=f"{SECRET} wording"))
    words = {"state": "exact", "prefix": f"{SECRET} before", "suffix": f"{SECRET} after"}
    closed = SourceFactory(quoting="nothing", text=f"{SECRET} text", text_public=False)
    EvidenceFactory(position=example.position, source=closed, quote=f"{SECRET} quote", start=1, end=9, **words)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_no_file_tells_of_what_is_not_public(client, where, example, status):
    hide_words_everywhere(example, status)
    archive = opened(where, made(where))

    assert [path for path in archive.namelist() if SECRET.encode() in archive.read(path)] == []
    assert "true" in [row["quote_withheld"] for row in table_of(archive, "statements.csv")]
    for address in ("statements.csv", "statements.ndjson", "statements/", "exports/"):
        assert SECRET.encode() not in client.get(f"/api/v1/{address}").getvalue()


def test_a_record_with_nothing_in_it_has_an_archive_too(where):
    make_example(status=Status.DRAFT)
    archive = opened(where, made(where))
    assert set(manifest_of(archive)["counts"].values()) == {0}
    assert json.loads(archive.read("popolo.json")) == {
        "persons": [], "organizations": [], "memberships": [], "events": [],
    }  # fmt: skip


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_chunk_costs_the_same_queries_at_any_size(resource, example, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(contents, "_CHUNKS", {})
    with CaptureQueriesContext(connection) as queries:
        list(contents.records(resource))
    for _number in range(11):
        make_example()
    with django_assert_num_queries(len(queries)):
        assert len(list(contents.records(resource))) >= 12
    assert len(queries) <= 20


# --- the folder ---------------------------------------------------------------------------------


def test_it_is_made_once_for_a_state_of_the_record(where, example):
    first = made(where)
    inode = (where / first.file_name).stat().st_ino
    assert made(where).made_at == first.made_at
    assert (where / first.file_name).stat().st_ino == inode


def test_what_was_left_in_the_making_is_cleared_up(where, example):
    where.mkdir(parents=True)
    (where / ".making-abc").write_bytes(b"half")
    one = made(where)
    assert {path.name for path in where.iterdir()} == {"lock", one.file_name, f"record-{one.id}.json"}


def test_a_full_disk_leaves_nothing_behind_and_says_so(where, example, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    as_if_committed()
    with pytest.raises(CommandError, match="no archive could be written: No space left on device"):
        call_command("export_all")
    assert {path.name for path in where.iterdir()} == {"lock"}


def test_an_error_half_way_leaves_the_older_ones_as_they_are(where, example, monkeypatch):
    before = made(where)
    PositionFactory()
    monkeypatch.setattr("exchange.popolo.objects.person", lambda _record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        made(where)
    assert [one.id for one in store.kept(where)] == [before.id]
    assert not list(where.glob(".making-*"))


def test_only_one_is_made_at_a_time(where, example):
    where.mkdir(parents=True)
    holder = (
        "import fcntl, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(where / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline()
        with pytest.raises(CommandError, match="Another process is making an archive"):
            call_command("export_all")
        other.communicate(b"\n")
    call_command("export_all")


def test_an_archive_that_is_not_whole_is_none(where, example):
    one = made(where)
    (where / one.file_name).write_bytes(b"cut")
    (where / "record-9-nonsense.json").write_text("{")
    assert store.kept(where) == []
    assert made(where).sha256 == one.sha256


def test_others_make_room_and_releases_stay(where):
    ids = []
    for number in range(5):
        PositionFactory()
        ids.append(made(where, release="2026.1" if number == 0 else "").id)

    gone = store.prune(where, keep=2)

    assert [one.id for one in gone] == [ids[2], ids[1]]
    assert [one.id for one in store.kept(where)] == [ids[4], ids[3], ids[0]]
    assert store.named(where, "2026.1").id == ids[0]
    assert {path.name for path in where.glob("*.zip")} == {f"record-{ids[number]}.zip" for number in (0, 3, 4)}


def test_what_is_there_becomes_a_release_without_being_made_anew(where, example):
    one = made(where)
    released = made(where, release="autumn-2026")
    assert (released.sha256, released.release) == (one.sha256, "autumn-2026")
    assert made(where).release == "autumn-2026"


@pytest.mark.parametrize("name", ["latest", "Autumn", "-x", "a/b", "12-abc", "../up", "x" * 65])
def test_a_release_has_a_name_that_an_address_can_have(where, example, name):
    with pytest.raises(CommandError, match="name a release with small letters"):
        call_command("export_all", release=name)
    assert not list(where.glob("*.zip"))


def test_a_name_stays_with_what_was_cited_by_it(where, example):
    made(where, release="2026.1")
    PositionFactory()
    with pytest.raises(store.NoSuchName, match="a name stays with what was cited by it"):
        made(where, release="2026.1")


def older(where, one, **ago):
    path = where / f"record-{one.id}.json"
    told = orjson.loads(path.read_bytes())
    path.write_bytes(orjson.dumps({**told, "made_at": datetime.now(UTC) - timedelta(**ago)}))


def test_it_is_due_an_hour_after_the_last_one_if_the_record_has_changed(where, example, capsys):
    one = made(where)
    older(where, one, hours=2)
    assert not store.is_due(where)
    PositionFactory()
    as_if_committed()
    assert store.is_due(where)
    older(where, one, minutes=59)
    assert not store.is_due(where)
    call_command("export_all", if_due=True)
    assert "Not due" in capsys.readouterr().out
    assert len(store.kept(where)) == 1


def test_the_command_says_where_it_is_and_what_it_is(tmp_path, example, capsys):
    as_if_committed()
    call_command("export_all", str(tmp_path / "there"), keep=1)
    (one,) = store.kept(tmp_path / "there")
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'there' / one.file_name}: version {one.version}, {one.bytes} bytes",
        f"sha256 {one.sha256}",
    ]
    with pytest.raises(CommandError, match="at least 1"):
        call_command("export_all", keep=0)


# --- served -------------------------------------------------------------------------------------


def test_archives_are_listed_newest_first(client, where, example):
    first = made(where, release="2026.1")
    PositionFactory()
    second = made(where)

    answer = client.get("/api/v1/exports/").json()

    assert [(one["id"], one["release"]) for one in answer["results"]] == [(second.id, None), (first.id, "2026.1")]
    assert [one["release_url"] for one in answer["results"]] == [None, "http://127.0.0.1:8000/api/v1/exports/2026.1/"]
    told = answer["results"][1]
    assert (told["version"], told["bytes"], told["sha256"]) == (first.version, first.bytes, first.sha256)
    assert told["url"] == f"http://127.0.0.1:8000/api/v1/exports/{first.id}.zip"
    assert told["counts"]["positions"] == 2
    assert answer["latest"] == "http://127.0.0.1:8000/api/v1/exports/latest/"


def test_names_lead_to_archives(client, where, example):
    one = made(where, release="2026.1")
    for name in ("latest", "2026.1", one.id):
        response = client.get(f"/api/v1/exports/{name}/")
        assert (response.status_code, response["Location"]) == (
            302,
            f"http://127.0.0.1:8000/api/v1/exports/{one.id}.zip",
        )
    for address in ("exports/2025.1/", "exports/2025.1.zip", "exports/latest.zip", "exports/..%2Fx.zip"):
        assert client.get(f"/api/v1/{address}").status_code == 404


def test_an_archive_is_served_whole_and_said_never_to_change(client, where, example):
    one = made(where)
    response = client.get(f"/api/v1/exports/{one.id}.zip")
    assert response.getvalue() == (where / one.file_name).read_bytes()
    expected = {
        "Content-Type": "application/zip",
        "Content-Length": str(one.bytes),
        "Content-Disposition": f'attachment; filename="record-{one.id}.zip"',
        "ETag": f'"{one.sha256}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
    }
    assert {name: response[name] for name in expected} == expected
    head = client.head(f"/api/v1/exports/{one.id}.zip")
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(one.bytes), f'"{one.sha256}"')
    unchanged = client.get(f"/api/v1/exports/{one.id}.zip", headers={"if-none-match": f'"{one.sha256}"'})
    assert unchanged.status_code == 304


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-9", 0, 10), ("bytes=100-", 100, None), ("bytes=-7", -7, None), ("bytes=5-99999999", 5, None)],
)
def test_a_download_goes_on_where_it_broke_off(client, where, example, asked, start, stop):
    one = made(where)
    whole = (where / one.file_name).read_bytes()
    response = client.get(f"/api/v1/exports/{one.id}.zip", headers={"range": asked})
    first = start % len(whole)
    last = (stop or len(whole)) - 1
    assert response.status_code == 206
    assert response.getvalue() == whole[start:stop]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"range": "bytes=99999999-"}, 416),
        ({"range": "bytes=-0"}, 416),
        ({"range": "bytes=9-5"}, 200),
        ({"range": "bytes=0-1,4-5"}, 200),
        ({"range": "lines=1-2"}, 200),
        ({"range": "bytes=0-1", "if-range": '"another"'}, 200),
    ],
)
def test_other_ranges_get_the_whole_or_are_told_the_size(client, where, example, headers, status):
    one = made(where)
    response = client.get(f"/api/v1/exports/{one.id}.zip", headers=headers)
    assert response.status_code == status
    if status == 416:
        assert response["Content-Range"] == f"bytes */{one.bytes}"
    else:
        assert len(response.getvalue()) == one.bytes


def test_of_a_small_record_the_newest_is_made_when_it_is_asked_for(client, where, example):
    as_if_committed()
    response = client.get("/api/v1/exports/latest/")
    (one,) = store.kept(where)
    assert response["Location"].endswith(f"/{one.id}.zip")

    PositionFactory()
    as_if_committed()
    assert client.get("/api/v1/exports/latest/")["Location"].endswith(f"/{one.id}.zip"), "at most once an hour"
    older(where, one, hours=2)
    assert not client.get("/api/v1/exports/latest/")["Location"].endswith(f"/{one.id}.zip")


def test_of_a_large_record_it_is_made_by_schedule_alone(client, where, example, monkeypatch):
    monkeypatch.setattr("api.exports.views.MADE_AT_ONCE", 1)
    response = client.get("/api/v1/exports/latest/")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert (response["Retry-After"], response.json()["type"].rpartition("#")[2]) == ("600", "export-unavailable")
    assert not list(where.glob("*.zip"))
    one = made(where)
    assert client.get("/api/v1/exports/latest/")["Location"].endswith(f"/{one.id}.zip")


def test_where_none_can_be_written_readers_are_told_to_come_again(client, where, example, monkeypatch):
    def full(*_anything, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "make", full)
    assert client.get("/api/v1/exports/latest/").status_code == 503


@pytest.mark.once
def test_what_lies_beside_is_written_to_its_end_however_little_of_it_is_taken_at_a_time():
    taken = []

    class Slow:
        def write(self, piece):
            taken.append(piece[:3])
            return len(piece[:3])

    contents._put(Slow(), b"0123456789")
    assert b"".join(taken) == b"0123456789"
