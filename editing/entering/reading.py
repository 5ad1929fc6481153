"""From the cells of the screen to a plan of what is to be made; what can't be understood is told at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from debate.models import Basis, SessionKind, Source
from editing.entering import known, words
from editing.entering.entry import Entry
from editing.entering.forms import AN_ORGANIZATION, ANOTHER, LABEL, NEW, said
from editing.entering.known import Known
from editing.entering.plan import Party, Plan, PlannedAppearance, PlannedCapacity, PlannedSession

type Offers = Mapping[str, Sequence[Known]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a name in a cell means. `state` is "known", "new", "label", "same" (the row above), or "open": then one of
    `offers` may be meant, and nothing is made before somebody says so.
    """

    state: str
    offers: tuple[Known, ...] = ()
    party: Party | None = None
    meant: Known | None = None


class Reading:
    """Looks up all names of an entry at once; then each cell is understood without asking again."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self.language = entry, entry.language
        self.rows = entry.rows.filled
        self.hosts = entry.hosts.filled
        self.people = known.alike("person", {said(row, "name") for row in self.rows}, self.language)
        named = {said(row, "organization") for row in (*self.rows, *self.hosts)}
        themselves = {said(row, "name") for row in self.rows if said(row, "person").startswith(AN_ORGANIZATION)}
        self.organizations = known.alike("organization", named | themselves, self.language)
        self.chosen = self._chosen()
        self.decided = self._decided_elsewhere()

    def _chosen(self) -> dict[str, dict[int, Known]]:
        """Those who were chosen, whatever their name."""
        people = {int(choice) for row in self.rows if (choice := said(row, "person")).isdecimal()}
        choices = [said(row, "affiliated") for row in (*self.rows, *self.hosts)]
        choices += [said(row, "person").removeprefix(AN_ORGANIZATION) for row in self.rows if _is_itself(row)]
        organizations = {int(choice) for choice in choices if choice.isdecimal()}
        return {
            "person": known.described("person", people, self.language),
            "organization": known.described("organization", organizations, self.language),
        }

    def _decided_elsewhere(self) -> dict[tuple[str, str], str]:
        """By kind and name what one row says of them: it holds for the others that say nothing."""
        found: dict[tuple[str, str], str] = {}
        for row in self.rows:
            if (choice := said(row, "person")) and choice not in {ANOTHER, LABEL}:
                found.setdefault(("person", _plain(said(row, "name"))), choice)
        for row in (*self.rows, *self.hosts):
            if choice := said(row, "affiliated"):
                found.setdefault(("organization", _plain(said(row, "organization"))), choice)
        return found

    def organization(self, row: forms.Form) -> Decision | None:
        name = said(row, "organization")
        if not name:
            return None
        choice = said(row, "affiliated") or self.decided.get(("organization", _plain(name)), "")
        return self._organization(name, choice)

    def _organization(self, name: str, choice: str) -> Decision:
        offers = tuple(self.organizations.get(name, ()))
        if choice.isdecimal():
            return self._known("organization", int(choice), offers)
        if choice == NEW:
            return Decision("new", offers, Party("organization", name=name))
        same = [one for one in offers if known.is_same("organization", name, one.names)]
        if len(same) == 1:
            return self._known("organization", same[0].key, offers, same[0])
        return Decision("open", offers) if offers else Decision("new", (), Party("organization", name=name))

    def who(self, row: forms.Form) -> Decision | None:
        name = said(row, "name")
        if not name:
            return None
        choice = said(row, "person") or self.decided.get(("person", _plain(name)), "")
        if choice.startswith(AN_ORGANIZATION):
            return self._organization(name, choice.removeprefix(AN_ORGANIZATION))
        offers = tuple(self.people.get(name, ()))
        if choice.isdecimal():
            return self._known("person", int(choice), offers)
        if choice == LABEL:
            return Decision("label", offers, Party("label", name=name))
        if choice in {NEW, ANOTHER}:
            return Decision("new", offers, Party("person", name=name, number=1 + (choice == ANOTHER)))
        if meant := self._meant_by_both(row, name, offers):
            return self._known("person", meant.key, offers, meant)
        return Decision("open", offers) if offers else Decision("new", (), Party("person", name=name))

    def _meant_by_both(self, row: forms.Form, name: str, offers: Sequence[Known]) -> Known | None:
        """The one of this very name who is known to belong to the organization of the row: a name alone says little."""
        decision = self.organization(row)
        if len(offers) != 1 or decision is None or decision.meant is None:
            return None
        is_meant = known.is_same("person", name, offers[0].names) and decision.meant.key in offers[0].at
        return offers[0] if is_meant else None

    def _known(self, kind: Any, key: int, offers: tuple[Known, ...], meant: Known | None = None) -> Decision:
        meant = meant or self.chosen[kind].get(key) or next((one for one in offers if one.key == key), None)
        if meant is None:
            return Decision("gone", offers)
        offers = offers if meant in offers else (meant, *offers)
        return Decision("known", offers, Party(kind, key=key), meant)


def plan(entry: Entry, reading: Reading) -> Plan | None:
    """None where something is wrong: it stands in the forms then, all of it."""
    has_right_cells = entry.is_valid
    planner = _Planner(entry, reading)
    planner.read()
    return planner.plan() if has_right_cells and entry.is_valid else None


class _Planner:
    """Reads what can be read of cells that have mistakes, too, to find the others."""

    def __init__(self, entry: Entry, reading: Reading) -> None:
        self.entry, self.reading = entry, reading
        self.sessions = [
            PlannedSession(_values(form)["kind"], _values(form)["title"]) for form in entry.sessions.filled
        ]
        self.hosts: list[tuple[Party, str]] = []
        self.last: PlannedAppearance | None = None  # of the row above, whose person an empty name repeats
        self.appearances: dict[tuple[int, Party, str], PlannedAppearance] = {}
        self.rows = [(at, form) for at, form in enumerate(entry.rows.forms) if not form.is_empty]

    def read(self) -> None:
        self._read_source()
        self._read_hosts()
        for at, row in self.rows:
            self._read_row(at, row)
        if not self.rows:
            self.entry.rows.non_form_errors().append(_("Name somebody who appeared."))

    def plan(self) -> Plan:
        event = {**self.entry.event.cleaned_data}
        language, source = event.pop("language"), {**self.entry.source.cleaned_data}
        chosen, _asked = source.pop("chosen"), source.pop("known")
        return Plan(
            self.entry.mark,
            language,
            event,
            tuple(self.hosts),
            int(chosen) if chosen.isdecimal() else source,
            tuple(self.sessions),
            tuple(self.appearances.values()),
        )

    def _read_source(self) -> None:
        form = self.entry.source
        values = _values(form)
        if values["chosen"].isdecimal():
            if not Source.objects.filter(pk=int(values["chosen"])).exists():
                form.add_error("known", _("This source is no longer in the record."))
        elif values["known"]:
            form.add_error("known", _("Choose one of the sources, or leave this empty and describe a new one."))
        elif values["chosen"] != NEW and (held := known.at_address(values["url"])):
            message = _("A source of this address is in the record: %(source)s. Choose it above.")
            form.add_error("url", message % {"source": held})

    def _read_hosts(self) -> None:
        for form in self.entry.hosts.filled:
            party = self._decided(form, "organization", self.reading.organization(form))
            host = (party, _values(form)["role"])
            if party and host in self.hosts:
                form.add_error("organization", _("It is there twice with this role."))
            elif party:
                self.hosts.append((party, host[1]))

    def _decided(self, form: forms.Form, cell: str, decision: Decision | None) -> Party | None:
        if decision is None:
            return None
        if decision.state == "gone":
            form.add_error(cell, _("Who was chosen here is no longer in the record: choose again."))
        elif decision.state == "open":
            several = "; ".join(" – ".join(filter(None, (one.label, one.detail))) for one in decision.offers[:3])
            message = _("Known already? Choose one, or say that a new one is meant: %(several)s.")
            form.add_error(cell, message % {"several": several})
        return decision.party

    def _read_row(self, at: int, row: forms.Form) -> None:
        values, above = _values(row), self.last
        decision = self.reading.who(row)
        who = self._decided(row, "name", decision) if decision else above.who if above else None
        is_first = at == self.rows[0][0]
        if decision is None and is_first:
            row.add_error("name", _("Who is it? Only a row below another one may leave the name out."))
        session = self._session(row, above, is_first=is_first)
        role = values["role_there"] or (above.role if above and decision is None else "")
        if not role and "role_there" not in row.errors:
            row.add_error("role_there", _("What did they do there? For example: presenter, panellist, moderator."))
        organization = self._decided(row, "organization", self.reading.organization(row))
        if who is None or session is None or not role or row.errors:
            return
        appearance = self._appearance(at, row, who, session, role)
        self._add_capacity(at, row, organization, appearance)

    def _session(self, row: forms.Form, above: PlannedAppearance | None, *, is_first: bool) -> int | None:
        written = _values(row)["session"]
        if not written:
            return self._only_session(row, above, is_first=is_first)
        if written.isdecimal() and 0 < int(written) <= len(self.sessions):
            return int(written) - 1
        for at, session in enumerate(self.sessions):
            if _plain(session.title) == _plain(written):
                return at
        kind = words.code_of(SessionKind, written)
        is_label = words.is_label(SessionKind, written)
        of_kind = [at for at, session in enumerate(self.sessions) if session.kind == kind]
        if is_label and len(of_kind) == 1:
            return of_kind[0]
        if is_label and of_kind:
            row.add_error("session", _("There are several of this kind: write its title or its number."))
            return None
        if kind:
            self.sessions.append(PlannedSession(kind, "" if is_label else written))
            return len(self.sessions) - 1
        message = _("“%(session)s” is not in the list of sessions. Add it there with its kind.")
        row.add_error("session", message % {"session": written})
        return None

    def _only_session(self, row: forms.Form, above: PlannedAppearance | None, *, is_first: bool) -> int | None:
        if above is not None:
            return above.session
        if len(self.sessions) == 1:
            return 0
        if is_first:  # where a row above is wrong, that has been told
            row.add_error("session", _("In which session? Write for example: discussion."))
        return None

    def _appearance(self, at: int, row: forms.Form, who: Party, session: int, role: str) -> PlannedAppearance:
        values = _values(row)
        printed = values["name_as_printed"] or ("" if who.kind == "label" else values["name"])
        started = PlannedAppearance(at, session, who, role, printed, values["locator"])
        self.last = appearance = self.appearances.setdefault((session, who, role), started)
        if appearance is not started:
            self._agree(row, appearance, "locator", values["locator"])
            self._agree(row, appearance, "name_as_printed", values["name_as_printed"])
        return appearance

    def _agree(self, row: forms.Form, appearance: PlannedAppearance, column: str, value: str) -> None:
        """Several rows of one appearance say of it the same."""
        before = getattr(appearance, column)
        if not value or value == before:
            return
        if before and column == "locator":
            message = _("This is the appearance of row %(row)d, where “%(before)s” is written: leave this empty.")
            row.add_error(column, message % {"row": appearance.row + 1, "before": before})
        setattr(appearance, column, value)

    def _add_capacity(
        self, at: int, row: forms.Form, organization: Party | None, appearance: PlannedAppearance
    ) -> None:
        values = _values(row)
        if not values["organization"] and not values["role"]:
            self._refuse_without_capacity(row)
            if appearance.row != at:
                row.add_error(None, _("This row says nothing that row %(row)d does not.") % {"row": appearance.row + 1})
            return
        capacity = PlannedCapacity(
            at,
            organization,
            values["organization_as_printed"] or values["organization"],
            values["role"],
            values["unit"],
            values["basis"] or Basis.IDENTIFIED_AS,
            values["doubtful"],
            values["note"],
        )
        alike = (organization, capacity.organization_name, capacity.role, capacity.unit)
        for other in appearance.capacities:
            if alike == (other.organization, other.organization_name, other.role, other.unit):
                row.add_error(None, _("This row says the same as row %(row)d.") % {"row": other.row + 1})
        appearance.capacities.append(capacity)

    def _refuse_without_capacity(self, row: forms.Form) -> None:
        message = _("This belongs to an organization or a role: name one.")
        for column in ("unit", "basis", "organization_as_printed", "doubtful", "note"):
            if _values(row)[column]:
                row.add_error(column, message)


def unknown_sessions(entry: Entry) -> list[str]:
    """Titles of sessions that only the table has, and whose kind nothing says."""
    titles = {_plain(said(form, "title")) for form in entry.sessions.filled}
    several = {_plain(said(row, "session")): said(row, "session") for row in entry.rows.filled}
    return [
        written
        for plain, written in several.items()
        if plain and plain not in titles and not written.isdecimal() and not words.code_of(SessionKind, written)
    ]


def _values(form: forms.Form) -> dict[str, Any]:
    """Of a cell with a mistake, nothing."""
    return dict.fromkeys(form.fields, "") | form.cleaned_data


def _is_itself(row: forms.Form) -> bool:
    return said(row, "person").startswith(AN_ORGANIZATION)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
