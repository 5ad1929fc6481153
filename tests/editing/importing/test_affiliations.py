from __future__ import annotations

import pytest

from editing.importing.plan import CREATE
from speakers.models import Affiliation, Organization, Person
from tests.editing.importing.conftest import Wizard, acts, plan_of, written
from tests.factories import AffiliationFactory, CapacityFactory, OrganizationFactory, PersonFactory
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
HEADER = ["id", "person", "organization", "role_en", "role_ko", "period", "create"]


def test_known_people_and_organizations_are_found_by_every_name_and_slug():
    person, organization = PersonFactory(name_ko="한지우"), OrganizationFactory(name_en="Port Authority")
    organization.names.create(text="항만공사")
    plan = plan_of(
        "affiliations",
        HEADER,
        ["", "한지우", "port authority", "Director", "", "2019/.."],
        ["", person.slug, "항만공사", "Clerk", "", "2018"],
    )
    assert acts(plan) == ["new", "new"]
    assert [(step.values["person"], step.values["organization"]) for step in plan.steps] == [
        (person.pk, organization.pk)
    ] * 2


def test_who_is_missing_is_made_only_where_the_row_or_the_editor_says_so(client):
    wizard = Wizard(client)
    rows = [
        ["", "Han Ji-woo", "Port Authority", "Director", "", "2019/..", ""],
        ["", "한새벽", "Port Authority", "", "과장", "2020", "yes"],
        ["", "한새벽", "항만공사", "", "국장", "2021", "yes"],
    ]
    preview = wizard.bring("affiliations", written(HEADER, *rows))
    questions = preview.context["shown"].questions
    assert [(question.key, question.suggested, question.rows) for question in questions] == [
        ("person:han ji woo", CREATE, (2,)),
        ("organization:port authority", CREATE, (2,)),
    ]
    ready = wizard.answer(preview, CREATE, CREATE)
    assert "Besides, 4 records are made" in ready.text
    assert wizard.confirm(ready).status_code == 302
    assert sorted(Organization.objects.values_list("name_en", "name_ko", "source_language")) == [
        ("", "항만공사", "ko"),
        ("Port Authority", "", "en"),
    ]
    assert Person.objects.count() == 2
    assert set(Affiliation.objects.values_list("role_en", "role_ko", "period", "source_language")) == {
        ("Director", "", "2019/..", "en"),
        ("", "과장", "2020", "ko"),
        ("", "국장", "2021", "ko"),
    }
    again = wizard.bring("affiliations", written(HEADER, *rows)).context["shown"].plan
    assert acts(again) == ["unchanged"] * 3


def test_an_ambiguous_name_is_chosen_once_for_all_rows_that_have_it():
    one = AffiliationFactory(person__name_en="Han Ji-woo", organization__name_en="Ministry", role_en="Clerk").person
    other = PersonFactory(name_en="Han Ji-woo")
    port = OrganizationFactory(name_en="Port Authority")
    rows = [["", "Han Ji-woo", port.slug, role, "", "", "yes"] for role in ("Director", "Chair", "Clerk")]
    plan = plan_of("affiliations", HEADER, *rows)
    (question,) = plan.questions
    assert question.rows == (2, 3, 4)
    assert [candidate.value for candidate in question.candidates] == [str(one.pk), str(other.pk), CREATE]
    assert "Clerk, Ministry" in question.candidates[0].about
    chosen = plan_of("affiliations", HEADER, *rows, answers={question.key: str(other.pk)})
    assert {step.values["person"] for step in chosen.steps} == {other.pk}


def test_an_end_that_became_known_changes_the_affiliation_and_another_time_is_another():
    affiliation = AffiliationFactory(role_en="Director", period="2019-02/..")
    who = [affiliation.person.slug, affiliation.organization.slug]
    plan = plan_of(
        "affiliations",
        HEADER,
        ["", *who, "Director", "", "2019-02/2024-05", ""],
        ["", *who, "Director", "", "2025/..", ""],
        ["", *who, "Chair", "", "2019-02/..", ""],
    )
    assert acts(plan) == ["changed", "new", "new"]
    assert [(one.column, one.before, one.after) for one in plan.steps[0].differences] == [
        ("period", "2019-02/..", "2019-02/2024-05")
    ]


def test_a_time_and_a_role_in_the_other_language_fill_the_gaps_of_what_is_there():
    affiliation = AffiliationFactory(role_en="Director", period="")
    who = [affiliation.person.slug, affiliation.organization.slug]
    (step,) = plan_of("affiliations", HEADER, ["", *who, "Director", "국장", "2019", ""]).steps
    assert (step.record, dict(step.values)) == (affiliation, {"role_ko": "국장", "period": "2019"})


def test_a_row_with_an_id_changes_that_one():
    affiliation = AffiliationFactory(role_en="Director")
    (step,) = plan_of("affiliations", HEADER, [affiliation.public_id, "", "", "Chair", "", "", ""]).steps
    assert (step.record, dict(step.values)) == (affiliation, {"role_en": "Chair"})


def test_mistakes_are_told_at_their_cells():
    person, port = PersonFactory(), OrganizationFactory()
    plan = plan_of(
        "affiliations",
        HEADER,
        ["zzzzzzzz", person.slug, port.slug, "", "", "", ""],
        ["", "", port.slug, "", "", "", ""],
        ["", person.slug, port.slug, "Director", "", "yesterday", ""],
        ["", person.slug, port.slug, "Director", "", "2025/2024", ""],
        ["", person.slug, port.slug, "Clerk", "", "2024", ""],
        ["", person.slug, port.slug, "Clerk", "", "2024", ""],
    )
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (2, "id (A)"),
        (3, "person (B)"),
        (4, "period (F)"),
        (5, "period (F)"),
        (7, "id (A)"),
    ]
    assert "no date" in plan.problems[2].message and "before the start" in plan.problems[3].message


def test_a_new_affiliation_between_two_who_are_public_waits_for_who_may_not_publish():
    capacity = CapacityFactory()
    person, organization = capacity.appearance.person, capacity.organization
    row = ["", person.slug, organization.slug, "Director", "", "", ""]
    (step,) = plan_of("affiliations", HEADER, row, by=author_as("contributor")).steps
    assert (step.act, step.waits) == ("new", True)
    assert not plan_of("affiliations", HEADER, row).steps[0].waits


@pytest.mark.parametrize("size", [2, 60])
def test_looking_costs_the_same_queries_at_any_size(size, django_assert_num_queries):
    known = [AffiliationFactory(role_en="Director") for _one in range(size)]
    by = author_as("reviewer")
    rows = [["", one.person.slug, one.organization.name_en, "Chair", "", "", ""] for one in known]
    with django_assert_num_queries(11):
        plan = plan_of("affiliations", HEADER, *rows, by=by)
    assert acts(plan) == ["new"] * size
