from __future__ import annotations

import io
import os
import time

import pytest
from django.urls import reverse

from editing.importing import examples, plan, uploads
from exchange.tables.kinds import KINDS
from exchange.tables.reading import read
from exchange.tables.table import MAX_BYTES
from review.models import Act, AuditEntry
from speakers.models import Person
from tests.editing.importing.conftest import Wizard, acts, written
from tests.exchange.tables.workbooks import workbook
from tests.factories import PersonFactory
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
HEADER = ["id", "name_en"]


@pytest.fixture
def wizard(client):
    return Wizard(client)


def test_who_may_not_change_records_may_not_bring_tables_in(client):
    address = reverse("editing:import")
    assert client.get(address).url.startswith(reverse("admin:login"))
    Wizard(client, "administrator")
    assert client.get(address).status_code == 403
    assert client.get(reverse("editing:import-example", args=["people", "csv"])).status_code == 403


def test_a_table_is_seen_by_nobody_but_who_sent_it(client, wizard):
    preview = wizard.bring("people", written(HEADER, ["", "Han Ji-woo"]))
    client.force_login(person_as("reviewer", is_staff=True))
    answer = client.get(preview.wsgi_request.path, follow=True)
    assert "no longer here" in answer.text
    assert client.get("/admin/import/columns/").status_code == 302


def test_what_is_no_table_is_told_at_the_field(wizard):
    answer = wizard.send("people", b"%PDF-1.7", "people.csv")
    assert answer.status_code == 400
    assert "This is a PDF" in answer.text
    assert wizard.client.post(reverse("editing:import"), {"kind": "nothing"}).status_code == 400


def test_a_file_that_is_too_large_is_not_kept(wizard, tmp_path):
    answer = wizard.send("people", b"a" * (MAX_BYTES + 1))
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"] == ["The file is larger than 10 MB."]
    assert not list(tmp_path.glob("imports/*/*"))


def test_a_form_without_its_token_is_refused(wizard):
    wizard.client.handler.enforce_csrf_checks = True
    assert wizard.send("people", written(HEADER, ["", "Han"])).status_code == 403


def test_the_columns_of_a_header_are_remembered_for_everybody(client, wizard):
    content = written(["Who", "name_ko"], ["Han Ji-woo", "한지우"])
    columns = client.get(wizard.send("people", content).url)
    assert columns.context["upload"].chosen == ["", "name_ko"]
    client.post(columns.wsgi_request.path, {"column-0": "name_en", "column-1": "name_ko"})
    other = Wizard(client)
    assert client.get(other.send("people", content).url).context["upload"].chosen == ["name_en", "name_ko"]


def test_a_column_taken_twice_is_told_and_what_was_chosen_stays(client, wizard):
    columns = client.get(wizard.send("people", written(["Who", "name_ko"], ["Han", "한"])).url)
    answer = client.post(columns.wsgi_request.path, {"column-0": "name_ko", "column-1": "name_ko"})
    assert answer.status_code == 400
    assert "are all taken as “name (Korean)”: Who (A), name_ko (B)" in answer.text
    assert answer.text.count('value="name_ko" selected') == 2


def test_another_sheet_of_a_workbook_is_taken(client, wizard):
    def second(book):
        book.create_sheet("People").append(["name_en"])
        book["People"].append(["Han Ji-woo"])

    address = wizard.send("people", workbook(["notes"], ["x"], change=second), "people.xlsx").url
    taken = client.post(address, {"sheet": "People"}, follow=True)
    assert taken.context["upload"].table.header == ("name_en",)


def test_nothing_is_written_where_the_record_moved_on(client, wizard):
    person = PersonFactory(slug="han", name_en="Han Ji-woo")
    preview = wizard.bring("people", written(HEADER, ["han", "Han Jiwoo"], ["", "Kim Sora"]))
    person.name_en = "Han J."
    person.save()
    answer = wizard.confirm(preview)
    assert answer.status_code == 409
    assert "Nothing was written" in answer.text
    assert answer.context["shown"].plan.steps[0].differences[0].before == "Han J."
    assert list(Person.objects.values_list("name_en", flat=True)) == ["Han J."]
    assert wizard.confirm(answer).status_code == 302
    assert sorted(Person.objects.values_list("name_en", flat=True)) == ["Han Jiwoo", "Kim Sora"]


def test_a_reason_is_asked_for_and_the_file_offered_as_one(wizard):
    preview = wizard.bring("people", written(HEADER, ["", "Kim Sora"]), "from the minutes.csv")
    assert preview.context["form"].initial["reason"] == "Imported from from the minutes.csv"
    assert wizard.confirm(preview, reason=" ").status_code == 400
    assert Person.objects.count() == 0


def test_all_is_written_or_nothing(client, wizard, monkeypatch):
    """A mistake that only writing shows, in the last of the rows."""
    rows = [["", f"Person {number}"] for number in range(3)]
    preview = wizard.bring("people", written([*HEADER], *rows))

    def clean(person):
        from django.core.exceptions import ValidationError

        if person.name_en == "Person 2":
            raise ValidationError({"name_en": "Not this one."})

    monkeypatch.setattr(Person, "clean", clean)
    answer = wizard.confirm(preview)
    assert answer.status_code == 409
    assert "Row 4: Not this one. Nothing was written." in answer.text
    assert Person.objects.count() == 0


def test_more_rows_than_are_written_at_once_are_refused_in_words(wizard, monkeypatch):
    monkeypatch.setattr(plan, "MOST_WRITTEN", 2)
    preview = wizard.bring("people", written(HEADER, *(["", f"Person {number}"] for number in range(3))))
    assert "3 records would be written" in preview.text
    assert wizard.confirm(preview).status_code == 409
    assert Person.objects.count() == 0


def test_the_preview_is_paged_and_narrowed_and_counts_all(client, wizard):
    rows = [["", f"Person {number:03}"] for number in range(60)] + [["no-one", "X"]]
    preview = wizard.bring("people", written(HEADER, *rows))
    assert len(preview.context["shown"].rows) == 50
    path = preview.wsgi_request.path
    assert len(client.get(path, {"page": "2"}).context["shown"].rows) == 11
    narrowed = client.get(path, {"only": "wrong"}).context["shown"]
    assert [row.step.row for row in narrowed.rows] == [62]
    assert {choice.value: choice.count for choice in narrowed.choices} == {"": 61, "new": 60, "wrong": 1}
    assert len(client.get(path, {"only": "what", "page": "far"}).context["shown"].rows) == 50


def test_formulas_in_the_list_of_mistakes_run_nowhere(client, wizard):
    preview = wizard.bring("people", written(["id", "name_en"], ["=cmd|' /C calc'!A0", "X"]))
    (problem,) = preview.context["shown"].plan.problems
    assert problem.value.startswith("=cmd")
    rows = read(client.get(f"{preview.wsgi_request.path}mistakes.csv").content).rows
    assert rows[0].cells[2] == problem.value
    assert b"\"'=cmd" in client.get(f"{preview.wsgi_request.path}mistakes.csv").content or (
        b",'=cmd" in client.get(f"{preview.wsgi_request.path}mistakes.csv").content
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_examples_can_be_sent_as_they_are(client, wizard, kind, form):
    answer = client.get(reverse("editing:import-example", args=[kind.key, form]))
    assert answer["Content-Disposition"] == f'attachment; filename="{kind.key}.{form}"'
    table = read(answer.content)
    assert table.header == tuple(column.key for column in kind.columns)
    assert table.rows[0].cells == tuple(column.example for column in kind.columns)
    assert table.problems == ()
    assert client.get(reverse("editing:import-example", args=[kind.key, "pdf"])).status_code == 404
    assert examples.as_csv(kind).startswith(b"\xef\xbb\xbf")


def test_what_was_sent_is_kept_for_a_day_and_no_more_than_ten_of_one(client, wizard, tmp_path):
    first = uploads.keep(wizard.user, KINDS["people"], "a.csv", written(HEADER, ["", "A"]))
    long_ago = time.time() - uploads.KEPT_FOR - 60
    os.utime(first.folder, (long_ago, long_ago))
    for _number in range(12):
        uploads.keep(wizard.user, KINDS["people"], "b.csv", written(HEADER, ["", "B"]))
    assert not first.folder.exists()
    assert len(list((tmp_path / "imports" / str(wizard.user.pk)).iterdir())) == uploads.MOST_OF_ONE
    with pytest.raises(uploads.NoUpload):
        uploads.opened(wizard.user, first.token)


def test_what_was_brought_in_or_dropped_is_kept_no_longer(client, wizard, tmp_path):
    wizard.confirm(wizard.bring("people", written(HEADER, ["", "Kim Sora"])))
    preview = wizard.bring("people", written(HEADER, ["", "Han Ji-woo"]))
    client.post(f"{preview.wsgi_request.path}drop/")
    assert not list(tmp_path.glob("imports/[0-9]*/*"))


def test_what_was_told_is_how_many_were_added_and_changed(client, wizard):
    PersonFactory(slug="han")
    preview = wizard.bring("people", written(HEADER, ["han", "Han J."], ["", "Kim Sora"], ["", "Park Min"]), "p.csv")
    answer = client.get(wizard.confirm(preview).url)
    entry = AuditEntry.objects.get(act=Act.IMPORT)
    assert (entry.by, entry.about) == (wizard.user, "p.csv: people, 2 added, 1 changed, 0 waiting, 0 made besides")
    assert [str(one) for one in answer.context["messages"]] == ["“p.csv” was brought in: 2 added, 1 changed."]


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer"])
def test_whoever_makes_drafts_may_bring_them_in(client, role):
    preview = Wizard(client, role).bring("people", written(HEADER, ["", "Kim Sora"]))
    assert acts(preview.context["shown"].plan) == ["new"]


def test_an_upload_without_a_file_is_told(wizard):
    answer = wizard.client.post(reverse("editing:import"), {"kind": "people"})
    assert answer.context["form"].errors["file"]
    assert wizard.client.post(reverse("editing:import"), {"kind": "people", "file": io.BytesIO(b"")}).status_code == 400
