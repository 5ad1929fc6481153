"""Which versions a form of the admin was opened from: of its record, and of each of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SEEN = "_seen"
BEFORE = "_seen_before"  # of what is asked about, the versions that the editor began from


@dataclass(frozen=True, slots=True)
class Opened:
    """Revisions; of rows, by the prefix of their forms and by primary key."""

    revision: int | None = None
    rows: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def as_text(self) -> str:
        return json.dumps({"revision": self.revision, "rows": self.rows}, separators=(",", ":"))

    def of_row(self, prefix: str, key: int) -> int | None:
        return self.rows.get(prefix, {}).get(key)


def opened(record: Any, formsets: Sequence[Any]) -> Opened:
    """What stands in the forms now."""
    rows = {
        formset.prefix: {form.instance.pk: form.instance.revision for form in formset.initial_forms}
        for formset in formsets
    }
    return Opened(record.revision, {prefix: several for prefix, several in rows.items() if several})


def read(text: str) -> Opened:
    """What can't be read was opened from nothing that is known."""
    try:
        told = json.loads(text)
        rows = {
            str(prefix): {int(key): int(revision) for key, revision in several.items()}
            for prefix, several in told["rows"].items()
        }
        return Opened(int(told["revision"]), rows)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Opened()
