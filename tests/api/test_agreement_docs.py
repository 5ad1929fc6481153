"""What the documentation of networks and matrices shows is what the API answers for the debate that comes with it."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.words

DOCUMENT = settings.BASE_DIR / "docs" / "agreement.md"
DOSSIER = settings.BASE_DIR / "exchange" / "dossiers" / "ai-hegemony-debate.yaml"
_EXAMPLE = re.compile(
    r"```sh\ncurl 'http://127\.0\.0\.1:8000(?P<path>[^']+)'\n```\n\n```(?P<form>\w+)\n(?P<shown>.*?)```", re.DOTALL
)
EXAMPLES = [match.groups() for match in _EXAMPLE.finditer(DOCUMENT.read_text(encoding="utf-8"))]


def missing(shown, answer, where="answer"):
    """What is shown and is not in the answer; of a list the first so many are shown."""
    if isinstance(shown, dict):
        found = [missing(value, answer.get(name, "nothing"), f"{where}.{name}") for name, value in shown.items()]
        return [one for each in found for one in each]
    if isinstance(shown, list):
        pairs = zip(shown, answer, strict=False)
        found = [missing(one, other, f"{where}[{place}]") for place, (one, other) in enumerate(pairs)]
        return [one for each in found for one in each] + ([] if len(answer) >= len(shown) else [where])
    return [] if shown == answer else [f"{where} is {answer!r}"]


@pytest.mark.once
def test_every_command_has_its_answer():
    assert len(EXAMPLES) == DOCUMENT.read_text(encoding="utf-8").count("curl ") == 7


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "form", "shown"), EXAMPLES, ids=[path for path, _form, _shown in EXAMPLES])
def test_an_example_is_answered_as_shown(client, path, form, shown):
    call_command("load_dossier", str(DOSSIER))

    response = client.get(path)

    assert response.status_code == 200
    if form == "csv":
        assert response.content.decode("utf-8-sig").splitlines() == shown.splitlines()
    else:
        assert missing(json.loads(shown), response.json()) == []


@pytest.mark.once
def test_what_is_not_in_an_answer_is_noticed():
    answer = {"a": 1, "b": [{"c": 2}, {"c": 3}]}
    assert missing({"b": [{"c": 2}]}, answer) == []
    assert missing({"a": 2, "b": [{"c": 2}, {"c": 4}], "d": 1}, answer) == [
        "answer.a is 1",
        "answer.b[1].c is 3",
        "answer.d is 'nothing'",
    ]
    assert missing({"b": [{}, {}, {}]}, answer) == ["answer.b"]
