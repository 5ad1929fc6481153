from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, NotSupportedError, transaction

from speakers.identity import new_public_id
from speakers.models import Name, Organization, Person
from speakers.romanization import romanize
from tests.factories import OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ({"name_en": "Kang Hoon-sik"}, "kang-hoon-sik"),
        ({"name_ko": "강훈식"}, "ganghunsik"),
        ({"name_ko": "한국 인터넷 진흥원"}, "hanguk-inteonet-jinheungwon"),
        ({"name_en": "Café Müller"}, "cafe-muller"),
    ],
)
def test_a_slug_is_the_name_in_latin_letters(name, slug):
    assert Person.objects.create(**name).slug == slug


def test_a_name_of_which_latin_letters_keep_nothing_still_gets_an_address():
    person = Person.objects.create(name_en="☺")
    assert len(person.slug) == 8


def test_namesakes_get_addresses_of_their_own():
    slugs = [Person.objects.create(name_ko="김민수").slug for _namesake in range(3)]
    assert slugs == ["gimminsu", "gimminsu-2", "gimminsu-3"]


def test_a_long_name_is_cut_at_a_word():
    organization = Organization.objects.create(name_en="Association for the " + "very " * 30 + "long name")
    assert organization.slug.endswith("-very")
    assert len(organization.slug) <= 80


def test_a_composed_and_a_decomposed_syllable_are_romanised_alike():
    assert romanize("\u1112\u1161\u11ab") == romanize("한") == "han"


def test_public_ids_are_short_begin_with_a_letter_and_differ():
    ids = {new_public_id() for _number in range(500)}
    assert len(ids) == 500
    assert all(len(one) == 8 and one[0].isalpha() and one.isalnum() for one in ids)


def test_renaming_keeps_the_old_address_however_it_is_done():
    person = PersonFactory(slug="first")
    person.slug = "second"
    person.save()
    Person.objects.filter(pk=person.pk).update(slug="third")
    assert {Person.objects.at_address(slug).pk for slug in ("first", "second", "third")} == {person.pk}
    with pytest.raises(Person.DoesNotExist):
        Person.objects.at_address("never")


def test_a_former_address_gives_way_to_the_one_who_has_it_now():
    renamed = PersonFactory(slug="minister")
    renamed.slug = "former-minister"
    renamed.save()
    successor = PersonFactory(slug="minister")
    assert Person.objects.at_address("minister") == successor
    with pytest.raises(Organization.DoesNotExist):
        Organization.objects.at_address("minister")


def test_every_save_raises_the_revision_and_keeps_what_was_before():
    person = PersonFactory(name_en="Before")
    person.name_en = "After"
    person.save()
    assert person.revision == 2
    assert [(edit.name_en, edit.revision) for edit in person.history.all()] == [("After", 2), ("Before", 1)]


def test_saving_one_field_raises_the_revision_too():
    person = PersonFactory()
    changed = person.updated_at
    person.note_en = "noted"
    person.save(update_fields=["note_en"])
    person.refresh_from_db()
    assert (person.note_en, person.revision) == ("noted", 2)
    assert person.updated_at > changed


def test_a_save_that_fails_leaves_the_revision_as_it_was():
    person = PersonFactory()
    person.slug = PersonFactory().slug
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()
    assert person.revision == 1


def test_bulk_writes_write_history():
    people = Person.objects.bulk_create([Person(name_en=name, slug=name.lower()) for name in ("Han", "Min")])
    assert [person.history.count() for person in people] == [1, 1]
    assert Person.objects.filter(name_en__in=["Han", "Min"]).update(name_en="Lee") == 2
    assert [(person.revision, person.history.first().name_en) for person in Person.objects.all()] == [(2, "Lee")] * 2
    for person in people:
        person.note_en = "in bulk"
    Person.objects.bulk_update(people, ["note_en"])
    assert {person.history.first().note_en for person in people} == {"in bulk"}


def test_bulk_writes_keep_what_follows_from_other_columns():
    Person.objects.bulk_create([Person(name_en="Éva Kim", slug="eva-kim")])
    assert Person.objects.get(slug="eva-kim").sort_key_en == "eva kim"


def test_a_bulk_write_that_could_not_keep_history_is_refused():
    with pytest.raises(NotSupportedError, match="history"):
        Person.objects.bulk_create([Person(name_en="Han", slug="han")], ignore_conflicts=True)


def test_deleting_keeps_the_history():
    person = PersonFactory(name_en="Gone")
    Person.objects.filter(pk=person.pk).delete()
    last = Person.history.get(history_type="-")
    assert (last.id, last.name_en) == (person.pk or last.id, "Gone")


def test_lists_are_in_the_order_of_the_readers_language():
    for name in [{"name_en": "Zoo", "name_ko": "가"}, {"name_en": "ábc", "name_ko": "나"}, {"name_en": "Bcd"}]:
        Person.objects.create(**name)
    assert [person.name_en for person in Person.objects.for_list("en")] == ["ábc", "Bcd", "Zoo"]
    assert [person.name_en for person in Person.objects.for_list("ko")] == ["Bcd", "Zoo", "ábc"]


def test_a_name_belongs_to_a_person_or_to_an_organization():
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(person=PersonFactory(), organization=OrganizationFactory(), text="both")
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(text="nobody's")


def test_nobody_is_without_a_name():
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(slug="nameless")


def test_an_organization_is_no_part_of_itself_at_any_depth():
    top = OrganizationFactory()
    low = OrganizationFactory(parent=OrganizationFactory(parent=top))
    top.parent = low
    with pytest.raises(ValidationError, match="part of itself"):
        top.clean()


def test_a_namesake_does_not_get_an_address_that_still_leads_to_another():
    first = PersonFactory(slug="kim-min-su")
    first.slug = "kim-min-su-of-seoul"
    first.save()
    assert Person.objects.create(name_en="Kim Min-su").slug == "kim-min-su-2"
    assert Person.objects.at_address("kim-min-su") == first


def test_what_follows_from_a_column_follows_on_every_way_of_writing_it():
    person = PersonFactory(name_en="Zoo")
    Person.objects.filter(pk=person.pk).update(name_en="Ant")
    person.refresh_from_db()
    assert person.sort_key_en == "ant"
    person.name_en = "Bee"
    person.save(update_fields=["name_en"])
    person.refresh_from_db()
    assert person.sort_key_en == "bee"
    person.name_en = "Cat"
    Person.objects.bulk_update([person], ["name_en"])
    person.refresh_from_db()
    assert person.sort_key_en == "cat"


def test_nobody_is_made_public_by_saying_so():
    Person.objects.create(name_en="Secret", is_public=True)
    Organization.objects.create(name_en="Secret", is_public=True)
    Person.objects.update(is_public=True)
    assert not Person.objects.public().exists()
    assert not Organization.objects.public().exists()
