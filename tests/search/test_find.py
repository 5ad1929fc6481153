from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debate.models import Basis
from positions.models import Position
from search import hits
from search.analysis import stems, tokens, words
from search.filters import Filters, FiltersError, matching
from search.find import find, hydrated
from speakers.models import Name
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    """A debate about DeepSec, also known as DeepSeek, with one position in two languages."""
    event = EventFactory(title_en="The raid and the path to take", title_ko="습격과 가야 할 길")
    subject = OrganizationFactory(name_en="DeepSec")
    Name.objects.create(organization=subject, text="DeepSeek", kind="editorial")
    EventOrganizationFactory(event=event, organization=subject, role="subject")
    EventOrganizationFactory(event=event, organization=OrganizationFactory(name_en="Startup Alliance"), role="host")
    person = PersonFactory(name_en="Kang Hoon-sik")
    Name.objects.create(person=person, text="강훈식", language="ko", kind="editorial")
    appearance = AppearanceFactory(session=SessionFactory(event=event, title_en="Opening remarks"), person=person)
    ministry = OrganizationFactory(name_en="Ministry of Science and ICT")
    CapacityFactory(
        appearance=appearance, organization=ministry, organization_name_en="Ministry of Science", role_en="Director",
        role_ko="과장", basis=Basis.ON_BEHALF_OF,
    )  # fmt: skip
    proposition = PropositionFactory(wording="Platform firms should come under stricter regulation")
    topic = TopicFactory(name_en="Competition", name_ko="경쟁 정책", description_en="Markets and their rules")
    PropositionTopicFactory(proposition=proposition, topic=topic)
    source = SourceFactory(title="Minutes of the hearing", quoting="short_passages", publisher="The Daily Record")
    EventSourceFactory(event=event, source=source)
    position = PositionFactory(
        appearance=appearance,
        on=proposition,
        summary_en="The government will secure 18,000 GPUs",
        summary_ko="정부는 데이터센터를 늘린다",
        stance="conditional",
        condition_en="only with parliamentary consent",
    )
    EvidenceFactory(position=position, source=source, quote="we shall buy them", state="exact")
    return event


WORDS = (
        "GPU", "18,000", "18000", "government", "GOVERNMENTS", "securing",
        "데이터센터", "데이터 센터", "데이터센터를", "정부가", "늘",
        "platform", "regulations", "competition", "경쟁", "정책을",
        "Kang Hoon-sik", "hoonsik", "강훈식", "Ministry", "Director", "과장",
        "parliamentary", "shall buy", "raid", "습격", "DeepSeek", "deepsec",
)  # fmt: skip


def test_a_position_is_found_by_each_of_its_words(debate, found):
    PositionFactory(summary_en="Something else")
    for asked in WORDS:
        assert found(asked) == ["The government will secure 18,000 GPUs"], asked


def test_a_position_is_not_found_by_who_merely_hosted_the_debate(debate, found):
    assert found("Startup Alliance") == []


def test_words_that_may_not_be_quoted_are_not_searched(debate, found):
    EvidenceFactory(
        position=PositionFactory(), source=SourceFactory(quoting="nothing"), quote="secretly", state="exact"
    )
    assert found("secretly") == []


def test_a_debate_is_found_by_every_name_of_its_subject(debate, beside):
    assert beside("DeepSeek") == {
        "organization": ["DeepSec"],
        "event": [str(debate)],
        "session": ["Opening remarks"],
        "proposition": ["Platform firms should come under stricter regulation"],
        "source": ["Minutes of the hearing"],
    }


OTHERS = (
    ("강훈식", "person", "Kang Hoon-sik"),
    ("Kang", "event", "The raid and the path to take"),
    ("science", "organization", "Ministry of Science and ICT"),
    ("Alliance", "event", "The raid and the path to take"),
    ("remarks", "session", "Opening remarks"),
    ("stricter", "proposition", "Platform firms should come under stricter regulation"),
    ("경쟁", "proposition", "Platform firms should come under stricter regulation"),
    ("market", "topic", "Competition"),
    ("minutes", "source", "Minutes of the hearing"),
    ("daily record", "source", "Minutes of the hearing"),
    ("습격", "source", "Minutes of the hearing"),
)


def test_each_kind_is_found_by_its_words(debate, beside):
    for asked, kind, name in OTHERS:
        assert beside(asked).get(kind) == [name], asked


def test_a_person_is_found_by_where_they_work(debate, beside):
    appearance = AppearanceFactory()
    office = OrganizationFactory(name_en="Audit Office")
    CapacityFactory(appearance=appearance, organization=office)
    AffiliationFactory(person=appearance.person, organization=office, role_en="Auditor")
    assert beside("auditor")["person"] == [str(appearance.person)]


def test_what_is_not_public_is_not_found(found, beside):
    PositionFactory(summary_en="Hidden as a draft", status="draft")
    PositionFactory(
        summary_en="Hidden with its debate", appearance__session__event__status="draft",
        appearance__session__event__title_en="Hidden debate", appearance__person__name_en="Hidden person",
    )  # fmt: skip
    TopicFactory(name_en="Hidden topic", status="in_review")
    OrganizationFactory(name_en="Hidden organization")
    SourceFactory(title="Hidden source")
    assert found("hidden") == [] and beside("hidden") == {}


def test_a_draft_topic_is_not_given_away_by_its_proposition(found, beside):
    position = PositionFactory()
    PropositionTopicFactory(proposition=position.proposition, topic__status="draft", topic__name_en="Secret plans")
    assert found("secret") == [] and beside("secret") == {}


def test_what_has_all_words_comes_before_what_has_one_of_them_often(found):
    PositionFactory(summary_en="Energy, energy, energy")
    PositionFactory(summary_en="The cost of energy and whatever else has to be said about this question of policy")
    PositionFactory(summary_en="Cost cost cost")
    assert found("energy cost")[0].startswith("The cost of energy")
    assert len(found("energy cost")) == 3


def test_its_own_words_count_more_than_those_around_it(found):
    PositionFactory(summary_en="Said elsewhere", appearance__session__event__title_en="Batteries")
    PositionFactory(summary_en="Batteries matter")
    assert found("batteries") == ["Batteries matter", "Said elsewhere"]


@pytest.mark.parametrize("asked", ["", "   "])
def test_without_words_all_positions_are_found_newest_first_and_undated_last(found, asked):
    for day in ("2024-05", "", "2025-02-12", "XXXX-XX-12"):
        PositionFactory(summary_en=day or "no date", appearance__session__event__date=day)
    assert found(asked) == ["2025-02-12", "2024-05", "no date", "XXXX-XX-12"]
    assert found(asked, sort="oldest") == ["2024-05", "2025-02-12", "no date", "XXXX-XX-12"]


def test_words_can_be_ordered_by_time_too(found):
    for day in ("2023", "2025", "2024"):
        PositionFactory(summary_en=f"Energy in {day}", appearance__session__event__date=day)
    assert found("energy", sort="newest") == ["Energy in 2025", "Energy in 2024", "Energy in 2023"]
    assert found("energy", sort="oldest") == ["Energy in 2023", "Energy in 2024", "Energy in 2025"]


def test_filters_narrow_what_words_find(debate, found):
    PositionFactory(summary_en="The government will not", stance="opposes")
    secured = "The government will secure 18,000 GPUs"
    assert len(found("government")) == 2
    assert found("government", stance=("conditional",)) == [secured]
    assert found("government", speaker=("kang-hoon-sik",)) == [secured]
    assert found("government", organization=("ministry-of-science-and-ict",)) == [secured]
    assert found("government", topic=("competition",)) == [secured]
    assert found("government", debate=(debate.slug,)) == [secured]
    assert found("government", stance=("opposes", "neutral")) == ["The government will not"]
    assert found("government", debate=(debate.slug,), stance=("opposes",)) == []


def test_filters_alone_find_all_that_fit(debate, found):
    PositionFactory(kind="concern")
    assert found(speaker=("kang-hoon-sik",)) == ["The government will secure 18,000 GPUs"]
    assert len(found(kind=("concern", "recommendation"))) == 2


def test_what_has_no_date_is_within_no_days(found):
    for day in ("2024-05", "", "2025-02-12", "2024-06/.."):
        PositionFactory(summary_en=day or "no date", appearance__session__event__date=day)
    assert set(found(after=date(2024, 5, 31), before=date(2024, 6, 1))) == {"2024-05", "2024-06/.."}
    assert set(found(after=date(2025, 1, 1))) == {"2025-02-12", "2024-06/.."}
    assert set(found(before=date(2024, 5, 1))) == {"2024-05"}


def test_a_name_that_is_not_in_the_record_is_said():
    with pytest.raises(FiltersError, match="nobody"):
        find(Filters(speaker=("nobody",)))


@pytest.mark.parametrize("name", ["\x00", "\ud800", "a b", "x" * 1000, "강훈식"])
def test_what_can_be_no_name_is_not_in_the_record_either(name):
    with pytest.raises(FiltersError):
        find(Filters(debate=(name,)))


def test_an_unpublished_person_is_not_in_the_record():
    PersonFactory(slug="not-shown")
    with pytest.raises(FiltersError, match="not-shown"):
        find(Filters(speaker=("not-shown",)))


def test_pages_share_nothing_and_leave_nothing_out(monkeypatch):
    monkeypatch.setitem(hits._BLOCK, hits.RELEVANCE, 7)
    same = PositionFactory.create_batch(23, summary_en="Always the same")
    pages = [find(Filters(q="same"), page=page, size=5) for page in range(1, 7)]
    keys = [hit.key for answer in pages for hit in answer.positions]
    assert sorted(keys) == [position.pk for position in same]
    assert keys[:7] == sorted(keys[:7]), "ties are in order of their keys"
    assert {(answer.total, answer.pages) for answer in pages} == {(23, 5)}
    assert pages[5].positions == ()


def test_a_page_that_is_not_there_is_empty_or_the_first():
    PositionFactory(summary_en="Only one")
    for page in (0, -1, 1, 2, 10**6, 10**30):
        answer = find(Filters(q="only"), page=page)
        assert answer.total == 1
        assert len(answer.positions) == (1 if page <= 1 else 0)


STRANGE = (
    "!!!", '"', "((((", "AND OR NOT", "-", "+", "a:b", "*", "\x00", "\ud800", "\ud800 energy", "[1 TO",
    "x" * 1000, "가" * 1000, "a " * 500, "^~2", "\\", "title_en:energy", "/(a+)+$/", "\u202e", "🙂", "é" * 999,
)  # fmt: skip


def test_strange_questions_are_answered():
    PositionFactory(summary_en="Energy first")
    for asked in STRANGE:
        assert find(Filters(q=asked)).total == (1 if "energy" in asked else 0), asked


def test_a_question_of_signs_alone_finds_nothing():
    PositionFactory()
    answer = find(Filters(q="?!"))
    assert (answer.total, answer.positions, answer.others) == (0, (), {})


def test_the_answer_says_which_version_was_searched():
    from record import version

    PositionFactory()
    assert find(Filters(q="energy")).version == version.current()


@pytest.mark.parametrize("rows", [1, 30])
def test_searching_runs_the_same_queries_at_any_size(rows, django_assert_num_queries):
    for position in PositionFactory.create_batch(rows, summary_en="Energy"):
        PropositionTopicFactory(proposition=position.proposition, topic__name_en="Energy")
        EvidenceFactory(position=position, source__title="On energy")
    find(Filters())
    with django_assert_num_queries(1):
        answer = find(Filters(q="energy"), size=25)
    assert {kind: group.total for kind, group in answer.others.items()} == dict.fromkeys(
        ["proposition", "topic", "source"], rows
    )
    with django_assert_num_queries(13):
        records = hydrated(answer)
    assert len(records.positions) == min(rows, 25)
    assert len(records.others["topic"]) == min(rows, 5)


def test_what_was_unpublished_since_is_not_shown_even_by_an_older_answer():
    position = PositionFactory(summary_en="Energy")
    answer = find(Filters(q="energy"))
    Position.objects.update(status="draft")
    assert [hit.key for hit in answer.positions] == [position.pk]
    assert hydrated(answer).positions == []


VOCABULARY = "energy policy market regulation data 정책 정책을 데이터센터 데이터 법 18,000 start-up startup".split()


@pytest.fixture
def record():
    """Positions made of few words, so that questions of the same words find some of them."""
    topics = [TopicFactory(name_en=word, slug=f"topic-{number}") for number, word in enumerate(VOCABULARY[:3])]
    for number in range(24):
        position = PositionFactory(
            summary_en=" ".join(VOCABULARY[(number * step) % len(VOCABULARY)] for step in range(1, 1 + number % 4))
            or "none",
            summary_ko=VOCABULARY[(number * 7) % len(VOCABULARY)],
            stance=["supports", "opposes", "neutral"][number % 3],
            on__wording=VOCABULARY[number % 5],
            appearance__person__name_en=f"Speaker {number % 2}",
            appearance__session__event__title_en="Talk",
            appearance__session__event__date=["2024", "2025-03-01", "", "2023-05/.."][number % 4],
        )
        if number % 3:
            PropositionTopicFactory(proposition=position.proposition, topic=topics[number % 3])


def _tokens(position: Position) -> set[str]:
    said = [position.summary_en, position.summary_ko, position.wording.text_en, position.person.name_en]
    about = [position.event.title_en, *(topic.name_en for topic in position.proposition.topics.all())]
    return {stem for text in (*said, *about) for stem in stems(tokens(text).words.split())}


def _has(position: Position, q: str) -> bool:
    """What the index should find, worked out the slow way."""
    there = _tokens(position)
    return any(all(there.intersection(alternatives) for alternatives in word.needed) for word in words(q))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.lists(st.sampled_from([*VOCABULARY, "speaker", "talk", "1", "none", "센터"]), max_size=3).map(" ".join),
    stance=st.sets(st.sampled_from(["supports", "opposes", "neutral", "conditional"]), max_size=2).map(tuple),
    topic=st.sets(st.sampled_from(["topic-0", "topic-1", "topic-2"]), max_size=2).map(tuple),
    after=st.sampled_from([None, date(2024, 6, 1), date(2025, 3, 2)]),
    before=st.sampled_from([None, date(2024, 6, 1), date(2023, 1, 1)]),
)
def test_the_index_finds_what_a_scan_of_the_database_finds(record, q, stance, topic, after, before):
    filters = Filters(q=q, stance=stance, topic=topic, after=after, before=before)
    scanned = {
        position.pk
        for position in matching(Position.objects.public(), filters).select_related("wording", "person", "event")
        if not q or _has(position, q)
    }
    answer = find(filters, size=100)
    assert {hit.key for hit in answer.positions} == scanned
    assert answer.total == len(scanned)
