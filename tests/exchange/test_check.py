"""What is wrong with a dossier is said all at once, each with its place and what would be right."""

# ruff: noqa: E501  (a mistake a line)

from __future__ import annotations

import copy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debate.models import Event
from exchange.dossier import check, shape, source
from exchange.dossier.entries import entries
from exchange.dossier.load import load_document
from exchange.dossier.problems import DossierError
from exchange.dossier.recorded import Recorded
from exchange.dossier.style import as_yaml
from positions.models import Position
from speakers.models import Identifier, Person
from tests.exchange.conftest import HERE, load_text, replaced
from tests.factories import AffiliationFactory, OrganizationFactory, PersonFactory, PropositionFactory, SourceFactory


def problems_of(text):
    with pytest.raises(DossierError) as caught:
        load_text(text)
    return [str(problem) for problem in caught.value.problems]


def problems_without_a_database(text, recorded=None):
    document = source.parse(text)
    return [str(problem) for problem in document.error(check_all(document, recorded or Recorded())).problems]


def check_all(document, recorded):
    return [*shape.problems(document), *check.problems(entries(document.tree), recorded)]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("stance: opposes", "stance: oposes", "positions[20].stance", "'oposes' is none of: supports, opposes, conditional, neutral. Did you mean 'opposes'?"),
        ("kind: concern", "kin: concern", "positions[12].kin", "There is no key 'kin' here. Did you mean 'kind'?"),
        ("    wording: 1\n", "", "positions[0]", "The key 'wording' is missing."),
        ("  - id: nxfes4c3\n    appearance", "  - appearance", "positions[0]", "The key 'id' is missing. Make one up once and keep it, for example "),
        ("wording: 1", "wording: first", "positions[0].wording", "This has to be a whole number."),
        ("wording: 1", "wording: 2", "positions[0].wording", "'korea-can-still-compete-in-ai' has no wording 2. There is 1."),
        ("wording: 1", "wording: 0", "positions[0].wording", "0 is too small. It has to be 1 or more."),
        ("order: 1", "order: 99999", "topics[0].order", "99999 is too large. It has to be 32767 or less."),
        ("person: kang-hoon-sik", "person: kang-hoonsik", "event.sessions[0].appearances[0].person", "The person 'kang-hoonsik' is neither in this file nor in the record. Did you mean 'kang-hoon-sik'?"),
        ("topics: [koreas-standing]", "topics: [koreas-standings]", "propositions[0].topics[0]", "The topic 'koreas-standings' is neither in this file nor in the record. Did you mean 'koreas-standing'?"),
        ("appearance: x8mmv7ty", "appearance: x8mmv7tz", "positions[0].appearance", "The appearance 'x8mmv7tz' is not in this file. Did you mean 'x8mmv7ty'?"),
        ("proposition: korea-can-still-compete-in-ai", "proposition: korea-can-still-compete", "positions[0].proposition", "The proposition 'korea-can-still-compete' is neither in this file nor in the record. Did you mean 'korea-can-still-compete-in-ai'?"),
        ("affiliation: tfbvcqbn", "affiliation: c799ksfg", "event.sessions[0].appearances[0].capacities[0].affiliation", "'c799ksfg' is an affiliation of 'bae-hyun-jin', not of 'kang-hoon-sik'."),
        ("organization: democratic-party-of-korea\n              aff", "organization: people-power-party\n              aff", "event.sessions[0].appearances[0].capacities[0].organization", "The affiliation 'tfbvcqbn' is with 'democratic-party-of-korea', not with 'people-power-party'."),
        ("locator: ¶ 5", "locator: ¶ 16", "event.sessions[1].appearances[0].locator", "'¶ 16': the source has 15 paragraphs."),
        ("locator: ¶ 5", "locator: page five", "event.sessions[1].appearances[0].locator", "'page five' names no place in a source. Write for example ¶ 12"),
        ("{id: a78mwgx2, source: ff937jne, locator: ¶ 2}", "{id: a78mwgx2, source: ff937jne, locator: ¶ 2–16}", "positions[0].evidence[0].locator", "'¶ 2–16': the source has 15 paragraphs."),
        ("date: XXXX-XX-12", "date: 12th", "event.date", "'12th' is not a date. Write for example 2025"),
        ("date: XXXX-XX-12", "date: 2025-02-30", "event.date", "'2025-02-30' is on no calendar."),
        ("date: XXXX-XX-12", "date: 2025", "event.date", '2025 is read as a number. Put it in quotes: "2025".'),
        ("id: qge4eak8", "id: 12345678", "event.sessions[0].id", '12345678 is read as a number. Put it in quotes: "12345678".'),
        ("id: qge4eak8", "id: 0042", "event.sessions[0].id", '0042 is read as a number. Put it in quotes: "0042".'),
        ("id: qge4eak8", 'id: "12345678"', "event.sessions[0].id", "An id is a small letter and then three to eleven small letters and digits"),
        ("name: {en: Ellis Group}", "name: Ellis Group", "organizations[10].name", "A mapping with a text for at least one language: {en: ..., ko: ...}."),
        ("name: {en: Ellis Group}", "name: {}", "organizations[10].name", "A mapping with a text for at least one language: {en: ..., ko: ...}."),
        ("name: {en: Ellis Group}", "name: {en: }", "organizations[10].name.en", "There is nothing here. Fill it in or leave the key out."),
        ("name: {en: Ellis Group}", 'name: {en: " "}', "organizations[10].name.en", "A text on one line, without spaces before and after it."),
        ("name: {en: Ellis Group}", "name: {en: true}", "organizations[10].name.en", 'true is read as true or false. Put it in quotes: "true".'),
        ("name: {en: Ellis Group}", "name: {fr: Groupe Ellis}", "organizations[10].name.fr", "There is no key 'fr' here."),
        ("name: {en: Ellis Group}", f"name: {{en: {'x' * 201}}}", "organizations[10].name.en", "The text has 201 characters. At most 200 fit."),
        ("slug: ellis-group", "slug: Ellis Group", "organizations[10].slug", "Letters, digits, hyphens and underscores only"),
        ("slug: ellis-group", "slug: jobplanet", "organizations[11].slug", "The organization 'jobplanet' is here already, as organizations[10]. Keep one of them."),
        ("id: rc4ancm6", "id: nxfes4c3", "positions[1].id", "The position 'nxfes4c3' is here already, as positions[0]. Keep one of them."),
        ("- {source: rjd3xv7w, role: material}", "- {source: ff937jne, role: material}", "event.sources[1]", "This source of a debate is here already, as event.sources[0]. Keep one of them."),
        ("doubtful: true", "doubtful: yes", "event.sessions[3].appearances[5].capacities[0].doubtful", "This has to be true or false."),
        ("person: kang-hoon-sik", "label: A member\n          person: kang-hoon-sik", "event.sessions[0].appearances[0]", "Name exactly one: `person`, `organization` or `label`."),
        ("          person: kang-hoon-sik\n", "", "event.sessions[0].appearances[0]", "Name exactly one: `person`, `organization` or `label`."),
        ("stance: opposes", "stance: conditional", "positions[20]", "The key 'condition' is missing. A conditional stance says on which `condition`"),
        ("status: published", "status: withdrawn", "event", "The key 'withdrawn_because' is missing."),
        ("parent: national-assembly", "parent: unicorn-farm", "organizations[2].parent", "This would make 'unicorn-farm' a part of itself."),
        ("dossier: 1", "dossier: 2", "dossier", "2 is not read here. Write 1."),
        ("licence: CC-BY-4.0", "licence: mine", "licence", "'mine' is not read here. Write CC-BY-4.0."),
        ("kind: opening", "kind: [opening]", "event.sessions[0].kind", "['opening'] is none of: opening, presentation"),
    ],
)  # fmt: skip
def test_one_mistake_is_said_at_its_place(bundled, old, new, path, message):
    edited = replaced(bundled, (old, new))
    said = problems_without_a_database(edited)
    at_place = [problem for problem in said if f": {path}: {message}" in problem]
    assert at_place, said


WITH_THE_EARLIER_HEARING = Recorded(
    keys={(Event, "first-harbour-hearing"): 1, (Position, "pfirst22"): 1}, similar={Event: ("first-harbour-hearing",)}
)


@pytest.mark.once
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("capacities: [chanjiwo]", "capacities: [chanjiwo, chanjiwo]", "positions[0].capacities[1]: This capacity of a position is here already"),
        ("appearance: alabel22\n", "appearance: alabel22\n    capacities: [chanjiw2]\n", "positions[1].capacities[0]: The capacity 'chanjiw2' is of the appearance 'ahanjiwo', the position is not."),
        ("    condition: {en: Only with quiet cranes., ko: 크레인이 조용해야 한다.}\n", "", "positions[0]: The key 'condition' is missing."),
        ("to: pneutral", "to: pcondit2", "positions[0].links[0].to: 'pcondit2' can't point to itself."),
        ("to: pneutral", "to: pnowhere", "positions[0].links[0].to: The position 'pnowhere' is neither in this file nor in the record."),
        ("        state: moved\n", "", "positions[0].evidence[0]: The key 'state' is missing. A `quote` has a `state`"),
        ("        quote: 둘째 문단은\n", "", "positions[0].evidence[0]: `state`, `start` and `end` are of a `quote`"),
        ("        end: 6\n", "", "positions[0].evidence[0]: `start` and `end` go together."),
        ("        end: 6\n", "        end: 0\n", "positions[0].evidence[0].end: The quote ends at 0, before it starts at 0."),
        ("role: panellist", "role: panellist}\n        - {id: ahanjiw3, person: han-ji-woo, role: panellist", "event.sessions[1].appearances[2].person: 'han-ji-woo' is in this session as panellist already."),
        ("event: first-harbour-hearing", "event: second-harbour-hearing", "event.related[0].event: 'second-harbour-hearing' can't point to itself."),
        ("{event: first-harbour-hearing, kind: answers}", "{event: first-harbor-hearing, kind: answers}", "event.related[1].event: The debate 'first-harbor-hearing' is neither in this file nor in the record. Did you mean 'first-harbour-hearing'?"),
        ("translation_of: minutes2", "translation_of: translat", "sources[1].translation_of: This would make 'translat' a translation of itself."),
        ("value: Q001", "value: Q000", "people[0].identifiers[0]: This identifier is here already, as organizations[0].identifiers[1]."),
        ("url: https://port.example.org/minutes?id=2#p1", "url: port.example.org/minutes", "sources[0].url: 'port.example.org/minutes' is no web address. Write it whole, with https://"),
        ("url: https://port.example.org/minutes?id=2#p1", "url: javascript:alert(1)", "sources[0].url: 'javascript:alert(1)' is no web address."),
        ("accessed: '2024-06-02'", "accessed: 2024-06", "sources[0].accessed: '2024-06' is not a day. Write year, month and day: 2025-02-12."),
        ("starts_at: '09:30'", "starts_at: 9.30", "event.sessions[0].starts_at: 9.30 is read as a number."),
        ("starts_at: '09:30'", "starts_at: 24:10", "event.sessions[0].starts_at: '24:10' is not a time of day. Write hours and minutes: 09:30."),
        ("'2024-08-01T09:30:00+09:00'", "'2024-08-01T09:30:00'", "propositions[1].withdrawn_at: '2024-08-01T09:30:00' is not a time with its zone."),
        ("languages: [ko, en]", "languages: [ko, ko]", "event.languages: Something is in this list twice. Keep it once."),
        ("languages: [ko, en]", "languages: [Korean]", "event.languages[0]: A language code, as in ko, en or zh-Hant."),
        ("languages: [ko, en]", "languages: ko", "event.languages: This has to be a list (a line with - for each)."),
        ("country: 'NO'", "country: Norway", "event.venue.country: Two capital letters, as in KR."),
        ("        text: {en: The name was misspelt.}\n", "", "people[0].remarks[0]: A remark says something: `text`, `statement` or both."),
        ("    title: Hearing on harbours, in English\n", "", "sources[1]: Give the `title` as printed, or a `description` in your own words."),
    ],
)  # fmt: skip
def test_one_mistake_in_what_the_first_debate_has_not_is_said_at_its_place(everything, old, new, message):
    edited = replaced(everything, (old, new))
    if new.startswith("role: panellist}"):
        edited = replaced(edited, ("        - id: ahanjiw2\n          person: han-ji-woo\n          ", "        - {id: ahanjiw2, person: han-ji-woo, "), (", role: panellist\n\n", ", role: panellist}\n\n"))  # fmt: skip
    said = problems_without_a_database(edited, WITH_THE_EARLIER_HEARING)
    assert any(message in problem for problem in said), said


@pytest.mark.once
def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(bundled):
    edited = replaced(
        bundled,
        ("    order: 3\n", "    order: 3\n    order: 4\n"),
        ("kind: legislature", "kind: parliament"),
        ("parent: national-assembly", "parent: national-asembly"),
        ("date: XXXX-XX-12", "date: 12"),
        ("id: etss6mxs", "id: 42"),
        ("stance: neutral", "stance: neither"),
        ("{id: bp27cy6r, source: ff937jne, locator: ¶ 3}", "{id: bp27cy6r, source: ff937jne, locator: ¶ 99}"),
    )
    said = problems_without_a_database(edited)
    lines = [
        line_of(edited, part)
        for part in ("    order: 4\n", "kind: parliament", "parent: national-asembly", "date: 12", "id: 42")
    ]
    neither, evidence = line_of(edited, "stance: neither"), line_of(edited, "{id: bp27cy6r")
    appearance = line_of(edited, "appearance: etss6mxs")
    assert [int(problem.split(",")[0].removeprefix("line ")) for problem in said] == [
        *lines,
        neither,
        evidence,
        appearance,
    ]


@pytest.mark.once
def test_a_problem_is_said_with_line_and_column(bundled):
    edited = replaced(bundled, ("{id: bp27cy6r, source: ff937jne, locator: ¶ 3}", "{id: bp27cy6r, source: ff937jnf}"))
    line = line_of(edited, "{id: bp27cy6r")
    assert problems_without_a_database(edited) == [
        f"line {line}, column 24: positions[2].evidence[0].source: "
        "The source 'ff937jnf' is neither in this file nor in the record. Did you mean 'ff937jne'?"
    ]


@pytest.mark.parametrize(
    "text",
    ["42\n", "just words\n", "- a list\n", "event: 5\n", "people: {slug: kim}\n", "~\n", 'event: {slug: "\\0"}\n'],
)
def test_what_is_no_dossier_at_all_is_said_to_be_none(text):
    assert problems_without_a_database(text)


# --- what the database has to say -------------------------------------------------------------------


@pytest.mark.django_db
def test_a_copied_file_cannot_take_over_the_records_of_another_debate(bundled):
    load_text(bundled)
    said = problems_of(replaced(bundled, ("slug: deepsec-and-koreas-path-in-ai", "slug: my-own-debate")))
    assert len(said) == 5 + 13 + 15 + 31 + 31
    assert said[0].endswith(
        "event.sessions[0].id: The session 'qge4eak8' is in the record already, "
        "as one of 'deepsec-and-koreas-path-in-ai'. Make up a new id."
    )


@pytest.mark.django_db
def test_an_affiliation_cannot_be_given_to_somebody_else(bundled):
    AffiliationFactory(public_id="jm8jbf3f", person__slug="somebody-else")
    assert [problem.split(": ", 1)[1] for problem in problems_of(bundled)] == [
        "people[0].affiliations[0].id: The affiliation 'jm8jbf3f' is in the record already, as one of 'somebody-else'. "
        "Make up a new id."
    ]


@pytest.mark.django_db
def test_an_identifier_names_only_one(earlier, everything):
    load_text(earlier)
    Identifier.objects.create(organization=OrganizationFactory(slug="harbours-inc"), scheme="wikidata", value="Q001")
    assert [problem.split(": ", 1)[1] for problem in problems_of(everything)] == [
        "people[0].identifiers[0]: wikidata:Q001 is 'harbours-inc' in the record, and can name only one."
    ]


@pytest.mark.django_db
def test_a_slug_and_a_former_one_that_are_two_records_have_to_be_merged_first(earlier, everything):
    load_text(earlier)
    OrganizationFactory(slug="port-authority")
    OrganizationFactory(slug="harbour-board")
    assert [problem.split(": ", 1)[1] for problem in problems_of(everything)] == [
        "organizations[0].former_slugs: 'port-authority' and 'harbour-board' are two records. "
        "Merge them, or leave 'harbour-board' out here."
    ]


@pytest.mark.django_db
def test_what_is_only_in_the_record_is_checked_like_what_is_in_the_file():
    SourceFactory(public_id="srecord2", paragraph_count=3)
    affiliation = AffiliationFactory(public_id="frecord2", person__slug="kim", organization__slug="desk")
    PersonFactory(slug="lee")
    OrganizationFactory(slug="other-desk")
    PropositionFactory(slug="harbours-are-good")
    text = """
dossier: 1
language: en
licence: CC-BY-4.0
event:
  slug: small-debate
  title: {en: Small debate}
  sessions:
    - id: sess2345
      kind: opening
      appearances:
        - id: appe2345
          person: lee
          role: chair
          source: srecord2
          locator: ¶ 4
          capacities:
            - {id: capa2345, affiliation: frecord2, organization: other-desk, role: {en: Chair}}
positions:
  - id: posi2345
    appearance: appe2345
    proposition: harbours-are-good
    wording: 2
    stance: supports
    kind: concern
    summary: {en: Something.}
"""
    assert [problem.split(": ", 1)[1] for problem in problems_of(text)] == [
        "event.sessions[0].appearances[0].locator: '¶ 4': the source has 3 paragraphs.",
        "event.sessions[0].appearances[0].capacities[0].affiliation: 'frecord2' is an affiliation of 'kim', not of 'lee'.",
        "event.sessions[0].appearances[0].capacities[0].organization: "
        "The affiliation 'frecord2' is with 'desk', not with 'other-desk'.",
        "positions[0].wording: 'harbours-are-good' has no wording 2.",
    ]
    right = replaced(
        text, ("person: lee", "person: kim"), ("¶ 4", "¶ 3"), ("other-desk", "desk"), ("wording: 2", "wording: 1")
    )
    load_text(right)
    assert affiliation.capacities.get().appearance.person == Person.objects.get(slug="kim")


@pytest.mark.django_db
def test_a_circle_through_the_record_is_refused():
    inner = OrganizationFactory(slug="inner")
    OrganizationFactory(slug="outer", parent=OrganizationFactory(slug="middle", parent=inner))
    text = """
dossier: 1
language: en
licence: CC-BY-4.0
organizations:
  - {slug: inner, name: {en: Inner}, parent: outer}
event: {slug: small-debate, title: {en: Small debate}}
"""
    assert problems_of(text) == ["line 6, column 38: organizations[0].parent: This would make it a part of itself."]
    inner.refresh_from_db()
    assert inner.parent is None


@pytest.mark.django_db
def test_positions_of_this_debate_that_left_the_file_are_no_longer_there_to_point_to(earlier, everything):
    load_text(earlier)
    load_text(everything)
    tree = source.parse(everything).tree
    tree["positions"] = [position for position in tree["positions"] if position["id"] != "pneutral"]
    said = problems_of(as_yaml(tree))
    assert [problem.split(": ", 1)[1] for problem in said] == [
        "positions[0].links[0].to: The position 'pneutral' is neither in this file nor in the record."
    ]


# --- any tree ---------------------------------------------------------------------------------------

STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(STORABLE, max_size=8)
NAMES = (
    "slug id name text kind event people positions sessions appearances capacities source topics wordings number start end "
    "locator former_slugs languages stance parent person"
)
KEYS = st.text(STORABLE, max_size=4) | st.sampled_from(NAMES.split())
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)


@pytest.mark.once
@given(tree=TREES)
def test_any_tree_is_checked_and_never_a_crash(tree):
    assert check_all(source.Document("any.yaml", tree, {}), Recorded())


def paths(tree, path=()):
    yield path
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in steps:
        yield from paths(inner, (*path, step))


EVERYTHING = source.read(HERE / "everything.yaml").tree
del EVERYTHING["event"]["related"], EVERYTHING["positions"][0]["links"][1]  # they lead to another dossier
EVERY_PATH = sorted((path for path in paths(EVERYTHING) if path), key=repr)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(path=st.sampled_from(EVERY_PATH), value=TREES)
def test_a_dossier_with_anything_in_it_is_loaded_or_refused_with_problems(path, value):
    tree = copy.deepcopy(EVERYTHING)
    inside = tree
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with transaction.atomic():
        try:
            outcome = load_document(source.Document("any.yaml", tree, {})).added
        except DossierError as error:
            outcome = error.problems
        assert outcome
        transaction.set_rollback(True)
