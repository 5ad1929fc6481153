"""What a program with a token does to the record, in the words of those who run it."""

from __future__ import annotations

import pytest

from api.resources import RESOURCES
from debate.models import Appearance, Capacity, Event
from debate.publishing import Status
from positions.models import Evidence, Position, Proposition
from review.models import Revision
from speakers.models import Organization, Person
from tests.api.programs import CHANGES, PROBLEM, bodies, drafts, program_of
from tests.factories import CapacityFactory, PositionFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def path_of(response):
    return response["Location"].removeprefix(SITE)


def test_every_resource_is_written_in_these_tests(example):
    assert set(CHANGES) == set(bodies(example)) == set(RESOURCES)


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_editor_makes_changes_and_deletes_one_of_everything(resource):
    example, editor = drafts(), program_of("editor")
    made = editor.post(f"/api/v1/{resource}/", {**bodies(example)[resource], "reason": "From the minutes."})
    assert made.status_code == 201, made.json()
    path = path_of(made)
    read = editor.get(path)
    assert (read.status_code, read["ETag"], read.json()) == (200, made["ETag"], made.json())
    assert read["Cache-Control"] == "private, no-store"
    assert editor.client.get(path).status_code == 404  # for everybody else it is not there

    changed = editor.patch(path, {**CHANGES[resource], "reason": "Misread."}, etag=made["ETag"])
    assert changed.status_code == 200, changed.json()
    assert changed["ETag"] != made["ETag"]
    shown = changed.json()
    for name, value in CHANGES[resource].items():
        assert shown[name] == value or value.items() <= shown[name].items()
    assert {name: shown[name] for name in shown.keys() - CHANGES[resource].keys() - {"updated_at", "wordings"}} == {
        name: value for name, value in made.json().items() if name not in {*CHANGES[resource], "updated_at", "wordings"}
    }

    record = RESOURCES[resource].model._base_manager.latest("pk")
    history = [(row.history_type, row.history_user, row.history_change_reason) for row in record.history.all()]
    assert history == [("~", editor.owner, "Misread."), ("+", editor.owner, "From the minutes.")]
    deleted = editor.delete(f"{path}?reason=Entered+twice.", etag=changed["ETag"])
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert editor.get(path).status_code == 404
    last = record.history.first()
    assert (last.history_type, last.history_user, last.history_change_reason) == ("-", editor.owner, "Entered twice.")


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_contributor_changes_in_something_public_waits(resource, example):
    contributor, reviewer = program_of("contributor"), program_of("reviewer")
    path = example.addresses[resource]
    before = contributor.client.get(path)
    waiting = contributor.patch(path, {**CHANGES[resource], "reason": "A slip."})
    assert waiting.status_code == 202, waiting.json()
    after = contributor.client.get(path)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert waiting.json()["state"] == "waiting"
    assert waiting.json()["record"].endswith(path)
    assert waiting["Location"] == waiting.json()["url"]

    accepted = reviewer.post(f"{path_of(waiting)}accept/", {"comment": "Right."})
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted"), accepted.json()
    shown = reviewer.client.get(path).json()
    for name, value in CHANGES[resource].items():
        assert shown[name] == value or value.items() <= shown[name].items()


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_read_can_be_sent_back_as_it_is_and_changes_nothing(resource, example):
    """All of it that may be written, in the form in which it is read."""
    editor, path = program_of("reviewer"), example.addresses[resource]
    read = editor.get(path)
    body = RESOURCES[resource](basename=resource).body
    document = {name: value for name, value in read.json().items() if name in body.fields}
    if resource == "positions":
        del document["evidence"]
    written = editor.patch(path, document, etag=read["ETag"])
    assert (written.status_code, written.json()) == (200, read.json()), written.json()
    assert written["ETag"] == read["ETag"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_draft_can_be_sent_back_as_it_is_read_too(resource):
    example, editor = drafts(), program_of("editor")
    path = example.addresses[resource]
    read = editor.get(path)
    body = RESOURCES[resource](basename=resource).body
    document = {name: value for name, value in read.json().items() if name in body.fields}
    if resource == "positions":
        del document["evidence"]
    written = editor.patch(path, document, etag=read["ETag"])
    assert (written.status_code, written.json()) == (200, read.json()), written.json()


def test_a_draft_is_read_in_the_forms_in_which_everything_is():
    example, editor = drafts(), program_of("editor")
    path = example.addresses["topics"]
    assert editor.get(f"{path}?lang=en&fields=name").json().keys() == {"id", "name"}
    assert editor.get(f"{path}?color=red").status_code == 400
    linked = editor.get(path, accept="application/ld+json")
    assert (linked.status_code, linked["Content-Type"]) == (200, "application/ld+json")
    assert linked.json()["@context"]


@pytest.mark.parametrize("accept", ["text/csv", "application/ld+json"])
def test_what_was_written_is_told_as_json(accept):
    refused = program_of("editor").post("/api/v1/topics/", {"name": {"en": "x"}}, accept=accept)
    assert refused.status_code == 406


def test_writing_takes_no_parameters_but_the_reason_of_a_deletion():
    example, editor = drafts(), program_of("editor")
    path = example.addresses["topics"]
    for answer in (
        editor.post("/api/v1/topics/?lang=en", {"name": {"en": "x"}}),
        editor.patch(f"{path}?lang=en", {"order": 2}, etag=editor.get(path)["ETag"]),
        editor.delete(f"{path}?lang=en"),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "lang")


def test_what_a_draft_refers_to_is_shown_though_it_is_a_draft_itself():
    example, editor = drafts(), program_of("editor")
    assert editor.get(example.addresses["appearances"]).json()["source"]["id"] == example.source.public_id
    assert editor.get(example.addresses["topics"]).json()["parent"]["id"] == example.topic.parent.slug


def test_a_text_that_is_withheld_is_not_emptied_by_sending_back_what_was_read(example):
    reviewer = program_of("reviewer")
    source, path = example.source, example.addresses["sources"]
    source.text = "All that was said."
    source.save()
    Evidence.objects.update(quote="said", state="exact")
    for address, name in ((path, "text"), (example.addresses["evidence"], "quote")):
        assert reviewer.get(address).json()[name] is None
        refused = reviewer.patch(address, {name: None, "reason": "x"})
        assert [error["pointer"] for error in refused.json()["errors"]] == [f"/{name}"]
    assert reviewer.patch(path, {"text": "", "reason": "Not ours."}).status_code == 200
    source.refresh_from_db()
    assert source.text == ""


def test_a_position_comes_with_its_evidence_and_a_mistake_in_that_leaves_nothing_behind():
    example, editor = drafts(), program_of("editor")
    source = SourceFactory(paragraph_count=9, quoting="all")
    document = {
        **bodies(example)["positions"],
        "capacities": [example.capacity.public_id],
        "evidence": [
            {"source": source.public_id, "locator": "¶ 12", "quote": "costs", "quote_state": "exact"},
            {"source": source.public_id, "locator": "¶ 3", "quote": "words"},
        ],
    }
    count = (Position.objects.count(), Evidence.objects.count(), Position.history.count(), Evidence.history.count())
    refused = editor.post("/api/v1/positions/", document)
    assert (refused.status_code, refused["Content-Type"]) == (422, PROBLEM)
    assert {error["pointer"]: error["detail"] for error in refused.json()["errors"]} == {
        "/evidence/0/locator": "The source has 9 paragraphs.",
        "/evidence/1/quote_state": "Say whether the quote is found in the source.",
    }
    now = (Position.objects.count(), Evidence.objects.count(), Position.history.count(), Evidence.history.count())
    assert now == count

    document["evidence"][0]["locator"], document["evidence"][1]["quote_state"] = "¶ 2", "moved"
    made = editor.post("/api/v1/positions/", document).json()
    assert [(place["locator"], place["quote"]) for place in made["evidence"]] == [("¶ 2", "costs"), ("¶ 3", "words")]
    assert (made["capacities_of"], made["status"]) == ("position", "draft")


def test_evidence_of_a_position_that_is_there_has_its_own_address():
    example, editor = drafts(), program_of("editor")
    refused = editor.patch(example.addresses["positions"], {"evidence": []})
    assert refused.json()["errors"] == [
        {"pointer": "/evidence", "detail": "Evidence of a position that is there has its own address."}
    ]


def test_an_appearance_has_its_capacities_beside_it_in_their_order():
    example, editor = drafts(), program_of("editor")
    path = example.addresses["appearances"]
    capacities = [
        {"role": {"en": "Chair", "ko": "위원장"}, "basis": "on_behalf_of", "organization": example.organization.slug},
        {"id": example.capacity.public_id, "unit": {"en": "Legal"}},
    ]
    changed = editor.patch(path, {"capacities": capacities}).json()["capacities"]
    assert [one["role"]["en"] for one in changed] == ["Chair", "Member"]
    assert (changed[1]["id"], changed[1]["unit"]["en"]) == (example.capacity.public_id, "Legal")
    assert Capacity.objects.get(pk=example.capacity.pk).affiliation == example.affiliation  # of which nothing was said
    # one that a position names can't go
    refused = editor.patch(path, {"capacities": [{"id": changed[0]["id"]}]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/capacities"
    assert "other records refer to it" in refused.json()["errors"][0]["detail"]
    unknown = editor.patch(path, {"capacities": [{"id": "zzzzzzzz", "role": {"en": "x"}}]})
    assert unknown.json()["errors"][0]["pointer"] == "/capacities/0/id"


def test_a_debate_has_its_organizations_sources_and_notes_beside_it():
    example, editor = drafts(), program_of("editor")
    host = Organization.objects.exclude(pk=example.organization.pk).first()
    document = {
        "title": {"ko": "토론회", "source_language": "ko"},
        "venue": {"name": {"en": "Hall"}, "country": "KR"},
        "languages": ["ko", "en"],
        "organizations": [
            {"organization": host.slug, "role": "host"},
            {"organization": {"id": example.organization.slug}, "role": "subject"},
        ],
        "sources": [{"source": example.source.public_id, "role": "material"}],
        "notes": [{"about": "date", "text": {"en": "Not given."}}],
        "slug": "a-debate",
    }
    made = editor.post("/api/v1/debates/", document)
    shown = made.json()
    assert (shown["id"], shown["languages"], shown["venue"]["country"]) == ("a-debate", ["ko", "en"], "KR")
    assert [part["role"] for part in shown["organizations"]] == ["host", "subject"]
    assert [(use["source"]["id"], use["role"]) for use in shown["sources"]] == [(example.source.public_id, "material")]
    assert [note["text"]["en"] for note in shown["notes"]] == ["Not given."]
    assert Event.objects.get(slug="a-debate").source_language == "ko"

    swapped = editor.patch(path_of(made), {"organizations": shown["organizations"][::-1], "venue": {"country": None}})
    assert [part["role"] for part in swapped.json()["organizations"]] == ["subject", "host"]
    assert swapped.json()["venue"] == {**shown["venue"], "country": None}
    event = Event.objects.get(slug="a-debate")
    assert all(one.history.last().history_type == "+" for one in event.event_organizations.all())  # the same rows


def test_one_language_is_changed_by_itself_and_null_empties_it():
    example, editor = drafts(), program_of("editor")
    path = example.addresses["speakers"]
    changed = editor.patch(path, {"name": {"en": "Han Saram"}}).json()
    assert changed["name"] == {"en": "Han Saram", "ko": "한사람", "source_language": "en"}
    assert changed["id"] == example.speaker.slug  # an address that was given once stays
    assert editor.patch(path, {"name": {"ko": None}}).json()["name"]["ko"] is None
    assert editor.patch(path, {"note": None}).json()["note"] is None
    refused = editor.patch(path, {"name": None})
    assert refused.json()["errors"] == [{"pointer": "", "detail": "Fill in the text in at least one language."}]


def test_a_wording_is_put_right_or_another_begins_and_positions_stay_with_theirs():
    example, editor = drafts(), program_of("editor")
    path, first = example.addresses["propositions"], example.position.wording
    changed = editor.patch(path, {"text": {"ko": "데이터"}}).json()
    assert (changed["wording"], changed["text"]["ko"], len(changed["wordings"])) == (1, "데이터", 1)
    anew = editor.patch(path, {"new_wording": {"en": "Data should be free"}}).json()
    assert (anew["wording"], anew["text"]["en"], len(anew["wordings"])) == (2, "Data should be free", 2)
    assert Position.objects.get(pk=example.position.pk).wording == first
    position = example.addresses["positions"]
    moved = editor.patch(position, {"proposition": example.proposition.slug}).json()
    assert moved["proposition"]["wording"] == 2
    back = editor.patch(position, {"proposition": {"id": example.proposition.slug, "wording": 1}}).json()
    assert back["proposition"]["wording"] == 1
    unknown = editor.patch(position, {"proposition": {"id": example.proposition.slug, "wording": 7}}).json()
    assert unknown["errors"][0]["detail"] == f"The proposition '{example.proposition.slug}' has no wording 7."
    both = editor.patch(path, {"text": {"en": "x"}, "new_wording": {"en": "y"}})
    assert both.json()["errors"][0]["pointer"] == "/new_wording"


def test_an_address_is_made_from_the_name_and_a_former_one_leads_on():
    editor = program_of("reviewer")
    made = editor.post("/api/v1/organizations/", {"name": {"ko": "국회"}, "kind": "legislature"})
    assert made.json()["id"] == "gukhoe"
    worded = editor.post("/api/v1/propositions/", {"text": {"en": "Data should be taxed"}})
    assert worded.json()["id"] == "data-should-be-taxed"
    renamed = editor.patch(path_of(made), {"slug": "national-assembly"})
    assert renamed.json()["url"] == f"{SITE}/api/v1/organizations/national-assembly/"
    taken = editor.post("/api/v1/organizations/", {"name": {"en": "x"}, "slug": "national-assembly"})
    assert [error["pointer"] for error in taken.json()["errors"]] == ["/slug"]
    former = editor.patch(path_of(made), {"kind": "agency"}, etag=editor.get(path_of(made))["ETag"])
    assert former.json()["id"] == "national-assembly"


def test_nobody_takes_the_former_address_of_another_record(client, example):
    reviewer, contributor = program_of("reviewer"), program_of("contributor")
    former = example.topic.slug
    renamed = reviewer.patch(example.addresses["topics"], {"slug": "renamed", "reason": "Clearer."})
    assert renamed.status_code == 200
    topics = "/api/v1/topics/"
    assert errors_of(contributor.post(topics, {"slug": former, "name": {"en": "x"}})) == ["/slug"]
    draft = contributor.post(topics, {"name": {"en": "x"}})
    assert errors_of(contributor.patch(path_of(draft), {"slug": former})) == ["/slug"]
    assert client.get(f"{topics}{former}/")["Location"] == f"{SITE}/api/v1/topics/renamed/"
    back = reviewer.patch(f"{topics}renamed/", {"slug": former, "reason": "As it was."})
    assert (back.status_code, back.json()["id"]) == (200, former)


def errors_of(response):
    assert response.status_code == 422, response.content
    return [error["pointer"] for error in response.json()["errors"]]


def test_the_state_that_was_not_seen_is_not_overwritten_and_the_answer_shows_both():
    example, one, other = drafts(), program_of("editor"), program_of("editor")
    path = example.addresses["positions"]
    seen = one.get(path)["ETag"]
    assert other.patch(path, {"summary": {"en": "Theirs"}, "kind": "concern"}, etag=seen).status_code == 200
    stopped = one.patch(path, {"summary": {"en": "Mine"}, "stance": "supports"}, etag=seen)
    assert (stopped.status_code, stopped["Content-Type"]) == (412, PROBLEM)
    problem = stopped.json()
    assert problem["differences"] == [{"pointer": "/summary/en", "yours": "Mine", "now": "Theirs"}]
    assert problem["etag"] == one.get(path)["ETag"]
    assert one.patch(path, {"summary": {"en": "Mine"}}, etag=problem["etag"]).json()["summary"]["en"] == "Mine"
    assert one.delete(path, etag=seen).status_code == 412
    assert Position.objects.get(pk=example.position.pk).summary_en == "Mine"


def test_what_changes_elsewhere_does_not_stop_a_change():
    example, editor = drafts(), program_of("editor")
    seen = editor.get(example.addresses["topics"])["ETag"]
    editor.patch(example.addresses["speakers"], {"note": {"en": "Changed"}})
    PositionFactory()
    assert editor.patch(example.addresses["topics"], {"order": 3}, etag=seen).status_code == 200


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_whoever_does_not_say_what_they_saw_is_asked_to(method):
    example, editor = drafts(), program_of("editor")
    path = example.addresses["topics"]
    for headers in ({}, {"if_match": ""}, {"if_match": "*"}):
        response = editor.send(method, path, {}, **headers)
        assert (response.status_code, response["Content-Type"]) == (428, PROBLEM)
    etag = editor.get(path)["ETag"]
    for wrong in (f"W/{etag}", etag.strip('"'), '"x"', "nonsense, , W/"):
        assert editor.send(method, path, {}, if_match=wrong).status_code == 412
    several = editor.send("PATCH", path, {"order": 8}, if_match=f'"x", {etag[:-1]}-gzip"')
    assert several.status_code == 200


def test_a_change_that_waits_shows_what_it_would_change(example):
    contributor = program_of("contributor")
    path = example.addresses["positions"]
    other = CapacityFactory(appearance=example.appearance)
    document = {
        "summary": {"en": "Better"},
        "proposition": {"id": example.proposition.slug, "wording": 1},
        "capacities": [other.public_id],
        "reason": "Page 3.",
    }
    before = contributor.get(path).json()["summary"]["en"]
    shown = contributor.patch(path, document).json()
    changes = {one["pointer"]: (one["now"], one["proposed"]) for one in shown["changes"]}
    wording = {"id": example.proposition.slug, "wording": 1}
    assert changes == {
        "/summary/en": (before, "Better"),
        "/proposition": (wording, wording),
        "/capacities": ([example.capacity.public_id], [other.public_id]),
    }
    assert (shown["resource"], shown["reason"], shown["author"]) == ("positions", "Page 3.", contributor.owner.username)


def test_a_new_wording_of_a_published_proposition_waits(example):
    contributor, reviewer = program_of("contributor"), program_of("reviewer")
    path = example.addresses["propositions"]
    waiting = contributor.patch(path, {"new_wording": {"en": "Another text"}, "reason": "Reworded in the bill."})
    (change,) = waiting.json()["changes"]
    assert (change["pointer"], change["now"], change["proposed"]["en"]) == ("/new_wording", None, "Another text")
    assert reviewer.get(path).json()["wording"] == 1
    reviewer.post(f"{path_of(waiting)}accept/", {})
    assert reviewer.get(path).json()["text"]["en"] == "Another text"


def test_what_would_be_public_at_once_waits_and_has_its_address_once_accepted(example):
    contributor, reviewer = program_of("contributor"), program_of("reviewer")
    document = {**bodies(example)["evidence"], "reason": "Page 4."}
    waiting = contributor.post("/api/v1/evidence/", document)
    assert (waiting.status_code, waiting.json()["record"]) == (202, None)
    assert Evidence.objects.count() == 1
    accepted = reviewer.post(f"{path_of(waiting)}accept/", {}).json()
    assert reviewer.client.get(accepted["record"].removeprefix(SITE)).json()["locator"] == "¶ 4"


def test_a_conflict_on_acceptance_is_told_field_by_field_and_it_can_be_sent_back(example):
    contributor, reviewer = program_of("contributor"), program_of("reviewer")
    path = example.addresses["positions"]
    address = path_of(contributor.patch(path, {"stance": "neutral", "reason": "Read again."}))
    reviewer.patch(path, {"stance": "opposes", "reason": "Read again."})
    conflict = reviewer.post(f"{address}accept/", {})
    assert (conflict.status_code, conflict.json()["differences"]) == (
        409,
        [{"pointer": "/stance", "yours": "neutral", "now": "opposes"}],
    )
    speechless = reviewer.post(f"{address}send-back/", {})
    assert speechless.json()["errors"] == [{"pointer": "/comment", "detail": "Say why it is sent back."}]
    assert reviewer.post(f"{address}send-back/", {"comment": "It opposes."}).json()["state"] == "sent_back"
    assert contributor.get(address).json()["comment"] == "It opposes."
    assert reviewer.post(f"{address}accept/", {}).status_code == 409


def test_waiting_changes_are_read_by_their_author_and_by_those_who_decide(example):
    author, other, reviewer = program_of("contributor"), program_of("editor"), program_of("reviewer")
    waiting = author.patch(example.addresses["topics"], {"order": 4, "reason": "x"})
    address = path_of(waiting)
    assert author.get(address).json() == reviewer.get(address).json() == waiting.json()
    assert other.get(address).status_code == 404
    assert other.post(f"{address}accept/", {}).status_code == 404
    assert author.post(f"{address}accept/", {}).status_code == 403
    assert author.client.get(address).status_code == author.client.get("/api/v1/revisions/").status_code == 401
    found = {name: program.get("/api/v1/revisions/?state=waiting").json()["count"] for name, program in
             {"author": author, "other": other, "reviewer": reviewer}.items()}  # fmt: skip
    assert found == {"author": 1, "other": 0, "reviewer": 1}
    assert reviewer.get("/api/v1/revisions/?state=nonsense").status_code == 400


def test_a_reviewer_publishes_and_withdraws_and_says_why():
    example, reviewer = drafts(), program_of("reviewer")
    path = example.addresses["topics"]
    published = reviewer.patch(path, {"status": "published"})
    assert published.status_code == 200
    assert "status" not in published.json()  # as everybody reads it now
    assert reviewer.client.get(path)["ETag"] == published["ETag"]
    speechless = reviewer.patch(path, {"order": 5})
    assert speechless.json()["errors"] == [
        {"pointer": "/reason", "detail": "Say why: this changes something published."}
    ]
    unsaid = reviewer.patch(path, {"status": "withdrawn", "reason": "Twice."})
    assert unsaid.json()["errors"] == [{"pointer": "", "detail": "Say in a line why it is withdrawn."}]
    gone = reviewer.patch(path, {"status": "withdrawn", "withdrawn_because": "Twice.", "reason": "Twice."})
    assert (gone.json()["status"], gone.json()["withdrawn_because"]) == ("withdrawn", "Twice.")
    assert reviewer.client.get(path).status_code == 410
    assert reviewer.get(path).status_code == 200


def test_what_others_refer_to_is_not_deleted_and_they_are_named():
    example, editor = drafts(), program_of("editor")
    refused = editor.delete(example.addresses["propositions"])
    assert refused.status_code == 409
    named = {one["url"] for one in refused.json()["referrers"]}
    assert {f"{SITE}{example.addresses['positions']}"} <= named
    assert Proposition.objects.filter(pk=example.proposition.pk).exists()


def test_what_is_public_is_deleted_with_a_reason_in_the_address(example):
    reviewer, editor = program_of("reviewer"), program_of("editor")
    path = example.addresses["remarks"]
    assert editor.delete(f"{path}?reason=x").status_code == 403
    speechless = reviewer.delete(path)
    assert (speechless.status_code, speechless.json()["errors"][0]["parameter"]) == (400, "reason")
    assert reviewer.delete(f"{path}?why=x").status_code == 400
    assert reviewer.delete(f"{path}?reason=Withdrawn+by+the+speaker.").status_code == 204
    assert reviewer.get(path).status_code == 404


def test_a_draft_that_waits_for_its_speaker_can_be_made_from_nothing():
    """From an empty record to a position, as a program goes about it."""
    editor = program_of("editor")
    send = lambda resource, **document: editor.post(f"/api/v1/{resource}/", document).json()  # noqa: E731
    debate = send("debates", title={"en": "A hearing"}, date={"edtf": "XXXX-XX-12"})
    session = send("sessions", debate=debate["id"], order=1, kind="discussion")
    speaker = send("speakers", name={"en": "Kang Hoon"}, names=[{"text": "강훈", "language": "ko"}])
    capacity = {"organization_name": {"en": "Ministry"}, "role": {"en": "Director"}}
    appearance = send(
        "appearances", session=session["id"], speaker=speaker["id"], role="panellist", capacities=[capacity]
    )
    proposition = send("propositions", text={"en": "Data should be taxed"})
    source = send("sources", kind="minutes", title="Minutes")
    position = send(
        "positions",
        appearance=appearance["id"],
        proposition=proposition["id"],
        stance="conditional",
        condition={"en": "If small firms are spared"},
        kind="recommendation",
        summary={"en": "Would tax data"},
        evidence=[{"source": source["id"], "locator": "¶ 3"}],
        status="in_review",
    )
    assert (position["status"], position["speaker"]["id"]) == ("in_review", speaker["id"])
    assert [one["role"]["en"] for one in position["capacities"]] == ["Director"]
    assert position["date"]["edtf"] == "XXXX-XX-12"
    assert Person.objects.get().names.get().text == "강훈"
    assert not Appearance.objects.public().exists() and not Revision.objects.exists()


def test_who_only_sees_drafts_may_refer_to_them_too():
    editor, topic = program_of("editor"), TopicFactory(status=Status.DRAFT)
    made = editor.post("/api/v1/topics/", {"name": {"en": "Part"}, "parent": topic.slug})
    assert made.status_code == 201
