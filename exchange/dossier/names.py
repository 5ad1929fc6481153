"""Whether every name in a dossier is given once and leads to something; pure, and at ease with a tree of any shape."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from django.db.models import Model

from exchange.dossier.entries import Entries, Entry
from exchange.dossier.kinds import EVENT, POSITION, Kind, named
from exchange.dossier.problems import Path, Problem, did_you_mean, written
from exchange.dossier.recorded import LOOKED_UP, Recorded, defined, pointers
from positions.models import Proposition, Wording
from speakers.models import Identifier


def problems(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    yield from _doubles(entries)
    yield from _unknown_names(entries, recorded)
    yield from _wordings(entries, recorded)
    yield from _taken(entries, recorded)
    yield from _identifiers(entries, recorded)
    yield from _both_slugs(entries, recorded)


def _doubles(entries: Entries) -> Iterator[Problem]:
    """Two records of one slug or id, or two of one owner that nothing tells apart."""
    seen: dict[Hashable, Entry] = {}
    for kind, found in entries.items():
        for entry in found:
            key = _unique_key(kind, entry)
            first = entry if key is None else seen.setdefault(key, entry)
            if first is not entry:
                what = f"The {kind.noun} {entry.name!r}" if entry.name else f"This {kind.noun}"
                yield Problem(_name_path(entry), f"{what} is here already, as {written(first.path)}. Keep one of them.")


def _unique_key(kind: Kind, entry: Entry) -> Hashable:
    if kind.name_column:
        return (kind.model, entry.name) if entry.name else None
    identity = None if kind.repeatable else entry.identity()
    owner = None if kind.model is Identifier else entry.owner  # an identifier names one in the whole record
    return None if identity is None else (kind.model, owner, identity)


def _unknown_names(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    here: dict[type[Model], set[str]] = {}
    for kind, found in entries.items():
        for pointer in pointers(kind.fields):
            known = here.setdefault(pointer.model, defined(entries, pointer.model))
            for entry in found:
                name = entry.text(pointer.key)
                if name and name not in known and not recorded.has(pointer.model, name):
                    path = entry.path if kind.item else (*entry.path, pointer.key)
                    yield Problem(path, _unknown(pointer.model, name, known, recorded))


def _unknown(model: type[Model], name: str, known: set[str], recorded: Recorded) -> str:
    where = "neither in this file nor in the record" if model in LOOKED_UP else "not in this file"
    candidates = {*known, *recorded.similar.get(model, ())} - {""}
    return f"The {model._meta.verbose_name} {name!r} is {where}.{did_you_mean(name, candidates)}"


def _taken(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    """Ids that the database has under another owner: most often a file copied for a new debate."""
    event = _only(entries[EVENT])
    for kind, found in entries.items():
        for entry in found:
            owner = recorded.owners.get((kind, entry.name))
            own = event if kind.of_event else entry.owner
            if owner and not (own and owner.key and owner.key == recorded.keys.get((owner.model, own.name))):
                whose = f"as one of {owner.slug!r}" if owner.slug else "on something else"
                yield Problem(
                    _name_path(entry),
                    f"The {kind.noun} {entry.name!r} is in the record already, {whose}. Make up a new id.",
                )


def _identifiers(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    for kind in named(Identifier):
        for entry in entries[kind]:
            owner = recorded.identifiers.get((entry.text("scheme"), entry.text("value")))
            if owner and entry.owner and owner.key != recorded.keys.get((entry.owner.kind.model, entry.owner.name)):
                identifier = f"{entry.text('scheme')}:{entry.text('value')}"
                yield Problem(entry.path, f"{identifier} is {owner.slug!r} in the record, and can name only one.")


def _both_slugs(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    for kind, found in entries.items():
        for entry in found:
            if former := recorded.doubles.get((kind.model, entry.name)):
                message = f"{entry.name!r} and {former!r} are two records. Merge them, or leave {former!r} out here."
                yield Problem((*entry.path, "former_slugs"), message)


def _wordings(entries: Entries, recorded: Recorded) -> Iterator[Problem]:
    propositions = defined(entries, Proposition)
    numbers = {
        (entry.owner.name, entry.node.get("number"))
        for kind in named(Wording)
        for entry in entries[kind]
        if entry.owner and isinstance(entry.node.get("number"), int)
    }
    for entry in entries[POSITION]:
        name, number = entry.text("proposition"), entry.node.get("wording")
        if not name:
            continue
        if name not in propositions and not recorded.has(Proposition, name):
            yield Problem((*entry.path, "proposition"), _unknown(Proposition, name, propositions, recorded))
        elif isinstance(number, int) and (name, number) not in numbers and not _has_wording(recorded, name, number):
            worded = sorted({str(other) for slug, other in numbers if slug == name})
            there = f" There is {', '.join(worded)}." if worded else ""
            yield Problem((*entry.path, "wording"), f"{name!r} has no wording {number}.{there}")


def _has_wording(recorded: Recorded, proposition: str, number: int) -> bool:
    return recorded.has(Wording, (recorded.keys.get((Proposition, proposition)), number))


def _only(entries: Iterable[Entry]) -> Entry | None:
    return next(iter(entries), None)


def _name_path(entry: Entry) -> Path:
    key = next((key for key in ("slug", "id") if key in entry.node), "")
    return (*entry.path, key) if key else entry.path
