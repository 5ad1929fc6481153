"""What a table of people is going to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from editing.importing.naming import Names, at_slugs, both_names, candidates, new_one
from editing.importing.plan import CREATE, Act, Difference, Plan, Planning, Question, Step, changed_columns
from exchange.tables.kinds import Entry
from exchange.tables.table import Problem
from review.publicity import published_among
from review.roles import Author
from speakers.bilingual import columns
from speakers.fields import fold
from speakers.models import Identifier, Person

_PIECE = 500
_PARTS = ("names", "identifiers", "links")
_COLUMNS = (*columns("name"), *columns("sort_name"), *columns("note"), "source_language")
_NAMES = columns("name")


def plan(entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author) -> Plan:
    """Queries for each 500 rows, and two that read every name of the record."""
    return _People(entries, problems, answers, by).plan()


class _People:
    def __init__(
        self, entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author
    ) -> None:
        self.entries, self.by = entries, by
        self.planning = Planning(problems, answers)
        self.names = Names(Person, [entry.get(column) for entry in entries for column in _NAMES])
        self.slugs = at_slugs(Person, {entry.get("id") for entry in entries if entry.get("id")})
        self.identified = _owners({one for entry in entries for one in entry.get("identifiers", ())})
        found = {entry.number: self._candidates(entry) for entry in entries}
        self.found: Mapping[int, tuple[int, ...]] = found
        keys = {key for keys in found.values() for key in keys}
        self.records = _people(keys)
        self.candidates = candidates(Person, {key for keys in found.values() if len(keys) for key in keys})
        self.published = set() if by.may_publish else published_among(Person, keys)

    def plan(self) -> Plan:
        for entry in self.entries:
            self._add(entry)
        return self.planning.whole()

    def _candidates(self, entry: Entry) -> tuple[int, ...]:
        """Who may be meant, those called exactly so first. An identifier says it alone."""
        if "id" in entry:
            key = self.slugs.get(entry.get("id"))
            return () if key is None else (key,)
        if owners := self._owners(entry):
            return tuple(sorted(key for key in owners if key))
        several = [self.names.find(entry.get(column)) for column in _NAMES if entry.get(column)]
        exact = {key: sum(key in one.exact for one in several) for one in several for key in one.exact}
        best = sorted(exact, key=lambda key: (-exact[key], key))
        return tuple(dict.fromkeys((*best, *(key for one in several for key in one.similar))))

    def _add(self, entry: Entry) -> None:
        what = " · ".join(filter(None, (entry.get(column) for column in _NAMES))) or entry.get("id")
        self.planning.add(Step(entry.number, Act.WRONG, what))
        if not (self._is_sound(entry) and entry.is_read):
            return
        person, is_asked = self._person(entry)
        if is_asked:
            self.planning.add(Step(entry.number, Act.ASKED, what))
            return
        key = person.pk if person else ("new", *(fold(entry.get(column)) for column in _NAMES), self._told(entry))
        for same in (key, *(("identifier", one) for one in entry.get("identifiers", ()))):
            if first := self.planning.is_again(same, entry.number):
                self.planning.wrong(entry.wrong("id", _("This is the same person as in row %(row)d.") % {"row": first}))
                return
        values, differences = self._values(person, entry)
        if person is not None and not values:
            self.planning.add(Step(entry.number, Act.UNCHANGED, both_names(person), Person, person))
            return
        waits = person is not None and person.pk in self.published
        act = Act.CHANGED if person else Act.NEW
        self.planning.add(
            Step(entry.number, act, both_names(person) if person else what, Person, person, values, differences, waits)
        )

    def _owners(self, entry: Entry) -> dict[int, str]:
        """Whose the identifiers are in the record, and what those are called."""
        return dict(self.identified[one] for one in entry.get("identifiers", ()) if one in self.identified)

    def _told(self, entry: Entry) -> Any:
        """Two new ones of one name are told apart by their identifiers."""
        return tuple(sorted(entry.get("identifiers", ())))

    def _is_sound(self, entry: Entry) -> bool:
        if "id" in entry and not self.found[entry.number]:
            message = _("There is nobody with this slug. Leave it empty for a new person.")
            self.planning.wrong(entry.wrong("id", message))
            return False
        if "id" not in entry and not any(entry.get(column) for column in _NAMES):
            column = next((name for name in _NAMES if name in entry.called), _NAMES[0])
            self.planning.wrong(entry.wrong(column, _("A person has to have a name in one language at least.")))
            return False
        owners = self._owners(entry)
        if owners.keys() - set(self.found[entry.number][:1]) or len(owners) > 1:
            message = _("This identifier is somebody else's in the record: %(names)s.")
            self.planning.wrong(entry.wrong("identifiers", message % {"names": ", ".join(owners.values())}))
            return False
        return True

    def _person(self, entry: Entry) -> tuple[Person | None, bool]:
        """Whom the row is about, None where it is somebody new; and whether that is to be chosen first."""
        keys = self.found[entry.number]
        by_identity = "id" in entry or any(one in self.identified for one in entry.get("identifiers", ()))
        if not keys or by_identity:
            return (self.records[keys[0]] if keys else None), False
        for key in keys:
            if self._is_called(self.records[key], entry) and not self._values(self.records[key], entry)[0]:
                return self.records[key], False
        exact = [key for key in keys if self._is_called(self.records[key], entry)]
        chosen = self.planning.questions.ask(entry.number, self._question(entry, keys, exact))
        if chosen == CREATE or not chosen:
            return None, not chosen
        return self.records[int(chosen)], False

    def _is_called(self, person: Person, entry: Entry) -> bool:
        given = {fold(entry.get(column)) for column in _NAMES if entry.get(column)}
        texts = [*(getattr(person, column) for column in _NAMES), *(name.text for name in person.names.all())]
        return bool(given & {fold(text) for text in texts if text})

    def _question(self, entry: Entry, keys: Sequence[int], exact: Sequence[int]) -> Question:
        name = " · ".join(filter(None, (entry.get(column) for column in _NAMES)))
        if len(exact) > 1:
            asked = _("Several are called “%(name)s”. Which is meant?")
        elif exact:
            asked = _("Is “%(name)s” the one who is in the record? The row would change them.")
        else:
            asked = _("“%(name)s” is like somebody in the record. Is one of these meant?")
        return Question(
            key=f"person:{fold(name) or name}:{':'.join(map(str, self._told(entry)))}",
            asked=asked % {"name": name},
            name=name,
            candidates=(*(self.candidates[key] for key in keys), new_one(Person)),
            rows=(),
            suggested=str(exact[0]) if len(exact) == 1 else "",
        )

    def _values(self, person: Person | None, entry: Entry) -> tuple[dict[str, Any], tuple[Difference, ...]]:
        """What the row adds to or changes of the person; nothing is taken away."""
        given = {column: entry.get(column) for column in _COLUMNS if column in entry}
        values, differences = changed_columns(person, given)
        if person is None and "source_language" not in values:
            values["source_language"] = "en" if entry.get("name_en") else "ko"
        for relation, key, label in (
            ("names", "other_names", _("other names")),
            ("identifiers", "identifiers", _("identifiers")),
            ("links", "links", _("links")),
        ):
            there = list(getattr(person, relation).all()) if person else []
            new = [row for row in _rows(relation, entry.get(key, ())) if not _is_there(relation, row, person, there)]
            if new:
                values[relation] = [*({"pk": row.pk} for row in there), *new]
                added = ", ".join(next(reversed(row.values())) for row in new)
                before = ", ".join(str(row) for row in there)
                differences.append(Difference(label, before, ", ".join(filter(None, (before, added)))))
        return values, tuple(differences) if person else ()


def _rows(relation: str, given: Sequence[Any]) -> list[dict[str, str]]:
    match relation:
        case "names":
            return [{"kind": kind, "text": text} for kind, text in dict.fromkeys(given)]
        case "identifiers":
            return [{"scheme": scheme, "value": value} for scheme, value in dict.fromkeys(given)]
        case _:
            return [{"url": url} for url in dict.fromkeys(given)]


def _is_there(relation: str, row: Mapping[str, str], person: Person | None, there: Sequence[Any]) -> bool:
    if relation == "names" and person is not None and row["text"] in [getattr(person, column) for column in _NAMES]:
        return True
    compared = ("text",) if relation == "names" else tuple(row)
    return any(all(getattr(one, column) == row[column] for column in compared) for one in there)


def _owners(identifiers: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Whose they are, and what those are called; an organization has no key here."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for some in batched(sorted(identifiers), _PIECE):
        rows = Identifier.objects.filter(value__in=[value for _scheme, value in some])
        for one in rows.select_related("person", "organization"):
            found[one.scheme, one.value] = (one.person_id or 0, both_names(one.person or one.organization))
    return found


def _people(keys: Collection[int]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for some in batched(sorted(keys), _PIECE):
        found |= {person.pk: person for person in Person.objects.filter(pk__in=some).prefetch_related(*_PARTS)}
    return found
