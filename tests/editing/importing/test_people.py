from __future__ import annotations

import pytest

from editing.importing.plan import CREATE
from speakers.models import Identifier, Name, Organization, Person
from tests.editing.importing.conftest import Wizard, acts, plan_of, written
from tests.factories import AffiliationFactory, AppearanceFactory, PersonFactory
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
HEADER = ["id", "name_en", "name_ko", "other_names", "identifiers", "links"]


def test_somebody_new_is_made_with_names_identifiers_and_links(client):
    wizard = Wizard(client)
    row = ["", "Han Ji-woo", "한지우", "Han Jiwoo | former: Kim Ji-woo", "wikidata:Q1", "https://han.example.org/"]
    assert wizard.confirm(wizard.bring("people", written(HEADER, row))).status_code == 302
    person = Person.objects.get()
    assert (person.name_en, person.name_ko, person.slug) == ("Han Ji-woo", "한지우", "han-ji-woo")
    assert list(person.names.values_list("kind", "text")) == [("as_printed", "Han Jiwoo"), ("former", "Kim Ji-woo")]
    assert list(person.identifiers.values_list("scheme", "value")) == [("wikidata", "Q1")]
    assert [link.url for link in person.links.all()] == ["https://han.example.org/"]
    assert person.history.get().history_user == wizard.user
    assert person.history.get().history_change_reason == "From the minutes"


def test_the_same_table_twice_changes_nothing(client):
    wizard = Wizard(client)
    rows = [["", "Han Ji-woo", "한지우", "Han Jiwoo", "wikidata:Q1", ""], ["", "", "김소라", "", "", ""]]
    wizard.confirm(wizard.bring("people", written(HEADER, *rows)))
    again = wizard.bring("people", written(HEADER, *rows))
    assert acts(again.context["shown"].plan) == ["unchanged", "unchanged"]
    assert not again.context["shown"].plan.writes
    assert (Person.objects.count(), Name.objects.count()) == (2, 1)


def test_a_row_with_a_slug_changes_that_person_and_says_how():
    person = PersonFactory(name_en="Han Ji-woo", slug="han")
    (step,) = plan_of("people", HEADER, ["han", "Han Jiwoo", "한지우", "", "", ""]).steps
    assert (step.act, step.record) == ("changed", person)
    assert [(one.column, one.before, one.after) for one in step.differences] == [
        ("name (English)", "Han Ji-woo", "Han Jiwoo"),
        ("name (Korean)", "", "한지우"),
    ]


def test_an_empty_cell_takes_nothing_away_and_lists_only_grow():
    person = PersonFactory(name_en="Han Ji-woo", name_ko="한지우", slug="han")
    kept = Name.objects.create(person=person, text="Han Jiwoo")
    (step,) = plan_of("people", HEADER, ["han", "", "", "Han J. W.", "", ""]).steps
    assert step.values == {"names": [{"pk": kept.pk}, {"kind": "as_printed", "text": "Han J. W."}]}


def test_a_former_slug_leads_to_the_person():
    person = PersonFactory(slug="before")
    Person.objects.filter(pk=person.pk).update(slug="after")
    assert plan_of("people", HEADER, ["before", "Other Name", "", "", "", ""]).steps[0].record == person


def test_whoever_is_called_the_same_is_asked_about_before_they_are_changed():
    person = PersonFactory(name_en="Han Ji-woo")
    AffiliationFactory(person=person, organization__name_en="Port Authority", role_en="Director")
    row = ["", "Han Ji-woo", "", "", "", "https://han.example.org/"]
    plan = plan_of("people", HEADER, row)
    (question,) = plan.questions
    assert acts(plan) == ["asked"]
    assert [candidate.value for candidate in question.candidates] == [str(person.pk), CREATE]
    assert question.candidates[0].about == f"{person.slug} · Director, Port Authority"
    assert question.suggested == str(person.pk)
    assert acts(plan_of("people", HEADER, row, answers={question.key: str(person.pk)})) == ["changed"]
    assert acts(plan_of("people", HEADER, row, answers={question.key: CREATE})) == ["new"]


def test_of_two_of_one_name_none_is_suggested_and_a_stale_answer_is_asked_again():
    PersonFactory(name_en="Han Ji-woo")
    PersonFactory(name_en="Han Ji-woo")
    row = ["", "Han Ji-woo", "", "", "wikidata:Q1", ""]
    (question,) = plan_of("people", HEADER, row).questions
    assert question.suggested == ""
    assert "Several are called" in question.asked
    assert acts(plan_of("people", HEADER, row, answers={question.key: "4711"})) == ["asked"]


def test_a_name_that_sounds_the_same_is_asked_about():
    person = PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식")
    (question,) = plan_of("people", HEADER, ["", "Kang Hunsik", "", "", "", ""]).questions
    assert [candidate.value for candidate in question.candidates] == [str(person.pk), CREATE]
    assert question.suggested == ""


def test_an_identifier_says_alone_who_it_is():
    person = PersonFactory(name_en="Han Ji-woo")
    Identifier.objects.create(person=person, scheme="wikidata", value="Q1")
    (step,) = plan_of("people", HEADER, ["", "Han J.", "", "", "wikidata:Q1", ""]).steps
    assert (step.act, step.record) == ("changed", person)


def test_an_identifier_of_another_is_refused():
    PersonFactory(slug="han")
    Identifier.objects.create(person=PersonFactory(name_en="Kim Sora"), scheme="wikidata", value="Q1")
    Identifier.objects.create(organization=Organization.objects.create(name_en="Port"), scheme="wikidata", value="Q2")
    plan = plan_of(
        "people", HEADER, ["han", "", "", "", "wikidata:Q1", ""], ["", "Somebody", "", "", "wikidata:Q2", ""]
    )
    assert [problem.row for problem in plan.problems] == [2, 3]
    assert "somebody else's in the record: Kim Sora" in plan.problems[0].message


def test_the_same_person_twice_in_a_table_is_refused():
    plan = plan_of("people", HEADER, ["", "Han Ji-woo", "", "", "", ""], ["", "han ji woo", "", "", "", ""])
    assert [(problem.row, problem.message) for problem in plan.problems] == [
        (3, "This is the same person as in row 2.")
    ]


def test_an_identifier_names_one_in_a_table_too():
    plan = plan_of("people", HEADER, *(["", name, "", "", "wikidata:Q1", ""] for name in ("Han", "Kim")))
    assert [(problem.row, problem.message) for problem in plan.problems] == [
        (3, "This is the same person as in row 2.")
    ]


def test_nobody_without_a_name_and_no_unknown_slug():
    plan = plan_of("people", HEADER, ["", "", "", "", "wikidata:Q9", ""], ["nobody-here", "X", "", "", "", ""])
    assert [(problem.row, problem.column) for problem in plan.problems] == [(2, "name_en (B)"), (3, "id (A)")]
    assert acts(plan) == ["wrong", "wrong"]


def test_changes_of_somebody_public_wait_and_the_preview_says_so(client):
    wizard = Wizard(client, "contributor")
    person = AppearanceFactory(person__slug="han", person__name_en="Han Ji-woo").person
    hidden = PersonFactory(slug="kim", name_en="Kim Sora")
    rows = [["han", "Han Jiwoo", "", "", "", ""], ["kim", "Kim So-ra", "", "", "", ""]]
    preview = wizard.bring("people", written(HEADER, *rows))
    assert [step.waits for step in preview.context["shown"].plan.steps] == [True, False]
    assert "1 row changes what is public" in preview.text
    wizard.confirm(preview)
    person.refresh_from_db()
    hidden.refresh_from_db()
    assert (person.name_en, hidden.name_en) == ("Han Ji-woo", "Kim So-ra")
    again = wizard.bring("people", written(HEADER, *rows)).context["shown"].plan
    assert acts(again) == ["unchanged", "unchanged"]
    assert again.steps[0].note == "This change waits already."


@pytest.mark.parametrize("size", [2, 60])
def test_looking_costs_the_same_queries_at_any_size(size, django_assert_num_queries):
    people = [PersonFactory(name_en=f"Person {chr(97 + number % 26)}{number}") for number in range(size)]
    by = author_as("reviewer")
    rows = [["", person.name_en, "", "", f"wikidata:Q{person.pk}", ""] for person in people]
    plan_of("people", HEADER, *rows, by=by)
    with django_assert_num_queries(11):
        plan = plan_of("people", HEADER, *rows, by=by)
    assert acts(plan) == ["asked"] * size
