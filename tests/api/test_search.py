"""The search as a program asks it: what the answer tells of itself, where the words are, and what to narrow by."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from api.shapes.search import MOST_PROBLEMS, SearchAnswer, with_value
from positions.models import Evidence
from record import version
from search.facets import FACETS
from search.filters import MAX_VALUES, Filters
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db

SITE = "https://debates.example.org"
SEARCH = "/api/v1/search/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.PUBLIC_URL = SITE


@pytest.fixture
def ask(client):
    """The answer to a question; what it says is JSON, and every status but 200 a mistake of the test."""

    def _ask(q="", **parameters):
        as_if_committed()
        response = client.get(SEARCH, {"q": q, **parameters})
        assert response.status_code == 200, response.content
        return response.json()

    return _ask


def matches(answer, row=0):
    """By field and language the text, with what was found in brackets."""
    return {
        (match["field"], match["language"]): "".join(
            f"[{piece['text']}]" if piece["is_match"] else piece["text"] for piece in match["pieces"]
        )
        for match in answer["results"][row]["matches"]
    }


def counts(answer, facet):
    return {value["value"]: value["count"] for value in answer["facets"][facet]}


def test_an_answer_says_which_record_was_searched_and_how_the_question_was_read(ask):
    PositionFactory(summary_en="Tax energy")
    PositionFactory(summary_en="Energy for all")
    answer = ask('energy "tax energy')
    assert answer["version"] == version.current()
    assert answer["is_current"] is True
    assert (answer["count"], answer["with_all_words"]) == (2, 1)
    assert answer["read_as"] == "energy tax energy"
    assert answer["problems"] == [
        {
            "code": "unbalanced_quote",
            "detail": 'The quotation mark " has no counterpart, so it was left out.',
            "at": 7,
        }
    ]
    assert answer["searched_instead"] is None
    assert set(answer) == set(get_type_hints(SearchAnswer))


PROBLEMS = (
    ("energy)", "unbalanced_parenthesis", 6, "The parenthesis ) has no counterpart"),
    ("energy OR", "operator_without_words", 7, "“OR” has no word to go with"),
    ("colour:red", "unknown_field", 0, "There is no field “colour:”, so it was read as words. There are: speaker, org"),
    ("energy stance:maybe", "unknown_value", 7, "“stance:maybe” names no value that there is"),
    ("after:soon", "unreadable_date", 0, "“after:soon” has no date that can be read"),
    ("(" * 12 + "energy" + ")" * 12, "too_deep", 10, "read 10 deep"),
    ("energy " * 130, "too_many", 700, "The first 100 parts of the question were read"),
)


def test_what_could_not_be_read_is_told_with_its_place_and_the_rest_is_searched(ask):
    PositionFactory(summary_en="Energy in red, maybe soon")
    for q, code, at, detail in PROBLEMS:
        answer = ask(q)
        assert answer["count"] == 1, q
        assert answer["problems"][0]["code"] == code, q
        assert answer["problems"][0]["at"] == at, q
        assert detail in answer["problems"][0]["detail"], q


def test_what_is_written_in_the_query_language_is_read_back(ask):
    for q, read_as in (
        ("+energy -tax regulat*", "+energy -tax regulat*"),
        ("  에너지 OR 세금 ", "에너지 OR 세금"),
        ("입장:찬성 발언자:“강 훈식”", 'stance:supports speaker:"강 훈식"'),
        ("after:2025", "after:2025-01-01"),
    ):
        assert ask(q)["read_as"] == read_as


def test_the_words_found_are_marked_in_whatever_form_and_language_they_stand(ask):
    PositionFactory(
        summary_en="They regulate platforms",
        summary_ko="플랫폼 규제를 강화한다",
        on__wording="Platform regulation is due",
        stance="conditional",
        condition_en="Only regulating slowly",
    )
    assert matches(ask("regulation")) == {
        ("summary", "en"): "They [regulate] platforms",
        ("proposition", "en"): "Platform [regulation] is due",
        ("condition", "en"): "Only [regulating] slowly",
    }
    assert matches(ask("규제는")) == {("summary", "ko"): "플랫폼 [규제]를 강화한다"}


def test_of_a_quote_the_part_is_shown_in_which_the_most_was_found(ask):
    quote = "word " * 200 + "we shall buy chips soon " + "word " * 200
    source = SourceFactory(quoting="all")
    EvidenceFactory(source=source, quote=quote, quote_language="en", state=Evidence.State.EXACT)
    found = matches(ask("chips"))["quote", "en"]
    assert found.startswith("…word") and found.endswith("…") and "we shall buy [chips] soon" in found
    assert len(found) < 300


def test_words_that_may_not_be_quoted_are_not_shown_as_found_either(client, ask):
    EvidenceFactory(
        position__summary_en="Chips", source=SourceFactory(quoting="nothing"), quote="secret chips", state="exact"
    )
    assert matches(ask("chips secret")) == {("summary", "en"): "[Chips]"}
    assert "secret chips" not in client.get(f"{SEARCH}?q=chips+secret").text


def test_pieces_are_plain_text_and_joined_the_text(ask):
    PositionFactory(summary_en='Tax <b>robots</b> & "chips"')
    (match,) = ask("robots")["results"][0]["matches"]
    assert match["pieces"] == [
        {"text": "Tax <b>", "is_match": False},
        {"text": "robots", "is_match": True},
        {"text": '</b> & "chips"', "is_match": False},
    ]


def test_without_words_nothing_is_marked(ask):
    PositionFactory()
    assert ask()["results"][0]["matches"] == []
    assert ask("stance:supports")["results"][0]["matches"] == []


@pytest.fixture
def many():
    """Six positions that differ in every facet."""
    for number in range(6):
        event = EventFactory(
            title_en=f"Debate on energy {number % 2}", date=["2024", "2025-03-01", "2023-05/2024-02", ""][number % 4]
        )
        appearance = AppearanceFactory(session__event=event, role=["panellist", "moderator"][number % 2])
        CapacityFactory(
            appearance=appearance, organization=OrganizationFactory(name_en=f"Office {number}", name_ko="사무소")
        )
        proposition = PropositionFactory(wording=f"Sentence {number}")
        PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en=f"Topic {number}"))
        PositionFactory(
            appearance=appearance,
            on=proposition,
            stance=["supports", "opposes", "neutral"][number % 3],
            kind=["concern", "assessment"][number % 2],
            source_language=["en", "ko"][number % 2],
        )


@pytest.mark.usefixtures("many")
def test_every_value_of_a_facet_leads_to_as_many_positions_as_it_says(client, ask):
    answer = ask("energy", page_size=5)
    assert set(answer["facets"]) == set(FACETS)
    addresses = [
        (value["url"], value["count"], f"{name}: {value['value']}")
        for name, values in answer["facets"].items()
        for value in values
        if value["value"] is not None
    ]
    assert len(addresses) > 25
    for url, count, which in addresses:
        narrowed = client.get(url.removeprefix(SITE)).json()
        assert url.startswith(f"{SITE}{SEARCH}?q=energy&") and url.endswith("&page_size=5")
        assert narrowed["count"] == count, which


@pytest.mark.usefixtures("many")
def test_a_value_that_is_chosen_leaves_the_others_to_choose(client, ask):
    answer = ask("energy", stance="supports")
    assert counts(answer, "stance") == {"supports": 2, "opposes": 2, "neutral": 2}
    more = next(value["url"] for value in answer["facets"]["stance"] if value["value"] == "opposes")
    assert more == f"{SITE}{SEARCH}?q=energy&stance=supports&stance=opposes"
    assert client.get(more.removeprefix(SITE)).json()["count"] == 4


@pytest.mark.usefixtures("many")
def test_what_has_no_date_is_counted_and_can_be_taken_in(client, ask):
    everything = {value["value"]: value for value in ask("energy")["facets"]["year"]}
    assert (everything[None]["count"], everything[None]["url"]) == (1, None)
    assert everything[None]["label"] == {"en": "not given", "ko": "기재 없음"}
    of_2025 = client.get(everything["2025"]["url"].removeprefix(SITE)).json()
    assert (of_2025["count"], of_2025["undated_left_out"]) == (2, 1)
    undated = next(value for value in of_2025["facets"]["year"] if value["value"] is None)
    assert undated["url"] == f"{SITE}{SEARCH}?q=energy&from=2025-01-01&to=2025-12-31&undated=include"
    with_undated = client.get(undated["url"].removeprefix(SITE)).json()
    assert (with_undated["count"], with_undated["undated_left_out"]) == (3, 0)


@pytest.mark.usefixtures("many")
def test_values_are_called_what_they_are_called_in_both_languages(ask):
    answer = ask("energy")
    labels = {
        name: {value["value"]: value["label"] for value in answer["facets"][name]} for name in ("stance", "language")
    }
    assert labels["stance"]["supports"] == {"en": "supports", "ko": "찬성"}
    assert labels["language"]["ko"] == {"en": "Korean", "ko": "한국어"}
    assert answer["facets"]["organization"][0]["label"] == {"en": "Office 0", "ko": "사무소"}
    assert answer["facets"]["debate"][0]["label"] == {"en": "Debate on energy 0", "ko": None}
    assert answer["facets"]["year"][0]["label"] == {"en": "2025", "ko": "2025"}


def test_a_value_can_be_added_until_there_are_too_many():
    full = Filters(topic=tuple(f"topic-{number}" for number in range(MAX_VALUES)))
    assert with_value(full, "topic", "another") is None
    assert with_value(full, "topic", "topic-7") == full
    assert with_value(full, "stance", "opposes") == Filters(topic=full.topic, stance=("opposes",))


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_runs_the_same_queries_at_any_size(client, rows, django_assert_num_queries):
    for position in PositionFactory.create_batch(rows, summary_en="Energy"):
        PropositionTopicFactory(proposition=position.proposition)
        EvidenceFactory(position=position, quote="Energy", state="exact", source__quoting="all")
    client.get(SEARCH)
    with django_assert_num_queries(10):
        answer = client.get(f"{SEARCH}?q=energy&page_size=100").json()
    assert len(answer["results"]) == rows and answer["results"][-1]["matches"]


def test_a_question_of_signs_alone_finds_nothing_and_offers_nothing(ask):
    PositionFactory()
    answer = ask("?!")
    assert (answer["count"], answer["results"], answer["others"]) == (0, [], [])
    assert answer["facets"] == {name: [] for name in FACETS}


# As they would come over the wire, with the status and what the answer has to say.
WRONG = (
    ("q=" + "a" * 1_001, 400, "At most 1000 characters."),
    ("q=" + "%EA%B0%80" * 1_001, 400, "At most 1000 characters."),
    ("q=a&q=b", 400, "Give it once."),
    ("q=%00", 400, "There is a NUL character in it."),
    ("page=1000000000", 404, "There is no such page: the list has 1 page."),
    ("page=" + "9" * 400, 404, "There is no such page: the list has 1 page."),
    ("q=energy&page=2", 404, "There is no such page: the list has 1 page."),
    ("page=-1", 400, "'-1' is no whole number from 1 up."),
    ("page_size=101", 400, "At most 100 are on a page."),
    ("&".join(f"speaker=s{number}" for number in range(51)), 400, "At most 50 values."),
    ("&".join(["stance=supports"] * 51), 400, "At most 50 values."),
    ("undated=maybe", 400, "'maybe' is none of: include."),
    ("undated=include&undated=include", 400, "Give it once."),
    ("from=2025&to=2024", 400, "It is before the day in “from”."),
    ("from=0000", 400, "'0000' is not a date."),
    ("organization=%ED%A0%80", 400, "is not in the record."),
    ("year=2025", 400, "There is no such parameter."),
)


def test_what_is_wrong_with_a_search_is_said(client):
    PositionFactory(summary_en="Energy")
    for query, status, told in WRONG:
        response = client.get(f"{SEARCH}?{query}")
        problem = response.json()
        details = [problem["detail"], *(error["detail"] for error in problem.get("errors", []))]
        assert response.status_code == status, query[:60]
        assert response["Content-Type"] == "application/problem+json"
        assert any(told in detail for detail in details), details


STRANGE = (
    "%01%02%1B%7F%C2%85",  # control characters
    "%ED%A0%80%ED%BF%BF",  # lone halves of surrogate pairs
    "%FF%FE%C0%80",  # in no encoding
    "%E2%80%AE%E2%80%8B%EF%BB%BF",  # right-to-left, zero width, byte order mark
    '"', '"""', "%E2%80%9C", "%E3%80%8C", '"energy', 'energy"', "'", "((((((", "))))", "()", '(")")', "(((energy",
    "-", "%2B", "%2B-%2B-", "*", "**", "OR", "OR OR OR", "AND NOT", "|", "%7C%7C", ":", "::", "speaker:", "stance:",
    "-(-(-energy))", "speaker:()", 'speaker:("', "after:99999", "before:0000-00-00", "after:9999-12-31",
    "(a%2B)%2B$", ".*.*.*.*.*.*=", "[[[[", "a{1,99999}", "(?=.*a)*", "\\", "\\E*", "a?*", "[a-z*", "^~2", "/x/*",
    "energy~99", "words:energy", "_field_:energy", "[1 TO *]", "{!func}", "' OR 1=1 --", "%25", "<script>", "${7*7}",
    "(" * 1_000, "-" * 1_000, '"' * 999, "a* " * 333, "a:" * 500, "%E1%84%80" * 1_000, "%EF%B7%BA" * 1_000,
    "e%CC%81" * 500, "%F0%9F%99%82" * 1_000, "x" * 1_000, "%EA%B0%80" * 1_000, "%EA%B0%80*%20" * 333,
    "-a " * 333, "a OR " * 200, "speaker:a* " * 90, "(a OR b) " * 111, "stance:supports " * 60,
)  # fmt: skip


def test_strange_questions_are_answered(client):
    PositionFactory(summary_en="Energy")
    for q in STRANGE:
        response = client.get(f"{SEARCH}?q={q.replace(' ', '+')}")
        assert response.status_code == 200, (q[:60], response.content[:300])
        answer = response.json()
        assert answer["count"] in (0, 1) and len(answer["results"]) == answer["count"], q[:60]
        assert answer["count"] >= answer["with_all_words"] >= 0, q[:60]
        assert sum(counts(answer, "stance").values()) == answer["count"], q[:60]
        assert len(answer["problems"]) <= MOST_PROBLEMS and len(response.content) < 20_000, q[:60]


def test_a_question_in_a_strange_form_still_finds_its_words(client):
    PositionFactory(summary_en="Energy")
    for q in (
        "\x01energy\x02",
        '"energy',
        "((energy",
        "energy) OR",
        "-- energy",
        "\ufeffenergy",
        "ＥＮＥＲＧＹ",
        "éNERGY",
    ):
        assert client.get(SEARCH, {"q": q}).json()["count"] == 1, q
