from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from debate.models import Appearance, Event
from debate.publishing import Status
from positions.models import Coding, CodingRound, CodingUnit, Position
from review.models import AuditEntry, Binned, Likeness, LookedThrough, Merge, NameKey, NotTheSame, Revision
from speakers.models import FormerAddress, Touch
from tests.editing.forms import address_of, as_sent
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EditorFactory,
    EventFactory,
    EvidenceFactory,
    PositionFactory,
    PropositionTopicFactory,
    SessionFactory,
)
from tests.review.people import person_as

pytestmark = pytest.mark.django_db

OURS = ("speakers", "debate", "positions", "review")
PARTS = {  # edited inside the record they belong to
    "EventOrganization", "EventSource", "EditorialNote", "EventRelation", "PropositionTopic", "PositionCapacity",
    "RoundCoder",
}  # fmt: skip
ON_SCREENS_OF_THEIR_OWN = {Touch, Binned, Merge, NotTheSame, Likeness, NameKey, LookedThrough}
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical") and model not in ON_SCREENS_OF_THEIR_OWN
]
NEVER_ADDED_BY_HAND = {AuditEntry, FormerAddress, Revision, Coding, CodingRound, CodingUnit}
EDITED = [model for model in MODELS if model.__name__ not in PARTS]


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


def _fill(rows):
    for _row in range(rows):
        appearance = CapacityFactory().appearance
        position = PositionFactory(appearance=appearance)
        PropositionTopicFactory(proposition=position.proposition)
        EvidenceFactory(position=position)


def test_every_record_can_be_edited():
    edited = set(admin.site._registry)
    inlined = {inline.model for registered in admin.site._registry.values() for inline in registered.inlines}
    assert set(MODELS) <= edited | inlined


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_lists_run_the_same_queries_at_any_size_and_can_be_searched(editor, model, django_assert_max_num_queries):
    _fill(12)
    with django_assert_max_num_queries(9):  # session, user, list, its count, and what filters offer
        response = editor.get(address_of(model, "changelist"))
    assert response.status_code == 200
    if admin.site._registry[model].search_fields:
        found = editor.get(address_of(model, "changelist"), {"q": "nothing is called this"})
        assert found.context["cl"].result_count == 0


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_forms_and_histories_open_and_offer_no_list_without_end(editor, model):
    _fill(3)
    AppearanceFactory(session=SessionFactory())
    for record in model._default_manager.all()[:1]:
        form = editor.get(address_of(model, "change", record.pk))
        assert form.status_code == 200
        assert form.content.count(b"<option") < 400
        assert editor.get(address_of(model, "history", record.pk)).status_code == 200
    adding = editor.get(address_of(model, "add"))
    assert adding.status_code == (403 if model in NEVER_ADDED_BY_HAND else 200)


def test_an_edited_summary_is_kept_with_who_and_why(editor):
    position = EvidenceFactory().position
    address = address_of(Position, "change", position.pk)
    data = as_sent(editor.get(address)) | {"summary_en": "As corrected", "why": "Misread the minutes."}
    response = editor.post(address, data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    position.refresh_from_db()
    assert (position.summary_en, position.is_public, position.revision) == ("As corrected", True, 2)
    latest, first = position.history.all()
    assert latest.history_user.username.startswith("editor")
    assert first.summary_en.startswith("Asks for measure")
    assert latest.history_change_reason == "Misread the minutes."


@pytest.mark.parametrize("size", [1, 12])
def test_the_form_of_a_debate_runs_the_same_queries_at_any_size(editor, size, django_assert_num_queries):
    session = SessionFactory()
    for _row in range(size):
        AppearanceFactory(session=session)
    address = address_of(Event, "change", session.event.pk)
    editor.get(address)  # content types are read once a process
    with django_assert_num_queries(11):
        editor.get(address)


def test_a_mistake_is_explained_at_its_field_and_nothing_is_saved(editor):
    event = EventFactory()
    address = address_of(Event, "change", event.pk)
    response = editor.post(address, as_sent(editor.get(address)) | {"date": "12 Feb"})
    assert response.status_code == 200
    assert "Write for example" in str(response.context["adminform"].form.errors["date"])
    event.refresh_from_db()
    assert (event.date, event.revision) == ("2025-02-12", 1)


def test_a_programme_is_edited_within_its_debate(editor):
    session = SessionFactory()
    appearance = AppearanceFactory(session=session)
    elsewhere = AppearanceFactory()
    address = address_of(Event, "change", session.event.pk)
    page = editor.get(address)
    assert list(page.context["inline_admin_formsets"][2].formset.queryset) == [appearance]
    assert str(elsewhere.session.pk) not in {
        str(value)
        for value, _label in page.context["inline_admin_formsets"][2].formset.forms[0].fields["session"].choices
    }
    data = as_sent(page) | {
        "why": "The programme names them.",
        "appearances-TOTAL_FORMS": 2,
        "appearances-0-role": "moderator",
        "appearances-1-session": session.pk,
        "appearances-1-label": "a member of the audience",
        "appearances-1-role": "questioner",
        "appearances-1-order": 2,
    }
    response = editor.post(address, data)
    assert response.status_code == 302, [
        formset.formset.errors for formset in response.context["inline_admin_formsets"]
    ]
    assert list(Appearance.objects.filter(session=session).in_order().values_list("role", "label")) == [
        ("moderator", ""),
        ("questioner", "a member of the audience"),
    ]


def test_an_appearance_can_not_be_put_into_another_debates_session(editor):
    appearance, elsewhere = AppearanceFactory(), SessionFactory()
    address = address_of(Event, "change", appearance.session.event.pk)
    response = editor.post(address, as_sent(editor.get(address)) | {"appearances-0-session": elsewhere.pk})
    assert response.status_code == 200
    appearance.refresh_from_db()
    assert appearance.session != elsewhere


def test_strangers_are_asked_to_log_in(client):
    response = client.get(reverse("admin:index"))
    assert response.status_code == 302
    assert reverse("admin:login") in response.url


@pytest.fixture
def contributor(client):
    client.force_login(person_as("contributor", is_staff=True))
    return client


def test_a_contributor_changes_drafts_and_never_publishes(contributor):
    draft = PositionFactory(status=Status.DRAFT)
    address = address_of(Position, "change", draft.pk)
    page = contributor.get(address)
    saved = contributor.post(address, as_sent(page) | {"summary_en": "Better", "status": "published"})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert (draft.summary_en, draft.status) == ("Better", Status.DRAFT)


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer"])
def test_a_form_shows_the_state_and_leads_to_the_steps_but_changes_it_for_nobody(client, role):
    event = EventFactory(status=Status.IN_REVIEW)
    client.force_login(person_as(role, is_staff=True))
    page = client.get(address_of(Event, "change", event.pk))
    assert "status" not in page.context["adminform"].form.fields
    assert reverse("editing:review-record", args=["debate", event.pk]) in page.text
    assert reverse("editing:publish", args=[event.slug]) in page.text
