"""Nothing of what is not public, or of words that terms withhold, at any address of the schema, in any form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils.timezone import now

from debate.models import Appearance, Capacity, Event, EventRelation, Session, Source
from debate.publishing import HasStatus, Status
from positions.models import Evidence, Position, PositionLink, Proposition, Remark, Topic, Wording
from speakers.models import Affiliation, Name, Organization, Person
from tests.api.examples import make_example
from tests.api.test_schema import COMMITTED, read
from tests.factories import (
    AppearanceFactory,
    EventOrganizationFactory,
    EvidenceFactory,
    PositionFactory,
    PropositionTopicFactory,
)

SCHEMA = read(COMMITTED.read_bytes())
HIDDEN, WITHHELD = "SECRET", "WITHHELD"
SHOWN_THOUGH_WITHDRAWN = {"withdrawn_because"}
KINDS: tuple[type[models.Model], ...] = (
    Event, Session, Appearance, Capacity, Source, Person, Organization, Affiliation, Name, Topic, Proposition, Wording,
    Position, Evidence, Remark, PositionLink,
)  # fmt: skip
MARKED = {
    "title_en", "title_ko", "summary_en", "summary_ko", "name_en", "name_ko", "text_en", "text_ko", "quote", "prefix",
    "suffix", "locator", "note_en", "role_en", "label", "name_as_printed", "condition_en", "description_en",
    "publisher", "author",
}  # fmt: skip


@pytest.fixture(params=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def hidden(example, request):
    """A second of everything, not public, tied to the public one wherever the record allows it."""
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in KINDS}
    hidden = make_example(Status.DRAFT)
    tie(example, hidden)
    columns = set()
    for kind in KINDS:
        rows = kind._default_manager.exclude(pk__in=before[kind])
        if issubclass(kind, HasStatus):
            because = (
                {"withdrawn_because": "A reason.", "withdrawn_at": now()} if request.param == Status.WITHDRAWN else {}
            )
            rows.filter(status=Status.DRAFT).update(status=request.param, **because)
        for pk in list(rows.values_list("pk", flat=True)):
            columns |= mark(kind, pk, HIDDEN)
    assert columns >= MARKED
    return hidden


def tie(example, hidden) -> None:
    EventRelation.objects.create(from_event=example.debate, to_event=hidden.debate, kind="answers")
    EventOrganizationFactory(event=hidden.debate, organization=example.organization)
    hidden.debate.event_sources.create(source=example.source)
    PropositionTopicFactory(proposition=example.proposition, topic=hidden.topic)
    Topic.objects.filter(pk=example.topic.pk).update(parent=hidden.topic)
    Source.objects.filter(pk=example.source.pk).update(translation_of=hidden.source)
    AppearanceFactory(session=hidden.session, person=None, label="Somebody")
    own = PositionFactory(appearance=example.appearance, on=example.proposition, status=Status.DRAFT)
    EvidenceFactory(position=own, source=example.source)
    Remark.objects.create(position=own, kind="correction", date="2026-01-02", text_en="x")
    PositionLink.objects.create(from_position=example.position, to_position=own, kind="disputes")
    PositionFactory(appearance=example.appearance, on=hidden.proposition)


def mark(kind: type[models.Model], pk: int, word: str) -> set[str]:
    """Writes the word into every text column of the row that takes it; tells which."""
    if kind is Evidence:
        Evidence.objects.filter(pk=pk).update(quote="x", quote_language="en", state="exact")
    taken = set()
    for column in kind._meta.concrete_fields:
        if not isinstance(column, (models.CharField, models.TextField)) or column.choices or column.name == "public_id":
            continue
        value = f"{word.lower()}-{pk}" if column.name == "slug" else f"{word} {column.name} {pk}"
        if column.name in SHOWN_THOUGH_WITHDRAWN or len(value) > (column.max_length or 1_000):
            continue
        try:
            with transaction.atomic():
                kind._default_manager.filter(pk=pk).update(**{column.name: value})
        except (IntegrityError, ValueError):
            continue  # a code or a date
        taken.add(column.name)
    return taken


def addresses(*examples: Any) -> Iterator[tuple[str, str]]:
    """Each address with each form that the schema says it has, and with what it may be asked for."""
    for path, item in SCHEMA["paths"].items():
        operation = item.get("get")
        if operation is None:
            continue
        forms = list(operation["responses"]["200"].get("content", {"*/*": {}}))
        for address in filled(path, operation, examples):
            for query in questions(operation):
                yield from ((f"{address}{query}", form) for form in forms)


def filled(path: str, operation: Any, examples: tuple[Any, ...]) -> Iterator[str]:
    names = [one for one in operation.get("parameters", ()) if one["in"] == "path"]
    resource = path.removeprefix("/api/v1/").partition("/")[0]
    choices = []
    for parameter in names:
        known = parameter["schema"].get("enum")
        if known is None and f"/api/v1/{resource}/{{id}}/" == path:
            known = [one.addresses[resource].split("/")[-2] for one in examples if resource in one.addresses]
        choices.append(known or ["1"])
    for values in product(*choices):
        yield path.format(**{parameter["name"]: value for parameter, value in zip(names, values, strict=True)})


def questions(operation: Any) -> Iterator[str]:
    taken = {one["name"]: one for one in operation.get("parameters", ()) if one["in"] == "query"}
    needed = "&".join(f"{name}=0" for name, one in taken.items() if one.get("required"))
    yield f"?{needed}" if needed else ""
    join = f"?{needed}&" if needed else "?"
    if "q" in taken:
        yield f"{join}q={HIDDEN}"
        yield f"{join}q={WITHHELD}"
    if "expand" in taken:
        expansions = taken["expand"]["schema"].get("items", taken["expand"]["schema"]).get("enum", [])
        yield from (f"{join}expand={expansion}" for expansion in expansions)
    if "lang" in taken:
        yield from (f"{join}lang={language}" for language in ("en", "ko"))
    if "cursor" in taken:
        yield f"{join}cursor=*"


def everything(client, *examples: Any) -> dict[tuple[str, str], str]:
    answers = {}
    for address, form in addresses(*examples):
        response = client.get(address, headers={"accept": form})
        assert response.status_code in {200, 301, 400, 401, 404, 410}, (address, form)
        answers[address, form] = response.getvalue().decode("utf-8-sig") + str(response.headers)
    return answers


def identities(hidden) -> list[str]:
    return [path.split("/")[-2] for path in hidden.addresses.values()]


def test_no_word_and_no_id_of_what_is_not_public_is_at_any_address_in_any_form(client, example, hidden):
    answers = everything(client, example)
    assert len(answers) > 150 and any(example.speaker.name_en in text for text in answers.values())
    leaks = [
        (where, word)
        for where, text in answers.items()
        for word in (HIDDEN, HIDDEN.lower(), *identities(hidden))
        if word in text.replace(f"q={HIDDEN}", "").replace(f'"{HIDDEN}"', "")
    ]
    assert leaks == []


def test_its_own_address_says_nothing_of_it_in_any_form(client, example, hidden):
    for (where, form), text in everything(client, hidden).items():
        assert f"{HIDDEN} " not in text, (where, form)


def test_words_that_terms_withhold_are_at_no_address_in_any_form(client, example):
    Source.objects.filter(pk=example.source.pk).update(text=f"{WITHHELD} text", text_public=False, quoting="nothing")
    mark(Evidence, example.evidence.pk, WITHHELD)
    Evidence.objects.filter(pk=example.evidence.pk).update(locator="¶ 3")
    example.evidence.refresh_from_db()
    assert WITHHELD in example.evidence.quote + example.evidence.prefix
    answers = everything(client, example)
    leaks = [where for where, text in answers.items() if f"{WITHHELD} " in text.replace(f"q={WITHHELD}", "")]
    assert leaks == []
    place = client.get(example.addresses["evidence"]).json()
    assert place["quote_withheld"] and place["quote"] is place["prefix"] is place["suffix"] is None
