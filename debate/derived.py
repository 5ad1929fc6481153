"""What is public follows from what is published; the database keeps it."""

from __future__ import annotations

from speakers.derived import Cause, Derived

_EVENT_IS_PUBLIC = "SELECT 1 FROM debate_event event WHERE event.id = {event} AND event.is_public"

# An organization and all it is part of, seen from a row that names it in `column`.
_AND_ALL_ABOVE = (
    "this.id IN (WITH RECURSIVE above(id) AS (SELECT {{changed}}.{column} UNION SELECT organization.parent_id"
    " FROM speakers_organization organization JOIN above ON above.id = organization.id"
    " WHERE organization.parent_id IS NOT NULL) SELECT id FROM above)"
)
_ITSELF_AND_ALL_BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT this.id UNION SELECT organization.id"
    " FROM speakers_organization organization JOIN below ON organization.parent_id = below.id) SELECT id FROM below"
)

_ABOVE_THOSE_OF_AN_APPEARANCE = (
    "this.id IN (WITH RECURSIVE above(id) AS (SELECT organization_id FROM debate_capacity"
    " WHERE appearance_id = {changed}.id AND organization_id IS NOT NULL"
    " UNION SELECT organization_id FROM debate_appearance WHERE id = {changed}.id AND organization_id IS NOT NULL"
    " UNION SELECT organization.parent_id"
    " FROM speakers_organization organization JOIN above ON above.id = organization.id"
    " WHERE organization.parent_id IS NOT NULL) SELECT id FROM above)"
)
_ABOVE_THOSE_OF_AN_EVENT = (
    "this.id IN (WITH RECURSIVE above(id) AS (SELECT organization_id FROM debate_eventorganization"
    " WHERE event_id = {changed}.id UNION SELECT organization.parent_id"
    " FROM speakers_organization organization JOIN above ON above.id = organization.id"
    " WHERE organization.parent_id IS NOT NULL) SELECT id FROM above)"
)


SESSION = Derived(
    table="debate_session",
    values={"is_public": f"EXISTS ({_EVENT_IS_PUBLIC.format(event='this.event_id')})"},
    causes=(
        Cause("debate_session", ("event_id",), "this.id = {changed}.id", ("INSERT", "UPDATE")),
        Cause("debate_event", ("status",), "this.event_id = {changed}.id", ("UPDATE",)),
    ),
)

APPEARANCE = Derived(
    table="debate_appearance",
    values={
        "is_public": (
            "EXISTS (SELECT 1 FROM debate_session session WHERE session.id = this.session_id AND session.is_public)"
        )
    },
    causes=(
        Cause("debate_appearance", ("session_id",), "this.id = {changed}.id", ("INSERT", "UPDATE")),
        Cause("debate_session", ("is_public",), "this.session_id = {changed}.id", ("UPDATE",)),
    ),
)

PERSON = Derived(
    table="speakers_person",
    values={
        "is_public": "EXISTS (SELECT 1 FROM debate_appearance shown WHERE person_id = this.id AND shown.is_public)"
    },
    causes=(
        Cause("speakers_person", ("is_public",), "this.id = {changed}.id", ("INSERT", "UPDATE")),
        Cause("debate_appearance", ("person_id", "is_public"), "this.id = {changed}.person_id"),
    ),
)

ORGANIZATION = Derived(
    table="speakers_organization",
    values={
        "is_public": (
            "EXISTS (SELECT 1 FROM debate_capacity capacity JOIN debate_appearance shown"
            " ON shown.id = capacity.appearance_id AND shown.is_public"
            f" WHERE capacity.organization_id IN ({_ITSELF_AND_ALL_BELOW}))"
            " OR EXISTS (SELECT 1 FROM debate_appearance shown"
            f" WHERE shown.is_public AND shown.organization_id IN ({_ITSELF_AND_ALL_BELOW}))"
            " OR EXISTS (SELECT 1 FROM debate_eventorganization part JOIN debate_event event"
            " ON event.id = part.event_id AND event.is_public"
            f" WHERE part.organization_id IN ({_ITSELF_AND_ALL_BELOW}))"
        )
    },
    causes=(
        Cause("speakers_organization", ("is_public",), "this.id = {changed}.id", ("INSERT", "UPDATE")),
        Cause("debate_capacity", ("organization_id", "appearance_id"), _AND_ALL_ABOVE.format(column="organization_id")),
        Cause("debate_appearance", ("organization_id",), _AND_ALL_ABOVE.format(column="organization_id")),
        Cause("debate_appearance", ("is_public",), _ABOVE_THOSE_OF_AN_APPEARANCE, ("UPDATE",)),
        Cause("debate_event", ("status",), _ABOVE_THOSE_OF_AN_EVENT, ("UPDATE",)),
        Cause(
            "debate_eventorganization", ("organization_id", "event_id"), _AND_ALL_ABOVE.format(column="organization_id")
        ),
        Cause("speakers_organization", ("parent_id",), _AND_ALL_ABOVE.format(column="parent_id")),
    ),
)
