"""What is public follows from what is published; the database keeps it."""

from __future__ import annotations

from speakers.derived import Cause, Derived

# Organizations and all that they are part of, seen from those that a query selects.
_ABOVE = (
    "this.id IN (WITH RECURSIVE above(id) AS (%s UNION SELECT organization.parent_id"
    " FROM speakers_organization organization JOIN above ON above.id = organization.id"
    " WHERE organization.parent_id IS NOT NULL) SELECT id FROM above)"
)
_AND_ABOVE = _ABOVE % "SELECT id FROM speakers_organization WHERE id {among}"
_ABOVE_THOSE_OF_AN_APPEARANCE = _ABOVE % (
    "SELECT organization_id FROM debate_capacity WHERE appearance_id {among} AND organization_id IS NOT NULL"
    " UNION SELECT organization_id FROM debate_appearance WHERE id {among} AND organization_id IS NOT NULL"
)
_ABOVE_THOSE_OF_AN_EVENT = _ABOVE % "SELECT organization_id FROM debate_eventorganization WHERE event_id {among}"
# A new capacity can only make its organization public: to look for others each time would cost the square of them.
_ABOVE_THOSE_OF_A_PUBLIC_APPEARANCE = _ABOVE % (
    "SELECT capacity.organization_id FROM debate_capacity capacity JOIN debate_appearance shown"
    " ON shown.id = capacity.appearance_id AND shown.is_public"
    " WHERE capacity.appearance_id {among} AND capacity.organization_id IS NOT NULL"
)
_ITSELF_AND_ALL_BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT this.id UNION SELECT organization.id"
    " FROM speakers_organization organization JOIN below ON organization.parent_id = below.id) SELECT id FROM below"
)

SESSION = Derived(
    table="debate_session",
    own=("event_id",),
    joins="LEFT JOIN debate_event event ON event.id = this.event_id",
    values={"is_public": "coalesce(event.is_public, FALSE)"},
    causes=(Cause("debate_event", ("status",), "id", "this.event_id {among}", ("INSERT", "UPDATE")),),
)

APPEARANCE = Derived(
    table="debate_appearance",
    own=("session_id",),
    joins="LEFT JOIN debate_session session ON session.id = this.session_id",
    values={"is_public": "coalesce(session.is_public, FALSE)"},
    causes=(Cause("debate_session", ("is_public",), "id", "this.session_id {among}", ("INSERT", "UPDATE")),),
)

PERSON = Derived(
    table="speakers_person",
    own=(),
    values={
        "is_public": (
            "EXISTS (SELECT 1 FROM debate_appearance shown WHERE shown.person_id = this.id AND shown.is_public = TRUE)"
        )
    },
    causes=(Cause("debate_appearance", ("person_id", "is_public"), "person_id", "this.id {among}"),),
)

ORGANIZATION = Derived(
    table="speakers_organization",
    own=(),
    values={
        "is_public": (
            "(EXISTS (SELECT 1 FROM debate_capacity capacity JOIN debate_appearance shown"
            " ON shown.id = capacity.appearance_id AND shown.is_public"
            f" WHERE capacity.organization_id IN ({_ITSELF_AND_ALL_BELOW}))"
            " OR EXISTS (SELECT 1 FROM debate_appearance shown"
            f" WHERE shown.is_public AND shown.organization_id IN ({_ITSELF_AND_ALL_BELOW}))"
            " OR EXISTS (SELECT 1 FROM debate_eventorganization part JOIN debate_event event"
            " ON event.id = part.event_id AND event.is_public"
            f" WHERE part.organization_id IN ({_ITSELF_AND_ALL_BELOW})))"
        )
    },
    causes=(
        Cause(
            "debate_capacity",
            ("organization_id", "appearance_id"),
            "appearance_id",
            _ABOVE_THOSE_OF_A_PUBLIC_APPEARANCE,
            ("INSERT",),
        ),
        Cause(
            "debate_capacity", ("organization_id", "appearance_id"), "organization_id", _AND_ABOVE, ("UPDATE", "DELETE")
        ),
        Cause("debate_appearance", ("organization_id",), "organization_id", _AND_ABOVE),
        Cause("debate_appearance", ("is_public",), "id", _ABOVE_THOSE_OF_AN_APPEARANCE, ("INSERT", "UPDATE")),
        Cause("debate_event", ("status",), "id", _ABOVE_THOSE_OF_AN_EVENT, ("INSERT", "UPDATE")),
        Cause("debate_eventorganization", ("organization_id", "event_id"), "organization_id", _AND_ABOVE),
        Cause("speakers_organization", ("parent_id",), "parent_id", _AND_ABOVE),
    ),
)
