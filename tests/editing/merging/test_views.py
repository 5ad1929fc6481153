from __future__ import annotations

import pytest
from django.urls import reverse

from review import pairs
from review.merging import merge
from review.models import Merge, Mergeable, NotTheSame
from review.roles import Author
from speakers.models import Name, Organization, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db

LIST, COMPARE = "editing:merging", "editing:compare"


@pytest.fixture
def reviewer(client):
    client.user = person_as("reviewer", is_staff=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def kang():
    return PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식")


@pytest.fixture
def gang(kang):
    person = PersonFactory(name_en="Gang Hunsik", note_en="From the minutes.")
    affiliation = AffiliationFactory(person=kang, organization__name_en="National Assembly")
    AffiliationFactory(person=person, organization=affiliation.organization)
    PositionFactory(appearance__person=person)
    return person


def _compare(kept, gone):
    kind = Mergeable.of(kept)
    return f"{reverse(COMPARE)}?kind={kind}&kept={kept.pk}&gone={gone.pk}"


def _seen(kept, gone, **more):
    for one in (kept, gone):
        one.refresh_from_db()
    return {
        "act": "merge",
        "kept_revision": kept.revision,
        "gone_revision": gone.revision,
        "reason": "As born.",
        **more,
    }


def test_likely_pairs_are_offered_with_what_speaks_for_them(reviewer, kang, gang):
    PersonFactory(name_en="강훈식")
    page = reviewer.get(reverse(LIST))
    (offer,) = page.context["offers"]
    assert (offer.kept, offer.gone, offer.address) == (gang, kang, _compare(gang, kang))  # the public one stays
    assert 'The same organization: <span class="details">National Assembly</span>' in page.text
    assert page.context["lists"] == [("likely", 1), ("name", 2), ("contradicted", 0)]
    alone = reviewer.get(reverse(LIST), {"grade": "name"})
    assert len(alone.context["offers"]) == 2


def test_a_name_in_any_spelling_finds_whom_to_compare(reviewer, kang, gang):
    PersonFactory(name_en="Kim Min-su")
    page = reviewer.get(reverse(LIST), {"q": "Hoonsik Kang"})
    assert page.context["found"] == [kang, gang]
    assert "Nobody and nothing is called so." in reviewer.get(reverse(LIST), {"q": "<b>"}).text


@pytest.mark.parametrize("pairs_", [1, 15])
def test_the_list_runs_the_same_queries_at_any_size(reviewer, pairs_, django_assert_num_queries):
    for number in range(pairs_):
        for name in (f"Han Person{number}", f"Person{number} Han"):
            AppearanceFactory(person=PersonFactory(name_en=name))
    for _time in range(2):
        reviewer.get(reverse(LIST), {"grade": "name"})
    Person.objects.update(updated_at="2020-01-01T00:00:00Z")
    with django_assert_num_queries(21):
        page = reviewer.get(reverse(LIST), {"grade": "name"})
    assert len(page.context["offers"]) == pairs_


@pytest.mark.parametrize("rows", [1, 30])
def test_two_are_shown_side_by_side_with_all_they_have(reviewer, kang, gang, rows, django_assert_num_queries):
    for _row in range(rows):
        appearance = AppearanceFactory(person=gang)
        CapacityFactory(appearance=appearance)
        Name.objects.create(person=gang, text=f"Name {_row}")
    reviewer.get(_compare(kang, gang))
    with django_assert_num_queries(SIDE_BY_SIDE + (2 if rows > 20 else 0)):  # how many names and appearances there are
        page = reviewer.get(_compare(kang, gang))
    columns = {column.name: column.takes for column in page.context["columns"]}
    assert columns["note_en"] is True and columns["name_en"] is False
    shown = {part.label: [lines.count for lines in part.both] for part in page.context["parts"]}
    assert shown["appearances"] == [0, rows + 1] and shown["other names"] == [0, rows]
    assert "paraphrase" in page.text


SIDE_BY_SIDE = 48


def test_they_are_merged_as_chosen_and_it_is_told_what_moved(reviewer, kang, gang):
    data = _seen(kang, gang, **{"take-note_en": "gone", "take-name_en": "kept"})
    page = reviewer.post(_compare(kang, gang), data, follow=True)
    done = Merge.objects.get()
    assert page.redirect_chain == [(reverse("editing:merge", args=[done.pk]), 302)]
    assert "“Gang Hunsik” is now one with “Kang Hoon-sik”." in page.text
    kang.refresh_from_db()
    assert (kang.note_en, kang.name_en, kang.appearances.count(), done.reason) == (
        "From the minutes.",
        "Kang Hoon-sik",
        1,
        "As born.",
    )
    assert dict(page.context["moved"])["appearances"] == 1
    assert done in reviewer.get(reverse("editing:merges")).context["page"]


def test_it_is_undone_from_its_page(reviewer, kang, gang):
    done = merge(kang, gang, Author(reviewer.user), reason="x")
    address = reverse("editing:merge", args=[done.pk])
    refused = reviewer.post(address, {"reason": ""})
    assert refused.status_code == 409 and "Say what shows" in refused.text
    page = reviewer.post(address, {"reason": "Two men."}, follow=True)
    assert "“Gang Hunsik” is a record of its own again." in page.text
    assert "Two men." in page.text and "Undo it" not in page.text
    assert gang.appearances.count() == 1
    assert reviewer.post(address, {"reason": "Again."}).status_code == 409


def test_what_can_not_be_undone_is_listed_and_the_rest_offered(reviewer, kang, gang):
    done = merge(kang, gang, Author(reviewer.user), reason="x")
    kang.appearances.update(person=PersonFactory())
    address = reverse("editing:merge", args=[done.pk])
    page = reviewer.post(address, {"reason": "Two <men>."})
    assert page.status_code == 409
    assert "appearances: one of 1 was deleted or given to another since" in page.text
    assert "Two &lt;men&gt;.</textarea>" in page.text
    reviewer.post(address, {"reason": "Two men.", "partly": "on"})
    assert (gang.appearances.count(), gang.affiliations.count()) == (0, 1)


def test_who_saw_an_older_state_is_shown_both_and_keeps_what_was_typed(reviewer, kang, gang):
    data = _seen(kang, gang, **{"take-name_en": "gone"})
    gang.note_en = "Put right meanwhile."
    gang.save()
    page = reviewer.post(_compare(kang, gang), data)
    assert page.status_code == 409
    assert page.context["differences"] == [("note (English)", "From the minutes.", "Put right meanwhile.")]
    assert "As born.</textarea>" in page.text
    assert {column.name for column in page.context["columns"] if column.takes} == {"name_en"}
    assert not Merge.objects.exists()
    reviewer.post(_compare(kang, gang), _seen(kang, gang))
    assert Merge.objects.exists()


def test_what_stands_against_it_is_listed_with_links(reviewer, kang, gang):
    session = SessionFactory()
    for person in (kang, gang):
        AppearanceFactory(person=person, session=session)
    page = reviewer.post(_compare(kang, gang), _seen(kang, gang))
    assert page.status_code == 409
    (conflict,) = page.context["conflicts"]
    assert "Both have a record of this kind (appearance) with the same session, role." in conflict[0]
    for line in conflict[1]:
        assert line.address in page.text
    assert "Both appear in the same session" in page.text
    assert not Merge.objects.exists()


def test_that_they_are_not_the_same_is_remembered_and_can_be_taken_back(reviewer, kang, gang):
    refused = reviewer.post(_compare(kang, gang), {"act": "apart", "reason": " "})
    assert refused.status_code == 409 and "Say what shows that they are not the same." in refused.text
    reviewer.post(_compare(kang, gang), {"act": "apart", "reason": "Father and son."})
    assert reviewer.get(reverse(LIST)).context["offers"] == []
    page = reviewer.get(_compare(kang, gang))
    assert "that they are not the same: Father and son." in page.text
    said = NotTheSame.objects.get()
    assert "Father and son." in reviewer.get(reverse("editing:apart")).text
    reviewer.post(reverse("editing:apart"), {"pair": said.pk})
    assert len(reviewer.get(reverse(LIST)).context["offers"]) == 1


@pytest.mark.parametrize("pair", ["", "x", "999", "９" * 30, "1" * 18])
def test_a_pair_that_is_not_there_is_told(reviewer, pair):
    page = reviewer.post(reverse("editing:apart"), {"pair": pair}, follow=True)
    assert "It was deleted meanwhile." in page.text


@pytest.mark.parametrize(
    "query",
    ["", "kind=person&kept=1", "kept=x&gone=y", "kept=1&gone=1", "kept=998&gone=999", f"kept={'9' * 30}&gone=1"],
)
def test_two_that_are_not_there_are_told(reviewer, query):
    page = reviewer.get(f"{reverse(COMPARE)}?{query}", follow=True)
    assert page.redirect_chain[0][0].startswith(reverse(LIST))
    assert "Choose two different records that are there" in page.text


def test_wrong_parameters_show_the_usual_list(reviewer, kang):
    page = reviewer.get(reverse(LIST), {"kind": "planet", "grade": "9", "page": "x"})
    assert (page.status_code, page.context["kind"], page.context["chosen"]) == (200, Mergeable.PERSON, "likely")


def test_organizations_are_compared_and_merged_alike(reviewer):
    long = OrganizationFactory(name_en="Ministry of Science and ICT")
    short = OrganizationFactory(name_en="MSIT", parent=OrganizationFactory())
    OrganizationFactory(parent=short)
    page = reviewer.get(_compare(long, short))
    assert {part.label: part.both[1].count for part in page.context["parts"]} == {"parts of it": 1}
    reviewer.post(_compare(long, short), _seen(long, short, **{"take-parent": "gone"}))
    assert not Organization.objects.filter(pk=short.pk).exists()
    assert Organization.objects.get(pk=long.pk).parent_id == short.parent_id


@pytest.mark.parametrize(("role", "merges", "says"), [("contributor", False, True), ("editor", False, True)])
def test_who_may_not_publish_compares_what_is_public_and_merges_it_not(client, kang, gang, role, merges, says):
    client.force_login(person_as(role, is_staff=True))
    page = client.get(_compare(kang, gang))
    assert (page.context["may_merge"], page.context["may_say"]) == (merges, says)
    assert "Only those who may publish can merge what is public." in page.text
    assert client.post(_compare(kang, gang), _seen(kang, gang)).status_code == 409
    assert not Merge.objects.exists()


def test_an_editor_merges_and_undoes_drafts(client):
    client.force_login(person_as("editor", is_staff=True))
    one, other = PersonFactory(), PersonFactory()
    page = client.post(_compare(one, other), _seen(one, other), follow=True)
    assert page.context["may_undo"] is True
    client.post(reverse("editing:merge", args=[Merge.objects.get().pk]), {"reason": "x"})
    assert Person.objects.filter(pk=other.pk).exists()


def test_strangers_and_people_without_a_role_see_nothing_of_it(client, kang, gang):
    done = merge(kang, gang, author_as("reviewer"), reason="x")
    said = pairs.declare(kang, PersonFactory(), author_as("editor"), "x")
    addresses = [
        reverse(LIST),
        reverse("editing:merges"),
        reverse("editing:merge", args=[done.pk]),
        reverse("editing:apart"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(person_as("", is_staff=True))
    for address in addresses:
        assert client.get(address).status_code == 403
    assert client.post(reverse("editing:apart"), {"pair": said.pk}).status_code == 403
