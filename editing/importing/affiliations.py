"""What a table of affiliations is going to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from editing.importing.naming import Somebody, both_names
from editing.importing.plan import Act, Plan, Planning, Pointer, Step, changed_columns
from exchange.tables.kinds import Entry
from exchange.tables.table import Problem
from review.publicity import published_among
from review.roles import Author
from speakers.bilingual import columns
from speakers.models import Affiliation, Organization, Person

_PIECE = 500
_TEXTS = (*columns("role"), *columns("unit"))
_COLUMNS = (*_TEXTS, "period", "source_language")


def plan(entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author) -> Plan:
    """Queries for each 500 rows, and four that read every name of the record."""
    return _Affiliations(entries, problems, answers, by).plan()


class _Affiliations:
    def __init__(
        self, entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author
    ) -> None:
        self.entries, self.by = entries, by
        self.planning = Planning(problems, answers)
        self.people = Somebody(Person, [entry.get("person") for entry in entries], self.planning)
        self.organizations = Somebody(Organization, [entry.get("organization") for entry in entries], self.planning)
        self.by_id = _by_id({entry.get("id") for entry in entries if entry.get("id")})

    def plan(self) -> Plan:
        resolved = [(entry, self._ends(entry)) for entry in self.entries if self._is_sound(entry)]
        ends = [both for _entry, both in resolved]
        self._know_ends([*ends, *((one.person_id, one.organization_id) for one in self.by_id.values())])
        for entry, (person, organization) in resolved:
            self._add(entry, person, organization)
        return self.planning.whole()

    def _is_sound(self, entry: Entry) -> bool:
        if "id" in entry:
            if entry.get("id") in self.by_id:
                return True
            message = _("There is no affiliation with this id. Leave it empty for a new one.")
            self.planning.wrong(entry.wrong("id", message))
            return False
        missing = [column for column in ("person", "organization") if column not in entry]
        for column in missing:
            if column in entry.written:
                continue  # what is wrong with it was told already
            self.planning.wrong(entry.wrong(column, _("This can't be left empty.")))
        return not missing

    def _ends(self, entry: Entry) -> tuple[Any, Any]:
        """Person and organization; None where one has to be chosen first."""
        may_create = bool(entry.get("create", False))
        present = self.by_id.get(entry.get("id"))
        person = (
            self.people.named(entry, "person", may_create=may_create)
            if "person" in entry
            else present and present.person_id
        )
        organization = (
            self.organizations.named(entry, "organization", may_create=may_create)
            if "organization" in entry
            else present and present.organization_id
        )
        return person, organization

    def _know_ends(self, ends: Iterable[tuple[Any, Any]]) -> None:
        """What there is of these people, who all are, and what of it the public sees."""
        both = list(ends)
        people = {person for person, _one in both if isinstance(person, int)}
        organizations = {one for _person, one in both if isinstance(one, int)}
        self.there = _of_people(people)
        self.labels: dict[tuple[str, int], str] = {}
        for model, keys in ((Person, people), (Organization, organizations)):
            for some in batched(sorted(keys), _PIECE):
                rows: Any = model._base_manager.filter(pk__in=some)
                self.labels |= {(model.__name__, row.pk): both_names(row) for row in rows}
        may_publish = self.by.may_publish
        self.public_people = set() if may_publish else published_among(Person, people)
        self.public_organizations = set() if may_publish else published_among(Organization, organizations)

    def _add(self, entry: Entry, person: Any, organization: Any) -> None:
        told = ", ".join(
            filter(None, (self._told("Person", person, entry), self._told("Organization", organization, entry)))
        )
        if person is None or organization is None:
            self.planning.add(Step(entry.number, Act.ASKED, told))
            return
        if not entry.is_read:
            self.planning.add(Step(entry.number, Act.WRONG, told))
            return
        record = self._record(entry, person, organization)
        given = {column: entry.get(column) for column in _COLUMNS if column in entry}
        key = record.pk if record else (person, organization, *(given.get(column) for column in (*_TEXTS, "period")))
        if first := self.planning.is_again(key, entry.number):
            message = _("This is the same affiliation as in row %(row)d.")
            self.planning.wrong(entry.wrong("id", message % {"row": first}))
            return
        values, differences = changed_columns(
            record,
            {"person": person, "organization": organization, **given},
            {
                "person": lambda one: self._told("Person", one, entry),
                "organization": lambda one: self._told("Organization", one, entry),
            },
        )
        if record is None and "source_language" not in values:
            values["source_language"] = _language(given)
        act = Act.NEW if record is None else Act.CHANGED if values else Act.UNCHANGED
        waits = act != Act.UNCHANGED and self._is_seen(person, organization, record)
        self.planning.add(Step(entry.number, act, told, Affiliation, record, values, tuple(differences), waits))

    def _told(self, model: str, key: Any, entry: Entry) -> str:
        if isinstance(key, int):
            return self.labels.get((model, key), str(key))
        if isinstance(key, Pointer):
            return _("%(name)s (new)") % {"name": self.planning.made[key.made].name}
        return str(entry.get(model.lower()))

    def _record(self, entry: Entry, person: Any, organization: Any) -> Affiliation | None:
        """By its id, else by what it says: the same place of the same person, and no other time of it."""
        if "id" in entry:
            return self.by_id[entry.get("id")]
        if not isinstance(person, int) or not isinstance(organization, int):
            return None
        same = [one for one in self.there[person] if one.organization_id == organization and _says(one, entry)]
        period = entry.get("period")
        for fits in (
            lambda one: one.period == period,
            lambda one: bool(period) and one.period.partition("/")[0] == period.partition("/")[0],
            lambda one: not one.period or not period,
        ):
            if found := next(filter(fits, same), None):
                return found
        return None

    def _is_seen(self, person: Any, organization: Any, record: Affiliation | None) -> bool:
        pairs = [(person, organization)]
        if record is not None:
            pairs.append((record.person_id, record.organization_id))
        return any(one in self.public_people and other in self.public_organizations for one, other in pairs)


def _says(affiliation: Affiliation, entry: Entry) -> bool:
    """The texts that a row gives are those of the affiliation; at least one role or unit, where it has any."""
    given = {column: entry.get(column) for column in _TEXTS if column in entry}
    if any(getattr(affiliation, column) not in ("", text) for column, text in given.items()):
        return False
    shared = [column for column, text in given.items() if getattr(affiliation, column) == text]
    has_any = any(getattr(affiliation, column) for column in _TEXTS)
    return bool(shared) or not (given or has_any)


def _language(given: Mapping[str, Any]) -> str:
    return "ko" if any(given.get(name) for name in ("role_ko", "unit_ko")) and not given.get("role_en") else "en"


def _by_id(ids: Collection[str]) -> dict[str, Affiliation]:
    found: dict[str, Affiliation] = {}
    for some in batched(sorted(ids), _PIECE):
        found |= {one.public_id: one for one in Affiliation.objects.filter(public_id__in=some)}
    return found


def _of_people(people: Collection[int]) -> dict[int, list[Affiliation]]:
    found: dict[int, list[Affiliation]] = defaultdict(list)
    for some in batched(sorted(people), _PIECE):
        for affiliation in Affiliation.objects.filter(person__in=some).order_by("pk"):
            found[affiliation.person_id].append(affiliation)
    return found
