"""What a table of positions is going to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from debate.publishing import Status
from editing.importing import evidence
from editing.importing.places import Appearances, Debates, NearWordings, Propositions, Sources, Speaker, Worded
from editing.importing.plan import (
    CREATE,
    Act,
    Candidate,
    Difference,
    Made,
    Plan,
    Planning,
    Pointer,
    Question,
    Step,
    changed_columns,
    label_of,
    shortened,
)
from exchange.tables.cells import nearest
from exchange.tables.kinds import Entry
from exchange.tables.table import Problem
from positions.models import Position, Proposition, Stance, Wording
from review.readiness import Hindrance
from review.roles import Author
from speakers.bilingual import columns
from speakers.fields import fold

_PIECE = 300
_SUMMARY, _CONDITION = columns("summary"), columns("condition")
_COLUMNS = ("stance", *_CONDITION, "kind", *_SUMMARY, "status", "source_language")
_HANGUL = ("\uac00", "\ud7a3")


def plan(entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author) -> Plan:
    """Queries for each 300 rows; where a proposition is not known, one more that reads all wordings."""
    return _Positions(entries, problems, answers, by).plan()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and what it points to, as far as that is known."""

    entry: Entry
    speaker: Speaker | None
    proposition: Worded | Pointer | None
    is_unsettled: bool  # the proposition is unknown, or is to be chosen first

    @property
    def told(self) -> str:
        name = self.speaker.name if self.speaker else self.entry.get("speaker")
        stance = label_of(Stance, self.entry.get("stance"))
        text = self.proposition.text if isinstance(self.proposition, Worded) else self.entry.get("proposition")
        return shortened(" · ".join(filter(None, (name, stance, text))))


class _Positions:
    def __init__(
        self, entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author
    ) -> None:
        self.entries, self.by = entries, by
        self.planning = Planning(problems, answers)
        self.by_id = _by_id(_given(entries, "id"))
        self.debates = Debates(_given(entries, "debate"), {one.event_id for one in self.by_id.values() if one.event_id})
        self.appearances = Appearances(
            set(self.debates.all), _given(entries, "appearance"), {one.appearance_id for one in self.by_id.values()}
        )
        self.propositions = Propositions(_given(entries, "proposition"))
        self.near = NearWordings()
        self.sources = Sources(
            {text for entry in entries for text in entry.get("source", ())},
            set(self.debates.all),
            with_text=any("quote" in entry for entry in entries),
        )

    def plan(self) -> Plan:
        rows = [_Row(entry, self._appearance(entry), *self._proposition(entry)) for entry in self.entries]
        self.there = _of_appearances({row.speaker.key for row in rows if row.speaker})
        self.worded = _wordings({one.wording_id for several in self.there.values() for one in several})
        self.worded |= _wordings({one.wording_id for one in self.by_id.values()})
        for row in rows:
            self._add(row)
        return self.planning.whole()

    # --- who ------------------------------------------------------------------------------------------

    def _appearance(self, entry: Entry) -> Speaker | None:
        """None where there is none: then it was told, or asked, why."""
        if "id" in entry and entry.get("id") not in self.by_id:
            self._wrong(entry, "id", _("There is no position with this id. Leave it empty for a new one."))
            return None
        if "appearance" in entry:
            return self._by_its_id(entry)
        if "id" in entry and not ("debate" in entry or "speaker" in entry):
            return self.appearances.by_key[self.by_id[entry.get("id")].appearance_id]
        event = self._debate(entry)
        if event is None or "speaker" not in entry:
            if "speaker" not in entry and "speaker" not in entry.written:
                self._wrong(entry, "speaker", _("This can't be left empty."))
            return None
        return self._speaker(entry, event)

    def _by_its_id(self, entry: Entry) -> Speaker | None:
        """What the row says of it besides has to fit, since it may have been changed there."""
        speaker = self.appearances.by_id.get(entry.get("appearance"))
        if speaker is None:
            self._wrong(entry, "appearance", _("There is no appearance with this id."))
            return None
        if "speaker" in entry and not speaker.is_called(entry.get("speaker")):
            message = _("The appearance “%(id)s” is of %(name)s. Change its id too, or leave it empty.")
            told = {"id": speaker.public_id, "name": speaker.name}
            self._wrong(entry, "speaker", message % told)
            return None
        if "debate" in entry and speaker.event not in self.debates.called(entry.get("debate")):
            message = _("The appearance “%(id)s” is in another debate. Change its id too, or leave it empty.")
            self._wrong(entry, "debate", message % {"id": speaker.public_id})
            return None
        return speaker

    def _debate(self, entry: Entry) -> int | None:
        if "debate" not in entry:
            if "debate" not in entry.written:
                self._wrong(entry, "debate", _("This can't be left empty."))
            return None
        text = entry.get("debate")
        found = self.debates.called(text)
        if len(found) == 1:
            return found[0]
        if not found:
            hint = nearest(text, [one.slug for one in self.debates.all.values()])
            message = _("There is no debate “%(text)s” in the record. Write its slug or its whole title.")
            self._wrong(entry, "debate", message % {"text": text} + hint)
            return None
        chosen = self._ask(
            entry,
            f"debate:{fold(text)}",
            _("Several debates are called “%(name)s”. Which is meant?") % {"name": text},
            [Candidate(str(key), self.debates.all[key].title, self.debates.all[key].slug) for key in found],
        )
        return int(chosen) if chosen else None

    def _speaker(self, entry: Entry, event: int) -> Speaker | None:
        text, session, role = entry.get("speaker"), entry.get("session"), entry.get("role")
        found = self.appearances.called(event, text, session, role)
        if len(found) == 1:
            return found[0]
        if not found:
            self._wrong(entry, "speaker", self._not_there(event, text, session, role))
            return None
        several = len({one.who for one in found}) > 1
        asked = (
            _("Several in “%(debate)s” are called “%(name)s”. Which is meant?")
            if several
            else _("“%(name)s” appears several times in “%(debate)s”. Where was it said?")
        )
        chosen = self._ask(
            entry,
            f"appearance:{event}:{fold(text) or text}:{fold(session)}:{role}",
            asked % {"name": text, "debate": self.debates.all[event].title},
            [Candidate(str(one.key), one.name, f"{one.session} · {one.role_label} · {one.public_id}") for one in found],
        )
        return self.appearances.by_key[int(chosen)] if chosen else None

    def _not_there(self, event: int, text: str, session: str, role: str) -> str:
        told = {"name": text, "debate": self.debates.all[event].title}
        if (session or role) and self.appearances.called(event, text, "", ""):
            return _("“%(name)s” appears in “%(debate)s”, but not in this session and role.") % told
        names = self.appearances.names(event)
        message = _("“%(name)s” does not appear in “%(debate)s”. Enter the appearance there first.") % told
        return message + nearest(text, names)

    # --- what -----------------------------------------------------------------------------------------

    def _add(self, row: _Row) -> None:
        """Everything is looked at, whatever is wrong with the rest of the row."""
        entry, speaker, told = row.entry, row.speaker, row.told
        reading = evidence.Reading(entry, self.sources, self.planning, speaker.event if speaker else 0)
        named = reading.rows()
        is_whole = self._is_whole(entry)
        self.planning.add(Step(entry.number, Act.ASKED, told))  # until more is known
        if speaker is None or row.is_unsettled or not (reading.is_sound and is_whole and entry.is_read):
            return
        record = self._record(entry, speaker, row.proposition)
        summaries = tuple(entry.get(column) for column in _SUMMARY)
        key = record.pk if record else (speaker.key, _same(row.proposition), *summaries)
        if first := self.planning.is_again(key, entry.number):
            self._wrong(entry, "id", _("This is the same position as in row %(row)d.") % {"row": first})
            return
        values, differences = self._values(row, speaker, record, named)
        if not self._may_be(entry, record, values):
            return
        act = Act.NEW if record is None else Act.CHANGED if values else Act.UNCHANGED
        waits = act == Act.CHANGED and record is not None and _is_out(record) and not self.by.may_publish
        self.planning.add(Step(entry.number, act, told, Position, record, values, tuple(differences), waits))

    def _proposition(self, entry: Entry) -> tuple[Worded | Pointer | None, bool]:
        """None where the row names none; and whether it is to be chosen first."""
        if "proposition" not in entry:
            return None, False
        text = entry.get("proposition")
        found = self.propositions.called(text)
        if len(found) == 1:
            return found[0], False
        if not found and self.propositions.is_slug(text):
            message = _("There is no proposition “%(text)s”. Write its slug, or a wording to make a new one.")
            self._wrong(entry, "proposition", message % {"text": text})
            return None, True
        if not found and entry.get("create", False):
            return self._made(text), False
        near = found or self.near.near(text)
        offered = [Candidate(str(one.wording), one.text, label_of(Status, one.status)) for one in near]
        if found:
            asked = _("Several propositions are worded “%(name)s”. Which is meant?")
        elif near:
            asked = _("No proposition is worded “%(name)s”. Is one of these meant?")
        else:
            asked = _("There is no proposition “%(name)s” in the record.")
        if not found:
            offered.append(Candidate(CREATE, _("Make a new proposition, as a draft")))
        suggested = "" if near else CREATE
        chosen = self._ask(entry, f"proposition:{fold(text)}", asked % {"name": text}, offered, suggested)
        if chosen == CREATE:
            return self._made(text), False
        return (next(one for one in near if str(one.wording) == chosen) if chosen else None), not chosen

    def _made(self, text: str) -> Pointer:
        language = "ko" if any(_HANGUL[0] <= letter <= _HANGUL[1] for letter in text) else "en"
        wording = {f"text_{language}": text, "source_language": language}
        key = f"proposition:{fold(text)}"
        self.planning.make(Made(key, Proposition, text, {"wordings": [wording]}))
        return Pointer(key, "current_wording_id")

    def _is_whole(self, entry: Entry) -> bool:
        """What a new position has to have; a cell that can't be read was told of already."""
        record = self.by_id.get(entry.get("id"))
        lacking = [] if record else [column for column in ("proposition", "stance", "kind") if column not in entry]
        if record is None and not any(column in entry.written for column in _SUMMARY):
            lacking.append(next((column for column in _SUMMARY if column in entry.called), _SUMMARY[0]))
        missing = [column for column in lacking if column not in entry.written]
        for column in missing:
            self._wrong(entry, column, _("This can't be left empty."))
        stance = entry.get("stance") or (record.stance if record else "")
        has_condition = any(entry.get(column) or (record and getattr(record, column)) for column in _CONDITION)
        is_without = stance == Stance.CONDITIONAL and not has_condition
        if is_without:
            column = next((column for column in _CONDITION if column in entry.called), "stance")
            self._wrong(entry, column, _("Say on which condition."))
        return not (lacking or is_without)

    def _record(self, entry: Entry, speaker: Speaker, proposition: Any) -> Position | None:
        """By its id, else by what it says: the same summary of the same speaker on the same proposition."""
        if "id" in entry:
            return self.by_id[entry.get("id")]
        if not isinstance(proposition, Worded):
            return None
        given = {column: entry.get(column) for column in _SUMMARY if column in entry}
        for one in self.there.get(speaker.key, ()):
            if self.worded[one.wording_id].proposition == proposition.proposition and all(
                getattr(one, column) == text for column, text in given.items()
            ):
                return one
        return None

    def _values(
        self, row: _Row, speaker: Speaker, record: Position | None, named: list[evidence.Values]
    ) -> tuple[dict[str, Any], list[Difference]]:
        entry, proposition = row.entry, row.proposition
        given: dict[str, Any] = {column: entry.get(column) for column in _COLUMNS if column in entry}
        given["appearance"] = speaker.key
        if isinstance(proposition, Pointer):
            given["wording"] = proposition
        elif proposition is not None and not self._is_on(record, proposition):
            given["wording"] = proposition.wording
        values, differences = changed_columns(
            record, given, {"appearance": self._appearance_told, "wording": self._wording_told}
        )
        there = list(record.evidence.all()) if record else []
        rows, told = evidence.added(there, named)
        if rows:
            values["evidence"] = rows
        if record is None:
            values.setdefault("source_language", _language(entry))
            return values, told
        return values, [*differences, *told]

    def _is_on(self, record: Position | None, proposition: Worded) -> bool:
        """A position stays with the wording that it was coded on."""
        return record is not None and self.worded[record.wording_id].proposition == proposition.proposition

    def _appearance_told(self, key: Any) -> str:
        found = self.appearances.by_key.get(key)
        return f"{found.name}, {found.session}" if found else str(key)

    def _wording_told(self, key: Any) -> str:
        if isinstance(key, Pointer):
            return self.planning.made[key.made].name
        found = self.worded.get(key) or next(
            (one for text in _given(self.entries, "proposition") for one in self.propositions.called(text)
             if one.wording == key), None
        )  # fmt: skip
        return found.text if found else str(key)

    def _may_be(self, entry: Entry, record: Position | None, values: Mapping[str, Any]) -> bool:
        """Only whoever may publish decides what is public, and nobody publishes what nobody could check."""
        before = record.status if record else Status.DRAFT
        after = values.get("status", before)
        has_evidence = "evidence" in values or (record is not None and bool(record.evidence.all()))
        if after == Status.PUBLISHED != before and not has_evidence:
            self._wrong(entry, "status", str(Hindrance.NO_EVIDENCE.label))
            return False
        if self.by.may_publish or before == after != Status.WITHDRAWN:
            return True
        if Status.PUBLISHED in {before, after} or before == Status.WITHDRAWN:
            message = _("Only those who may publish can publish, withdraw, or change what was withdrawn.")
            self._wrong(entry, "status", message)
            return False
        if not self.by.may_send_to_review:
            self._wrong(entry, "status", _("Only editors can send to review, or take back from it."))
            return False
        return True

    # --- how it is told -------------------------------------------------------------------------------

    def _wrong(self, entry: Entry, column: str, message: str) -> None:
        self.planning.wrong(entry.wrong(column, message))

    def _ask(self, entry: Entry, key: str, asked: str, offered: Sequence[Candidate], suggested: str = "") -> str:
        question = Question(key, asked, entry.get("speaker"), tuple(offered), (), suggested)
        return self.planning.questions.ask(entry.number, question)


def _given(entries: Sequence[Entry], column: str) -> set[str]:
    return {entry.get(column) for entry in entries if column in entry}


def _same(proposition: Worded | Pointer | None) -> Any:
    return proposition.proposition if isinstance(proposition, Worded) else proposition


def _is_out(record: Position) -> bool:
    return record.is_public or record.status in {Status.PUBLISHED, Status.WITHDRAWN}


def _language(entry: Entry) -> str:
    return "ko" if entry.get("summary_ko") and not entry.get("summary_en") else "en"


def _by_id(ids: Collection[str]) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for some in batched(sorted(ids), _PIECE):
        rows = Position.objects.filter(public_id__in=some).prefetch_related("evidence__source")
        found |= {one.public_id: one for one in rows}
    return found


def _of_appearances(keys: Collection[int]) -> Mapping[int, Sequence[Position]]:
    found: dict[int, list[Position]] = defaultdict(list)
    for some in batched(sorted(keys), _PIECE):
        rows = Position.objects.filter(appearance__in=some).order_by("pk").prefetch_related("evidence__source")
        for one in rows:
            found[one.appearance_id].append(one)
    return found


def _wordings(keys: Collection[int]) -> dict[int, Worded]:
    found: dict[int, Worded] = {}
    for some in batched(sorted(keys), _PIECE):
        for one in Wording.objects.filter(pk__in=some).select_related("proposition"):
            found[one.pk] = Worded(one.proposition_id, one.pk, str(one.text), one.proposition.status)
    return found
