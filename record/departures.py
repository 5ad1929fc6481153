"""What was public and no longer is, so that copies of the record can let go of it.

Only a row that was public is ever noted, as it was then: what was never public is not told of.
"""

from __future__ import annotations

from dataclasses import dataclass

from record.models import BESIDE


@dataclass(frozen=True, slots=True)
class Leaving:
    """The object at `address` has left the record if `when` holds: SQL over ``{row}``, a row as it was before it was
    changed or deleted, the tables as they are after, and ``{rows}``, all that the statement changed, as they were.
    `beside` is a table whose rows, as ``beside``, leave with that row.
    """

    kind: str
    address: str
    when: str
    beside: str = ""

    def sql(self, row: str, source: str, rows: str) -> str:
        """`source` is the table that ``{row}`` is of, where it has to be named."""
        tables = ", ".join(filter(None, (source, f"{self.beside} beside" if self.beside else "")))
        told = f"SELECT '{self.kind}' AS kind, {self.address} AS address{f' FROM {tables}' if tables else ''}"
        return f"{told} WHERE {self.when}".replace("{rows}", rows).replace("{row}", row)


def _shown(table: str, key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} shown WHERE shown.id = {key} AND shown.is_public)"


def _left(table: str, column: str = "id") -> str:
    still = f"SELECT 1 FROM {table} still WHERE still.id = {{row}}.id AND still.is_public"
    return f"{{row}}.is_public AND NOT EXISTS ({still} AND still.{column} = {{row}}.{column})"


def _itself(kind: str, table: str, address: str) -> Leaving:
    return Leaving(kind, f"{{row}}.{address}", _left(table, address))


def _with(kind: str, owner: str, key: str, when: str = "TRUE") -> Leaving:
    return Leaving(kind, "beside.public_id", f"beside.{key} = {{row}}.id AND {when} AND {_left(owner)}", _TABLES[kind])


def _link(key: str, other: str) -> Leaving:
    """A debate that is withdrawn takes both ends with it in one statement."""
    together = f"EXISTS (SELECT 1 FROM {{rows}} too WHERE too.id = beside.{other} AND too.is_public)"
    return _with("link", _POSITION, key, f"({_shown(_POSITION, f'beside.{other}')} OR {together})")


def _tied(kind: str, is_public: str) -> Leaving:
    """Public while what it is tied to is; `is_public` says so of a row ``{one}``."""
    still = f"SELECT 1 FROM {_TABLES[kind]} still WHERE still.id = {{row}}.id AND {is_public.replace('{one}', 'still')}"
    return Leaving(kind, "{row}.public_id", f"{is_public.replace('{one}', '{row}')} AND NOT EXISTS ({still})")


def _loses(kind: str, table: str, key: str, column: str) -> Leaving:
    """What a row pointed to with `key` may show less than before, now that `column` is another."""
    return Leaving(
        f"{BESIDE}{kind}", f"CAST({{row}}.{key} AS varchar(20))", f"{{row}}.{key} > 0 AND {_left(table, column)}"
    )


_PERSON, _ORGANIZATION, _EVENT, _POSITION = (
    "speakers_person", "speakers_organization", "debate_event", "positions_position",
)  # fmt: skip
_TABLES = {"affiliation": "speakers_affiliation", "link": "positions_positionlink", "remark": "positions_remark"}
_IN_AFFILIATION = f"{_shown(_PERSON, '{one}.person_id')} AND {_shown(_ORGANIZATION, '{one}.organization_id')}"
_IN_LINK = f"{_shown(_POSITION, '{one}.from_position_id')} AND {_shown(_POSITION, '{one}.to_position_id')}"
_ON_REMARK = " OR ".join(
    _shown(table, f"{{one}}.{key}")
    for table, key in ((_POSITION, "position_id"), (_PERSON, "person_id"), (_EVENT, "event_id"))
)

LEAVINGS: dict[str, tuple[Leaving, ...]] = {
    _PERSON: (
        _itself("person", _PERSON, "slug"),
        _with("affiliation", _PERSON, "person_id", _shown(_ORGANIZATION, "beside.organization_id")),
        _with("remark", _PERSON, "person_id"),
    ),
    _ORGANIZATION: (
        _itself("organization", _ORGANIZATION, "slug"),
        _with("affiliation", _ORGANIZATION, "organization_id", _shown(_PERSON, "beside.person_id")),
        _loses("organization", _ORGANIZATION, "parent_id", "parent_id"),
    ),
    "speakers_affiliation": (_tied("affiliation", _IN_AFFILIATION),),
    _EVENT: (_itself("event", _EVENT, "slug"), _with("remark", _EVENT, "event_id")),
    "debate_session": (_itself("session", "debate_session", "public_id"),),
    "debate_appearance": (_itself("appearance", "debate_appearance", "public_id"),),
    "debate_source": (_itself("source", "debate_source", "public_id"),),
    "positions_topic": (_itself("topic", "positions_topic", "slug"),),
    "positions_proposition": (_itself("proposition", "positions_proposition", "slug"),),
    _POSITION: (
        _itself("position", _POSITION, "public_id"),
        _link("from_position_id", "to_position_id"),
        _link("to_position_id", "from_position_id"),
        _with("remark", _POSITION, "position_id"),
        _loses("proposition", _POSITION, "proposition_id", "wording_id"),
    ),
    "positions_evidence": (_itself("evidence", "positions_evidence", "public_id"),),
    "positions_positionlink": (_tied("link", _IN_LINK),),
    "positions_remark": (_tied("remark", f"({_ON_REMARK})"),),
}
# What has to change in a row that goes on for any of its leavings to happen.
WATCHED: dict[str, tuple[str, ...]] = {
    "speakers_affiliation": ("person_id", "organization_id"),
    "positions_positionlink": ("from_position_id", "to_position_id"),
    "positions_remark": ("position_id", "person_id", "event_id"),
    **dict.fromkeys((_PERSON, _EVENT, "positions_topic", "positions_proposition"), ("is_public", "slug")),
    **dict.fromkeys(
        ("debate_session", "debate_appearance", "debate_source", "positions_evidence"), ("is_public", "public_id")
    ),
    _ORGANIZATION: ("is_public", "slug", "parent_id"),
    _POSITION: ("is_public", "public_id", "wording_id"),
}
