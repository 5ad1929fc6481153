"""Whatever is asked there is an answer, and what it counts is what a slow look at every position counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.models import Position
from search.facets import FACETS
from search.filters import MAX_QUERY_LENGTH, Filters, matching
from search.find import find, hydrated
from search.language import written
from search.marking import excerpt, marked, sought
from tests.factories import (
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db

WORDS = ("energy", "market", "tax", "정책", "기후")
SAID = (
    "energy market", "tax energy", "market", "market tax energy", "nothing else",
    "정책을 정한다", "energy 정책은", "기후와 tax", "기후 정책",
)  # fmt: skip
DATES = ("2024", "2025-03-01", "", "2023-11/2024-02", "XXXX-XX-12", "2024-05/..")


@pytest.fixture
def record():
    """Positions that share few values of every facet; more of each than a multiple of the others."""
    people = [PersonFactory(name_en=f"Person {number}") for number in range(4)]
    offices = [OrganizationFactory(name_en=f"Office {number}") for number in range(3)]
    topics = [TopicFactory(name_en=f"Topic {number}") for number in range(3)]
    events = [EventFactory(title_en=f"Talk {number}", date=day) for number, day in enumerate(DATES)]
    for number in range(30):
        position = PositionFactory(
            summary_en=SAID[number % 9],
            stance=["supports", "opposes", "neutral"][number % 7 % 3],
            kind=["concern", "assessment"][number % 5 % 2],
            source_language=["en", "ko"][number % 4 // 3],
            appearance__session__event=events[number % 6],
            appearance__person=people[number % 4],
            appearance__role=["panellist", "moderator"][number % 3 // 2],
        )
        for office in offices[: number % 4]:
            CapacityFactory(appearance=position.appearance, organization=office)
        for topic in topics[number % 5 :]:
            PropositionTopicFactory(proposition=position.proposition, topic=topic)
    as_if_committed()


# --- whatever is asked -----------------------------------------------------------------------------

OPERATORS = (
    '"', "“", "”", "「", "(", ")", "+", "-", "*", "|", " OR ", " ", ":", "＋", "（",
    "speaker:", "organization:(", "topic:", "debate:", "stance:supports", "stance:(", "kind:x", "role:",
    "before:2024", "after:", "after:2024-02-31", "발언자:", "입장:찬성",
    "\x00", "\n", "\u202e", "\ufeff", "\ud800", "\udfff", "\\", "~", "^", "[", "]", "{", "}", "/", ".*", "(a+)+$",
    "e\u0301", "ﷺ", "ß", "İ", "가", "🙂",
)  # fmt: skip
anything = st.text(st.characters(exclude_categories=()), max_size=MAX_QUERY_LENGTH)
pieces = st.sampled_from((*WORDS, *OPERATORS)) | st.text(st.characters(exclude_categories=()), max_size=3)
composed = st.lists(pieces, max_size=60).map("".join)
repeated = st.builds(lambda piece, times: piece * times, pieces, st.integers(1, 1_000))
questions = (anything | composed | repeated).map(lambda text: text[:MAX_QUERY_LENGTH])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=questions, page=st.integers(-2, 4) | st.integers(), size=st.integers(-1, 12))
def test_every_question_has_an_answer_whose_numbers_agree(record, q, page, size):
    answer = find(Filters(q=q), page=page, size=size)
    page, size = max(page, 1), max(size, 1)
    assert answer.total >= answer.with_all >= 0
    assert len(answer.positions) == max(0, min(size, answer.total - (page - 1) * size))
    assert answer.pages == max(1, -(-answer.total // size))
    assert sum(count.count for count in answer.facets.get("stance", ())) == answer.total
    assert all(group.total >= len(group.hits) > 0 for group in answer.others.values())
    written(answer.reading).encode()  # it can be shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=questions, text=anything)
def test_whatever_is_asked_can_be_marked_in_whatever_is_said(record, q, text):
    wanted = sought(find(Filters(q=q)).reading)
    assert "".join(piece.text for piece in marked(text, wanted)) == text
    shown = "".join(piece.text for piece in excerpt(text, wanted))
    assert shown.removeprefix("…").removesuffix("…") in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=questions)
def test_what_is_shown_as_read_finds_the_same(record, q):
    answer = find(Filters(q=q), size=100)
    again = find(Filters(q=written(answer.reading)), size=100)
    if q.strip() and answer.facets:
        assert {hit.key for hit in again.positions} == {hit.key for hit in answer.positions}


# --- what is counted -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scan:
    """What each position says, and which have a value of a facet, looked up one by one."""

    said: dict[int, str]
    having: dict[str, dict[str, set[int]]]

    def found(self, filters: Filters, *, without: str = "") -> set[int]:
        found = (
            self._keys(filters.after, filters.before, undated=filters.undated) if without != "year" else set(self.said)
        )
        found &= {key for key in self.said if not filters.q or self.words_in(key, filters.q)}
        for name, values in self.having.items():
            chosen = getattr(filters, name, ())
            if chosen and name != without:
                found &= set().union(*(values[value] for value in chosen))
        return found

    def words_in(self, key: int, q: str) -> list[str]:
        return [word for word in q.split() if word in self.said[key]]

    def counts(self, filters: Filters, name: str) -> dict[str, int]:
        others = self.found(filters, without=name)
        counted = {value: len(others & keys) for value, keys in self.having[name].items()}
        return {value: count for value, count in counted.items() if count}

    @staticmethod
    def _keys(after: date | None, before: date | None, *, undated: bool) -> set[int]:
        return _keys(Filters(after=after, before=before, undated=undated))


def _keys(filters: Filters) -> set[int]:
    return set(matching(Position.objects.public(), filters).values_list("pk", flat=True))


def _values(name: str) -> list[str]:
    path = {
        "speaker": "person__slug",
        "organization": "appearance__capacities__organization__slug",
        "topic": "proposition__topics__slug",
        "debate": "event__slug",
        "role": "appearance__role",
        "language": "source_language",
    }.get(name, name)
    return sorted(set(Position.objects.values_list(path, flat=True)) - {None})


@pytest.fixture
def scan(record) -> Scan:
    said = dict(Position.objects.values_list("pk", "summary_en"))
    having = {
        name: {value: _keys(Filters(**{name: (value,)})) for value in _values(name)}
        for name in FACETS
        if name != "year"
    }
    years = range(2020, timezone.localdate().year + 1)
    having["year"] = {str(year): _keys(Filters(after=date(year, 1, 1), before=date(year, 12, 31))) for year in years}
    having["year"][""] = set(said).difference(*having["year"].values())
    return Scan(said, having)


def chosen(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.sets(st.sampled_from(values), min_size=1, max_size=2).map(tuple)


days = st.sampled_from([None, None, date(2023, 12, 1), date(2024, 6, 1), date(2025, 3, 2)])
plain = st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(" ".join)
filtered = st.builds(
    Filters,
    q=plain,
    stance=chosen("supports", "opposes", "neutral"),
    kind=chosen("concern", "assessment"),
    topic=chosen("topic-0", "topic-1", "topic-2"),
    organization=chosen("office-0", "office-1", "office-2"),
    speaker=chosen("person-0", "person-3"),
    debate=chosen("talk-0", "talk-2", "talk-5"),
    role=chosen("panellist", "moderator"),
    language=chosen("en", "ko"),
    after=days,
    before=days,
    undated=st.booleans(),
    sort=st.sampled_from(["", "newest", "oldest", "relevance"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=filtered)
def test_positions_and_all_counts_are_those_of_a_scan_of_the_database(scan, filters):
    answer = find(filters, size=100)
    expected = scan.found(filters)
    assert {hit.key for hit in answer.positions} == expected
    assert answer.total == len(expected)
    words = filters.q.split()
    assert answer.with_all == sum(len(scan.words_in(key, filters.q)) == len(words) for key in expected)
    facets = hydrated(answer).facets
    for name in FACETS:
        counted = {choice.value: choice.count for choice in facets[name] if choice.count}
        assert counted == scan.counts(filters, name), name
    is_dated = (filters.after or filters.before) and not filters.undated
    assert answer.left_out == (scan.counts(filters, "year").get("", 0) if is_dated else 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(filters=filtered)
def test_each_count_is_that_of_the_search_for_it(scan, filters):
    """Years by days; a value of a filter in force instead of those that were chosen."""
    for name, choices in hydrated(find(filters)).facets.items():
        for choice in choices[:3]:
            if name != "year":
                narrowed = replace(filters, **{name: (choice.value,)})
            elif choice.value:
                year = int(choice.value)
                narrowed = replace(filters, after=date(year, 1, 1), before=date(year, 12, 31), undated=False)
            else:
                continue
            assert find(narrowed).total == choice.count, (name, choice)
