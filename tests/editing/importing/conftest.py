from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from editing.importing import uploads
from editing.importing.planning import planned
from exchange.tables.kinds import KINDS
from review.roles import Author
from tests.review.people import person_as


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def written(header, *rows):
    """As CSV."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode()


def plan_of(kind, header, *rows, by=None, answers=None):
    """What the table would do; of somebody who may publish, unless another is named."""
    by = by or Author(person_as("reviewer"))
    upload = uploads.keep(by.user, KINDS[kind], "table.csv", written(header, *rows))
    upload.answers = answers or {}
    return planned(upload, by)


def acts(plan):
    return [step.act.value for step in plan.steps]


class Wizard:
    """Somebody at the screens."""

    def __init__(self, client, role="reviewer"):
        self.client = client
        self.user = person_as(role, is_staff=True)
        client.force_login(self.user)

    def send(self, kind, content, name="table.csv"):
        file = io.BytesIO(content)
        file.name = name
        return self.client.post(reverse("editing:import"), {"kind": kind, "file": file})

    def bring(self, kind, content, name="table.csv"):
        """Sends it and takes the columns as they are guessed; gives the preview."""
        columns = self.client.get(self.send(kind, content, name).url)
        upload = columns.context["upload"]
        data = {f"column-{place}": key for place, key in enumerate(upload.chosen)}
        mapped = self.client.post(columns.wsgi_request.path, data)
        assert mapped.status_code == 302, mapped.context["problems"]
        return self.client.get(mapped.url)

    def confirm(self, preview, reason="From the minutes", **more):
        form = preview.context["form"]
        data = {"confirm": "1", "reason": reason, "fingerprint": form.initial["fingerprint"], **more}
        return self.client.post(preview.wsgi_request.path, data)

    def answer(self, preview, *answers):
        data = {}
        for number, (question, answer) in enumerate(zip(preview.context["shown"].questions, answers, strict=True)):
            data |= {f"question-{number}": question.key, f"answer-{number}": answer}
        return self.client.get(self.client.post(preview.wsgi_request.path, data).url)
