"""Positions as their list shows them, in one query however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef

from api.rows import AsJSON, Columns, Prepared, Several, moment
from debate.models import Capacity
from positions.models import Evidence, Position, PositionCapacity, Topic

_NAME = ("name_en", "name_ko", "source_language")
_NAMED = Columns("slug", *_NAME)


class _Stated:
    """What a position can be asked for, of what is in its row."""

    __slots__ = ()
    said_as: Several[Any]
    topics: Several[Any]

    @property
    def names_capacities(self) -> bool:
        return any(capacity.is_named for capacity in self.said_as)

    @property
    def stated_as(self) -> list[Any]:
        in_order = sorted(self.said_as, key=itemgetter(0, 1))
        return [capacity for capacity in in_order if capacity.is_named] or in_order

    @property
    def public_topics(self) -> list[Any]:
        return sorted(self.topics, key=itemgetter(0, 1, 2))


class _Quoted:
    __slots__ = ()
    is_quotable = Evidence.is_quotable


_CAPACITY = Columns(
    "order", "pk", "public_id", "organization_name_en", "organization_name_ko", "role_en", "role_ko", "unit_en",
    "unit_ko", "basis", "is_doubtful", "note_en", "note_ko", "source_language", "is_named",
    joined={"organization": _NAMED},
    told={"is_doubtful": bool, "is_named": bool},
)  # fmt: skip
_EVIDENCE = Columns(
    "pk", "public_id", "updated_at", "locator", "quote", "quote_language", "state", "prefix", "suffix", "start", "end",
    joined={
        "source": Columns(
            "public_id", "kind", "title", "description_en", "description_ko", "source_language", "quoting"
        )
    },
    having=_Quoted,
    told={"updated_at": moment},
)  # fmt: skip
_TOPIC = Columns("order", "sort_key_en", "pk", "slug", *_NAME)
_SESSION = Columns("public_id", "kind", "title_en", "title_ko", "source_language")
_POSITION = Columns(
    "pk", "public_id", "updated_at", "stance", "kind", "source_language", "summary_en", "summary_ko", "condition_en",
    "condition_ko",
    joined={
        "event": Columns("slug", "title_en", "title_ko", "source_language", "date"),
        "appearance": Columns(
            "public_id", "label", "name_as_printed", "role",
            joined={"person": _NAMED, "organization": _NAMED, "session": _SESSION},
        ),
        "proposition": Columns("slug"),
        "wording": Columns("number", "text_en", "text_ko", "source_language"),
    },
    several={"said_as": _CAPACITY, "evidence": _EVIDENCE, "topics": _TOPIC},
    having=_Stated,
)  # fmt: skip


def _query(keys: Sequence[int]) -> Any:
    named = PositionCapacity.objects.filter(position=OuterRef(OuterRef("pk")), capacity=OuterRef("pk"))
    said_as = Capacity.objects.filter(appearance=OuterRef("appearance")).annotate(is_named=Exists(named))
    evidence = Evidence.objects.filter(position=OuterRef("pk"))
    topics = Topic.objects.public().filter(assignments__proposition=OuterRef("proposition"))
    return Position.objects.public().filter(pk__in=keys).values_list(
        *_POSITION.paths(),
        AsJSON(said_as, _CAPACITY.paths()),
        AsJSON(evidence, _EVIDENCE.paths()),
        AsJSON(topics, _TOPIC.paths()),
    )  # fmt: skip


_prepared = Prepared(_query)


def position_rows(keys: Sequence[int]) -> list[Any]:
    """In the order of the keys, for `shapes.positions.position`; what is not public, or no longer, is left out."""
    found = {values[0]: values for values in _prepared.rows(keys)}
    return [_POSITION.row(found[key]) for key in keys if key in found]
