from __future__ import annotations

import pytest

from positions.models import Evidence, PositionLink, Proposition, Remark, Wording
from speakers.bilingual import LANGUAGES
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)

SITE = "https://debates.example.org"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.PUBLIC_URL = SITE


def results(client, path):
    return client.get(f"/api/v1/{path}").json()["results"]


def ids(client, path):
    return [row["id"] for row in results(client, path)]


def test_every_record_has_its_id_both_addresses_and_the_time_of_its_last_change(client, example):
    for resource, path in example.addresses.items():
        shown = client.get(path).json()
        listed = next(row for row in results(client, f"{resource}/?page_size=100") if row["id"] == shown["id"])
        assert shown["url"] == listed["url"] == f"{SITE}{path}"
        assert listed["html_url"] == shown["html_url"] and shown["html_url"].startswith(f"{SITE}/")
        assert shown["updated_at"].endswith("Z")
        assert listed.items() <= shown.items()  # the record by itself says all that the list says, and more


def test_the_pages_for_readers_are_there(client, example):
    pages = {client.get(path).json()["html_url"].removeprefix(SITE) for path in example.addresses.values()}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_position_says_who_stated_what_in_which_capacity_and_where_it_is_read(client, example):
    position = client.get(example.addresses["positions"]).json()
    assert position["speaker"]["id"] == example.speaker.slug
    assert position["name_as_printed"] == "Han"
    assert position["proposition"]["id"] == example.proposition.slug
    assert position["stance"] == "supports"
    assert [topic["id"] for topic in position["topics"]] == [example.topic.slug]
    assert [place["locator"] for place in position["evidence"]] == ["¶ 3"]
    assert position["evidence"][0]["source"]["id"] == example.source.public_id
    assert position["capacities"][0]["organization"]["id"] == example.organization.slug
    assert position["capacities_of"] == "position"
    assert position["summary_is_paraphrase"] is True
    assert [link["kind"] for link in position["links"]] == ["elaborates"]
    assert [remark["text"]["en"] for remark in position["remarks"]] == ["The date was wrong."]


def test_without_a_choice_a_position_has_all_capacities_of_its_appearance_and_says_so(client, example):
    CapacityFactory(appearance=example.appearance, role_en="Chair", is_doubtful=True, note_en="Misprinted?", order=1)
    other = example.link.to_position
    position = client.get(f"/api/v1/positions/{other.public_id}/").json()
    assert [capacity["role"]["en"] for capacity in position["capacities"]] == ["Member", "Chair"]
    assert [capacity["doubtful"] for capacity in position["capacities"]] == [False, True]
    assert position["capacities"][1]["note"]["en"] == "Misprinted?"
    assert position["capacities_of"] == "appearance"


def test_who_is_no_person_is_an_organization_or_a_label(client, db):
    session = SessionFactory()
    organization = OrganizationFactory()
    AppearanceFactory(session=session, person=None, organization=organization, order=1)
    AppearanceFactory(session=session, person=None, label="A citizen", order=2)
    first, second = results(client, "appearances/")
    assert (first["speaker"], first["speaking_organization"]["id"], first["label"]) == (None, organization.slug, None)
    assert (second["speaker"], second["speaking_organization"], second["label"]) == (None, None, "A citizen")


def test_a_text_is_given_in_both_languages_with_that_of_its_source(client, db):
    EventFactory(title_en="Sharing", title_ko="데이터 공유", source_language="ko")
    EventFactory(title_en="Computing", date="2024")
    newer, older = results(client, "debates/")
    assert newer["title"] == {"en": "Sharing", "ko": "데이터 공유", "source_language": "ko"}
    assert older["title"] == {"en": "Computing", "ko": None, "source_language": "en"}
    assert newer["subtitle"] is None
    assert set(newer["title"]) == {*LANGUAGES, "source_language"}


def test_dates_are_the_same_whatever_language_the_reader_prefers(client, db):
    EventFactory(date="XXXX-XX-12")
    response = client.get("/api/v1/debates/", headers={"accept-language": "ko"})
    assert response.json()["results"][0]["date"] == {
        "edtf": "XXXX-XX-12",
        "earliest": None,
        "latest": None,
        "text": "12th; month and year not given",
    }


def test_an_affiliation_that_lasts_has_no_latest_day(client, example):
    period = client.get(example.addresses["affiliations"]).json()["period"]
    assert (period["edtf"], period["earliest"], period["latest"]) == ("2024-05/..", "2024-05-01", None)


def test_what_is_not_given_is_null(client, db):
    EventFactory(date="")
    debate = results(client, "debates/")[0]
    assert (debate["date"], debate["venue"], debate["summary"]) == (None, None, None)


def test_a_debate_by_itself_has_its_programme_sources_and_relations(client, example):
    debate = client.get(example.addresses["debates"]).json()
    session = debate["sessions"][0]
    appearance = session["appearances"][0]
    assert session["id"] == example.session.public_id and session["starts_at"] == "10:00:00"
    assert appearance["speaker"]["name"]["ko"] == "한사람"
    assert appearance["source"]["id"] == example.source.public_id and appearance["locator"] == "¶ 2"
    assert [use["source"]["id"] for use in debate["sources"]] == [example.source.public_id]
    assert [relation["direction"] for relation in debate["related"]] == ["from"]


def test_a_speaker_by_itself_has_names_identifiers_links_and_affiliations(client, example):
    speaker = client.get(example.addresses["speakers"]).json()
    assert [(name["text"], name["kind"], name["period"]["edtf"]) for name in speaker["names"]] == [
        ("Other name", "former", "2020")
    ]
    assert speaker["identifiers"] == [{"scheme": "wikidata", "value": f"Q{example.speaker.pk}"}]
    assert speaker["links"][0]["address"] == "https://example.org/"
    assert [one["organization"]["id"] for one in speaker["affiliations"]] == [example.organization.slug]


def test_an_organization_knows_what_it_is_part_of_and_what_is_part_of_it(client, example):
    organization = client.get(example.addresses["organizations"]).json()
    parent = client.get(f"/api/v1/organizations/{organization['parent']['id']}/").json()
    assert [child["id"] for child in parent["children"]] == [example.organization.slug]


def test_a_proposition_keeps_every_wording_that_positions_were_coded_on(client, example):
    Wording.objects.create(proposition=example.proposition, text_en="The state must do it")
    proposition = client.get(example.addresses["propositions"]).json()
    assert (proposition["wording"], proposition["text"]["en"]) == (2, "The state must do it")
    assert [wording["number"] for wording in proposition["wordings"]] == [1, 2]
    position = client.get(example.addresses["positions"]).json()
    assert position["proposition"]["wording"] == 1  # the one it was coded on


def test_a_wording_of_its_time_as_a_draft_is_not_told(client, example):
    for text in ("Secret draft", "The state must do it"):
        Wording.objects.create(proposition=example.proposition, text_en=text)
    secret = example.proposition.wordings.get(number=2)
    PositionFactory(appearance=example.appearance, wording=secret, status="draft")
    response = client.get(example.addresses["propositions"])
    assert [wording["number"] for wording in response.json()["wordings"]] == [1, 3]
    assert "Secret draft" not in response.content.decode()


@pytest.mark.parametrize(("quoting", "shown"), [("nothing", False), ("short_passages", True), ("all", True)])
def test_words_are_shown_only_as_far_as_the_terms_of_the_source_allow(client, example, quoting, shown):
    place = EvidenceFactory(
        position=example.position,
        source=SourceFactory(quoting=quoting),
        quote="word for word",
        prefix="said",
        suffix="again",
        state=Evidence.State.EXACT,
    )
    evidence = client.get(f"/api/v1/evidence/{place.public_id}/").json()
    within = next(
        one for one in client.get(example.addresses["positions"]).json()["evidence"] if one["id"] == place.public_id
    )
    assert within.items() <= evidence.items()
    assert (evidence["quote"], evidence["prefix"], evidence["suffix"]) == (
        ("word for word", "said", "again") if shown else (None, None, None)
    )
    assert evidence["quote_withheld"] is not shown


@pytest.mark.parametrize("public", [True, False])
def test_the_text_of_a_source_is_shown_only_where_it_is_public(client, example, public):
    example.source.text, example.source.text_public = "¶ The whole text.", public
    example.source.save()
    response = client.get(example.addresses["sources"])
    assert response.json()["text"] == ("¶ The whole text." if public else None)
    assert ("The whole text" in response.content.decode()) is public


def test_a_remark_is_on_a_position_a_speaker_or_a_debate(client, example):
    Remark.objects.create(person=example.speaker, kind="disputed", date="2026-01-03", statement_en="I did not say so.")
    Remark.objects.create(event=example.debate, kind="correction", date="2026-01-04", text_en="Moved.")
    subjects = [
        [name for name in ("position", "speaker", "debate") if row[name]] for row in results(client, "remarks/")
    ]
    assert subjects == [["position"], ["speaker"], ["debate"]]


def test_debates_are_newest_first_and_undated_ones_last(client, db):
    for date in ("2024", "", "2025-02-12", "XXXX-XX-12"):
        EventFactory(date=date)
    dates = [row["date"] and row["date"]["edtf"] for row in results(client, "debates/")]
    assert dates[:2] == ["2025-02-12", "2024"] and set(dates[2:]) == {None, "XXXX-XX-12"}


def test_speakers_are_in_the_order_of_their_names(client, db):
    for name in ("Zeta", "álpha", "Beta"):
        AppearanceFactory(person=PersonFactory(name_en=name))
    assert [row["name"]["en"] for row in results(client, "speakers/")] == ["álpha", "Beta", "Zeta"]


NARROWED = (
    ("debates/?kind=hearing", []),
    ("debates/?kind=hearing&kind=debate&speaker={speaker.slug}", ["debate"]),
    ("sessions/?debate={debate.slug}&kind=discussion", ["session"]),
    ("appearances/?debate={debate.slug}", ["appearance"]),
    ("appearances/?session={session.public_id}&role=panellist", ["appearance"]),
    ("appearances/?speaker={speaker.slug}", ["appearance"]),
    ("sources/?debate={debate.slug}&kind=minutes", ["source"]),
    ("speakers/?debate={debate.slug}", ["speaker"]),
    ("affiliations/?speaker={speaker.slug}&organization={organization.slug}", ["affiliation"]),
    ("propositions/?topic={topic.slug}&debate={debate.slug}", ["proposition"]),
    ("positions/?speaker={speaker.slug}&sort=", ["position", "other"]),
    ("positions/?organization={organization.slug}&topic={topic.slug}&from=2025&to=2025-02", ["position", "other"]),
    ("evidence/?position={position.public_id}&source={source.public_id}", ["evidence"]),
    ("remarks/?position={position.public_id}&kind=correction", ["remark"]),
    ("links/?position={position.public_id}&kind=elaborates", ["link"]),
)


def test_a_list_is_narrowed_to_what_its_parameters_name(client, example):
    PositionFactory()  # of another debate, speaker, topic and so on
    records = {**vars(example), "other": example.link.to_position}
    for address, names in NARROWED:
        wanted = [getattr(records[name], "slug", None) or records[name].public_id for name in names]
        assert ids(client, address.format(**vars(example))) == wanted, address


def test_organizations_of_a_debate_are_those_that_take_part_and_those_that_are_spoken_as(client, example):
    OrganizationFactory()
    AppearanceFactory(
        session=example.session, person=None, organization=OrganizationFactory(slug="itself"), role="other"
    )
    host = example.debate.organizations.get()
    found = ids(client, f"organizations/?debate={example.debate.slug}")
    assert set(found) == {host.slug, example.organization.slug, "itself"}


def test_an_organization_named_twice_beside_a_position_shows_it_once(client, example):
    second = CapacityFactory(appearance=example.appearance, organization=example.organization, role_en="Chair")
    example.position.capacity_choices.create(capacity=second)
    page = client.get(f"/api/v1/positions/?organization={example.organization.slug}").json()
    assert page["count"] == 2 and len({row["id"] for row in page["results"]}) == 2


def test_topics_keep_the_editors_order(client, db):
    for order in (3, 1, 2):
        TopicFactory(slug=f"topic-{order}", order=order)
    assert ids(client, "topics/") == ["topic-1", "topic-2", "topic-3"]


def test_a_proposition_that_nobody_worded_has_no_text(client, db):
    Proposition.objects.create(slug="unworded", status="published")
    assert results(client, "propositions/")[0]["text"] is None


def test_links_show_both_positions(client, example):
    link = client.get(example.addresses["links"]).json()
    assert link["from_position"]["id"] == example.position.public_id
    assert link["to_position"]["summary"]["en"] == example.link.to_position.summary_en
    assert link["to_position"]["summary_is_paraphrase"] is True


def test_links_are_told_from_both_ends(client, example):
    PositionLink.objects.create(from_position=example.link.to_position, to_position=example.position, kind="answers")
    links = client.get(example.addresses["positions"]).json()["links"]
    assert [(link["kind"], link["direction"]) for link in links] == [("elaborates", "from"), ("answers", "to")]


def test_affiliations_to_what_is_not_public_are_left_out(client, example):
    AffiliationFactory(person=example.speaker, organization=OrganizationFactory(name_en="Secret Society"))
    response = client.get(example.addresses["speakers"])
    assert "Secret Society" not in response.content.decode()
    assert len(response.json()["affiliations"]) == 1


def test_a_search_finds_positions_and_shows_the_best_of_everything_else_beside_them(client, example):
    answer = client.get(f"/api/v1/search/?q={example.speaker.name_ko}").json()
    assert {row["id"] for row in answer["results"]} == {example.position.public_id, example.link.to_position.public_id}
    others = {group["resource"]: group for group in answer["others"]}
    assert others["speakers"]["count"] == 1
    assert others["speakers"]["results"][0]["name"]["ko"] == "한사람"
    assert "debates" in others and "positions" not in others


def test_positions_are_found_by_words_as_the_search_finds_them(client, example):
    query = f"?q={example.speaker.name_ko}&stance=supports&sort=oldest"
    found, searched = client.get(f"/api/v1/positions/{query}").json(), client.get(f"/api/v1/search/{query}").json()
    without_matches = [{name: value for name, value in row.items() if name != "matches"} for row in searched["results"]]
    assert found["results"] == without_matches and found["count"] == 2
    assert "others" not in found
