"""What a dossier says that can't be so, beyond its shape; pure, and at ease with a tree of any shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from debate import locators
from exchange.dossier import names
from exchange.dossier.entries import Entries, Entry
from exchange.dossier.kinds import (
    AFFILIATION,
    APPEARANCE,
    CAPACITY,
    EVENT,
    EVIDENCE,
    KINDS,
    POSITION_CAPACITY,
    POSITION_LINK,
    SOURCE,
)
from exchange.dossier.problems import Problem
from exchange.dossier.recorded import Recorded


def problems(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    yield from names.problems(entries, recorded)
    yield from _circles(entries)
    yield from _appearances(entries)
    yield from _capacities(entries, recorded)
    yield from _capacities_of_positions(entries)
    yield from _locators(entries, recorded)
    yield from _quotes(entries)
    yield from _pointing_to_itself(entries)


def _circles(entries: Entries) -> Iterator[Problem]:
    for kind, key in [(kind, kind.self_pointer) for kind in KINDS if kind.self_pointer]:
        above = {entry.name: entry.text(key) for entry in entries[kind]}
        for entry in entries[kind]:
            passed, name = {entry.name}, entry.text(key)
            while name in above and name not in passed:
                passed.add(name)
                name = above[name]
            if name and name == entry.name:
                yield Problem(
                    (*entry.path, key),
                    f"This would make {name!r} {'a part' if key == 'parent' else 'a translation'} of itself.",
                )


def _appearances(entries: Entries) -> Iterator[Problem]:
    """A person appears once a session in each role."""
    times = Counter[tuple[Entry | None, str, str]]()
    for entry in entries[APPEARANCE]:
        key = (entry.owner, entry.text("person"), entry.text("role"))
        times[key] += 1
        if entry.text("person") and times[key] > 1:
            message = f"{key[1]!r} is in this session as {key[2]} already. Put both into one appearance."
            yield Problem((*entry.path, "person"), message)


def _capacities(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    here = {
        entry.name: (entry.owner.name if entry.owner else "", entry.text("organization"))
        for entry in entries[AFFILIATION]
    }
    known = {**recorded.affiliations, **here}
    for entry in entries[CAPACITY]:
        name = entry.text("affiliation")
        if name not in known or entry.owner is None:
            continue
        person, organization = known[name]
        if entry.owner.text("person") != person:
            speaker = entry.owner.text("person") or entry.owner.text("organization") or entry.owner.text("label")
            yield Problem(
                (*entry.path, "affiliation"), f"{name!r} is an affiliation of {person!r}, not of {speaker!r}."
            )
        if entry.text("organization") not in {"", organization}:
            message = f"The affiliation {name!r} is with {organization!r}, not with {entry.text('organization')!r}."
            yield Problem((*entry.path, "organization"), message)


def _locators(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    here = {entry.name: entry.node.get("paragraph_count") for entry in entries[SOURCE]}
    counts: dict[str, Any] = {**recorded.paragraphs, **here}
    for entry in (*entries[APPEARANCE], *entries[EVIDENCE]):
        count, text = counts.get(entry.text("source")), entry.text("locator")
        if not isinstance(count, int | float) or not text:
            continue
        try:
            locator = locators.parse(text)
        except ValueError:
            continue  # its format says so
        if locator.unit == "paragraph" and locator.last > count:
            yield Problem((*entry.path, "locator"), f"{text!r}: the source has {count} paragraphs.")


def _capacities_of_positions(entries: Entries) -> Iterator[Problem]:
    appearances = {entry.name: entry.owner.name for entry in entries[CAPACITY] if entry.owner}
    for entry in entries[POSITION_CAPACITY]:
        name, position = entry.text("capacity"), entry.owner
        if position and name in appearances and appearances[name] != position.text("appearance"):
            message = f"The capacity {name!r} is of the appearance {appearances[name]!r}, the position is not."
            yield Problem(entry.path, message)


def _quotes(entries: Entries) -> Iterator[Problem]:
    for entry in entries[EVIDENCE]:
        start, end = entry.node.get("start"), entry.node.get("end")
        if isinstance(start, int) and isinstance(end, int) and end <= start:
            yield Problem((*entry.path, "end"), f"The quote ends at {end}, before it starts at {start}.")


def _pointing_to_itself(entries: Entries) -> Iterator[Problem]:
    related = next(kind for kind in EVENT.parts if kind.key == "related")
    for kind, key in ((related, "event"), (POSITION_LINK, "to")):
        for entry in entries[kind]:
            if entry.owner and entry.owner.name and entry.text(key) == entry.owner.name:
                yield Problem((*entry.path, key), f"{entry.owner.name!r} can't point to itself.")
