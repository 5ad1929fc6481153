"""What an archive says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from api.addresses import resource_url
from api.shapes.overview import LICENCE
from record.version import Stamp

_TEXT = """\
# {name}: the public record, version {version}

The public record of policy debates at {site}: who said what, in what capacity, on which question, with the
evidence beside it. This archive holds all of it in one state, version {version} ({token}){changed}.

## What is in it

- `statements.csv`: one flat table for researchers, a row for each statement.
- `csv/`: a table for each kind of record, tied together by ids.
- `ndjson/`: the same records as the API gives them one by one, a JSON object on each line.
- `popolo.json`: people, organizations, memberships and debates in the vocabulary of the Popolo project.
- `data-dictionary.csv` and `data-dictionary.md`: what every column and field means.
- `manifest.json`: every file with its size, its SHA-256 and how many rows it has.

{counts}

## How to read it

- Summaries are the editors' paraphrase, never the speaker's words. What was said stands in `quote`, where the terms of
  its source let it be shown.
- A position belongs to the capacities somebody spoke in there and then. Being identified with an organization is not to
  speak for it: `organization_rule` and `basis` tell which of the two it was.
- What is empty is not known, or not given by the source. Nothing was guessed. Silence is no stance.
- Dates are EDTF, as recorded: `2025-02` is a month, X an unknown digit. `_earliest` and `_latest` are the first and the
  last day it can be.
- Text in two languages is in `_en` and `_ko`; `source_language` says which is the source's. The other is the editors'.
- CSV is UTF-8 with a byte order mark, with commas and CRLF. A text that a spreadsheet would take for a formula has an
  apostrophe before it: to undo that, take the first character off every cell that matches `{guarded}`.
- Several values in one cell have ` | ` between them.

## Licence, and how to cite it

{licence} ({spdx}, {licence_url}). Quotes belong to their sources, under those sources' terms.

> {name}, version {version} of the record{dated}. {archive}. {spdx}.

That address stays where this archive was marked a release: {exports} says so, and under which name.
To follow what has changed since: {changes}
"""
GUARDED = r"^'[' ]*[=+\-@＝＋－＠\t\r\n]"  # noqa: RUF001


def text(stamp: Stamp, identity: str, newest_change: str, counts: Mapping[str, int]) -> str:
    day = newest_change[:10]
    return _TEXT.format(
        name=settings.SITE_NAME,
        site=settings.PUBLIC_URL,
        version=stamp.number,
        token=stamp.token,
        changed=f", last changed on {day}" if day else "",
        dated=f", {day}" if day else "",
        counts="\n".join(["| records | |", "|---|---|", *(f"| {name} | {count} |" for name, count in counts.items())]),
        guarded=GUARDED,
        licence=LICENCE["name"],
        spdx=LICENCE["spdx"],
        licence_url=LICENCE["url"],
        archive=f"{resource_url('exports')}{identity}.zip",
        exports=resource_url("exports"),
        changes=f"{resource_url('changes')}?since={stamp.number}&token={stamp.token}",
    )
