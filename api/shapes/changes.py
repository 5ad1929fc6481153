"""What has changed in the record since a version of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from api.shapes.texts import URI


class ChangedRecord(TypedDict):
    """A record that is no longer as it was."""

    resource: Annotated[str, "The list it is in.", {"examples": ["positions"]}]
    id: Annotated[str, "Its id; of what was removed the one it had."]
    url: Annotated[str, "Where it is, or was.", URI]
    change: Annotated[
        Literal["changed", "removed"],
        "changed: it is new, or reads otherwise: fetch it. removed: it is no longer public under this id.",
    ]
    record: Annotated[
        dict[str, Any] | None, "As its address has it; null of what was removed, and of all unless `records=include`."
    ]
    version: Annotated[
        int | None,
        "The last version that changed it. Null where it is as it was but shows something that changed, and where that"
        " is not told apart: affiliations, evidence, remarks and links.",
    ]


class Changes(TypedDict):
    """What a copy of the record has to fetch and to remove to be like the record again."""

    since: int
    until: Annotated[int, "The version that a copy is at when it has taken in all pages: ask for what came since then."]
    token: Annotated[str, "Of that version."]
    count: Annotated[int, "How many there are on all pages."]
    results: list[ChangedRecord]
    next: Annotated[str | None, "The next page; null on the last.", URI]
