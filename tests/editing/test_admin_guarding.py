"""What the admin's own forms save goes through `review`: by whom, why, from which version, and whether it waits."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from debate.models import Appearance, Capacity, Event, Session, Source
from debate.publishing import Status
from editing.guarding.records import GuardedAdmin
from positions.models import Evidence, Position
from review.changing import change
from review.deciding import accept
from review.models import Revision
from review.roles import Author
from speakers.admin import RecordAdmin
from speakers.models import Name, Person
from tests.editing.forms import address_of, as_sent
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EditorFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    SourceFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


@pytest.fixture
def contributor(client):
    client.force_login(person_as("contributor", is_staff=True))
    return client


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def errors(response):
    form = response.context["adminform"].form
    return {name: list(several) for name, several in form.errors.items()}


def save(client, record, page=None, **typed):
    """What a browser would send, with some of it typed over."""
    address = address_of(type(record), "change", record.pk)
    return client.post(address, as_sent(page or client.get(address)) | typed)


def test_every_form_of_a_record_is_guarded():
    for registered in admin.site._registry.values():
        assert isinstance(registered, GuardedAdmin) == isinstance(registered, RecordAdmin)


# --- who, and why --------------------------------------------------------------------------------------


def test_what_is_public_changes_with_a_reason_only(editor):
    position = PositionFactory(summary_en="First")
    refused = save(editor, position, summary_en="Second")
    assert errors(refused) == {"why": ["Say why: this changes something published."]}
    assert refused.context["adminform"].form["summary_en"].value() == "Second"
    assert fresh(position).summary_en == "First"
    assert save(editor, position, summary_en="Second", why="Misread.").status_code == 302
    assert position.history.first().history_change_reason == "Misread."
    assert fresh(position).summary_en == "Second"


def test_a_draft_changes_without_a_reason(editor):
    draft = PositionFactory(status=Status.DRAFT)
    assert save(editor, draft, summary_en="Second").status_code == 302
    assert fresh(draft).summary_en == "Second"


def test_a_record_and_its_rows_are_one_change(editor):
    evidence = EvidenceFactory(locator="¶ 1", position__status=Status.DRAFT)
    position = evidence.position
    saved = save(
        editor, position, summary_en="Second", why="Read again.",
        **{"evidence-0-locator": "¶ 2", "evidence-TOTAL_FORMS": 2, "evidence-1-source": evidence.source_id,
           "evidence-1-locator": "¶ 7", "evidence-1-position": position.pk},
    )  # fmt: skip
    assert saved.status_code == 302
    assert list(position.evidence.values_list("locator", flat=True)) == ["¶ 2", "¶ 7"]
    assert fresh(position).revision == 2
    assert {row.history_change_reason for row in Evidence.history.filter(revision=2)} == {"Read again."}


def test_a_mistake_in_a_row_saves_nothing_of_the_record(editor):
    evidence = EvidenceFactory(position__status=Status.DRAFT)
    refused = save(editor, evidence.position, summary_en="Second", **{"evidence-0-locator": "somewhere"})
    assert refused.status_code == 200
    assert fresh(evidence.position).summary_en != "Second"


def test_what_only_the_writer_refuses_is_told_at_its_row(editor):
    """A row of another appearance's capacity is found by the record's own check of its rows."""
    capacity = CapacityFactory()
    position = PositionFactory(appearance=capacity.appearance, status=Status.DRAFT)
    sent = {"capacity_choices-TOTAL_FORMS": 1, "capacity_choices-0-position": position.pk}
    refused = save(editor, position, **sent, **{"capacity_choices-0-capacity": CapacityFactory().pk})
    formset = next(
        one.formset for one in refused.context["inline_admin_formsets"] if one.formset.prefix == "capacity_choices"
    )
    assert formset.forms[0].errors == {"capacity": ["This capacity is of another appearance."]}


def test_adding_goes_the_same_way(editor):
    data = as_sent(editor.get(address_of(Person, "add"))) | {"name_en": "Han Person", "slug": "", "why": "Named there."}
    saved = editor.post(address_of(Person, "add"), data)
    assert saved.status_code == 302, saved.context["errors"]
    person = Person.objects.get()
    assert (person.slug, person.history.get().history_change_reason) == ("han-person", "Named there.")
    assert LogEntry.objects.get().object_id == str(person.pk)


def test_what_the_address_fills_in_is_saved_too(editor):
    position = PositionFactory(status=Status.DRAFT)
    address = address_of(Evidence, "add") + f"?position={position.pk}"
    data = as_sent(editor.get(address)) | {"source": SourceFactory().pk, "locator": "¶ 3"}
    assert editor.post(address, data).status_code == 302
    assert Evidence.objects.get().position == position


def test_a_popup_hands_over_what_was_added(editor):
    data = as_sent(editor.get(address_of(Person, "add") + "?_popup=1")) | {"name_en": "Han Person", "_popup": "1"}
    answer = editor.post(address_of(Person, "add") + "?_popup=1", data)
    assert answer.templates[0].name == "admin/popup_response.html"
    assert f"&quot;value&quot;: &quot;{Person.objects.get().pk}&quot;" in answer.text


def test_nothing_is_saved_as_new_where_that_is_not_offered(editor):
    position = PositionFactory()
    assert save(editor, position, _saveasnew="1").status_code == 400
    assert Position.objects.count() == 1


def test_line_breaks_stay_as_the_text_has_them(editor):
    source = SourceFactory(text="  One.\n\nTwo.\n")
    page = editor.get(address_of(Source, "change", source.pk))
    before = fresh(source).text_hash
    typed = source.text.replace("\n", "\r\n")
    assert save(editor, source, page, text=typed, publisher="A paper").status_code == 302
    assert (fresh(source).text_hash, fresh(source).publisher) == (before, "A paper")


# --- waiting ---------------------------------------------------------------------------------------------


def test_a_contributors_edit_of_what_is_public_waits_and_changes_nothing(contributor):
    evidence = EvidenceFactory(locator="¶ 1")
    position = evidence.position
    old = position.summary_en
    typed = {"summary_en": "Better", "evidence-0-locator": "¶ 2"}
    assert "why" in errors(save(contributor, position, **typed))
    answer = save(contributor, position, **typed, why="Misread.")
    waiting = Revision.objects.get()
    assert (waiting.record, waiting.comment, waiting.base_revision) == (position, "Misread.", 1)
    assert waiting.values == {"summary_en": "Better", "evidence": [{"pk": evidence.pk, "locator": "¶ 2"}]}
    assert (fresh(position).summary_en, fresh(position).revision, fresh(evidence).locator) == (old, 1, "¶ 1")
    assert not LogEntry.objects.exists()
    told = contributor.get(answer.url).text
    assert "waits for somebody who may publish" in told
    assert reverse("editing:review-change", args=[waiting.pk]) in told
    accept(waiting, author_as("reviewer"))
    assert (fresh(position).summary_en, fresh(evidence).locator) == ("Better", "¶ 2")
    assert position.history.first().history_user == waiting.author


def test_a_form_says_what_waits(contributor):
    position = PositionFactory()
    save(contributor, position, summary_en="Better", why="Misread.")
    page = contributor.get(address_of(Position, "change", position.pk))
    (waiting,) = page.context["waiting_changes"]
    assert reverse("editing:review-change", args=[waiting.pk]) in page.text
    assert "A change of this record waits" in page.text
    assert "waits for a decision" not in contributor.get(address_of(Position, "change", PositionFactory().pk)).text


def test_a_form_says_what_waits_of_its_rows_and_of_new_ones(contributor):
    evidence, by = EvidenceFactory(), author_as("contributor")
    new = {"position": evidence.position_id, "source": evidence.source_id, "locator": "¶ 3"}
    waiting = [
        change(evidence, {"locator": "¶ 2"}, by, reason="Counted again.").waiting,
        change(Evidence(), new, by, reason="It is there, too.").waiting,
    ]
    change(Evidence(), new | {"position": PositionFactory().pk}, by, reason="Of another.")
    page = contributor.get(address_of(Position, "change", evidence.position_id))
    assert page.context["waiting_changes"] == waiting[::-1]


def test_a_status_is_never_proposed(contributor):
    position = PositionFactory()
    page = contributor.get(address_of(Position, "change", position.pk))
    assert "status" not in page.context["adminform"].form.fields
    assert "The status: only who may publish changes it." in page.text
    save(contributor, position, page, status="draft", summary_en="Better", why="Misread.")
    assert Revision.objects.get().values == {"summary_en": "Better"}


def test_what_was_withdrawn_is_only_seen(contributor):
    withdrawn = PositionFactory(status=Status.WITHDRAWN, withdrawn_because="Once.", withdrawn_at="2026-01-01T00:00Z")
    address = address_of(Position, "change", withdrawn.pk)
    assert contributor.get(address).status_code == 200
    assert contributor.post(address, {}).status_code == 403


def test_what_is_new_and_would_be_public_at_once_waits(contributor):
    position = PositionFactory()
    data = as_sent(contributor.get(address_of(Evidence, "add")))
    data |= {"position": position.pk, "source": SourceFactory().pk, "locator": "¶ 2", "why": "It is there, too."}
    assert contributor.post(address_of(Evidence, "add"), data).status_code == 302
    assert not Evidence.objects.exists()
    waiting = Revision.objects.get()
    assert (waiting.record, waiting.values["locator"]) == (None, "¶ 2")
    popup = contributor.post(address_of(Evidence, "add") + "?_popup=1", data | {"_popup": "1"})
    assert "You can close this window." in popup.text


def test_who_appeared_in_a_public_debate_waits_one_by_one(contributor):
    appearance = AppearanceFactory(role="panellist")
    event = appearance.session.event
    page = contributor.get(address_of(Event, "change", event.pk))
    assert "Appearances: each row that you change waits as a change of its own." in page.text
    typed = {
        "title_en": "Better", "why": "As in the programme.", "appearances-0-role": "moderator",
        "appearances-TOTAL_FORMS": 2, "appearances-1-session": appearance.session_id, "appearances-1-order": 2,
        "appearances-1-label": "somebody", "appearances-1-role": "questioner",
    }  # fmt: skip
    assert save(contributor, event, page, **typed).status_code == 302
    proposed = {(one.content_type.model, one.object_id) for one in Revision.objects.all()}
    assert proposed == {("event", event.pk), ("appearance", appearance.pk), ("appearance", None)}
    assert fresh(appearance).role == "panellist"


def test_somebody_who_may_do_nothing_is_not_let_in(client):
    client.force_login(person_as("", is_staff=True))
    assert client.get(address_of(Position, "change", PositionFactory().pk)).status_code == 403


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_who_may_publish_saves_at_once_and_others_wait(client, role):
    client.force_login(person_as(role, is_staff=True))
    person = CapacityFactory().appearance.person
    assert save(client, person, note_en="A note", why="Useful.").status_code == 302
    assert (fresh(person).note_en, Revision.objects.exists()) == (
        ("A note", False) if role == "reviewer" else ("", True)
    )


def test_a_session_in_which_somebody_appears_is_not_lost_with_a_tick(editor):
    appearance = AppearanceFactory()
    event = appearance.session.event
    refused = save(editor, event, why="Never took place.", **{"sessions-0-DELETE": "on"})
    assert "Delete it on its own page" in refused.text
    assert Session.objects.exists() and Appearance.objects.exists()


# --- two at once -------------------------------------------------------------------------------------------


def other(record, why="Also looked.", **values):
    change(record, values, Author(EditorFactory()), reason=why)


def contests(response):
    return {one.name: (one.before, one.yours, one.now, one.state) for one in response.context["conflict"].contests}


def conflicting(response):
    """What the page of a conflict would send, without an answer."""
    asked = [one.name for one in response.context["conflict"].asked]
    began = {"_seen_before": response.context["seen_before"]}
    return as_sent(response) | began | {"_asked": asked}


def test_a_second_save_is_stopped_and_shows_all_three_versions(editor):
    position = PositionFactory(summary_en="First", summary_ko="처음", stance="supports", status=Status.DRAFT)
    address = address_of(Position, "change", position.pk)
    page = editor.get(address)
    other(position, summary_en="Theirs", stance="neutral")
    stopped = save(editor, position, page, summary_en="Mine", summary_ko="내 것")
    assert contests(stopped) == {
        "summary_en": ("First", "Mine", "Theirs", "both"),
        "summary_ko": ("처음", "내 것", "처음", "yours"),
        "stance": ("supports", "supports", "takes no side", "theirs"),
    }
    assert "Also looked." in stopped.text
    form = stopped.context["adminform"].form
    assert [form[name].value() for name in ("summary_en", "summary_ko", "stance")] == ["Mine", "내 것", "neutral"]
    assert (fresh(position).summary_en, fresh(position).summary_ko) == ("Theirs", "처음")


@pytest.mark.parametrize(("answer", "stands"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_the_editor_chooses_and_saves_again(editor, answer, stands):
    position = PositionFactory(summary_en="First", status=Status.DRAFT)
    page = editor.get(address_of(Position, "change", position.pk))
    other(position, summary_en="Theirs", stance="neutral")
    sent = conflicting(save(editor, position, page, summary_en="Mine", summary_ko="내 것"))
    address = address_of(Position, "change", position.pk)
    unanswered = editor.post(address, sent)
    assert "Choose, for each field" in unanswered.text
    assert contests(unanswered)["summary_en"] == ("First", "Mine", "Theirs", "both")
    assert editor.post(address, conflicting(unanswered) | {"_take-summary_en": answer}).status_code == 302
    saved = fresh(position)
    assert (saved.summary_en, saved.summary_ko, saved.stance) == (stands, "내 것", "neutral")


def test_who_chose_is_stopped_again_by_a_third(editor):
    position = PositionFactory(summary_en="First", status=Status.DRAFT)
    page = editor.get(address_of(Position, "change", position.pk))
    other(position, summary_en="Theirs")
    sent = conflicting(save(editor, position, page, summary_en="Mine"))
    other(position, summary_en="Of a third")
    again = editor.post(address_of(Position, "change", position.pk), sent | {"_take-summary_en": "mine"})
    assert contests(again)["summary_en"] == ("Theirs", "Mine", "Of a third", "both")
    assert fresh(position).summary_en == "Of a third"


def test_a_row_that_was_changed_by_itself_is_not_overwritten(editor):
    """As the coding screen changes evidence, which leaves the revision of its position as it was."""
    evidence = EvidenceFactory(locator="¶ 1", position__status=Status.DRAFT)
    page = editor.get(address_of(Position, "change", evidence.position_id))
    other(evidence, locator="¶ 8")
    stopped = save(editor, evidence.position, page, **{"evidence-0-locator": "¶ 2"})
    assert contests(stopped) == {"evidence-0-locator": ("¶ 1", "¶ 2", "¶ 8", "both")}
    assert fresh(evidence).locator == "¶ 8"
    answered = conflicting(stopped) | {"_take-evidence-0-locator": "mine"}
    assert editor.post(address_of(Position, "change", evidence.position_id), answered).status_code == 302
    assert fresh(evidence).locator == "¶ 2"


def test_a_row_that_somebody_added_meanwhile_stays(editor):
    evidence = EvidenceFactory(locator="¶ 1", position__status=Status.DRAFT)
    page = editor.get(address_of(Position, "change", evidence.position_id))
    added = EvidenceFactory(position=evidence.position, locator="¶ 5")
    assert save(editor, evidence.position, page, **{"evidence-0-locator": "¶ 2"}).status_code == 302
    assert (fresh(evidence).locator, fresh(added).locator) == ("¶ 2", "¶ 5")


def test_of_a_row_that_was_deleted_meanwhile_what_was_typed_is_kept(editor):
    position = PositionFactory(status=Status.DRAFT)
    changed, left = EvidenceFactory(position=position), EvidenceFactory(position=position)
    page = editor.get(address_of(Position, "change", position.pk))
    changed.delete()
    left.delete()
    stopped = save(editor, position, page, **{"evidence-0-locator": "¶ 44"})
    assert len(stopped.context["conflict"].notes) == 2
    (formset,) = (one.formset for one in stopped.context["inline_admin_formsets"] if one.formset.prefix == "evidence")
    assert [form["locator"].value() for form in formset.forms] == ["¶ 44"]
    assert editor.post(address_of(Position, "change", position.pk), conflicting(stopped)).status_code == 302
    assert position.evidence.get().locator == "¶ 44"


def test_to_delete_a_row_that_others_changed_is_asked_about(editor):
    evidence = EvidenceFactory(locator="¶ 1", position__status=Status.DRAFT)
    address = address_of(Position, "change", evidence.position_id)
    page = editor.get(address)
    other(evidence, locator="¶ 8")
    stopped = save(editor, evidence.position, page, **{"evidence-0-DELETE": "on"})
    assert contests(stopped)["evidence-0-DELETE"] == ("", "deleted", "changed", "both")
    assert "checked" in str(next(
        one.formset.forms[0]["DELETE"] for one in stopped.context["inline_admin_formsets"]
        if one.formset.prefix == "evidence"
    ))  # fmt: skip
    assert editor.post(address, conflicting(stopped) | {"_take-evidence-0-DELETE": "theirs"}).status_code == 302
    assert fresh(evidence).locator == "¶ 8"


def test_an_appearance_changed_beside_the_programme_is_not_overwritten(editor):
    appearance = AppearanceFactory(session__event__status=Status.DRAFT, role="panellist")
    event = appearance.session.event
    page = editor.get(address_of(Event, "change", event.pk))
    other(appearance, role="chair")
    stopped = save(editor, event, page, **{"appearances-0-role": "moderator"})
    assert contests(stopped) == {"appearances-0-role": ("panellist", "moderator", "chair", "both")}


def test_what_was_typed_into_a_record_that_was_deleted_can_be_added_anew(editor):
    person = PersonFactory(name_en="Han", slug="han")
    Name.objects.create(person=person, text="Old Han")
    page = editor.get(address_of(Person, "change", person.pk))
    sent = as_sent(page) | {"note_en": "Typed for an hour"}
    address = address_of(Person, "change", person.pk)
    person.delete()
    stopped = editor.post(address, sent)
    assert "save it to add it anew" in stopped.text
    assert f'action="{address_of(Person, "add")}"' in stopped.text
    saved = editor.post(address_of(Person, "add"), as_sent(stopped))
    assert saved.status_code == 302, saved.context["errors"]
    again = Person.objects.get()
    assert (again.note_en, again.names.get().text) == ("Typed for an hour", "Old Han")


def test_who_does_not_say_what_they_saw_overwrites_nothing(editor):
    position = PositionFactory(summary_en="First", status=Status.DRAFT)
    for seen in ("", "{", '{"revision": "x", "rows": 3}', '{"revision": 99, "rows": {}}'):
        stopped = save(editor, position, summary_en="Mine", _seen=seen)
        assert contests(stopped)["summary_en"] == ("", "Mine", "First", "both")
    assert fresh(position).summary_en == "First"


def test_after_a_mistake_the_version_seen_first_still_counts(editor):
    event = EventFactory(title_en="First", status=Status.DRAFT)
    page = editor.get(address_of(Event, "change", event.pk))
    mistaken = save(editor, event, page, title_en="Mine", date="12 Feb")
    other(event, title_en="Theirs")
    stopped = save(editor, event, mistaken, date="2025")
    assert contests(stopped)["title_en"] == ("First", "Mine", "Theirs", "both")


def test_the_browser_is_told_whose_draft_was_saved_and_of_no_other(editor):
    position = PositionFactory(status=Status.DRAFT)
    assert "drafts_done" not in save(editor, position, date="x", summary_en="", _draft="abc1").cookies
    assert save(editor, position, summary_en="Second", _draft="abc2").cookies["drafts_done"].value == "abc2"
    assert save(editor, position, summary_en="Third", _draft="abc3").cookies["drafts_done"].value == "abc2.abc3"
    assert save(editor, position, summary_en="Fourth", _draft="a;b").cookies.get("drafts_done") is None


@pytest.mark.parametrize("rows", [1, 10])
def test_saving_asks_no_more_of_the_database_for_more_rows(editor, rows, django_assert_max_num_queries):
    appearance = CapacityFactory(appearance__session__event__status=Status.DRAFT).appearance
    for _row in range(rows - 1):
        CapacityFactory(appearance=appearance)
    page = editor.get(address_of(Appearance, "change", appearance.pk))
    with django_assert_max_num_queries(47):
        assert save(editor, appearance, page, name_as_printed="Han").status_code == 302
    assert Capacity.objects.count() == rows


def test_words_are_there_for_a_superuser_everywhere(editor):
    organization = OrganizationFactory()
    assert save(editor, organization, name_en="Another name", _continue="1").url.endswith("/change/")
    assert fresh(organization).name_en == "Another name"
