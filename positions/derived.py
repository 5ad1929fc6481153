"""What a position is filtered by, brought to its own row; the database keeps it."""

from __future__ import annotations

from speakers.derived import Cause, Derived

PROPOSITION = Derived(
    table="positions_proposition",
    own=(),
    values={
        "current_wording_id": (
            "(SELECT wording.id FROM positions_wording wording WHERE wording.proposition_id = this.id"
            " ORDER BY wording.number DESC LIMIT 1)"
        )
    },
    causes=(Cause("positions_wording", ("proposition_id", "number"), "proposition_id", "this.id {among}"),),
)

# Whether the position came to be in a coding round that is not settled as a whole.
_UNSETTLED = (
    "EXISTS (SELECT 1 FROM positions_codingunit unit JOIN positions_codinground round_ ON round_.id = unit.round_id"
    " WHERE unit.position_id = this.id AND unit.made_position = TRUE AND round_.state <> 'settled')"
)
_OF_SESSION = "this.appearance_id IN (SELECT id FROM debate_appearance WHERE session_id {among})"

POSITION = Derived(
    table="positions_position",
    own=("appearance_id", "wording_id", "status"),
    joins=(
        "LEFT JOIN debate_appearance appearance ON appearance.id = this.appearance_id"
        " LEFT JOIN debate_session session ON session.id = appearance.session_id"
        " LEFT JOIN debate_event event ON event.id = session.event_id"
        " LEFT JOIN positions_wording wording ON wording.id = this.wording_id"
        " LEFT JOIN positions_proposition proposition ON proposition.id = wording.proposition_id"
    ),
    values={
        "event_id": "session.event_id",
        "person_id": "appearance.person_id",
        "proposition_id": "wording.proposition_id",
        # the ids of its proposition's topics, each between commas: ",3,7,"
        "topic_keys": (
            "coalesce(',' || (SELECT string_agg(CAST(topic_id AS text), ',') FROM (SELECT assigned.topic_id"
            " FROM positions_propositiontopic assigned WHERE assigned.proposition_id = wording.proposition_id"
            " ORDER BY assigned.topic_id) topics) || ',', '')"
        ),
        "date_earliest": "event.date_earliest",
        "date_latest": "event.date_latest",
        # both are small integers
        "programme_order": 'coalesce(session."order" * 32768 + appearance."order", 0)',
        "is_public": (
            "(this.status = 'published' AND coalesce(event.is_public, FALSE)"
            f" AND coalesce(proposition.is_public, FALSE) AND NOT {_UNSETTLED})"
        ),
    },
    causes=(
        Cause("positions_codingunit", ("position_id", "round_id", "made_position"), "position_id", "this.id {among}"),
        Cause(
            "positions_codinground",
            ("state",),
            "id",
            "this.id IN (SELECT position_id FROM positions_codingunit WHERE round_id {among})",
            ("INSERT", "UPDATE"),
        ),
        Cause(
            "debate_appearance",
            ("person_id", "session_id", '"order"'),
            "id",
            "this.appearance_id {among}",
            ("INSERT", "UPDATE"),
        ),
        Cause("debate_session", ("event_id", '"order"'), "id", _OF_SESSION, ("INSERT", "UPDATE")),
        Cause(
            "debate_event",
            ("status", "date_earliest", "date_latest"),
            "id",
            "this.event_id {among}",
            ("INSERT", "UPDATE"),
        ),
        Cause("positions_wording", ("proposition_id",), "id", "this.wording_id {among}", ("INSERT", "UPDATE")),
        Cause("positions_proposition", ("status",), "id", "this.proposition_id {among}", ("INSERT", "UPDATE")),
        Cause(
            "positions_propositiontopic",
            ("proposition_id", "topic_id"),
            "proposition_id",
            "this.proposition_id {among}",
        ),
    ),
)

EVIDENCE = Derived(
    table="positions_evidence",
    own=("position_id",),
    joins="LEFT JOIN positions_position position_ ON position_.id = this.position_id",
    values={"is_public": "coalesce(position_.is_public, FALSE)"},
    causes=(Cause("positions_position", ("is_public",), "id", "this.position_id {among}", ("INSERT", "UPDATE")),),
)

SOURCE = Derived(
    table="debate_source",
    own=(),
    values={
        "is_public": (
            "(EXISTS (SELECT 1 FROM debate_eventsource link JOIN debate_event event ON event.id = link.event_id"
            " WHERE link.source_id = this.id AND event.is_public)"
            " OR EXISTS (SELECT 1 FROM debate_appearance appearance"
            " WHERE appearance.source_id = this.id AND appearance.is_public = TRUE)"
            " OR EXISTS (SELECT 1 FROM positions_evidence evidence"
            " WHERE evidence.source_id = this.id AND evidence.is_public = TRUE))"
        )
    },
    causes=(
        Cause("debate_eventsource", ("source_id", "event_id"), "source_id", "this.id {among}"),
        Cause(
            "debate_event",
            ("status",),
            "id",
            "this.id IN (SELECT source_id FROM debate_eventsource WHERE event_id {among})",
            ("INSERT", "UPDATE"),
        ),
        Cause("debate_appearance", ("source_id", "is_public"), "source_id", "this.id {among}"),
        Cause("positions_evidence", ("source_id", "is_public"), "source_id", "this.id {among}"),
    ),
)
