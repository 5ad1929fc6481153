"""What found nothing is kept for the editors: the words and how often, and nothing that says who asked."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from search import unanswered
from search.filters import Filters
from search.find import Answer, find
from search.language import read
from search.models import UnansweredQuestion
from tests.factories import EditorFactory, PositionFactory, PropositionTopicFactory, TopicFactory
from tests.record.commits import as_if_committed

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


def ask(q, *, page=1, **filters):
    as_if_committed()
    asked = Filters(q=q, **filters)
    unanswered.note(asked, find(asked, page=page))


def nothing_found(q):
    """An answer without a search."""
    return Answer((), 0, reading=read(q, {}))


def kept():
    return dict(UnansweredQuestion.objects.values_list("text", "times"))


@pytest.mark.django_db
def test_what_found_nothing_is_counted_by_its_words_however_they_are_written(monkeypatch):
    PositionFactory(summary_en="Energy")
    ask("  Fusion   Power ")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY + timedelta(days=2))
    ask("fusion power")
    ask("핵융합 발전")
    assert kept() == {"fusion power": 2, "핵융합 발전": 1}
    question = UnansweredQuestion.objects.get(text="fusion power")
    assert (question.first_day, question.last_day) == (TODAY, TODAY + timedelta(days=2))


@pytest.mark.django_db
def test_what_was_found_is_not_kept():
    PositionFactory(summary_en="Energy")
    PropositionTopicFactory(topic__name_en="Fusion")
    for q in ("energy", "fusion", "energy nonsense"):
        ask(q)
    assert kept() == {}


@pytest.mark.django_db
def test_what_filters_kept_from_being_found_is_not_kept():
    PositionFactory(summary_en="Energy", stance="supports")
    TopicFactory(slug="other")
    ask("energy", stance=("opposes",))
    ask("nonsense", stance=("opposes",))
    for q in ("nonsense stance:opposes", "speaker:nonsense", "+energy -energy", "nonsense OR -energy", "after:2030"):
        ask(q)
    assert kept() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("q", ["", "?!", '""', "( )", "🙂"])
def test_what_has_no_words_is_not_kept(q):
    ask(q)
    assert kept() == {}


@pytest.mark.django_db
def test_only_the_first_page_counts():
    ask("nonsense", page=2)
    assert kept() == {}


@pytest.mark.django_db
def test_the_query_language_of_words_is_kept_as_it_was_asked():
    for q in ('"fusion power"', "fusi*", "+fusion (power OR energy)"):
        ask(q)
    assert set(kept()) == {'"fusion power"', "fusi*", "+fusion (power or energy)"}


PRIVATE_OR_JUNK = (
    "hong@example.org", "who is hong @ home@x", "https://example.org/a", "www.example.org", "see example.co.kr please",
    "900101-1234567", "call 010-1234-5678", "02) 123 - 4567 89", "번호 123456", "１２３４５６", "word " * 21, "x" * 101,
    "<script>alert", "../../etc\\passwd", "{{7*7}}", "id=1", "a\x00b", "a\ud800b", "a\u202eb", "\ufffd\ufffd a",
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("q", PRIVATE_OR_JUNK)
def test_what_looks_private_or_is_no_question_is_not_kept(q):
    assert unanswered.as_kept(q) is None


@pytest.mark.once
@pytest.mark.parametrize(
    "q",
    ["18,000 gpus in 2025", "2025-02-12 hearing", "u.s. chips", "r&d 예산", "법", "kang hoon-sik's view", "5G vs 6G?"],
)
def test_ordinary_questions_are_kept(q):
    assert unanswered.as_kept(q) == q.lower()


@pytest.mark.once
@given(st.text(max_size=120))
def test_what_is_kept_is_short_and_printable_and_stays_the_same(q):
    text = unanswered.as_kept(q)
    if text is not None:
        assert 0 < len(text) <= 200 and text.isprintable()
        assert unanswered.as_kept(text) in (text, None)


@pytest.mark.once
def test_a_letter_that_folds_into_many_does_not_make_a_question_too_long_to_keep():
    assert len(unanswered.as_kept("\ufdfa" * 50)) == 200


@pytest.mark.django_db
def test_there_are_never_more_than_a_certain_number_and_the_least_asked_of_the_oldest_go(monkeypatch):
    monkeypatch.setattr(unanswered, "AT_MOST", 3)
    for day, text, times in ((1, "often", 5), (2, "old", 1), (3, "older than new", 1)):
        UnansweredQuestion.objects.create(
            text=text, times=times, first_day=date(2026, 2, day), last_day=date(2026, 2, day)
        )
    ask("brand new")
    assert set(kept()) == {"often", "older than new", "brand new"}


@pytest.mark.django_db
@pytest.mark.parametrize("occasion", ["the next question", "the index is brought up to date"])
def test_what_was_not_asked_for_half_a_year_is_forgotten(occasion):
    for text, age in (("kept", 180), ("forgotten", 181)):
        UnansweredQuestion.objects.create(text=text, first_day=date(2025, 1, 1), last_day=TODAY - timedelta(days=age))
    if occasion == "the next question":
        ask("another")
    else:
        call_command("search_index", "--if-needed", verbosity=0)
    assert "kept" in kept() and "forgotten" not in kept()


@pytest.mark.django_db
def test_a_search_that_finds_something_costs_no_query_more(django_assert_num_queries):
    PositionFactory(summary_en="Energy")
    as_if_committed()
    answer = find(Filters(q="energy"))
    with django_assert_num_queries(0):
        unanswered.note(Filters(q="energy"), answer)


def _refuse_writing(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("SET default_transaction_read_only = on")
        return "SET default_transaction_read_only = off"
    cursor.execute("PRAGMA query_only = on")
    return "PRAGMA query_only = off"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_breaks_no_search(caplog):
    with connection.cursor() as cursor:
        undo = _refuse_writing(cursor)
        try:
            unanswered.note(Filters(q="fusion"), nothing_found("fusion"))
        finally:
            cursor.execute(undo)
    assert "was not noted" in caplog.text
    assert kept() == {}
    unanswered.note(Filters(q="fusion"), nothing_found("fusion"))
    assert kept() == {"fusion": 1}, "the connection is as good as before"


@pytest.fixture
def _somebody_writing():
    """Another connection in the middle of a change of the same table."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE search_unansweredquestion IN ACCESS EXCLUSIVE MODE")
        cursor.execute("DELETE FROM search_unansweredquestion")
        yield
        cursor.execute("ROLLBACK")
    other.connection.close()  # Django never closes a database in memory


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_somebody_writing")
def test_a_search_does_not_wait_for_others_to_write(caplog):
    started = time.monotonic()
    unanswered.note(Filters(q="fusion"), nothing_found("fusion"))
    assert time.monotonic() - started < 3
    assert "was not noted" in caplog.text


@pytest.mark.django_db
def test_what_else_waits_for_others_to_write_waits_as_long_as_before():
    if connection.vendor != "sqlite":
        pytest.skip("waiting is a setting of the connection on SQLite alone")
    with connection.cursor() as cursor:
        ask("fusion")
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
        with unanswered._hardly_waiting():
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (unanswered.PATIENCE,)


@pytest.mark.django_db
def test_an_index_that_is_behind_says_nothing_of_what_is_missing():
    behind = Answer((), 0, reading=read("fusion", {}), is_behind=True)
    unanswered.note(Filters(q="fusion"), behind)
    assert kept() == {}


@pytest.mark.django_db
def test_the_api_counts_what_was_asked_for_and_not_what_was_only_looked_up(client):
    for method in (client.get, client.get, client.head, client.options):
        method("/api/v1/search/?q=fusion")
    client.get("/api/v1/search/?q=fusion&page=2")
    client.get("/api/v1/search/?q=fusion&stance=supports")
    assert kept() == {"fusion": 2}


# --- what editors see ------------------------------------------------------------------------------

LIST = "admin:search_unansweredquestion_changelist"


@pytest.fixture
def questions():
    return [
        UnansweredQuestion.objects.create(
            text=text, times=times, first_day=TODAY - timedelta(days=days), last_day=TODAY - timedelta(days=days)
        )
        for text, times, days in (("seldom", 1, 0), ("fusion power", 7, 20), ("융합", 3, 1))
    ]


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


@pytest.mark.django_db
def test_editors_see_what_is_asked_most_first_and_can_search_and_narrow_it(editor, questions):
    page = editor.get(reverse(LIST))
    assert [question.text for question in page.context["cl"].result_list] == ["fusion power", "융합", "seldom"]
    assert 'href="/search/?q=fusion+power"' in page.text
    found = editor.get(reverse(LIST), {"q": "융"})
    assert [question.text for question in found.context["cl"].result_list] == ["융합"]
    recent = editor.get(reverse(LIST), {"last_day__gte": TODAY - timedelta(days=7)})
    assert {question.text for question in recent.context["cl"].result_list} == {"seldom", "융합"}


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_runs_the_same_queries_at_any_size(editor, rows, django_assert_max_num_queries):
    UnansweredQuestion.objects.bulk_create(
        UnansweredQuestion(text=f"word {number}", first_day=TODAY, last_day=TODAY) for number in range(rows)
    )
    with django_assert_max_num_queries(7):
        assert len(editor.get(reverse(LIST)).context["cl"].result_list) == rows


@pytest.mark.django_db
def test_editors_can_forget_questions_and_change_nothing_else(editor, questions):
    page = editor.get(reverse(LIST))
    assert [value for value, _label in page.context["action_form"].fields["action"].choices] == ["", "forget"]
    chosen = {"action": "forget", "_selected_action": [question.pk for question in questions[:2]]}
    page = editor.post(reverse(LIST), chosen, follow=True)
    assert "2 searches were forgotten." in page.text
    assert kept() == {"융합": 3}
    address = [questions[2].pk]
    assert editor.get(reverse("admin:search_unansweredquestion_add")).status_code == 403
    assert editor.post(reverse("admin:search_unansweredquestion_change", args=address), {}).status_code == 403
    assert editor.post(reverse("admin:search_unansweredquestion_delete", args=address)).status_code == 403


@pytest.mark.django_db
def test_staff_need_a_permission_to_look_and_another_to_forget(client, questions):
    staff = EditorFactory(is_superuser=False)
    client.force_login(staff)
    assert client.get(reverse(LIST)).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="view_unansweredquestion"))
    page = client.get(reverse(LIST))
    assert page.status_code == 200
    assert page.context["action_form"] is None, "nothing to do without permission to delete"
    client.post(reverse(LIST), {"action": "forget", "_selected_action": [questions[0].pk]})
    assert len(kept()) == 3
