from __future__ import annotations

import pytest
from django.core.management import call_command

from debate.publishing import Status
from review import duplicates, pairs
from review.merging import merge
from review.models import Grade, Likeness, LookedThrough, Mergeable, NameKey
from review.undoing import undo
from speakers.models import Identifier, Name, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    OrganizationFactory,
    PersonFactory,
    SessionFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db

ALL = tuple(Grade)


def _found(kind=Mergeable.PERSON, grades=ALL):
    while duplicates.bring_up_to_date(kind):
        pass
    return {(like.first, like.second): like.grade for like in duplicates.offered(kind, grades)}


def test_spellings_of_one_name_are_found_and_graded_by_what_else_there_is():
    hangul, kang, gang = (PersonFactory(name_en=name) for name in ("강훈식", "Kang Hoon-sik", "Gang Hunsik"))
    PersonFactory(name_en="Kim Min-su")
    affiliation = AffiliationFactory(person=kang)
    AffiliationFactory(person=gang, organization=affiliation.organization)
    session = SessionFactory()
    for person in (hangul, gang):
        AppearanceFactory(person=person, session=session)
    assert _found() == {
        (hangul.pk, kang.pk): Grade.NAME_ALONE,
        (hangul.pk, gang.pk): Grade.CONTRADICTED,
        (kang.pk, gang.pk): Grade.LIKELY,
    }
    assert list(_found(grades=[Grade.LIKELY])) == [(kang.pk, gang.pk)]
    assert duplicates.counts(Mergeable.PERSON) == {Grade.NAME_ALONE: 1, Grade.CONTRADICTED: 1, Grade.LIKELY: 1}
    assert Person.objects.count() == 4


def test_a_capacity_at_the_same_organization_counts_like_an_affiliation():
    one, other = PersonFactory(name_en="강훈식"), PersonFactory(name_en="Kang Hoon-sik")
    organization = OrganizationFactory()
    AffiliationFactory(person=one, organization=organization)
    CapacityFactory(appearance__person=other, organization=organization)
    assert _found() == {(one.pk, other.pk): Grade.LIKELY}


def test_other_names_and_drafts_are_found_too():
    one, other = PersonFactory(name_en="Kang"), PersonFactory(name_en="Somebody Else")
    AppearanceFactory(person=other, session__event__status=Status.DRAFT)
    Name.objects.create(person=other, text="Kang Hoonsik")
    Name.objects.create(person=one, text="강훈식", language="ko")
    assert _found() == {(one.pk, other.pk): Grade.NAME_ALONE}


def test_what_is_edited_is_looked_at_again():
    one, other = PersonFactory(name_en="Kim Min-su"), PersonFactory(name_en="Park Ji-won")
    assert _found() == {}
    other.name_en = "김민수"
    other.save()
    assert _found() == {(one.pk, other.pk): Grade.NAME_ALONE}
    affiliation = AffiliationFactory(person=one)
    AffiliationFactory(person=other, organization=affiliation.organization)
    assert _found() == {(one.pk, other.pk): Grade.LIKELY}
    Identifier.objects.create(person=one, scheme="isni", value="1")
    Identifier.objects.create(person=other, scheme="isni", value="2")
    assert _found() == {(one.pk, other.pk): Grade.CONTRADICTED}
    other.name_en = "Park Ji-won"
    other.save()
    assert _found() == {}


def test_who_is_not_the_same_is_never_offered_again_unless_that_is_taken_back():
    one, other, editor = PersonFactory(name_en="김민수"), PersonFactory(name_en="Kim Minsu"), author_as("editor")
    assert _found() == {(one.pk, other.pk): Grade.NAME_ALONE}
    said = pairs.declare(other, one, editor, "A footballer and a minister.")
    assert _found() == {}
    one.save()
    assert _found() == {}
    pairs.take_back(said, editor)
    assert _found() == {(one.pk, other.pk): Grade.NAME_ALONE}


def test_who_was_merged_is_offered_no_more_and_after_undoing_again():
    one, other, editor = PersonFactory(name_en="김민수"), PersonFactory(name_en="Kim Minsu"), author_as("editor")
    assert len(_found()) == 1
    done = merge(one, other, editor, reason="x")
    assert _found() == {}
    assert not NameKey.objects.filter(record=other.pk).exists()
    undo(done, editor, "x")
    assert _found() == {(one.pk, other.pk): Grade.NAME_ALONE}


def test_a_name_that_many_share_is_kept_only_where_something_else_speaks_for_a_pair(monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_NAMESAKES", 3)
    people = [PersonFactory(name_en="김민수") for _number in range(4)]
    affiliation = AffiliationFactory(person=people[0])
    AffiliationFactory(person=people[2], organization=affiliation.organization)
    assert _found() == {(people[0].pk, people[2].pk): Grade.LIKELY}
    monkeypatch.setattr(duplicates, "MOST_SHARING", 3)
    people[0].save()
    assert _found() == {}


def test_organizations_are_found_by_what_they_are_called_for_short():
    long, short = OrganizationFactory(name_en="Ministry of Science and ICT"), OrganizationFactory(name_en="MSIT")
    assert _found(Mergeable.ORGANIZATION) == {(long.pk, short.pk): Grade.NAME_ALONE}
    affiliation = AffiliationFactory(organization=long)
    AffiliationFactory(organization=short, person=affiliation.person)
    assert _found(Mergeable.ORGANIZATION) == {(long.pk, short.pk): Grade.LIKELY}


def test_they_are_looked_at_some_at_a_time_and_none_is_left_out():
    people = [PersonFactory(name_en=name) for name in ("김민수", "A B", "C D", "E F", "Kim Minsu", "G H", "I J")]
    steps = [duplicates.bring_up_to_date(Mergeable.PERSON, at_most=3) for _step in range(3)]
    assert steps == [True, True, False]
    assert Likeness.objects.get().first == people[0].pk
    state = LookedThrough.objects.get()
    assert (state.began, state.last_key) == (None, 0) and state.since is not None


@pytest.mark.parametrize("size", [2, 30])
def test_looking_at_them_runs_the_same_queries_for_any_number(size, django_assert_num_queries):
    for _number in range(size):
        person = PersonFactory(name_en="김민수" if _number < 5 else f"Han Person{_number}")
        AffiliationFactory(person=person)
        AppearanceFactory(person=person)
    keys = list(Person.objects.values_list("pk", flat=True))
    duplicates.look_at(Mergeable.PERSON, keys)
    with django_assert_num_queries(14):
        duplicates.look_at(Mergeable.PERSON, keys)


def test_people_are_found_by_a_name_in_any_spelling():
    kang = PersonFactory(name_en="Kang Hoon-sik")
    PersonFactory(name_en="Kang Hyung-goo")
    _found()
    for name in ("강훈식", "Gang Hunsik", "hoon-sik kang", "K. Hoon-sik"):
        assert duplicates.found_by_name(Mergeable.PERSON, name) == [kang], name
    assert duplicates.found_by_name(Mergeable.PERSON, "???") == []


def test_the_command_looks_at_all_and_tells_what_it_found(capsys):
    PersonFactory(name_en="김민수")
    PersonFactory(name_en="Kim Minsu")
    call_command("find_duplicates")
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "people: 0 likely, 0 possible, 1 the name alone, 0 contradicted",
        "organizations: 0 likely, 0 possible, 0 the name alone, 0 contradicted",
    ]
