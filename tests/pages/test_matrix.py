"""The stance matrix: on the page of a debate, and sorted and narrowed on its own."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from pages.matrix import Extent
from pages.views import debates
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    EventSourceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
MATRIX_QUERIES = 13


@pytest.fixture
def session():
    return SessionFactory(event=EventFactory(title_en="Robots"), title_en="Panel")


def state(session, name, on, stance="supports", **options):
    """A position of the person of that name in the session."""
    person = PersonFactory._meta.model.objects.filter(name_en=name).first() or PersonFactory(name_en=name)
    appearance = session.appearances.filter(person=person).first()
    appearance = appearance or AppearanceFactory(session=session, person=person, order=session.appearances.count())
    return PositionFactory(appearance=appearance, on=on, stance=stance, **options)


def address(session, query=""):
    return reverse("pages:debate-matrix", args=[session.event.slug]) + query


def rows(response):
    """The propositions of the table from top to bottom, without the heads of topics."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', response.content.decode())


def columns(response):
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', response.content.decode(), re.DOTALL)
    return [
        re.sub(r"\s+", " ", re.sub(r"<a class=\"first.*|<[^>]+>", "", head, flags=re.DOTALL)).strip() for head in heads
    ]


def test_a_cell_says_who_takes_which_stance_and_leads_to_the_position(client, session):
    position = state(session, "Han Mina", PropositionFactory(), "opposes")

    page = client.get(address(session)).content.decode()

    assert (
        f'<a class="sign-link stance-opposes" href="{position.get_absolute_url()}" title="Han Mina: opposes">' in page
    )
    assert '<span class="unseen">Han Mina: opposes</span>' in page


def test_two_positions_of_one_speaker_on_one_proposition_stand_in_one_cell(client, session):
    proposition = PropositionFactory()
    for stance in ("supports", "opposes"):
        state(session, "Han Mina", proposition, stance)

    page = client.get(address(session)).content.decode()

    assert re.search(
        r'<td><a class="sign-link stance-supports".*?</a><a class="sign-link stance-opposes".*?</a></td>', page
    )


def test_several_positions_of_one_stance_are_counted_and_lead_to_the_list_of_them(client, session):
    proposition = PropositionFactory(slug="tax")
    for _time in range(2):
        state(session, "Han Mina", proposition)

    page = client.get(address(session))

    assert f"/positions/?speaker=han-mina&proposition=tax&stance=supports&debate={session.event.slug}" in links(page)
    assert 'title="Han Mina: supports 2"' in page.content.decode()


def test_the_same_is_a_list_by_stance_for_narrow_screens(client, session):
    proposition = PropositionFactory(wording="Tax robots")
    state(session, "Han Mina", proposition)
    state(session, "Oh Dal", proposition)
    state(session, "Park Un", proposition, "opposes")

    page = words(client.get(address(session)))

    assert "Tax robots + supports Han Mina, Oh Dal − opposes Park Un" in page


def test_an_empty_cell_is_explained_by_the_number_of_sources_coded(client, session):
    state(session, "Han Mina", PropositionFactory())
    for role in ("coded", "coded", "material"):
        EventSourceFactory(event=session.event, role=role)

    page = words(client.get(session.event.get_absolute_url()))

    assert "Where there is none, no position is recorded in the sources coded (2)." in page


def test_the_debate_names_who_took_part_without_a_recorded_position(client, session):
    state(session, "Han Mina", PropositionFactory())
    AppearanceFactory(session=session, person=PersonFactory(name_en="Yun Seo"))
    EventSourceFactory(event=session.event)

    page = words(client.get(session.event.get_absolute_url()))

    assert "No position recorded in the source coded (1): Yun Seo" in page


def test_rows_are_sorted_by_topic_first_and_each_topic_is_named_once(client, session):
    later, sooner = TopicFactory(name_en="Work", order=2), TopicFactory(name_en="Energy", order=1)
    for text, topic in (("Work less", later), ("Burn less", sooner), ("Work more", later)):
        proposition = PropositionFactory(wording=text)
        PropositionTopicFactory(proposition=proposition, topic=topic)
        state(session, "Han Mina", proposition)
    state(session, "Han Mina", PropositionFactory(wording="Without a place"))

    page = client.get(address(session))

    assert rows(page) == ["Burn less", "Work less", "Work more", "Without a place"]
    assert words(page).count("Without a topic") == 2  # in the table and in the list


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?rows=positions", ["Agreed", "Divided", "Alone"]),
        ("?rows=divided", ["Divided", "Agreed", "Alone"]),
        ("?rows=wording", ["Agreed", "Alone", "Divided"]),
        ("?rows=divided&first=han-mina", ["Divided", "Alone", "Agreed"]),
    ],
)
def test_rows_are_sorted_as_asked(client, session, query, expected):
    agreed, divided, alone = (PropositionFactory(wording=text) for text in ("Agreed", "Divided", "Alone"))
    for name in ("Oh Dal", "Park Un", "Yun Seo"):
        state(session, name, agreed)
    state(session, "Oh Dal", divided)
    state(session, "Han Mina", divided, "opposes")
    state(session, "Han Mina", alone)

    assert rows(client.get(address(session, query))) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Oh Dal", "Han Mina", "Bae Un"]),
        ("?columns=name", ["Bae Un", "Han Mina", "Oh Dal"]),
        ("?columns=positions", ["Bae Un", "Oh Dal", "Han Mina"]),
        ("?columns=name&first=oh-dal", ["Oh Dal", "Bae Un", "Han Mina"]),
    ],
)
def test_columns_are_sorted_as_asked(client, session, query, expected):
    for name in ("Oh Dal", "Han Mina", "Bae Un", "Bae Un"):
        state(session, name, PropositionFactory())

    assert columns(client.get(address(session, query))) == expected


def test_organizations_and_people_without_a_name_have_columns_too(client, session):
    for who in ({"organization": OrganizationFactory(name_en="Robot League")}, {"label": "A visitor"}):
        PositionFactory(appearance=AppearanceFactory(session=session, person=None, **who))

    assert columns(client.get(address(session))) == ["Robot League", "A visitor"]


def test_it_is_narrowed_to_a_topic(client, session):
    proposition = PropositionFactory(wording="Burn less")
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Energy"))
    state(session, "Han Mina", proposition)
    state(session, "Oh Dal", PropositionFactory(wording="Work less"))

    page = client.get(address(session, "?topic=energy"))

    assert (rows(page), columns(page)) == (["Burn less"], ["Han Mina"])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?rows=colour", "“rows=colour” is not understood. There are: topic, positions, divided, wording."),
        ("?columns=no", "“columns=no” is not understood. There are: programme, positions, name."),
        ("?topic=energy", "“topic=energy” is not understood."),
        ("?first=nobody", "“first=nobody” is not understood. There are: han-mina."),
        ("?first=a%00b", "“first=ab” is not understood. There are: han-mina."),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_could(client, session, query, message):
    state(session, "Han Mina", PropositionFactory())

    response = client.get(address(session, query))

    assert response.status_code == 400
    assert message in words(response)


def test_more_than_fits_is_cut_and_says_so(client, session, monkeypatch):
    for extent in ("AT_A_GLANCE", "WHOLE"):
        monkeypatch.setattr(debates, extent, Extent(rows=2, columns=2))
    for name in ("Han Mina", "Oh Dal", "Bae Un"):
        state(session, name, PropositionFactory())

    first, second = client.get(address(session)), client.get(address(session, "?page=2"))
    debate = words(client.get(session.event.get_absolute_url()))

    assert (len(rows(first)), len(rows(second))) == (2, 1)
    assert "The 2 speakers with the most positions are shown, of 3." in words(first)
    assert "The first 2 of 3 propositions are shown." in debate


def test_whoever_is_to_come_first_is_there_however_few_positions_they_have(client, session, monkeypatch):
    monkeypatch.setattr(debates, "WHOLE", Extent(rows=9, columns=2))
    for name in ("Han Mina", "Han Mina", "Oh Dal", "Oh Dal", "Bae Un"):
        state(session, name, PropositionFactory())

    assert columns(client.get(address(session))) == ["Han Mina", "Oh Dal"]
    assert columns(client.get(address(session, "?first=bae-un"))) == ["Bae Un", "Han Mina"]


def test_drafts_are_in_no_cell_and_no_column(client, session):
    state(session, "Han Mina", PropositionFactory())
    state(session, "Oh Dal", PropositionFactory(wording="Hidden"), status="draft")
    state(session, "Oh Dal", PropositionFactory(wording="Unpublished", status="draft"))

    page = client.get(address(session))

    assert columns(page) == ["Han Mina"]
    assert "Hidden" not in words(page) and "Unpublished" not in words(page)


def test_it_is_where_the_debate_is(client, session):
    event = session.event
    old = address(session)
    event.slug = "robots-at-work"
    event.save()

    assert client.get(old + "?rows=wording")["Location"] == "/debates/robots-at-work/matrix/?rows=wording"
    event.status, event.withdrawn_because = "withdrawn", "Coded twice"
    event.clean()
    event.save()
    assert client.get("/debates/robots-at-work/matrix/").status_code == 410


@pytest.mark.parametrize("count", [1, 30])
def test_a_matrix_of_any_size_takes_the_same_queries(client, session, count, django_assert_num_queries):
    for number in range(count):
        proposition = PropositionFactory()
        PropositionTopicFactory(proposition=proposition)
        state(session, f"Person {number}", proposition)

    with django_assert_num_queries(MATRIX_QUERIES):
        client.get(address(session))


def test_the_whole_of_it_is_there_as_a_table_narrowed_and_sorted_alike(client, session):
    topic = PropositionTopicFactory(topic=TopicFactory(slug="work"))
    state(session, "Han Mina", topic.proposition, "opposes")
    state(session, "Oh Dal", PropositionFactory(wording="Tax robots"))

    page = client.get(address(session, "?topic=work&columns=name&page=1"))
    table = f"/debates/{session.event.slug}/matrix.csv?topic=work&columns=name"
    file = client.get(table)

    assert table in links(page)
    assert file["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert file["Content-Disposition"] == f'attachment; filename="matrix-{session.event.slug}.csv"'
    header, row = file.content.decode("utf-8-sig").splitlines()
    assert header.endswith("supports,conditional,neutral,opposes,han-mina") and row.endswith(",work,0,0,0,1,opposes")
    assert client.get(f"/debates/{session.event.slug}/matrix.csv?rows=up").status_code == 400
    assert client.get("/debates/nothing/matrix.csv").status_code == 404


def test_it_is_cited_with_how_it_is_narrowed_and_sorted(client, session):
    state(session, "Han Mina", PropositionFactory())
    query = "?rows=divided&first=han-mina"

    page = client.get(address(session, f"{query}&columns=programme"))
    cited = client.get(f"{address(session)}cite.ris{query}").text

    assert f"{address(session)}cite.bib{query}" in links(page)
    assert "Who stands where: Robots (record version" in words(page)
    assert "[Stance matrix of a debate, Feb. 12, 2025]" in words(page)
    assert "TI  - Who stands where: Robots" in cited and "PY  - 2025" in cited
    assert f"UR  - http://127.0.0.1:8000{address(session)}{query}" in cited
    assert client.get(f"{address(session)}cite.ris?rows=up").status_code == 400
