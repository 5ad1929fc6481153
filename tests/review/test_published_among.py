from __future__ import annotations

import pytest

from debate.models import Event
from review.publicity import is_published, published_among
from speakers.models import Organization, Person
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventOrganizationFactory,
    OrganizationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def withdraw(event):
    event.status, event.withdrawn_because = "withdrawn", "Not ours to show"
    event.full_clean()
    event.save()


def test_of_many_it_is_the_same_as_of_each():
    shown, hidden = CapacityFactory(), OrganizationFactory()
    PersonFactory()
    withdraw(EventOrganizationFactory().event)
    withdraw(CapacityFactory().appearance.session.event)
    withdraw(AppearanceFactory(person=None, organization=OrganizationFactory()).session.event)
    AppearanceFactory(session__event__status="draft")
    for model in (Person, Organization):
        records = list(model.objects.all())
        found = published_among(model, [record.pk for record in records])
        assert found == {record.pk for record in records if is_published(record)}
        assert 0 < len(found) < len(records)
    assert shown.organization.pk in published_among(Organization, [shown.organization.pk])
    assert hidden.pk not in published_among(Organization, [hidden.pk])
    assert Event.objects.filter(status="withdrawn").count() == 3


@pytest.mark.parametrize("size", [1, 40])
def test_it_costs_the_same_queries_at_any_size(size, django_assert_num_queries):
    keys = [AppearanceFactory().person_id for _one in range(size)]
    with django_assert_num_queries(2):
        assert published_among(Person, keys) == set(keys)
