"""The agreement network as a page and as files, for the whole record and for one debate."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.network.shown import of_debate
from pages.templatetags.networks import weight
from positions.statements import MOST_ACTORS
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links, words
from tests.spoken import Debate

pytestmark = pytest.mark.django_db
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


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


def rows(response):
    """The rows of the table, as words."""
    found = re.findall(r"<tr>(.*?)</tr>", response.text, re.DOTALL)[1:]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in found]


def paths(response):
    """How many lines of each kind are drawn for wide screens."""
    wide = re.search(r'<svg class="network network-wide".*?</svg>', response.text, re.DOTALL)[0]
    found = re.findall(r'<path class="line line-(\w+) step-\d" d="([^"]+)"', wide)
    return {kind: sum(path.count("M") for each, path in found if each == kind) for kind, _path in found}


def listed(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_page_shows_who_agrees_with_whom(client, robots):
    response = client.get("/agreement/")

    assert rows(response) == [
        "Ann Bob 2 2 of 2",
        "Ann Cho −1 0 of 1 disagreed on 1",
        "Bob Cho −1 0 of 1 disagreed on 1",
    ]
    assert paths(response) == {"agrees": 1, "disagrees": 2}
    assert "/speakers/ann/" in links(response)


def test_a_dot_says_whose_it_is_and_what_its_lines_mean(client, robots):
    title = re.search(r"<title>(Ann[^<]*)</title>", client.get("/agreement/").text)[1]

    assert re.sub(r"\s+", " ", title) == (
        "Ann · 2 positions · 1 line: agree more often than they disagree · 1 line: disagree more often than they agree"
    )


def test_those_without_a_shared_proposition_are_named_and_not_drawn(client, robots):
    page = client.get("/agreement/")

    assert "Without a line, since they share no proposition with anybody: Dan (1)" in words(page)
    assert "<title>Dan" not in page.text


def test_what_was_counted_and_left_out_is_said(client, robots):
    PositionFactory(appearance__person=None, appearance__label="A visitor")
    page = words(client.get("/agreement/"))

    assert "People 4 Positions that count 6" in page
    assert "Positions left out ± supports on a condition 1 ○ takes no side 1 1 of somebody who is not named" in page
    assert "Silence is no stance" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("measure=congruence", ["Ann Bob 2 2 of 2"]),
        ("measure=conflict", ["Ann Cho 1 0 of 1 disagreed on 1", "Bob Cho 1 0 of 1 disagreed on 1"]),
        ("measure=ignore", ["Ann Bob 2 2 of 2", "Ann Cho 1 0 of 1 disagreed on 1", "Bob Cho 1 0 of 1 disagreed on 1"]),
        ("least=2", ["Ann Bob 2 2 of 2"]),
        ("least=1,5", ["Ann Bob 2 2 of 2"]),
        ("normalisation=average&measure=congruence", ["Ann Bob 1 2 of 2"]),
        (
            "normalisation=cosine",
            ["Ann Bob 0.5 2 of 2", "Ann Cho −0.5 0 of 1 disagreed on 1", "Bob Cho −0.5 0 of 1 disagreed on 1"],
        ),
        (
            "normalisation=jaccard&least=0.3",
            ["Ann Bob 1 2 of 2", "Ann Cho −0.333 0 of 1 disagreed on 1", "Bob Cho −0.333 0 of 1 disagreed on 1"],
        ),
        ("conditional=support&measure=congruence", ["Ann Bob 2 2 of 2", "Ann Dan 1 1 of 1", "Bob Dan 1 1 of 1"]),
        (
            "neutral=own&measure=conflict&stance=neutral&stance=opposes",
            ["Cho Ann 1 0 of 1 disagreed on 1", "Cho Bob 1 0 of 1 disagreed on 1"],
        ),
        ("stance=opposes", ["Ann Bob 1 1 of 1"]),
        ("speaker=ann&speaker=cho", ["Ann Cho −1 0 of 1 disagreed on 1"]),
    ],
)
def test_the_network_is_counted_as_was_asked_for(client, robots, query, expected):
    assert rows(client.get(f"/agreement/?{query}")) == expected


def test_two_who_agree_as_often_as_they_disagree_have_a_dotted_line_of_no_weight(client, robots):
    robots.says("Cho", "opposes", "ban")
    response = client.get("/agreement/")

    assert rows(response)[1:] == ["Ann Cho 0 1 of 2 disagreed on 1", "Bob Cho 0 1 of 2 disagreed on 1"]
    assert paths(response) == {"agrees": 1, "even": 2}
    assert "agree as often as they disagree" in words(response)


def test_the_same_stand_counts_as_often_as_was_asked_for(client, robots):
    robots.says("Ann", "supports", "tax")
    later = Debate("later")
    later.propositions, later.appearances = (
        robots.propositions,
        {"Ann": AppearanceFactory(session=later.session, person=robots.appearances["Ann"].person)},
    )
    later.says("Ann", "supports", "tax")

    first = {how: rows(client.get(f"/agreement/?duplicates={how}"))[0] for how in ("once", "debate", "all")}

    assert first == {"once": "Ann Bob 2 2 of 2", "debate": "Ann Bob 3 2 of 2", "all": "Ann Bob 4 2 of 2"}
    assert "6 with what was said again put together" in words(client.get("/agreement/"))


def test_the_page_says_what_the_lines_and_weights_mean(client, robots):
    usual, divided = client.get("/agreement/"), client.get("/agreement/?measure=conflict&normalisation=cosine")
    stands = client.get("/agreement/?show=stands&share=activity&normalisation=cosine")

    assert "Its weight is the number of agreements less that of disagreements. How it is worked out" in words(usual)
    assert (
        "Its weight is the number of disagreements. Here it is divided by the product of their activities (cosine)."
    ) in words(divided)
    assert "Here it is divided by the actor’s positions (activity)." in words(stands)


@pytest.mark.parametrize(
    ("number", "written"),
    [(2.0, "2"), (10.0, "10"), (-1.0, "−1"), (0.0, "0"), (1 / 3, "0.333"), (-0.5, "−0.5"), (0.000125, "0.000125")],
)
def test_weights_are_written_with_the_decimals_they_have(number, written):
    assert weight(number) == written


def test_the_stands_of_each_on_each_proposition(client, robots):
    found = rows(client.get("/agreement/?show=stands"))
    shares = rows(client.get("/agreement/?show=stands&share=activity&conditional=own"))

    assert found[0] == "Ann The state should tax + supports 1 1"
    assert "Cho The state should tax − opposes 1 −1" in found
    assert "Ann The state should tax + supports 1 0.5" in shares
    assert "Dan The state should tax ± supports on a condition 1 0" in shares


def test_organizations_are_tied_by_what_is_said_for_them(client):
    debate = Debate()
    union, party = (OrganizationFactory(name_en=name, slug=name.lower()) for name in ("Union", "Party"))
    for who, organization, basis in (("Ann", union, "on_behalf_of"), ("Bob", party, "identified_as")):
        debate.says(who, "supports", "tax")
        CapacityFactory(appearance=debate.appearances[who], organization=organization, basis=basis)

    spoken_for, identified = (client.get(f"/agreement/?actors={kind}") for kind in ("on_behalf", "identified"))

    assert rows(spoken_for) == []
    assert "Organizations 1" in words(spoken_for) and "1 that count for no organization" in words(spoken_for)
    assert rows(identified) == ["Union Party 1 1 of 1"]
    assert "/organizations/union/" in links(identified)


def test_filters_narrow_the_network_and_the_undated_are_counted(client, robots):
    undated = Debate("undated", date="XXXX-XX-12")
    for who in ("Eve", "Fay"):
        undated.says(who, "supports", "tax")
    PropositionTopicFactory(proposition=robots.on("ban"), topic=TopicFactory(slug="bans"))

    assert rows(client.get("/agreement/?topic=bans")) == ["Ann Bob 1 1 of 1"]
    assert rows(client.get("/agreement/?debate=undated")) == ["Eve Fay 1 1 of 1"]
    dated = client.get("/agreement/?from=2025&measure=congruence")
    assert rows(dated) == ["Ann Bob 2 2 of 2"]
    assert client.get("/agreement.json?from=2025").json()["counts"]["undated"] == 2
    assert "/agreement.json?from=2025&measure=congruence" in links(dated)
    assert "2 positions more would fit, but their debates have no known date. Include them" in words(dated)
    assert "?from=2025&undated=include&measure=congruence" in links(dated)


def test_a_debate_has_its_own_network_at_its_own_address(client, robots):
    other = Debate("other")
    for who in ("Eve", "Fay"):
        other.says(who, "supports", "tax")

    response = client.get("/debates/other/agreement/")

    assert rows(response) == ["Eve Fay 1 1 of 1"]
    assert "/debates/other/agreement.csv" in links(response)
    assert len(listed(client.get("/debates/other/agreement.csv"))) == 1


def test_the_address_of_a_debates_network_answers_as_the_debate_does(client, robots):
    robots.event.slug = "machines"
    robots.event.save()
    gone = EventFactory(slug="gone", status="withdrawn", withdrawn_because="Entered twice", withdrawn_at=timezone.now())
    EventFactory(slug="draft", status="draft")

    moved = client.get("/debates/robots/agreement/?measure=conflict")
    assert (moved.status_code, moved["Location"]) == (301, "/debates/machines/agreement/?measure=conflict")
    moved = client.get("/ko/debates/robots/agreement.csv")
    assert (moved.status_code, moved["Location"]) == (301, "/ko/debates/machines/agreement.csv")
    assert client.get(f"/debates/{gone.slug}/agreement/").status_code == 410
    assert client.get("/debates/draft/agreement/").status_code == 404
    assert client.get("/debates/none/agreement.json").status_code == 404


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("measure=love", "Lines stand for: 'love' is none of: subtract, congruence, conflict, ignore."),
        ("actors=", None),
        ("actors=dogs", "Who: 'dogs' is none of: people, on_behalf, identified."),
        ("least=-1", "Least weight shown: '-1' is no weight. Write a number from 0 on, for example 2 or 0.25."),
        ("least=nan", "'nan' is no weight"),
        ("least=9e9", "'9e9' is no weight"),
        ("least=٣", "is no weight"),
        ("measure=conflict&measure=ignore", "Give it once."),
        ("topic=nothing", "'nothing' is not in the record."),
        ("from=soon", "'soon' is not a date."),
        ("q=robots", "A network is narrowed by filters, not by words."),
        ("colour=red", "There is no such parameter."),
    ],
)
def test_what_can_not_be_read_is_said_with_what_would_be_right(client, robots, query, message):
    page, file = client.get(f"/agreement/?{query}"), client.get(f"/agreement.csv?{query}")

    assert page.status_code == file.status_code == (400 if message else 200)
    if message:
        assert message in words(page) and message in file.text
        assert file["Content-Type"] == "text/plain; charset=utf-8"
        assert "<table" not in page.text


def test_several_mistakes_are_all_said_and_each_can_be_left_out(client):
    response = client.get("/agreement/?measure=love&from=soon&share=activity")

    assert words(response).count("Leave it out") == 2
    assert {"?measure=love&share=activity", "?from=soon&share=activity"} <= {
        "?" + "&".join(sorted(link[1:].split("&"))) for link in links(response) if link.startswith("?")
    }


def test_a_debates_network_takes_no_other_debate(client, robots):
    page = client.get("/debates/robots/agreement/?debate=robots")

    assert page.status_code == 400
    assert "This page is of one debate; its address says which." in words(page)


def test_a_file_of_another_kind_is_not_found_and_says_which_there_are(client):
    response = client.get("/agreement.xlsx")

    assert response.status_code == 404
    assert "There is no such file. There are: csv, graphml, json." in words(response)


def test_the_table_is_paged(client):
    debate = Debate()
    for number in range(12):
        debate.says(f"P{number}", "supports", "tax")

    first, second = client.get("/agreement/?measure=congruence"), client.get("/agreement/?measure=congruence&page=2")

    assert (len(rows(first)), len(rows(second))) == (50, 16)
    assert "Page 1 of 2" in words(first) and "?measure=congruence&page=2" in links(first)
    assert client.get("/agreement/?page=9").status_code == 404
    assert len(listed(client.get("/agreement.csv?page=2"))) == 66


def test_only_so_many_actors_and_lines_are_shown_and_the_page_says_so(client):
    debate = Debate()
    for number in range(MOST_ACTORS + 1):
        debate.says(f"P{number}", "supports", "tax")
        if number < 10:
            debate.says(f"P{number}", "supports", "ban")

    response = client.get("/agreement/")

    assert "People 40 of 41: those with most positions" in words(response)
    assert "Ties 780 Drawn are the 45 of weight 2 or more, so that they can be told apart." in words(response)
    assert paths(response) == {"agrees": 45}
    assert "Without a line of this kind and weight: P10 (1)" in words(response)


def test_drafts_are_in_no_network(client, robots):
    before = client.get("/agreement.json").json()
    robots.says("Evelyn", "supports", "tax", status="draft")
    robots.says("Ann", "opposes", "tax", status="withdrawn", withdrawn_because="Wrong", withdrawn_at=timezone.now())
    hidden = Debate("hidden", status="draft")
    hidden.propositions = robots.propositions
    hidden.says("Fay", "supports", "tax")

    after = client.get("/agreement.json").json()

    assert after["links"] == before["links"] and after["nodes"] == before["nodes"]
    assert after["counts"] == before["counts"]
    assert "Evelyn" not in client.get("/agreement/").text


@pytest.mark.parametrize(
    "path",
    [
        "/agreement/",
        "/agreement/?actors=identified&from=2020",
        "/agreement/?show=stands&topic=machines",
        "/agreement.csv",
        "/agreement.graphml?show=stands",
        "/agreement.json?actors=on_behalf",
        "/debates/robots/agreement/",
        "/debates/robots/agreement.json",
    ],
)
def test_networks_take_the_same_queries_at_any_size(client, robots, path):
    PropositionTopicFactory(proposition=robots.on("tax"), topic=TopicFactory(slug="machines"))
    CapacityFactory(appearance=robots.appearances["Ann"], basis="on_behalf_of")
    few = queries(client, path)

    for number in range(9):
        robots.says(f"P{number}", "supports", "tax")
        robots.says(f"P{number}", "opposes", f"measure-{number % 3}")
        CapacityFactory(appearance=robots.appearances[f"P{number}"], basis="on_behalf_of")

    assert queries(client, path) == few < 14


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_an_empty_record_has_no_network_and_says_so(client):
    response = client.get("/agreement/")

    assert "No position that fits was found, so there is no network." in words(response)
    assert listed(client.get("/agreement.csv")) == []
    assert client.get("/agreement.json").json()["links"] == []


def test_a_csv_is_for_spreadsheets_in_both_languages(client, robots):
    ann = robots.appearances["Ann"].person
    ann.name_ko, ann.name_en = "안", "=HYPERLINK(1)"
    ann.save()

    response = client.get("/ko/agreement.csv?normalisation=average")
    first, second, _third = listed(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="agreement-people-subtract.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert (first["actor_1"], first["actor_1_en"], first["actor_1_ko"]) == ("ann", "'=HYPERLINK(1)", "안")
    assert [first[name] for name in ("actor_2", "weight", "congruence", "conflict", "shared", "agreed")] == [
        "bob", "1", "2", "0", "2", "2",
    ]  # fmt: skip
    assert (second["weight"], second["divisor"]) == (str(-1 / 1.5), "1.5")


def test_a_number_is_no_formula_for_a_spreadsheet_and_stays_one(client, robots):
    second = listed(client.get("/agreement.csv"))[1]

    assert (second["weight"], second["divisor"]) == ("-1", "1")


def test_a_csv_of_stands(client, robots):
    found = listed(client.get("/debates/robots/agreement.csv?show=stands&share=prominence"))

    cho = next(row for row in found if row["actor"] == "cho")
    assert (cho["proposition"], cho["proposition_en"]) == ("robots-tax", "The state should tax")
    assert [cho[name] for name in ("supports", "opposes", "difference", "divisor")] == ["0", "1", "-1", "3"]
    assert len(found) == 6


def test_a_graphml_has_nodes_with_names_and_edges_with_weights(client, robots):
    response = client.get("/agreement.graphml")
    root = ET.fromstring(response.content)
    keys = {key.get("id"): key.get("attr.name") for key in root.findall(f"{GRAPHML}key")}

    def values(element):
        return {keys[data.get("key")]: data.text for data in element.findall(f"{GRAPHML}data")}

    nodes = {node.get("id"): values(node) for node in root.iter(f"{GRAPHML}node")}
    edges = {(edge.get("source"), edge.get("target")): values(edge) for edge in root.iter(f"{GRAPHML}edge")}
    assert response["Content-Type"] == "application/graphml+xml; charset=utf-8"
    assert nodes["person:dan"]["name_en"] == "Dan" and nodes["person:dan"]["positions"] == "1"
    assert edges["person:ann", "person:bob"]["weight"] == "2.0"
    assert edges["person:ann", "person:cho"]["conflict"] == "1"
    assert values(root.find(f"{GRAPHML}graph"))["licence"] == "CC-BY-4.0"


def test_a_graphml_is_readable_whatever_is_in_a_name(client, robots):
    ann = robots.appearances["Ann"].person
    ann.name_en = "Ann \x0b<&>"
    ann.save()

    assert "Ann &lt;&amp;&gt;" in client.get("/agreement.graphml").text


def test_a_json_says_how_it_was_counted_and_under_which_licence(client, robots):
    response = client.get("/debates/robots/agreement.json?measure=congruence&topic=&conditional=own")
    data = json.loads(response.content)

    assert response["Content-Disposition"] == 'attachment; filename="agreement-robots-people-congruence.json"'
    assert data["settings"]["measure"] == "congruence" and data["settings"]["conditional"] == "own"
    assert data["filters"] == {"debate": ["robots"]}
    assert data["licence"] == "CC-BY-4.0"
    assert isinstance(data["record_version"], int)
    assert data["definitions"]["measure"].startswith("sum over stances")
    assert data["counts"]["positions_found"] == 8
    assert data["counts"]["left_out"] == {"neutral": 1}
    assert data["address"].endswith("/debates/robots/agreement.json?measure=congruence&topic=&conditional=own")
    [bob] = [node for node in data["nodes"] if node["id"] == "person:bob"]
    assert bob["kind"] == "person" and bob["address"].endswith("/speakers/bob/")
    assert {"source": "person:ann", "target": "person:bob"}.items() <= data["links"][0].items()


def test_the_part_for_the_page_of_a_debate_shows_the_usual_network(rf, robots):
    html = render_to_string(
        "pages/_debate_network.html", {"event": robots.event, "network": of_debate(robots.event)}, rf.get("/")
    )

    assert html.count('<svg class="network ') == 2
    assert 'href="/debates/robots/agreement/"' in html
    assert "Positions that count" in html


def test_a_debate_without_positions_shows_no_network(rf):
    event = EventFactory()

    html = render_to_string("pages/_debate_network.html", {"event": event, "network": of_debate(event)}, rf.get("/"))

    assert html.strip() == ""


def test_a_korean_page_names_people_in_korean_where_it_can(client, robots):
    ann = robots.appearances["Ann"].person
    ann.name_ko = "안"
    ann.save()

    page = client.get("/ko/agreement/")

    assert ">안</text>" in page.text
    assert '<text x="' in page.text and ' lang="en">Bob</text>' in page.text


@pytest.mark.django_db(transaction=True)
def test_a_network_is_kept_until_the_record_changes(client):
    debate = Debate()
    for who in ("Ann", "Bob"):
        debate.says(who, "supports", "tax")
    first = queries(client, "/agreement/")
    again = queries(client, "/agreement/")
    counted_else = [
        queries(client, f"/agreement/?{query}") for query in ("least=1", "measure=conflict", "duplicates=all")
    ]

    debate.says("Cho", "opposes", "tax")

    assert again < first
    assert set(counted_else) == {again}  # what is counted is read once
    assert rows(client.get("/agreement/")) == [
        "Ann Bob 1 1 of 1",
        "Ann Cho −1 0 of 1 disagreed on 1",
        "Bob Cho −1 0 of 1 disagreed on 1",
    ]


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("/agreement/", "", "Agreement network"),
        ("/agreement/", "?stance=opposes&measure=congruence", "Agreement network"),
        ("/agreement/", "?show=stands", "Stands on propositions"),
        ("/debates/robots/agreement/", "?least=2", "Who agrees with whom: Robots"),
    ],
)
def test_a_network_is_cited_with_its_choices(client, robots, path, query, title):
    robots.event.title_en = "Robots"
    robots.event.save()

    page = client.get(f"{path}{query}")
    (cited,) = client.get(f"{path}cite.json{query}").json()

    assert f"{path}cite.bib{query}" in links(page)
    assert (cited["title"], cited["URL"]) == (title, f"http://127.0.0.1:8000{path}{query}")
    assert f"{title} (record version" in words(page)
    wrong = client.get(f"{path}cite.bib?measure=love")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "'love' is none of: subtract" in wrong.text
