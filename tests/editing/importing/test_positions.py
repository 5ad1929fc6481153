from __future__ import annotations

import pytest

from debate.models import Source
from debate.publishing import Status
from editing.importing.plan import CREATE
from exchange import csv_text, statements
from positions.models import Position, Proposition
from tests.editing.importing.conftest import Wizard, acts, plan_of, written
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    EventSourceFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    SessionFactory,
    SourceFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
HEADER = [
    "debate",
    "speaker",
    "proposition",
    "stance",
    "kind",
    "summary_en",
    "condition_en",
    "source",
    "locator",
    "quote",
]
TEXT = "The chair opened the hearing.\n\nHan said: we want a night shift. We want it soon.\n\nThe hearing was closed."


@pytest.fixture
def hearing():
    """A debate in which Han and Kim speak about one proposition."""
    event = EventFactory(slug="harbour-hearing", title_en="Harbour hearing", title_ko="항만 공청회")
    session = SessionFactory(event=event, order=1, kind="discussion")
    for name, korean in (("Han Ji-woo", "한지우"), ("Kim So-ra", "김소라")):
        AppearanceFactory(session=session, person__name_en=name, person__name_ko=korean)
    PropositionFactory(slug="work-at-night", wording="Harbours should work at night")
    source = SourceFactory(title="Minutes of the hearing", url="https://port.example.org/minutes", paragraph_count=3)
    EventSourceFactory(event=event, source=source)
    return event


def row(**changes):
    usual = {
        "debate": "harbour-hearing", "speaker": "Han Ji-woo", "proposition": "work-at-night", "stance": "supports",
        "kind": "recommendation", "summary_en": "Wants a night shift",
    }  # fmt: skip
    return [{**usual, **changes}.get(name, "") for name in HEADER]


def test_a_position_is_made_with_its_evidence_as_a_draft(client, hearing):
    wizard = Wizard(client, "contributor")
    content = written(HEADER, row(source="Minutes of the hearing", locator="¶ 2"))
    assert wizard.confirm(wizard.bring("positions", content)).status_code == 302
    position = Position.objects.get()
    assert (position.person.name_en, position.proposition.slug) == ("Han Ji-woo", "work-at-night")
    assert (position.stance, position.kind, position.summary_en) == (
        "supports",
        "recommendation",
        "Wants a night shift",
    )
    assert (position.status, position.source_language) == (Status.DRAFT, "en")
    (evidence,) = position.evidence.all()
    assert (evidence.source.title, evidence.locator, evidence.quote) == ("Minutes of the hearing", "¶ 2", "")
    again = wizard.bring("positions", content).context["shown"].plan
    assert acts(again) == ["unchanged"]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("debate", ["Harbour hearing", "항만 공청회", "harbour hearing"]),
        ("speaker", ["한지우", "HAN JI WOO", "han-ji-woo"]),
        ("proposition", ["Harbours should work at night", "harbours should work at night."]),
        ("stance", ["Supports", "찬성"]),
        ("kind", ["제언"]),
        ("source", ["https://port.example.org/minutes"]),
    ],
)
def test_what_a_row_points_to_is_found_by_what_it_is_called(hearing, column, words):
    plan = plan_of("positions", HEADER, *(row(**{column: word, "summary_en": f"Wants {word}"}) for word in words))
    assert (plan.problems, plan.questions) == ((), ())
    assert acts(plan) == ["new"] * len(words)


def test_ten_kinds_of_mistakes_are_refused_with_ten_messages(client, hearing):
    wizard = Wizard(client)
    double = AppearanceFactory(session=hearing.sessions.get(), person__name_en="Lee Min", role="moderator")
    AppearanceFactory(session=hearing.sessions.get(), person__name_en="Lee Min", role="panellist")
    mistaken = [
        ("debate (A)", row(debate="harbour-hearings")),
        ("speaker (B)", row(speaker="Park Nobody")),
        ("proposition (C)", row(proposition="work-by-day")),
        ("stance (D)", row(stance="supportss")),
        ("kind (E)", row(kind="wish")),
        ("summary_en (F)", row(summary_en="")),
        ("condition_en (G)", row(stance="conditional", summary_en="Wants it on a condition")),
        ("source (H)", row(source="Minutes of another hearing", summary_en="Wants it in other minutes")),
        ("locator (I)", row(source="Minutes of the hearing", locator="line 4", summary_en="Wants it in a line")),
        ("locator (I)", row(source="Minutes of the hearing", locator="¶ 9", summary_en="Wants it beyond the end")),
        ("quote (J)", row(source="Minutes of the hearing", quote="we want", summary_en="Wants it in words")),
        ("summary_en (F)", row(summary_en="x" * 10_001)),
    ]
    same = [row(summary_en="Says it twice"), row(summary_en="Says it twice"), row(speaker="Lee Min")]
    preview = wizard.bring("positions", written(HEADER, *(one for _column, one in mistaken), *same))
    plan = preview.context["shown"].plan
    told = [(problem.row, problem.column) for problem in plan.problems]
    assert told == [
        *((number, column) for number, (column, _row) in enumerate(mistaken, 2)),
        (len(mistaken) + 3, ""),
    ]
    messages = [problem.message for problem in plan.problems]
    assert len(set(messages)) == len(messages)
    (question,) = plan.questions
    assert len(question.candidates) == 2 and str(double.pk) in {one.value for one in question.candidates}
    assert "13 mistakes" in preview.text
    assert wizard.confirm(preview).status_code == 409
    assert Position.objects.count() == 0
    downloaded = wizard.client.get(f"{preview.wsgi_request.path}mistakes.csv").content.decode("utf-8-sig")
    assert downloaded.count("\r\n") == 14
    assert "harbour-hearings" in downloaded and "3 paragraphs" in downloaded


def test_every_mistake_of_a_row_is_told_whatever_else_is_wrong_with_it(hearing):
    plan = plan_of("positions", HEADER, row(debate="nowhere", stance="conditional", kind="", source="none"))
    assert [problem.column for problem in plan.problems] == ["condition_en (G)", "debate (A)", "kind (E)", "source (H)"]


def test_somebody_who_appears_twice_is_chosen_or_told_apart_by_session_and_role(hearing):
    han = hearing.sessions.get().appearances.get(person__name_en="Han Ji-woo")
    closing = AppearanceFactory(session=SessionFactory(event=hearing, order=2, kind="closing"), person=han.person)
    (question,) = plan_of("positions", HEADER, row()).questions
    assert {candidate.value for candidate in question.candidates} == {str(han.pk), str(closing.pk)}
    chosen = plan_of("positions", HEADER, row(), answers={question.key: str(closing.pk)})
    assert chosen.steps[0].values["appearance"] == closing.pk
    with_session = plan_of("positions", [*HEADER, "session"], [*row(), "2"], [*row(summary_en="More"), "Closing"])
    assert [step.values["appearance"] for step in with_session.steps] == [closing.pk, closing.pk]
    (problem,) = plan_of("positions", [*HEADER, "role"], [*row(), "moderator"]).problems
    assert "not in this session and role" in problem.message


def test_an_organization_and_somebody_unnamed_are_found_by_their_name_and_label(hearing):
    session = hearing.sessions.get()
    unnamed = AppearanceFactory(session=session, person=None, label="A fisherman")
    (step,) = plan_of("positions", HEADER, row(speaker="a fisherman")).steps
    assert step.values["appearance"] == unnamed.pk


def test_an_appearance_that_does_not_fit_the_row_is_refused(hearing):
    han = hearing.sessions.get().appearances.get(person__name_en="Han Ji-woo")
    header = [*HEADER, "appearance"]
    assert acts(plan_of("positions", header, [*row(debate="", speaker=""), han.public_id])) == ["new"]
    (problem,) = plan_of("positions", header, [*row(speaker="Kim So-ra"), han.public_id]).problems
    assert (problem.column, problem.value) == ("speaker (B)", "Kim So-ra")
    assert "is of Han Ji-woo" in problem.message


def test_a_new_proposition_is_asked_about_and_made_once_as_a_draft(client, hearing):
    wizard = Wizard(client)
    rows = [row(proposition="Ports need fewer ferries"), row(proposition="Ports need fewer ferries", speaker="김소라")]
    preview = wizard.bring("positions", written(HEADER, *rows))
    (question,) = preview.context["shown"].questions
    assert (question.rows, question.suggested) == ((2, 3), CREATE)
    wizard.confirm(wizard.answer(preview, CREATE))
    proposition = Proposition.objects.get(status=Status.DRAFT)
    assert (proposition.slug, proposition.current_wording.text_en) == (
        "ports-need-fewer-ferries",
        "Ports need fewer ferries",
    )
    assert Position.objects.filter(proposition=proposition).count() == 2
    assert acts(wizard.bring("positions", written(HEADER, *rows)).context["shown"].plan) == ["unchanged"] * 2


def test_a_wording_that_is_nearly_there_is_offered(hearing):
    (question,) = plan_of("positions", HEADER, row(proposition="Harbors should work by night")).questions
    assert question.candidates[0].label == "Harbours should work at night"
    assert question.suggested == ""


def test_a_quote_is_anchored_in_the_text_of_its_source(hearing):
    source = Source.objects.get()
    source.text = TEXT
    source.save()
    (step,) = plan_of("positions", HEADER, row(source=source.public_id, quote="we want a night shift")).steps
    (evidence,) = step.values["evidence"]
    start = TEXT.index("we want a")
    assert (evidence["start"], evidence["end"], evidence["state"]) == (start, start + 21, "exact")
    assert (evidence["locator"], evidence["prefix"].endswith("Han said: ")) == ("¶ 2", True)


def test_a_quote_that_is_not_there_or_several_times_is_never_put_somewhere(hearing):
    source = Source.objects.get()
    source.text = TEXT
    source.save()
    plan = plan_of(
        "positions",
        HEADER,
        row(source=source.public_id, quote="we want a day shift"),
        row(source=source.public_id, quote="hearing", summary_en="More"),
        row(source=source.public_id, quote="hearing", locator="¶ 3", summary_en="Most"),
        row(source=source.public_id, quote="hearing", locator="¶ 2", summary_en="Again"),
    )
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (2, "quote (J)"),
        (3, "quote (J)"),
        (5, "quote (J)"),
    ]
    assert "2 times in the text" in plan.problems[1].message
    assert plan.steps[2].values["evidence"][0]["start"] == TEXT.rindex("hearing")


def test_where_there_is_no_text_the_row_says_whether_the_words_are_there(hearing):
    with_state = row(source="Minutes of the hearing", locator="¶ 2", quote="we want a night shift")
    (step,) = plan_of("positions", [*HEADER, "quote_state"], [*with_state, "exact"]).steps
    (evidence,) = step.values["evidence"]
    assert (evidence["quote"], evidence["state"]) == ("we want a night shift", "exact")


def test_evidence_is_added_to_what_is_there_and_nothing_taken_away(client, hearing):
    appearance = hearing.sessions.get().appearances.get(person__name_en="Han Ji-woo")
    proposition = Proposition.objects.get()
    position = PositionFactory(appearance=appearance, on=proposition, summary_en="Wants a night shift")
    kept = EvidenceFactory(position=position, source=Source.objects.get(), locator="¶ 1")
    wizard = Wizard(client)
    both = row(source="Minutes of the hearing | Minutes of the hearing", locator="¶ 1 | ¶ 2")
    wizard.confirm(wizard.bring("positions", written(HEADER, both)))
    assert [(one.pk == kept.pk, one.locator) for one in position.evidence.all()] == [(True, "¶ 1"), (False, "¶ 2")]


def test_what_was_downloaded_changes_nothing_and_an_edited_cell_is_the_only_difference(hearing):
    position = EvidenceFactory(position__summary_en="=Wants it", source=Source.objects.get(), locator="¶ 1").position
    rows = [[str(cell) for cell in one.values()] for one in statements.rows(Position.objects.public())]
    content = b"".join(csv_text.written(statements.COLUMNS, rows))
    from editing.importing import uploads
    from editing.importing.planning import planned
    from exchange.tables.kinds import KINDS

    by = author_as("reviewer")
    (step,) = planned(uploads.keep(by.user, KINDS["positions"], "statements.csv", content), by).steps
    assert (step.act, step.record) == ("unchanged", position)
    edited = content.replace(b",supports,", b",opposes,")
    (step,) = planned(uploads.keep(by.user, KINDS["positions"], "statements.csv", edited), by).steps
    assert (step.act, dict(step.values)) == ("changed", {"stance": "opposes"})


def test_a_change_of_a_published_position_waits_for_who_may_not_publish(client, hearing):
    position = PositionFactory(summary_en="Wants a night shift")
    wizard = Wizard(client, "editor")
    header = ["id", "summary_en"]
    preview = wizard.bring("positions", written(header, [position.public_id, "Wants two night shifts"]))
    assert preview.context["shown"].plan.waiting == 1
    wizard.confirm(preview)
    position.refresh_from_db()
    assert position.summary_en == "Wants a night shift"
    again = wizard.bring("positions", written(header, [position.public_id, "Wants two night shifts"]))
    assert again.context["shown"].plan.steps[0].note == "This change waits already."


def test_only_who_may_publish_brings_in_what_is_published(hearing):
    content = ([*HEADER, "status"], [*row(source="Minutes of the hearing", locator="¶ 1"), "published"])
    (problem,) = plan_of("positions", *content, by=author_as("editor")).problems
    assert problem.column == "status (K)"
    assert acts(plan_of("positions", *content, by=author_as("reviewer"))) == ["new"]


def test_nothing_is_published_without_evidence(hearing):
    (problem,) = plan_of("positions", [*HEADER, "status"], [*row(), "published"]).problems
    assert (problem.column, "no evidence" in problem.message) == ("status (K)", True)


def test_a_person_of_another_debate_does_not_appear_in_this_one(hearing):
    AppearanceFactory(person=PersonFactory(name_en="Park Elsewhere"))
    (problem,) = plan_of("positions", HEADER, row(speaker="Park Elsewhere")).problems
    assert "does not appear in “Harbour hearing”" in problem.message


@pytest.mark.parametrize("size", [2, 60])
def test_looking_costs_the_same_queries_at_any_size(hearing, size, django_assert_num_queries):
    by = author_as("reviewer")
    rows = [
        row(
            speaker=("Han Ji-woo", "Kim So-ra")[number % 2],
            summary_en=f"Wants {number}",
            source="Minutes of the hearing",
        )
        for number in range(size)
    ]
    with django_assert_num_queries(17):
        plan = plan_of("positions", HEADER, *rows, by=by)
    assert acts(plan) == ["new"] * size
