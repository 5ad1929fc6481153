from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from debate.models import Appearance, EditorialNote, Event, EventOrganization, EventSource, Session, Source
from search.analysis import Tokens, joined
from search.documents.document import Document, Texts, analysed, bilingual, in_all_languages, together
from search.documents.shared import Shared
from search.documents.weights import weights
from search.naming import naming
from speakers.bilingual import columns

_VENUE = ("venue_name", "venue_room", "venue_locality")
_PUBLIC_TEXT_READ = 1_000_000  # characters of a source's own text


def build_events(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Six queries, and what `shared` does not know yet."""
    venue = [column for name in _VENUE for column in columns(name)]
    rows = list(
        Event.objects.public()
        .filter(pk__in=keys)
        .values("pk", *columns("title"), *columns("subtitle"), *columns("summary"), *venue)
    )
    found = [row["pk"] for row in rows]
    names = _participants(shared, Appearance.objects.filter(session__event__in=found), "session__event_id")
    _add_organizations(shared, names, found)
    about = _texts_of_events(found)
    values = weights("event", found)
    for row in rows:
        texts = together(
            bilingual("title", row, "title", "subtitle"),
            {"names": joined(names[row["pk"]])},
            bilingual("text", row, "summary"),
            *about[row["pk"]],
            bilingual("context", row, *_VENUE),
        )
        titles = naming(in_all_languages(row, "title", "subtitle"), "event")
        yield Document("event", row["pk"], texts, values[row["pk"]], titles)


def build_sessions(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Two queries, and what `shared` does not know yet."""
    rows = list(Session.objects.public().filter(pk__in=keys).values("pk", "event_id", *columns("title")))
    names = _participants(shared, Appearance.objects.filter(session__in=[row["pk"] for row in rows]), "session_id")
    shared.events.fetch(row["event_id"] for row in rows)
    for row in rows:
        texts = together(
            bilingual("title", row, "title"), {"names": joined(names[row["pk"]])}, shared.events[row["event_id"]]
        )
        yield Document("session", row["pk"], texts)


def build_sources(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Three queries, and what `shared` does not know yet."""
    sources = Source.objects.public().filter(pk__in=keys)
    rows = list(sources.values("pk", "title", "publisher", "author", *columns("description"), *columns("note")))
    texts = dict(sources.filter(text_public=True).values_list("pk", "text"))
    events: dict[int, list[int]] = defaultdict(list)
    shown = EventSource.objects.filter(source__in=[row["pk"] for row in rows], event__is_public=True).order_by("pk")
    for source, event in shown.values_list("source_id", "event_id"):
        events[source].append(event)
    shared.events.fetch(event for several in events.values() for event in several)
    for row in rows:
        yield Document(
            "source",
            row["pk"],
            together(
                {"title": analysed(row["title"])},
                bilingual("title", row, "description"),
                {"names": analysed(row["publisher"], row["author"])},
                bilingual("text", row, "note"),
                {"text": analysed(texts.get(row["pk"], "")[:_PUBLIC_TEXT_READ])},
                *(shared.events[event] for event in events[row["pk"]]),
            ),
        )


def _participants(shared: Shared, appearances: Any, of: str) -> dict[int, list[Tokens]]:
    """By event or session, the names of those who took part."""
    rows: list[Any] = list(
        appearances.order_by("pk").values_list(of, "person_id", "organization_id", "label", "name_as_printed")
    )
    shared.people.fetch(person for _of, person, *_rest in rows)
    shared.organizations.fetch(organization for _of, _person, organization, *_rest in rows)
    names: dict[int, list[Tokens]] = defaultdict(list)
    for key, person, organization, *printed in rows:
        names[key] += [shared.people[person].tokens, shared.organizations[organization].tokens, analysed(*printed)]
    return names


def _add_organizations(shared: Shared, names: dict[int, list[Tokens]], events: list[int]) -> None:
    rows = list(
        EventOrganization.objects.filter(event__in=events).order_by("pk").values_list("event_id", "organization_id")
    )
    shared.organizations.fetch(organization for _event, organization in rows)
    for event, organization in rows:
        names[event].append(shared.organizations[organization].tokens)


def _texts_of_events(events: list[int]) -> dict[int, list[Texts]]:
    """By event, the titles of its sessions and the editors' notes."""
    sessions: Iterable[Any] = (
        Session.objects.filter(event__in=events).order_by("order", "pk").values("event_id", *columns("title"))
    )
    notes: Iterable[Any] = (
        EditorialNote.objects.filter(event__in=events).order_by("pk").values("event_id", *columns("text"))
    )
    texts: dict[int, list[Texts]] = defaultdict(list)
    for row in sessions:
        texts[row["event_id"]].append(bilingual("text", row, "title"))
    for row in notes:
        texts[row["event_id"]].append(bilingual("text", row, "text"))
    return texts
