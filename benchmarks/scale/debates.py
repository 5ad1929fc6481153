"""Debates with their sessions, sources, and who appeared in which capacity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.scale.rows import Making, column, insert, pour
from benchmarks.scale.speakers import Speaker
from benchmarks.scale.words import Theme, often
from debate.models import (
    Appearance,
    AppearanceRole,
    Basis,
    Capacity,
    Event,
    EventKind,
    EventOrganization,
    EventSource,
    OrganizationRole,
    Quoting,
    Session,
    SessionKind,
    Source,
)
from speakers.models import Organization

FEWEST_SESSIONS = 2
POSITIONS_OF_A_SESSION = 250
APPEARANCES = 12  # of one session
_YEARS = range(1996, 2026)
_ROLES = {
    AppearanceRole.PANELLIST: 45, AppearanceRole.PRESENTER: 20, AppearanceRole.WITNESS: 10,
    AppearanceRole.QUESTIONER: 8, AppearanceRole.MODERATOR: 6, AppearanceRole.KEYNOTE_SPEAKER: 4,
    AppearanceRole.CHAIR: 3, AppearanceRole.OTHER: 2, AppearanceRole.OPENING_SPEAKER: 1,
    AppearanceRole.CLOSING_SPEAKER: 1,
}  # fmt: skip
_KINDS = {
    EventKind.DEBATE: 50, EventKind.HEARING: 25, EventKind.PLENARY: 10, EventKind.INTERVIEW: 8,
    EventKind.PRESS_CONFERENCE: 4, EventKind.PUBLICATION: 3,
}  # fmt: skip
_QUOTING = {Quoting.SHORT_PASSAGES: 70, Quoting.ALL: 10, Quoting.NOTHING: 20}


@dataclass(slots=True)
class Debate:
    """What the positions of one debate are made from."""

    event: Event
    theme: Theme
    source: Source
    size: int  # positions to be stated in it
    appearances: list[Appearance] = field(default_factory=list)
    capacities: dict[int, list[Capacity]] = field(default_factory=dict)  # by appearance


def make_debates(
    making: Making,
    sizes: Sequence[int],
    speakers: list[Speaker],
    organizations: list[Organization],
    themes: list[Theme],
) -> list[Debate]:
    """As many as there are `sizes`, each being how many positions will be stated in one."""
    chosen = [making.random.choice(themes) for _size in sizes]
    events = insert(Event, (_event(making, number, theme) for number, theme in enumerate(chosen)))
    sources = insert(Source, (_source(making, event, theme) for event, theme in zip(events, chosen, strict=True)))
    pairs = list(zip(events, sources, strict=True))
    pour(EventSource, (EventSource(event=event, source=source) for event, source in pairs))
    pour(EventOrganization, _organizations(making, events, organizations))
    debates = [
        Debate(event, theme, source, size) for (event, source), theme, size in zip(pairs, chosen, sizes, strict=True)
    ]
    _add_appearances(making, debates, speakers, organizations)
    return debates


def _event(making: Making, number: int, theme: Theme) -> Event:
    language = "ko" if making.random.random() < 0.6 else "en"
    return Event(
        slug=f"debate-{number}",
        title_en=making.writer.english(5, theme),
        title_ko=making.writer.korean(4, theme),
        summary_en=making.writer.english(30, theme),
        summary_ko=making.writer.korean(24, theme),
        kind=making.weighted(_KINDS),
        date=_date(making),
        status="published",
        source_language=language,
        languages=[language],
    )


def _date(making: Making) -> str:
    year, month, day = making.random.choice(_YEARS), making.random.randint(1, 12), making.random.randint(1, 27)
    return making.weighted(
        {
            f"{year}-{month:02}-{day:02}": 65,
            f"{year}-{month:02}": 14,
            f"{year}": 8,
            f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 1:02}": 4,
            f"XXXX-{month:02}-{day:02}": 2,
            "": 7,
        }
    )


def _source(making: Making, event: Event, theme: Theme) -> Source:
    return Source(
        public_id=making.public_id(),
        kind="minutes",
        title=making.writer.korean(4, theme) if event.source_language == "ko" else making.writer.english(5, theme),
        publisher=making.writer.english(2),
        language=event.source_language,
        source_language=event.source_language,
        quoting=making.weighted(_QUOTING),
        paragraph_count=400,
    )


def _organizations(
    making: Making, events: list[Event], organizations: list[Organization]
) -> Iterator[EventOrganization]:
    for event in events:
        host, subject = making.random.sample(organizations, 2)
        yield EventOrganization(event=event, organization=host, role=OrganizationRole.HOST)
        if making.random.random() < 0.3:
            yield EventOrganization(event=event, organization=subject, role=OrganizationRole.SUBJECT, order=1)


def _add_appearances(
    making: Making, debates: list[Debate], speakers: list[Speaker], organizations: list[Organization]
) -> None:
    by_event = {debate.event.pk: debate for debate in debates}
    sessions = insert(
        Session,
        (_session(making, debate, order) for debate in debates for order in range(1, _sessions(debate.size) + 1)),
    )
    of_speakers = {speaker.person.pk: speaker for speaker in speakers}
    appearances = insert(Appearance, _appearances(making, sessions, speakers, organizations))
    for appearance in appearances:
        by_event[appearance.session.event_id].appearances.append(appearance)
    capacities = insert(Capacity, _capacities(making, appearances, of_speakers, organizations))
    for capacity in capacities:
        debate = by_event[capacity.appearance.session.event_id]
        debate.capacities.setdefault(capacity.appearance_id, []).append(capacity)


def _sessions(positions: int) -> int:
    return max(FEWEST_SESSIONS, positions // POSITIONS_OF_A_SESSION)


def _session(making: Making, debate: Debate, order: int) -> Session:
    return Session(
        public_id=making.public_id(),
        event=debate.event,
        order=order,
        kind=SessionKind.DISCUSSION,
        title_en=making.writer.english(4, debate.theme),
        title_ko=making.writer.korean(3, debate.theme),
    )


def _appearances(
    making: Making, sessions: list[Session], speakers: list[Speaker], organizations: list[Organization]
) -> Iterator[Appearance]:
    """One in thirty is of an organization, one in fifty of somebody unnamed."""
    known = often(making.random, len(speakers))
    for session in sessions:
        people: set[int] = set()
        while len(people) < min(APPEARANCES, len(speakers) // 2):
            people.add(next(known))
        for order, number in enumerate(sorted(people)):
            chance = making.random.random()
            who: dict[str, Any] = {"person": speakers[number].person}
            if chance < 1 / 30:
                who = {"organization": making.random.choice(organizations)}
            elif chance < 1 / 30 + 1 / 50:
                who = {"label": "A member of the audience"}
            yield Appearance(
                public_id=making.public_id(), session=session, role=making.weighted(_ROLES), order=order, **who
            )


def _capacities(
    making: Making, appearances: list[Appearance], speakers: dict[int, Speaker], organizations: list[Organization]
) -> Iterator[Capacity]:
    for appearance in appearances:
        if appearance.person_id is None:
            continue
        speaker = speakers[appearance.person_id]
        yield _capacity(making, appearance, speaker.organization, speaker, affiliation=speaker.affiliation)
        if making.random.random() < 0.2:
            yield _capacity(making, appearance, making.random.choice(organizations), speaker, order=1)


def _capacity(
    making: Making, appearance: Appearance, organization: Organization, speaker: Speaker, **more: Any
) -> Capacity:
    english, korean = speaker.role
    return Capacity(
        public_id=making.public_id(),
        appearance=appearance,
        organization=organization,
        organization_name_en=column(organization, "name_en"),
        organization_name_ko=column(organization, "name_ko"),
        role_en=english,
        role_ko=korean,
        basis=Basis.ON_BEHALF_OF if making.random.random() < 0.3 else Basis.IDENTIFIED_AS,
        source_language="ko",
        **more,
    )
