from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from debate.models import Appearance, Event
from debate.publishing import Status
from positions.models import Coding, CodingRound, CodingUnit, Evidence, Position, Remark
from review.models import AuditEntry, Revision
from speakers.models import FormerAddress, Touch
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EditorFactory,
    EventFactory,
    EvidenceFactory,
    PositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    SourceFactory,
)
from tests.review.people import person_as

pytestmark = pytest.mark.django_db

OURS = ("speakers", "debate", "positions", "review")
PARTS = {  # edited inside the record they belong to
    "EventOrganization", "EventSource", "EditorialNote", "EventRelation", "PropositionTopic", "PositionCapacity",
    "RoundCoder",
}  # fmt: skip
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical") and model is not Touch
]
NEVER_ADDED_BY_HAND = {AuditEntry, FormerAddress, Revision, Coding, CodingRound, CodingUnit}
EDITED = [model for model in MODELS if model.__name__ not in PARTS]


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


def _address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


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
        response = editor.get(_address(model, "changelist"))
    assert response.status_code == 200
    if admin.site._registry[model].search_fields:
        found = editor.get(_address(model, "changelist"), {"q": "nothing is called this"})
        assert found.context["cl"].result_count == 0


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_forms_and_histories_open_and_offer_no_list_without_end(editor, model):
    _fill(3)
    AppearanceFactory(session=SessionFactory())
    for record in model._default_manager.all()[:1]:
        form = editor.get(_address(model, "change", record.pk))
        assert form.status_code == 200
        assert form.content.count(b"<option") < 400
        assert editor.get(_address(model, "history", record.pk)).status_code == 200
    adding = editor.get(_address(model, "add"))
    assert adding.status_code == (403 if model in NEVER_ADDED_BY_HAND else 200)


def _form_data(response):
    """What a browser would send back for the form and its inlines."""
    data = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def test_an_edited_summary_is_kept_and_the_old_one_is_in_its_history(editor):
    position = EvidenceFactory().position
    address = _address(Position, "change", position.pk)
    data = _form_data(editor.get(address)) | {"summary_en": "As corrected"}
    response = editor.post(address, data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    position.refresh_from_db()
    assert (position.summary_en, position.is_public, position.revision) == ("As corrected", True, 2)
    latest, first = position.history.all()
    assert latest.history_user.username.startswith("editor")
    assert first.summary_en.startswith("Asks for measure")
    assert first.summary_en in editor.get(_address(Position, "history", position.pk) + f"{first.history_id}/").text


@pytest.mark.parametrize("size", [1, 12])
def test_the_form_of_a_debate_runs_the_same_queries_at_any_size(editor, size, django_assert_num_queries):
    session = SessionFactory()
    for _row in range(size):
        AppearanceFactory(session=session)
    address = _address(Event, "change", session.event.pk)
    editor.get(address)  # content types are read once a process
    with django_assert_num_queries(10):
        editor.get(address)


def test_a_mistake_is_explained_at_its_field_and_nothing_is_saved(editor):
    event = EventFactory()
    address = _address(Event, "change", event.pk)
    response = editor.post(address, _form_data(editor.get(address)) | {"date": "12 Feb", "status": "withdrawn"})
    assert response.status_code == 200
    assert "Write for example" in str(response.context["adminform"].form.errors["date"])
    assert "Say in a line why it is withdrawn." in response.text
    event.refresh_from_db()
    assert (event.date, event.revision) == ("2025-02-12", 1)


def test_a_programme_is_edited_within_its_debate(editor):
    session = SessionFactory()
    appearance = AppearanceFactory(session=session)
    elsewhere = AppearanceFactory()
    address = _address(Event, "change", session.event.pk)
    page = editor.get(address)
    assert list(page.context["inline_admin_formsets"][2].formset.queryset) == [appearance]
    assert str(elsewhere.session.pk) not in {
        str(value)
        for value, _label in page.context["inline_admin_formsets"][2].formset.forms[0].fields["session"].choices
    }
    data = _form_data(page) | {
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
    address = _address(Event, "change", appearance.session.event.pk)
    response = editor.post(address, _form_data(editor.get(address)) | {"appearances-0-session": elsewhere.pk})
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


def test_a_contributor_sees_what_is_public_and_changes_drafts(contributor):
    position = EvidenceFactory().position
    for record in (position, position.evidence.get(), position.appearance, position.appearance.session.event):
        address = _address(type(record), "change", record.pk)
        assert contributor.get(address).status_code == 200
        assert contributor.post(address, {}).status_code == 403
    draft = PositionFactory(status=Status.DRAFT)
    address = _address(Position, "change", draft.pk)
    page = contributor.get(address)
    assert [value for value, _label in page.context["adminform"].form.fields["status"].choices] == ["draft"]
    saved = contributor.post(address, _form_data(page) | {"summary_en": "Better"})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert draft.summary_en == "Better"
    assert contributor.post(address, _form_data(page) | {"status": "published"}).status_code == 200
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_contributor_adds_nothing_that_would_be_public_at_once(contributor):
    position = PositionFactory()
    page = contributor.get(_address(Evidence, "add"))
    data = _form_data(page) | {"position": position.pk, "source": SourceFactory().pk, "locator": "¶ 2"}
    assert contributor.post(_address(Evidence, "add"), data).status_code == 403
    assert not Evidence.objects.exists()
    assert contributor.get(_address(Remark, "add")).status_code == 403


def test_an_editor_sends_to_review_and_a_reviewer_publishes(client):
    draft = PositionFactory(status=Status.DRAFT)
    address = _address(Position, "change", draft.pk)
    for role, offered in (("editor", ["draft", "in_review"]), ("reviewer", Status.values)):
        client.force_login(person_as(role, is_staff=True))
        page = client.get(address)
        assert [value for value, _label in page.context["adminform"].form.fields["status"].choices] == offered
        assert client.post(address, _form_data(page) | {"status": offered[-1 if role == "editor" else 2]})
    draft.refresh_from_db()
    assert draft.is_public
