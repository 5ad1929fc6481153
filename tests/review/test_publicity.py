from __future__ import annotations

import pytest

from debate.publishing import Status
from review.publicity import is_published, published_among
from speakers.models import Organization, Person
from tests.factories import AppearanceFactory, CapacityFactory, EventFactory, OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_of_many_it_is_known_at_once_which_are_published(django_assert_max_num_queries):
    event = EventFactory(status=Status.WITHDRAWN, withdrawn_because="It was another.", withdrawn_at="2026-01-01T00:00Z")
    CapacityFactory(appearance__session__event=event)
    CapacityFactory()
    AppearanceFactory(session__event__status=Status.DRAFT)
    PersonFactory()
    OrganizationFactory()
    for model, number in ((Person, 2), (Organization, 2)):
        records = list(model.objects.all())
        with django_assert_max_num_queries(4):
            found = published_among(model, [record.pk for record in records])
        assert found == {record.pk for record in records if is_published(record)}
        assert len(found) == number < len(records)
