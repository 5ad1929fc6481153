"""The foot of a record: how it is cited, followed and put right, and the files with its citation."""

from __future__ import annotations

from datetime import UTC, datetime

import bibtexparser
import pytest
import rispy
from django.utils import timezone

from debate.publishing import Status
from record import version
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
FILES = {
    "cite.bib": "application/x-bibtex; charset=utf-8",
    "cite.ris": "application/x-research-info-systems; charset=utf-8",
    "cite.json": "application/vnd.citationstyles.csl+json",
}
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def records():
    """A public record of each kind."""
    position = PositionFactory(appearance=AppearanceFactory(session__event=EventFactory(slug="hearing")))
    organization = CapacityFactory(appearance=position.appearance).organization
    topic = PropositionTopicFactory(proposition=position.proposition).topic
    source = EvidenceFactory(position=position).source
    return [position.event, position.person, organization, topic, position.proposition, position, source]


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_every_record_says_how_to_cite_it_and_gives_it_as_files(client, records, prefix):
    for path in [f"{prefix}{record.get_absolute_url()}" for record in records]:
        page = client.get(path)

        assert f"{SITE}{path}</span></p>" in page.text
        assert f" {version.current()}" in page.text.split('<p class="citation">')[1].split("</p>")[0]
        for file, content_type in FILES.items():
            assert f"{path}{file}" in links(page)
            response = client.get(f"{path}{file}")
            assert (response.status_code, response["Content-Type"]) == (200, content_type)
            assert f"{SITE}{path}" in response.text
            name = f'-v{version.current()}.{file.partition(".")[2]}"'
            assert response["Content-Disposition"].startswith('attachment; filename="')
            assert response["Content-Disposition"].endswith(name)


def test_all_formats_say_the_same(client):
    position = PositionFactory(appearance__person__name_en="Han", on=PropositionFactory(wording="Tax {robots} & more"))
    path = position.get_absolute_url()

    (entry,) = bibtexparser.parse_string(client.get(f"{path}cite.bib").text).entries
    (reference,) = rispy.loads(client.get(f"{path}cite.ris").text)
    (item,) = client.get(f"{path}cite.json").json()

    assert entry["title"] == r"{Han supports: Tax \textbraceleft{}robots\textbraceright{} \& more}"
    assert reference["title"] == item["title"] == "Han supports: Tax {robots} & more"
    assert entry["year"] == reference["year"] == "2025" and item["issued"] == {"date-parts": [[2025]]}
    today = timezone.localdate()
    assert entry["urldate"] == today.isoformat()
    assert reference["access_date"] == f"{today:%Y/%m/%d}"
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


def test_a_file_follows_its_record_to_a_new_address(client):
    person = AppearanceFactory(person=PersonFactory(slug="before")).person
    person.slug = "after"
    person.save()

    response = client.get("/ko/speakers/before/cite.bib")

    assert (response.status_code, response["Location"]) == (301, "/ko/speakers/after/cite.bib")


@pytest.mark.parametrize("file", FILES)
def test_what_is_not_public_is_not_cited(client, file):
    gone = {
        "status": Status.WITHDRAWN,
        "withdrawn_at": datetime(2026, 3, 3, tzinfo=UTC),
        "withdrawn_because": "Entered twice.",
    }
    for make in (EventFactory, TopicFactory, PropositionFactory, PositionFactory):
        assert client.get(f"{make(status='draft').get_absolute_url()}{file}").status_code == 404
        withdrawn = make(**gone)
        response = client.get(f"{withdrawn.get_absolute_url()}{file}")
        assert response.status_code == 410
        assert str(withdrawn) not in response.text
    assert client.get(f"/speakers/nobody/{file}").status_code == 404
    assert client.get(f"{PersonFactory().get_absolute_url()}{file}").status_code == 404


def test_only_the_files_there_are_are_at_a_record(client):
    EventFactory(slug="hearing")

    assert client.get("/debates/hearing/cite.txt").status_code == 404
    assert client.get("/debates/hearing/cite.bib/").status_code == 404
    assert client.post("/debates/hearing/cite.bib").status_code == 405


def test_a_citation_costs_the_same_whatever_hangs_on_the_record(client, django_assert_num_queries):
    event = EventFactory(slug="hearing")
    for _size in range(2):
        PositionFactory.create_batch(2, appearance__session__event=event)
        with django_assert_num_queries(2):  # the record and its version
            client.get("/debates/hearing/cite.json")


def test_a_mistake_is_reported_with_the_page_and_the_version(client, settings, records):
    settings.CONTACT_URL = "https://forms.example.org/report?site=debates"
    for record in records:
        page = client.get(record.get_absolute_url())
        assert "Report a mistake" in words(page)
        filled = f"site=debates&page=http%3A%2F%2F127.0.0.1%3A8000{record.get_absolute_url().replace('/', '%2F')}"
        assert f"https://forms.example.org/report?{filled}&version={version.current()}" in links(page)


def test_without_an_address_no_report_is_asked_for(client, settings, records):
    settings.CONTACT_URL = settings.CONTACT_EMAIL = ""

    assert "Report a mistake" not in words(client.get(records[0].get_absolute_url()))


def test_what_can_be_followed_leads_to_its_feed(client, records):
    pages = {record._meta.model_name: words(client.get(record.get_absolute_url())) for record in records}

    assert {kind: "Follow the positions (feed)" in page for kind, page in pages.items()} == {
        "event": True, "person": True, "organization": True, "topic": True, "proposition": True, "position": False,
        "source": False,
    }  # fmt: skip
