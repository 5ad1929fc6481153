from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from debate.models import Event
from editing.dossiers import uploads
from exchange.dossier import source
from exchange.dossier.load import load_document
from review.models import Act, AuditEntry
from tests.exchange.conftest import BUNDLED
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
SLUG = "deepsec-and-koreas-path-in-ai"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def reviewer(client):
    client.force_login(person_as("reviewer", is_staff=True))
    return client


@pytest.fixture
def text():
    return BUNDLED.read_text(encoding="utf-8")


def send(client, text, **more):
    file = io.BytesIO(text.encode())
    file.name = "debate.yaml"
    return client.post(reverse("editing:dossiers"), {"file": file, **more})


def load(client, preview):
    return client.post(preview.wsgi_request.get_full_path(), {"fingerprint": preview.context["fingerprint"]})


def test_a_dossier_is_seen_before_it_is_loaded(reviewer, text):
    preview = reviewer.get(send(reviewer, text).url)
    assert "positions 31" in preview.text
    assert Event.objects.count() == 0
    answer = load(reviewer, preview)
    event = Event.objects.get(slug=SLUG)
    assert answer.url == reverse("admin:debate_event_change", args=[event.pk])
    assert event.history.get().history_change_reason == f"dossier {SLUG}"
    assert AuditEntry.objects.get(act=Act.IMPORT).about == f"{SLUG}: dossier, 238 added, 0 changed"
    assert "There is nothing to do" in reviewer.get(send(reviewer, text).url).text


def test_what_changes_and_what_is_missing_is_told(reviewer, text):
    load_document(source.parse(text))
    changed = text.replace("stance: opposes", "stance: neutral", 1)
    assert changed != text
    preview = reviewer.get(send(reviewer, changed).url)
    assert preview.context["changed"]["count"] == 1
    assert str(preview.context["changed"]["shown"][0]).endswith("(stance)")
    assert preview.context["missing"]["count"] == 0


def test_all_problems_are_told_with_line_and_column(reviewer, text):
    broken = text.replace("stance: opposes", "stance: maybe", 1).replace("kind: assessment", "kind: wish", 1)
    answer = reviewer.get(send(reviewer, broken).url)
    assert answer.status_code == 400
    assert len(answer.context["problems"]) == 2
    assert all(problem.line and problem.column for problem in answer.context["problems"])
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    "bomb", ["a: &a [x, x]\nb: [*a, *a]\n", "a: " + "[" * 500, "\x00", "", "a: !!python/object:x {}"]
)
def test_what_grows_or_makes_objects_is_refused(reviewer, bomb):
    answer = reviewer.get(send(reviewer, bomb).url)
    assert answer.status_code == 400
    assert answer.context["problems"]


def test_a_dossier_that_is_too_large_is_not_kept(reviewer, tmp_path):
    answer = send(reviewer, "a" * (uploads.MAX_BYTES + 1))
    assert (answer.status_code, "larger than 4 MB" in answer.text) == (400, True)
    assert not list(tmp_path.glob("imports/*/*"))
    assert reviewer.post(reverse("editing:dossiers")).status_code == 400


def test_nothing_is_loaded_where_the_record_moved_on(reviewer, text):
    preview = reviewer.get(send(reviewer, text).url)
    load_document(source.parse(text))
    answer = load(reviewer, preview)
    assert answer.status_code == 409
    assert "Nothing was written" in answer.text
    assert Event.objects.get(slug=SLUG).revision == 1


def test_what_is_no_longer_in_the_file_is_removed_only_if_asked(reviewer, text):
    load_document(source.parse(text))
    event = Event.objects.get(slug=SLUG)
    notes = event.notes.count()
    start, end = text.index("\n  notes:"), text.index("\n  sessions:")
    without = text[:start] + text[end:]
    kept = reviewer.get(send(reviewer, without).url)
    assert kept.context["missing"]["count"] == notes
    removed = reviewer.get(send(reviewer, without, prune="1").url)
    assert removed.context["removed"]["count"] == notes
    load(reviewer, removed)
    assert event.notes.count() == 0


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_whoever_may_not_publish_is_told_why_they_load_none_and_downloads_them_all_the_same(client, role, text):
    load_document(source.parse(text))
    Event.objects.update(status="draft")
    client.force_login(person_as(role, is_staff=True))
    assert "only those who may publish can load one" in client.get(reverse("editing:dossiers")).text
    assert send(client, text).status_code == 403
    answer = client.get(reverse("editing:dossier-download", args=[SLUG]))
    assert answer["Content-Disposition"] == f'attachment; filename="{SLUG}.yaml"'
    assert AuditEntry.objects.get(act=Act.EXPORT).about == f"{SLUG}: dossier"
    event = answer.text[answer.text.index("\nevent:") :]
    assert f"slug: {SLUG}" in event and "status: published" not in event.partition("sessions:")[0]


def test_publishing_alone_is_not_enough_to_load_one(client, text):
    publisher = person_as(is_staff=True)
    publisher.user_permissions.set(Permission.objects.filter(codename__in=["publish", "view_event"]))
    client.force_login(publisher)
    assert send(client, text).status_code == 403


def test_a_download_loads_as_it_is(reviewer, text):
    load_document(source.parse(text))
    downloaded = reviewer.get(reverse("editing:dossier-download", args=[SLUG])).text
    assert "There is nothing to do" in reviewer.get(send(reviewer, downloaded).url).text


def test_the_page_of_a_debate_in_the_admin_leads_to_its_dossier(reviewer, text):
    load_document(source.parse(text))
    page = reviewer.get(reverse("admin:debate_event_change", args=[Event.objects.get().pk]))
    assert reverse("editing:dossier-download", args=[SLUG]) in page.text
    assert reviewer.get(reverse("admin:debate_event_add")).status_code == 200
    assert reviewer.get(reverse("editing:dossier-download", args=["no-such-debate"])).status_code == 404


def test_strangers_see_nothing_of_a_draft(client, text):
    load_document(source.parse(text))
    answer = client.get(reverse("editing:dossier-download", args=[SLUG]))
    assert answer.url.startswith(reverse("admin:login"))
