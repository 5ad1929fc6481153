"""What a position is filtered by, brought to its own row; the database keeps it."""

from __future__ import annotations

from speakers.derived import Cause, Derived

PROPOSITION = Derived(
    table="positions_proposition",
    values={
        "current_wording_id": (
            "(SELECT wording.id FROM positions_wording wording WHERE wording.proposition_id = this.id"
            " ORDER BY wording.number DESC LIMIT 1)"
        )
    },
    causes=(Cause("positions_wording", ("proposition_id", "number"), "this.id = {changed}.proposition_id"),),
)

_APPEARANCE = "FROM debate_appearance appearance WHERE appearance.id = this.appearance_id"
_SESSION = (
    "FROM debate_appearance appearance JOIN debate_session session ON session.id = appearance.session_id"
    " WHERE appearance.id = this.appearance_id"
)
_EVENT = (
    "FROM debate_appearance appearance JOIN debate_session session ON session.id = appearance.session_id"
    " JOIN debate_event event ON event.id = session.event_id WHERE appearance.id = this.appearance_id"
)
_PROPOSITION = (
    "FROM positions_wording wording JOIN positions_proposition proposition ON proposition.id = wording.proposition_id"
    " WHERE wording.id = this.wording_id"
)
_OF_PROPOSITION = "this.proposition_id = {changed}.%s"

POSITION = Derived(
    table="positions_position",
    values={
        "event_id": f"(SELECT session.event_id {_SESSION})",
        "person_id": f"(SELECT appearance.person_id {_APPEARANCE})",
        "proposition_id": f"(SELECT wording.proposition_id {_PROPOSITION})",
        # the ids of its proposition's topics, each between commas: ",3,7,"
        "topic_keys": (
            "coalesce(',' || (SELECT string_agg(CAST(topic_id AS text), ',') FROM (SELECT assigned.topic_id"
            " FROM positions_propositiontopic assigned JOIN positions_wording wording"
            " ON wording.proposition_id = assigned.proposition_id WHERE wording.id = this.wording_id"
            " ORDER BY assigned.topic_id) topics) || ',', '')"
        ),
        "date_earliest": f"(SELECT event.date_earliest {_EVENT})",
        "date_latest": f"(SELECT event.date_latest {_EVENT})",
        "is_public": (
            f"(this.status = 'published' AND EXISTS (SELECT 1 {_EVENT} AND event.is_public)"
            f" AND EXISTS (SELECT 1 {_PROPOSITION} AND proposition.is_public))"
        ),
    },
    causes=(
        Cause(
            "positions_position",
            ("appearance_id", "wording_id", "status"),
            "this.id = {changed}.id",
            ("INSERT", "UPDATE"),
        ),
        Cause("debate_appearance", ("person_id", "session_id"), "this.appearance_id = {changed}.id", ("UPDATE",)),
        Cause(
            "debate_session",
            ("event_id",),
            "this.appearance_id IN (SELECT id FROM debate_appearance WHERE session_id = {changed}.id)",
            ("UPDATE",),
        ),
        Cause("debate_event", ("status", "date_earliest", "date_latest"), "this.event_id = {changed}.id", ("UPDATE",)),
        Cause("positions_wording", ("proposition_id",), "this.wording_id = {changed}.id", ("UPDATE",)),
        Cause("positions_proposition", ("status",), _OF_PROPOSITION % "id", ("UPDATE",)),
        Cause("positions_propositiontopic", ("proposition_id", "topic_id"), _OF_PROPOSITION % "proposition_id"),
    ),
)

_OF_EVENT = "this.id IN (SELECT source_id FROM debate_eventsource WHERE event_id = {changed}.id)"
_OF_POSITION = "this.id IN (SELECT source_id FROM positions_evidence WHERE position_id = {changed}.id)"
# New evidence can only make its source public: to look for all other evidence each time would cost the square of it.
_MADE_PUBLIC_BY_EVIDENCE = (
    "this.id = {changed}.source_id AND NOT this.is_public"
    " AND EXISTS (SELECT 1 FROM positions_position read WHERE read.id = {changed}.position_id AND read.is_public)"
)

SOURCE = Derived(
    table="debate_source",
    values={
        "is_public": (
            "(EXISTS (SELECT 1 FROM debate_eventsource link JOIN debate_event event ON event.id = link.event_id"
            " WHERE link.source_id = this.id AND event.is_public)"
            " OR EXISTS (SELECT 1 FROM debate_appearance appearance"
            " WHERE appearance.source_id = this.id AND appearance.is_public)"
            " OR EXISTS (SELECT 1 FROM positions_evidence evidence JOIN positions_position position_"
            " ON position_.id = evidence.position_id WHERE evidence.source_id = this.id AND position_.is_public))"
        )
    },
    causes=(
        Cause("debate_source", ("is_public",), "this.id = {changed}.id", ("INSERT", "UPDATE")),
        Cause("debate_eventsource", ("source_id", "event_id"), "this.id = {changed}.source_id"),
        Cause("debate_event", ("status",), _OF_EVENT, ("UPDATE",)),
        Cause("debate_appearance", ("source_id", "is_public"), "this.id = {changed}.source_id"),
        Cause("positions_evidence", ("source_id", "position_id"), _MADE_PUBLIC_BY_EVIDENCE, ("INSERT",)),
        Cause(
            "positions_evidence", ("source_id", "position_id"), "this.id = {changed}.source_id", ("UPDATE", "DELETE")
        ),
        Cause("positions_position", ("is_public",), _OF_POSITION, ("UPDATE",)),
    ),
)
