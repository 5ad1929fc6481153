"""Agreement networks as data: the numbers of the page, and what they rest on."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from pages.templatetags.networks import weight
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    OrganizationFactory,
    PersonFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import words
from tests.spoken import Debate

pytestmark = pytest.mark.django_db
API = "/api/v1"
BUNDLED = "exchange/dossiers/ai-hegemony-debate.yaml"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
QUERIES = 4  # the version, the positions by person and stance, the people, their statements
QUERIES_OF_ORGANIZATIONS = 7


@pytest.fixture
def robots():
    """Ann and Bob agree on two propositions; Cho disagrees with both on one, and Dan speaks of something else."""
    debate = Debate()
    for who, stance, proposition in (
        ("Ann", "supports", "tax"),
        ("Bob", "supports", "tax"),
        ("Cho", "opposes", "tax"),
        ("Ann", "opposes", "ban"),
        ("Bob", "opposes", "ban"),
        ("Dan", "supports", "wait"),
        ("Cho", "neutral", "ban"),
        ("Dan", "conditional", "tax"),
    ):
        debate.says(who, stance, proposition)
    return debate


def get(client, address):
    response = client.get(f"{API}{address}")
    assert response.status_code == 200, response.content
    return response.json()


def ties(answer):
    return {(tie["one"], tie["other"]): tie["weight"] for tie in answer["ties"]}


def read_on_page(response):
    """The rows of the table, as words."""
    found = re.findall(r"<tr>(.*?)</tr>", response.text, re.DOTALL)[1:]
    return [html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()) for row in found]


def as_on_page(answer):
    """What the page would say of the answer."""
    names = {node["id"]: node["name"]["en"] or node["name"]["ko"] for node in answer["nodes"]}
    if answer["settings"]["show"] == "stands":
        return [_stand_in_words(stand, names) for stand in answer["stands"]]
    return [_tie_in_words(tie, names) for tie in answer["ties"]]


def _tie_in_words(tie, names):
    words = f"{names[tie['one']]} {names[tie['other']]} {weight(tie['weight'])} {tie['agreed']} of {tie['shared']}"
    return words + (f" disagreed on {tie['opposed']}" if tie["opposed"] else "")


def _stand_in_words(stand, names):
    signs = {
        "supports": "+ supports",
        "conditional": "± supports on a condition",
        "neutral": "○ takes no side",
        "opposes": "− opposes",
    }
    taken = " ".join(f"{words} {stand[stance]}" for stance, words in signs.items() if stand[stance])
    text = stand["proposition"]["text"]["en"]
    return f"{names[stand['actor']]} {text} {taken} {weight(stand['weight'])}"


CHOICES = [
    "",
    "measure=congruence&normalisation=average",
    "measure=conflict&normalisation=cosine&duplicates=all",
    "measure=ignore&duplicates=debate&conditional=own&neutral=own",
    "normalisation=jaccard&conditional=support&least=0.05",
    "show=stands&share=activity",
    "show=stands&share=prominence&conditional=own&neutral=own",
    "actors=on_behalf",
    "actors=identified&normalisation=jaccard&duplicates=all",
    "stance=supports&kind=recommendation&from=2020&undated=include",
]


@pytest.mark.parametrize("query", CHOICES)
def test_the_numbers_are_those_of_the_page_for_the_bundled_debate(client, query):
    call_command("load_dossier", str(settings.BASE_DIR / BUNDLED))

    answer, page = get(client, f"/agreement/?{query}"), client.get(f"/agreement/?{query}")

    assert answer["nodes"]
    assert as_on_page(answer)[:50] == read_on_page(page)


@pytest.mark.parametrize("query", CHOICES)
def test_the_numbers_are_those_of_the_page_for_whatever_is_said(client, query):
    say_anything(random.Random(query))

    answer, page = get(client, f"/agreement/?{query}"), client.get(f"/agreement/?{query}")

    assert answer["ties"] or answer["stands"]
    assert as_on_page(answer)[:50] == read_on_page(page)


def say_anything(chance):
    """In two debates, in which the same people speak on the same propositions, each for one of three organizations."""
    organizations = [OrganizationFactory(name_en=f"Group {letter}") for letter in "abc"]
    first, second = Debate("first"), Debate("second")
    second.propositions = first.propositions
    for number in range(7):
        person = PersonFactory(name_en=f"P{number}")
        for debate in (first, second):
            appearance = debate.appearances[f"P{number}"] = AppearanceFactory(session=debate.session, person=person)
            basis = chance.choice(["on_behalf_of", "on_behalf_of", "identified_as"])
            CapacityFactory(appearance=appearance, organization=chance.choice(organizations), basis=basis)
    for _time in range(60):
        stance = chance.choice(["supports", "supports", "opposes", "opposes", "neutral", "conditional"])
        chance.choice([first, second]).says(f"P{chance.randrange(7)}", stance, f"do-{chance.randrange(6)}")


def test_a_network_has_nodes_ties_and_what_they_rest_on(client, robots):
    answer = get(client, "/agreement/")

    assert [(node["id"], node["kind"], node["positions"]) for node in answer["nodes"]] == [
        ("ann", "speaker", 2),
        ("bob", "speaker", 2),
        ("cho", "speaker", 1),
        ("dan", "speaker", 1),
    ]
    assert answer["ties"][0] == {
        "one": "ann",
        "other": "bob",
        "weight": 2,
        "congruence": 2,
        "conflict": 0,
        "divisor": 1,
        "shared": 2,
        "agreed": 2,
        "opposed": 0,
        "url": f"{settings.PUBLIC_URL}/api/v1/compare/?speaker=ann&speaker=bob",
        "html_url": f"{settings.PUBLIC_URL}/compare/?speaker=ann&speaker=bob",
    }
    assert ties(answer) == {("ann", "bob"): 2, ("ann", "cho"): -1, ("bob", "cho"): -1}
    assert answer["shares_nothing"] == ["dan"]
    assert answer["counts"]["left_out"] == {"conditional": 1, "neutral": 1}
    assert answer["definitions"]["measure"] == "congruence − conflict"
    assert answer["licence"]["spdx"] == "CC-BY-4.0"


def test_a_stand_leads_to_the_positions_that_it_is_made_of(client, robots):
    robots.says("Ann", "supports", "tax")
    answer = get(client, "/agreement/?show=stands&stance=supports")
    stand = answer["stands"][0]

    assert (stand["actor"], stand["proposition"]["id"], stand["supports"]) == ("ann", "robots-tax", 1)
    assert get(client, stand["url"].partition(API)[2])["count"] == 2  # the same taken again counted once
    assert client.get(stand["html_url"].removeprefix(settings.PUBLIC_URL)).status_code == 200


def test_it_says_where_it_is_and_what_it_was_narrowed_to(client, robots):
    PropositionTopicFactory(proposition=robots.on("ban"), topic=TopicFactory(slug="bans"))

    answer = get(client, "/agreement/?least=0,5&topic=bans&measure=subtract&from=2025")

    assert ties(answer) == {("ann", "bob"): 1}
    assert answer["filters"] == {"topic": ["bans"], "from": ["2025-01-01"]}
    assert answer["settings"]["least"] == 0.5
    assert answer["url"] == f"{settings.PUBLIC_URL}/api/v1/agreement/?topic=bans&from=2025-01-01&least=0.5"
    assert get(client, answer["url"].partition(API)[2])["ties"] == answer["ties"]
    assert answer["html_url"] == answer["url"].replace("/api/v1", "")


def test_a_debate_has_its_own(client, robots):
    other = Debate("other")
    for who in ("Eve", "Fay"):
        other.says(who, "supports", "tax")

    answer = get(client, "/debates/other/agreement/?normalisation=average")

    assert ties(answer) == {("eve", "fay"): 1}
    assert answer["filters"] == {"debate": ["other"]}
    assert answer["html_url"] == f"{settings.PUBLIC_URL}/debates/other/agreement/?normalisation=average"


@pytest.mark.parametrize("address", ["/agreement", "/debates/robots/agreement"])
def test_the_files_are_those_of_the_site(client, robots, address):
    query = "?measure=congruence&stance=supports&stance=opposes"
    table = client.get(f"{API}{address}.csv{query}")
    graph = client.get(f"{API}{address}/{query}", headers={"accept": "application/graphml+xml"})

    assert table.content == client.get(f"{address}.csv{query}").content
    assert table["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert table["Content-Disposition"].endswith('people-congruence.csv"')
    (row,) = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")))
    assert (row["actor_1"], row["actor_2"], row["weight"]) == ("ann", "bob", "2")
    assert graph["Content-Type"] == "application/graphml+xml; charset=utf-8"
    tree = ET.fromstring(graph.content)
    (edge,) = tree.iter(f"{GRAPHML}edge")
    assert (edge.get("source"), edge.get("target")) == ("person:ann", "person:bob")
    links = get(client, f"{address}/{query}")["files"]
    assert links["csv"].partition("?")[0].endswith(f"/api/v1{address}.csv")
    assert client.get(links["graphml"].removeprefix(settings.PUBLIC_URL)).content.startswith(b"<?xml")


def test_who_asks_for_anything_gets_json(client, robots):
    for accept in ("*/*", "application/json", "text/html, */*;q=0.1"):
        assert client.get(f"{API}/agreement/", headers={"accept": accept})["Content-Type"] == "application/json"
    assert client.get(f"{API}/agreement.json").json() == get(client, "/agreement/")
    assert client.get(f"{API}/agreement/", headers={"accept": "text/turtle"}).status_code == 406


@pytest.mark.parametrize("suffix", ["/", ".csv", ".graphml"])
def test_all_that_is_wrong_is_said_at_once_with_what_there_is(client, robots, suffix):
    response = client.get(f"{API}/agreement{suffix}?measure=love&least=much&q=tax&colour=red&speaker=nobody&kind=x")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    told = {error["parameter"]: error["detail"] for error in response.json()["errors"]}
    assert told["measure"] == "'love' is none of: subtract, congruence, conflict, ignore."
    assert "Write a number from 0 on" in told["least"]
    assert told["q"] == "A network is narrowed by filters, not by words."
    assert "normalisation" in told["colour"] and " q," not in told["colour"]
    assert "recommendation" in told["kind"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/agreement/?speaker=nobody", "speaker"),
        ("/agreement/?show=ties&show=stands", "show"),
        ("/agreement/?sort=newest", "sort"),
        ("/debates/robots/agreement/?debate=robots", "debate"),
        ("/agreement/?from=2026&to=2025", "to"),
        ("/agreement/?page=2", "page"),
    ],
)
def test_what_can_not_be_used_is_named(client, robots, address, parameter):
    response = client.get(f"{API}{address}")

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_a_debate_that_moved_leads_on_and_one_that_was_withdrawn_says_so(client, robots):
    robots.event.slug = "machines"
    robots.event.save()

    robots.event.slug = "agreement"  # even this is a name
    robots.event.save()
    assert client.get(f"{API}/debates/agreement/agreement/").status_code == 200
    robots.event.slug = "machines"
    robots.event.save()
    for former in ("robots", "agreement"):
        address = client.get(f"{API}/debates/{former}/agreement/?x=/{former}/")["Location"]
        assert address == f"{settings.PUBLIC_URL}/api/v1/debates/machines/agreement/?x=/{former}/"

    moved = client.get(f"{API}/debates/robots/agreement/?measure=conflict")
    assert moved.status_code == 301
    assert moved["Location"] == f"{settings.PUBLIC_URL}/api/v1/debates/machines/agreement/?measure=conflict"
    assert client.get(f"{API}/debates/robots/agreement.csv")["Location"].endswith("/debates/machines/agreement.csv")
    assert client.get(f"{API}/debates/nothing/agreement/").status_code == 404

    robots.event.status, robots.event.withdrawn_because = "withdrawn", "A mistake"
    robots.event.withdrawn_at = timezone.now()
    robots.event.save()
    gone = client.get(f"{API}/debates/machines/agreement/")
    assert (gone.status_code, gone.json()["reason"]) == (410, "A mistake")


def test_drafts_are_in_no_network(client, robots):
    addresses = ("/agreement/", "/agreement/?show=stands", "/debates/robots/agreement/", "/speakers/ann/agreement/")
    before = [get(client, address) for address in addresses]
    robots.says("Evelyn", "supports", "tax", status="draft")
    robots.says("Ann", "opposes", "wait", status="withdrawn", withdrawn_because="Wrong", withdrawn_at=timezone.now())
    hidden = Debate("hidden", status="draft")
    hidden.propositions = robots.propositions
    hidden.says("Fay", "supports", "tax")

    for address, was in zip(addresses, before, strict=True):
        assert {**get(client, address), "version": 0} == {**was, "version": 0}, address
    assert client.get(f"{API}/debates/hidden/agreement/").status_code == 404
    assert client.get(f"{API}/debates/hidden/agreement.csv").status_code == 404
    assert client.get(f"{API}/speakers/fay/agreement/").status_code == 404


@pytest.mark.parametrize("others", [1, 20])
def test_a_network_takes_the_same_queries_at_any_size(client, robots, others, django_assert_num_queries):
    for number in range(others):
        robots.says(f"P{number}", "supports", "tax")
        robots.says(f"P{number}", "opposes", f"measure-{number % 3}")
        CapacityFactory(appearance=robots.appearances[f"P{number}"], basis="on_behalf_of")

    with django_assert_num_queries(QUERIES):
        get(client, "/agreement/")
    with django_assert_num_queries(QUERIES + 1):
        get(client, "/agreement/?show=stands")
    with django_assert_num_queries(QUERIES_OF_ORGANIZATIONS):
        get(client, "/debates/robots/agreement/?actors=identified")


def test_a_speaker_s_agreement_with_others_is_that_of_the_page(client, robots):
    robots.says("Cho", "opposes", "ban")
    robots.says("Ann", "opposes", "tax")
    answer, page = get(client, "/speakers/bob/agreement/"), words(client.get("/speakers/bob/"))

    assert [(one["speaker"]["id"], one["shared"], one["agreed"], one["mixed"]) for one in answer["people"]] == [
        ("ann", 2, 1, 1),
        ("cho", 2, 1, 0),
    ]
    ann, cho = answer["people"]
    assert [(on["proposition"]["id"], on["own"], on["theirs"], on["outcome"]) for on in cho["propositions"]] == [
        ("robots-tax", ["supports"], ["opposes"], "disagreed"),
        ("robots-ban", ["opposes"], ["opposes"], "agreed"),
    ]
    assert ann["propositions"][0]["theirs"] == ["supports", "opposes"]
    assert (answer["minimum"], answer["people_with_minimum"], answer["people_below_minimum"]) == (2, 2, 0)
    assert "Cho agrees on 1 of 2 shared propositions, disagrees on 1" in page
    assert "Ann agrees on 1 of 2 shared propositions, on 1 one of the two is on both sides" in page


def test_where_a_speaker_s_own_positions_differ_is_told_with_the_positions(client, robots):
    later = robots.says("Ann", "opposes", "tax")

    answer = get(client, "/speakers/ann/agreement/")

    (differing,) = answer["differing"]
    assert (answer["differing_in_all"], differing["proposition"]["id"]) == (1, "robots-tax")
    assert [one["stance"] for one in differing["positions"]] == ["supports", "opposes"]
    assert differing["positions"][1]["id"] == later.public_id
    assert get(client, "/speakers/bob/agreement/")["differing"] == []


@pytest.mark.parametrize("others", [2, 20])
def test_a_speaker_s_agreement_takes_the_same_queries_at_any_size(client, robots, others, django_assert_num_queries):
    robots.says("Ann", "opposes", "tax")
    for number in range(others):
        for proposition in ("tax", "ban"):
            robots.says(f"P{number}", "supports", proposition)

    with django_assert_num_queries(15):
        get(client, "/speakers/ann/agreement/")
