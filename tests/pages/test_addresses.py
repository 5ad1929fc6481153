"""What answers at an address: the record, its new address, why it is gone, or that there is nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from debate.publishing import Status
from tests.factories import (
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
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
WITHDRAWN = {
    "status": Status.WITHDRAWN,
    "withdrawn_at": datetime(2026, 3, 3, 12, tzinfo=UTC),
    "withdrawn_because": "It was entered twice.",
}
LISTS = ["/", "/debates/", "/speakers/", "/organizations/", "/topics/", "/propositions/", "/positions/", "/sources/"]
OF_THE_SITE = re.compile(r"/(?!ko/|api/|static/)")
UNKNOWN = ["debates", "speakers", "organizations", "topics", "propositions", "positions", "sources"]


@pytest.mark.parametrize("kind", UNKNOWN)
def test_an_unknown_address_is_not_found_and_says_so(client, kind):
    response = client.get(f"/{kind}/nobody-knows/")

    assert response.status_code == 404
    assert "There is nothing at “nobody-knows” in the record." in words(response)
    assert "Search the record" in words(response)


def test_an_address_outside_the_site_is_not_found_in_the_language_of_its_path(client):
    assert "There is no page at this address." in words(client.get("/no/such/page/"))
    assert "이 주소에는 페이지가 없습니다." in words(client.get("/ko/no/such/page/"))


def test_a_wrong_address_leads_home_in_the_other_language(client):
    assert "/ko/" in links(client.get("/no/such/page/"))
    assert "/ko/speakers/nobody/" in links(client.get("/speakers/nobody/"))


@pytest.mark.parametrize("make", [EventFactory, PropositionFactory, TopicFactory, PositionFactory])
def test_what_is_withdrawn_is_gone_and_says_when_and_why(client, make):
    record = make(**WITHDRAWN)

    response = client.get(record.get_absolute_url())

    assert response.status_code == 410
    assert f"This record ({record._meta.verbose_name}) was withdrawn on March 3, 2026." in words(response)
    assert "Reason: It was entered twice." in words(response)
    assert str(record) not in words(response)


def test_in_korean_too(client):
    event = EventFactory(**WITHDRAWN)

    assert "이 기록(토론회)은 2026년 3월 3일에 철회되었습니다." in words(client.get(f"/ko/debates/{event.slug}/"))


def test_a_published_position_is_gone_with_its_debate(client):
    position = PositionFactory(appearance__session__event=EventFactory(**WITHDRAWN))

    response = client.get(position.get_absolute_url())

    assert response.status_code == 410
    assert "This record (debate) was withdrawn" in words(response)


def test_a_draft_position_in_a_withdrawn_debate_was_never_there(client):
    position = PositionFactory(appearance__session__event=EventFactory(**WITHDRAWN), status=Status.DRAFT)

    assert client.get(position.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_a_former_address_leads_to_the_present_one_with_the_query(client, prefix):
    person = AppearanceFactory(person__slug="before").person
    person.slug = "after"
    person.save()

    response = client.get(f"{prefix}/speakers/before/?page=1")

    assert response.status_code == 301
    assert response["Location"] == f"{prefix}/speakers/after/?page=1"
    assert response["Cache-Control"] == "max-age=3600"  # what led there can be taken back


def test_people_whom_no_published_debate_shows_are_not_found(client):
    alone = PersonFactory()
    in_a_draft = AppearanceFactory(session__event__status=Status.DRAFT).person

    assert client.get(alone.get_absolute_url()).status_code == 404
    assert client.get(in_a_draft.get_absolute_url()).status_code == 404


def test_only_reading_is_answered(client):
    assert client.post("/debates/").status_code == 405
    assert client.head("/debates/").status_code == 200


def test_nothing_unpublished_shows_on_any_page(client):
    """Everything a draft can hang on is published; none of the drafts' own words may be on the pages there."""
    organization = OrganizationFactory()
    event = EventFactory()
    EventOrganizationFactory(event=event, organization=organization)
    source = EventSourceFactory(event=event).source
    topic = TopicFactory()
    proposition = PropositionFactory()
    PropositionTopicFactory(proposition=proposition, topic=topic)
    appearance = AppearanceFactory(session=SessionFactory(event=event))
    CapacityFactory(appearance=appearance, organization=organization)
    shown = PositionFactory(appearance=appearance, on=proposition)
    EvidenceFactory(position=shown, source=source)
    _hide_drafts_in(event, appearance, organization, proposition, topic, source)

    waiting, seen = [*LISTS, "/search/?q=quokka", f"/search/?speaker={appearance.person.slug}"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = client.get(path)
        assert page.status_code == 200, path
        # the words of the search itself stand in its form and title
        text = words(page).replace("Search: quokka", "").replace("q=quokka", "")
        assert "quokka" not in text.lower(), path
        waiting += {link for link in links(page) if OF_THE_SITE.match(link)} - seen - set(waiting)
    for record in (event, appearance.person, organization, topic, proposition, shown, source):
        assert record.get_absolute_url() in seen


def _hide_drafts_in(event, appearance, organization, proposition, topic, source):
    draft = PositionFactory(
        appearance=appearance, on=proposition, status=Status.DRAFT, summary_en="A quokka in a draft"
    )
    EvidenceFactory(position=draft, source=source)
    PositionFactory(appearance=appearance, on=proposition, status=Status.IN_REVIEW, summary_en="A quokka in review")
    PositionFactory(appearance=appearance, on=proposition, summary_en="A withdrawn quokka", **WITHDRAWN)
    hidden = PropositionFactory(status=Status.DRAFT, wording="Quokkas should vote")
    PropositionTopicFactory(proposition=hidden, topic=topic)
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Quokka policy", status=Status.DRAFT))
    TopicFactory(name_en="Quokka subtopic", parent=topic, status=Status.DRAFT)
    PositionFactory(appearance=appearance, on=hidden, summary_en="On a quokka proposition")
    unseen = EventFactory(title_en="Quokka debate", status=Status.DRAFT)
    EventOrganizationFactory(event=unseen, organization=organization)
    EventSourceFactory(event=unseen, source=source)
    elsewhere = AppearanceFactory(
        session=SessionFactory(event=unseen, title_en="Quokka session"), person=appearance.person
    )
    CapacityFactory(appearance=elsewhere, organization=organization, role_en="Quokka keeper")
    PositionFactory(appearance=elsewhere, on=proposition, summary_en="A quokka in a draft debate")
    OrganizationFactory(name_en="Quokka league", parent=organization)
    SourceFactory(title="Quokka minutes", translation_of=source)
