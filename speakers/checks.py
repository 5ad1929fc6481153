from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from speakers import triggers


def triggers_are_in_place(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Run by `migrate` and by `check --database default`: without its triggers the record goes out of date.

    A warning, since an error would stop the very `migrate` that mends it.
    """
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if triggers.tables_exist(connection) and (missing := triggers.missing(connection)):
            messages.append(
                Warning(
                    f"{len(missing)} database triggers are missing or outdated in {alias!r}, such as {missing[0]}.",
                    hint="Run manage.py migrate: it makes them anew and repairs what they keep.",
                    id="speakers.W001",
                )
            )
    return messages
