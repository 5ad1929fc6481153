"""The people, organizations and debates of the record as Popolo, the vocabulary of civic data.

    for piece in written(): ...   # one JSON document with persons, organizations, memberships and events

What Popolo has no property for stands under `debate_record` in each object; docs/open-data.md lists what that is.
"""

from __future__ import annotations

from exchange.popolo.writing import written

__all__ = ["written"]
