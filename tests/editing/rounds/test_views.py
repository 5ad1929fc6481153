from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.contrib.admin.widgets import AutocompleteSelect
from django.urls import reverse

from positions.models import Coding, CodingRound, Position
from review.models import Revision
from tests.editing.rounds.people import Team
from tests.factories import CoderFactory, CodingRoundFactory, EvidenceFactory, PositionFactory, RoundCoderFactory
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
BRIDGE, AGAIN = "the state should pay for the bridge", "the state should pay all the same"
SECRET = "a-reading-of-one-coder"


def at(name, team, *args):
    return reverse(f"editing:{name}", args=[team.round.public_id, *args])


def enter(client, user):
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


@pytest.fixture
def editor(client):
    return enter(client, person_as("editor"))


def compared(*, units=1):
    """One in which the coders differ on every second unit."""
    team = Team(text="\n\n".join(f"Sentence {number} on it." for number in range(100, 100 + units)))
    for number in range(100, 100 + units):
        for coder in (0, 1):
            stance = "opposes" if coder and number % 2 else "supports"
            team.reads(coder, f"Sentence {number} on it.", stance)
    team.close()
    return team


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_rounds_asks_as_often_at_any_size(editor, rows, django_assert_num_queries):
    for _row in range(rows):
        RoundCoderFactory(round=CodingRoundFactory())
    with django_assert_num_queries(7):  # session, user, his groups' rights, count, rounds, coders
        page = editor.get(reverse("editing:round-list"))
    assert len(page.context["page"]) == min(rows, 25)


@pytest.mark.parametrize("units", [2, 24])
def test_a_comparison_asks_as_often_at_any_size(editor, units, django_assert_num_queries):
    team = compared(units=units)
    with django_assert_num_queries(10):
        page = editor.get(at("round", team))
    assert len(page.context["units"]) == min(units, 20)
    assert page.context["comparison"].overall.stance.units == units


@pytest.mark.parametrize("readings", [1, 20])
def test_a_coders_page_asks_as_often_at_any_size(client, readings, django_assert_num_queries):
    team = Team(text="\n\n".join(f"Sentence {number} on it." for number in range(100, 100 + readings)))
    for number in range(100, 100 + readings):
        team.reads(0, f"Sentence {number} on it.")
    enter(client, team.authors[0].user)
    with django_assert_num_queries(12):
        page = client.get(at("round-coding", team))
    assert len(page.context["page"]) == readings


def test_rounds_are_narrowed_by_state_and_to_ones_own(client):
    team = Team()
    CodingRoundFactory()
    enter(client, team.authors[0].user)
    listed = client.get(reverse("editing:round-list"), {"mine": "on", "state": "open"})
    assert [found.public_id for found in listed.context["page"]] == [team.round.public_id]
    wrong = client.get(reverse("editing:round-list"), {"state": "lost"})
    assert wrong.status_code == 400 and "lost is not one of the available choices" in wrong.content.decode()


def test_an_editor_opens_a_round_for_those_who_may_code(editor):
    source, coders = Team().source, [person_as("contributor", is_staff=True) for _coder in range(2)]
    outsider = person_as("administrator", is_staff=True)
    CodingRound.objects.update(state="settled", compared_at="2026-01-01T00:00Z", settled_at="2026-01-01T00:00Z")
    address = reverse("editing:round-new")
    refused = editor.post(address, {"source": source.pk, "coders": [coders[0].pk]})
    assert refused.status_code == 400 and "from 2 to 6 coders" in refused.content.decode()
    wrong = editor.post(address, {"source": source.pk, "coders": [coders[0].pk, outsider.pk]})
    assert wrong.status_code == 400 and "coders" in wrong.context["form"].errors
    made = editor.post(address, {"source": source.pk, "coders": [coder.pk for coder in coders], "task": "All of it"})
    opened = CodingRound.objects.get(number=2)
    assert made.url == opened.get_absolute_url()
    assert set(opened.coders.all()) == set(coders)


@pytest.mark.parametrize("role", ["contributor", "administrator", ""])
def test_who_is_no_editor_opens_closes_and_settles_nothing(client, role):
    team = compared()
    enter(client, person_as(role))
    assert client.get(reverse("editing:round-new")).status_code == 403
    assert client.post(at("round-close", team)).status_code == 403
    assert client.post(at("round-settle-agreed", team)).status_code == 403
    taken = client.post(at("round-unit", team, 1), {"decision": Coding.objects.first().pk, "reason": "So."})
    assert taken.status_code in (400, 403)
    assert not Position.objects.exists()


def test_nobody_who_is_not_logged_in_sees_anything(client):
    team = compared()
    for name in ("round", "round-coding", "round-agreement", "round-readings"):
        assert client.get(at(name, team)).status_code == 302
    assert client.get(at("round-unit", team, 1)).status_code == 302


def test_a_coder_keeps_changes_and_takes_back_a_reading(client):
    team = Team()
    enter(client, team.authors[0].user)
    given = {
        "quote": BRIDGE,
        "appearance": team.han.pk,
        "wording": team.bridge.current_wording.pk,
        "stance": "supports",
        "kind": "recommendation",
        "summary_en": "Wants it paid",
        "certainty": "low",
        "note": "See above",
    }
    assert client.post(at("round-coding", team), given).status_code == 302
    coding = Coding.objects.get()
    assert (coding.locator, coding.certainty, coding.note, coding.coder) == (
        "¶ 2", "low", "See above", team.authors[0].user,
    )  # fmt: skip
    changed = given | {"stance": "neutral", "revision": 1}
    assert client.post(at("round-reading", team, coding.pk), changed).status_code == 302
    late = client.post(at("round-reading", team, coding.pk), given | {"stance": "opposes", "revision": 1})
    assert late.status_code == 400
    assert "changed by somebody else meanwhile" in late.content.decode() and "takes no side" in late.content.decode()
    assert '<input type="hidden" name="revision" value="2">' in late.content.decode()
    assert client.post(at("round-take-back", team, coding.pk)).status_code == 302
    coding.refresh_from_db()
    assert (coding.stance, coding.is_taken_back) == ("neutral", True)


def test_where_many_appear_the_speaker_is_found_by_typing(client, monkeypatch):
    monkeypatch.setattr("editing.rounds.forms.MOST_OFFERED", 1)
    team = Team()
    enter(client, team.authors[0].user)
    page = client.get(at("round-coding", team))
    assert page.context["form"]["appearance"].field.widget.__class__ is AutocompleteSelect
    given = {"quote": BRIDGE, "appearance": team.han.pk, "wording": team.bridge.current_wording.pk, "stance": "neutral"}
    client.post(at("round-coding", team), given | {"kind": "concern", "certainty": "high"})
    assert Coding.objects.get().appearance == team.han


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(client):
    team = Team()
    enter(client, team.authors[0].user)
    wrong = {"quote": "words that are not there", "stance": "conditional", "summary_en": "Kept as typed"}
    page = client.post(at("round-coding", team), wrong)
    assert page.status_code == 400
    assert {"appearance", "wording", "kind"} <= page.context["form"].errors.keys()
    whole = wrong | {"appearance": team.han.pk, "wording": team.bridge.current_wording.pk, "kind": "concern"}
    page = client.post(at("round-coding", team), whole | {"certainty": "high"})
    assert list(page.context["form"].errors) == ["quote"]
    assert "Kept as typed" in page.content.decode()
    assert not Coding.objects.exists()


def test_coders_see_their_own_readings_only_until_the_round_is_closed(client):
    team = Team()
    secret = team.reads(1, BRIDGE, summary_en=SECRET, note=SECRET)
    enter(client, team.authors[0].user)
    for name in ("round", "round-coding"):
        assert SECRET not in client.get(at(name, team)).content.decode()
    assert client.get(at("round-reading", team, secret.pk)).status_code == 404
    assert client.post(at("round-take-back", team, secret.pk)).status_code == 404
    for name in ("round-agreement", "round-readings"):
        assert client.get(at(name, team)).status_code == 404
    team.close()
    assert SECRET in client.get(at("round", team)).content.decode()


def test_not_even_a_superuser_learns_in_the_admin_what_others_read_meanwhile(client):
    team = Team()
    secret = team.reads(1, BRIDGE, summary_en=SECRET)
    client.force_login(CoderFactory())
    admin = "admin:positions_coding"
    assert client.get(reverse(f"{admin}_changelist")).context["cl"].result_count == 0
    assert client.get(reverse(f"{admin}_change", args=[secret.pk])).status_code == 302
    assert client.get(reverse(f"{admin}_history", args=[secret.pk])).status_code == 404
    team.close()
    assert SECRET in client.get(reverse(f"{admin}_change", args=[secret.pk])).content.decode()


def test_a_coder_says_to_have_finished_and_an_editor_closes(client):
    team = Team()
    team.reads(0, BRIDGE)
    for author in team.authors:
        enter(client, author.user).post(at("round-finished", team), {"finished": "1"})
    enter(client, team.editor.user).post(at("round-close", team))
    team.round.refresh_from_db()
    assert (team.round.state, team.round.compared_by) == ("compared", team.editor.user)


def test_closing_too_early_is_refused_on_the_page(client):
    team = Team()
    page = enter(client, team.editor.user).post(at("round-close", team))
    assert page.status_code == 400 and "Not all coders have finished" in page.content.decode()
    enter(client, team.editor.user).post(at("round-close", team), {"reason": "Joon is ill."})
    team.round.refresh_from_db()
    assert not team.round.is_open


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [({}, [1, 2, 3]), ({"show": "differ"}, [2]), ({"show": "alone"}, [3]), ({"show": "waiting"}, [1, 2, 3])],
)
def test_units_are_narrowed(editor, asked, numbers):
    team = Team(text="Sentence A here.\n\nSentence B here.\n\nSentence C here.")
    for coder, stance in enumerate(("supports", "opposes")):
        team.reads(coder, "Sentence A here.")
        team.reads(coder, "Sentence B here.", stance)
    team.reads(0, "Sentence C here.")
    team.close()
    page = editor.get(at("round", team), asked)
    assert [one.unit.number for one in page.context["units"]] == numbers


@pytest.mark.parametrize("wrong", [{"show": "most"}, {"proposition": "x"}, {"proposition": "9999999"}])
def test_a_wrong_filter_is_told_and_all_is_shown(editor, wrong):
    team = compared()
    page = editor.get(at("round", team), wrong)
    assert page.status_code == 400 and len(page.context["units"]) == 1
    assert "not one of the available choices" in page.content.decode()


def test_settling_leads_from_unit_to_unit_and_then_back_to_the_round(client):
    team = compared(units=2)
    enter(client, team.editor.user)
    first = client.get(at("round-unit", team, 1))
    assert [part.shared for part in first.context["passage"]] == ["Sentence 100 on it."]
    reading = first.context["one"].readings[0]
    onward = client.post(at("round-unit", team, 1), {"decision": reading.pk, "revision": 1})
    assert onward.url == at("round-unit", team, 2)
    refused = client.post(at("round-unit", team, 2), {"decision": "drop", "revision": 1})
    assert refused.status_code == 400 and "Say why" in str(refused.context["form"].errors["reason"])
    assert client.post(at("round-unit", team, 2), {"decision": "drop", "reason": "None."}).url == at("round", team)
    team.round.refresh_from_db()
    assert team.round.is_settled
    page = client.get(at("round", team)).content.decode()
    assert "The round is settled" in page and "None." in page


def test_another_reading_is_filled_in_beside_those_of_the_coders(client):
    team = compared(units=2)
    enter(client, team.editor.user)
    key = team.units()[1].codings.first().pk
    other = {"decision": "other", "rests_on": key, "stance": "conditional", "kind": "concern", "summary_en": "If so"}
    whole = other | {"reason": "Both missed the if.", "condition_en": ""}
    missing = client.post(at("round-unit", team, 2), whole)
    assert missing.status_code == 400 and "Say on which condition" in missing.content.decode()
    assert "Both missed the if." in missing.content.decode()
    assert client.post(at("round-unit", team, 2), whole | {"condition_en": "If soon"}).status_code == 302
    position = Position.objects.get()
    assert (position.stance, position.condition_en, position.summary_en) == ("conditional", "If soon", "If so")


def test_a_position_that_is_there_is_offered_and_its_change_waits_where_it_is_published(client):
    team = compared(units=2)
    position = PositionFactory(appearance=team.han, wording=team.bridge.current_wording, stance="neutral")
    EvidenceFactory(position=position, source=team.source)
    enter(client, team.editor.user)
    page = client.get(at("round-unit", team, 1))
    assert position.public_id in page.content.decode()
    reading = page.context["one"].readings[0]
    given = {"decision": reading.pk, "revision": 1, "into": position.pk, "reason": "Two read it so."}
    stale = client.post(at("round-unit", team, 1), given | {f"revision_{position.pk}": position.revision + 1})
    assert stale.status_code == 400 and not Revision.objects.exists()
    settled = client.post(at("round-unit", team, 1), given | {f"revision_{position.pk}": position.revision})
    assert settled.status_code == 302
    assert Revision.objects.get().values["stance"] == "supports"
    position.refresh_from_db()
    assert (position.stance, position.is_public, team.units()[0].position) == ("neutral", True, position)


def test_the_second_of_two_settlers_sees_what_the_first_settled(client):
    team = compared(units=2)
    enter(client, team.editor.user)
    one, other = (reading.pk for reading in team.units()[1].codings.order_by("pk"))
    settle = at("round-unit", team, 2)
    client.post(settle, {"decision": one, "revision": 1, "reason": "First."})
    page = client.post(settle, {"decision": other, "revision": 1, "reason": "Second thoughts."})
    shown = page.content.decode()
    assert page.status_code == 400 and "Nothing was overwritten" in shown
    assert "First." in shown and "Second thoughts." in shown
    assert Position.objects.get().stance == "supports"


@pytest.mark.parametrize("decision", ["", "999999", "take", "-1"])
def test_a_decision_that_is_none_is_told(client, decision):
    team = compared()
    page = enter(client, team.editor.user).post(at("round-unit", team, 1), {"decision": decision, "revision": "x"})
    assert page.status_code == 400 and "Choose a reading" in page.content.decode()


def test_what_agrees_is_settled_at_once(client):
    team = compared(units=4)
    enter(client, team.editor.user)
    client.post(at("round-settle-agreed", team), {"coder": "someone"})
    assert not Position.objects.exists()
    client.post(at("round-settle-agreed", team), {"coder": team.authors[1].user.pk})
    assert [unit.outcome for unit in team.units()] == ["adopted", "", "adopted", ""]


def rows_of(response):
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_agreement_and_readings_are_downloaded(editor):
    team = Team()
    team.reads(0, BRIDGE, summary_en="=cmd()")
    team.reads(1, BRIDGE, "opposes")
    team.reads(1, AGAIN)
    team.close()
    overall, *_more = rows_of(editor.get(at("round-agreement", team)))
    assert (overall["proposition"], overall["variable"], overall["units"], overall["units_one_coder_saw"]) == (
        "", "stance", "2", "1",
    )  # fmt: skip
    assert (overall["units_compared"], overall["observed_agreement"], float(overall["alpha"])) == ("1", "0.0", 0.0)
    readings = rows_of(editor.get(at("round-readings", team)))
    assert [(row["unit"], row["stance"], row["place"]) for row in readings] == [
        ("1", "supports", "¶ 2"),
        ("1", "opposes", "¶ 2"),
        ("2", "supports", "¶ 3"),
    ]
    assert readings[0]["coders_paraphrase"] == "'=cmd()"


def test_nothing_of_a_round_is_public_in_any_form(client):
    """Neither while it is open nor when it is compared: pages, search, the API and its exports."""
    team = Team()
    team.reads(0, BRIDGE, summary_en=SECRET, note=SECRET, condition_en=SECRET)
    published = PositionFactory(appearance=team.han, wording=team.bridge.current_wording)
    for close in (False, True):
        if close:
            team.close()
            unit = team.units()[0]
            enter(client, team.editor.user).post(
                at("round-unit", team, 1), {"decision": unit.codings.get().pk, "revision": 1}
            )
            client.logout()
        for address in _public_addresses(team, published):
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, address
            assert SECRET not in body.decode(), address


def _public_addresses(team, published):
    event = published.event
    return [
        event.get_absolute_url(),
        f"{event.get_absolute_url()}matrix/",
        published.proposition.get_absolute_url(),
        published.get_absolute_url(),
        team.source.get_absolute_url(),
        team.han.person.get_absolute_url(),
        "/positions/",
        "/search/?q=coder",
        "/feeds/positions/",
        "/api/v1/positions/",
        "/api/v1/positions/?q=coder",
        f"/api/v1/sources/{team.source.public_id}/",
        f"/api/v1/positions/{published.public_id}/",
        "/api/v1/statements.csv",
    ]
