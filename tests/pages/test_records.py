"""What the pages say of a record beyond what the bundled debate has."""

from __future__ import annotations

from datetime import date

import pytest

from debate.models import EventRelation
from pages.views import debates, propositions, speakers
from positions.models import PositionLink, Remark, Wording
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("quoting", "shown"),
    [("nothing", False), ("short_passages", True), ("all", True)],
)
def test_the_words_of_a_source_are_shown_only_where_its_terms_allow_it(client, quoting, shown):
    source = SourceFactory(quoting=quoting, title="Minutes of the hearing", url="https://example.org/minutes")
    evidence = EvidenceFactory(source=source, quote="We shall tax robots", state="exact", quote_language="en")

    page = words(client.get(evidence.position.get_absolute_url()))

    assert ("We shall tax robots Found as quoted" in page) is shown
    assert ("The terms of this source do not allow its words to be shown." in page) is not shown
    assert "cannot be looked up" not in page


def test_a_conditional_position_says_on_what_condition(client):
    position = PositionFactory(stance="conditional", condition_en="If the budget allows")

    assert "± supports on a condition" in words(client.get(position.get_absolute_url()))
    assert "Condition: If the budget allows" in words(client.get("/positions/"))


def test_a_position_on_an_earlier_wording_shows_that_wording(client):
    position = PositionFactory(on=PropositionFactory(wording="Robots should be taxed"))
    Wording.objects.create(proposition=position.proposition, text_en="Robots should be taxed lightly")

    page = words(client.get(position.get_absolute_url()))
    proposition = words(client.get(position.proposition.get_absolute_url()))

    assert "On the proposition Robots should be taxed This position was coded on an earlier wording" in page
    assert "Robots should be taxed lightly current 0 positions coded on it" in proposition
    assert "Robots should be taxed 1 position coded on it" in proposition


def test_links_between_positions_are_shown_from_both_ends_if_both_are_public(client):
    position, other = PositionFactory(summary_en="Tax robots"), PositionFactory(summary_en="Free robots")
    hidden = PositionFactory(summary_en="Hidden robots", status="draft")
    PositionLink.objects.create(from_position=position, to_position=other, kind="disputes")
    PositionLink.objects.create(from_position=hidden, to_position=position, kind="disputes")

    page = words(client.get(position.get_absolute_url()))

    assert "This position disputes Free robots" in page
    assert "Hidden robots" not in page
    assert "Tax robots" in words(client.get(other.get_absolute_url())).split("disputes this position")[0]


def test_remarks_are_shown_with_their_date_and_the_speakers_statement(client):
    position = PositionFactory()
    about = {
        "kind": "disputed",
        "date": date(2026, 3, 3),
        "text_en": "Read otherwise.",
        "statement_en": "I never said so.",
    }
    for subject in ({"person": position.person}, {"event": position.event}):
        Remark.objects.create(**subject, **about)

    for record in (position.person, position.event):
        page = words(client.get(record.get_absolute_url()))
        assert "Remarks disputed by the speaker, March 3, 2026 Read otherwise. I never said so." in page


def test_that_a_speaker_disputes_a_position_is_said_before_its_evidence(client):
    position = PositionFactory()
    Remark.objects.create(
        position=position,
        kind="disputed",
        date=date(2026, 3, 3),
        text_en="Read otherwise.",
        statement_en="I never did.",
    )
    Remark.objects.create(position=position, kind="correction", date=date(2026, 4, 4), text_en="The date was wrong.")

    page = words(client.get(position.get_absolute_url()))

    disputed = "Disputed by the speaker March 3, 2026 Read otherwise. The speaker’s statement I never did."
    assert page.index(disputed) < page.index("Where the position was read.") < page.index("correction, April 4, 2026")


def test_the_programme_shows_who_is_absent_unnamed_or_printed_otherwise(client):
    session = SessionFactory(starts_at="10:00", ends_at="11:30", title_en="")
    AppearanceFactory(session=session, person__name_en="Han Jiwon", name_as_printed="Han Ji-won")
    AppearanceFactory(session=session, person__name_en="Kim Absent", is_absent=True)
    AppearanceFactory(session=session, person=None, label="a citizen from the floor")
    AppearanceFactory(session=session, person=None, organization=OrganizationFactory(name_en="Ministry of Robots"))

    page = words(client.get(session.event.get_absolute_url()))

    assert "discussion · 10 a.m.–11:30 a.m. Discussion" in page
    assert "printed as “Han Ji-won”" in page
    assert "Kim Absent panellist announced but absent" in page
    assert "a citizen from the floor panellist capacity not given" in page
    assert "Ministry of Robots panellist" in page
    assert "Participants 1" in page


def test_a_position_is_under_the_first_topic_of_its_proposition_and_counted_once(client):
    position = PositionFactory()
    position.proposition.topics.set([TopicFactory(name_en="Second", order=2), TopicFactory(name_en="First", order=1)])

    page = words(client.get(position.event.get_absolute_url())).split("Arranged by topic by speaker")[1]

    assert "First 1" in page
    assert "Second" not in page


def test_a_long_debate_shows_its_first_positions_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr(debates, "READ_ON_ONE_PAGE", 1)
    event = EventFactory(slug="long")
    PositionFactory.create_batch(2, appearance__session__event=event)

    response = client.get("/debates/long/")

    assert "The first 1 of 2 positions in the order of the programme are shown." in words(response)
    assert "/positions/?debate=long" in links(response)


def test_what_is_cut_says_so_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr(speakers, "POSITIONS", 1)
    monkeypatch.setattr(propositions, "PAGE_SIZE", 1)
    appearance, proposition = AppearanceFactory(person__slug="han"), PropositionFactory(slug="tax")
    PositionFactory.create_batch(2, appearance=appearance, on=proposition)
    PositionFactory(appearance=appearance, on=proposition, stance="opposes", summary_en="Free robots")

    speaker, tax = client.get("/speakers/han/"), client.get("/propositions/tax/")

    assert "The newest 1 of 3 positions are shown." in words(speaker)
    assert "/positions/?speaker=han" in links(speaker)
    assert "The newest 1 of 2 positions are shown." in words(tax)
    assert "/positions/?proposition=tax&stance=supports" in links(tax)
    assert "Free robots" in words(tax)


def test_related_debates_are_named_from_both_ends_if_both_are_public(client):
    first, second, draft = EventFactory(title_en="First"), EventFactory(title_en="Second"), EventFactory(status="draft")
    EventRelation.objects.create(from_event=second, to_event=first)
    EventRelation.objects.create(from_event=draft, to_event=first)

    assert "Related debates follows First" in words(client.get(second.get_absolute_url()))
    assert "Related debates is followed by Second" in words(client.get(first.get_absolute_url()))
    assert str(draft) not in words(client.get(first.get_absolute_url()))


def test_affiliations_show_their_period(client):
    appearance = AppearanceFactory()
    organization = CapacityFactory(appearance=appearance).organization
    AffiliationFactory(
        person=appearance.person, organization=organization, role_en="Director", unit_en="Lab", period="2024-05/.."
    )

    assert "Director, Lab since May 2024" in words(client.get(appearance.person.get_absolute_url()))
    assert "Director, Lab since May 2024" in words(client.get(organization.get_absolute_url()))


def test_lines_of_a_note_stay_lines(client):
    position = PositionFactory(summary_en="First line\nSecond <line>")

    assert "First line<br>Second &lt;line&gt;" in client.get(position.get_absolute_url()).text


def test_the_positions_of_a_debate_are_arranged_by_topic_or_by_speaker(client):
    event = EventFactory(slug="robots")
    first, second = (AppearanceFactory(session__event=event, person__name_en=name) for name in ("Oh Dal", "Bae Un"))
    for appearance in (first, second, first):
        PositionFactory(appearance=appearance)

    by_speaker = words(client.get("/debates/robots/?by=speaker"))
    unknown = client.get("/debates/robots/?by=party")

    assert "Oh Dal 2 + supports" in by_speaker and "Bae Un 1 + supports" in by_speaker
    assert unknown.status_code == 400
    assert "“by=party” is not understood. There are: topic, speaker." in words(unknown)


def test_a_long_programme_is_cut_and_continued_on_pages_of_its_own(client, monkeypatch):
    monkeypatch.setattr(debates, "SESSIONS", 2)
    event = EventFactory(slug="long")
    for number in range(1, 4):
        AppearanceFactory(session__event=event, session__title_en=f"Day {number}", person__name_en=f"Person {number}")

    debate, programme = words(client.get("/debates/long/")), client.get("/debates/long/programme/?page=2")

    assert "Participants 3 Sessions 3" in debate
    assert "The first 2 of 3 are shown. The whole programme" in debate
    assert "Day 3" not in debate and "Day 3 Person 3 panellist" in words(programme)
    assert '<li data-number="3">' in programme.content.decode()
