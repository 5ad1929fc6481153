"""What will be made, in the order of the screen, to be read before it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate.models import AppearanceRole, Basis, OrganizationRole, SessionKind
from editing.entering import known
from editing.entering.known import Known
from editing.entering.lines import told
from editing.entering.plan import Party, Plan, PlannedAppearance, PlannedCapacity


@dataclass(frozen=True, slots=True)
class Appears:
    """One appearance as it will be read: who, whether they are new, what they do there, and as what."""

    who: str
    is_new: bool
    role: str
    place: str
    capacities: tuple[str, ...]
    rows: str


@dataclass(frozen=True, slots=True)
class Programme:
    session: str
    appearances: tuple[Appears, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    counts: tuple[str, ...]
    hosts: tuple[str, ...]
    programme: tuple[Programme, ...]
    new: Mapping[str, list[str]]


def summary(plan: Plan) -> Summary:
    names = _names(plan)
    hosts = tuple(f"{names[party]} ({OrganizationRole(role).label})" for party, role in plan.hosts)
    programme = tuple(
        Programme(
            " – ".join(filter(None, (str(SessionKind(session.kind).label), session.title))),
            tuple(_appears(one, names) for one in plan.appearances if one.session == at),
        )
        for at, session in enumerate(plan.sessions)
    )
    new = {kind: [party.name for party in plan.of(kind, new=True)] for kind in ("person", "organization")}
    counts = tuple(count for count in _counts(plan) if not count.startswith("0 "))
    return Summary(counts, hosts, programme, new)


def _names(plan: Plan) -> dict[Party, str]:
    found: dict[str, dict[int, Known]] = {
        "person": known.described("person", _keys(plan, "person"), plan.language),
        "organization": known.described("organization", _keys(plan, "organization"), plan.language),
    }
    return {party: told(found[party.kind][party.key]) if party.key else party.name for party in plan.parties}


def _keys(plan: Plan, kind: str) -> list[int]:
    return [party.key for party in plan.of(kind, new=False) if party.key]


def _appears(one: PlannedAppearance, names: Mapping[Party, str]) -> Appears:
    printed = one.name_as_printed
    who = names[one.who]
    if printed and one.who.key and not who.startswith(printed):
        who = _("%(who)s, printed as “%(printed)s”") % {"who": who, "printed": printed}
    rows = ", ".join(str(row + 1) for row in dict.fromkeys([one.row, *(capacity.row for capacity in one.capacities)]))
    role = str(AppearanceRole(one.role).label)
    return Appears(who, one.who.is_new, role, one.locator, tuple(map(_capacity, one.capacities)), rows)


def _capacity(one: PlannedCapacity) -> str:
    parts = ", ".join(filter(None, (one.role, one.unit, one.organization_name)))
    basis = str(Basis.ON_BEHALF_OF.label) if one.basis == Basis.ON_BEHALF_OF else ""
    doubt = _("doubtful") if one.is_doubtful else ""
    return " · ".join(filter(None, (parts, basis, doubt, one.note)))


def _counts(plan: Plan) -> Iterator[str]:
    people, organizations = plan.of("person", new=True), plan.of("organization", new=True)
    known_people, known_organizations = plan.of("person", new=False), plan.of("organization", new=False)
    capacities = sum(len(one.capacities) for one in plan.appearances)
    yield _counted(ngettext("%(count)d new person", "%(count)d new people", len(people)), people)
    yield _counted(ngettext("%(count)d known person", "%(count)d known people", len(known_people)), known_people)
    yield _counted(
        ngettext("%(count)d new organization", "%(count)d new organizations", len(organizations)), organizations
    )
    yield _counted(
        ngettext("%(count)d known organization", "%(count)d known organizations", len(known_organizations)),
        known_organizations,
    )
    yield _counted(ngettext("%(count)d session", "%(count)d sessions", len(plan.sessions)), plan.sessions)
    yield _counted(ngettext("%(count)d appearance", "%(count)d appearances", len(plan.appearances)), plan.appearances)
    yield ngettext("%(count)d capacity", "%(count)d capacities", capacities) % {"count": capacities}


def _counted(text: str, several: Sized) -> str:
    return text % {"count": len(several)}
