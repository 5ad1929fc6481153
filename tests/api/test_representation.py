"""How much of a record is told, in which language, and in which form."""

from __future__ import annotations

import csv
import io
from typing import get_args, get_type_hints

import pytest

from api import anatomy
from api.representation import in_language
from api.shapes.positions import Position, Selector
from exchange import csv_text
from tests.api.examples import RESOURCES
from tests.factories import EvidenceFactory, PositionFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.words


def told(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


def wrong(client, address):
    response = client.get(address)
    assert response.status_code == 400
    return {error["parameter"]: error["detail"] for error in response.json()["errors"]}


def table(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_only_the_members_asked_for_are_told_and_always_the_id(client, example):
    (first, *_others) = told(client, "/api/v1/positions/?fields=stance,speaker.name,capacities.role")["results"]
    assert set(first) == {"id", "stance", "speaker", "capacities"}
    assert set(first["speaker"]) == {"name"}
    assert all(set(capacity) == {"role"} for capacity in first["capacities"])
    alone = told(client, f"{example.addresses['positions']}?fields=speaker.name&fields=speaker")
    assert set(alone) == {"id", "speaker"} and "url" in alone["speaker"]


def test_every_member_that_there_is_can_be_asked_for_alone(client, example):
    for resource in RESOURCES:
        whole = told(client, f"/api/v1/{resource}/")["results"][0]
        for name in whole:
            some = told(client, f"/api/v1/{resource}/?fields={name}")["results"][0]
            assert some == {"id": whole["id"], name: whole[name]}


def test_a_member_that_there_is_not_is_named_with_those_there_are(client, example):
    said = wrong(client, "/api/v1/topics/?fields=name,colour")["fields"]
    assert said.startswith("There is no 'colour' here. There are: id, url, html_url")
    assert wrong(client, "/api/v1/topics/?fields=name.en&expand=child").keys() == {"fields", "expand"}


def test_references_are_written_out_as_their_own_list_has_them(client, example):
    page = told(client, "/api/v1/positions/?expand=speaker,topics,evidence.source&page_size=100")
    (position,) = [one for one in page["results"] if one["id"] == example.position.public_id]
    of = {name: {one["id"]: one for one in told(client, f"/api/v1/{name}/")["results"]} for name in RESOURCES}
    assert position["speaker"] == of["speakers"][example.speaker.slug]
    assert position["topics"] == [of["topics"][example.topic.slug]]
    assert position["evidence"][0]["source"] == of["sources"][example.source.public_id]
    assert "kind" not in position["debate"]


def test_what_is_within_a_reference_is_written_out_too_once_that_is(client, example):
    position = told(client, f"{example.addresses['positions']}?expand=proposition,proposition.topics")
    assert position["proposition"]["topics"][0]["description"] is None
    said = wrong(client, f"{example.addresses['positions']}?expand=proposition.topics")["expand"]
    assert said == "'proposition.topics' is within 'proposition', which has to be expanded as well."


def test_what_is_written_out_is_told_even_where_members_are_chosen(client, example):
    position = told(client, f"{example.addresses['positions']}?fields=stance&expand=debate")
    assert set(position) == {"id", "stance", "debate"} and "venue" in position["debate"]
    position = told(client, f"{example.addresses['positions']}?fields=debate.kind&expand=debate")
    assert position["debate"] == {"kind": "debate"}


@pytest.mark.parametrize("rows", [1, 12])
def test_a_reference_costs_the_same_queries_however_many_are_written_out(client, db, rows, django_assert_num_queries):
    PositionFactory.create_batch(rows)
    with django_assert_num_queries(12):
        page = told(client, "/api/v1/positions/?expand=debate,speaker,proposition")
    assert all("kind" in one["debate"] and "sort_name" in one["speaker"] for one in page["results"])


def test_every_reference_of_every_list_can_be_written_out(client, example):
    for resource in RESOURCES:
        said = wrong(client, f"/api/v1/{resource}/?expand=nothing")["expand"]
        if said.startswith("There is no such parameter."):
            continue
        for name in said.partition("There are: ")[2].rstrip(".").split(", "):
            assert told(client, f"/api/v1/{resource}/?expand={name}")["results"]


def test_texts_are_given_in_one_language_with_the_one_they_are_in(client, db):
    topic = TopicFactory(name_en="Regulation", name_ko="규제", source_language="en")
    alone = TopicFactory(name_en="Only English", name_ko="", source_language="en")
    page = told(client, "/api/v1/topics/?lang=ko")
    names = {one["id"]: one["name"] for one in page["results"]}
    assert names[topic.slug] == {"text": "규제", "language": "ko", "source_language": "en"}
    assert names[alone.slug] == {"text": "Only English", "language": "en", "source_language": "en"}
    assert "lang" in wrong(client, "/api/v1/topics/?lang=fr")
    assert wrong(client, "/api/v1/topics/?lang=ko&lang=en") == {"lang": "Give it once."}


def test_dates_are_told_in_the_words_of_that_language(client, example):
    example.debate.date = "XXXX-XX-12"
    example.debate.save()
    assert told(client, example.addresses["debates"])["date"]["text"] == "12th; month and year not given"
    assert "12일" in told(client, f"{example.addresses['debates']}?lang=ko")["date"]["text"]


def test_names_come_in_the_order_of_the_language_asked_for(client, db):
    TopicFactory(slug="first-in-korean", name_en="Zoo", name_ko="가", order=0)
    TopicFactory(slug="first-in-english", name_en="Ant", name_ko="하", order=0)
    for language, first in (("ko", "first-in-korean"), ("en", "first-in-english")):
        page = told(client, f"/api/v1/topics/?lang={language}&ordering=name")
        assert page["results"][0]["id"] == first
        backwards = told(client, f"/api/v1/topics/?lang={language}&ordering=-name")
        assert backwards["results"][-1]["id"] == first


def test_an_order_that_there_is_not_is_named(client, db):
    said = wrong(client, "/api/v1/debates/?ordering=title")
    assert said == {"ordering": "'title' is none of: date, -date, updated_at, -updated_at."}
    assert "ordering" in wrong(client, "/api/v1/positions/?ordering=date&q=tax")
    assert "ordering" in wrong(client, "/api/v1/positions/?ordering=date&sort=oldest")


def test_all_orders_of_all_lists_have_the_same_records(client, example):
    for resource in RESOURCES:
        ids = {one["id"] for one in told(client, f"/api/v1/{resource}/?page_size=100")["results"]}
        said = client.get(f"/api/v1/{resource}/?ordering=nothing").json()["errors"][0]["detail"]
        orders = said.partition("none of: ")[2].rstrip(".").split(", ") if "none of: " in said else []
        for order in orders:
            page = told(client, f"/api/v1/{resource}/?page_size=100&ordering={order}")
            assert {one["id"] for one in page["results"]} == ids, (resource, order)


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_whole_list_comes_in_one_answer_in_its_order(client, db, form):
    PositionFactory.create_batch(30)
    PositionFactory.create_batch(3, stance="opposes")
    for query in ("", "stance=supports", "q=measure", "sort=oldest", "ordering=-updated_at"):
        pages = [told(client, f"/api/v1/positions/?{query}&page_size=20&page={page}") for page in (1, 2)]
        ids = [one["id"] for page in pages for one in page["results"]]
        response = client.get(f"/api/v1/positions.{form}?{query}")
        if form == "csv":
            assert [row["id"] for row in table(response)] == ids
        else:
            lines = b"".join(response).splitlines()
            assert [line[7:15].decode() for line in lines] == ids


def test_csv_has_a_column_for_each_value_and_several_values_in_one_cell(client, example):
    EvidenceFactory(position=example.position, source=SourceFactory(), locator="¶ 9")
    rows = {row["id"]: row for row in table(client.get("/api/v1/positions/", headers={"accept": "text/csv"}))}
    row = rows[example.position.public_id]
    assert row["speaker.id"] == example.speaker.slug and row["speaker.name.ko"] == "한사람"
    assert row["summary.en"] == example.position.summary_en
    assert row["evidence.locator"] == csv_text.joined(["¶ 3", "¶ 9"])
    assert {len(row["updated_at"])} == {len(told) for told in row["evidence.updated_at"].split(" | ")} == {20}
    assert row["date.edtf"] == example.debate.date
    assert not [name for name in row if name.endswith(".html_url")]


def test_csv_follows_what_was_asked_for(client, example):
    rows = table(client.get("/api/v1/positions.csv?fields=speaker,stance&lang=ko&expand=debate"))
    assert {"speaker.name.text", "speaker.name.language", "debate.kind", "debate.venue.name.text"} <= set(rows[0])
    assert not any(name.endswith((".en", ".ko")) for name in rows[0])
    assert "summary.text" not in rows[0]


def test_csv_is_safe_to_open_in_a_spreadsheet(client, example):
    example.position.summary_en = '=HYPERLINK("https://evil.example","x")'
    example.position.save()
    response = client.get("/api/v1/positions.csv")
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="positions.csv"'
    body = b"".join(response)
    assert body.startswith("\ufeff".encode()) and b"\"'=HYPERLINK" in body


def test_every_list_has_every_form(client, example):
    for resource in RESOURCES:
        ids = [one["id"] for one in told(client, f"/api/v1/{resource}/?page_size=100")["results"]]
        assert [row["id"] for row in table(client.get(f"/api/v1/{resource}.csv"))] == ids
        assert b"".join(client.get(f"/api/v1/{resource}.ndjson")).count(b"\n") == len(ids)
        linked = told(client, f"/api/v1/{resource}.jsonld?page_size=100")
        assert [one["id"] for one in linked["results"]] == ids
        assert told(client, f"/api/v1/{resource}.json?page_size=100")["results"]


def test_the_ending_of_an_address_says_more_than_accept(client, db):
    response = client.get("/api/v1/topics.csv", headers={"accept": "application/json"})
    assert response["Content-Type"].startswith("text/csv")


def test_a_whole_list_takes_no_page(client, db):
    assert wrong(client, "/api/v1/topics.csv?page=2&page_size=3&cursor=*") == dict.fromkeys(
        ("page", "page_size", "cursor"), "CSV has the whole list: leave this out."
    )


@pytest.mark.parametrize("rows", [1, 40])
def test_a_whole_list_costs_the_same_queries_for_each_few_hundred_records(client, db, rows, django_assert_num_queries):
    PositionFactory.create_batch(rows)
    with django_assert_num_queries(2):
        assert len(table(client.get("/api/v1/positions.csv"))) == rows


def test_json_ld_says_what_things_are_and_which_language_texts_are_in(client, example):
    linked = told(client, "/api/v1/positions.jsonld")
    context = told(client, "/api/v1/context/")
    assert linked["@context"].endswith("/api/v1/context/") and linked["@type"] == "schema:ItemList"
    position = linked["results"][0]
    assert (position["@type"], position["speaker"]["@type"]) == ("schema:Claim", "schema:Person")
    assert position["speaker"]["name"]["ko"] == "한사람"
    assert context["@context"]["summary"] == {"@id": "schema:abstract", "@container": "@language"}
    assert "lang" in wrong(client, "/api/v1/positions.jsonld?lang=ko")
    alone = client.get(example.addresses["positions"], headers={"accept": "application/ld+json"}).json()
    assert alone["@type"] == "schema:Claim" and alone["url"].endswith(example.addresses["positions"])


def test_evidence_has_the_selectors_of_web_annotations(client, db):
    source = SourceFactory(quoting="short_passages")
    quoted = EvidenceFactory(
        source=source, locator="00:12:30–00:13:05", quote="the words", state="exact", start=5, end=14, prefix="before "
    )
    selectors = told(client, f"/api/v1/evidence/{quoted.public_id}/")["selectors"]
    assert selectors == [
        {"type": "TextQuoteSelector", "exact": "the words", "prefix": "before "},
        {"type": "TextPositionSelector", "start": 5, "end": 14},
        {"type": "FragmentSelector", "value": "t=750,785", "conformsTo": "http://www.w3.org/TR/media-frags/"},
    ]
    source.quoting = "nothing"
    source.save()
    withheld = client.get(f"/api/v1/evidence/{quoted.public_id}/")
    assert b"the words" not in withheld.content and b"before " not in withheld.content


@pytest.mark.once
def test_a_text_in_no_language_stays_null_and_what_is_no_text_stays_itself():
    assert in_language({"name": None, "order": 1, "en": "x"}, "ko") == {"name": None, "order": 1, "en": "x"}


@pytest.mark.once
def test_a_shape_tells_where_it_refers_to_others():
    assert dict(anatomy.references(Position))["evidence.source"] == "sources"
    assert ("capacities", "organization", "name", "ko") in anatomy.columns(Position)
    assert ("speaker", "url") not in anatomy.columns(Position)


def test_selectors_are_those_of_web_annotations_in_linked_data_too(client, example):
    terms = client.get("/api/v1/context/").json()["@context"]
    kinds = get_args(get_type_hints(Selector)["type"])
    assert {terms[kind] for kind in kinds} == {f"oa:{kind}" for kind in kinds}
    assert (terms["selectors"], terms["exact"], terms["value"]) == ("oa:hasSelector", "oa:exact", "rdf:value")
    assert get_type_hints(Selector).keys() - {"type"} <= terms.keys()
